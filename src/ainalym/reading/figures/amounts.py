"""Amounts: a number with a unit is a level of its indicator, or the difference to another level."""

from __future__ import annotations

from ..quantities import Quantity
from ..view import DASHES
from .differences import find_gap, is_difference
from .measure import Measure, find_direction, signed
from .memory import Memory
from .scene import Scene, has_cue, sentence_at

MASS = frozenset(("t", "m3", "kWh", "ha"))
COUNTED = frozenset(("companies", "projects", "products", "tourism", "transit"))
_HEADS = frozenset(("people", "count"))
_GOODS = MASS | _HEADS
_RATIOS = frozenset(("percent", "times", "ordinal", "fraction"))


def find_amount(scene: Scene, memory: Memory, q: Quantity) -> Measure | None:
    """A level or a difference; None where nothing tells what the number counts."""
    if q.unit is None and q.scale == 1 and q.value >= 10 and _counts_on(scene, memory, q):
        return Measure("level", q.value, "count", "companies")
    unit = q.unit or _missing_unit(scene, memory, q)
    if unit is None or (q.unit in _HEADS and not _is_countable(scene, memory, q)):
        return None
    gap = find_gap(scene, q)
    if gap:
        return Measure("difference", gap * q.value, unit, "gap")
    if is_difference(scene, memory, q):
        return Measure("difference", signed(q.value, find_direction(scene, q)[0]), unit, "difference")
    return Measure("level", q.value, unit, "level")


def _missing_unit(scene: Scene, memory: Memory, q: Quantity) -> str | None:
    """The unit of a number that has none: that of the goods counted before, else the report's money."""
    counted = memory.last is not None and memory.last.indicator == "tourism"
    if counted or (q.scale == 1000 and _are_people(scene, q)):
        return "people"  # «за ней идут Германия (3,5 млн) и Великобритания (2,4 млн)», «приехало 150 тысяч иранцев»
    if q.scale >= 1_000_000:
        recent = _recent_unit(scene, memory, q)
        return recent if recent in _GOODS else scene.money
    bracketed = scene.bracket_of[q.first] != 0
    follows = scene.tokens[q.last + 1].kind if q.last + 1 < len(scene.tokens) else "sign"
    if q.scale == 1 and bracketed and follows == "word":
        return None
    goods = _goods_before(scene, q) if q.scale == 1000 or bracketed or q.role else None
    if goods is not None:
        return goods.unit
    return scene.money if q.role == "from" or (q.role == "to" and q.scale >= 1000) else None


def _counts_on(scene: Scene, memory: Memory, q: Quantity) -> bool:
    """«Компаний стало 3467, год назад их насчитывалось 2432»: a bare number that goes on counting companies."""
    last, sentence = memory.last, sentence_at(scene, q)
    named = any(m.value == "companies" and m.kind == "indicator" and m.last < q.first for m in scene.marks[sentence])
    if not named and (last is None or last.indicator != "companies" or sentence - last.sentence > 1):
        return False
    return scene.words[q.first - 1] in DASHES or has_cue(scene, q.first - 1, "counts-on")


def _before(scene: Scene, q: Quantity) -> list[Quantity]:
    """The quantities before the figure in its sentence and the one before, the nearest first."""
    sentence = sentence_at(scene, q)
    here = [other for other in scene.figures[sentence] if other.first < q.first]
    there = scene.figures[sentence - 1] if sentence else []
    return [*reversed(here), *reversed(there)]


def _recent_unit(scene: Scene, memory: Memory, q: Quantity) -> str | None:
    """The unit of the last amount before; none where that counted what is not told."""
    for other in _before(scene, q):
        if other.unit and other.unit not in _RATIOS:
            return other.unit if other.unit not in _HEADS or _is_countable(scene, memory, other) else None
    last = memory.last
    return last.unit if last is not None and sentence_at(scene, q) - last.sentence <= 1 else None


def _are_people(scene: Scene, q: Quantity) -> bool:
    """A people's name after a number, in a sentence of travel: «150 тысяч иранцев»."""
    hit = scene.hit_at.get(q.last + 1)
    named = hit is not None and any(s.kind == "demonym" and s.pos == "noun" for s in hit.senses)
    return named and any(m.kind == "flow" and m.value == "visit" for m in scene.marks[sentence_at(scene, q)])


def _goods_before(scene: Scene, q: Quantity) -> Quantity | None:
    return next((other for other in _before(scene, q) if other.unit in _GOODS), None)


def _is_countable(scene: Scene, memory: Memory, q: Quantity) -> bool:
    """Are these things or people that a report on trade counts: companies, tourists, containers?"""
    if q.unit == "people" and q.noun is not None and has_cue(scene, q.noun.first, "no-traveller"):
        return False
    if q.unit == "people" and _visits(scene, memory, q):
        return True
    if q.noun is None:
        return _goods_before(scene, q) is not None
    if any(s.kind == "indicator" and (s.value in COUNTED or s.value == "freight") for s in q.noun.senses):
        return True
    return has_cue(scene, q.noun.first, "counted") or has_cue(scene, q.noun.last, "counted")


def _visits(scene: Scene, memory: Memory, q: Quantity) -> bool:
    if memory.last is not None and memory.last.indicator == "tourism":
        return True
    return any(m.kind == "flow" and m.value == "visit" for m in scene.marks[sentence_at(scene, q)])
