import io
import json
import re
from decimal import Decimal
from html.parser import HTMLParser

import msgspec
import pytest

from ainalym.checking import check
from ainalym.model import Claim, Document, Reading, Span
from ainalym.output.findings import FINDING_FORMATS, FindingStyle, write_findings

TEXT = "Экспорт – $3,0 млн, импорт – $2,0 млн, товарооборот – $9,0 млн. <script>alert(1)</script> & \ud800"


def make_claim(quote, indicator, value):
    start = TEXT.index(quote)
    span = Span(start, start + len(quote), quote)
    period = msgspec.convert(["2023-01-01", "2023-12-31"], tuple, strict=False)
    return msgspec.convert(
        {
            "surface": quote, "indicator": indicator, "reporter": "KZ", "partner": "TJ", "product": None,
            "period": period, "kind": "level", "value": value, "unit": "USD", "bound": "exact", "modality": "actual",
            "speaker": None, "evidence": {"start": span.start, "end": span.end, "quote": span.quote},
        },
        Claim,
    )  # fmt: skip


def make_reading(name="a.txt", **fields):
    claims = (
        make_claim("3,0", "exports", Decimal(3000000)),
        make_claim("2,0", "imports", Decimal(2000000)),
        make_claim("9,0", "turnover", Decimal(9000000)),
    )
    document = Document(name, TEXT, title="<b>Торговля</b>", **fields)
    return Reading(document, "ru", "Cyrl", claims=claims)


def write(form, *readings, **style):
    out = io.StringIO()
    write_findings(check(readings), readings, out, form=form, style=FindingStyle(**style))
    return out.getvalue()


def test_text_spells_the_arithmetic_out():
    lines = write("text", make_reading()).splitlines()
    assert lines[0].startswith("Contradiction: Exports + imports = [2.95; 3.05] mln USD + [1.95; 2.05] mln USD")
    assert lines[-1].startswith("reports: 1, figures: 3, contradictions: 1,")


def test_text_says_that_there_is_nothing_to_check():
    assert write("text", Reading(Document("a", "Text"), "en", "Latn")) == "nothing to check: no figures in 1 reports\n"


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
@pytest.mark.parametrize("form", FINDING_FORMATS)
def test_every_format_in_every_language(form, lang):
    assert write(form, make_reading(), ui_lang=lang)


def test_json_has_the_public_fields():
    found = json.loads(write("json", make_reading()))
    (finding,) = [item for item in found["findings"] if item["verdict"] == "contradicts"]
    assert set(finding) == {"verdict", "severity", "why", "steps", "figures"}
    for figure in finding["figures"]:
        assert figure["document"] == "a.txt"
        assert TEXT[figure["start"] : figure["end"]] == figure["quote"]
    assert found["documents"] == [{"id": "a.txt", "claims": 3}]


def test_json_gives_implied_figures_as_numbers():
    reading = make_reading()
    reading = msgspec.structs.replace(reading, claims=reading.claims[1:])
    (finding,) = [item for item in json.loads(write("json", reading))["findings"] if item["verdict"] == "implies"]
    assert finding["implied"]["indicator"] == "exports"
    assert finding["implied"]["low"] == 6900000
    assert finding["implied"]["high"] == 7100000
    assert finding["implied"]["period"] == ["2023-01-01", "2023-12-31"]


class Page(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.open, self.seen, self.ids, self.links = [], [], [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.seen.append(tag)
        self.ids += [attrs["id"]] if "id" in attrs else []
        self.links += [attrs["href"]] if "href" in attrs else []
        if tag not in ("meta", "link"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_the_page_is_whole_escaped_and_without_script():
    page = Page(write("html", make_reading(), make_reading("b.txt")))
    assert page.open == []
    assert "script" not in page.seen
    assert "b" not in page.seen
    assert len(page.ids) == len(set(page.ids))
    assert {link.removeprefix("#") for link in page.links} <= set(page.ids)
    assert "mark" in page.seen
    assert page.seen.count("article") == 2


def test_claimreview_has_what_schema_org_asks_for():
    reading = make_reading(publisher="Kazinform", url="https://example.org/a")
    graph = json.loads(write("claimreview", reading))
    assert graph["@context"] == "https://schema.org"
    assert len(graph["@graph"]) == 3
    for review in graph["@graph"]:
        assert review["@type"] == "ClaimReview"
        for field in ("url", "claimReviewed", "itemReviewed", "author", "reviewRating", "reviewBody"):
            assert review[field]
        rating = review["reviewRating"]
        assert rating["@type"] == "Rating"
        assert rating["worstRating"] <= rating["ratingValue"] <= rating["bestRating"]
        assert isinstance(rating["alternateName"], str)
        assert review["author"]["@type"] == "Organization"
        assert review["itemReviewed"]["@type"] == "Claim"
        assert review["itemReviewed"]["author"]["name"] == "Kazinform"
        assert review["itemReviewed"]["appearance"]["url"] == "https://example.org/a"
        assert review["claimReviewed"].startswith("Экспорт – $3,0 млн")
        assert review["claimReviewed"].endswith("$9,0 млн.")
        assert re.fullmatch(r"https://example\.org/a#[0-9a-f]{16}", review["url"])


def test_claimreview_without_an_address_has_a_name_of_its_own():
    graph = json.loads(write("claimreview", make_reading()))
    assert all(review["url"].startswith("urn:ainalym:review:") for review in graph["@graph"])
    graph = json.loads(write("claimreview", make_reading(), url="https://checks.example.org/today"))
    assert all(review["url"].startswith("https://checks.example.org/today#") for review in graph["@graph"])
