"""The first page, and the way to it."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Count, Sum
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request

from ...ledger import models
from ..told import tell_row, with_claims
from .reports import find_newest


def choose_language(request: HttpRequest) -> HttpResponse:
    """To the first page in the language that the browser asks for."""
    lang = get_language_from_request(request)
    known = [code for code, _ in settings.LANGUAGES]
    answer = HttpResponseRedirect(f"/{lang if lang in known else settings.LANGUAGE_CODE}/")
    patch_vary_headers(answer, ["Accept-Language", "Cookie"])
    return answer


def home(request: HttpRequest) -> HttpResponse:
    """What the ledger holds, what contradicts, what came last."""
    clashes = models.Finding.objects.current().filter(verdict="contradicts").order_by("-id")[:5]
    sums = models.Pair.objects.filter(reports__gt=0).aggregate(
        pairs=Count("pk"), claims=Sum("claims"), deals=Sum("open_commitments"), clashes=Sum("contradictions")
    )
    found = {"newest": find_newest(8), "clashes": [tell_row(row) for row in with_claims(clashes)], "sums": sums}
    return render(request, "portal/home.html", found)
