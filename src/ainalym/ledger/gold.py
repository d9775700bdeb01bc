"""Gold records out of reviews: reports with the claims that people vouch for, in the form of evals/SCHEMA.md."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
from django.db.models import Count, Q, QuerySet
from msgspec import structs

from . import models
from .records import to_claim

REVIEWED = ("accepted", "corrected", "rejected")
_encoder = msgspec.json.Encoder(decimal_format="number")


def gold_lines(*, complete: bool = False) -> Iterator[str]:
    """The same as JSON lines, ready to be written."""
    for record in gold_records(complete=complete):
        yield _encoder.encode(record).decode() + "\n"


def gold_records(*, complete: bool = False) -> Iterator[dict[str, Any]]:
    """One record a report with reviewed claims, oldest first; with `complete`, only where no claim is left unreviewed.

    `complete` of a record says so too. Meetings and commitments are not reviewed: their lists are empty.
    """
    for row in _find_documents(complete).iterator(chunk_size=200):
        claims = models.Claim.objects.current().filter(document=row, state__in=("accepted", "corrected"))
        yield {
            "id": row.hash,
            "lang": row.lang,
            "script": row.script,
            "published": row.published,
            "text": row.text,
            "complete": not row.unread,
            "claims": [_make_claim(claim) for claim in claims.order_by("number")],
            "meetings": [],
            "commitments": [],
        }


def _find_documents(complete: bool) -> QuerySet:
    """Reports with a reviewed claim, and in `unread` how many of their claims nobody has looked at."""
    reviewed = models.Claim.objects.current().filter(state__in=REVIEWED).values("document")
    now = Q(claims__ended=None)
    rows = models.Document.objects.filter(pk__in=reviewed).annotate(
        unread=Count("claims", now & Q(claims__state="read"))
    )
    return (rows.filter(unread=0) if complete else rows).order_by("pk")


def _make_claim(row: models.Claim) -> dict[str, Any]:
    fields = structs.asdict(to_claim(row))
    return {name: value for name, value in fields.items() if name not in ("evidence", "confidence", "trace")}
