"""Meetings: who met where and when."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router

from ....ledger import models
from ..filters import MeetingFilters, RowId
from ..paging import take_page
from ..problems import Problem
from ..records import MEETING, make_entry
from ..schemas import Many, Meeting

router = Router(tags=["meetings"])


@router.get("", response=Many[Meeting], operation_id="list_meetings")
def list_meetings(request: HttpRequest, response: HttpResponse, filters: Query[MeetingFilters]) -> dict[str, Any]:
    """Current meetings."""
    rows = filters.narrow(models.Meeting.objects.current()).values(*MEETING)
    found, address = take_page(request, response, rows, sort=filters.sort, cursor=filters.cursor, limit=filters.limit)
    return {"items": [make_entry(row) for row in found], "next": address}


@router.get("/{meeting}", response=Meeting, operation_id="get_meeting")
def get_meeting(request: HttpRequest, meeting: Path[RowId]) -> dict[str, Any]:
    """One meeting."""
    row = models.Meeting.objects.filter(pk=meeting).values(*MEETING).first()
    if row is None:
        raise Problem(404, "not_found")
    return make_entry(row)
