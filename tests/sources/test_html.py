from __future__ import annotations

import datetime as dt
import time

import pytest

from ainalym.errors import SourceError
from ainalym.model import Document
from ainalym.sources import load_bytes

from .pages import STORY, make_page


def load(page: str | bytes, name: str = "page.html") -> Document:
    (found,) = load_bytes(page.encode() if isinstance(page, str) else page, name)
    assert isinstance(found, Document), str(found)
    return found


def refuse(page: str) -> str:
    (found,) = load_bytes(page.encode(), "page.html")
    assert isinstance(found, SourceError)
    return str(found)


def test_the_article_comes_without_navigation() -> None:
    found = load(make_page())
    assert all(line in found.text for line in STORY)
    assert "Басты бет" not in found.text
    assert "Басқа жаңалық" not in found.text
    assert (found.id, found.title, found.lang, found.published) == ("page.html", "Айналым өсті", "kk", None)


DAY = dt.date(2023, 11, 7)


@pytest.mark.parametrize(
    ("head", "top"),
    [
        ('<meta property="article:published_time" content="2023-11-07T23:10:00+06:00">', ""),
        ('<meta itemprop="datePublished" content="2023-11-07">', "<span class=date>1.1.2020</span>"),
        ('<script type="application/ld+json">{"@graph":[{"@type":"WebPage"},{"@type":"NewsArticle",'
         '"datePublished":"2023-11-07"}]}</script>', ""),
        ("", '<div class="news-date">7 Қараша 2023, 13:12</div>'),
        ("", '<span class="post_date">Жарияланды: 07.11.2023</span>'),
        ("", '<time datetime="2023-11-07T10:00">вчера</time>'),
        ("", "<p>7 қараша 2023, 13:12</p>"),
    ],
)  # fmt: skip
def test_the_day_of_publication(head: str, top: str) -> None:
    assert load(make_page(head=head, top=top)).published == DAY


def test_the_foot_and_the_story_give_no_day() -> None:
    lines = [*STORY, "Форум 2024 жылғы 9 қарашада Қостанайда өтеді, оған екі елдің президенті қатысады."]
    assert load(make_page(lines=lines)).published is None


def test_site_address_and_headline() -> None:
    head = (
        '<meta property="og:site_name" content="Хабар">'
        '<meta property="og:title" content="Айналым екі есе өсті | Хабар">'
        '<link rel="canonical" href="https://khabar.kz/2023/11/07/1">'
    )
    found = load(make_page(head=head))
    assert (found.title, found.publisher) == ("Айналым екі есе өсті", "Хабар")
    assert (found.url, found.published) == ("https://khabar.kz/2023/11/07/1", DAY)


def test_a_fragment_is_a_page() -> None:
    assert load("<p>Тауар айналымы 2022 жылы $78,5 млн болды.</p>").text == "Тауар айналымы 2022 жылы $78,5 млн болды."


@pytest.mark.parametrize(
    "page",
    ["<html><body><nav><a href=/>Басты бет</a><a href=/n>Жаңалықтар</a></nav></body></html>",
     "<html><title>Хабар агенттігінің сайты туралы</title><body><script>var a = 'b c d e f g'</script></body></html>",
     "<html><body><ul>" + "<li><a href=/x>Жаңалықтың ұзақ сілтеме мәтіні осында</a></li>" * 30 + "</ul></body></html>"],
)  # fmt: skip
def test_a_page_without_an_article_says_so(page: str) -> None:
    assert refuse(page).startswith("page.html: is HTML without an article")


@pytest.mark.parametrize("tag", ["div", "b", "ul><li", "table><tr><td"])
def test_deep_nesting_is_read(tag: str) -> None:
    page = f"<html><body>{f'<{tag}>' * 100_000}<p>{STORY[0]}</p>"
    assert load(page).text == STORY[0]


def test_a_page_of_very_many_elements_is_read_in_time() -> None:
    start = time.monotonic()
    found = load("<html><body>" + f"<p>{STORY[0]}<br>{STORY[1]}</p>" * 30_000)
    assert found.text.count(STORY[1]) == 30_000
    assert time.monotonic() - start < 5


@pytest.mark.parametrize("declared", ["windows-1251", "utf-8"])
def test_the_declared_encoding_and_a_wrong_one(declared: str) -> None:
    lines = ["Товарооборот Казахстана и России в 2022 году вырос на 10 процентов, сообщило министерство торговли."]
    page = make_page(lines=lines, head="", lang="ru").replace("utf-8", declared)
    page = page.replace("ө", "о").replace("Қ", "К").replace("қ", "к").replace("ң", "н")
    assert lines[0] in load(page.encode("cp1251", errors="ignore")).text


@pytest.mark.parametrize(
    "piece", ["<!", "<a ", "<![CDATA[", "</", "<script>", "&amp", "<p a=", "<!--", "<table><tr><td>", "<ul><li>"]
)
def test_hostile_markup_ends_in_time(piece: str) -> None:
    start = time.monotonic()
    list(load_bytes(b"<html><body>" + piece.encode() * 100_000, "page.html"))
    assert time.monotonic() - start < 5
