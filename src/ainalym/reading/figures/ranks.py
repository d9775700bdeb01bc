"""Ranks in words: «первое место», «tórtinshi iri saýda seriktesi», «6-м месте», "among the top five"."""

from __future__ import annotations

from decimal import Decimal

from ..quantities import Quantity
from .marks import Mark
from .measure import Measure
from .scene import Scene, has_cue

RANKED = frozenset(("place", "partner", "buyer", "supplier", "investor"))


def find_ranks(scene: Scene) -> list[tuple[Quantity, Measure]]:
    """Ordinals before a word of rank and top N that are no figures in digits."""
    used = {q.first for q in scene.quantities}
    found = []
    for marks in scene.marks:
        for mark in marks:
            if mark.kind == "ordinal" and mark.first not in used and _is_rank(scene, mark, marks):
                found.append(_ranked(scene, mark, "ordinal"))
            elif mark.kind == "top" and _is_top(scene, mark):
                found.append(_ranked(scene, mark, "top"))
            elif mark.kind == "extent":
                number = _number_before(scene, mark)
                if number is not None and _is_counted(scene, number, mark, marks):
                    found.append(_ranked(scene, number, "top"))
    return found


def _number_before(scene: Scene, extent: Mark) -> Mark | None:
    """The number right before a word such as "largest", as a mark."""
    i = extent.first - 1
    hit = scene.hit_at.get(i)
    values = [s.value for s in hit.senses if s.kind == "number"] if hit is not None else []
    if i >= 0 and scene.tokens[i].kind == "number":
        values = [scene.words[i]]
    low = values and values[0].isdecimal() and 2 < int(values[0]) <= 100
    return Mark(i, i, "top", values[0], "noun", None, None) if low else None


def _is_counted(scene: Scene, number: Mark, extent: Mark, marks: list[Mark]) -> bool:
    """«в числе пяти главных инвесторов», "one of its ten biggest partners": ranked at most so."""
    ranked = any(m.kind == "rank" and m.value in RANKED and 0 < m.first - extent.last <= 3 for m in marks)
    return ranked and any(has_cue(scene, i, "top-of") for i in range(number.first - 4, number.first))


def _ranked(scene: Scene, mark: Mark, rule: str) -> tuple[Quantity, Measure]:
    value = Decimal(mark.value)
    start, end = scene.tokens[mark.first].start, scene.tokens[mark.last].end
    figure = Quantity(mark.first, mark.last, start, end, value, "ordinal", words=True)
    return figure, Measure("rank", value, "rank", rule)


def _is_rank(scene: Scene, mark: Mark, marks: list[Mark]) -> bool:
    """«третье место», "the third partner", "the second largest"."""
    ranked = [m for m in marks if m.kind == "rank" and m.value in RANKED]
    if any(0 < m.first - mark.last <= 5 for m in ranked) or _is_ellipsis(scene, mark, ranked):
        return True
    return any(m.kind == "extent" and m.first == mark.last + 1 for m in marks)


def _is_ellipsis(scene: Scene, mark: Mark, ranked: list[Mark]) -> bool:
    """«на второй позиции, в феврале откатились на третью»; «второе у Казахстана»."""
    if scene.lang != "ru" or not any(m.value == "place" for m in ranked):
        return False
    after = mark.last + 1
    return after == len(scene.tokens) or scene.tokens[after].kind == "sign" or has_cue(scene, after, "after-ordinal")


def _is_top(scene: Scene, mark: Mark) -> bool:
    """«входит в пятёрку», not «тройка»: in Russian a verb or preposition before it says so."""
    return scene.lang != "ru" or any(has_cue(scene, i, "into-top") for i in range(mark.first - 3, mark.first))
