"""What contradicts, and where the two sides' reports disagree."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ...ledger import models
from .. import paging
from ..told import tell_row, with_claims
from .reports import pair_choices

_LIST_SIZE = 20
VERDICTS = ("contradicts", "reports disagree")
SEVERITIES = ("error", "warning", "note")


def findings(request: HttpRequest) -> HttpResponse:
    """The findings made last come first, each with its arithmetic."""
    pair = paging.get_pair(request)
    verdict = paging.get_choice(request, "verdict", VERDICTS)
    severity = paging.get_choice(request, "severity", SEVERITIES)
    rows = models.Finding.objects.current().filter(verdict__in=[verdict] if verdict else VERDICTS)
    if pair:
        rows = rows.filter(pair=pair)
    if severity:
        rows = rows.filter(severity=severity)
    sheet = paging.take_latest(request, with_claims(rows), _LIST_SIZE)
    return render(
        request,
        "portal/findings.html",
        {
            "sheet": sheet, "findings": [tell_row(row) for row in sheet.rows], "pairs": pair_choices(pair),
            "pair": pair, "verdict": verdict, "verdicts": VERDICTS, "severity": severity, "severities": SEVERITIES,
        },
    )  # fmt: skip
