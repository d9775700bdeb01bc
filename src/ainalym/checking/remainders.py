"""A whole, its parts and "the rest": the three add up, whatever flow or market the parts are put down to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ..model import Reading
from .cells import Evidence, load_flows
from .cues import SENTENCE_END, has_remainder, speaks_of_remainder

_MOST_PARTS = 5
_NEAR = 80  # characters between two members of a list
_MOST_CHARACTERS = 600  # from the whole to the rest; farther apart they are hardly of one matter


class Remainder(NamedTuple):
    """All parts of a whole, the last of them called the rest."""

    whole: Evidence
    parts: tuple[Evidence, ...]


def find_remainders(readings: Sequence[Reading], evidence: Mapping[int, Sequence[Evidence]]) -> Iterator[Remainder]:
    """The wholes that reports take apart to the last part.

    Going back from the rest: levels in its unit up to the first that is larger than what stands between.
    """
    for number, reading in enumerate(readings):
        if not has_remainder(reading.document.text.lower()):
            continue
        levels = [item for item in evidence.get(number, ()) if item.cell.measure == "level"]
        levels.sort(key=lambda item: item.said.evidence.start)
        for place, rest in enumerate(levels):
            if place >= 2 and speaks_of_remainder(reading.document.text, rest.said):
                shared = _find_sharers(reading.document.text, levels[place:])
                found = _find_whole(levels[:place], shared)
                if found:
                    yield found


def _find_sharers(text: str, levels: Sequence[Evidence]) -> list[Evidence]:
    """Those who share the rest: "the rest went to the USA (2.2 thousand t), Kazakhstan (0.75 thousand) …"."""
    shared = [levels[0]]
    for item in levels[1:]:
        between = text[shared[-1].said.evidence.end : item.said.evidence.start]
        if len(between) > _NEAR or SENTENCE_END.search(between) or not _is_alike(item, levels[0]):
            break
        shared.append(item)
    return shared


def _find_whole(before: Sequence[Evidence], shared: Sequence[Evidence]) -> Remainder | None:
    parts = list(shared)
    for item in reversed(before):
        far = shared[0].said.evidence.start - item.said.evidence.start > _MOST_CHARACTERS
        if far or not _is_alike(item, shared[0]) or len(parts) - len(shared) >= _MOST_PARTS:
            return None
        larger = len(parts) > len(shared) and item.said.value > max(part.said.value for part in parts)
        if larger and not _is_sibling(item, parts):
            return Remainder(item, tuple(parts))
        parts.insert(0, item)
    return None


def _is_sibling(item: Evidence, parts: Sequence[Evidence]) -> bool:
    """Is it the trade with one more country: "Uzbekistan gave 207, Tajikistan 31.5, Turkmenistan the rest"?"""
    pairs = [frozenset((part.cell.a, part.cell.b)) for part in (item, *parts)]
    others = [pair - frozenset.intersection(*pairs) for pair in pairs]
    (other,) = others[0] if len(others[0]) == 1 else (None,)
    return other not in (None, "WORLD") and other not in load_flows().members and len(set(others)) > 1


def _is_alike(one: Evidence, other: Evidence) -> bool:
    """The same unit and period, so that the two can be added."""
    same = ("unit", "start", "end")
    return all(getattr(one.cell, name) == getattr(other.cell, name) for name in same)
