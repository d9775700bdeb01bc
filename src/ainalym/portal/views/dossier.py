"""The dossier of one side on another, as a page and as a PDF."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone

from ...ledger import models
from ...ledger.records import name_pair
from ...statistics.areas import load_areas
from .. import paging
from ..dossier import gather
from ..names import name_side
from ..official import FLOWS, find_yearly
from ..pdf import NoPdfError, make_pdf
from ..words import say


def dossier(request: HttpRequest, home: str, other: str) -> HttpResponse:
    """What was said, agreed and promised, beside official figures. `?flow=` chooses what the chart shows."""
    return render(request, "portal/dossier.html", _make_context(request, home, other))


def dossier_pdf(request: HttpRequest, home: str, other: str) -> HttpResponse:
    """The same as a file."""
    context = _make_context(request, home, other)
    page = render_to_string("portal/dossier.html", {**context, "is_pdf": True}, request)
    try:
        content = make_pdf(page, request.build_absolute_uri())
    except NoPdfError:
        words = {"title": say("dossier.no_pdf_title"), "advice": say("dossier.no_pdf")}
        return render(request, "portal/fault.html", words, status=501)
    name = f"ainalym-{home}-{other}.pdf"
    return HttpResponse(
        content, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'}
    )


def _make_context(request: HttpRequest, home: str, other: str) -> dict[str, Any]:
    flow = paging.get_choice(request, "flow", FLOWS) or "turnover"
    areas = load_areas()
    if home == other or home not in areas or other not in areas:
        raise Http404
    pair = models.Pair.objects.filter(code=name_pair((home, other))).select_related("turnover").first()
    yearly = find_yearly("turnover", home, other).series
    if pair is None and not yearly:
        raise Http404
    today = timezone.localdate()
    year = pair.turnover.year if pair and pair.turnover and pair.turnover.year in yearly else max(yearly, default=None)
    return {
        "home": home, "other": other, "flow": flow, "flows": FLOWS, "pair": pair, "today": today,
        "official": yearly[year] if year is not None else None, "flow_word": say(f"indicator.{flow}"),
        "sides": f"{name_side(home)} – {name_side(other)}",
        "heading": say("dossier.heading", home=name_side(home), other=name_side(other)),
        **gather(home, other, flow, today),
    }  # fmt: skip
