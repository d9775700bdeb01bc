"""One self-contained page: each report with its figures marked in the text, and the table beside it.

No script and no request leave the page. All that comes from a report is escaped, and only http addresses become links.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from html import escape
from importlib import resources
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, TextIO

from ainalym.model import Commitment, Reading

from .messages import say
from .table import explain_claim
from .words import describe_claim, describe_commitment, describe_meeting

if TYPE_CHECKING:
    from . import Style

COLUMNS = ("number", "figure", "indicator", "sides", "period", "value", "modality", "confidence")
_HEAD = """<!DOCTYPE html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>
{css}</style>
</head>
<body>
<header>
<h1>{title}</h1>
<p class="legend">{legend}</p>
</header>
<main>
"""
# Characters that HTML does not allow, and halves of broken pairs.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


class Mark(NamedTuple):
    """Characters of the text to be marked: a claim's (`name` c1, c2 …), a commitment's (k1 …) or a person's (p1 …)."""

    start: int
    end: int
    name: str


def write(readings: Iterable[Reading], out: TextIO, style: Style) -> None:
    """The page: a head, an article a report, a foot."""
    lang = style.ui_lang
    out.write(make_head(lang, title=say(lang, "page.title"), legend=say(lang, "page.legend")))
    for number, reading in enumerate(readings, 1):
        out.write(_make_article(reading, f"r{number}", style))
    out.write(make_foot(lang))


def make_head(lang: str, *, title: str, legend: str) -> str:
    """Everything before the first article of a page."""
    return _HEAD.format(lang=lang, title=clean(title), legend=clean(legend), css=_load_css())


def make_foot(lang: str) -> str:
    """Everything behind the last article of a page."""
    from ainalym import __version__

    made = clean(say(lang, "page.made", version=__version__))
    return f"</main>\n<footer><p>{made}</p></footer>\n</body>\n</html>\n"


@cache
def _load_css() -> str:
    return resources.files(__package__).joinpath("page.css").read_text(encoding="utf-8")


def clean(text: object) -> str:
    """The text as it may stand in a page."""
    return escape(_FORBIDDEN.sub("\ufffd", str(text)))


def _make_article(reading: Reading, name: str, style: Style) -> str:
    lang = style.ui_lang
    document = reading.document
    title = document.title or document.id or say(lang, "report.untitled")
    parts = [
        f'<article aria-labelledby="{name}">\n<header><h2 id="{name}"{say_language(reading)}>{clean(title)}</h2>',
        f'<p class="facts">{make_facts(reading, lang)}</p></header>',
        f'<section aria-label="{clean(say(lang, "page.text"))}">',
        f'<p class="text"{say_language(reading)}>{mark_text(document.text, find_marks(reading), name)}</p></section>',
        '<section class="side">',
        _make_table(reading, name, style)
        if reading.claims
        else f'<p class="none">{clean(say(lang, "report.none"))}</p>',
        *_make_lists(reading, name, lang),
        "</section>\n</article>\n",
    ]
    return "\n".join(parts)


def say_language(reading: Reading) -> str:
    """The attributes that tell a screen reader how to speak the text and a browser which way it runs."""
    if reading.lang is None:
        return ' dir="auto"'
    script = f"-{reading.script}" if reading.script and reading.lang == "kk" else ""
    return f' lang="{clean(reading.lang + script)}" dir="{"rtl" if reading.script == "Arab" else "ltr"}"'


def make_facts(reading: Reading, lang: str) -> str:
    """One line on where a report is from."""
    document = reading.document
    facts = [
        document.publisher,
        say(lang, "page.published", date=document.published) if document.published else None,
        "-".join(part for part in (reading.lang, reading.script, reading.orthography) if part),
        document.id if document.title else None,
    ]
    cells = [f"<bdi>{clean(fact)}</bdi>" for fact in facts if fact]
    if document.url and document.url.startswith(("http://", "https://")):
        cells.append(f'<a href="{clean(document.url)}" rel="noreferrer">{clean(say(lang, "page.source"))}</a>')
    return " · ".join(cells)


def find_marks(reading: Reading) -> list[Mark]:
    """The spans to mark in the text: every claim's and every commitment's evidence."""
    marks = [Mark(c.evidence.start, c.evidence.end, f"c{n}") for n, c in enumerate(reading.claims, 1)]
    return marks + [Mark(c.evidence.start, c.evidence.end, f"k{n}") for n, c in enumerate(reading.commitments, 1)]


