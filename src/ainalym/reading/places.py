"""Sides: every country, region and group of the text with the role that its case or preposition gives it.

The roles are the same for all languages: `with` (с Россией, Ресеймен), `to`, `from`, `of`, `subject`, `object`,
`adjective`, `in`, `between`, `by`, `via`. Case says who sells to whom; what it does not say is left to `claims`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache, partial
from typing import NamedTuple

from ..lexicon import Hit, Sense
from .context import Context
from .memo import per_senses
from .view import FAMILIES, View, find_cues, view_of

# Parts of the world that are written in lower case: «шетел», «дальнее зарубежье».
_COMMON = frozenset(("ABROAD", "FAR-ABROAD", "NEAR-ABROAD", "WORLD"))
_CASE_ROLES = {"gen": "of", "dat": "to", "ins": "by", "acc": "object", "loc": "in"}
_KK_ROLES = {"gen": "of", "abl": "from", "dat": "to", "ins": "with", "loc": "in", "acc": "object", "nom": "subject"}
_REACH = 5  # tokens from a preposition to its place
_GAP = 3


class Side(NamedTuple):
    """A place with its role; tokens `[first, last]`."""

    first: int
    last: int
    code: str
    role: str
    kind: str
    linked: bool = False  # joined to the side before by "and" or a dash


class _Named(NamedTuple):
    """A hit that names places, its senses as such, and the one it has here."""

    hit: Hit
    senses: tuple[Sense, ...]
    sense: Sense


# ---- names


@per_senses
def _place_senses(senses: tuple[Sense, ...]) -> tuple[Sense, ...]:
    """The senses as a place; none where the word is money («рубль»)."""
    if any(sense.kind == "currency" for sense in senses):
        return ()
    return tuple(sense for sense in senses if sense.kind in FAMILIES["place"])


@per_senses
def _codes(senses: tuple[Sense, ...]) -> frozenset[str]:
    return frozenset(sense.value for sense in _place_senses(senses))


def _is_named(view: View, hit: Hit, sense: Sense) -> bool:
    """A name of a place has a capital where the script has them: «us» and «osy» are none. A phrase of several words
    («түркітілдес мемлекеттер»), a people and an adjective need no capital."""
    if hit.first != hit.last or sense.kind == "demonym" or sense.value in _COMMON or view.context.script == "Arab":
        return True
    if view.lang == "kk" and len(view.words[hit.first]) > 3 and view.has(hit.last + 1, "place-head"):
        return True  # «иран нарығына», but «osy elde» is "in this country"
    if sense.kind == "city" and hit.first in view.sentence_starts and len(_place_senses(hit.senses)) < len(hit.senses):
        return False  # «Osy» at the head of a sentence is "this", not Osh
    return view.context.document.text[view.tokens[hit.first].start].isupper()


def _is_compound(view: View, hit: Hit) -> bool:
    """One hyphenated token that names two sides: «казахстанско-китайский», «Қазақстан-Ресей»."""
    return hit.first == hit.last and "-" in view.words[hit.first]


def _find_named(view: View) -> Iterator[_Named]:
    certain: frozenset[str] | None = None
    for hit in _place_hits(view):
        senses = _place_senses(hit.senses)
        if not senses or not _is_named(view, hit, senses[0]):
            continue
        sense = senses[0]
        if len(_codes(hit.senses)) > 1 and not _is_compound(view, hit):
            if certain is None:
                certain = _find_certain(view)
            sense = _pick(senses, certain)
        yield _Named(hit, senses, sense)


def _place_hits(view: View) -> Iterator[Hit]:
    return (hit for i in view.firsts["place"] if (hit := view.hits[i]) is not None)


def _find_certain(view: View) -> frozenset[str]:
    """The places that the text names without a doubt."""
    return frozenset(code for hit in _place_hits(view) if len(codes := _codes(hit.senses)) == 1 for code in codes)


def _pick(senses: tuple[Sense, ...], certain: frozenset[str]) -> Sense:
    """One meaning of an ambiguous name: РТ and КР are settled by what else the text names."""
    for sense in senses:
        if sense.value in certain:
            return sense
    for sense in senses:
        if any(code.startswith(sense.value[:2]) for code in certain):
            return sense
    return senses[0]


# ---- the words before and behind


@lru_cache(maxsize=10_000)
def _preposition_of(lang: str, word: str) -> str | None:
    """The role that a preposition gives, or None where the word is none."""
    names = (name.partition(":") for name in find_cues(lang, word))
    return next((role for kind, _, role in names if kind == "preposition" and role), None)


def _find_preposition(view: View, first: int) -> str | None:
    """The role of the preposition before token `first`, over nouns and adjectives that may stand between."""
    for i in range(first - 1, max(-1, first - _REACH), -1):
        role = _preposition_of(view.lang, view.words[i])
        if role is not None:
            return role
        if view.kinds[i] != "word" or view.sense(i, "place-head", "place-attribute") is None:
            return None
    return None


def _is_goods(view: View, i: int) -> bool:
    """Goods behind an adjective come from its country: «казахстанская мука», "Kazakh deliveries"."""
    return view.sense(i, "product") is not None or view.cue(i, "goods")


def _cases(senses: tuple[Sense, ...], value: str) -> set[str]:
    return {sense.case for sense in senses if sense.value == value and sense.case}


def _by_case(cases: set[str]) -> str:
    if not cases or "nom" in cases:
        return "subject"
    return next((role for case, role in _CASE_ROLES.items() if case in cases), "subject")


# ---- Russian


def _role_ru(view: View, named: _Named) -> str:
    hit, senses, sense = named.hit, named.senses, named.sense
    if sense.kind == "demonym" and sense.pos in ("adjective", "fixed"):
        return _role_of_adjective_ru(view, named)
    cases = _cases(senses, sense.value)
    preposition = _find_preposition(view, hit.first)
    before = view.hits[hit.first - 1]
    headed = view.has(hit.first - 1, "place-head")
    if preposition == "in-to":
        # «на рынок Китая»: the noun before the name tells; so does «в самой РК», whose name has no cases.
        told = before if before and (headed or not cases) else None
        return _in_or_to({case for s in told.senses if (case := s.case)} if told else cases)
    if preposition == "with":
        return "with" if "ins" in cases or not cases or headed else "from"
    return preposition or _by_case(cases)


def _in_or_to(cases: set[str]) -> str:
    """«в Россию» is where to, «в России» is where; «в Приморье» may be either and is read as where to."""
    return "in" if "loc" in cases and not {"acc", "nom"} <= cases else "to"


def _role_of_adjective_ru(view: View, named: _Named) -> str:
    """«в казахстанскую экономику»: the preposition governs the noun that follows the adjective."""
    following = named.hit.last + 1
    if _is_goods(view, following):
        return "from"
    if not view.has(following, "place-head"):
        return "adjective"
    cases = {sense.case for sense in named.senses if sense.case}
    preposition = _find_preposition(view, named.hit.first)
    if preposition is None:
        return "to" if "dat" in cases else "adjective"
    if preposition == "in-to":
        return "to" if "acc" in cases and "loc" not in cases else "in"
    return preposition


# ---- English


def _role_en(view: View, named: _Named) -> str:
    hit, sense = named.hit, named.sense
    plural = any(s.number == "pl" for s in named.senses)
    if sense.kind == "demonym" and not plural and any(s.pos in ("adjective", "fixed") for s in named.senses):
        if _is_goods(view, hit.last + 1):
            return "from"
        headed = view.has(hit.last + 1, "place-head")  # "to the Tajik market"
        return (_find_preposition(view, hit.first) if headed else None) or "adjective"
    quote = view.context.text(hit.first, hit.last + 1)
    if sense.case == "gen" or quote.endswith(("'s", "’s", "s'", "s’")):
        return "of"
    return _find_preposition(view, hit.first) or "subject"


# ---- Kazakh


def _role_kk(view: View, named: _Named) -> str:
    sense, following = named.sense, named.hit.last + 1
    for role in ("with", "via"):
        if view.cue(following, f"postposition:{role}"):
            return role
    if sense.form == "attributive":
        return "in" if sense.kind != "demonym" else "adjective"
    if sense.case not in (None, "nom"):
        return _KK_ROLES[sense.case]
    head = view.sense(following, "place-head")
    if head is not None:
        return _KK_ROLES[head.case] if head.case not in (None, "nom") else "of"
    if sense.kind == "demonym":
        if sense.number != "pl" and _is_goods(view, following):
            return "from"
        people = any(s.number == "pl" for s in named.senses)  # «қытайлықтар»
        return "subject" if people or (sense.pos == "noun" and sense.case is not None) else "adjective"
    return "between" if view.cue(following, "postposition:between") else "subject"


# ---- all together

_ROLES = {"kk": _role_kk, "ru": _role_ru, "en": _role_en}


def _is_linked(view: View, previous: Side, hit: Hit) -> bool:
    """Do only «и», "and", a comma or a dash stand between, and perhaps «соседний» or "the" before the name?"""
    gap = range(previous.last + 1, hit.first)
    if not 0 < len(gap) <= _GAP or not _is_joint(view, gap[0]):
        return False
    return all(_is_joint(view, i) or view.has(i, "place-attribute") for i in gap)


def _is_joint(view: View, i: int) -> bool:
    return view.is_dash(i) or view.words[i] == "," or view.cue(i, "side-and")


def _share_role(view: View, previous: Side, hit: Hit, own: str) -> str:
    """«с Россией и Китаем», «Казахстана и Узбекистана»: the second takes the first one's role."""
    if view.lang == "kk" or own not in ("subject", "of", "by"):
        return own
    if view.is_dash(hit.first - 1):
        return previous.role if own == "subject" else own
    return previous.role if previous.role != "adjective" else own


