"""Turns: is the report's side the reporter? Cases, prepositions and verbs beside the sides tell who sells to whom."""

from __future__ import annotations

from ..places import Side
from .codes import VAGUE, is_home
from .indicators import Named
from .marks import Mark, name_of
from .memory import Memory
from .scene import Scene, has_cue, sentence_at

_TRADED = frozenset(("exports", "imports"))
_BALANCED = frozenset(("exports", "imports", "turnover", "balance"))
_STRONG = frozenset(("to", "from", "in"))


def is_turned(scene: Scene, memory: Memory, named: Named, home: Side | None, other: Side) -> bool | None:
    """Does the report's side report? Told by the other side's role, then by its own; None where neither tells."""
    last, indicator, mark = memory.last, named.indicator, named.mark
    goes_on = mark is None and last is not None and indicator == last.indicator and indicator in _TRADED
    if goes_on and last is not None and other.role not in ("to", "from"):
        return bool(last.reporter and is_home(scene.main.home, last.reporter))
    if other.code in VAGUE or other.code == "ABROAD":
        bought = mark is not None and mark.kind == "flow" and mark.value == "buy" and other.role == "subject"
        return indicator in _BALANCED and not bought
    told = is_turned_by(scene, named, other, is_own=False)
    own = is_turned_by(scene, named, home, is_own=True) if home is not None else None
    if told is None or own is None or told == own or mark is None or home is None:
        return told if told is not None else own
    acting, place = (home, other) if _acts(scene, home) else (other, home)
    if _acts(scene, acting) and not _acts(scene, place) and not _brings(scene, acting, place):
        return own if acting is home else told
    nearer = abs(home.first - mark.first) < abs(other.first - mark.first)
    return own if other.role not in _STRONG and (_role(scene, home) in _STRONG or nearer) else told


def _acts(scene: Scene, side: Side) -> bool:
    """«Казахстан продал Монголии»: a subject beside its verb."""
    return _role(scene, side) == "subject" and _verb_beside(scene, side) is not None


def _brings(scene: Scene, subject: Side, place: Side) -> bool:
    """«Россия завезёт в Казахстан»: what the verb calls bringing in is selling, seen from the subject."""
    return place.role == "to" and _verb_beside(scene, subject) == "imports"


def is_turned_by(scene: Scene, named: Named, side: Side | None, *, is_own: bool) -> bool | None:
    """What one side's role says: True when the report's side is the reporter."""
    if side is None or (named.mark is not None and _belongs_elsewhere(scene, side, named.mark)):
        return None
    reports = _reports(scene, named, side, is_own=is_own)
    return None if reports is None else reports is is_own


def _reports(scene: Scene, named: Named, side: Side, *, is_own: bool) -> bool | None:
    """Does this side report?"""
    role, indicator = _role(scene, side), named.indicator
    if role == "subject" and indicator in _TRADED:
        acts = _verb_beside(scene, side)
        if acts is not None:
            return acts == indicator
    if indicator == "exports":
        return _exports(side, role, named.mark)
    if indicator == "imports":
        return _imports(side, role, named.mark, is_own=is_own)
    if indicator == "investment" and role == "subject" and _attracts(scene, side):
        return False
    if indicator in ("investment", "tourism", "companies"):
        return _goes_abroad(role, indicator, is_own=is_own)
    return is_own  # both sides have the same turnover: the report's side reports it


def _role(scene: Scene, side: Side) -> str:
    """«казахстанские покупатели»: the adjective of a buyer is one who acts; «граждане РФ» come from it."""
    if side.role in ("of", "subject") and _are_people(scene, side):
        return "from"
    if side.role == "adjective" and has_cue(scene, side.last + 1, "buyer"):
        return "subject"
    return "to" if side.role == "subject" and _is_supplied(scene, side) else side.role


def _is_supplied(scene: Scene, side: Side) -> bool:
    """ "Supplied Mongolia with wheat": an English object right behind its verb."""
    marks = scene.marks[sentence_at(scene, side)] if scene.lang == "en" else ()
    return any(m.kind == "flow" and m.value == "sell" and m.last + 1 == side.first for m in marks)


def _are_people(scene: Scene, side: Side) -> bool:
    """«граждан РФ», "citizens of Russia", «Ресей азаматтары»: does the side say whose people they are?"""
    beside = {"ru": side.first - 1, "en": side.first - 2, "kk": side.last + 1}[scene.lang]
    hit = scene.hit_at.get(beside)
    return hit is not None and any(s.kind == "unit" and s.value == "people" for s in hit.senses)


def _attracts(scene: Scene, side: Side) -> bool:
    """«Казахстан привлёк инвестиции»: the verb behind a subject says that it takes in."""
    stop = scene.context.sentences[sentence_at(scene, side)][1]
    return any(has_cue(scene, i, "attracts") for i in range(side.last + 1, min(stop, side.last + 12)))


def _exports(side: Side, role: str, mark: Mark | None) -> bool | None:
    """ "From" and "by" sell, "to" and "with" buy; "of", adjectives and subjects sell if they stand at the indicator."""
    if role in ("from", "by"):
        return True
    if role in ("to", "with"):
        return False
    if mark is None or role not in ("adjective", "of", "subject"):
        return None
    near = abs(side.first - mark.first) <= (5 if role == "subject" else 3)
    return True if near or mark.pos == "verb" else None


def _imports(side: Side, role: str, mark: Mark | None, *, is_own: bool) -> bool | None:
    """ "From" and "with" sell; "to" and "in" buy, and so does the subject at the indicator."""
    received = mark is not None and mark.kind == "flow" and mark.value == "receive"
    if role in ("from", "with"):
        return False
    if role in ("to", "in"):
        return True
    if role == "adjective":
        return is_own and not received
    if mark is None or role not in ("of", "subject", "by") or (received and is_own):
        return None
    if role == "of" and mark.pos == "verb" and not received:
        return False  # «қазақтың балын импорттаған»: whose goods they are
    return True if mark.pos == "verb" or abs(side.first - mark.first) <= 3 else None


def _goes_abroad(role: str, indicator: str, *, is_own: bool) -> bool | None:
    """Investors, tourists and firms come from one side to the other."""
    if role in ("from", "adjective", "by", "with"):
        return True
    if role in ("to", "in"):
        return False
    return not is_own or indicator == "investment" if role in ("of", "subject") else None


def _verb_beside(scene: Scene, side: Side) -> str | None:
    """What the verb next to a subject makes of it: exports of one that sold, imports of one that bought."""
    for m in scene.marks[sentence_at(scene, side)]:
        beside = 0 < m.first - side.last <= 2 or (scene.lang == "ru" and side.first - m.last == 1)
        if beside and m.kind == "flow" and m.value in ("sell", "buy"):
            return "exports" if m.value == "sell" else "imports"
    return None


def _belongs_elsewhere(scene: Scene, side: Side, mark: Mark) -> bool:
    """Does a side stand at another flow than this («$2 млрд дали продажи в КНР, $4 млрд – закупки там»)?"""
    name, own = name_of(mark), _distance(side, mark)
    if own <= 3:
        return False
    reach = 4 if own > 5 else 2
    return any(
        m.kind in ("indicator", "flow") and _distance(side, m) <= reach and name_of(m) in _TRADED and name_of(m) != name
        for m in scene.marks[sentence_at(scene, side)]
    )


def _distance(side: Side, mark: Mark) -> int:
    return min(abs(side.first - mark.last), abs(mark.first - side.last))
