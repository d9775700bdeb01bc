"""Pairs of countries: their sums, and what official statistics say."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from msgspec import structs
from ninja import Path, Query, Router

from ....ledger import models
from ....ledger.official import find_official
from ....ledger.records import split_pair
from ....model import OfficialInterval
from ....statistics import find_figures
from ....statistics.figures import FLOWS
from ....statistics.providers.base import load_declaration, provider_names
from ....statistics.records import Declaration
from ...names import name_side
from ..filters import OfficialFilters, PairCode, PairFilters
from ..paging import take_page
from ..problems import Problem
from ..records import CLAIM, make_claim
from ..schemas import Dossier, Many, OfficialFigures, Pair

router = Router(tags=["pairs"])
_MOST_TARGETS = 50
_COLUMNS = (
    "id", "code", "first", "second", "reports", "claims", "open_commitments", "contradictions", "newest", "turnover",
)  # fmt: skip


@router.get("", response=Many[Pair], operation_id="list_pairs")
def list_pairs(request: HttpRequest, response: HttpResponse, filters: Query[PairFilters]) -> dict[str, Any]:
    """All pairs of countries that reports speak of."""
    rows = filters.narrow(models.Pair.objects).filter(reports__gt=0).values(*_COLUMNS)
    found, address = take_page(request, response, rows, sort=filters.sort, cursor=filters.cursor, limit=filters.limit)
    turnovers = _find_claims([row["turnover"] for row in found if row["turnover"]])
    return {"items": [_make_pair(row, turnovers) for row in found], "next": address}


@router.get("/{pair}", response=Dossier, operation_id="get_pair")
def get_pair(request: HttpRequest, pair: Path[PairCode]) -> dict[str, Any]:
    """A pair with its targets and commitments."""
    row = _find_pair(pair)
    targets = (
        models.Claim.objects.current()
        .filter(pair=pair, modality="target")
        .exclude(state="rejected")
        .order_by("-published", "-pk")
        .values(*CLAIM)[:_MOST_TARGETS]
    )
    statuses = models.Commitment.objects.current().filter(pair=pair).values_list("status").annotate(Count("pk"))
    return {
        **_make_pair(row, _find_claims([row["turnover"]])),
        "targets": [make_claim(target) for target in targets],
        "commitments": dict(statuses),
    }


@router.get("/{pair}/official", response=OfficialFigures, operation_id="get_official")
def get_official(request: HttpRequest, pair: Path[PairCode], filters: Query[OfficialFilters]) -> dict[str, Any]:
    """The figures that the statistical offices of both sides publish."""
    sides = split_pair(pair)
    if filters.reporter and filters.reporter not in sides:
        raise Problem(400, "reporter", sides=", ".join(sides))
    found = [
        figure
        for flow in filters.flow or FLOWS
        for reporter, partner in (sides, sides[::-1])
        if filters.reporter in (None, reporter)
        for figure in find_official(flow, reporter, partner, filters.product)
        if figure.side == "own" and _is_within(figure, filters)
    ]
    sources = [_find_source(name) for name in dict.fromkeys(figure.source for figure in found)]
    closed = {source["id"] for source in sources if source["reexport"] == "no"}
    return {
        "items": [structs.asdict(figure) for figure in found if figure.source not in closed],
        "sources": [source for source in sources if source["id"] not in closed],
        "withheld": [source for source in sources if source["id"] in closed],
    }


def _is_within(figure: OfficialInterval, filters: OfficialFilters) -> bool:
    start, end = figure.period
    return (filters.period_from is None or end >= filters.period_from) and (
        filters.period_to is None or start <= filters.period_to
    )


def _find_source(name: str) -> dict[str, Any]:
    """Who publishes, and whether it may be passed on; what ships with the package is declared with its provider."""
    loads = [load for load in find_figures().manifests.values() if load.source == name]
    declared = loads[-1].declaration if loads else _shipped()[name]
    # Of several loads of a source the strictest terms hold for all.
    order = ("no", "unstated", "attribution", "yes")
    reexport = min((load.reexport for load in loads), key=order.index, default=declared.reexport)
    return {
        "id": name, "title": declared.title, "publisher": declared.publisher, "homepage": declared.homepage,
        "licence": declared.licence, "reexport": reexport,
    }  # fmt: skip


@cache
def _shipped() -> dict[str, Declaration]:
    return {declared.id: declared for declared in map(load_declaration, provider_names())}


def _find_pair(pair: str) -> dict[str, Any]:
    row: dict[str, Any] | None = models.Pair.objects.filter(code=pair).values(*_COLUMNS).first()
    if row is None:
        raise Problem(404, "not_found")
    return row


def _find_claims(numbers: list[int | None]) -> dict[int, dict[str, Any]]:
    rows = models.Claim.objects.filter(pk__in=[number for number in numbers if number]).values(*CLAIM)
    return {row["id"]: make_claim(row) for row in rows}


def _make_pair(row: dict[str, Any], claims: dict[int, dict[str, Any]]) -> dict[str, Any]:
    sides = [row["first"], row["second"]]
    return {
        **row,
        "sides": sides,
        "names": [name_side(side) for side in sides],
        "turnover": claims.get(row["turnover"]),
    }