def mark_text(text: str, marks: list[Mark], name: str) -> str:
    """The escaped text with its marks. Spans may nest and overlap: each stretch between two borders is marked anew."""
    coming = sorted((mark for mark in marks if 0 <= mark.start < mark.end <= len(text)), reverse=True)
    borders = sorted({0, len(text), *(m.start for m in coming), *(m.end for m in coming)})
    pieces: list[str] = []
    cover: list[Mark] = []
    anchors: set[str] = set()
    for start, end in pairwise(borders):
        cover = [mark for mark in cover if mark.end > start]
        while coming and coming[-1].start == start:
            mark = coming.pop()
            cover.append(mark)
            # Several marks may bear one name (the figures of a finding): the way back leads to the first.
            if mark.name not in anchors:
                anchors.add(mark.name)
                pieces.append(f'<span id="{name}{mark.name}t"></span>')
        pieces.append(_mark_piece(clean(text[start:end]), end, cover, name))
    return "".join(pieces)


def _mark_piece(piece: str, end: int, cover: list[Mark], name: str) -> str:
    claims, people, deals = ([mark for mark in cover if mark.name.startswith(sort)] for sort in "cpk")
    if claims:
        # The link goes to the row of the claim that says most closely what stands here.
        nearest = min(claims, key=lambda mark: mark.end - mark.start)
        ends = "".join(f"<sup>{mark.name[1:]}</sup>" for mark in claims if mark.end == end)
        piece = f'<mark><a href="#{name}{nearest.name}">{piece}{ends}</a></mark>'
    elif people:
        piece = f'<a class="person" href="#{name}{people[-1].name}">{piece}</a>'
    if deals:
        # Links cannot nest: a commitment's own stands at its end.
        ends = "".join(
            f'<a class="sign" href="#{name}{mark.name}"><sup>§{mark.name[1:]}</sup></a>'
            for mark in deals
            if mark.end == end
        )
        piece = f'<span class="deal">{piece}{ends}</span>'
    return piece


def _make_table(reading: Reading, name: str, style: Style) -> str:
    lang = style.ui_lang
    titles = {column: clean(say(lang, f"column.{column}")) for column in COLUMNS}
    head = "".join(f'<th scope="col">{title}</th>' for title in titles.values())
    rows = "".join(_make_row(reading, number, name, style, titles) for number in range(len(reading.claims)))
    caption = clean(say(lang, "page.figures"))
    return (
        f"<table><caption hidden>{caption}</caption>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody></table>"
    )


def _make_row(reading: Reading, number: int, name: str, style: Style, titles: dict[str, str]) -> str:
    claim = reading.claims[number]
    row = f"{name}c{number + 1}"
    cells = {column: clean(cell) for column, cell in describe_claim(claim, style.ui_lang).items()}
    cells["number"] = f'<a href="#{row}t">{number + 1}</a>'
    cells["figure"] = f"<bdi>{cells['figure']}</bdi>"
    if style.explain:
        steps = "".join(f"<li><bdi>{clean(line)}</bdi></li>" for line in explain_claim(reading, number, style.ui_lang))
        why = clean(say(style.ui_lang, "report.why"))
        cells["indicator"] = (
            f"<div>{cells['indicator']}<details><summary>{why}</summary><ol>{steps}</ol></details></div>"
        )
    body = "".join(f'<td class="{c}" data-name="{titles[c]}">{cells[c]}</td>' for c in COLUMNS)
    return f'<tr id="{row}"{"" if claim.modality == "actual" else " class=aim"}>{body}</tr>\n'


def _make_lists(reading: Reading, name: str, lang: str) -> Iterator[str]:
    if reading.meetings:
        items = "".join(f"<li><bdi>{clean(describe_meeting(m, lang))}</bdi></li>" for m in reading.meetings)
        yield f"<h3>{clean(say(lang, 'report.meetings'))}</h3>\n<ul>{items}</ul>"
    if reading.commitments:
        deals = enumerate(reading.commitments, 1)
        items = "".join(_make_deal(deal, f"{name}k{n}", reading, lang) for n, deal in deals)
        yield f"<h3>{clean(say(lang, 'report.commitments'))}</h3>\n<ul>{items}</ul>"


def _make_deal(deal: Commitment, name: str, reading: Reading, lang: str) -> str:
    words = f'<a href="#{name}t"><q{say_language(reading)}>{clean(deal.surface)}</q></a>'
    return f'<li id="{name}">{clean(describe_commitment(deal, lang))}: {words}</li>'
