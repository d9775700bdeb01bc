"""The official values that a claim may mean: levels as published, and growth, shares and the like of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import NamedTuple

from ..model import OfficialInterval
from .figures import OfficialFigures, Period, make_period


class Asked(NamedTuple):
    """What a claim says, as checking knows it: `low` and `high` are what its printing and hedges allow.

    `kind` and units are a claim's (growth 0.089, multiple 68.6, rank 4); `published` is the day of the report.
    """

    flow: str
    reporter: str | None
    partner: str | None
    low: Decimal
    high: Decimal
    kind: str = "level"
    period: Period | None = None
    product: str | None = None
    unit: str = "USD"
    published: dt.date | None = None


class Candidate(NamedTuple):
    """An official value that a claim may mean, with the figures it was made from."""

    value: Decimal
    low: Decimal
    high: Decimal
    side: str
    newest: bool
    period: Period
    basis: tuple[OfficialInterval, ...]


def period_length(period: Period | None) -> int:
    return 0 if period is None else (period[1].year - period[0].year) * 12 + period[1].month - period[0].month + 1


def _intervals(asked: Asked, figures: OfficialFigures, period: Period | None = None) -> list[OfficialInterval]:
    return figures.official(asked.flow, asked.reporter, asked.partner, asked.product, period, "USD")


def _newest(intervals: Sequence[OfficialInterval]) -> set[tuple[str, Period, dt.date]]:
    """The newest vintage of each source and period."""
    best: dict[tuple[str, Period], dt.date] = {}
    for i in intervals:
        best[i.source, i.period] = max(best.get((i.source, i.period), i.vintage), i.vintage)
    return {(source, period, vintage) for (source, period), vintage in best.items()}


def _levels(asked: Asked, figures: OfficialFigures) -> list[Candidate]:
    if asked.unit != "USD":
        return []
    intervals = _intervals(asked, figures)
    if asked.period:
        known = set(intervals)
        intervals += [i for i in _intervals(asked, figures, asked.period) if i not in known]
    newest = _newest(intervals)
    return [Candidate(i.value, i.low, i.high, i.side, (i.source, i.period, i.vintage) in newest, i.period, (i,))
            for i in intervals]  # fmt: skip


def _before(period: Period) -> Period:
    return make_period(period[0].year - 1, period[0].month, period_length(period))


def _compare_years(
    asked: Asked, figures: OfficialFigures, make: Callable[[OfficialInterval, OfficialInterval], tuple[Decimal, ...]]
) -> list[Candidate]:
    """Candidates from two figures of one source a year apart; both vintages of each are tried."""
    intervals = _intervals(asked, figures)
    if asked.period:
        known = set(intervals)
        for period in (asked.period, _before(asked.period)):
            intervals += [i for i in _intervals(asked, figures, period) if i not in known]
    newest = _newest(intervals)
    series: dict[tuple[str, str, str, Period], list[OfficialInterval]] = {}
    for i in intervals:
        series.setdefault((i.source, i.side, i.partner_type, i.period), []).append(i)
    found = []
    for new in intervals:
        for old in series.get((new.source, new.side, new.partner_type, _before(new.period)), ()):
            if old.low > 0:
                value, low, high = make(new, old)
                latest = all((i.source, i.period, i.vintage) in newest for i in (new, old))
                found.append(Candidate(value, low, high, new.side, latest, new.period, (new, old)))
    return sorted(found, key=lambda c: not c.newest)


def _growth(asked: Asked, figures: OfficialFigures) -> list[Candidate]:
    return _compare_years(
        asked, figures, lambda n, o: (n.value / o.value - 1, n.low / o.high - 1, n.high / o.low - 1)
    )  # fmt: skip


def _multiple(asked: Asked, figures: OfficialFigures) -> list[Candidate]:
    return _compare_years(asked, figures, lambda n, o: (n.value / o.value, n.low / o.high, n.high / o.low))


def _difference(asked: Asked, figures: OfficialFigures) -> list[Candidate]:
    return _compare_years(asked, figures, lambda n, o: (n.value - o.value, n.low - o.high, n.high - o.low))


def _share(asked: Asked, figures: OfficialFigures) -> list[Candidate]:
    """A partner's share in the reporter's trade: both figures from the reporter's own vintage."""
    if asked.partner in (None, "WORLD"):
        return []
    parts = [i for i in _intervals(asked, figures) if i.side == "own"]
    wholes = {
        (i.source, i.vintage, i.period, i.partner_type): i
        for i in figures.official(asked.flow, asked.reporter, "WORLD", None, None, "USD")
        if i.side == "own"
    }
    newest = _newest(parts)
    found = []
    for part in parts:
        whole = wholes.get((part.source, part.vintage, part.period, part.partner_type))
        if whole and whole.low > 0:
            latest = (part.source, part.period, part.vintage) in newest
            value, low, high = part.value / whole.value, part.low / whole.high, part.high / whole.low
            found.append(Candidate(value, low, high, "own", latest, part.period, (part, whole)))
    return found


CANDIDATES: dict[str, Callable[[Asked, OfficialFigures], list[Candidate]]] = {
    "level": _levels, "growth": _growth, "multiple": _multiple, "difference": _difference, "share": _share,
}  # fmt: skip


def find_candidates(asked: Asked, figures: OfficialFigures) -> list[Candidate]:
    """Every official value that a claim of this kind may mean; nothing for kinds that statistics do not answer."""
    find = CANDIDATES.get(asked.kind)
    return find(asked, figures) if find else []
