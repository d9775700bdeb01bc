"""The other side where a sentence names none: one named since the last claim, that claim's, the main one, the world."""

from __future__ import annotations

from typing import NamedTuple

from ..places import Side
from ..quantities import Quantity
from .codes import GROUPS, code_of, is_country, is_home
from .indicators import Named
from .memory import Frame, Memory
from .scene import Scene, has_cue, is_of_part, points_back, sentence_at
from .turns import is_turned_by

_BETWEEN_TWO = frozenset(("exports", "imports", "turnover", "balance"))
_MOVED = frozenset(("transit", "freight"))
_STANDING = frozenset(("other", "projects", "companies", "investment"))
_CLAIM = "claim before"
_NO_PARTNER = "no partner named"


class Lean(NamedTuple):
    """The partner and where it was taken from; whether the report's side reports, or the whole pair if it is known."""

    partner: str | None
    source: str
    turned: bool | None = None
    pair: tuple[str | None, str | None] | None = None


def carry_partner(
    scene: Scene, memory: Memory, q: Quantity, named: Named, home_side: Side | None, home: str | None
) -> Lean:
    """The partner of a figure whose sentence names no other side."""
    last, indicator = memory.last, named.indicator
    lean = _find_partner(scene, memory, q, indicator)
    if lean.partner is None and lean.source == _CLAIM and last is not None and indicator in _BETWEEN_TWO:
        lean = lean._replace(partner="WORLD" if _leaves_stock(last, indicator) else last.partner)
    alone = _no_partner(scene, memory, q, named, lean.source)
    if alone is not None:
        return Lean(None, alone, pair=(home, None))
    flow = find_pointed_flow(scene, memory, q, indicator)
    if flow is not None:
        return lean._replace(turned=flow)
    if last is None or lean.source != _CLAIM or last.indicator != indicator:
        return lean._replace(turned=is_turned_by(scene, named, home_side, is_own=True))
    if last.partner == lean.partner and home_side is None:
        return lean._replace(pair=(last.reporter, last.partner))
    turned = is_turned_by(scene, named, home_side, is_own=True)
    if turned is None and last.reporter == lean.partner and indicator in ("exports", "imports"):
        turned = False
    return lean._replace(turned=turned)


def _leaves_stock(last: Frame, indicator: str) -> bool:
    """«Сонысының 867 мың тоннасы экспортқа кетті»: what is carried or made at home goes out to the world."""
    return last.partner is None and last.indicator not in _BETWEEN_TWO and indicator in ("exports", "imports")


def find_pointed_flow(scene: Scene, memory: Memory, q: Quantity, indicator: str) -> bool | None:
    """Does the report's side report: «оттуда доставлено», «туда ушло», «встречные поставки»? None if nothing points."""
    if indicator not in ("exports", "imports"):
        return None
    first = _last_figure_before(scene, q)
    for i in range(q.first - 1, max(first, q.first - 12) - 1, -1):
        if has_cue(scene, i, "from-there"):
            return indicator == "imports"
        if has_cue(scene, i, "to-there"):
            return indicator == "exports"
        if has_cue(scene, i, "counter-flow"):
            return _turned_back(scene, memory, indicator)
    return None


def _turned_back(scene: Scene, memory: Memory, indicator: str) -> bool | None:
    """Does the report's side report a flow against that of the claim before?"""
    last = memory.last
    if last is None or last.indicator not in ("exports", "imports"):
        return None
    home_sold = bool(last.reporter and is_home(scene.main.home, last.reporter)) == (last.indicator == "exports")
    return home_sold != (indicator == "exports")


def _last_figure_before(scene: Scene, q: Quantity) -> int:
    """The last token of the figure before in the same sentence, else the sentence's first token."""
    n = sentence_at(scene, q)
    return max([scene.context.sentences[n][0], *(other.last for other in scene.figures[n] if other.last < q.first)])


