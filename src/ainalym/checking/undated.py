"""A rate beside "from X to Y" where nothing tells the years: the two amounts and the rate must fit all the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ..model import Reading
from .cells import Cell, Evidence
from .cues import SENTENCE_END

_FROM_TO = 40  # characters between the two amounts: "8 400 тоннадан 126 мың тоннаға"
_SENTENCE = 300  # characters that hold all three


class Step(NamedTuple):
    """Two amounts of one quantity at two times, and the rate between them."""

    one: Evidence
    other: Evidence
    rate: Evidence


def find_steps(readings: Sequence[Reading], evidence: Mapping[int, Sequence[Evidence]]) -> Iterator[Step]:
    """Sentences with exactly two amounts and one rate of a quantity, close together, and no period."""
    groups: dict[Cell, list[Evidence]] = defaultdict(list)
    for claims in evidence.values():
        for claim in claims:
            if claim.cell.is_undated:
                groups[claim.cell._replace(measure="level")].append(claim)
    for group in groups.values():
        levels = [claim for claim in group if claim.cell.measure == "level"]
        rates = [claim for claim in group if claim.cell.measure == "ratio"]
        if len(levels) == 2 and len(rates) == 1:
            one, other = sorted(levels, key=lambda claim: claim.said.evidence.start)
            if _is_from_to(readings[one.reading].document.text, one, other, rates[0]):
                yield Step(one, other, rates[0])


def _is_from_to(text: str, one: Evidence, other: Evidence, rate: Evidence) -> bool:
    first, second, third = (claim.said.evidence for claim in (one, other, rate))
    begin, end = min(first.start, third.start), max(second.end, third.end)
    return (
        0 <= second.start - first.end <= _FROM_TO
        and end - begin <= _SENTENCE
        and not SENTENCE_END.search(text, begin, end)
    )
