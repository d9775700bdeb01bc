"""What the explorer is asked for, out of the address, and the claims that answer it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, get_args

from django.core.cache import cache
from django.db.models import Q
from django.http import HttpRequest

from .. import model
from ..ledger import models
from ..statistics.areas import load_areas
from . import paging
from .faults import BadInput
from .told import GRAVITY
from .words import say

SIZE = 50
MOST_PAGES = 200
MOST_COUNTED = SIZE * MOST_PAGES
MOST_ROWS = 100_000  # of a download
MOST_SEARCHED = 50_000  # looked through for words of a quote
NOTHING_FOUND = "none"
# What may be asked, by what the column holds; an order beginning with a minus goes down.
CHOICES: Mapping[str, Sequence[str]] = {
    "indicator": get_args(model.Indicator),
    "kind": get_args(model.Kind),
    "modality": get_args(model.Modality),
    "lang": get_args(model.Lang),
    "verdict": (*GRAVITY, NOTHING_FOUND),
    "state": models.Claim.STATES,
}
SORTS = {
    "-published": "newest", "published": "oldest", "-value": "largest", "confidence": "doubtful", "-year": "latest",
}  # fmt: skip
FIELDS = ("partner", "pair", *CHOICES, "product", "source", "from", "to", "sure", "text", "sort")
_LONGEST = {"product": 120, "source": 300, "text": 100}


class Asked(NamedTuple):
    """The choice: its values as they stand in the address, and the claims in their order."""

    values: dict[str, str]
    claims: Any
    sort: str


def parse(request: HttpRequest) -> Asked:
    """The choice of an address. Raises BadInput, which is told on the page, for what makes no sense."""
    values = {name: paging.get_choice(request, name, choices) for name, choices in CHOICES.items()}
    values |= {name: paging.get_words(request, name, most) for name, most in _LONGEST.items()}
    values["partner"] = paging.get_choice(request, "partner", load_areas())
    values["pair"] = paging.get_pair(request)
    first, last = _get_year(request, "from"), _get_year(request, "to")
    if first and last and first > last:
        raise BadInput(say("explorer.bad_years"))
    least = _get_share(request, "sure")
    values |= {name: request.GET.get(name, "") for name in ("from", "to", "sure")}
    sort = values["sort"] = paging.get_choice(request, "sort", SORTS) or "-published"
    claims = models.Claim.objects.current().filter(_make_query(values, first, last, least))
    claims = claims.order_by(sort, "-id" if sort[0] == "-" else "id")
    if values["text"]:
        # No index helps here, so that only so many claims are looked through.
        looked_at = claims[:MOST_SEARCHED].values("pk")
        claims = claims.filter(pk__in=looked_at, quote__icontains=values["text"])
    return Asked({name: values[name] for name in FIELDS}, claims, sort)


def _make_query(values: Mapping[str, str], first: int | None, last: int | None, least: float | None) -> Q:
    """What was rejected is only shown where it is asked for."""
    query = Q(state=values["state"]) if values["state"] else ~Q(state="rejected")
    for name in ("indicator", "kind", "modality", "lang", "product", "pair"):
        if values[name]:
            query &= Q(**{name: values[name]})
    if values["partner"]:
        query &= Q(pair__in=_pairs_of(values["partner"]))
    if values["source"]:
        # By the report, for there is an index: a rare publisher is found from there, a frequent one from here.
        query &= Q(document__publisher=values["source"])
    if values["verdict"]:
        query &= Q(verdict="" if values["verdict"] == NOTHING_FOUND else values["verdict"])
    if first:
        query &= Q(year__gte=first)
    if last:
        query &= Q(year__lte=last)
    return query & Q(confidence__gte=least) if least else query


def _pairs_of(side: str) -> list[str]:
    """The codes of all pairs with a side; few enough to be written out."""
    return list(models.Pair.objects.filter(Q(first=side) | Q(second=side)).values_list("code", flat=True))


def _get_year(request: HttpRequest, name: str) -> int | None:
    value = request.GET.get(name, "")
    if value and not re.fullmatch(r"[12]\d{3}", value, re.ASCII):
        raise BadInput(say("explorer.bad_year", value=value[:40], name=say(f"explorer.{name}")))
    return int(value) if value else None


def _get_share(request: HttpRequest, name: str) -> float | None:
    value = request.GET.get(name, "")
    if (value and not re.fullmatch(r"[01](\.\d{1,6})?", value, re.ASCII)) or (value and float(value) > 1):
        raise BadInput(say("explorer.bad_number", value=value[:40], name=say(f"explorer.{name}")))
    return float(value) if value else None


def fetch(asked: Asked, page: int) -> list[models.Claim]:
    """One page of claims with their reports, and one claim more where another page follows.

    Databases differ in where they put rows without a day or a year; here these come last.
    """
    column = asked.sort.lstrip("-")
    start = (page - 1) * SIZE
    if column not in ("published", "year"):
        return _load(asked.claims.values_list("pk", flat=True)[start : start + SIZE + 1])
    known = asked.claims.filter(**{f"{column}__isnull": False})
    found = list(known.values_list("pk", flat=True)[start : start + SIZE + 1])
    if len(found) <= SIZE:
        before = max(0, start - known.order_by()[:start].count()) if not found and start else 0
        unknown = asked.claims.filter(**{column: None}).order_by("-id")
        found += unknown.values_list("pk", flat=True)[before : before + SIZE + 1 - len(found)]
    return _load(found)


def _load(keys: Any) -> list[models.Claim]:
    """The rows of these keys: a page far down passes over narrow rows only."""
    keys = list(keys)
    rows = models.Claim.objects.select_related("document").defer("document__text", "document__folded")
    by_key = rows.in_bulk(keys)
    return [by_key[key] for key in keys if key in by_key]


def count(asked: Asked, newest: int) -> int:
    """How many claims answer, counted to one more than a list can show; `newest` is the ledger's last change."""
    key = f"count {newest} {sorted((k, v) for k, v in asked.values.items() if k != 'sort')}"
    return cache.get_or_set(_short(key), lambda: asked.claims.order_by()[: MOST_COUNTED + 1].count(), 600)


def list_products() -> list[str]:
    """Goods that claims name, looked up every few minutes."""
    rows = models.Claim.objects.current().exclude(product=None).order_by("product")
    return cache.get_or_set("products", lambda: list(rows.values_list("product", flat=True).distinct()[:500]), 300)


def _short(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
