"""The first page, and the way to it."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request

from ...ledger import models


def choose_language(request: HttpRequest) -> HttpResponse:
    """To the first page in the language that the browser asks for."""
    lang = get_language_from_request(request)
    known = [code for code, _ in settings.LANGUAGES]
    answer = HttpResponseRedirect(f"/{lang if lang in known else settings.LANGUAGE_CODE}/")
    patch_vary_headers(answer, ["Accept-Language", "Cookie"])
    return answer


def home(request: HttpRequest) -> HttpResponse:
    """What the ledger holds, what contradicts, what came last."""
    newest = models.Document.objects.order_by("-published", "-id")[:8]
    clashes = models.Finding.objects.current().filter(verdict="contradicts").order_by("-id")[:5]
    return render(request, "portal/home.html", {"newest": newest, "clashes": clashes})
