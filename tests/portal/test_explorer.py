"""The explorer: filters, order, pages, downloads."""

import csv
import datetime as dt
import io
import json
import re

import pytest

from ainalym.ledger import export, models
from ainalym.portal import explorer
from ainalym.portal.views import explorer as views

from ..ledger.conftest import TURNOVER
from .conftest import LANGS

pytestmark = pytest.mark.django_db
COLUMNS = (
    "id,url,title,publisher,published,lang,script,orthography,number,surface,indicator,reporter,partner,product,"
    "period_start,period_end,kind,value,unit,bound,modality,speaker,confidence,start,end,quote,trace,state,verdict"
)


@pytest.fixture
def some(keep):
    keep(TURNOVER, place="uz.txt", publisher="Министерство", published="2024-02-09")
    keep("Trade turnover between Kazakhstan and Georgia grew by 8.9 percent in 2022.", place="ge.txt",
         published="2023-05-05")  # fmt: skip
    keep("2021 жылы Қазақстан Қытайға 1,2 млрд доллардың мұнайын экспорттады.", place="cn.txt", published=None)


def values(page) -> list[str]:
    """The values in the table, from top to bottom."""
    rows = re.findall(r"<tr>.*?</tr>", page.content.decode(), re.DOTALL)[1:]
    return [re.findall(r'<td class="number">(.*?)</td>', row)[0] for row in rows]


def ask(client, query: str) -> list[str]:
    return values(client.get(f"/en/explorer/{query}"))


@pytest.mark.parametrize("lang", LANGS)
def test_all_claims_in_each_language(client, some, lang, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        page = client.get(f"/{lang}/explorer/")
    assert page.status_code == 200
    assert len(values(page)) == 3
    assert "style=" not in page.content.decode()


def test_newest_first_and_undated_last(client, some):
    assert ask(client, "") == ["4.4 bn USD", "+8.9%", "1.2 bn USD"]
    assert ask(client, "?sort=published") == ["+8.9%", "4.4 bn USD", "1.2 bn USD"]


def test_largest_first(client, some):
    assert ask(client, "?sort=-value") == ["4.4 bn USD", "1.2 bn USD", "+8.9%"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("partner=UZ", ["4.4 bn USD"]),
        ("pair=GE-KZ", ["+8.9%"]),
        ("partner=KZ&indicator=exports", ["1.2 bn USD"]),
        ("kind=growth", ["+8.9%"]),
        ("modality=target", []),
        ("lang=kk", ["1.2 bn USD"]),
        ("from=2022", ["4.4 bn USD", "+8.9%"]),
        ("from=2022&to=2022", ["+8.9%"]),
        ("source=%D0%9C%D0%B8%D0%BD%D0%B8%D1%81%D1%82%D0%B5%D1%80%D1%81%D1%82%D0%B2%D0%BE", ["4.4 bn USD"]),
        ("text=4,4", ["4.4 bn USD"]),
        ("text=%25", []),
        ("product=oil", ["1.2 bn USD"]),
        ("state=rejected", []),
        ("sure=1", []),
        ("sure=0", ["4.4 bn USD", "+8.9%", "1.2 bn USD"]),
        ("verdict=contradicts", []),
        ("pair=AA-ZZ", []),
    ],
)
def test_filters(client, some, query, found):
    assert ask(client, f"?{query}") == found


def test_what_was_rejected_is_shown_only_where_it_is_asked_for(client, some):
    models.Claim.objects.filter(kind="growth").update(state="rejected")
    assert "+8.9%" not in ask(client, "")
    assert ask(client, "?state=rejected") == ["+8.9%"]


@pytest.mark.parametrize(
    "query",
    ["partner=XX", "pair=kz", "indicator=gold", "kind=x", "modality=x", "lang=de", "verdict=x", "state=x", "from=23",
     "to=20233", "from=2024&to=2020", "sure=2", "sure=nan", "sure=-1", "text=" + "a" * 101, "sort=id", "page=0",
     "page=201", "page=1e3", "text=%00", "from=%D9%A2%D9%A0%D9%A2%D9%A3"],
)  # fmt: skip
def test_bad_parameters_are_told_in_words(client, some, query):
    for lang in LANGS:
        page = client.get(f"/{lang}/explorer/?{query}")
        assert page.status_code == 400
        assert "<h1>" in page.content.decode()
    assert client.get(f"/en/explorer/download?{query}").status_code == (200 if query.startswith("page") else 400)


