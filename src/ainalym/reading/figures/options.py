"""The sides that a sentence offers to a figure, by what it costs to reach them from it or from its indicator."""

from __future__ import annotations

from ..places import Side
from ..quantities import Quantity
from ..view import DASHES
from .codes import is_home
from .marks import Mark, is_one_of
from .scene import Scene, cost, crossed, gap_words, is_of_part, opening_of, points_back, sentence_at

# Indicators that happen in a place: "invested in Astana", "companies in Moscow".
_PLACED = frozenset(("tourism", "companies", "investment", "projects"))
_PLACED_OR_VISIT = _PLACED | {"visit"}
_TOO_FAR = 45


def find_options(scene: Scene, q: Quantity, indicator: str, mark: Mark | None) -> list[tuple[int, Side]]:
    """Sides within reach with their costs, the nearest first."""
    sentence = sentence_at(scene, q)
    sides = scene.sides[sentence]
    if not sides:
        return []
    two = points_back(scene, sentence, "pair")
    before = any(s.last < q.first and s.role != "via" and not is_home(scene.main.home, s.code) for s in sides)
    able = [s for s in sides if _can_be(scene, mark, s, two=two) and not is_of_part(scene, q, s)]
    priced = [(_price(scene, q, mark, s, other_before=before), s) for s in able]
    options = sorted((o for o in priced if o[0] < _TOO_FAR), key=lambda o: o[0])
    if indicator in ("investment", "tourism") and any(s.code != "ABROAD" for _, s in options):
        return [o for o in options if o[1].code != "ABROAD"]
    return options


def _can_be(scene: Scene, mark: Mark | None, side: Side, *, two: bool) -> bool:
    """Not the road, not the place of writing, not the town where something was said."""
    if side.role == "via":
        return False
    if side.kind in ("capital", "city"):
        near = mark is not None and side.role == "to" and abs(side.first - mark.first) <= 4
        if side.role in ("in", "to") and not near and not is_one_of(mark, _PLACED):
            return False
        if _is_dateline(scene, side):
            return False
    return not (side.role == "in" and two and not is_one_of(mark, _PLACED_OR_VISIT))


def _is_dateline(scene: Scene, side: Side) -> bool:
    """«АСТАНА. KAZINFORM», «Ташкент. 11 июля.»: a place of writing, no side."""
    sentence = sentence_at(scene, side)
    begins = sentence < 2 and side.first - scene.context.sentences[sentence][0] <= 1
    return begins and scene.words[side.last + 1] in (".", ",", "–", "—", "-", ")")


def _price(scene: Scene, q: Quantity, mark: Mark | None, side: Side, *, other_before: bool) -> int:
    owner = _owner(scene, side)
    if owner is q or _opens_bracket(scene, q, side):
        return 0
    price = _from_figure(scene, q, side, other_before=other_before)
    if mark is not None:
        price = min(price, _from_mark(scene, q, mark, side))
    if side.role == "in" and not is_one_of(mark, _PLACED_OR_VISIT):
        price += 12
    if side.code == "ABROAD":
        price += 10
    if _opens_clause(scene, q, side):
        price += 30
    if side.role == "to" and _receives(scene, side):
        price = min(price, 6 + 4 * crossed(scene, q, side))
    return price if owner is None else price + 30


def _from_figure(scene: Scene, q: Quantity, side: Side, *, other_before: bool) -> int:
    """Other figures on the way cost more ahead, most where a side stands before the figure already."""
    if side.first <= q.last:
        return cost(scene, q, side) + 7 * crossed(scene, q, side)
    late = 18 if is_parted(scene, q, side) else 3
    if ";" in scene.words[q.last + 1 : side.first]:
        late += 20
    return cost(scene, q, side, late) + (30 if other_before else 10) * crossed(scene, q, side)


def is_parted(scene: Scene, q: Quantity, side: Side) -> bool:
    """Does a comma stand between a figure and a side behind it?"""
    return side.first > q.last and any(word in (",", ";", ":") for word in scene.words[q.last + 1 : side.first])


def _from_mark(scene: Scene, q: Quantity, mark: Mark, side: Side) -> int:
    """Other indicators and figures on the way cost more."""
    low, high = (mark.last, side.first) if mark.last < side.first else (side.last, mark.first)
    through = sum(
        m.kind == "indicator" and m.pos == "noun" and low < m.first < high for m in scene.marks[sentence_at(scene, q)]
    )
    ways = crossed(scene, q, mark) * 12 + crossed(scene, mark, side) * 10 + through * 12
    return cost(scene, mark, side, 0) + 1 + ways


def _opens_clause(scene: Scene, q: Quantity, side: Side) -> bool:
    """A side behind a comma that no word of trade stands beside belongs to the next clause."""
    if side.role not in ("subject", "object", "by") or not is_parted(scene, q, side):
        return False
    marks = scene.marks[sentence_at(scene, side)]
    trades = (m for m in marks if m.kind in ("flow", "indicator"))
    return not any(0 <= m.first - side.last <= 2 or 0 <= side.first - m.last <= 2 for m in trades)


def _receives(scene: Scene, side: Side) -> bool:
    """ "Kazakhstan received": the verb before a side says that goods came to it."""
    if scene.lang == "kk":
        return False
    marks = scene.marks[sentence_at(scene, side)]
    return any(m.kind == "flow" and m.value == "receive" and m.last + 1 == side.first for m in marks)


def _owner(scene: Scene, side: Side) -> Quantity | None:
    """The figure that a side follows at once: «39,5 тысяч из Турции», «186,1 тоннасы Өзбекстанға»."""
    for other in scene.figures[sentence_at(scene, side)]:
        if 0 <= side.first - other.last - 1 <= 2 and _owns(scene, other, side):
            return other
    return None


def _opens_bracket(scene: Scene, q: Quantity, side: Side) -> bool:
    """«Россия (5,5 млн тонн, $721,6 млн)»: the figures of a bracket are the side's right before it."""
    return scene.bracket_of[q.first] != 0 and side.last + 1 == opening_of(scene, q)


def _heads(scene: Scene, side: Side) -> bool:
    """«581 млн – иранский экспорт»: an adjective of an indicator."""
    marks = scene.marks[sentence_at(scene, side)]
    return side.role == "adjective" and any(m.kind == "indicator" and m.first == side.last + 1 for m in marks)


def _owns(scene: Scene, q: Quantity, side: Side) -> bool:
    gap, closing = gap_words(scene, q, side), scene.words[side.last + 1]
    if gap and gap[0] in DASHES:
        ends = closing in (",", ".", ";", "и", "and", "") or _heads(scene, side)
        return ends and all(word in DASHES or word in ("в", "с", "из") for word in gap)
    if scene.lang == "kk":
        return not gap and ((q.case == "acc" and closing in (",", "", ";")) or side.role in ("from", "to"))
    return side.role in ("from", "to") and len(gap) <= 1 and "," not in gap
