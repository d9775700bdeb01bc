"""The dossier of one side on another, as a page and as a PDF."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone

from ...ledger import models
from ...ledger.records import name_pair
from ...statistics.areas import load_areas
from .. import paging
from ..bodies import render_body
from ..dossier import gather
from ..names import name_side
from ..official import FLOWS, find_yearly
from ..pdf import NoPdfError, make_pdf
from ..words import say

_BODY = "portal/parts/dossier_body.html"


def dossier(request: HttpRequest, home: str, other: str) -> HttpResponse:
    """What was said, agreed and promised, beside official figures. `?flow=` chooses what the chart shows."""
    flow = _get_flow(request)
    pair = _find_pair(home, other)
    today = timezone.localdate()
    state = (home, other, flow, today, pair.changed if pair else 0)
    body = render_body(_BODY, state, lambda: _make_context(pair, home, other, flow, today))
    return render(request, "portal/dossier.html", {"body": body, "pair": pair, "heading": _name(home, other)})


def dossier_pdf(request: HttpRequest, home: str, other: str) -> HttpResponse:
    """The same as a file."""
    flow = _get_flow(request)
    context = _make_context(_find_pair(home, other), home, other, flow, timezone.localdate()) | {"is_pdf": True}
    body = render_to_string(_BODY, context)
    page = render_to_string(
        "portal/dossier.html", {"body": body, "is_pdf": True, "heading": _name(home, other)}, request
    )
    try:
        content = make_pdf(page, request.build_absolute_uri())
    except NoPdfError:
        words = {"title": say("dossier.no_pdf_title"), "advice": say("dossier.no_pdf")}
        return render(request, "portal/fault.html", words, status=501)
    name = f"ainalym-{home}-{other}.pdf"
    return HttpResponse(
        content, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'}
    )


def _get_flow(request: HttpRequest) -> str:
    return paging.get_choice(request, "flow", FLOWS) or "turnover"


def _name(home: str, other: str) -> str:
    return say("dossier.heading", home=name_side(home), other=name_side(other))


def _find_pair(home: str, other: str) -> models.Pair | None:
    """The sums of the pair; None where only statistics know it, and a 404 where nothing does."""
    areas = load_areas()
    if home == other or home not in areas or other not in areas:
        raise Http404
    pair = models.Pair.objects.filter(code=name_pair((home, other))).select_related("turnover").first()
    if pair is None and not find_yearly("turnover", home, other).series:
        raise Http404
    return pair


def _make_context(pair: models.Pair | None, home: str, other: str, flow: str, today: dt.date) -> dict[str, Any]:
    yearly = find_yearly("turnover", home, other).series
    year = pair.turnover.year if pair and pair.turnover and pair.turnover.year in yearly else max(yearly, default=None)
    return {
        "home": home, "other": other, "flow": flow, "flows": FLOWS, "pair": pair, "today": today,
        "official": yearly[year] if year is not None else None, "flow_word": say(f"indicator.{flow}"),
        "sides": f"{name_side(home)} – {name_side(other)}", "heading": _name(home, other),
        **gather(home, other, flow, today),
    }  # fmt: skip
