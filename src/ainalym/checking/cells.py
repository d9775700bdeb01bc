"""What a claim is about, in one canonical form: two claims on one cell can be compared."""

from __future__ import annotations

import calendar
import datetime as dt
import tomllib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

import msgspec

from ..model import Claim, Indicator, Reading
from .cues import names_other_base
from .intervals import Interval, read_interval

UNKNOWN = (dt.date.min, dt.date.max)  # what stands in a cell for a period or an end that is not known
_PLACES_IN_TEXT = 1_000_000  # more paragraphs than any report has


class Flows(NamedTuple):
    """flows.toml: which indicators can be compared, gathered, directed; who belongs to which group."""

    comparable: frozenset[str]
    gathering: frozenset[str]
    undirected: frozenset[str]
    generic: frozenset[str]
    beside: frozenset[str]
    broad: frozenset[str]
    members: dict[str, frozenset[str]]


class Cell(NamedTuple):
    """A quantity: a flow between two sides, of a product, in a unit and a period.

    `local` is 0 for what is the same quantity in every report, else the report (and, without a period, the paragraph)
    in which alone it can be compared. `measure` is level, ratio (to the same cell a year before), difference or share.
    """

    flow: Indicator
    a: str | None
    b: str | None
    product: str | None
    unit: str | None
    start: dt.date
    end: dt.date
    local: int = 0
    measure: str = "level"

    @property
    def is_dated(self) -> bool:
        return self.start != UNKNOWN[0] and self.end != UNKNOWN[1]

    @property
    def is_undated(self) -> bool:
        return self.start == UNKNOWN[0] and self.end == UNKNOWN[1]


class Evidence(msgspec.Struct, frozen=True, gc=False):
    """One claim, its cell and the values it allows; `reading` and `claim` are indexes."""

    reading: int
    claim: int
    said: Claim
    cell: Cell
    interval: Interval

    @property
    def key(self) -> tuple[int, int]:
        return self.reading, self.claim


class Ranking(NamedTuple):
    """A claimed place of a partner in the trade of a country."""

    reading: int
    claim: int
    said: Claim
    cell: Cell

    @property
    def key(self) -> tuple[int, int]:
        return self.reading, self.claim


@lru_cache(maxsize=1)
def load_flows() -> Flows:
    table = tomllib.loads(files(__package__).joinpath("flows.toml").read_text(encoding="utf-8"))
    members = {group: frozenset(codes) for group, codes in table["members"].items()}
    named = {
        name: frozenset(table[name]) for name in ("comparable", "gathering", "undirected", "generic", "beside", "broad")
    }
    return Flows(**named, members=members)


def find_evidence(readings: Sequence[Reading]) -> Iterator[Evidence | Ranking]:
    """Every claim that states something of the past, with its cell; targets and forecasts contradict nothing."""
    # Many reports print the same figures on the same cells: each is kept once.
    known: dict[object, Interval | None] = {}
    cells: dict[Cell, Cell] = {}
    for number, reading in enumerate(readings):
        units = _level_units(reading.claims) if any(c.kind in ("growth", "multiple") for c in reading.claims) else {}
        for index, claim in enumerate(reading.claims):
            if claim.modality != "actual" or names_other_base(reading.document.text, claim):
                continue
            cell = _cell(claim, number, reading, units)
            cell = cells.setdefault(cell, cell)
            if claim.kind == "rank":
                yield Ranking(number, index, claim, cell)
                continue
            printed = claim.surface, str(claim.value), claim.kind, claim.bound
            if printed not in known:
                known[printed] = read_interval(claim)
            interval = known[printed]
            if interval is not None:
                yield Evidence(number, index, claim, cell, interval)


def _cell(claim: Claim, number: int, reading: Reading, units: dict[object, list[tuple[int, str | None]]]) -> Cell:
    flow, a, b, unit = claim.indicator, claim.reporter, claim.partner, claim.unit
    measure: str = claim.kind
    if flow in load_flows().undirected and measure not in ("share", "rank") and (b or "") < (a or ""):
        a, b = b, a
    if measure in ("growth", "multiple"):
        measure, unit = "ratio", _ratio_unit(claim, units)
    elif measure in ("share", "rank"):
        unit = None
    first, last = claim.period or (None, None)
    start, end = first or UNKNOWN[0], last or UNKNOWN[1]
    local = _local(claim, unit, measure, number, reading)
    return Cell(flow, a, b, _product(claim), unit, start, end, local, measure)


def _local(claim: Claim, unit: str | None, measure: str, number: int, reading: Reading) -> int:
    period = claim.period
    if period is None or period == (None, None):
        # Without a period only the figures of one paragraph may be about the same time.
        return (number + 1) * _PLACES_IN_TEXT + 1 + reading.document.text.count("\n", 0, claim.evidence.start)
    if (
        None in period
        or claim.reporter is None
        or claim.partner is None
        or (claim.reporter == claim.partner and claim.partner not in load_flows().members)
        or claim.indicator not in load_flows().comparable
        or (measure in ("level", "difference") and not _is_counted(claim))
    ):
        return (number + 1) * _PLACES_IN_TEXT
    return 0


def _is_counted(claim: Claim) -> bool:
    """Whether it is plain what the amount is of: all goods are counted in money, tonnes are of something unnamed."""
    return claim.unit is not None and (claim.unit.isupper() or _product(claim) is not None)


def _level_units(claims: Sequence[Claim]) -> dict[object, list[tuple[int, str | None]]]:
    """For each quantity of a report, where it stands as a level and in which unit."""
    units: dict[object, list[tuple[int, str | None]]] = {}
    for claim in claims:
        if claim.kind == "level" and claim.modality == "actual":
            units.setdefault(_quantity(claim), []).append((claim.evidence.start, claim.unit))
    return units


def _quantity(claim: Claim) -> object:
    sides = frozenset((claim.reporter, claim.partner))
    return claim.indicator, sides if claim.indicator == "turnover" else (claim.reporter, claim.partner), _product(claim)


def _product(claim: Claim) -> str | None:
    return None if claim.product in load_flows().generic else claim.product


def _ratio_unit(claim: Claim, units: dict[object, list[tuple[int, str | None]]]) -> str | None:
    """A growth rate has no unit of its own: it is that of the nearest level of the same quantity in the report.

    Tonnes may grow while dollars fall. Of trade as a whole, only money is counted.
    """
    near = units.get(_quantity(claim))
    if near:
        return min(near, key=lambda place: abs(place[0] - claim.evidence.start))[1]
    return "USD" if _product(claim) is None and claim.indicator in load_flows().comparable else None


def level_of(flow: Indicator, a: str | None, b: str | None, like: Cell) -> Cell:
    """The level cell of a flow between two sides, otherwise like another cell."""
    if flow in load_flows().undirected and (b or "") < (a or ""):
        a, b = b, a
    return like._replace(flow=flow, a=a, b=b, measure="level")


def year_before(cell: Cell) -> Cell | None:
    """The cell of the same days a year earlier; None where a year makes no sense."""
    if not cell.is_dated or cell.start.year <= 2 or (cell.end - cell.start).days > 366:
        return None
    return cell._replace(start=_earlier(cell.start), end=_earlier(cell.end), measure="level")


def _earlier(day: dt.date) -> dt.date:
    """The same day a year before; the last of February stays the last of February."""
    year = day.year - 1
    last = calendar.monthrange(day.year, day.month)[1]
    return day.replace(year=year, day=calendar.monthrange(year, day.month)[1] if day.day == last else day.day)
