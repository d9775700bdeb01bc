"""Claims and reports written by hand, for the tests of checking."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

import msgspec

from ainalym.model import Claim, Document, Finding, Reading, Span

YEAR = {year: (dt.date(year, 1, 1), dt.date(year, 12, 31)) for year in range(2000, 2031)}


def make_claim(text: str, value: str | int, **fields: object) -> Claim:
    """A claim printed as `text`: by default an amount in US dollars of the trade of KZ and TJ in 2023."""
    claim = Claim(
        surface=text,
        indicator="turnover",
        reporter="KZ",
        partner="TJ",
        product=None,
        period=YEAR[2023],
        kind="level",
        value=Decimal(value),
        unit="USD",
        bound="exact",
        modality="actual",
        speaker=None,
        evidence=Span(0, len(text), text),
    )
    return msgspec.structs.replace(claim, **fields)


def make_growth(text: str, value: str, **fields: object) -> Claim:
    return make_claim(text, value, kind="growth", unit="fraction", **fields)


def make_multiple(text: str, value: str, **fields: object) -> Claim:
    return make_claim(text, value, kind="multiple", unit="ratio", **fields)


def make_share(text: str, value: str, **fields: object) -> Claim:
    return make_claim(text, value, kind="share", unit="fraction", **fields)


def make_rank(text: str, value: int, **fields: object) -> Claim:
    return make_claim(text, value, kind="rank", unit="rank", **fields)


def make_report(*claims: Claim, name: str = "a", intro: str = "") -> Reading:
    """A report that prints the claims one after another behind an introduction."""
    text, placed = intro, []
    for claim in claims:
        start = len(text)
        text += claim.surface + " "
        placed.append(msgspec.structs.replace(claim, evidence=Span(start, start + len(claim.surface), claim.surface)))
    return Reading(Document(name, text), "en", "Latn", claims=tuple(placed))


def of_verdict(findings: Iterable[Finding], verdict: str) -> list[Finding]:
    return [finding for finding in findings if finding.verdict == verdict]


def quotes(finding: Finding) -> list[str]:
    return sorted(figure.quote for figure in finding.figures)
