"""Between the records of reading and the rows of the ledger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from ..model import Claim, Commitment, Document, Meeting, Reading, Span
from ..output.words import format_exact
from . import models

_GROUPS = ("WORLD",)


def country_of(side: str) -> str:
    """The country of a region (RU for RU-TA); countries and groups are themselves."""
    country, dash, _ = side.partition("-")
    return country if dash and len(country) == 2 else side


def name_pair(sides: Iterable[str | None]) -> str:
    """Two sides as one code, in alphabetical order: KZ-UZ. Empty unless there are two."""
    countries = sorted({country_of(side) for side in sides if side})
    return "-".join(countries) if len(countries) == 2 else models.NO_PAIR


def split_pair(code: str) -> tuple[str, str]:
    """The two sides of a pair's code; groups have hyphens of their own (C-ASIA)."""
    parts = code.split("-")
    for cut in range(1, len(parts)):
        first, second = "-".join(parts[:cut]), "-".join(parts[cut:])
        if _is_side(first) and _is_side(second):
            return first, second
    return parts[0], "-".join(parts[1:])


def _is_side(code: str) -> bool:
    return len(code) == 2 or (code.isalpha() and len(code) > 2) or "-" in code


def main_pair(reading: Reading) -> str:
    """The pair that most figures of a report are about; what is said of the whole world does not count."""
    pairs = Counter(
        pair
        for claim in reading.claims
        if (pair := name_pair((claim.reporter, claim.partner))) and claim.partner not in _GROUPS
    )
    if not pairs:
        return name_pair({person.side for person in reading.people if person.side})
    return pairs.most_common(1)[0][0]


def find_year(period: tuple[Any, Any] | None) -> int | None:
    """The year that a claim is filed under: that of its period's end."""
    if period is None:
        return None
    end = period[1] or period[0]
    return end.year if end else None


def claim_values(claim: Claim, document: Document) -> dict[str, Any]:
    """The columns that a claim fills, without its place in the ledger."""
    start, end = claim.period or (None, None)
    return {
        "surface": claim.surface,
        "indicator": claim.indicator,
        "reporter": claim.reporter,
        "partner": claim.partner,
        "product": claim.product,
        "period_start": start,
        "period_end": end,
        "has_period": claim.period is not None,
        "kind": claim.kind,
        "value": float(claim.value),
        "value_exact": format_exact(claim.value),
        "unit": claim.unit,
        "bound": claim.bound,
        "modality": claim.modality,
        "speaker": claim.speaker,
        "start": claim.evidence.start,
        "end": claim.evidence.end,
        "quote": claim.evidence.quote,
        "confidence": claim.confidence,
        "trace": list(claim.trace),
        "pair": name_pair((claim.reporter, claim.partner)),
        "year": find_year(claim.period),
        "published": document.published,
        "publisher": document.publisher,
    }


def to_claim(row: models.Claim) -> Claim:
    """The record of a row."""
    return Claim(
        surface=row.surface,
        indicator=row.indicator,
        reporter=row.reporter,
        partner=row.partner,
        product=row.product,
        period=(row.period_start, row.period_end) if row.has_period else None,
        kind=row.kind,
        value=Decimal(row.value_exact),
        unit=row.unit,
        bound=row.bound,
        modality=row.modality,
        speaker=row.speaker,
        evidence=to_span(row),
        confidence=row.confidence,
        trace=tuple(row.trace),
    )


def to_span(row: Any) -> Span:
    """Where a row's words stand in its text."""
    return Span(row.start, row.start + len(row.quote), row.quote)


def to_document(row: models.Document) -> Document:
    """The record of a row; its id is the text's hash."""
    return Document(
        id=row.hash,
        text=row.text,
        title=row.title,
        url=row.url,
        publisher=row.publisher,
        published=row.published,
        lang=row.declared_lang,
    )


def to_meeting(row: models.Meeting) -> Meeting:
    """The record of a row."""
    return Meeting(tuple(row.participants), row.date, row.place, row.kind, to_span(row))


def to_commitment(row: models.Commitment) -> Commitment:
    """The record of a row."""
    return Commitment(row.what, tuple(row.parties), row.status, row.due, row.surface, to_span(row), tuple(row.claims))


def to_reading(document: models.Document, claims: Sequence[models.Claim]) -> Reading:
    """A reading with these claims alone, as checking takes it."""
    return Reading(
        to_document(document), document.lang, document.script, document.orthography,
        claims=tuple(map(to_claim, claims)),
    )  # fmt: skip
