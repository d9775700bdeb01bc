"""All partners of one side."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import Max, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ...ledger import models
from ...statistics import OfficialInterval
from ...statistics.areas import is_aggregate, load_areas
from .. import paging
from ..bodies import render_body
from ..charts import Spark, draw_spark
from ..dossier import grow
from ..names import name_side
from ..official import find_yearly
from ..templatetags.ainalym import rounded
from ..words import say


class Partner(NamedTuple):
    """One line: the sums of the pair, and what statistics say for the year that was claimed, else their newest."""

    code: str
    name: str
    pair: models.Pair
    official: OfficialInterval | None
    growth: float | None
    spark: Spark | None
    label: str


# The way that a column is sorted: from its largest value on, or from its first letter.
_SORTS: dict[str, Callable[[Partner], Any]] = {
    "name": lambda row: row.name.casefold(),
    "claimed": lambda row: -(row.pair.turnover.value if row.pair.turnover else -1),
    "official": lambda row: -(row.official.value if row.official else -1),
    "growth": lambda row: -(row.growth if row.growth is not None else -10),
    "reports": lambda row: -row.pair.reports,
    "open": lambda row: -row.pair.open_commitments,
    "clashes": lambda row: -row.pair.contradictions,
    "newest": lambda row: -(row.pair.newest.toordinal() if row.pair.newest else 0),
}


def partners(request: HttpRequest) -> HttpResponse:
    """What was claimed, what statistics say, what is open, what contradicts: countries first, then groups of them."""
    of = paging.get_choice(request, "of", load_areas()) or settings.HOME_SIDE
    sort = paging.get_choice(request, "sort", _SORTS) or "reports"
    state = (of, sort, models.Pair.objects.aggregate(newest=Max("changed"))["newest"])
    body = render_body("portal/parts/partners_body.html", state, lambda: _make_context(of, sort))
    return render(request, "portal/partners.html", {"body": body})


def _make_context(of: str, sort: str) -> dict[str, Any]:
    pairs = list(models.Pair.objects.filter(Q(reports__gt=0) | Q(open_commitments__gt=0)).select_related("turnover"))
    rows = [
        _make_row(of, pair.second if pair.first == of else pair.first, pair)
        for pair in pairs
        if of in (pair.first, pair.second)
    ]
    rows.sort(key=lambda row: (_SORTS[sort](row), row.name))
    codes = {side for pair in pairs for side in (pair.first, pair.second)}
    sides = sorted((name_side(code), code) for code in {*codes, of} if not is_aggregate(code))
    return {
        "of": of, "sort": sort, "columns": list(_SORTS),
        "countries": [row for row in rows if not is_aggregate(row.code)],
        "groups": [row for row in rows if is_aggregate(row.code)],
        "sides": sides,
    }  # fmt: skip


def _make_row(of: str, code: str, pair: models.Pair) -> Partner:
    series = find_yearly("turnover", of, code).series
    claimed = {int(year): float(Decimal(value)) for year, value in pair.yearly.items()}
    year = pair.turnover.year if pair.turnover and pair.turnover.year in series else max(series, default=None)
    official = series[year] if year is not None else None
    known = {year: float(item.value) for year, item in series.items()}
    return Partner(
        code, name_side(code), pair, official, grow(series, year), draw_spark(known, claimed),
        _describe(known, claimed),
    )  # fmt: skip


def _describe(official: dict[int, float], claimed: dict[int, float]) -> str:
    """The small chart in words."""
    parts = []
    if official:
        first, last = min(official), max(official)
        parts.append(say("partners.spark_official", first=first, last=last, low=rounded(official[first]),
                         high=rounded(official[last])))  # fmt: skip
    if claimed:
        told = ", ".join(f"{year}: {rounded(value)}" for year, value in sorted(claimed.items()))
        parts.append(say("partners.spark_claimed", told=told))
    return "; ".join(parts)
