"""Bounds that narrow each other until nothing changes, and the claims from which a contradiction follows.

A variable is a cell; a relation ties cells. Every bound remembers what it was drawn from, so a contradiction leads
back to the claims behind it. A narrowing that would leave nothing is noted as a conflict and not carried out, so one
pass finds the conflicts of independent figures.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import inf
from typing import NamedTuple

from .cells import Cell, Evidence
from .intervals import Interval, Number, divide

# Relations in a ring could narrow for ever by ever smaller steps; what is not narrow after so many rounds stays.
_ROUNDS = 12


class Sum(NamedTuple):
    """The whole is the sum of the parts, or no less than it when they are not `complete`."""

    name: str
    whole: Cell
    parts: tuple[Cell, ...]
    complete: bool

    @property
    def cells(self) -> tuple[Cell, ...]:
        return (self.whole, *self.parts)


class Product(NamedTuple):
    """`out` is `ratio` times `base`; none of them is negative."""

    name: str
    out: Cell
    ratio: Cell
    base: Cell

    @property
    def cells(self) -> tuple[Cell, ...]:
        return (self.out, self.ratio, self.base)


Relation = Sum | Product


class Start(NamedTuple):
    """A bound before any narrowing, and the claim it stands on (None for what holds by nature)."""

    cell: Cell
    is_low: bool
    value: Number
    source: Evidence | None


class Step(NamedTuple):
    """A bound drawn through a relation from other bounds."""

    cell: Cell
    is_low: bool
    value: Number
    relation: Relation
    causes: tuple[Start | Step, ...]


Bound = Start | Step


class Conflict(NamedTuple):
    """A cell whose lower bound lies above its upper one."""

    low: Bound
    high: Bound


class Range(NamedTuple):
    """The two bounds of a cell with their causes."""

    low: Bound
    high: Bound

    @property
    def interval(self) -> Interval:
        return Interval(self.low.value, self.high.value)


class Outcome(NamedTuple):
    """What is left of every cell, and the narrowings that would have left nothing."""

    ranges: dict[Cell, Range]
    conflicts: list[Conflict]


def propagate(known: Mapping[Cell, Range], relations: Sequence[Relation], *, first_only: bool = False) -> Outcome:
    """Narrow all cells through the relations to a fixed point.

    `known` needs an entry for each cell of the relations. With `first_only` it stops at the first conflict.
    """
    ranges = dict(known)
    conflicts: list[Conflict] = []
    users: dict[Cell, list[int]] = {}
    for number, relation in enumerate(relations):
        for cell in relation.cells:
            users.setdefault(cell, []).append(number)
    waiting, queued = deque(range(len(relations))), [True] * len(relations)
    rounds = [0] * len(relations)
    while waiting:
        number = waiting.popleft()
        queued[number] = False
        rounds[number] += 1
        for bound in _draw(relations[number], ranges):
            old = ranges[bound.cell]
            new = old._replace(low=bound) if bound.is_low else old._replace(high=bound)
            if new.low.value > new.high.value:
                conflicts.append(Conflict(*new))
                if first_only:
                    return Outcome(ranges, conflicts)
                continue
            ranges[bound.cell] = new
            for user in users[bound.cell]:
                if not queued[user] and rounds[user] < _ROUNDS:
                    queued[user] = True
                    waiting.append(user)
    return Outcome(ranges, conflicts)


def _draw(relation: Relation, ranges: Mapping[Cell, Range]) -> Iterator[Step]:
    """The bounds that a relation narrows, one at a time, each drawn from the ranges as they are by then."""
    bounds = _draw_sum(relation, ranges) if isinstance(relation, Sum) else _draw_product(relation, ranges)
    for cell, is_low, value, causes in bounds:
        old = ranges[cell].low if is_low else ranges[cell].high
        if value > old.value if is_low else value < old.value:
            yield Step(cell, is_low, value, relation, causes)


Draft = tuple[Cell, bool, Number, tuple[Bound, ...]]


def _draw_sum(relation: Sum, ranges: Mapping[Cell, Range]) -> Iterator[Draft]:
    whole, parts = relation.whole, relation.parts
    lows = [ranges[part].low for part in parts]
    yield whole, True, _total(lows), tuple(lows)
    if relation.complete:
        highs = [ranges[part].high for part in parts]
        yield whole, False, _total(highs), tuple(highs)
    for part in parts:
        others = [ranges[other] for other in parts if other != part]
        ceiling, lows = ranges[whole].high, [other.low for other in others]
        rest = _total(lows)
        if ceiling.value != inf and rest != -inf:
            yield part, False, ceiling.value - rest, (ceiling, *lows)
        floor, highs = ranges[whole].low, [other.high for other in others]
        rest = _total(highs)
        if relation.complete and floor.value != -inf and rest != inf:
            yield part, True, floor.value - rest, (floor, *highs)


def _total(bounds: Iterable[Bound]) -> Number:
    total: Number = 0
    for bound in bounds:
        total += bound.value
    return total


def _draw_product(relation: Product, ranges: Mapping[Cell, Range]) -> Iterator[Draft]:
    out, ratio, base = relation.out, relation.ratio, relation.base
    low, high = ranges[ratio].low, ranges[ratio].high
    base_low, base_high = ranges[base].low, ranges[base].high
    out_low, out_high = ranges[out].low, ranges[out].high
    if min(low.value, base_low.value, out_low.value) < 0:
        return
    yield out, True, low.value * base_low.value, (low, base_low)
    if high.value != inf and base_high.value != inf:
        yield out, False, high.value * base_high.value, (high, base_high)
    for target, other_low, other_high in ((ratio, base_low, base_high), (base, low, high)):
        if other_high.value not in (0, inf):
            yield target, True, divide(out_low.value, other_high.value), (out_low, other_high)
        if other_low.value > 0 and out_high.value != inf:
            yield target, False, divide(out_high.value, other_low.value), (out_high, other_low)


def find_sources(*bounds: Bound) -> list[Evidence]:
    """The claims that bounds stand on, each once, in the order of the texts."""
    found = [bound.source for bound in _walk(bounds) if isinstance(bound, Start) and bound.source is not None]
    return list({evidence.key: evidence for evidence in sorted(found, key=lambda evidence: evidence.key)}.values())


def find_used(*bounds: Bound) -> list[Relation]:
    """The relations that bounds were drawn through, each once, the earliest first."""
    used: dict[Relation, None] = {}
    for bound in reversed(list(_walk(bounds))):
        if isinstance(bound, Step):
            used.setdefault(bound.relation)
    return list(used)


def _walk(bounds: Iterable[Bound]) -> Iterator[Bound]:
    seen: set[int] = set()
    waiting = deque(bounds)
    while waiting:
        bound = waiting.popleft()
        if id(bound) in seen:
            continue
        seen.add(id(bound))
        yield bound
        if isinstance(bound, Step):
            waiting.extend(bound.causes)
