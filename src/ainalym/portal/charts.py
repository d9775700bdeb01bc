"""Charts as SVG made on the server: where each mark stands. The templates chart.svg and spark.svg draw them.

Colours come twice: as attributes, for print through WeasyPrint, and as classes, which the style sheet overrides so that
the dark mode holds. Coordinates are texts, for templates would write a number's decimals with a comma.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

WIDTH, HEIGHT = 760, 380
_LEFT, _RIGHT, _TOP, _BOTTOM = 92, 20, 16, 34
INK = {"official": "#b35900", "other": "#8250df", "claimed": "#0a58a8", "part": "#0a58a8", "target": "#1a7f37"}
_SPREAD = 0.34  # of a year: how far points of one year stand apart at most


class Point(NamedTuple):
    """One figure: its year (or a part of one), its value, the interval around it, and what it says of itself."""

    year: float
    value: float
    low: float
    high: float
    label: str


class Series(NamedTuple):
    """Points of one sort, named as in INK. `shape` is circle, ring, square, triangle or diamond; `line` joins them."""

    name: str
    shape: str
    points: Sequence[Point]
    line: bool = False


class Mark(NamedTuple):
    x: str
    y: str
    low: str
    high: str
    whisker: bool
    path: str
    label: str


class Drawn(NamedTuple):
    name: str
    shape: str
    ink: str
    marks: list[Mark]
    line: str


class Tick(NamedTuple):
    place: str
    value: float


class Chart(NamedTuple):
    """What the template draws."""

    width: int
    height: int
    left: int
    right: int
    bottom: int
    years: list[Tick]
    values: list[Tick]
    series: list[Drawn]
    band: str


def draw_chart(series: Sequence[Series], *, band: Sequence[tuple[float, float, float]] = ()) -> Chart | None:
    """Years to the right, values up from 0; None without a point. `band` holds (year, low, high) from left to right."""
    points = [point for own in series for point in own.points]
    if not points:
        return None
    years = [point.year for point in points] + [year for year, _, _ in band]
    first, last = math.floor(min(years)), math.ceil(max(years))
    # A band that runs away must not press the figures flat.
    tops = [min(point.high, point.value * 1.5) for point in points]
    top = max([*tops, *(min(high, max(tops) * 3) for _, _, high in band)])
    bottom = min([0.0, *(point.low for point in points)])
    step = nice_step((top - bottom) or 1)
    top = math.ceil(top / step) * step or step
    floor = math.floor(bottom / step) * step
    plane = _Plane(first - 0.5, last + 0.5, floor, top)
    return Chart(
        WIDTH, HEIGHT, _LEFT, WIDTH - _RIGHT, HEIGHT - _BOTTOM,
        [Tick(plane.x(year), year) for year in pick_years(first, last)],
        [Tick(plane.y(floor + n * step), floor + n * step) for n in range(round((top - floor) / step) + 1)],
        [_draw(own, plane) for own in series if own.points],
        _polygon(plane, band),
    )  # fmt: skip


class _Plane(NamedTuple):
    """From years and values to places; values beyond the frame stop at its edge."""

    first: float
    last: float
    low: float
    high: float

    def x(self, year: float) -> str:
        return f"{_LEFT + (year - self.first) / (self.last - self.first) * (WIDTH - _LEFT - _RIGHT):.1f}"

    def y(self, value: float) -> str:
        share = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return f"{HEIGHT - _BOTTOM - share * (HEIGHT - _TOP - _BOTTOM):.1f}"


def nice_step(reach: float, count: int = 5) -> float:
    """1, 2 or 5 times a power of ten, so that about `count` steps make up the reach.

    >>> nice_step(4.4e9), nice_step(26)
    (1000000000.0, 5.0)
    """
    rough = reach / count
    power = 10.0 ** math.floor(math.log10(rough))
    return next((n * power for n in (1.0, 2.0, 5.0) if n * power >= rough), 10 * power)


def pick_years(first: int, last: int, most: int = 14) -> list[int]:
    """Years to write below the axis: all, or every second, fifth …"""
    step = next(n for n in (1, 2, 5, 10, 20, 50, 100, 1000) if (last - first) / n < most)
    return [year for year in range(first, last + 1) if year % step == 0]


def _draw(series: Series, plane: _Plane) -> Drawn:
    places = _spread(series)
    marks = []
    for point, year in zip(series.points, places, strict=True):
        x, y, low, high = plane.x(year), plane.y(point.value), plane.y(point.low), plane.y(point.high)
        marks.append(Mark(x, y, low, high, float(low) - float(high) > 8, _shape(series.shape, x, y), point.label))
    line = " ".join(f"{mark.x},{mark.y}" for mark in marks) if series.line and len(marks) > 1 else ""
    return Drawn(series.name, series.shape, INK[series.name], marks, line)


def _spread(series: Series) -> list[float]:
    """Points of one year stand side by side; those of a line stay where they are."""
    if series.line:
        return [point.year for point in series.points]
    counts: dict[float, int] = {}
    for point in series.points:
        counts[point.year] = counts.get(point.year, 0) + 1
    seen: dict[float, int] = {}
    places = []
    for point in series.points:
        n, count = seen.get(point.year, 0), counts[point.year]
        seen[point.year] = n + 1
        places.append(point.year + (_SPREAD * (2 * n / (count - 1) - 1) if count > 1 else 0.0))
    return places


_SHAPES = {
    "square": ((-5, -5), (5, -5), (5, 5), (-5, 5)),
    "triangle": ((0, -6), (6, 5), (-6, 5)),
    "diamond": ((0, -8), (7, 0), (0, 8), (-7, 0)),
}


def _shape(name: str, x: str, y: str) -> str:
    """The corners of a mark; circles have none."""
    return " ".join(f"{float(x) + dx:.1f},{float(y) + dy:.1f}" for dx, dy in _SHAPES.get(name, ()))


def _polygon(plane: _Plane, band: Sequence[tuple[float, float, float]]) -> str:
    if len(band) < 2:
        return ""
    upper = [f"{plane.x(year)},{plane.y(high)}" for year, _, high in band]
    lower = [f"{plane.x(year)},{plane.y(low)}" for year, low, _ in reversed(band)]
    return " ".join([*upper, *lower])


class Spark(NamedTuple):
    """A small line with points beside it, to be read at a glance."""

    width: int
    height: int
    line: str
    ends: list[tuple[str, str]]
    points: list[tuple[str, str]]


def draw_spark(
    line: Mapping[int, float], points: Mapping[int, float], *, width: int = 150, height: int = 44
) -> Spark | None:
    """A line of official figures, points of claimed ones, at a scale of their own; None without any."""
    years, values = [*line, *points], [*line.values(), *points.values()]
    if not years:
        return None
    first, last, top = min(years), max(years), max([*values, 0.0]) or 1.0
    bottom = min([*values, 0.0])

    def places(series: Iterable[tuple[int, float]]) -> list[tuple[str, str]]:
        return [
            (
                f"{6 + (year - first) / ((last - first) or 1) * (width - 12):.1f}",
                f"{height - 5 - (value - bottom) / ((top - bottom) or 1) * (height - 10):.1f}",
            )
            for year, value in sorted(series)
        ]

    joined = places(line.items())
    return Spark(width, height, " ".join(f"{x},{y}" for x, y in joined), joined[-1:], places(points.items()))
