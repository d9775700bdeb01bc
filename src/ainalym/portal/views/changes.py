"""Every change of the ledger and of accounts: who, when, why, and what it touched."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from django.db.models import Count, Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ...ledger import models
from .. import paging
from ..roles import SEE_CHANGES, requires
from ..words import say

_SIZE = 50
# Word, table and column of what a change made or ended.
_TOUCHED: tuple[tuple[str, type[Model], str], ...] = (
    ("documents", models.Document, "added"),
    ("sightings", models.Sighting, "added"),
    ("readings", models.Reading, "made"),
    ("claims", models.Claim, "made"),
    ("claims_ended", models.Claim, "ended"),
    ("commitments", models.Commitment, "made"),
    ("findings", models.Finding, "made"),
    ("findings_ended", models.Finding, "ended"),
)


@requires(SEE_CHANGES)
def changes(request: HttpRequest) -> HttpResponse:
    """The newest changes, by kind and author."""
    kind = paging.get_choice(request, "kind", models.Change.KINDS)
    author = paging.get_words(request, "author", 150)
    given = {"kind": kind, "author": author}
    rows = models.Change.objects.filter(**{name: value for name, value in given.items() if value})
    sheet = paging.take_latest(request, rows, _SIZE)
    touched = _count_touched([row.pk for row in sheet.rows])
    links = _find_links([row.pk for row in sheet.rows])
    items = [
        {
            "row": row,
            "touched": [say(f"touched.{word}", count=count) for word, count in touched[row.pk]],
            "links": links[row.pk],
        }
        for row in sheet.rows
    ]
    return render(
        request,
        "portal/changes.html",
        {"sheet": sheet, "items": items, "kinds": models.Change.KINDS, "kind": kind, "author": author},
    )


def _count_touched(made: Collection[int]) -> dict[int, list[tuple[str, int]]]:
    found: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for word, table, column in _TOUCHED:
        rows = table._default_manager.filter(**{f"{column}__in": made}).values_list(column).annotate(Count("pk"))
        for pk, count in rows.order_by():
            found[pk].append((word, count))
    return found


def _find_links(made: Collection[int]) -> dict[int, dict[str, Any]]:
    """The claim or the commitment that a decision was about."""
    found: dict[int, dict[str, Any]] = defaultdict(dict)
    decisions = models.Change.objects.filter(pk__in=made, kind__in=("accept", "correct", "reject", "status"))
    for name, table in (("claim", models.Claim), ("commitment", models.Commitment)):
        rows = table.objects.filter(made__in=decisions, replaces__isnull=False).values_list("made", "pk")
        found |= {change: {**found[change], name: pk} for change, pk in rows}
    return found
