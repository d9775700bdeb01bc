"""Pairs: between which two sides a figure lies, and which of them reports it.

The report's own side and the nearest other one make the pair; their cases and prepositions turn it. What a sentence
leaves out comes from what was named since, from the claim before, or from the report's main pair.
"""

from __future__ import annotations

from typing import NamedTuple

from ..places import Side
from ..quantities import Quantity
from ..view import DASHES
from .carried import Lean, carry_partner, find_pointed_flow
from .codes import CITY_REGIONS, GROUPS, VAGUE, code_of, is_home, same_country
from .indicators import Named
from .marks import Mark
from .memory import Memory, Turn
from .options import find_options, is_parted
from .scene import Scene, has_cue, opening_of, sentence_at
from .sidelists import chain_of, is_listed, respective_side
from .turns import is_turned

_NEAR = 20
_ACTING, _ACTED_ON = frozenset(("subject", "by", "of")), frozenset(("to", "from", "with"))
_HOSTING = frozenset(("of", "adjective"))  # «в десятку инвесторов Казахстана»
_GUEST_LED = frozenset(("investment", "tourism", "companies"))  # the other side comes to ours


class Pair(NamedTuple):
    """Reporter and partner, where they were taken from, and how the pair was turned (where it was)."""

    reporter: str | None
    partner: str | None
    source: str
    turn: Turn | None = None
    price: int = 0  # what it cost to reach the other side in the sentence


class Seen(NamedTuple):
    """What the sentence offers: the report's side and the code it goes by, and the other side."""

    home_side: Side | None
    home: str | None
    other: Side | None
    price: int = 0


def find_pair(scene: Scene, memory: Memory, q: Quantity, named: Named, kind: str) -> Pair:
    """Reporter and partner of a figure."""
    host = _host_pair(scene, memory, q, kind)
    if host is not None:
        return host
    seen = _look(scene, memory, q, named)
    settled = _foreigners(scene, q, named, seen) or _inside(scene, q, seen)
    settled = settled or _chain(scene, named, seen)
    if settled is None and kind not in ("share", "rank"):
        settled = _between_others(scene, q, named, seen)
    if settled is not None:
        return settled
    seen = _narrow(scene, seen, kind)
    world = _world(scene, named, kind, seen)
    if world is not None:
        return world
    lean = _lean(scene, memory, q, named, kind, seen)
    return _settle(scene, memory, named, seen, lean)._replace(price=seen.price)


def _host_pair(scene: Scene, memory: Memory, q: Quantity, kind: str) -> Pair | None:
    """«Россия – 27,8 млрд (19,7%) и Италия – 20,2 млрд»: what a bracket says of the figure right before it."""
    bracket, last = scene.bracket_of[q.first], memory.last
    if not bracket or last is None or last.sentence != sentence_at(scene, q) or kind == "level":
        return None
    opening = opening_of(scene, q)
    hosted = any(0 < opening - other.last <= 1 for other in scene.figures[last.sentence])
    inside = any(scene.bracket_of[side.first] == bracket for side in scene.sides[last.sentence])
    return Pair(last.reporter, last.partner, "host of the bracket") if hosted and not inside else None


def _look(scene: Scene, memory: Memory, q: Quantity, named: Named) -> Seen:
    options = find_options(scene, q, named.indicator, named.mark)
    sides = [side for _, side in options if not _is_site(scene, q, side)]
    home_side = next((s for s in sides if is_home(scene.main.home, s.code)), None)
    home = _home_code(scene, memory, home_side)
    others = (s for s in sides if not is_home(scene.main.home, s.code) and s.code != home)
    other = respective_side(scene, q) or next(others, None)
    price = next((cost for cost, side in options if side is other), 0)
    return Seen(home_side, home, other, price)


def _is_site(scene: Scene, q: Quantity, side: Side) -> bool:
    """«22 проекта на 5,4 млрд; крупнейший – завод в Мангистауской области»: where one of the things stands."""
    return side.role == "in" and "-" in side.code and is_parted(scene, q, side)


def _home_code(scene: Scene, memory: Memory, side: Side | None) -> str | None:
    """The report's side; a region of it where the sentence or the claim before speaks of one."""
    main, last = scene.main.home, memory.last
    if side is not None and "-" in side.code and side.code not in GROUPS and _is_region(side):
        return side.code
    whole = side is not None and side.role in ("of", "between") and "-" not in side.code
    if side is not None and side.kind == "place" and main is not None and ("-" not in main or whole):
        return side.code  # «ал бүкіл Қазақстанның айналымы» in a region's report
    if last is not None and side is None:
        for code in (last.reporter, last.partner):
            if code and is_home(main, code):
                return code
    return main


def _is_region(side: Side) -> bool:
    """A city stands for its region only where it is one by law and acts itself: «Алматының экспорты»."""
    return side.kind != "city" or (side.code in CITY_REGIONS and side.role in ("of", "subject", "to"))


def _foreigners(scene: Scene, q: Quantity, named: Named, seen: Seen) -> Pair | None:
    """«1,2 млн шетелдік турист»: from the world to the report's side."""
    if named.indicator != "tourism" or q.noun is None or (seen.other is not None and seen.other.role == "from"):
        return None
    return Pair("WORLD", seen.home, "foreigners") if has_cue(scene, q.noun.first, "foreign") else None


def _inside(scene: Scene, q: Quantity, seen: Seen) -> Pair | None:
    """ "Trade within the EAEU": a group with itself."""
    other = seen.other
    group = other.code if other is not None else scene.main.home
    if group not in GROUPS or (seen.home_side is not None and seen.home_side.code != group):
        return None
    first, stop = scene.context.sentences[sentence_at(scene, q)]
    within = any(has_cue(scene, i, "within") for i in range(first, stop))
    return Pair(group, group, "inside") if within else None