def _is_one_with(view: View, previous: Side, side: Side) -> bool:
    """«Алтайский край и республика Алтай»: two regions of a country together stand under the first one's code."""
    regions = "-" in previous.code and previous.code[:3] == side.code[:3] and previous.kind == side.kind == "place"
    return regions and previous.role == side.role != "between" and view.cue(side.first - 1, "side-and")


def find_sides(context: Context) -> list[Side]:
    """All sides of the text in order."""
    view = view_of(context)
    find_role = partial(_ROLES[context.lang], view)
    sides: list[Side] = []
    for named in _find_named(view):
        hit, role = named.hit, find_role(named)
        linked = bool(sides) and _is_linked(view, sides[-1], hit)
        if linked:
            role = _share_role(view, sides[-1], hit, role)
        side = Side(hit.first, hit.last, named.sense.value, role, named.sense.kind, linked)
        if linked and _is_one_with(view, sides[-1], side):
            continue
        if linked and view.lang == "kk" and role != "subject" and view.cue(hit.first - 1, "postposition:with"):
            sides[-1] = sides[-1]._replace(role=role)  # «А мен Б арасында», «А мен Б-ға»: the case stands once
        codes = list(dict.fromkeys(sense.value for sense in named.senses))
        if len(codes) == 2 and _is_compound(view, hit):
            sides += side._replace(code=codes[0]), side._replace(code=codes[1], linked=True)
        else:
            sides.append(side)
    return sides
