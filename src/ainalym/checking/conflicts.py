"""From a contradiction to the smallest set of claims that already gives it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from math import comb, inf
from typing import NamedTuple

from .cells import Cell, Evidence
from .intervals import Interval, Number, is_loose, read_interval
from .propagation import Conflict, Range, Relation, Start, propagate

Taken = Callable[[Evidence], Interval]

_SIGNED_MEASURES = ("difference",)
_MOST_SUBSETS = 500  # smaller sets than the irreducible one are looked for only while they are few


class Split(NamedTuple):
    """The claims on one cell: those that have a common value, and pairs that show who has none with them."""

    agreed: list[Evidence]
    clashes: list[tuple[Evidence, Evidence]]


def take_strict(evidence: Evidence) -> Interval:
    return evidence.interval


def take_slack(evidence: Evidence) -> Interval:
    return read_interval(evidence.said, slack=True) or evidence.interval


def take_hedge_slack(evidence: Evidence) -> Interval:
    return take_slack(evidence) if is_loose(evidence.said) else evidence.interval


def natural_range(cell: Cell) -> Range:
    """What holds of a cell before anything is said: amounts are not negative, a share is at most the whole."""
    signed = cell.flow == "balance" or cell.measure in _SIGNED_MEASURES
    low, high = -inf if signed else 0, 1 if cell.measure == "share" else inf
    return Range(Start(cell, True, low, None), Start(cell, False, high, None))


def stated_range(cell: Cell, stated: Iterable[Evidence], take: Taken = take_strict) -> Range:
    """The range that the claims on a cell leave; its lower bound lies above the upper one when they clash."""
    low, high = natural_range(cell)
    for evidence in stated:
        interval = take(evidence)
        if interval.lo > low.value:
            low = Start(cell, True, interval.lo, evidence)
        if interval.hi < high.value:
            high = Start(cell, False, interval.hi, evidence)
    return Range(low, high)


def split_claims(stated: Sequence[Evidence]) -> Split:
    """Of the claims on a cell that clash, most with a common value stand; each other clashes with one of them.

    Where as many reports say the one as the other, none stands.
    """
    if not stated:
        return Split([], [])
    point, is_tie = _most_agreed(stated)
    agreed = [evidence for evidence in stated if point in evidence.interval]
    highest_low = max(agreed, key=lambda evidence: evidence.interval.lo)
    lowest_high = min(agreed, key=lambda evidence: evidence.interval.hi)
    clashes: dict[Interval, tuple[Evidence, Evidence]] = {}
    for evidence in stated:
        interval = evidence.interval
        if point not in interval and interval not in clashes:
            other = highest_low if interval.hi < highest_low.interval.lo else lowest_high
            clashes[interval] = (evidence, other) if evidence.key < other.key else (other, evidence)
    return Split([] if is_tie else agreed, list(clashes.values()))


def _most_agreed(stated: Sequence[Evidence]) -> tuple[Number, bool]:
    """The value that most claims allow, and whether another value, apart from it, has as many."""
    borders = sorted(
        [(evidence.interval.lo, 0) for evidence in stated] + [(evidence.interval.hi, 1) for evidence in stated]
    )
    depth, best, tops, point = 0, 0, 0, borders[0][0]
    for value, is_end in borders:
        if is_end:
            depth -= 1
            continue
        depth += 1
        if depth > best:
            best, point, tops = depth, value, 1
        elif depth == best:
            tops += 1
    return point, tops > 1


def find_clash(stated: Iterable[Evidence], relations: Sequence[Relation], take: Taken = take_strict) -> Conflict | None:
    """A contradiction that follows from the claims through the relations, or None."""
    by_cell: dict[Cell, list[Evidence]] = defaultdict(list)
    for evidence in stated:
        by_cell[evidence.cell].append(evidence)
    known = {cell: natural_range(cell) for relation in relations for cell in relation.cells}
    for cell, claims in by_cell.items():
        known[cell] = stated_range(cell, claims, take)
        if known[cell].low.value > known[cell].high.value:
            return Conflict(*known[cell])
    conflicts = propagate(known, relations, first_only=True).conflicts
    return conflicts[0] if conflicts else None


def shrink(stated: Sequence[Evidence], relations: Sequence[Relation]) -> list[Evidence]:
    """The smallest of the given claims that already contradict each other: without any one of them they do not.

    Claims that a reader was less sure of are dropped first, so the surer ones remain.
    """
    kept = list(stated)
    for evidence in sorted(stated, key=lambda evidence: evidence.said.confidence):
        fewer = [other for other in kept if other is not evidence]
        if find_clash(fewer, relations):
            kept = fewer
    for size in range(2, len(kept)):
        if comb(len(stated), size) > _MOST_SUBSETS:
            break
        for few in combinations(stated, size):
            if find_clash(few, relations):
                return list(few)
    return kept
