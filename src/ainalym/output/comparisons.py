"""The official figures that a claim was compared with, as rows for people and as fields for programs."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import msgspec

from ainalym.model import Comparison, OfficialInterval

from .messages import say
from .words import SIDES_ARROWS, describe_period, format_number

COLUMNS = ("period", "indicator", "sides", "official", "source", "terms", "fits")
_MILLION = Decimal(1_000_000)


def make_titles(lang: str) -> list[str]:
    return [say(lang, f"compared.{column}") for column in COLUMNS]


def make_rows(comparison: Comparison, lang: str) -> list[list[str]]:
    """Period, indicator, sides, value, publisher and vintage, terms, and whether the answer rests on it."""
    return [
        [
            describe_period(row.period, lang),
            say(lang, f"indicator.{row.flow}"),
            f"{row.reporter} {SIDES_ARROWS.get(row.flow, '↔')} {row.partner}",
            _describe_value(row, lang),
            f"{row.publisher} ({row.source}, {row.vintage})",
            ", ".join(term for term in (row.valuation, row.partner_type) if term),
            "✓" if row in comparison.matched else "",
        ]
        for row in comparison.compared
    ]


def _describe_value(row: OfficialInterval, lang: str) -> str:
    if row.unit == "rank":
        return f"№ {row.value}"
    if abs(row.value) < _MILLION:
        return f"{format_number(row.value, lang)} {row.unit}"
    return f"{format_number(round(row.value / _MILLION, 1), lang)} {say(lang, 'number.million')} {row.unit}"


def make_fields(comparison: Comparison) -> dict[str, Any]:
    """A comparison under the public field names, its amounts with all their digits; `why` stands in the finding."""
    rows = []
    for row in comparison.compared:
        fields = msgspec.to_builtins(row, builtin_types=(Decimal,))
        exact = {name: msgspec.Raw(f"{fields[name]:f}".encode()) for name in ("value", "low", "high")}
        rows.append({**fields, **exact, "matched": row in comparison.matched})
    found: dict[str, Any] = {"answer": comparison.answer, "period": msgspec.to_builtins(comparison.period)}
    if comparison.slip:
        found["slip"] = comparison.slip
    return {**found, "compared": rows}
