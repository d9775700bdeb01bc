"""Parts of pages that are the same for everyone, kept for as long as what they show stays."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from django.core.cache import caches
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from .. import __version__
from ..ledger.models import Change
from ..ledger.official import statistics_stamp
from .words import current_lang

_KEEP_SECONDS = 3_600


def newest_change() -> int:
    """The number of the ledger's last change."""
    return Change.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def render_body(template: str, state: tuple[object, ...], make: Callable[[], dict[str, Any]]) -> SafeString:
    """The template with what `make` gives. `state` names all that this hangs on but language and statistics."""
    known = (__version__, template, current_lang(), statistics_stamp(), *state)
    key = hashlib.sha256(repr(known).encode("utf-8", "surrogatepass")).hexdigest()
    body = caches["bodies"].get(key)
    if body is None:
        body = render_to_string(template, make())
        caches["bodies"].set(key, body, _KEEP_SECONDS)
    return body
