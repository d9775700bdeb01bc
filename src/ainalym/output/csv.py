"""CSV: one row a claim, the same columns always, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, TextIO

from ainalym.model import Claim, Reading

from .words import format_exact

if TYPE_CHECKING:
    from . import Style

COLUMNS = (
    "id", "url", "title", "publisher", "published", "lang", "script", "orthography",
    "surface", "indicator", "reporter", "partner", "product", "period_start", "period_end",
    "kind", "value", "unit", "bound", "modality", "speaker", "confidence", "start", "end", "quote", "trace",
)  # fmt: skip
# What a spreadsheet takes for a formula. A lone number such as -5 or +8,9 is none.
_FORMULA = re.compile(r"[\s]*[=+\-@\uff1d\uff0b\uff0d\uff20]")
_NUMBER = re.compile(r"[+-]?[0-9][0-9 \u00a0\u202f.,]*")
_BROKEN = re.compile("[\x00\ud800-\udfff]")


def write(readings: Iterable[Reading], out: TextIO, style: Style) -> None:
    """A head row, then one row a claim; a report without claims has no row."""
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(COLUMNS)
    for reading in readings:
        rows.writerows(_make_rows(reading))


def _make_rows(reading: Reading) -> Iterator[list[str]]:
    document = reading.document
    head = [
        document.id, document.url, document.title, document.publisher, document.published,
        reading.lang, reading.script, reading.orthography,
    ]  # fmt: skip
    for claim in reading.claims:
        yield [make_cell(value) for value in [*head, *make_fields(claim)]]


def make_fields(claim: Claim) -> list[object]:
    """The columns that a claim fills: all from `surface` on."""
    start, end = claim.period or (None, None)
    return [
        claim.surface, claim.indicator, claim.reporter, claim.partner, claim.product, start, end,
        claim.kind, claim.value, claim.unit, claim.bound, claim.modality, claim.speaker, claim.confidence,
        claim.evidence.start, claim.evidence.end, claim.evidence.quote, "; ".join(claim.trace),
    ]  # fmt: skip


def make_cell(value: object) -> str:
    """A value as CSV holds it; text that a spreadsheet would take for a formula starts with an apostrophe."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return format_exact(value)
    if isinstance(value, str):
        # Python quotes a cell for a line feed, not for a carriage return that stands alone.
        text = _BROKEN.sub("\ufffd", value).replace("\r\n", "\n").replace("\r", "\n")
        return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text
    return str(value)
