"""Which cells are tied to each other: the arithmetic that every set of trade figures obeys.

Each function looks at the cells that claims stand in and gives the relations of one sort. They join only what is the
same product, unit and (apart from growth and parts of a period) the same period.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import inf
from typing import NamedTuple

from .cells import UNKNOWN, Cell, Evidence, level_of, load_flows, year_before
from .intervals import Interval, load_hedges
from .propagation import Product, Relation, Sum

Claimed = Mapping[Cell, Sequence[Evidence]]

_DAY = dt.timedelta(days=1)
_TRADE = ("turnover", "exports", "imports", "balance")


class Mirror(NamedTuple):
    """A's exports to B and B's imports from A: one trade, two statistics."""

    exports: Cell
    imports: Cell


def find_relations(claimed: Claimed) -> list[Relation]:
    """All relations among the cells that claims stand in, and the cells next to them that are thereby implied."""
    present: dict[Cell, None] = dict.fromkeys(cell for cell in claimed if cell.measure == "level")
    changes = list(_changes(claimed))
    for change in changes:
        present.update(dict.fromkeys((change.out, change.base)))
    found: list[Relation] = [*changes, *_differences(claimed), *_trade(present, claimed), *_shares(claimed)]
    found += _products(claimed)
    found += _members(claimed)
    found += _periods(present)
    return list(dict.fromkeys(found))


def _changes(claimed: Claimed) -> Iterator[Product]:
    """Growth and multiples tie a cell to the same cell a year before."""
    for cell in claimed:
        if cell.measure != "ratio" or cell.flow == "balance":
            continue
        now, before = cell._replace(measure="level"), year_before(cell)
        if before is None or (now not in claimed and before not in claimed):
            continue
        if not _is_of_weight_or_worth(now, before, claimed):
            yield Product("growth", now, cell, before)
    for now in claimed:
        before = year_before(now) if now.measure == "level" and now.flow != "balance" else None
        if before is not None and before in claimed and _share_reading(claimed, (now, before)):
            yield Product("growth", now, now._replace(measure="ratio"), before)


def _is_of_weight_or_worth(now: Cell, before: Cell, claimed: Claimed) -> bool:
    """Whether both years of a product stand in money and in weight, so that growth may be of either."""
    if now.product is None:
        return False
    others = [now._replace(unit=unit) for unit in ("USD", "t", "count", "m3", "kWh") if unit != now.unit]
    return any(other in claimed and other._replace(start=before.start, end=before.end) in claimed for other in others)


def _differences(claimed: Claimed) -> Iterator[Sum]:
    """A difference may also be a gap between partners: it is compared only where one report gives all three figures."""
    for cell in claimed:
        before = year_before(cell) if cell.measure == "difference" else None
        if before is None:
            continue
        now = cell._replace(measure="level")
        if now in claimed and before in claimed and _share_reading(claimed, (cell, now, before)):
            yield Sum("difference", now, (before, cell), True)


def _share_reading(claimed: Claimed, cells: Iterable[Cell]) -> bool:
    """Whether one report states all of the cells."""
    readings = [{evidence.reading for evidence in claimed.get(cell, ())} for cell in cells]
    return bool(set.intersection(*readings))


def _trade(present: Mapping[Cell, None], claimed: Claimed) -> Iterator[Sum]:
    """Turnover = exports + imports and balance = exports - imports, by either side's statistics."""
    groups = dict.fromkeys(
        level_of("turnover", cell.a, cell.b, cell)
        for cell in present
        if cell.flow in _TRADE and cell.a and cell.b and cell.a != cell.b
    )
    for turnover in groups:
        for a, b in ((turnover.a, turnover.b), (turnover.b, turnover.a)):
            balance = _find_balance(a, b, turnover, claimed)
            for out, back in _two_ways(a, b, turnover, claimed):
                if turnover in present and (out in present or back in present):
                    yield Sum("turnover", turnover, (out, back), True)
                if balance in claimed and (out in claimed or back in claimed):
                    yield _balance(balance, out, back, claimed)


def _two_ways(a: str | None, b: str | None, like: Cell, claimed: Claimed) -> Iterator[tuple[Cell, Cell]]:
    """What goes from A to B and what comes back.

    A's own exports and imports; and where one speaker names both as exports (or imports) of either side, those.
    """
    yield level_of("exports", a, b, like), level_of("imports", a, b, like)
    sold = level_of("exports", a, b, like), level_of("exports", b, a, like)
    bought = level_of("imports", b, a, like), level_of("imports", a, b, like)
    for out, back in (sold, bought):
        if out in claimed and back in claimed and _share_reading(claimed, (out, back)):
            yield out, back
    # "Exports 435, imports 154" of one report are the two ways of trade even where both were read as one way.
    out, back = level_of("exports", a, b, like), level_of("imports", b, a, like)
    others = (level_of("exports", b, a, like), level_of("imports", a, b, like))
    if (
        out in claimed
        and back in claimed
        and not any(other in claimed for other in others)
        and _share_reading(claimed, (out, back))
        and not _are_mirrored(claimed, out, back)
    ):
        yield out, back


