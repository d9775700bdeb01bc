"""Feeds, and what search engines and catalogues read."""

import json
import re

import feedparser
import pytest
from lxml import etree

from ainalym.ledger import models
from ainalym.portal import jsonld
from tests.ledger.conftest import TURNOVER

from .conftest import LANGS

pytestmark = pytest.mark.django_db


def parse(response):
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/atom+xml")
    feed = feedparser.parse(response.content)
    assert not feed.bozo, feed.get("bozo_exception")
    assert feed.version == "atom10"
    return feed


@pytest.fixture
def clash(keep):
    keep(TURNOVER, place="one.txt", title="Первый <отчёт> & др.", publisher="Агентство")
    keep(TURNOVER.replace("4,4", "5,9"), place="two.txt", title="Второй отчёт")
    models.Finding.objects.filter(verdict="reports disagree").update(verdict="contradicts")
    return models.Finding.objects.current().get(verdict="contradicts")


@pytest.mark.parametrize("lang", LANGS)
def test_new_reports_are_told(client, clash, lang):
    feed = parse(client.get(f"/{lang}/feeds/reports.atom"))
    assert [entry.title for entry in feed.entries] == ["Второй отчёт", "Первый <отчёт> & др."]
    assert feed.feed.language == {"kk-latn": "kk-Latn"}.get(lang, lang)
    entry = feed.entries[1]
    document = models.Document.objects.order_by("pk").first()
    assert entry.id == f"urn:ainalym:report:{document.hash}"
    assert entry.link == f"http://testserver/{lang}/reports/{document.hash}/"
    assert client.get(entry.link.removeprefix("http://testserver")).status_code == 200
    assert entry.published.startswith("2024-02-09")


@pytest.mark.parametrize("lang", LANGS)
def test_new_contradictions_are_told_in_the_language_of_the_feed(client, clash, lang):
    feed = parse(client.get(f"/{lang}/feeds/contradictions.atom"))
    (entry,) = feed.entries
    assert entry.id == f"urn:ainalym:finding:{clash.key}:{lang}"
    assert "Второй отчёт" in entry.summary
    assert "<отчёт>" not in entry.summary
    assert client.get(entry.link.removeprefix("http://testserver").partition("#")[0]).status_code == 200


def test_sentences_differ_by_language(client, clash):
    titles = {parse(client.get(f"/{lang}/feeds/contradictions.atom")).entries[0].title for lang in LANGS}
    assert len(titles) == len(LANGS)


def test_a_feed_keeps_to_a_pair(client, clash):
    for name, count in (("reports", 2), ("contradictions", 1)):
        assert len(parse(client.get(f"/ru/feeds/{name}.atom?pair=KZ-UZ")).entries) == count
        assert parse(client.get(f"/ru/feeds/{name}.atom?pair=KZ-TJ")).entries == []
        assert client.get(f"/ru/feeds/{name}.atom?pair=<script>").status_code == 400
    assert "Узбекистан" in parse(client.get("/ru/feeds/reports.atom?pair=KZ-UZ")).feed.title


def test_a_dossier_leads_to_the_feeds_of_its_pair(client, clash):
    page = client.get("/ru/partners/KZ/UZ/").content.decode()
    assert 'href="/ru/feeds/contradictions.atom?pair=KZ-UZ"' in page


def test_an_empty_feed_is_valid_and_does_not_change(client):
    first = client.get("/en/feeds/reports.atom")
    assert parse(first).entries == []
    assert client.get("/en/feeds/reports.atom").content == first.content


def test_a_feed_is_not_sent_twice(client, clash, keep):
    first = client.get("/ru/feeds/reports.atom")
    held = {"if-none-match": first["ETag"]}
    assert client.get("/ru/feeds/reports.atom", headers=held).status_code == 304
    assert (
        client.get("/ru/feeds/reports.atom", headers={"if-modified-since": first["Last-Modified"]}).status_code == 304
    )
    assert client.get("/kk/feeds/reports.atom", headers=held).status_code == 200
    keep(TURNOVER.replace("4,4", "7,7"), place="three.txt")
    assert client.get("/ru/feeds/reports.atom", headers=held).status_code == 200


def test_ids_stay_when_the_ledger_grows(client, clash, keep):
    before = {entry.id for entry in parse(client.get("/ru/feeds/contradictions.atom")).entries}
    keep("In 2022 trade between Kazakhstan and Georgia reached $171 million.", place="three.txt")
    assert {entry.id for entry in parse(client.get("/ru/feeds/contradictions.atom")).entries} == before


