"""What was announced, and how far official figures are from it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db.models import Count, Max

from ..ledger import models
from ..statistics import OfficialInterval
from ..statistics.targets import TargetState, measure_target
from .official import FLOWS, find_yearly


class Aim(NamedTuple):
    """A target: the claim that told it last, how many claims tell it, and where it stands by official figures.

    `state` is None for what no official figure measures, such as investment or a region's trade.
    """

    claim: models.Claim
    told: int
    state: TargetState | None
    basis: OfficialInterval | None
    values: dict[int, float]


def list_targets(claims: Any, *, start: int = 0, size: int = 50, viewer: str | None = None) -> tuple[list[Aim], bool]:
    """Targets among these claims, newest first, each once; and whether there are more. Two queries."""
    groups = list(
        claims.filter(modality="target", ended=None)
        .exclude(state="rejected")
        .values("pair", "reporter", "partner", "indicator", "product", "kind", "unit", "value_exact", "period_end")
        .annotate(told=Count("pk"), newest=Max("published"), last=Max("pk"))
        .order_by("-last")[start : start + size + 1]
    )
    rows = models.Claim.objects.select_related("document").defer("document__text", "document__folded")
    by_pk = rows.in_bulk([group["last"] for group in groups[:size]])
    merged: dict[tuple[Any, ...], Aim] = {}
    for group in groups[:size]:
        # The same turnover has two ends: each side names itself first.
        ends = () if group["indicator"] == "turnover" else (group["reporter"], group["partner"])
        what = (group[name] for name in ("indicator", "product", "kind", "unit", "value_exact", "period_end"))
        key = (group["pair"] or (group["reporter"], group["partner"]), *ends, *what)
        if key in merged:
            merged[key] = merged[key]._replace(told=merged[key].told + group["told"])
        else:
            merged[key] = _measure(by_pk[group["last"]], group["told"], viewer)
    return list(merged.values()), len(groups) > size


def _measure(claim: models.Claim, told: int, viewer: str | None) -> Aim:
    series = find_series(claim, viewer)
    values = {year: float(item.value) for year, item in series.items()}
    if not values or claim.value <= 0:
        return Aim(claim, told, None, None, {})
    by = claim.period_end.year if claim.period_end else None
    return Aim(claim, told, measure_target(values, claim.value, by=by), series[max(values)], values)


def find_series(claim: models.Claim, viewer: str | None) -> dict[int, OfficialInterval]:
    """The official figures that a target is measured by: those of the viewer's side for turnover, else its own."""
    if claim.indicator not in FLOWS or claim.kind != "level" or claim.unit != "USD" or claim.product:
        return {}
    first, second = claim.reporter, claim.partner
    if claim.indicator == "turnover" and viewer == second:
        first, second = second, first
    return dict(find_yearly(claim.indicator, first, second).series)


def newest_deadline(aims: Sequence[Aim], indicator: str) -> Aim | None:
    """The target to draw a forecast for: the one with the latest deadline still to come."""
    ahead = [aim for aim in aims if aim.state and aim.state.band and aim.claim.indicator == indicator]
    return max(ahead, key=lambda aim: aim.claim.period_end, default=None)
