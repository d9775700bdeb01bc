"""How new the ledger is: whoever holds an answer of the same state need not get it again."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

from .. import __version__
from ..ledger import models
from ..ledger.official import statistics_stamp
from .words import current_lang


class Freshness(NamedTuple):
    """What an answer of now is known by, and the day and time of the ledger's last change."""

    etag: str
    changed: dt.datetime | None


def answer_fresh(
    request: HttpRequest, make: Callable[[], HttpResponse], *, seconds: int = 60, whose: str = "public"
) -> HttpResponse:
    """What `make` gives, or 304 for a caller who has it; caches may keep it for so many seconds."""
    fresh = find_freshness(request)
    changed = int(fresh.changed.timestamp()) if fresh.changed else None
    held = get_conditional_response(request, etag=fresh.etag, last_modified=changed)
    response: HttpResponse = make() if held is None else held
    if response.status_code in (200, 304):
        response["ETag"] = fresh.etag
        if changed:
            response["Last-Modified"] = http_date(changed)
        response["Cache-Control"] = f"{whose}, max-age={seconds}"
    return response


def find_freshness(request: HttpRequest) -> Freshness:
    """One small query: every change of the ledger has a row, and their numbers rise."""
    newest = models.Change.objects.order_by("-pk").values_list("pk", "made").first()
    number, made = newest or (0, None)
    state = (__version__, number, statistics_stamp(), current_lang(), request.build_absolute_uri())
    return Freshness(f'W/"{hashlib.sha256(repr(state).encode()).hexdigest()[:32]}"', made)
