"""Partners, dossier and targets."""

import re

import pytest

from ainalym.portal import charts, pdf

from ..ledger.conftest import TURNOVER

pytestmark = pytest.mark.django_db
LANGS = ("kk", "kk-latn", "ru", "en")
NAMES = {"kk": "Өзбекстан", "kk-latn": "Özbekstan", "ru": "Узбекистан", "en": "Uzbekistan"}
TARGET = "К 2030 году стороны намерены довести товарооборот Казахстана и Узбекистана до 10 млрд долларов."
DEAL = "Стороны договорились до 1 июня 2024 года открыть торговый дом в Ташкенте."


@pytest.fixture
def uzbek(keep):
    """Two reports on trade with Uzbekistan, the second one at odds with the first."""
    keep(f"{TURNOVER} {TARGET}", place="one.txt", title="Итоги года")
    keep(f"Астана, 10 февраля. {TURNOVER.replace('4,4', '5,9')} {DEAL}", place="two.txt", title="<b>Иные</b> итоги")


def text_of(page) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", page.content.decode())).replace("&lt;", "<").replace("\xa0", " ")


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("address", ["partners/", "partners/KZ/UZ/", "targets/"])
def test_each_page_in_each_language(client, uzbek, lang, address, django_assert_max_num_queries):
    with django_assert_max_num_queries(20):
        page = client.get(f"/{lang}/{address}")
    assert page.status_code == 200
    assert NAMES[lang] in page.content.decode()
    assert "style=" not in page.content.decode()


def test_partners_show_the_claimed_figure_beside_the_official_one_of_its_year(client, uzbek):
    text = text_of(client.get("/en/partners/"))
    assert "USD (2023)" in text
    assert "4.418 bn USD (2023)" in text
    assert "kz-bns 2024-07-25" in text
    assert "-10.2%" in text


def test_partners_of_the_other_side_by_its_own_statistics(client, uzbek):
    text = text_of(client.get("/en/partners/?of=UZ"))
    assert "Kazakhstan" in text
    assert "uz-stat" in text


@pytest.mark.parametrize("query", ["of=XX", "of=%00", "sort=bad", "of=" + "K" * 5000])
def test_partners_refuse_forged_parameters_in_words(client, uzbek, query):
    page = client.get(f"/ru/partners/?{query}")
    assert page.status_code == 400
    assert "«" in text_of(page)


def test_partners_are_sorted_by_what_is_asked(client, uzbek, keep):
    keep("Товарооборот Казахстана и России в 2023 году составил 27 млрд долларов.", place="ru.txt")
    by_reports = client.get("/en/partners/?sort=reports").content.decode()
    by_claim = client.get("/en/partners/?sort=claimed").content.decode()
    assert by_reports.index("/en/partners/KZ/UZ/") < by_reports.index("/en/partners/KZ/RU/")
    assert by_claim.index("/en/partners/KZ/RU/") < by_claim.index("/en/partners/KZ/UZ/")


def test_the_number_of_queries_does_not_grow_with_the_ledger(client, uzbek, keep, django_assert_max_num_queries):
    for year in range(2005, 2023):
        keep(
            f"В {year} году товарооборот Казахстана и Узбекистана составил {year - 2000},1 млрд долларов. "
            f"К {year + 9} году его намерены довести до {year} млн долларов. "
            "Министры Асқар Беков и Дина Омарова встретились в Ташкенте и договорились открыть торговый дом.",
            place=f"{year}.txt",
        )
    for address in ("partners/", "partners/KZ/UZ/", "targets/"):
        with django_assert_max_num_queries(17):
            assert client.get(f"/ru/{address}").status_code == 200


def test_dossier_holds_claims_targets_commitments_and_contradictions(client, uzbek):
    text = text_of(client.get("/en/partners/KZ/UZ/"))
    assert "4.4 bn USD" in text
    assert "4.35 bn – 4.45 bn" in text
    assert "10 bn USD" in text
    assert "44.2%" in text  # of the target reached by the official figure of 2023
    assert "+12.4% a year" in text
    assert "overdue since 2024-06-01" in text
    assert "торговый дом" in text


def test_the_dossier_turns_round(client, uzbek):
    assert "Uzbekistan on Kazakhstan" in text_of(client.get("/en/partners/UZ/KZ/"))


def test_exports_of_one_side_are_imports_of_the_other(client, keep):
    keep("В 2023 году импорт Узбекистана из Казахстана составил 3,3 млрд долларов.")
    assert "3.3 bn USD" in text_of(client.get("/en/partners/KZ/UZ/?flow=exports"))
    assert "3.3 bn USD" not in text_of(client.get("/en/partners/KZ/UZ/?flow=imports"))


def test_a_title_with_tags_is_shown_inert(client, uzbek):
    page = client.get("/en/partners/KZ/UZ/").content.decode()
    assert "<b>Иные</b>" not in page
    assert "&lt;b&gt;Иные&lt;/b&gt;" in page