def test_empty_fields_of_a_form_leave_the_address(client, some):
    answer = client.get("/ru/explorer/?partner=UZ&indicator=&text=&sort=")
    assert answer.status_code == 302
    assert answer["Location"] == "/ru/explorer/?partner=UZ"


def test_pages_hold_every_claim_once(client, some, monkeypatch):
    monkeypatch.setattr(explorer, "SIZE", 1)
    for sort in explorer.SORTS:
        seen = [ask(client, f"?sort={sort}&page={page}") for page in (1, 2, 3, 4)]
        assert sorted(seen[0] + seen[1] + seen[2]) == ["+8.9%", "1.2 bn USD", "4.4 bn USD"], sort
        assert seen[3] == []


def test_the_way_to_the_next_page_keeps_the_choice(client, some, monkeypatch):
    monkeypatch.setattr(explorer, "SIZE", 1)
    page = client.get("/en/explorer/?partner=KZ&sort=-value").content.decode()
    assert "?partner=KZ&amp;sort=-value&amp;page=2" in page


def test_counts_stop_at_a_bound(client, some, monkeypatch):
    monkeypatch.setattr(explorer, "MOST_COUNTED", 2)
    assert "More than 2 figures" in client.get("/en/explorer/").content.decode()


def test_a_count_is_made_anew_when_the_ledger_changes(client, some, keep):
    assert "Figures: 3" in client.get("/en/explorer/").content.decode()
    keep("В 2020 году товарооборот Казахстана и Грузии составил 90 млн долларов.", place="new.txt")
    assert "Figures: 4" in client.get("/en/explorer/").content.decode()


def test_csv_parses_back(client, some):
    answer = client.get("/en/explorer/download?format=csv&partner=UZ")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in answer["Content-Disposition"]
    text = answer.getvalue().decode()
    assert text.splitlines()[0] == COLUMNS
    (row,) = csv.DictReader(io.StringIO(text))
    assert (row["value"], row["reporter"], row["partner"], row["published"]) == ("4400000000", "KZ", "UZ", "2024-02-09")
    assert row["state"] == "read"


def test_json_lines_parse_back(client, some):
    answer = client.get("/en/explorer/download?format=jsonl&kind=growth")
    (row,) = map(json.loads, answer.getvalue().splitlines())
    assert (row["value"], row["period"], row["product"]) == (0.089, ["2022-01-01", "2022-12-31"], None)
    assert row["evidence"]["quote"] == "8.9"


def test_parquet_parses_back(client, some, monkeypatch):
    monkeypatch.setattr(export, "_MANY", 2)  # so that there are several portions
    pq = pytest.importorskip("pyarrow.parquet")
    answer = client.get("/en/explorer/download?format=parquet&sort=-value")
    rows = pq.read_table(io.BytesIO(answer.getvalue())).to_pylist()
    assert [row["value"] for row in rows] == [4.4e9, 1.2e9, 0.089]
    assert list(rows[0]) == [*COLUMNS.split(","), "value_exact"]
    assert rows[0]["published"] == dt.date(2024, 2, 9)


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
def test_a_download_of_nothing_is_a_whole_file(client, form):
    content = client.get(f"/en/explorer/download?format={form}").getvalue()
    assert content.startswith({"csv": b"id,url", "jsonl": b"", "parquet": b"PAR1"}[form])


def test_a_download_stops_at_its_limit(client, some, monkeypatch):
    monkeypatch.setattr(explorer, "MOST_ROWS", 2)
    assert len(client.get("/en/explorer/download?format=jsonl").getvalue().splitlines()) == 2


def test_an_unknown_format_is_told(client):
    page = client.get("/en/explorer/download?format=xlsx")
    assert page.status_code == 400
    assert "parquet" in page.content.decode()


def test_formulas_of_a_report_are_no_formulas_of_a_spreadsheet(client, keep):
    keep(TURNOVER, title='=HYPERLINK("http://example.org")')
    text = client.get("/en/explorer/download?format=csv").getvalue().decode()
    assert "'=HYPERLINK" in text


def test_a_download_costs_no_query_a_row(client, some, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        client.get("/en/explorer/download?format=csv").getvalue()


def test_without_parquet_it_is_told(client, some, monkeypatch):
    monkeypatch.setattr(views, "find_spec", lambda name: None)
    assert client.get("/en/explorer/download?format=parquet").status_code == 400
    assert "format=parquet" not in client.get("/en/explorer/").content.decode()
