"""Findings: what contradicts, what follows, what agrees."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router

from ....ledger import models
from ..filters import FindingFilters, RowId
from ..paging import take_page
from ..problems import Problem
from ..records import make_findings
from ..schemas import Finding, Many

router = Router(tags=["findings"])


@router.get("", response=Many[Finding], operation_id="list_findings")
def list_findings(request: HttpRequest, response: HttpResponse, filters: Query[FindingFilters]) -> dict[str, Any]:
    """Current findings, in the language asked for."""
    rows = filters.narrow(models.Finding.objects.current()).values("id")
    found, address = take_page(request, response, rows, sort=filters.sort, cursor=filters.cursor, limit=filters.limit)
    numbers = [row["id"] for row in found]
    by_number = models.Finding.objects.select_related("made").in_bulk(numbers)
    return {"items": make_findings([by_number[number] for number in numbers]), "next": address}


@router.get("/{finding}", response=Finding, operation_id="get_finding")
def get_finding(request: HttpRequest, finding: Path[RowId]) -> dict[str, Any]:
    """One finding, also one that has ended."""
    row = models.Finding.objects.select_related("made").filter(pk=finding).first()
    if row is None:
        raise Problem(404, "not_found")
    return make_findings([row])[0]
