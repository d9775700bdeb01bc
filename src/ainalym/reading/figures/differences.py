"""Differences: is an amount what something grew or fell by, rather than what it came to?"""

from __future__ import annotations

from collections.abc import Callable

from ..quantities import Quantity
from .marks import Mark
from .measure import find_direction
from .memory import Memory
from .scene import Scene, cost, crossed, has_cue, nearest, sentence_at, word_before

_UP_DOWN = frozenset(("up", "down"))


def is_difference(scene: Scene, memory: Memory, q: Quantity) -> bool:
    """Told by case and preposition: «2 млрд долларға өсті», «выросли на 2 млрд», "up by $2bn"."""
    if q.role in ("from", "to", "low", "high"):
        return False
    change, change_cost = find_direction(scene, q)
    if change is None:
        return False
    return _BY_LANGUAGE[scene.lang](scene, memory, q, change, change_cost)


def find_gap(scene: Scene, q: Quantity) -> int:
    """ "$80 million more than a year before": 1 and, for "less than" and "short of", -1; 0 where no gap is told."""
    if scene.lang != "en" or scene.words[q.last + 2] not in ("than", "of"):
        return 0
    return 1 if has_cue(scene, q.last + 1, "gap-up") else -1 if has_cue(scene, q.last + 1, "gap-down") else 0


def _differs_kk(scene: Scene, memory: Memory, q: Quantity, change: Mark, change_cost: int) -> bool:
    moved = has_cue(scene, change.first, "moves-to")
    if q.case == "dat" and change.first > q.last and change.pos == "verb" and change_cost <= 6 and not moved:
        _, reach_cost = nearest(scene, q, "reach", after=0, before=30)
        if change_cost < reach_cost and not has_cue(scene, q.last + 1, "up-to", "reached"):
            return True
    bare = q.case in (None, "nom") and change.first == q.last + 1 and change.pos == "verb"
    if bare and has_cue(scene, change.first, "added"):
        return True
    added = change.last < q.first and change.pos == "noun" and change.case in (None, "nom") and change_cost <= 6
    return added and has_cue(scene, change.first, "addition")


def _differs_ru(scene: Scene, memory: Memory, q: Quantity, change: Mark, change_cost: int) -> bool:
    before = scene.words[word_before(scene, q)]
    verb = _last_verb(scene, q)
    if before == "на" and _goes_on(scene, memory, q, verb):
        return True
    if before == "на":
        return (verb is not None and verb.kind == "change") or has_cue(scene, q.last + 1, "more", "exceeds")
    if before in ("до", "в", "от") or verb is None:
        return False
    gained = verb.kind == "change" and has_cue(scene, verb.first, "gains") and not crossed(scene, q, verb)
    if gained and "," not in scene.words[verb.last + 1 : q.first]:
        return True  # «прибавил $74 млн», but «…, добавил министр, – $74 млн»
    noun = change.pos == "noun" and change.last < q.first and cost(scene, q, change) <= 4
    return noun and verb.kind == "reach"


def _differs_en(scene: Scene, memory: Memory, q: Quantity, change: Mark, change_cost: int) -> bool:
    at = word_before(scene, q)
    before = scene.words[at]
    verb = _last_verb(scene, q)
    if before not in ("to", "at") and _goes_on(scene, memory, q, verb):
        return True
    if before == "by" and change_cost < 14:
        return True
    if has_cue(scene, q.last + 1, "more") and scene.words[q.last + 2] in ("than", ""):
        return True
    beside = verb is not None and verb.kind == "change" and verb.pos == "verb" and verb.last >= at - 1
    if beside and before not in ("to", "at", "of", "from"):
        return True
    return before == "of" and change.pos == "noun" and change.last == at - 1


def _goes_on(scene: Scene, memory: Memory, q: Quantity, verb: Mark | None) -> bool:
    """ "Rail added $7.5 million, scrap $5.3 million": the verb before the other figure goes on."""
    last = memory.last
    if last is None or last.kind != "difference" or last.sentence != sentence_at(scene, q):
        return False
    if q.unit in ("count", "people"):
        return False
    return verb is not None and scene.bracket_of[q.first] == 0 and crossed(scene, q, verb) > 0


def _last_verb(scene: Scene, q: Quantity) -> Mark | None:
    """The last verb of change, reach or flow before the figure; a noun of change counts too."""
    found = None
    for mark in scene.marks[sentence_at(scene, q)]:
        outside = scene.bracket_of[mark.first] not in (0, scene.bracket_of[q.first])
        if mark.last >= q.first or outside or not _is_verb(scene, mark):
            continue
        if found is None or mark.first >= found.first:
            found = mark
    return found


def _is_verb(scene: Scene, mark: Mark) -> bool:
    if mark.kind == "change":
        return mark.value in _UP_DOWN and mark.pos != "fixed"
    if mark.kind == "reach":
        return mark.pos != "fixed" or has_cue(scene, mark.last, "sum")
    return mark.kind == "flow"


_BY_LANGUAGE: dict[str, Callable[[Scene, Memory, Quantity, Mark, int], bool]] = {
    "kk": _differs_kk,
    "ru": _differs_ru,
    "en": _differs_en,
}
