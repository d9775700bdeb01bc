"""How new the ledger is: whoever holds an answer of the same state need not get it again."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import NamedTuple

from django.http import HttpRequest

from .. import __version__
from ..ledger import models
from ..ledger.official import statistics_stamp
from .words import current_lang


class Freshness(NamedTuple):
    """What an answer of now is known by, and the day and time of the ledger's last change."""

    etag: str
    changed: dt.datetime | None


def find_freshness(request: HttpRequest) -> Freshness:
    """One small query: every change of the ledger has a row, and their numbers rise."""
    newest = models.Change.objects.order_by("-pk").values_list("pk", "made").first()
    number, made = newest or (0, None)
    state = (__version__, number, statistics_stamp(), current_lang(), request.build_absolute_uri())
    return Freshness(f'W/"{hashlib.sha256(repr(state).encode()).hexdigest()[:32]}"', made)
