"""Figures of the ledger for written pages, asked for when a page is made and kept for a minute.

A page never fails for them: where the ledger holds nothing or does not answer, there is nothing to show.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.core.cache import cache
from django.db import DatabaseError
from django.db.models import F

from ...ledger import models
from ...ledger.findings import OPEN

KEEP_SECONDS = 60
_log = logging.getLogger(__name__)


def ask(name: str, query: Callable[[], Any]) -> Any:
    """The answer of a query, or the one of a moment ago; None when the database fails."""
    key = f"live:{name}"
    kept = cache.get(key)
    if kept is None:
        try:
            kept = (query(),)
        except DatabaseError:
            _log.exception("the ledger did not answer for a written page: %s", name)
            return None
        cache.set(key, kept, KEEP_SECONDS)
    return kept[0]


def find_turnover(pair: str) -> models.Claim | None:
    """The newest yearly turnover that was claimed of two countries."""
    found = models.Pair.objects.filter(code=pair).select_related("turnover__document").first()
    return found.turnover if found else None


def find_claims(pair: str, most: int) -> list[models.Claim]:
    """The newest claims about two countries."""
    claims = models.Claim.objects.current().filter(pair=pair).exclude(state="rejected").select_related("document")
    return list(claims.order_by("-published", "-id")[:most])


def find_commitments(pair: str, most: int) -> list[models.Commitment]:
    """Open commitments of two countries, what is due first at the top."""
    deals = models.Commitment.objects.current().filter(pair=pair, status__in=OPEN).select_related("document")
    return list(deals.order_by(F("due").asc(nulls_last=True), "-published", "-id")[:most])


def find_contradictions(pair: str, most: int) -> list[models.Finding]:
    """The newest contradictions, of two countries or of all."""
    findings = models.Finding.objects.current().filter(verdict="contradicts")
    return list((findings.filter(pair=pair) if pair else findings).order_by("-id")[:most])


def find_number(pair: str, indicator: str, year: int | None) -> models.Claim | None:
    """The newest claimed figure of an indicator, of one year or of the last."""
    claims = models.Claim.objects.current().exclude(state="rejected").select_related("document")
    claims = claims.filter(pair=pair, indicator=indicator, kind="level", modality="actual", product=None)
    if year is not None:
        claims = claims.filter(year=year)
    return claims.order_by(F("year").desc(nulls_last=True), "-published", "-confidence", "-id").first()


def find_reports(pair: str, most: int) -> list[models.Document]:
    """The newest reports, of two countries or of all."""
    if not pair:
        return list(models.Document.objects.defer("text", "folded").order_by("-published", "-id")[:most])
    # The newest claims name the newest reports; each report has a handful.
    newest = models.Claim.objects.current().filter(pair=pair).order_by("-published", "-id")
    ids = list(dict.fromkeys(newest.values_list("document", flat=True)[: most * 50]))[:most]
    found = models.Document.objects.defer("text", "folded").in_bulk(ids)
    return [found[key] for key in ids]
