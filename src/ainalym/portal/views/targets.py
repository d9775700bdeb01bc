"""All targets that were claimed, and how far official figures are from them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from ...ledger import models
from .. import paging
from ..targets import list_targets

SIZE = 40
MOST_PAGES = 100


def targets(request: HttpRequest) -> HttpResponse:
    """Newest first; `?page=` turns the pages."""
    page = paging.get_number(request, "page", MOST_PAGES)
    aims, more = list_targets(models.Claim.objects.all(), start=(page - 1) * SIZE, size=SIZE)
    context = {
        "aims": aims, "today": timezone.localdate(), "page": page, "before": page - 1,
        "after": page + 1 if more and page < MOST_PAGES else None,
    }  # fmt: skip
    return render(request, "portal/targets.html", context)
