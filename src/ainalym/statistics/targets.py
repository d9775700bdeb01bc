"""Targets: how far a figure is from what was announced, what growth it needs, and where it goes by itself."""

from __future__ import annotations

import math
from collections.abc import Mapping
from statistics import NormalDist, fmean, stdev

import msgspec

from ..errors import UsageError


class TargetState(msgspec.Struct, frozen=True):
    """A target against the newest yearly figure. `progress` = V / T; `way` = (V - base) / (T - base) since `base_year`.

    `needed` is the growth a year that reaches the target by the deadline, None without one or when it is past.
    `band` is the forecast for the deadline: low, middle, high of an 80 % interval.
    """

    year: int
    value: float
    target: float
    gap: float
    progress: float
    base_year: int | None
    way: float | None
    deadline: int | None
    needed: float | None
    growth: float | None
    years_at_growth: float | None
    band: tuple[float, float, float] | None


def measure_target(
    values: Mapping[int, float], target: float, *, by: int | None = None, base_year: int | None = None
) -> TargetState:
    """Where a target stands, by a series of yearly figures. Raises UsageError for an empty series or a target of 0.

    >>> state = measure_target({2022: 1384.9, 2023: 1130.0}, 2000, by=2028)
    >>> round(state.progress, 3), round(state.needed, 2)
    (0.565, 0.12)
    """
    if not values or target <= 0:
        raise UsageError("a target needs at least one yearly figure and must be above 0")
    year = max(values)
    value = values[year]
    base = values.get(base_year) if base_year else None
    years = by - year if by else None
    needed = (target / value) ** (1 / years) - 1 if years and years > 0 and value > 0 else None
    growth = _mean_growth(values)
    return TargetState(
        year=year, value=value, target=target, gap=target - value, progress=value / target,
        base_year=base_year if base is not None else None,
        way=(value - base) / (target - base) if base is not None and target != base else None,
        deadline=by, needed=needed, growth=growth,
        years_at_growth=_years_to(value, target, growth),
        band=forecast_band(values, years) if years and years > 0 else None,
    )  # fmt: skip


def _years_to(value: float, target: float, growth: float | None) -> float | None:
    if value >= target:
        return 0.0
    return math.log(target / value) / math.log1p(growth) if growth and growth > 0 and value > 0 else None


def _log_growth(values: Mapping[int, float]) -> list[float]:
    pairs = [(values[y - 1], values[y]) for y in sorted(values) if y - 1 in values]
    return [math.log(new / old) for old, new in pairs if old > 0 and new > 0]


def _mean_growth(values: Mapping[int, float]) -> float | None:
    steps = _log_growth(values)
    return math.expm1(fmean(steps)) if steps else None


def forecast_band(
    values: Mapping[int, float], years: int, *, coverage: float = 0.8
) -> tuple[float, float, float] | None:
    """Low, middle and high after some years: a random walk with drift in logarithms; None below three growth rates.

    The drift is the mean yearly log growth m of the series, the spread s its deviation: exp(m h ± z s sqrt(h + h²/n)).
    The second term under the root is the doubt about the drift itself. It knows nothing but the series.
    """
    steps = _log_growth(values)
    if len(steps) < 3:
        return None
    middle, spread = fmean(steps), stdev(steps)
    z = NormalDist().inv_cdf(0.5 + coverage / 2)
    reach = z * spread * math.sqrt(years + years * years / len(steps))
    last = values[max(values)]
    low, mid, high = (last * math.exp(middle * years + shift) for shift in (-reach, 0.0, reach))
    return low, mid, high