def _no_partner(scene: Scene, memory: Memory, q: Quantity, named: Named, source: str) -> str | None:
    """Why a figure has no partner at all: goods in transit and output have none unless the text goes on about one."""
    last, indicator, sentence = memory.last, named.indicator, sentence_at(scene, q)
    if (
        source == _CLAIM
        and indicator in _MOVED
        and last is not None
        and last.indicator not in _MOVED
        and last.sentence != sentence
    ):
        return _NO_PARTNER
    turned_away = last is not None and last.sentence != sentence and last.indicator not in _STANDING
    if indicator == "other" and turned_away and (named.mark is None or named.mark.value != "other: prices"):
        return _NO_PARTNER
    if source == _CLAIM or (indicator not in _MOVED and indicator != "output"):
        return None
    moves = any(m.kind == "indicator" and m.value in _MOVED for m in scene.marks[max(0, sentence - 1)])
    moves = moves or points_back(scene, sentence, "pair")
    goes_on = moves and indicator != "output" and source in ("named since", "sentence before")
    return None if goes_on else source


def _find_partner(scene: Scene, memory: Memory, q: Quantity, indicator: str) -> Lean:
    last, sentence = memory.last, sentence_at(scene, q)
    if indicator in _BETWEEN_TWO and any(is_of_part(scene, q, side) for side in scene.sides[sentence]):
        return Lean("WORLD", "parts behind")  # «4,3 млрд, в том числе в Румынию на 1,2 млрд»
    if last is None:
        named = _named_since(scene, max(-1, sentence - 5), sentence)
        return Lean(named, "sentence before") if named is not None else _by_report(scene, sentence, indicator)
    if last.sentence < sentence:
        named = _named_since(scene, last.sentence, sentence)
        return Lean(named, "named since") if named is not None else _after_claim(scene, memory, q, last, indicator)
    return Lean(_other_of(scene, last), _CLAIM)


def _other_of(scene: Scene, frame: Frame) -> str | None:
    """The side of a claim that is not the report's."""
    return frame.partner if frame.reporter and is_home(scene.main.home, frame.reporter) else frame.reporter


def _after_claim(scene: Scene, memory: Memory, q: Quantity, last: Frame, indicator: str) -> Lean:
    """What the claim of an earlier sentence leaves: its partner, unless the text has turned away from it."""
    partner, sentence = _other_of(scene, last), sentence_at(scene, q)
    if partner in GROUPS and scene.main.paired and points_back(scene, sentence, "pair"):
        return Lean(scene.main.other, "main pair")
    if memory.after_list and indicator in _BETWEEN_TWO and not points_back(scene, sentence, "there", "pair"):
        return Lean("WORLD", "after a list")
    if partner == "WORLD" and points_back(scene, sentence, "there"):
        before = _last_named(scene, q)
        if before is not None:
            return Lean(code_of(before.code), "named before")
    return Lean(partner, _CLAIM)


def _last_named(scene: Scene, q: Quantity) -> Side | None:
    """The last other side named before a figure, up to three sentences back."""
    sentence = sentence_at(scene, q)
    for n in range(sentence, max(-1, sentence - 4), -1):
        for side in reversed(scene.sides[n]):
            if side.first < q.first and not is_home(scene.main.home, side.code):
                return side
    return None


def _by_report(scene: Scene, sentence: int, indicator: str) -> Lean:
    """Before any claim: the report's main pair where it has one, else the world."""
    main = scene.main
    abroad = any(side.code == "ABROAD" for side in scene.sides[sentence])
    if indicator in ("tourism", "investment") or main.other is None or main.other in GROUPS or abroad:
        return Lean("WORLD", "no partner near")
    meant = points_back(scene, sentence, "pair") or main.only_other or (main.paired and indicator == "turnover")
    return Lean(main.other, "main pair") if meant else Lean("WORLD", "no partner near")


def _named_since(scene: Scene, since: int, sentence: int) -> str | None:
    """The other side that the latest sentence without a claim names, if it names one; the main one is preferred."""
    for n in range(sentence - 1, since, -1):
        codes = {side.code for side in scene.sides[n] if _is_named(scene, side)}
        if codes:
            return scene.main.other if scene.main.other in codes else codes.pop() if len(codes) == 1 else None
    return None


def _is_named(scene: Scene, side: Side) -> bool:
    """A country or region beside the report's own, neither a road nor the town where something was said."""
    if side.role == "via" or not is_country(side.code) or is_home(scene.main.home, side.code):
        return False
    return side.kind in ("place", "demonym") or (side.kind == "capital" and side.role != "in")