def _chain(scene: Scene, named: Named, seen: Seen) -> Pair | None:
    """«Азербайджано-турецкие вложения», «перевозки Китай – Узбекистан»: two other sides with each other."""
    other = seen.other
    if other is None or other.linked or seen.home_side is not None:
        return None
    chain = chain_of(scene, other)
    if len(chain) < 2 or any(is_home(scene.main.home, s.code) for s in chain):
        return None
    first, second = chain[0], chain[1]
    dashed = named.indicator in ("turnover", "freight", "transit") and scene.words[second.first - 1] in DASHES
    if first.first == second.first or dashed:
        return Pair(code_of(first.code), code_of(second.code), "chain")
    return None


def _between_others(scene: Scene, q: Quantity, named: Named, seen: Seen) -> Pair | None:
    """«Ауғандар Өзбекстанға 9,9 млн доллар қарыз»: two other sides, one that acts and one that it acts upon."""
    if seen.home_side is not None or seen.other is None or named.indicator in ("output", "transit"):
        return None
    near = [side for cost, side in find_options(scene, q, named.indicator, named.mark) if cost <= _NEAR]
    actors = [s for s in near if s.role in _ACTING and not s.linked and s.code not in VAGUE | GROUPS]
    goals = [s for s in near if s.role in _ACTED_ON and not s.linked and s.code not in VAGUE]
    if len(actors) != 1 or len(goals) != 1 or same_country(actors[0].code, goals[0].code):
        return None
    actor, goal = code_of(actors[0].code), code_of(goals[0].code)
    sold = named.indicator == "exports" and goals[0].role == "from"
    bought = named.indicator == "imports" and goals[0].role == "to"
    return Pair(goal, actor, "others") if sold or bought else Pair(actor, goal, "others")


def _narrow(scene: Scene, seen: Seen, kind: str) -> Seen:
    """One side of a chain: the report's neighbour in a corridor, none of a list that shares a figure but a rank."""
    if seen.other is None:
        return seen
    chain = chain_of(scene, seen.other)
    if seen.home_side in chain and len(chain) > 2 and scene.words[chain[1].first - 1] in DASHES:
        k = chain.index(seen.home_side)
        return seen._replace(other=chain[k + 1] if k + 1 < len(chain) else chain[k - 1])
    several = len([s for s in chain if not is_home(scene.main.home, s.code)]) >= 3
    if several and kind != "rank" and is_listed(scene, chain):
        last = chain[-1].last
        open_end = any(has_cue(scene, i, "and-others") for i in range(last + 1, last + 3))
        return seen._replace(other=seen.other._replace(code="ABROAD" if open_end else "NEAR-ABROAD"))
    return seen


def _world(scene: Scene, named: Named, kind: str, seen: Seen) -> Pair | None:
    """«внешнеторговый оборот», «весь экспорт»: a side's trade with all others, unless a partner is named."""
    other = seen.other
    traded = named.mark is not None and named.indicator in ("exports", "imports") and kind == "level"
    if other is None and traded and named.mark is not None and has_cue(scene, named.mark.first - 1, "whole"):
        return Pair(seen.home, "WORLD", "world")
    if named.mark is None or named.mark.value != "turnover-world" or kind in ("share", "rank"):
        return None
    if other is not None and other.role == "with":
        return None
    if other is not None and seen.home_side is None and other.role in ("of", "adjective", "subject"):
        return Pair(code_of(other.code), "WORLD", "world")
    return Pair(seen.home, "WORLD", "world")


def _lean(scene: Scene, memory: Memory, q: Quantity, named: Named, kind: str, seen: Seen) -> Lean:
    """The partner, where from, and whether the report's side reports."""
    if seen.other is None:
        return carry_partner(scene, memory, q, named, seen.home_side, seen.home)
    if kind == "rank":
        ranked = seen.home_side is not None and seen.home_side.role == "subject" and seen.other.role in _HOSTING
        turned: bool | None = (named.indicator in _GUEST_LED) == ranked
    else:
        turned = find_pointed_flow(scene, memory, q, named.indicator)
        if turned is None:
            turned = is_turned(scene, memory, named, seen.home_side, seen.other)
    return Lean(code_of(seen.other.code), "sentence", turned)


def _goes_on_acting(scene: Scene, before: Mark | None, mark: Mark | None) -> bool:
    """«Китайцы продали на 787 млн, а купили на 177 млн»: the second verb's subject is the first one's."""
    if before is None or mark is None or sentence_at(scene, before) != sentence_at(scene, mark):
        return False
    return all(m.kind == "flow" and m.value in ("sell", "buy") for m in (before, mark))


def _settle(scene: Scene, memory: Memory, named: Named, seen: Seen, lean: Lean) -> Pair:
    """The pair, turned by what its words say, by the claim before on the same word, or by custom."""
    last = memory.last
    if lean.pair is not None:
        return Pair(*lean.pair, lean.source)
    if named.indicator == "output":
        return Pair(seen.home, None, lean.source)
    if named.indicator == "other" and last is not None and seen.other is not None:
        same = {lean.partner, seen.home} == {last.reporter, last.partner}
        if same:
            return Pair(last.reporter, last.partner, lean.source)
    turned = lean.turned
    if turned is None and named.mark is not None and memory.turn is not None and memory.turn.mark == named.mark:
        turned = memory.turn.home_reports
    if turned is None and memory.turn is not None and _goes_on_acting(scene, memory.turn.mark, named.mark):
        turned = memory.turn.home_reports
    if turned is None:
        turned = named.indicator not in _GUEST_LED
    sides = (seen.home, lean.partner) if turned else (lean.partner, seen.home)
    return Pair(*sides, lean.source, Turn(named.mark, turned))
