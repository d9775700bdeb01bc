import datetime as dt
import json
import re

import pytest
from django.urls import reverse

from ainalym.language.identity import hash_text
from ainalym.ledger import models
from ainalym.ledger.review import decide, move
from tests.ledger.conftest import TURNOVER

from .conftest import LANGS

pytestmark = pytest.mark.django_db

DEAL = (
    "Министр торговли Казахстана Ержан Тестов встретился в Ташкенте с коллегами. "
    "Стороны договорились довести товарооборот Казахстана и Узбекистана до 10 млрд долларов к 2030 году."
)
EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>"
ARAB = "2023 جىلى قازاقستان مەن وزبەكستان اراسىنداعى تاۋار اينالىمى 4,4 ميلليارد دوللار بولدى."


def address(text: str, lang: str = "ru") -> str:
    return f"/{lang}/reports/{hash_text(text)}/"


def body(answer) -> str:
    return answer.content.decode()


def marked(page: str) -> list[str]:
    """The words inside marks, without their notes."""
    return [re.sub(r"<sup>.*?</sup>|<[^>]+>", "", piece) for piece in re.findall(r"<mark><a.*?</mark>", page)]


@pytest.mark.parametrize("lang", LANGS)
def test_both_pages_answer_in_every_language(client, keep, lang):
    keep(TURNOVER)
    for path in (f"/{lang}/reports/", address(TURNOVER, lang)):
        answer = client.get(path)
        assert answer.status_code == 200
        assert "4,4" in body(answer) or "Узбекистан" not in path


def test_the_words_are_those_of_the_language(client, keep):
    keep(TURNOVER)
    assert "уверенность" in body(client.get(address(TURNOVER, "ru")))
    assert "сенімділігі" in body(client.get(address(TURNOVER, "kk")))
    assert "senımdılıgı" in body(client.get(address(TURNOVER, "kk-latn")))


def test_figures_people_and_commitments_are_marked_where_they_stand(client, keep):
    reading = keep(DEAL)
    page = body(client.get(address(DEAL)))
    assert marked(page) == [claim.evidence.quote for claim in reading.claims] == ["10"]
    assert '<a class="person" href="#p1">Ержан Тестов</a>' in page
    assert 'class="deal"' in page
    for link in set(re.findall(r'href="#([cpk]\d+t?)"', page)):
        assert f'id="{link}"' in page


def test_a_finding_shows_its_arithmetic_and_leads_to_the_other_report(client, keep):
    other = TURNOVER.replace("4,4", "5,9")
    keep(TURNOVER, place="one.txt")
    keep(other, place="two.txt", title="Другие итоги")
    page = body(client.get(address(TURNOVER)))
    assert f'href="{address(other)}#c1t"' in page
    assert f'[<a href="{address(other)}"><bdi>Другие итоги</bdi></a>]' in page
    assert hash_text(other) not in re.sub(r'(href|content)="[^"]*"|<script.*?</script>', "", page)


def test_scripts_in_a_report_are_inert(client, keep):
    text = f"{EVIL}\n{TURNOVER}"
    keep(text, title=EVIL, publisher=f'"{EVIL}', url="javascript:alert(3)")
    for path in (address(text), "/ru/reports/"):
        page = body(client.get(path))
        assert "<script>alert" not in page
        assert "<img" not in page
        assert 'href="javascript:' not in page
    # The text itself is shown as it is.
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page or "&lt;script&gt;" in body(client.get(address(text)))


def test_the_data_for_machines_cannot_leave_its_element(client, keep):
    text = TURNOVER.replace("составил", "</script><script>составил")
    keep(text, place="one.txt", title="</script><!--", publisher="Ведомство")
    keep(TURNOVER.replace("4,4", "5,9"), place="two.txt")
    page = body(client.get(address(text)))
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)[1])
    about, *reviews = data["@graph"]
    assert (about["headline"], about["publisher"]["name"]) == ("</script><!--", "Ведомство")
    if reviews:
        assert reviews[0]["@type"] == "ClaimReview"


