import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ainalym.language.orthography import ORTHOGRAPHIES, write
from ainalym.ledger import models, search
from ainalym.ledger.search import cut_snippet, find_hits, search_documents

from .conftest import TURNOVER

pytestmark = pytest.mark.django_db

KAZAKH = (
    "Қазақстан мен Өзбекстан арасындағы тауар айналымы 2023 жылы 4,4 миллиард долларға жетті. "
    "Астық экспорты өсіп, мұнай өнімдері бойынша жаңа келісімге қол қойылды. Қорғаста шекара өткелі ашылды."
)


def _titles(query: str, **given) -> list[str]:
    return [document.title for document in search_documents(query, **given).documents]


@pytest.fixture
def scripts(keep):
    for name in ORTHOGRAPHIES:
        keep(write(KAZAKH, name), place=name, title=name)


@pytest.mark.parametrize("asked_in", ORTHOGRAPHIES)
@pytest.mark.parametrize("query", ["астық экспорты", "мұнай өнімі", "Өзбекстанның тауары", "Қорғас шекарасы"])
def test_a_question_in_any_orthography_finds_all_of_them(scripts, query, asked_in):
    assert set(_titles(write(query, asked_in))) == set(ORTHOGRAPHIES)


def test_russian_and_english_words_are_found_in_their_forms(keep):
    keep(TURNOVER, place="ru", title="ru")
    keep("Trade turnover of Kazakhstan and China reached $41 billion in 2023.", place="en", title="en")
    assert _titles("товарооборота Узбекистану") == ["ru"]
    assert _titles("China's turnover") == ["en"]
    assert _titles("4.4 млрд") == ["ru"]


def test_a_report_with_all_words_stands_alone_and_without_one_any_word_does(keep):
    keep(TURNOVER, place="one", title="one")
    keep("Экспорт зерна в Китай вырос.", place="two", title="two")
    assert _titles("экспорт зерна") == ["two"]
    assert set(_titles("зерно Узбекистана")) == {"one", "two"}
    assert _titles("кенгуру") == []


def test_pages_and_narrowing(keep):
    for day in range(1, 6):
        keep(f"{TURNOVER} Номер {day}.", place=str(day), title=str(day), published=f"2024-02-0{day}")
    found = search_documents("товарооборот", limit=2, offset=0)
    assert (found.total, found.is_cut, len(found.documents)) == (5, False, 2)
    assert _titles("товарооборот") == ["5", "4", "3", "2", "1"]
    assert _titles("товарооборот", limit=2, offset=4) == ["1"]
    assert _titles("товарооборот", offset=99) == []
    assert _titles("товарооборот", lang="kk") == []
    assert _titles("товарооборот", since=models.Document.objects.get(title="4").published) == ["5", "4"]


def test_no_more_than_the_newest_are_ranked(keep, monkeypatch):
    monkeypatch.setattr(search, "MOST_HITS", 2)
    for day in range(1, 5):
        keep(f"{TURNOVER} Номер {day}.", place=str(day), title=str(day), published=f"2024-02-0{day}")
    assert search_documents("товарооборот").total == 2
    assert search_documents("товарооборот").is_cut


def test_the_index_follows_a_text_that_is_read_again(keep, monkeypatch):
    keep(TURNOVER, title="one")
    monkeypatch.setattr("ainalym.ledger.add.VERSION", "99")
    monkeypatch.setattr("ainalym.ledger.add.fold_text", lambda reading: search.fold_words("кеңгірі", "kk"))
    keep(TURNOVER, title="one")
    assert _titles("товарооборот") == []
    assert _titles("кеңгірі") == ["one"]


@pytest.mark.parametrize(
    "query",
    [
        "", " ", "«»", '"', "'", "товарооборот OR", "товарооборот AND (", "NEAR(a, b)", "a:*", "* -зерно", "& | ! <->",
        "%", "\0", "x" * 100_000, "зерно " * 50_000, "\ud800", "и в на", "中文", "4,4,4,", "col:товар", "folded:x",
    ],
)  # fmt: skip
def test_no_question_is_too_odd(keep, query):
    keep(TURNOVER)
    search_documents(query)
    find_hits(query, TURNOVER, "ru")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.text(max_size=60))
def test_any_text_may_be_asked(query):
    search_documents(query)


def test_a_huge_text_of_other_words_throughout_is_kept(keep):
    keep(" ".join(f"сөз{number}ғ{number * 7919}" for number in range(120_000)), title="huge")
    assert _titles("сөз0ғ0") == ["huge"]


def test_words_are_marked_where_they_stand_and_the_snippet_holds_them():
    text = "Бастапқы сөз. " * 60 + KAZAKH
    hits = find_hits("астықтың экспортқа", text, "kk")
    assert [text[start:end] for start, end in hits] == ["Астық", "экспорты"]
    start, end = cut_snippet(text, hits, length=120)
    assert start <= hits[0][0] < hits[1][1] <= end
    assert end - start <= 120
    latin = write(KAZAKH, "Latn-2018")
    assert [latin[start:end] for start, end in find_hits("мұнай", latin, "kk")] == ["munaı"]


@pytest.mark.parametrize("text", ["", "x", "x" * 1000, " "])
def test_a_snippet_of_anything(text):
    start, end = cut_snippet(text, [])
    assert 0 <= start <= end <= len(text)
