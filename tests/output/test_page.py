import io
import re
from html.parser import HTMLParser

import pytest

from ainalym.model import Document, Reading
from ainalym.output import Style, write_readings
from ainalym.output.html import Mark, mark_text

VOID = {"meta", "br"}


class Outline(HTMLParser):
    """Checks that elements close in order; keeps ids, links, and all attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.attributes: list[tuple[str, str, str | None]] = []
        self.words: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag not in VOID:
            self.open.append(tag)
        for name, value in attrs:
            self.attributes.append((tag, name, value))
            if name == "id":
                self.ids.append(value)
            if name == "href":
                self.links.append(value)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)


def make_page(*readings: Reading, **style: object) -> str:
    out = io.StringIO()
    write_readings(readings, out, form="html", style=Style(**style))  # type: ignore[arg-type]
    return out.getvalue()


def read_outline(page: str) -> Outline:
    outline = Outline()
    outline.feed(page)
    outline.close()
    assert outline.open == []
    return outline


def test_every_link_leads_to_one_place_on_the_page(reading: Reading):
    outline = read_outline(make_page(reading, reading, explain=True))
    assert len(set(outline.ids)) == len(outline.ids)
    inner = {link[1:] for link in outline.links if link.startswith("#")}
    assert inner
    assert inner <= set(outline.ids)


def test_the_page_asks_nothing_of_anyone(reading: Reading):
    page = make_page(reading)
    outline = read_outline(page)
    assert "<script" not in page
    assert "url(" not in page
    assert "@import" not in page
    assert [link for link in outline.links if not link.startswith("#")] == ["https://example.org/1"]
    assert not [name for _, name, _ in outline.attributes if name.startswith("on") or name in ("src", "style")]
    assert "default-src 'none'" in page


def test_what_a_report_says_is_escaped():
    evil = '"><script>alert(1)</script>'
    document = Document(evil, evil, title=evil, publisher=evil, url="javascript:alert(1)")
    page = make_page(Reading(document, "ru", "Cyrl", messages=(evil,)))
    assert "<script" not in page
    assert "javascript:" not in page
    read_outline(page)


@pytest.mark.parametrize(
    ("lang", "script", "attributes"),
    [
        ("kk", "Arab", 'lang="kk-Arab" dir="rtl"'),
        ("kk", "Latn", 'lang="kk-Latn" dir="ltr"'),
        ("ru", "Cyrl", 'lang="ru" dir="ltr"'),
        (None, None, 'dir="auto"'),
    ],
)
def test_the_text_says_its_language_and_direction(lang, script, attributes: str):
    page = make_page(Reading(Document("a", "x"), lang, script))
    assert f'<p class="text" {attributes}>' in page


def test_the_page_speaks_the_users_language(reading: Reading):
    assert '<html lang="kk">' in make_page(reading, ui_lang="kk")
    assert "товарооборот" in make_page(reading, ui_lang="ru")


def strip_tags(piece: str) -> str:
    return re.sub(r"<sup>§?\d+</sup>|<[^>]+>", "", piece)


@pytest.mark.parametrize(
    ("marks", "marked"),
    [
        ([], "abcdef"),
        ([(1, 3, "c1")], "a[bc]def"),
        ([(1, 5, "c1"), (2, 4, "c2")], "a[b][cd][e]f"),
        ([(0, 3, "c1"), (2, 6, "c2")], "[ab][c][def]"),
        ([(1, 3, "c1"), (1, 3, "c2")], "a[bc]def"),
        ([(0, 6, "k1"), (1, 3, "c1")], "a[bc]def"),
        ([(0, 6, "k1"), (1, 3, "c1"), (3, 5, "p1")], "a[bc]def"),
        ([(4, 9, "c1"), (3, 3, "c2")], "abcdef"),
    ],
)
def test_spans_may_nest_and_overlap(marks, marked: str):
    page = mark_text("abcdef", [Mark(*mark) for mark in marks], "r1")
    assert strip_tags(page) == "abcdef"
    found = re.sub(r"<mark>.*?</mark>", lambda match: f"[{strip_tags(match[0])}]", page)
    assert strip_tags(found) == marked
    read_outline(page)


def test_people_and_commitments_lead_to_their_entries_without_links_in_links():
    page = mark_text("Ann agreed 5", [Mark(0, 12, "k1"), Mark(0, 3, "p1"), Mark(11, 12, "c1")], "")
    assert page == (
        '<span id="p1t"></span><span id="k1t"></span><span class="deal"><a class="person" href="#p1">Ann</a></span>'
        '<span class="deal"> agreed </span><span id="c1t"></span><span class="deal"><mark><a href="#c1">5'
        '<sup>1</sup></a></mark><a class="sign" href="#k1"><sup>§1</sup></a></span>'
    )


def test_a_figure_leads_to_the_row_of_the_closest_claim(reading: Reading):
    page = make_page(reading)
    assert '<mark><a href="#r1c1">68,6 есеге<sup>1</sup></a></mark>' in page
    assert '<mark><a href="#r1c2"> өсіп, $160,7 млн<sup>2</sup></a></mark>' in page
    assert '<tr id="r1c2">' in page
