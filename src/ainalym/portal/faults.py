"""Errors that a visitor meets, told in the page's language and never with a trace of the program.

Django calls the handlers (urls.py names them). Whatever fails because the database is locked or gone is a 503: nothing
was written, the same request may be made again.
"""

from __future__ import annotations

import sys
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from .context import TAGS
from .words import current_lang, say

_RETRY_SECONDS = "30"


class BadInput(BadRequest):
    """A parameter or a form makes no sense; the message is for the visitor, in the page's language."""


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, or 413 where the request was too large."""
    if isinstance(exception, RequestDataTooBig):
        return too_large(request)
    return _answer(request, 400, why=str(exception) if isinstance(exception, BadInput) else "")


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return _answer(request, 403)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form that did not come from our own page, or from one too old."""
    return _answer(request, 403, why=say("fault.forged"))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    return _answer(request, 404)


def too_often(request: HttpRequest, seconds: int) -> HttpResponse:
    """429."""
    answer = _answer(request, 429)
    answer["Retry-After"] = str(seconds)
    return answer


def too_large(request: HttpRequest) -> HttpResponse:
    """413."""
    return _answer(request, 413, why=say("fault.most", megabytes=f"{settings.UPLOAD_BYTES / 1e6:.3g}"))


def failed(request: HttpRequest) -> HttpResponse:
    """500, or 503 where the database is at fault. The page asks nothing of the database."""
    gone = isinstance(sys.exc_info()[1], (OperationalError, InterfaceError))
    status = 503 if gone else 500
    page = render_to_string("portal/failed.html", _words(status, "") | {"lang_tag": TAGS[current_lang()]})
    answer = HttpResponse(page, status=status)
    if gone:
        answer["Retry-After"] = _RETRY_SECONDS
    return answer


def _answer(request: HttpRequest, status: int, *, why: str = "") -> HttpResponse:
    return render(request, "portal/fault.html", _words(status, why), status=status)


def _words(status: int, why: str) -> dict[str, Any]:
    return {
        "status": status,
        "title": say(f"fault.title_{status}"),
        "advice": say(f"fault.advice_{status}"),
        "why": why,
    }


def limit_body(get_response: Any) -> Any:
    """Middleware: a body over the limit is refused before any of it is read."""

    def answer(request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            return too_large(request)
        return get_response(request)

    return answer
