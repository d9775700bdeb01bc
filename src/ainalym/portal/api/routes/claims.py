"""Claims: the figures that reports state."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router

from ....ledger import models
from ..filters import ClaimFilters, RowId
from ..paging import take_page
from ..problems import Problem
from ..records import CLAIM, make_claim
from ..schemas import Claim, Many

router = Router(tags=["claims"])


@router.get("", response=Many[Claim], operation_id="list_claims")
def list_claims(request: HttpRequest, response: HttpResponse, filters: Query[ClaimFilters]) -> dict[str, Any]:
    """Current claims."""
    rows = filters.narrow(models.Claim.objects.current()).values(*CLAIM)
    found, address = take_page(request, response, rows, sort=filters.sort, cursor=filters.cursor, limit=filters.limit)
    return {"items": [make_claim(row) for row in found], "next": address}


@router.get("/{claim}", response=Claim, operation_id="get_claim")
def get_claim(request: HttpRequest, claim: Path[RowId]) -> dict[str, Any]:
    """One claim, also one that has ended."""
    row = models.Claim.objects.filter(pk=claim).values(*CLAIM).first()
    if row is None:
        raise Problem(404, "not_found")
    return make_claim(row)
