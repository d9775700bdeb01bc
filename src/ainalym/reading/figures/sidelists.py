"""Sides in a row: chains joined by dashes or "and", and lists matched with figures one by one."""

from __future__ import annotations

from ..places import Side
from ..quantities import Quantity
from ..view import DASHES
from .codes import is_home
from .scene import Scene, sentence_at


def chain_of(scene: Scene, side: Side) -> list[Side]:
    """The sides joined by dashes or "and" of which this one is a link: «Казахстан – Туркменистан – Иран»."""
    sides = scene.sides[sentence_at(scene, side)]
    first = sides.index(side)
    stop = first + 1
    while first > 0 and sides[first].linked:
        first -= 1
    while stop < len(sides) and sides[stop].linked:
        stop += 1
    return sides[first:stop]


def is_listed(scene: Scene, chain: list[Side]) -> bool:
    """Sides joined by commas share one figure: none of them is the partner."""
    return all(scene.words[side.first - 1] not in DASHES for side in chain[1:])


def respective_side(scene: Scene, q: Quantity) -> Side | None:
    """«Иран мен Әзербайжанға … тиісінше 700 мың тонна және 400 мың тонна»: the n-th figure is the n-th side's."""
    sentence = sentence_at(scene, q)
    word = next((m for m in scene.marks[sentence] if m.kind == "order" and m.value == "respectively"), None)
    if word is None:
        return None
    sides = [s for s in scene.sides[sentence] if not is_home(scene.main.home, s.code)]
    before = [s for s in sides if s.last < word.first]
    bracket = scene.bracket_of[word.first]
    figures = [f for f in scene.figures[sentence] if f.first > word.first and scene.bracket_of[f.first] == bracket]
    figures = [f for f in figures if f.unit not in ("percent", "times")]
    figure = q if q in figures else _hosting(scene, q, figures, bracket)
    if figure is None or not before:
        return None
    later = next((s.first for s in sides if s.first > word.first), None)
    figures = [f for f in figures if later is None or f.first < later]
    chain = chain_of(scene, before[-1])
    return chain[figures.index(figure)] if figure in figures and len(chain) == len(figures) > 1 else None


def _hosting(scene: Scene, q: Quantity, figures: list[Quantity], bracket: int) -> Quantity | None:
    """The figure before the bracket that this one stands in."""
    before = [f for f in figures if f.last < q.first]
    return before[-1] if before and scene.bracket_of[q.first] != bracket else None