def test_a_contradicted_figure_has_a_review(client, keep):
    whole = "В 2023 году экспорт Казахстана в Узбекистан составил 3 млрд долларов, "
    text = whole + "импорт 1 млрд долларов, а товарооборот Казахстана и Узбекистана 9 млрд долларов."
    keep(text)
    page = body(client.get(address(text)))
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)[1])
    kinds = [item["@type"] for item in data["@graph"]]
    assert kinds[0] == "Report"
    assert "ClaimReview" in kinds
    assert data["@graph"][1]["url"].startswith("http://testserver/ru/reports/")


def test_arabic_letters_run_from_right_to_left(client, keep):
    keep(ARAB)
    assert '<p class="text" lang="kk-Arab" dir="rtl">' in body(client.get(address(ARAB)))


@pytest.mark.parametrize(
    "path",
    [
        "/ru/reports/" + "0" * 32 + "/",
        "/ru/reports/x/",
        "/ru/reports/" + "0" * 31 + "%00/",
        "/ru/reports/..%2f..%2fetc/",
        "/en/reports/" + "A" * 32 + "/",
    ],
)
def test_a_forged_name_is_not_found(client, path):
    answer = client.get(path)
    assert answer.status_code == 404
    assert "Traceback" not in body(answer)


@pytest.mark.parametrize(
    "query", ["lang=xx", "pair=%27%3B--", "pair=KZ", "after=zzz", "after=9999-99-99.1", "after=.99999999999999999999",
              "publisher=%00", "publisher=" + "a" * 400],
)  # fmt: skip
def test_a_bad_parameter_is_told(client, query):
    answer = client.get(f"/ru/reports/?{query}")
    assert answer.status_code == 400
    assert "<h1>Адрес или форма заполнены неверно</h1>" in body(answer)


@pytest.mark.parametrize("page", ["0", "-1", "x", "2", "9" * 30, "²"])
def test_a_page_that_a_text_does_not_have(client, keep, page):
    keep(TURNOVER)
    assert client.get(address(TURNOVER), {"page": page}).status_code in (400, 404)


