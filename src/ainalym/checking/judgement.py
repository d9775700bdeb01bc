"""Which figures may be held against each other, and how grave it is when they clash."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Literal

from ..model import Claim, Comparison, Reading
from .cells import Cell, Evidence, load_flows
from .conflicts import find_clash, take_hedge_slack, take_slack
from .cues import speaks_of_revision
from .intervals import Interval, load_hedges, read_interval
from .propagation import Relation

Verdict = Literal["contradicts", "reports disagree", "implies", "consistent", "no data"]
Severity = Literal["error", "warning", "note"]

_ONE_BREATH = 200  # characters, a long sentence or two short ones
FULL_TRUST = 0.4  # below this the reader is unsure of a claim, and nobody is accused without saying so
_SURE = 0.8  # one report seldom contradicts itself in so many words; the reader mistakes a period more often


def is_possible(evidence: Evidence) -> bool:
    """A turnover of nothing or less, a share above the whole: not a figure to hold against others."""
    cell, value = evidence.cell, evidence.said.value
    if cell.measure == "level":
        return value > 0 if cell.flow != "balance" else value != 0
    return cell.measure != "share" or 0 <= value <= 1


def is_one_quantity(cell: Cell) -> bool:
    """Whether two figures on the cell are certainly about the same quantity."""
    if cell.local or cell.flow not in load_flows().comparable or cell.measure == "difference":
        return False
    # A share of a product in a partner's trade and of a partner in a product's trade look the same.
    return cell.measure != "share" or cell.product is None or cell.b == "WORLD"


def find_doubtful(cell: Cell, stated: Sequence[Evidence]) -> set[int]:
    """The reports that give two figures of what looks like one cell, and certainly mean two things.

    Of a product: by weight and by worth, by quality, by route. And nobody gives two figures of one quantity in one
    breath: there the reader missed that the second is of another time or partner.
    """
    doubtful: set[int] = set()
    last: dict[tuple[int, str], Evidence] = {}
    for evidence in sorted(stated, key=lambda evidence: (evidence.reading, evidence.said.evidence.start)):
        # "By 50 %, or 2.5 times" is meant as one change in two words.
        before = last.get((evidence.reading, evidence.said.kind))
        if before is None or not before.interval.meets(evidence.interval):
            last[evidence.reading, evidence.said.kind] = evidence
            if before is not None and (cell.product is not None or _is_misread(before, evidence)):
                doubtful.add(evidence.reading)
    return doubtful


def _is_misread(one: Evidence, other: Evidence) -> bool:
    """Of two figures in one report, the reader must be sure, and they must stand apart."""
    distance = other.said.evidence.start - one.said.evidence.start
    return distance < _ONE_BREATH or min(one.said.confidence, other.said.confidence) < _SURE


def judge(
    core: Sequence[Evidence], relations: Sequence[Relation], readings: Sequence[Reading]
) -> tuple[Verdict, Severity, str]:
    """How grave it is that these claims have no common value."""
    if not find_clash(core, relations, take_hedge_slack):
        return "consistent", "note", "hedge"
    bands = load_hedges()[1]
    several = len({evidence.reading for evidence in core}) > 1
    if several and _two_sides(core) and not find_clash(core, relations, lambda e: widen(e.interval, bands["mirror"])):
        return "reports disagree", "note", "disagree"
    if any(speaks_of_revision(readings[evidence.reading].document.text, evidence.said) for evidence in core):
        return "reports disagree", "note", "revised"
    if not find_clash(core, relations, take_slack):
        return "consistent", "note", "rounding"
    if several and not find_clash(core, relations, lambda e: widen(take_slack(e), bands["revision"] / 2)):
        return "contradicts", "warning", "revision"
    return "contradicts", "error", "contradicts"


def judge_comparison(said: Claim, comparison: Comparison, text: str) -> tuple[Verdict, Severity]:
    """How grave it is what official statistics say of a claim.

    Only an amount that is too large, or a power of ten too small, is called wrong. What is smaller may be a part of
    the whole that the reader took it for; rates, places and balances hang on a base that the text may not name; and
    the figure of another period may be a period that the reader mistook.
    """
    if comparison.answer == "no data":
        return "no data", "note"
    if comparison.answer == "agrees with another period":
        return "reports disagree", "warning"
    if comparison.answer != "contradicts all":
        return "consistent", "note"
    if speaks_of_revision(text, said):
        return "reports disagree", "note"
    if comparison.slip and comparison.slip > 0:
        return "contradicts", "warning"
    interval = read_interval(said)
    if said.kind != "level" or said.indicator == "balance" or interval is None:
        return "reports disagree", "warning"
    reach = 1 + load_hedges()[1]["mirror"]
    if any(interval.lo <= Fraction(row.high) * reach for row in comparison.compared):
        return "reports disagree", "warning"
    return "contradicts", "warning" if said.confidence < FULL_TRUST or said.period is None else "error"


def _two_sides(core: Sequence[Evidence]) -> bool:
    """Whether reports of two sides of one trade stand against each other."""
    sides = {evidence.said.reporter for evidence in core}
    pairs = {frozenset((evidence.said.reporter, evidence.said.partner)) for evidence in core}
    return len(sides) > 1 and len(pairs) == 1


def widen(interval: Interval, part: Fraction) -> Interval:
    low, high = (part * (bound if bound >= 0 else -bound) for bound in interval)
    return Interval(interval.lo - low, interval.hi + high)
