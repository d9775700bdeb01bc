"""Commitments: who will do what by when."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router

from ....ledger import models
from ..filters import CommitmentFilters, RowId
from ..paging import take_page
from ..problems import Problem
from ..records import COMMITMENT, make_entry
from ..schemas import Commitment, Many

router = Router(tags=["commitments"])


@router.get("", response=Many[Commitment], operation_id="list_commitments")
def list_commitments(request: HttpRequest, response: HttpResponse, filters: Query[CommitmentFilters]) -> dict[str, Any]:
    """Current commitments."""
    rows = filters.narrow(models.Commitment.objects.current()).values(*COMMITMENT)
    found, address = take_page(request, response, rows, sort=filters.sort, cursor=filters.cursor, limit=filters.limit)
    return {"items": [make_entry(row) for row in found], "next": address}


@router.get("/{commitment}", response=Commitment, operation_id="get_commitment")
def get_commitment(request: HttpRequest, commitment: Path[RowId]) -> dict[str, Any]:
    """One commitment."""
    row = models.Commitment.objects.filter(pk=commitment).values(*COMMITMENT).first()
    if row is None:
        raise Problem(404, "not_found")
    return make_entry(row)