def test_the_list_goes_on_where_its_page_ended(client, keep):
    change = models.Change.objects.create(kind="add", author="test")
    days = [None, None, *(dt.date(2024, 1, 1) + dt.timedelta(days=number // 3) for number in range(58))]
    models.Document.objects.bulk_create(
        models.Document(hash=f"{number:032x}", text="x", title=f"Отчёт {number}.", published=day, added=change)
        for number, day in enumerate(days)
    )
    seen: list[str] = []
    path = "/ru/reports/"
    for _ in range(3):
        page = body(client.get(path))
        seen += re.findall(r"Отчёт \d+\.", page)
        following = re.search(r'rel="next" href="(\?[^"]+)"', page)
        path = f"/ru/reports/{following[1]}" if following else ""
    assert path == ""
    assert len(seen) == len(set(seen)) == 60
    assert seen[0] == "Отчёт 59."
    assert set(seen[-2:]) == {"Отчёт 0.", "Отчёт 1."}


def test_the_list_is_filtered(client, keep):
    keep(TURNOVER, place="one.txt", title="Первый", publisher="Агентство А")
    keep(TURNOVER.replace("Узбекистана", "Киргизии"), place="two.txt", title="Второй", publisher="Агентство Б")
    keep(ARAB, place="three.txt", title="Үшінші")
    for query, held in [
        ({"pair": "KZ-KG"}, set()),
        ({"pair": "KG-KZ"}, {"Второй"}),
        ({"publisher": "Агентство А"}, {"Первый"}),
        ({"lang": "kk-Arab"}, {"Үшінші"}),
        ({"lang": "ru"}, {"Первый", "Второй"}),
    ]:
        page = body(client.get("/ru/reports/", query))
        assert {title for title in ("Первый", "Второй", "Үшінші") if f"<bdi>{title}</bdi>" in page} == held


def test_corrections_show_with_author_time_and_reason(client, keep):
    keep(TURNOVER)
    claim = models.Claim.objects.get()
    decide(claim.pk, "correct", values={"value_exact": "4500000000"}, author="Айгүл", reason="описка <b>")
    page = body(client.get(address(TURNOVER)))
    assert "Айгүл" in page
    assert "описка &lt;b&gt;" in page
    assert re.search(r"<del>[^<]*4,4 млрд", page)
    assert re.search(r"<ins>[^<]*4,5 млрд", page)


def test_a_commitment_that_moved_on_shows_who_moved_it(client, keep):
    keep(DEAL)
    deal = models.Commitment.objects.first()
    move(deal.pk, "done", author="Айгүл", reason="подписано")
    page = body(client.get(address(DEAL)))
    assert f'<a href="#k{deal.number + 1}">§{deal.number + 1}</a>' in page
    assert "<ins>выполнено</ins>" in page
    assert "подписано" in page


def test_a_rejected_figure_is_no_longer_marked(client, keep):
    keep(TURNOVER)
    decide(models.Claim.objects.get().pk, "reject", author="Айгүл", reason="это не цифра торговли")
    page = body(client.get(address(TURNOVER)))
    assert marked(page) == []
    assert "это не цифра торговли" in page


def test_an_earlier_reading_stays_in_the_history(client, keep, monkeypatch):
    keep(TURNOVER)
    monkeypatch.setattr("ainalym.ledger.add.VERSION", "99")
    keep(TURNOVER)
    page = body(client.get(address(TURNOVER)))
    assert "Айналым 99" in page
    assert "Прежние прочтения" in page


def test_every_sighting_is_named(client, keep):
    keep(TURNOVER, place="one.txt")
    keep(TURNOVER, place="two", url="https://example.org/two", publisher="Второй сайт")
    page = body(client.get(address(TURNOVER)))
    assert "one.txt" in page
    assert '<a href="https://example.org/two"' in page


def test_pages_take_few_queries(client, keep, django_assert_max_num_queries):
    for number in range(5):
        keep(f"{TURNOVER} {DEAL} Пример {number}.", place=f"{number}.txt")
    name = models.Document.objects.first().hash
    for path in ("/ru/reports/?pair=KZ-UZ", f"/ru/reports/{name}/"):
        with django_assert_max_num_queries(20):
            assert client.get(path).status_code == 200


def long_document(size: int, claims: int) -> models.Document:
    """A made-up text of so many characters with a figure at even distances."""
    made = models.Change.objects.create(kind="add", author="test")
    line = "Товарооборот составил 4,4 млрд долларов.\n"
    text = (line * (size // len(line) + 1))[:size]
    document = models.Document.objects.create(hash="f" * 32, text=text, lang="ru", script="Cyrl", added=made)
    reading = models.Reading.objects.create(document=document, version="1", made=made)
    common = {
        "reading": reading, "document": document, "made": made, "indicator": "turnover", "kind": "level",
        "value": 4.4e9, "value_exact": "4400000000", "unit": "USD", "bound": "exact", "modality": "actual",
        "confidence": 0.5, "surface": "4,4", "quote": "4,4",
    }  # fmt: skip
    step = size // claims // len(line) * len(line) or len(line)
    models.Claim.objects.bulk_create(
        [models.Claim(number=n, start=n * step + 22, end=n * step + 25, **common) for n in range(claims)]
    )
    return document


def test_a_very_long_text_comes_page_by_page(client):
    document = long_document(1_000_000, 2_000)
    base = reverse("report", args=[document.hash])
    first = client.get(base)
    page = body(first)
    assert len(first.content) < 1_000_000
    assert "page=2" in page
    assert set(marked(page)) == {"4,4"}
    numbers: set[str] = set()
    for number in range(1, 35):
        page = body(client.get(base, {"page": number}))
        numbers |= set(re.findall(r'<li id="c(\d+)"', page))
        shown = re.search(r'<p class="text"[^>]*>(.*?)</p>', page, re.S)[1]
        plain = re.sub(r"<sup>.*?</sup>|<[^>]+>", "", shown)
        assert plain in document.text
    assert len(numbers) == 2_000
    assert client.get(base, {"page": 35}).status_code == 404


def test_a_link_to_a_figure_leads_to_its_page(client):
    document = long_document(200_000, 400)
    from ainalym.portal.told import claim_address

    for claim in models.Claim.objects.filter(number__in=(0, 57, 58, 59, 60, 61, 250, 399)).select_related("document"):
        path, _, anchor = claim_address(claim).partition("#")
        assert f'id="{anchor}"' in body(client.get(path)), (claim.number, document.hash)
