"""Findings as plain text: what contradicts first, with its arithmetic; what agrees in a line each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TextIO

from ainalym.model import Comparison, Finding, Reading

from .comparisons import make_rows, make_titles
from .messages import say
from .words import clean_line

if TYPE_CHECKING:
    from .findings import FindingStyle


def write(findings: Sequence[Finding], readings: Sequence[Reading], out: TextIO, style: FindingStyle) -> None:
    """A block for each finding, a last line that counts them."""
    for finding in findings:
        out.write("\n".join(_make_block(finding, style.ui_lang)) + "\n")
    out.write(_make_total(findings, readings, style.ui_lang) + "\n")


def _make_block(finding: Finding, lang: str) -> Iterator[str]:
    yield clean_line(f"{name_verdict(finding, lang)}: {finding.why}")
    if finding.verdict not in ("consistent", "no data") or finding.severity != "note":
        for step in finding.steps[:-1]:
            yield f"    {clean_line(step)}"
    if finding.comparison and finding.comparison.compared:
        yield from _make_table(finding.comparison, lang)


def _make_table(comparison: Comparison, lang: str) -> Iterator[str]:
    rows = [make_titles(lang), *([clean_line(cell) for cell in row] for row in make_rows(comparison, lang))]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "    " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def name_verdict(finding: Finding, lang: str) -> str:
    """The verdict in the user's language; a contradiction that may have a good reason says so.

    Of a figure held against official statistics it is their answer.
    """
    if finding.comparison and finding.comparison.answer != "contradicts all":
        return say(lang, f"answer.{finding.comparison.answer}")
    name = say(lang, f"answer.{finding.comparison.answer}" if finding.comparison else f"verdict.{finding.verdict}")
    return f"{name} ({say(lang, 'severity.warning')})" if finding.severity == "warning" else name


def _make_total(findings: Sequence[Finding], readings: Sequence[Reading], lang: str) -> str:
    claims = sum(len(reading.claims) for reading in readings)
    if not claims:
        return say(lang, "check.nothing", documents=len(readings))
    count = Counter(finding.verdict for finding in findings)
    return say(
        lang,
        "check.totals",
        documents=len(readings),
        claims=claims,
        contradicts=count["contradicts"],
        disagree=count["reports disagree"],
        implies=count["implies"],
        consistent=count["consistent"],
    )
