"""Findings as plain text: what contradicts first, with its arithmetic; what agrees in a line each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TextIO

from ainalym.model import Finding, Reading

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
    if finding.verdict != "consistent" or finding.severity != "note":
        for step in finding.steps[:-1]:
            yield f"    {clean_line(step)}"


def name_verdict(finding: Finding, lang: str) -> str:
    """The verdict in the user's language; a contradiction that may have a good reason says so."""
    name = say(lang, f"verdict.{finding.verdict}")
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
