import re

import pytest

from ainalym.language.identity import hash_text
from ainalym.ledger import models
from tests.ledger.conftest import TURNOVER

from .conftest import LANGS

pytestmark = pytest.mark.django_db

OTHER = TURNOVER.replace("4,4", "5,9")


@pytest.fixture
def clash(keep):
    """Two reports that contradict each other, and two on other partners that do not."""
    keep(TURNOVER, place="one.txt", title="Первый")
    keep(OTHER, place="two.txt", title="Второй")
    keep(TURNOVER.replace("Узбекистана", "Киргизии"), place="three.txt", title="Третий")
    return models.Finding.objects.current().get(verdict__in=("contradicts", "reports disagree"))


def body(answer) -> str:
    return answer.content.decode()


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("path", ["", "findings/"])
def test_both_pages_answer_in_every_language(client, clash, lang, path):
    answer = client.get(f"/{lang}/{path}")
    assert answer.status_code == 200
    assert f'href="/{lang}/reports/{hash_text(TURNOVER)}/#c1t"' in body(answer)


@pytest.mark.parametrize("path", ["/ru/", "/ru/findings/"])
def test_an_empty_ledger_is_no_error(client, path):
    assert client.get(path).status_code == 200


def test_a_finding_has_its_arithmetic_and_leads_to_both_marks(client, clash):
    page = body(client.get("/ru/findings/"))
    for text in (TURNOVER, OTHER):
        assert f'href="/ru/reports/{hash_text(text)}/#c1t"' in page
    steps = clash.words["ru"]["steps"]
    assert steps[0].partition("[")[0] in page.replace("&quot;", '"')
    assert "Узбекистан" in page


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({}, 1),
        ({"pair": "KZ-UZ"}, 1),
        ({"pair": "KG-KZ"}, 0),
        ({"verdict": "contradicts", "severity": "error"}, None),
        ({"severity": "note", "verdict": "contradicts"}, None),
    ],
)
def test_findings_are_filtered(client, clash, query, count):
    if count is None:
        count = int(all(getattr(clash, name) == value for name, value in query.items()))
    page = body(client.get("/ru/findings/", query))
    assert page.count('class="clash-item"') == count


@pytest.mark.parametrize("query", ["verdict=consistent", "severity=x", "pair=%00", "after=x", "after=."])
def test_a_bad_parameter_is_told(client, query):
    assert client.get(f"/ru/findings/?{query}").status_code == 400


def test_the_list_goes_on_where_its_page_ended(client, clash):
    models.Finding.objects.bulk_create(
        models.Finding(key=f"{n:064x}", pair="KZ-UZ", verdict="contradicts", severity="error", words=clash.words,
                       made=clash.made) for n in range(44)
    )  # fmt: skip
    seen: list[str] = []
    path = "?verdict=contradicts&pair=KZ-UZ"
    for _ in range(4):
        page = body(client.get(f"/ru/findings/{path}"))
        seen += re.findall(r'id="f([0-9a-f]{64})"', page)
        following = re.search(r'rel="next" href="(\?[^"]+)"', page)
        if following is None:
            break
        path = following[1].replace("&amp;", "&")
        assert "verdict=contradicts" in path
    assert len(seen) == len(set(seen)) == 44 + (clash.verdict == "contradicts")


def test_scripts_in_what_was_found_are_inert(client, clash):
    evil = "<script>alert(1)</script>"
    clash.words = {lang: {"why": evil, "steps": [evil]} for lang in ("kk", "ru", "en")}
    clash.verdict = "contradicts"
    clash.save()
    models.Document.objects.update(title=evil)
    for path in ("/ru/", "/ru/findings/", f"/ru/reports/{hash_text(OTHER)}/"):
        page = body(client.get(path))
        assert "<script>alert" not in page
        assert "&lt;script&gt;" in page


def test_the_first_page_names_the_newest_reports_and_sums(client, keep, clash):
    page = body(client.get("/ru/"))
    for title in ("Первый", "Второй", "Третий"):
        assert f"<bdi>{title}</bdi>" in page
    assert 'action="/ru/search/"' in page
    assert 'href="/ru/check/"' in page
    assert re.search(r"<dd><a href=\"/ru/partners/\">2</a></dd>", page)


def test_pages_take_few_queries(client, clash, django_assert_max_num_queries):
    for path in ("/ru/", "/ru/findings/?pair=KZ-UZ"):
        with django_assert_max_num_queries(20):
            assert client.get(path).status_code == 200
