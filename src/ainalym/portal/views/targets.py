"""All targets that were claimed, and how far official figures are from them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from ...ledger import models
from .. import paging
from ..bodies import newest_change, render_body
from ..targets import list_targets

SIZE = 40
MOST_PAGES = 100


def targets(request: HttpRequest) -> HttpResponse:
    """Newest first; `?page=` turns the pages."""
    page = paging.get_number(request, "page", MOST_PAGES)
    today = timezone.localdate()
    body = render_body(
        "portal/parts/targets_body.html", (page, today, newest_change()), lambda: _make_context(page, today)
    )
    return render(request, "portal/targets.html", {"body": body})


def _make_context(page: int, today: dt.date) -> dict[str, Any]:
    aims, more = list_targets(models.Claim.objects.all(), start=(page - 1) * SIZE, size=SIZE)
    after = page + 1 if more and page < MOST_PAGES else None
    return {"aims": aims, "today": today, "page": page, "before": page - 1, "after": after}
