"""The first page, and the way to it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import Count, Sum
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request

from ...ledger import models
from ..told import tell_row, with_claims
from ..words import current_lang
from .reports import find_newest
from .sites import find_home, serve_page


def choose_language(request: HttpRequest) -> HttpResponse:
    """To the first page in the language that the browser asks for."""
    lang = get_language_from_request(request)
    known = [code for code, _ in settings.LANGUAGES]
    answer = HttpResponseRedirect(f"/{lang if lang in known else settings.LANGUAGE_CODE}/")
    patch_vary_headers(answer, ["Accept-Language", "Cookie"])
    return answer


def home(request: HttpRequest) -> HttpResponse:
    """The home that editors wrote, else the portal's own: both with what the ledger holds now."""
    if find_home(current_lang()):
        return serve_page(request)
    return render(request, "portal/home.html", gather())


def gather() -> dict[str, Any]:
    """What the ledger holds, what contradicts, what came last."""
    clashes = models.Finding.objects.current().filter(verdict="contradicts").order_by("-id")[:5]
    sums = models.Pair.objects.filter(reports__gt=0).aggregate(
        pairs=Count("pk"), claims=Sum("claims"), deals=Sum("open_commitments"), clashes=Sum("contradictions")
    )
    return {"newest": find_newest(8), "clashes": [tell_row(row) for row in with_claims(clashes)], "sums": sums}
