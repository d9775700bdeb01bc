"""Tables for people: one a report, with lines and colours on a terminal, in plain columns elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TextIO

from ainalym.model import Claim, Reading

from .messages import say
from .words import clean_line, describe_claim, describe_commitment, describe_meeting

if TYPE_CHECKING:
    from rich.console import RenderableType

    from . import Style

COLUMNS = ("figure", "indicator", "sides", "period", "value", "modality", "confidence")
_AROUND = 40


def write(readings: Iterable[Reading], out: TextIO, style: Style) -> None:
    """A table a report with its meetings and commitments below, and the totals at the end."""
    write_one = _write_plain if style.width is None else _write_rich
    documents = claims = meetings = commitments = 0
    for reading in readings:
        write_one(reading, out, style)
        documents += 1
        claims += len(reading.claims)
        meetings += len(reading.meetings)
        commitments += len(reading.commitments)
    if documents > 1:
        totals = {"documents": documents, "claims": claims, "meetings": meetings, "commitments": commitments}
        out.write(say(style.ui_lang, "report.totals", **totals) + "\n")


def _write_plain(reading: Reading, out: TextIO, style: Style) -> None:
    rows = [_make_row(claim, style.ui_lang) for claim in reading.claims]
    out.write("\n".join(_make_head(reading, style.ui_lang)) + "\n")
    if rows:
        titles = [say(style.ui_lang, f"column.{column}") for column in COLUMNS]
        widths = [max(len(row[column]) for row in [titles, *rows]) for column in range(len(COLUMNS))]
        for number, row in enumerate([titles, *rows]):
            out.write(
                "  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() + "\n"
            )
            if style.explain and number:
                out.writelines(f"      {line}\n" for line in explain_claim(reading, number - 1, style.ui_lang))
    out.write("".join(line + "\n" for line in _make_foot(reading, style.ui_lang)) + "\n")


def _write_rich(reading: Reading, out: TextIO, style: Style) -> None:
    from rich.console import Console, Group
    from rich.text import Text

    title, *head = _make_head(reading, style.ui_lang)
    parts: list[RenderableType] = [Text(title, style="bold"), *(Text(line, style="dim") for line in head)]
    if reading.claims:
        parts.append(_make_rich_table(reading, style))
    parts += [Text(line) for line in _make_foot(reading, style.ui_lang)]
    Console(file=out, width=style.width, force_terminal=True, highlight=False).print(Group(*parts, Text("")))


def _make_rich_table(reading: Reading, style: Style) -> RenderableType:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.ROUNDED, border_style="dim", header_style="bold", pad_edge=False)
    for column in COLUMNS:
        # The figures are what a reader compares: they stay whole, the words around them wrap.
        table.add_column(
            say(style.ui_lang, f"column.{column}"),
            justify="right" if column in ("value", "confidence") else "left",
            no_wrap=column in ("value", "sides", "confidence"),
            overflow="fold",
        )
    for number, claim in enumerate(reading.claims):
        dim = "dim" if claim.confidence < 0.5 else ""
        table.add_row(*(Text(cell) for cell in _make_row(claim, style.ui_lang)), style=dim)
        if style.explain:
            lines = explain_claim(reading, number, style.ui_lang)
            table.add_row("", Text("\n".join(lines), style="dim italic"), *[""] * (len(COLUMNS) - 2))
    return table


def _make_row(claim: Claim, lang: str) -> list[str]:
    cells = describe_claim(claim, lang)
    return [clean_line(cells[column]) for column in COLUMNS]


def _make_head(reading: Reading, lang: str) -> list[str]:
    document = reading.document
    title = document.title or document.id or say(lang, "report.untitled")
    facts = [document.id if document.title else None, document.publisher, document.published, reading.lang]
    line = " · ".join(clean_line(str(fact)) for fact in [*facts, reading.script, reading.orthography] if fact)
    return [clean_line(title), *([line] if line else [])]


def _make_foot(reading: Reading, lang: str) -> list[str]:
    lines = [] if reading.claims else [f"  {say(lang, 'report.none')}"]
    if reading.meetings:
        lines.append(f"{say(lang, 'report.meetings')}:")
        lines += [f"  {clean_line(describe_meeting(meeting, lang))}" for meeting in reading.meetings]
    if reading.commitments:
        lines.append(f"{say(lang, 'report.commitments')}:")
        for commitment in reading.commitments:
            lines.append(f"  {clean_line(describe_commitment(commitment, lang))}: {clean_line(commitment.surface)}")
    return lines


def explain_claim(reading: Reading, number: int, lang: str) -> list[str]:
    """Where a claim stands in the text, with the words around it, and the steps that led to it."""
    claim = reading.claims[number]
    start, end, text = claim.evidence.start, claim.evidence.end, reading.document.text
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    quote = f"…{clean_line(before)} [{clean_line(claim.evidence.quote)}] {clean_line(after)}…"
    return [
        f"{say(lang, 'report.characters', start=start, end=end)}: {quote}",
        " · ".join(map(clean_line, claim.trace)),
    ]
