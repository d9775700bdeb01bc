"""All partners of one side."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ...ledger import models


def partners(request: HttpRequest) -> HttpResponse:
    """One line a partner: what was claimed, how many reports, what is open, what contradicts."""
    home = request.GET.get("of", settings.HOME_SIDE)
    pairs = (
        models.Pair.objects.filter(Q(first=home) | Q(second=home), reports__gt=0)
        .select_related("turnover")
        .order_by("-reports", "code")
    )
    rows = [{"pair": pair, "partner": pair.second if pair.first == home else pair.first} for pair in pairs]
    return render(request, "portal/partners.html", {"rows": rows, "of": home})
