"""One self-contained page: each report with the figures that findings name marked, and the findings beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TextIO

from ainalym.model import Comparison, Finding, Reading

from .comparisons import make_rows, make_titles
from .findings_text import name_verdict
from .html import Mark, clean, make_facts, make_foot, make_head, mark_text, say_language
from .messages import say

if TYPE_CHECKING:
    from .findings import FindingStyle

Numbered = tuple[int, Finding]


def write(findings: Sequence[Finding], readings: Sequence[Reading], out: TextIO, style: FindingStyle) -> None:
    """An article a report. A finding stands beside every report that it takes a figure from."""
    lang = style.ui_lang
    out.write(make_head(lang, title=say(lang, "check.title"), legend=say(lang, "check.legend")))
    by_document: dict[str, list[Numbered]] = {}
    for number, finding in enumerate(findings, 1):
        for document in dict.fromkeys(figure.document for figure in finding.figures):
            by_document.setdefault(document, []).append((number, finding))
    for place, reading in enumerate(readings, 1):
        out.write(_make_article(reading, by_document.get(reading.document.id, ()), f"r{place}", lang))
    out.write(make_foot(lang))


def _make_article(reading: Reading, found: Sequence[Numbered], name: str, lang: str) -> str:
    document = reading.document
    marks = [
        Mark(figure.start, figure.end, f"c{number}")
        for number, finding in found
        for figure in finding.figures
        if figure.document == document.id
    ]
    title = document.title or document.id or say(lang, "report.untitled")
    head = f'<header><h2 id="{name}"{say_language(reading)}>{clean(title)}</h2>'
    text = mark_text(document.text, marks, name)
    return "\n".join(
        [
            f'<article aria-labelledby="{name}">\n{head}',
            f'<p class="facts">{make_facts(reading, lang)}</p></header>',
            f'<section aria-label="{clean(say(lang, "page.text"))}">',
            f'<p class="text"{say_language(reading)}>{text}</p></section>',
            f'<section class="side">\n{_make_list(found, document.id, name, lang)}</section>\n</article>\n',
        ]
    )


def _make_list(found: Iterable[Numbered], document: str, name: str, lang: str) -> str:
    items = [_make_item(number, finding, document, name, lang) for number, finding in found]
    if not items:
        return f'<p class="none">{clean(say(lang, "check.none"))}</p>\n'
    return f"<h3>{clean(say(lang, 'check.findings'))}</h3>\n<ol>\n{''.join(items)}</ol>\n"


def _make_item(number: int, finding: Finding, document: str, name: str, lang: str) -> str:
    row = f"{name}c{number}"
    here = any(figure.document == document for figure in finding.figures)
    back = f'<a href="#{row}t">{number}</a>' if here else str(number)
    figures = ", ".join(
        f"<q><bdi>{clean(figure.quote)}</bdi></q> ({clean(figure.document)})" for figure in finding.figures
    )
    steps = "".join(f"<li><bdi>{clean(step)}</bdi></li>" for step in finding.steps)
    why = clean(say(lang, "check.why"))
    return (
        f'<li id="{row}" value="{number}"><strong>{clean(name_verdict(finding, lang))}</strong> {back}: '
        f"<bdi>{clean(finding.why)}</bdi>\n<details><summary>{why}</summary>\n<p>{figures}</p>"
        f"<ol>{steps}</ol>{_make_table(finding.comparison, lang)}</details></li>\n"
    )


def _make_table(comparison: Comparison | None, lang: str) -> str:
    """The official figures, as a table that also reads on a narrow screen."""
    if comparison is None or not comparison.compared:
        return ""
    titles = [clean(title) for title in make_titles(lang)]
    head = "".join(f'<th scope="col">{title}</th>' for title in titles)
    rows = [
        "".join(f'<td data-name="{title}">{clean(cell)}</td>' for title, cell in zip(titles, row, strict=True))
        for row in make_rows(comparison, lang)
    ]
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    caption = clean(say(lang, "compared.caption"))
    return f"\n<table><caption>{caption}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