def _are_mirrored(claimed: Claimed, one: Cell, other: Cell) -> bool:
    first, second = claimed[one][0].interval, claimed[other][0].interval
    return mirror_band(first).meets(second)


def _find_balance(a: str | None, b: str | None, like: Cell, claimed: Claimed) -> Cell:
    """The balance as A sees it; where only B's is named, that one, for whose surplus it is shows in the flows."""
    own, other = level_of("balance", a, b, like), level_of("balance", b, a, like)
    return other if own not in claimed and other in claimed else own


def _balance(balance: Cell, out: Cell, back: Cell, claimed: Claimed) -> Sum:
    """Reports print a deficit with and without its sign: where the flows are known, they decide which is larger."""
    if out in claimed and back in claimed:
        surplus = claimed[out][0].said.value >= claimed[back][0].said.value
        if surplus != (claimed[balance][0].said.value >= 0):
            return Sum("balance", back, (out, balance), True)
    if balance.a != out.a:  # the other side's own: what is its surplus is this one's deficit
        return Sum("balance", back, (out, balance), True)
    return Sum("balance", out, (back, balance), True)


def _shares(claimed: Claimed) -> Iterator[Product]:
    """A share ties a part to its whole: a partner's trade to that with the world, a product's to that of all goods.

    For "57 % of wheat exports to Tajikistan" the whole may be either: the one that stands as an amount is taken, and
    where both do, none.
    """
    levels: dict[Cell, list[Cell]] = defaultdict(list)
    for cell in claimed:
        if cell.measure == "level" and cell.unit is not None:
            levels[cell._replace(unit=None)].append(cell)
    for share in claimed:
        if share.measure != "share":
            continue
        part = level_of(share.flow, share.a, share.b, share)
        wholes = [whole for whole in _wholes(part) if whole in levels]
        units = {cell.unit for cell in (*levels.get(part, ()), *(levels[wholes[0]] if wholes else ()))}
        # A share of weight and a share of worth differ: with amounts in several units it may be either.
        if len(wholes) == 1 and len(units) == 1:
            whole = levels[wholes[0]][0]
            yield Product("share", part._replace(unit=whole.unit), share, whole)


def _wholes(part: Cell) -> list[Cell]:
    reporter = part.a if part.b == "WORLD" else None
    sides = [(part.a, part.b)] if part.flow != "turnover" else [(part.a, part.b), (part.b, part.a)]
    wholes = [part._replace(product=None)] if part.product is not None else []
    if reporter is None and "WORLD" not in (part.a, part.b):
        wholes += [level_of(part.flow, a, "WORLD", part) for a, _ in sides]
    return wholes


def _products(claimed: Claimed) -> Iterator[Sum]:
    """A product's trade is part of the trade in all goods; the goods that one report lists are parts together."""
    flows = load_flows()
    lists: dict[tuple[Cell, int], list[Cell]] = defaultdict(list)
    for cell, stated in claimed.items():
        if cell.product is None or cell.measure != "level" or cell.flow not in flows.gathering:
            continue
        whole = cell._replace(product=None)
        # Tonnes of "cargo in containers" and of coke overlap; what money was paid for hardly does.
        if whole not in claimed or cell.unit is None or not cell.unit.isupper() or cell.product in flows.beside:
            continue
        together = _told_after(stated, claimed[whole])
        for reading in together:
            lists[whole, reading].append(cell)
        if together or not _share_reading(claimed, (cell, whole)):
            yield Sum("part", whole, (cell,), False)
    for (whole, _), parts in lists.items():
        apart = _apart(parts)
        if len(apart) > 1:
            yield Sum("parts", whole, tuple(apart), False)


def _told_after(parts: Sequence[Evidence], wholes: Sequence[Evidence]) -> list[int]:
    """The reports that tell the whole first: an amount behind those of goods mostly is of a product left unnamed."""
    first = {whole.reading: whole.said.evidence.start for whole in reversed(wholes)}
    return list(
        dict.fromkeys(part.reading for part in parts if first.get(part.reading, inf) <= part.said.evidence.start)
    )


def _apart(parts: Sequence[Cell]) -> list[Cell]:
    """The parts without the broad ones, such as agricultural goods, that may hold others of the list."""
    broad = load_flows().broad
    return [part for part in parts if part.product not in broad]


