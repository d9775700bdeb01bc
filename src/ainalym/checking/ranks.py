"""Claimed places against amounts: whoever stands higher has no less."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from .cells import Cell, Evidence, Ranking, level_of

Standing = Mapping[Cell, Sequence[Evidence]]


class Disorder(NamedTuple):
    """A partner on a higher place with a smaller amount: against one with a lower place, or with too many above it."""

    rankings: tuple[Ranking, ...]
    amounts: tuple[Evidence, ...]


def find_disorder(rankings: Sequence[Ranking], standing: Standing) -> Iterator[Disorder]:
    """All claimed places that the amounts in the same report refute."""
    lists: dict[object, list[Ranking]] = defaultdict(list)
    for ranking in rankings:
        if ranking.said.bound == "exact" and ranking.said.value >= 1 and ranking.cell.b != "WORLD":
            lists[ranking.reading, ranking.cell._replace(b=None)].append(ranking)
    if not lists:
        return
    levels: dict[object, list[Evidence]] = defaultdict(list)
    for cell, stated in standing.items():
        if cell.measure == "level":
            for evidence in stated:
                levels[evidence.reading, cell.flow, cell.product, cell.start, cell.end, cell.local].append(evidence)
    for ranked in lists.values():
        cell = ranked[0].cell
        near = levels[ranked[0].reading, cell.flow, cell.product, cell.start, cell.end, cell.local]
        yield from _check_list(ranked, near)


def _check_list(ranked: Sequence[Ranking], near: Sequence[Evidence]) -> Iterator[Disorder]:
    amounts = {ranking.key: _amounts_of(ranking, near) for ranking in ranked}
    told: set[tuple[int, int]] = set()
    for one, two in combinations(sorted(ranked, key=lambda ranking: ranking.said.value), 2):
        if one.said.value == two.said.value:
            continue
        for high in amounts[one.key]:
            for low in amounts[two.key]:
                if high.cell.unit == low.cell.unit and high.interval.hi < low.interval.lo:
                    told |= {one.key, two.key}
                    yield Disorder((one, two), (high, low))
    for ranking in ranked:
        if ranking.key not in told:
            yield from _check_above(ranking, amounts[ranking.key], near)


def _check_above(ranking: Ranking, own: Iterable[Evidence], near: Sequence[Evidence]) -> Iterator[Disorder]:
    """A third place with three partners above it."""
    for amount in own:
        above = {
            other.cell: other
            for other in near
            if other.cell.unit == amount.cell.unit
            and _is_partner(ranking, other)
            and other.interval.lo > amount.interval.hi
        }
        if len(above) >= ranking.said.value:
            largest = sorted(above.values(), key=lambda other: other.interval.lo, reverse=True)
            yield Disorder((ranking,), (amount, *largest[: int(ranking.said.value)]))
            return


def _amounts_of(ranking: Ranking, near: Sequence[Evidence]) -> list[Evidence]:
    return [
        other for other in near if _without_unit(other) == level_of(ranking.cell.flow, *_sides(ranking), ranking.cell)
    ]


def _sides(ranking: Ranking) -> tuple[str | None, str | None]:
    return ranking.cell.a, ranking.cell.b


def _without_unit(evidence: Evidence) -> Cell:
    return evidence.cell._replace(unit=None)


def _is_partner(ranking: Ranking, other: Evidence) -> bool:
    """Another country in the list of the same reporter; groups and regions have no place among countries."""
    reporter, own = _sides(ranking)
    pair = (other.cell.a, other.cell.b)
    if reporter not in pair or own in pair or (other.cell.flow != "turnover" and pair[0] != reporter):
        return False
    partner = pair[1] if pair[0] == reporter else pair[0]
    return partner is not None and len(partner) == 2
