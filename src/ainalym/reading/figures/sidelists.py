"""Sides in a row: chains joined by dashes or "and", and lists matched with figures one by one."""

from __future__ import annotations

from ..places import Side
from ..quantities import Quantity
from ..view import DASHES, find_cues
from .codes import is_home
from .marks import Mark
from .scene import Scene, crossed, sentence_at

_NEAR = 5  # tokens from the last of the sides to the first of their figures
_RATIOS = ("percent", "times")


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
        return _paired_side(scene, q)
    bracket = scene.bracket_of[word.first]
    figures = [f for f in scene.figures[sentence] if scene.bracket_of[f.first] == bracket and f.unit not in _RATIOS]
    behind = [f for f in figures if f.first > word.first]
    return _ahead(scene, q, word, behind) if behind else _closed(scene, q, figures)


def _paired_side(scene: Scene, q: Quantity) -> Side | None:
    """«На долю Армении и Кыргызстана выпало 2,7% и 1,2%»: as many sides joined as figures joined behind them."""
    row = _row_of(scene, q)
    before = [s for s in _others(scene, q) if s.last < row[0].first] if len(row) > 1 else []
    near = before and not crossed(scene, before[-1], row[0]) and row[0].first - before[-1].last <= _NEAR
    return _matching(scene, before[-1], row, q) if near else None


def _row_of(scene: Scene, q: Quantity) -> list[Quantity]:
    """The figures joined to this one by "and" or commas alone."""
    figures = scene.figures[sentence_at(scene, q)]
    first = last = figures.index(q) if q in figures else 0
    while first > 0 and _are_joined(scene, figures[first - 1], figures[first]):
        first -= 1
    while last + 1 < len(figures) and _are_joined(scene, figures[last], figures[last + 1]):
        last += 1
    return figures[first : last + 1]


def _are_joined(scene: Scene, left: Quantity, right: Quantity) -> bool:
    gap = scene.words[left.last + 1 : right.first]
    alike = left.unit == right.unit and left.role == right.role == ""
    return alike and len(gap) == 1 and (gap[0] == "," or "side-and" in find_cues(scene.lang, gap[0]))


def _ahead(scene: Scene, q: Quantity, word: Mark, figures: list[Quantity]) -> Side | None:
    """The figures follow the word, up to the next side."""
    sides = _others(scene, q)
    before = [s for s in sides if s.last < word.first]
    figure = q if q in figures else _hosting(scene, q, figures, scene.bracket_of[word.first])
    later = next((s.first for s in sides if s.first > word.first), None)
    figures = [f for f in figures if later is None or f.first < later]
    return _matching(scene, before[-1], figures, figure) if before else None


def _closed(scene: Scene, q: Quantity, figures: list[Quantity]) -> Side | None:
    """The word closes the list: "exports to Mongolia and Iran came to $340 million and $210 million, respectively"."""
    before = [s for s in _others(scene, q) if figures and s.last < figures[0].first]
    return _matching(scene, before[-1], figures, q) if before else None


def _others(scene: Scene, q: Quantity) -> list[Side]:
    return [s for s in scene.sides[sentence_at(scene, q)] if not is_home(scene.main.home, s.code)]


def _matching(scene: Scene, side: Side, figures: list[Quantity], figure: Quantity | None) -> Side | None:
    """As many figures as sides: one each."""
    chain = chain_of(scene, side)
    return (
        chain[figures.index(figure)]
        if figure is not None and figure in figures and len(chain) == len(figures) > 1
        else None
    )


def _hosting(scene: Scene, q: Quantity, figures: list[Quantity], bracket: int) -> Quantity | None:
    """The figure before the bracket that this one stands in."""
    before = [f for f in figures if f.last < q.first]
    return before[-1] if before and scene.bracket_of[q.first] != bracket else None
