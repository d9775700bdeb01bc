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
    return found


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
