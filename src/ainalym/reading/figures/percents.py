"""Percentages: growth or share. The rules of a language are asked in turn; the first that answers decides."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

from ..quantities import Quantity
from .marks import Mark
from .measure import Measure, find_direction, growth, is_genitive, is_possessed, share, signed
from .memory import Memory
from .scene import Scene, crossed, has_cue, nearest, sentence_at, word_before

_BY = frozenset(("на", "by", "–", "—", "-"))
_LINKING = frozenset(("в", "на", "за", "и"))
_COMPARED = frozenset(("base", "prior", "ago"))
_GROWTHS = frozenset(("growth", "multiple", "difference"))


class Pull(NamedTuple):
    """A percentage between the nearest word of change and the nearest word of share, each with its cost."""

    q: Quantity
    change: Mark | None
    change_cost: int
    share: Mark | None
    share_cost: int
    bracketed: bool
    before: str  # the word before the figure, hedges left out

    def changed(self, rule: str) -> Measure:
        return growth(signed(self.q.value, self.change), rule)


Rule = Callable[[Scene, Memory, Pull], Measure | None]


def find_percent(scene: Scene, memory: Memory, q: Quantity) -> Measure:
    """Growth or share, by the rules of the report's language."""
    change, change_cost = find_direction(scene, q)
    part, part_cost = nearest(scene, q, "share", after=2 if scene.lang == "kk" else 4)
    before = scene.words[word_before(scene, q)]
    pull = Pull(q, change, change_cost, part, part_cost, scene.bracket_of[q.first] != 0, before)
    for rule in _RULES[scene.lang]:
        measure = rule(scene, memory, pull)
        if measure is not None:
            return measure
    return growth(q.value, "alone") if pull.bracketed else share(q.value, "alone")


def _by_sign(scene: Scene, memory: Memory, pull: Pull) -> Measure | None:
    """«+5%», "(-5%)", «минус 5%»."""
    q, before = pull.q, pull.q.first - 1
    if has_cue(scene, before, "plus"):
        return growth(q.value, "signed")
    dashed = pull.bracketed and scene.words[before] in ("-", "–") and scene.words[before - 1] == "("
    return growth(-q.value, "signed") if dashed or has_cue(scene, before, "minus") else None


def _share_before(scene: Scene, memory: Memory, pull: Pull) -> Measure | None:
    """ "68 percent, up from 52 percent", «93%, тогда как в 2021 году было 70%»: the share it set out from."""
    last = memory.last
    if last is None or last.kind != "share" or last.sentence != sentence_at(scene, pull.q):
        return None
    before = pull.q.first - 1
    return share(pull.q.value, "share before") if has_cue(scene, before, "pair-from", "instead", "was") else None


def _of_total(scene: Scene, memory: Memory, pull: Pull) -> Measure | None:
    """«12% всего экспорта»."""
    whole = pull.before != "на" and has_cue(scene, pull.q.last + 1, "of-whole")
    return share(pull.q.value, "of") if whole else None


def _index(scene: Scene, memory: Memory, pull: Pull) -> Measure | None:
    """«104,2% к уровню прошлого года»."""
    following = range(pull.q.last + 1, pull.q.last + 4)
    based = any(has_cue(scene, i, "index-base") for i in following) or (
        scene.words[pull.q.last + 1] == "к" and scene.words[pull.q.first - 1] not in ("на", "плюс", "+")
    )
    measured = pull.q.value > Decimal("0.8") and based
    return growth(pull.q.value - 1, "index") if measured else None


def _next_growth(scene: Scene, memory: Memory, pull: Pull) -> Measure | None:
    """ "Exports fell by 3% and imports by 5%": the verb before the other figure goes on."""
    q, change, last = pull.q, pull.change, memory.growth
    if change is None or last is None or last.sentence != sentence_at(scene, q) or not crossed(scene, q, change):
        return None
    return growth(last.sign * q.value, "ellipsis") if change.last < q.first and pull.before in _BY else None