@pytest.mark.parametrize("codes", ["KZ/XX", "kz/uz", "KZ/KZ", "KZ/%3Cscript%3E", "AF/ZA"])
def test_forged_codes_are_not_found(client, uzbek, codes):
    assert client.get(f"/en/partners/{codes}/").status_code == 404
    assert client.get(f"/en/partners/{codes}/dossier.pdf").status_code == 404


def test_a_pair_of_which_only_statistics_tell_has_a_dossier(client):
    assert client.get("/en/partners/KZ/NL/").status_code == 200


@pytest.mark.parametrize(
    "address", ["partners/KZ/UZ/?flow=bad", "targets/?page=0", "targets/?page=x", "targets/?page=9999999"]
)
def test_bad_parameters_are_told(client, uzbek, address):
    page = client.get(f"/kk/{address}")
    assert page.status_code == 400
    assert "«" in text_of(page)


def test_the_chart_has_a_name_and_every_mark_says_what_it_is(client, uzbek):
    page = client.get("/ru/partners/KZ/UZ/").content.decode()
    chart = page[page.index('<svg class="chart"') :]
    assert 'aria-labelledby="chart-title chart-desc"' in chart
    assert "2023: 4,418 млрд USD" in chart
    assert not re.search(r'(x|y|cx|cy|points)="[^"]*\d,\d+,', chart)


@pytest.mark.parametrize(("lang", "name"), [("ru", "Узбекистан"), ("kk", "Өзбекстан")])
def test_the_dossier_as_pdf(client, uzbek, lang, name):
    answer = client.get(f"/{lang}/partners/KZ/UZ/dossier.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    import pypdfium2

    with pypdfium2.PdfDocument(answer.content) as file:
        pages = [page.get_textpage().get_text_range() for page in file]
    text = " ".join(pages)
    assert name in text
    assert "4,418" in text


def test_a_pdf_is_set_in_letters_of_our_own(client, uzbek, monkeypatch):
    find, asked = pdf.find_static, []
    monkeypatch.setattr(pdf, "find_static", lambda url: asked.append(url.rpartition("/")[2]) or find(url))
    client.get("/kk/partners/KZ/UZ/dossier.pdf")
    assert {"portal.css", "pdf.css", "DejaVuSans.ttf", "DejaVuSans-Bold.ttf"} <= set(asked)


def test_without_pango_the_pdf_is_refused_in_words(client, uzbek, monkeypatch):
    def fail(*_):
        raise pdf.NoPdfError("no pango")

    monkeypatch.setattr("ainalym.portal.views.dossier.make_pdf", fail)
    answer = client.get("/en/partners/KZ/UZ/dossier.pdf")
    assert answer.status_code == 501
    assert "Pango" in answer.content.decode()


@pytest.mark.parametrize(
    "url",
    ["https://example.org/static/portal/../../settings.py", "http://x/static/../settings.py", "file:///etc/passwd",
     "http://x/static/%2e%2e/settings.py", "http://x/static/"],
)  # fmt: skip
def test_a_pdf_fetches_nothing_but_our_own_files(url):
    assert pdf.find_static(url) is None


def test_own_files_are_found():
    assert pdf.find_static("http://x/static/portal/pdf.css").name == "pdf.css"


def test_targets_tell_who_said_them_and_what_they_need(client, uzbek):
    text = text_of(client.get("/en/targets/"))
    assert "10 bn USD" in text
    assert "Итоги года" in text
    assert "+12.4% a year" in text


def test_an_empty_ledger_has_pages_all_the_same(client):
    for address in ("partners/", "targets/"):
        assert client.get(f"/kk/{address}").status_code == 200


def test_a_chart_keeps_its_marks_within_its_frame():
    points = [charts.Point(2020 + n, 10.0**n, 0.0, 10.0 ** (n + 1), "") for n in range(5)]
    chart = charts.draw_chart([charts.Series("claimed", "circle", points)], band=[(2024, 1, 1), (2030, -5, 10.0**9)])
    for mark in chart.series[0].marks:
        assert 0 <= float(mark.x) <= chart.width
        assert 0 <= float(mark.high) <= float(mark.low) <= chart.height


def test_a_chart_without_figures_is_none():
    assert charts.draw_chart([charts.Series("claimed", "circle", [])]) is None
    assert charts.draw_spark({}, {}) is None


def test_figures_of_zero_and_below_are_drawn():
    zero = [charts.Point(2020, 0.0, 0.0, 0.0, ""), charts.Point(2021, -5.0, -6.0, -4.0, "")]
    assert charts.draw_chart([charts.Series("official", "square", zero, line=True)])
    assert charts.draw_chart([charts.Series("official", "square", zero[:1])])
    assert charts.draw_spark({2020: 0.0}, {})
