"""From rows of the ledger to what the API hands out: the one place that knows both.

Rows come as dicts of just the columns that are needed: a list of claims must not fetch the texts of their reports.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from ...ledger import models
from ..templatetags.ainalym import finding_words

DOCUMENT = (
    "id", "hash", "url", "title", "publisher", "published", "lang", "script", "orthography", "added__made",
)  # fmt: skip
_SPAN = ("start", "quote")
_PLACE = ("id", "document__hash", "number", "pair", "published", "made__made")
CLAIM = (
    *_PLACE, *_SPAN, "surface", "indicator", "reporter", "partner", "product", "period_start", "period_end",
    "has_period", "kind", "value_exact", "unit", "bound", "modality", "speaker", "confidence", "trace", "publisher",
    "lang", "state", "verdict", "ended__made",
)  # fmt: skip
MEETING = (*_PLACE, *_SPAN, "participants", "date", "place", "kind")
COMMITMENT = (*_PLACE, *_SPAN, "what", "parties", "status", "due", "surface", "claims")
MENTION = ("id", "document__hash", "document__published", "person__key", *_SPAN, "name", "role", "side")
_CLAIM_AS_IS = (
    "id", "number", "surface", "indicator", "reporter", "partner", "product", "kind", "unit", "bound", "modality",
    "speaker", "confidence", "trace", "published", "publisher", "lang", "state",
)  # fmt: skip


def make_document(row: dict[str, Any]) -> dict[str, Any]:
    """A report without its text."""
    return {**row, "id": row["hash"], "added": row["added__made"]}


def make_claim(row: dict[str, Any]) -> dict[str, Any]:
    """A claim."""
    return {
        **{name: row[name] for name in _CLAIM_AS_IS},
        "document": row["document__hash"],
        "period": (row["period_start"], row["period_end"]) if row["has_period"] else None,
        "value": Decimal(row["value_exact"]),
        "evidence": _make_span(row),
        "pair": row["pair"] or None,
        "verdict": row["verdict"] or None,
        "added": row["made__made"],
        "ended": row["ended__made"],
    }


def make_entry(row: dict[str, Any]) -> dict[str, Any]:
    """A meeting or a commitment."""
    common = {"document": row["document__hash"], "evidence": _make_span(row), "added": row["made__made"]}
    return {**row, **common, "pair": row["pair"] or None}


def make_mention(row: dict[str, Any]) -> dict[str, Any]:
    """A person named in a report."""
    return {
        **row,
        "document": row["document__hash"],
        "published": row["document__published"],
        "key": row["person__key"],
        "evidence": _make_span(row),
    }


def _make_span(row: dict[str, Any]) -> dict[str, Any]:
    return {"start": row["start"], "end": row["start"] + len(row["quote"]), "quote": row["quote"]}


def make_findings(findings: Sequence[models.Finding]) -> list[dict[str, Any]]:
    """Findings with their figures, in the language asked for; two queries for all of them."""
    figures = find_figures([finding.pk for finding in findings])
    return [
        {
            "id": finding.pk,
            "verdict": finding.verdict,
            "severity": finding.severity,
            **finding_words(finding),
            "figures": figures[finding.pk],
            "implied": finding.implied,
            "pair": finding.pair or None,
            "added": finding.made.made,
        }
        for finding in findings
    ]


def find_figures(findings: Iterable[int]) -> dict[int, list[dict[str, Any]]]:
    """The figures that findings name, by finding, in the order in which they were told."""
    through = models.Finding.claims.through
    rows = (
        through.objects.filter(finding_id__in=list(findings))
        .order_by("pk")
        .values_list("finding_id", "claim_id", "claim__number", "claim__start", "claim__quote", "claim__document__hash")
    )
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for finding, claim, number, start, quote, document in rows:
        found[finding].append(
            {
                "document": document, "start": start, "end": start + len(quote), "quote": quote, "claim": number,
                "claim_id": claim,
            }
        )  # fmt: skip
    return found