def _on_ru(scene: Scene, memory: Memory, pull: Pull) -> Measure | None:
    """«на 5%», unless a verb of share stands close by («на 5% приходится»)."""
    if pull.before != "на":
        return None
    part, last = pull.share, memory.last
    if part is not None and part.pos == "verb" and pull.share_cost < min(9, pull.change_cost - 6):
        return None
    if pull.change_cost < 25:
        return pull.changed("on")
    if last is not None and last.kind in _GROWTHS and last.sentence == sentence_at(scene, pull.q):
        return growth(pull.q.value, "ellipsis")
    return None


def _of_a_whole(scene: Scene, memory: Memory, pull: Pull) -> Measure | None:
    """«80% этого экспорта», «23% внешней торговли»: an indicator in the genitive follows."""
    if pull.before == "на" or pull.bracketed:
        return None
    for mark in scene.marks[sentence_at(scene, pull.q)]:
        if mark.kind == "indicator" and mark.pos == "noun" and 0 < mark.first - pull.q.last <= 4:
            between = range(pull.q.last + 1, mark.first)
            if all(scene.tokens[i].kind == "word" and scene.words[i] not in _LINKING for i in between):
                return share(pull.q.value, "of a whole") if is_genitive(scene, mark.first) else None
            return None
    return None


def _dative_kk(scene: Scene, memory: Memory, pull: Pull) -> Measure | None:
    """«5%-ға өсті»."""
    q, change = pull.q, pull.change
    if q.case == "dat" and change is not None and change.first > q.last and pull.change_cost < 14:
        return pull.changed("dative")
    return None


def _possessed_kk(scene: Scene, memory: Memory, pull: Pull) -> Measure | None:
    """«экспорттың 15%-ы»."""
    q = pull.q
    if q.case in ("acc", "nom", None) and q.noun and pull.share_cost <= pull.change_cost + 6 and is_possessed(scene, q):
        return share(q.value, "possessed")
    return None


def _by_en(scene: Scene, memory: Memory, pull: Pull) -> Measure | None:
    """ "grew by 5%"."""
    return pull.changed("by") if pull.before == "by" and pull.change_cost < 20 else None


def _of_en(scene: Scene, memory: Memory, pull: Pull) -> Measure | None:
    """ "5% of exports", "a 5% share"."""
    whole = pull.change_cost > 6 and has_cue(scene, pull.q.last + 1, "of-whole")
    return share(pull.q.value, "of") if whole else None


def _nearer(scene: Scene, memory: Memory, pull: Pull) -> Measure | None:
    """Whichever word stands nearer."""
    if pull.share is not None and pull.share_cost < pull.change_cost:
        return share(pull.q.value, "share")
    return pull.changed("change") if pull.change is not None and pull.change_cost < 30 else None


def _like_last(scene: Scene, memory: Memory, pull: Pull) -> Measure | None:
    """The same as the percentage before in the sentence."""
    last = memory.last
    if last is not None and last.kind in ("share", "growth") and last.sentence == sentence_at(scene, pull.q):
        return Measure(last.kind, pull.q.value, "fraction", "ellipsis")
    return None


def _far_share(scene: Scene, memory: Memory, pull: Pull) -> Measure | None:
    return share(pull.q.value, "share") if pull.share is not None else None


def _in_bracket(scene: Scene, memory: Memory, pull: Pull) -> Measure | None:
    """«Қытай (28%), Ресей (19%)»."""
    opened = pull.bracketed and scene.words[pull.q.first - 1] in ("(", ",")
    return share(pull.q.value, "bracket") if opened else None


def _compared(scene: Scene, memory: Memory, pull: Pull) -> Measure | None:
    """A sentence that compares with another time speaks of growth."""
    compared = any(time.role in _COMPARED for time in scene.times[sentence_at(scene, pull.q)])
    return growth(pull.q.value, "compared") if compared else None


_FIRST: tuple[Rule, ...] = (_by_sign, _share_before)
_LAST: tuple[Rule, ...] = (_nearer, _like_last, _far_share, _in_bracket, _compared)
_RULES: dict[str, tuple[Rule, ...]] = {
    "kk": (*_FIRST, _next_growth, _dative_kk, _possessed_kk, *_LAST),
    "ru": (*_FIRST, _of_total, _index, _next_growth, _on_ru, _of_a_whole, *_LAST),
    "en": (*_FIRST, _next_growth, _by_en, _of_en, *_LAST),
}
