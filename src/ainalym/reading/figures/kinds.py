"""Kinds: which of level, growth, multiple, share, rank and difference a figure is; some are no claim at all."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from ..quantities import Quantity
from .amounts import find_amount
from .marks import Mark
from .measure import Measure, find_direction, growth, is_genitive, is_possessed, share, signed
from .memory import Memory
from .percents import find_percent
from .ranks import RANKED
from .scene import Scene, has_cue, nearest, sentence_at, word_before

_PASSED_OVER = frozenset(("MW", "kW", "GW", "km", "m", "km2", "m2", "l", "g", "barrel"))


def find_measure(scene: Scene, memory: Memory, q: Quantity) -> Measure | None:
    """Kind, value and unit of a figure, or None where the number is no claim."""
    if q.unit in _PASSED_OVER:
        return None
    find = _BY_UNIT.get(q.unit or "", find_amount)
    return find(scene, memory, q)


def _find_fraction(scene: Scene, memory: Memory, q: Quantity) -> Measure | None:
    """«үштен бірге өсті», «на треть», "a third of": growth or share, else no claim."""
    change, change_cost = find_direction(scene, q)
    part, part_cost = nearest(scene, q, "share", after=3)
    if scene.lang == "kk":
        if q.case == "dat" and change is not None and change.first > q.last and change_cost < 12:
            return growth(signed(q.value, change), "fraction")
        return share(q.value, "fraction") if (part and part_cost < 12) or is_possessed(scene, q) else None
    by = scene.words[word_before(scene, q)] in ("на", "by")
    if change is not None and change_cost < (16 if by else 3):
        return growth(signed(q.value, change), "fraction")
    return share(q.value, "fraction") if (part and part_cost < 16) or _is_part(scene, q) else None


def _is_part(scene: Scene, q: Quantity) -> bool:
    """«треть экспорта», "a third of its exports"."""
    following, after = scene.words[q.last + 1 : q.last + 3]
    if following == "of" and after in ("the", "all", "its", "this", "that"):
        return True
    return scene.lang == "ru" and any(is_genitive(scene, i) for i in range(q.last + 1, q.last + 4))


def _find_multiple(scene: Scene, memory: Memory, q: Quantity) -> Measure | None:
    """«в 2,5 раза», «екі есе», "doubled"; a fall by three times is a third."""
    if q.value <= 0 or (q.value < 1 and not q.words):
        return None
    if q.scale >= 1000:  # «приезжали 476 тысяч раз»
        visits = any(m.kind == "flow" and m.value == "visit" for m in scene.marks[sentence_at(scene, q)])
        return Measure("level", q.value, "people", "level") if visits else None
    if q.ratio and has_cue(scene, q.last + 1, "no-ratio"):
        return None
    own = any(m.kind == "change" and m.pos == "verb" and m.first == q.first for m in scene.marks[sentence_at(scene, q)])
    change, change_cost = (None, 0) if own else find_direction(scene, q)  # "doubled" says itself which way
    if change is not None and change.value == "down" and change_cost < 12 and not _is_reversed(scene, q, change):
        return Measure("multiple", (1 / q.value).quantize(Decimal("0.0001")), "ratio", "fall")
    return Measure("multiple", q.value, "ratio", "multiple")


def _is_reversed(scene: Scene, q: Quantity, change: Mark) -> bool:
    """ "A year earlier it had been 3.1 times lower": the earlier value measured against the later."""
    times = scene.times[sentence_at(scene, q)]
    return change.pos == "fixed" and any(t.role in ("ago", "prior") and t.last < q.first for t in times)


def _find_rank(scene: Scene, memory: Memory, q: Quantity) -> Measure | None:
    """«4-орында», "the 4th largest partner"."""
    for mark in scene.marks[sentence_at(scene, q)]:
        if mark.kind == "rank" and mark.value in RANKED and 0 < mark.first - q.last <= 5:
            return Measure("rank", q.value, "rank", "rank")
    return None


_BY_UNIT: dict[str, Callable[[Scene, Memory, Quantity], Measure | None]] = {
    "percent": find_percent,
    "fraction": _find_fraction,
    "times": _find_multiple,
    "ordinal": _find_rank,
}