def test_odd_titles_do_not_break_a_feed(client, keep):
    keep(TURNOVER, place="one.txt", title="a\x07b\ufffe\u202ec ]]> &amp;", publisher="\x1b[31m")
    (entry,) = parse(client.get("/en/feeds/reports.atom")).entries
    assert "\x07" not in entry.title


def test_a_feed_holds_the_newest_fifty_in_few_queries(client, keep, django_assert_max_num_queries):
    keep(TURNOVER)
    document = models.Document.objects.get()
    models.Document.objects.bulk_create(
        models.Document(hash=f"{n:032x}", text="", added=document.added, title=str(n)) for n in range(60)
    )
    with django_assert_max_num_queries(6):
        feed = parse(client.get("/en/feeds/reports.atom"))
    assert len(feed.entries) == 50


@pytest.mark.parametrize("lang", LANGS)
def test_pages_lead_to_their_feeds(client, lang):
    page = client.get(f"/{lang}/").content.decode()
    for name in ("reports", "contradictions"):
        assert re.search(
            rf'<link rel="alternate" type="application/atom\+xml"[^>]*href="/{lang}/feeds/{name}.atom"', page
        )


# JSON-LD.


def test_nothing_ends_the_element():
    text = jsonld.to_script([{"@type": "Report", "headline": "</script><!-- \u2028 & <b>", "empty": None}])
    assert not set("<>&\u2028") & set(text)
    thing = json.loads(text)["@graph"][0]
    assert thing == {"@type": "Report", "headline": "</script><!-- \u2028 & <b>"}


def test_the_page_of_data_says_what_the_dataset_is(client, clash, settings):
    settings.DATA_LICENCE = "https://example.org/licence"
    page = client.get("/ru/data/").content.decode()
    (thing,) = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page)[1])["@graph"]
    assert (thing["@type"], thing["inLanguage"], thing["license"]) == ("Dataset", "ru", "https://example.org/licence")
    for way in thing["distribution"]:
        assert client.get(way["contentUrl"].removeprefix("http://testserver")).status_code == 200


def test_the_catalogue_is_in_all_languages(client, clash):
    response = client.get("/data/catalog.jsonld")
    assert response["Content-Type"].startswith("application/ld+json")
    record = response.json()
    assert record["@type"] == "dcat:Catalog"
    assert [title["@language"] for title in record["dct:title"]] == ["kk", "ru", "en", "kk-Latn"]
    (dataset,) = record["dcat:dataset"]
    assert len(dataset["dcat:distribution"]) == 3
    assert client.get("/data/catalog.jsonld", headers={"if-none-match": response["ETag"]}).status_code == 304


# What crawlers ask for.


def test_robots_are_led_to_the_sitemap(client):
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /api/" in text
    assert "Sitemap: http://testserver/sitemap.xml" in text


def test_the_sitemap_names_every_page_in_every_language(client, clash):
    index = etree.fromstring(client.get("/sitemap.xml").content)
    places = [element.text for element in index.iter("{*}loc")]
    found = []
    for place in places:
        part = etree.fromstring(client.get(place.removeprefix("http://testserver")).content)
        for url in part.iter("{*}url"):
            found.append(url.find("{*}loc").text)
            others = [link.get("hreflang") for link in url.iter("{*}link")]
            assert set(LANGS) <= set(others)
    hashes = models.Document.objects.values_list("hash", flat=True)
    for lang in LANGS:
        for name in hashes:
            assert f"http://testserver/{lang}/reports/{name}/" in found
        assert f"http://testserver/{lang}/partners/KZ/UZ/" in found
    for address in found:
        assert client.get(address.removeprefix("http://testserver")).status_code == 200


def test_a_large_sitemap_is_cut_up_and_fetched_piece_by_piece(
    client, clash, monkeypatch, django_assert_max_num_queries
):
    from ainalym.portal.views import crawlers

    monkeypatch.setattr(crawlers._Pages, "limit", 4)
    places = re.findall(r"<loc>(.*?)</loc>", client.get("/sitemap.xml").content.decode())
    assert [place for place in places if "reports" in place] == [
        "http://testserver/sitemap-reports.xml", "http://testserver/sitemap-reports.xml?p=2",
    ]  # fmt: skip
    with django_assert_max_num_queries(3):
        second = client.get("/sitemap-reports.xml?p=2").content.decode()
    assert second.count("<url>") == 4
    assert client.get("/sitemap-reports.xml?p=99").status_code == 404
    assert client.get("/sitemap-nothing.xml").status_code == 404