def _members(claimed: Claimed) -> Iterator[Sum]:
    """A region's trade is part of its country's, a member's part of its group's, everyone's part of the world's."""
    lists: dict[tuple[Cell, int], list[Cell]] = defaultdict(list)
    for cell, stated in claimed.items():
        if cell.measure != "level" or cell.flow not in load_flows().gathering or not (cell.a and cell.b):
            continue
        for a, b in _around(cell.a, cell.b):
            whole = level_of(cell.flow, a, b, cell)
            if whole not in claimed or whole == cell:
                continue
            yield Sum("member", whole, (cell,), False)
            if len(cell.a) == len(cell.b) == 2:
                for evidence in stated:
                    if any(other.reading == evidence.reading for other in claimed[whole]):
                        lists[whole, evidence.reading].append(cell)
    for (whole, _), parts in lists.items():
        if len(parts) > 1:
            yield Sum("members", whole, tuple(dict.fromkeys(parts)), False)


def _around(a: str, b: str) -> Iterator[tuple[str, str]]:
    """The pairs of places that hold this pair: one side, or both regions, taken wider."""
    if "WORLD" not in (a, b):
        yield from ((a, wider) for wider in (*_wider(b), "WORLD"))
        yield from ((wider, b) for wider in (*_wider(a), "WORLD"))
    else:
        yield from ((wider, b) for wider in _wider(a) if b == "WORLD")
        yield from ((a, wider) for wider in _wider(b) if a == "WORLD")
    if "-" in a and "-" in b:
        yield from ((one, two) for one in _wider(a) for two in _wider(b))


def _wider(place: str) -> list[str]:
    members = load_flows().members
    if place in members:
        return []
    country, dash, _ = place.partition("-")
    if dash:
        return [country]
    return [group for group, codes in members.items() if place in codes]


def _periods(present: Mapping[Cell, None]) -> Iterator[Sum]:
    """A part of a period holds no more than the whole; parts that leave no gap add up to it."""
    series: dict[Cell, list[Cell]] = defaultdict(list)
    for cell in present:
        if cell.is_dated and cell.flow in load_flows().gathering:
            series[cell._replace(start=UNKNOWN[0], end=UNKNOWN[1])].append(cell)
    for cells in series.values():
        if len(cells) > 1:
            yield from _nested(cells)


def _nested(cells: Sequence[Cell]) -> Iterator[Sum]:
    by_year: dict[int, list[Cell]] = defaultdict(list)
    for cell in cells:
        by_year[cell.start.year].append(cell)
    long = [cell for cell in cells if (cell.end - cell.start).days > 366]
    for year, same in by_year.items():
        inside = [cell for cell in same if cell.end.year == year]
        for whole in (*inside, *long):
            within = [part for part in inside if part != whole and _within(part, whole)]
            yield from (Sum("shorter", whole, (part,), False) for part in within)
            yield from (Sum("periods", whole, parts, True) for parts in _partitions(whole, within))


def _within(part: Cell, whole: Cell) -> bool:
    return whole.start <= part.start and part.end <= whole.end


def _partitions(whole: Cell, within: Sequence[Cell]) -> Iterator[tuple[Cell, ...]]:
    """The ways to lay parts end to end over the whole: for each first part, the one with the fewest parts."""
    fewest: dict[dt.date, tuple[Cell, ...]] = {whole.end + _DAY: ()}
    for part in sorted(within, key=lambda cell: cell.start, reverse=True):
        rest = fewest.get(part.end + _DAY)
        if rest is None:
            continue
        if part.start == whole.start:
            yield (part, *rest)
        best = fewest.get(part.start)
        if best is None or len(best) > len(rest) + 1:
            fewest[part.start] = (part, *rest)


def find_mirrors(claimed: Claimed) -> Iterator[Mirror]:
    """Exports by the seller's and imports by the buyer's statistics, for one period or for a part of it."""
    imports: dict[Cell, list[Cell]] = defaultdict(list)
    for cell in claimed:
        if cell.flow == "imports" and cell.measure == "level" and not cell.local and cell.a and cell.b:
            imports[level_of("exports", cell.b, cell.a, cell)._replace(start=UNKNOWN[0], end=UNKNOWN[1])].append(cell)
    for cell in claimed:
        if cell.flow == "exports" and cell.measure == "level" and not cell.local:
            for other in imports.get(cell._replace(start=UNKNOWN[0], end=UNKNOWN[1]), ()):
                if not (_within(cell, other) or _within(other, cell)):
                    continue
                # Within one report two figures far apart are the two ways of trade, misread as one.
                if not _share_reading(claimed, (cell, other)) or _are_mirrored(claimed, cell, other):
                    yield Mirror(cell, other)


def mirror_band(interval: Interval) -> Interval:
    """Where the other side's figure for the same trade may lie."""
    wide = 1 + load_hedges()[1]["mirror"]
    return Interval(interval.lo / wide, interval.hi * wide)
