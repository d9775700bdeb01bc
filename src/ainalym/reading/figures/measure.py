"""What a figure measures, and the words of growth and fall around it."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from ...lexicon import lookup
from ...model import Kind
from ..quantities import Quantity
from .marks import Mark
from .scene import Scene, nearest

_UP_DOWN = frozenset(("up", "down"))


class Measure(NamedTuple):
    """Kind, value in base units and unit of a figure, and the rule that told."""

    kind: Kind
    value: Decimal
    unit: str | None
    rule: str


def growth(value: Decimal, rule: str) -> Measure:
    return Measure("growth", value, "fraction", rule)


def share(value: Decimal, rule: str) -> Measure:
    return Measure("share", value, "fraction", rule)


def find_direction(scene: Scene, q: Quantity) -> tuple[Mark | None, int]:
    """The nearest word of growth or fall and what it costs to reach it; Kazakh verbs follow the figure."""
    return nearest(scene, q, "change", after=1 if scene.lang == "kk" else 3, values=_UP_DOWN)


def signed(value: Decimal, mark: Mark | None) -> Decimal:
    """The value, negative after a word of fall."""
    return -value if mark is not None and mark.value == "down" else value


def is_possessed(scene: Scene, q: Quantity) -> bool:
    """A Kazakh figure that is a part of something: «15%-ы», «60 пайызын»."""
    for i in range(q.first, q.last + 1):
        hit = scene.hit_at.get(i)
        if hit is not None and any(s.possessor == "3" for s in hit.senses):
            return True
    return any(s.possessor == "3" for s in lookup(scene.lang, "-" + scene.words[q.last]))


def is_genitive(scene: Scene, i: int) -> bool:
    """Does an indicator in the genitive begin at token i?"""
    hit = scene.hit_at.get(i)
    return hit is not None and any(s.kind == "indicator" and s.case == "gen" for s in hit.senses)
