import re

import pytest

from .conftest import LANGS

pytestmark = pytest.mark.django_db

CYRILLIC = "2023 жылы Қазақстан мен Өзбекстан арасындағы тауар айналымы 4,4 миллиард доллар болды."
LATIN = "2022 jyly Qazaqstan men Qyrğyzstan arasyndağy tauar ainalymy 1,1 milliard dollar boldy."
ARAB = "2021 جىلى قازاقستان مەن قىتاي اراسىنداعى تاۋار اينالىمى 25 ميلليارد دوللار بولدى."
RUSSIAN = "В 2023 году товарооборот Казахстана и России составил 26 млрд долларов."


@pytest.fixture(autouse=True)
def reports(keep):
    """One report a script, and one in Russian."""
    keep(CYRILLIC, place="1", title="Кирилл", published="2024-02-01", publisher="Агентство")
    keep(LATIN, place="2", title="Latyn", published="2023-02-01")
    keep(ARAB, place="3", title="Төте", published="2022-02-01")
    keep(RUSSIAN, place="4", title="Россия", published="2024-03-01")


def body(answer) -> str:
    return answer.content.decode()


def titles(page: str) -> set[str]:
    return {title for title in ("Кирилл", "Latyn", "Төте", "Россия") if f"<bdi>{title}</bdi>" in page}


@pytest.mark.parametrize("lang", LANGS)
def test_the_page_answers_in_every_language(client, lang):
    for query in ({}, {"q": "тауар"}):
        assert client.get(f"/{lang}/search/", query).status_code == 200


@pytest.mark.parametrize("question", ["тауар айналымы", "tauar ainalymy", "تاۋار اينالىمى"])
def test_a_question_in_one_script_finds_the_others(client, question):
    page = body(client.get("/kk/search/", {"q": question}))
    assert titles(page) == {"Кирилл", "Latyn", "Төте"}
    marks = set(re.findall(r"<mark>([^<]+)</mark>", page))
    assert {"тауар", "tauar", "تاۋار"} <= marks


def test_snippets_say_their_language_and_direction(client):
    page = body(client.get("/ru/search/", {"q": "тауар"}))
    assert '<p class="snippet" lang="kk-Arab" dir="rtl">' in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "товарооборот"}, {"Россия"}),
        ({"q": "тауар", "lang": "kk-Latn"}, {"Latyn"}),
        ({"q": "тауар", "lang": "ru"}, set()),
        ({"q": "тауар", "pair": "KZ-UZ"}, {"Кирилл"}),
        ({"q": "тауар", "since": "2023-01-01"}, {"Кирилл", "Latyn"}),
        ({"q": "тауар", "since": "2023-01-01", "until": "2023-12-31"}, {"Latyn"}),
        ({"q": "айтылмағансөз"}, set()),
        ({"q": "\"' OR 1=1 -- *():&|!"}, None),
        ({"q": "тауар", "page": "2"}, set()),
    ],
)
def test_questions_and_filters(client, query, found):
    answer = client.get("/ru/search/", query)
    assert answer.status_code == 200
    if found is not None:
        assert titles(body(answer)) == found


@pytest.mark.parametrize(
    "query",
    ["q=a%00b", "q=" + "a" * 301, "q=a&since=2024-99-01", "q=a&until=x", "q=a&lang=de", "q=a&pair=x", "q=a&page=0",
     "q=a&page=%C2%B2", "q=a&page=99999999999"],
)  # fmt: skip
def test_a_bad_parameter_is_told(client, query):
    answer = client.get(f"/en/search/?{query}")
    assert answer.status_code == 400
    assert "The address or the form makes no sense" in body(answer)


def test_scripts_in_a_question_and_a_text_are_inert(client, keep):
    evil = "<script>alert(1)</script>"
    keep(f"{RUSSIAN} {evil}", place="5", title=evil, publisher=evil)
    page = body(client.get("/ru/search/", {"q": f'товарооборот "{evil}'}))
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_a_long_list_comes_by_pages(client, keep):
    for number in range(12):
        keep(f"{RUSSIAN} Итог {number}.", place=f"x{number}", title=f"Итог{number}")
    first = body(client.get("/ru/search/", {"q": "товарооборот"}))
    second = body(client.get("/ru/search/", {"q": "товарооборот", "page": "2"}))
    seen = [set(re.findall(r"<bdi>(Итог\d+|Россия)</bdi>", page)) for page in (first, second)]
    assert len(seen[0]) == 10
    assert len(seen[1]) == 3
    assert not seen[0] & seen[1]
    assert 'rel="next"' in first
    assert 'rel="next"' not in second


def test_a_search_takes_few_queries(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(20):
        assert client.get("/ru/search/", {"q": "тауар айналымы"}).status_code == 200
