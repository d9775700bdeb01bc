"""Sides: every country, region and group of the text with the role that its case or preposition gives it.

The roles are the same for all languages: `with` (с Россией, Ресеймен), `to`, `from`, `of`, `subject`, `adjective`,
`in`, `between`, `by`, `via`. Case says who sells to whom; what it does not say is left to `claims`.
"""

from __future__ import annotations

from typing import NamedTuple

from ..lexicon import Hit, Sense
from .context import Context
from .quantities import _DASHES

_KINDS = frozenset(("place", "demonym", "capital", "city"))
_RU_ROLES = {
    "с": "with", "со": "with", "из": "from", "изо": "from", "от": "from", "для": "to", "между": "between",
    "через": "via", "у": "of", "за": "of", "к": "to", "против": "via", "среди": "in", "кроме": "via", "без": "via", "по": "of",
}  # fmt: skip
_RU_IN_TO = frozenset(("в", "во", "на"))
_EN_ROLES = {
    "with": "with", "to": "to", "into": "to", "from": "from", "of": "of", "in": "in", "between": "between", "by": "by",
    "for": "of", "via": "via", "through": "via", "at": "in", "within": "in", "across": "in", "inside": "in", "against": "via",
}  # fmt: skip
_KK_ROLES = {"gen": "of", "abl": "from", "dat": "to", "ins": "with", "loc": "in", "acc": "object", "nom": "subject"}
_AND = frozenset(
    ("и", "мен", "пен", "бен", "men", "pen", "ben", "and", "және", "jáne", "да", "а", "مەن", "پەن", "بەن", "mен", ",")
)
_KK_WITH = frozenset(("мен", "пен", "бен", "men", "pen", "ben", "مەن", "پەن", "بەن"))
# Words that may stand between a preposition and the place it governs.
_RU_BETWEEN = frozenset(
    "страны странами странам стране страной странах стран республики республикой республику республике соседней соседним соседнего соседнюю "
    "соседями государства государствами государств государствам компаниями партнёрами партнерами территории территорию рынок рынка рынке сторону сторон "
    "стороны областью области область край краем края краю столицу столице ближнего дальнего всеми всех самой самим нашей нашим другими "
    "братским братской дружественной дружественным основным главным крупнейшим".split()
)
_EN_BETWEEN = frozenset(
    "the its their neighbouring neighboring republic state states countries country of market republics all other our".split()
)


class Side(NamedTuple):
    """A place with its role; tokens `[first, last]`."""

    first: int
    last: int
    code: str
    role: str
    kind: str
    linked: bool = False  # joined to the side before by "and" or a dash


def find_sides(context: Context) -> list[Side]:
    """All sides of the text in order."""
    chosen: list[tuple[Hit, Sense, tuple[Sense, ...]]] = []
    for hit in context.hits:
        senses = tuple(s for s in hit.senses if s.kind in _KINDS)
        if senses and not any(s.kind == "currency" for s in hit.senses) and _named(context, hit, senses):
            chosen.append((hit, _pick(context, hit, senses), senses))
    sides: list[Side] = []
    previous: Side | None = None
    for hit, sense, senses in chosen:
        role = _role(context, hit, sense, senses)
        linked = previous is not None and _linked(context, previous, hit)
        if linked and previous is not None:
            role = _shared_role(context, previous, hit, role)
        side = Side(hit.first, hit.last, sense.value, role, sense.kind, linked)
        sides.append(side)
        values = list(dict.fromkeys(s.value for s in senses))
        if _compound(context, hit) and len(values) == 2:
            sides[-1] = side._replace(code=values[0])
            sides.append(side._replace(code=values[1], linked=True))
        previous = sides[-1]
    return sides


def _named(context: Context, hit: Hit, senses: tuple[Sense, ...]) -> bool:
    """A name of a place is written with a capital where the script has them; «us» and «osy» are no places."""
    if senses[0].value in ("ABROAD", "FAR-ABROAD", "NEAR-ABROAD", "WORLD"):
        return True
    return (
        context.script == "Arab"
        or senses[0].kind == "demonym"
        or context.document.text[context.tokens[hit.first].start].isupper()
    )


def _compound(context: Context, hit: Hit) -> bool:
    """One hyphenated token that names two sides: «казахстанско-китайский», «Қазақстан-Ресей»."""
    return hit.first == hit.last and "-" in context.tokens[hit.first].folded


def _pick(context: Context, hit: Hit, senses: tuple[Sense, ...]) -> Sense:
    """One meaning of an ambiguous name; РТ and КР are settled by what else the text names."""
    values = {s.value for s in senses}
    if len(values) == 1 or _compound(context, hit):
        return senses[0]
    named = {
        s.value
        for h in context.hits
        if h is not hit
        for s in h.senses
        if s.kind in _KINDS and len({x.value for x in h.senses if x.kind in _KINDS}) == 1
    }
    for sense in senses:
        if sense.value in named:
            return sense
    for sense in senses:
        if any(code.startswith(sense.value[:2]) for code in named):
            return sense
    return senses[0]


def _linked(context: Context, previous: Side, hit: Hit) -> bool:
    if hit.first - previous.last > 3:
        return False
    gap = [context.tokens[i].folded for i in range(previous.last + 1, hit.first)]
    return (
        bool(gap)
        and all(word in _AND or word in _DASHES for word in gap)
        or bool(gap)
        and gap[0] in _AND
        and all(w in _RU_ROLES or w in _RU_IN_TO or w in _AND or w in _EN_ROLES for w in gap)
        and False
    )


def _shared_role(context: Context, previous: Side, hit: Hit, own: str) -> str:
    """«с Россией и Китаем», «Казахстана и Узбекистана»: the second takes the first one's role."""
    gap = [context.tokens[i].folded for i in range(previous.last + 1, hit.first)]
    if context.lang == "kk":
        return own
    if own in ("subject", "of", "by") and gap[-1] not in _DASHES:
        return previous.role if previous.role != "adjective" else own
    if own in ("subject",) and gap[-1] in _DASHES:
        return previous.role
    return own


def _role(context: Context, hit: Hit, sense: Sense, senses: tuple[Sense, ...]) -> str:
    if context.lang == "kk":
        return _role_kk(context, hit, sense, senses)
    if context.lang == "ru":
        return _role_ru(context, hit, sense, senses)
    return _role_en(context, hit, sense)


def _preposition(context: Context, hit: Hit, known: frozenset[str] | set[str], between: frozenset[str]) -> str | None:
    for i in range(hit.first - 1, max(-1, hit.first - 5), -1):
        token = context.tokens[i]
        if token.folded in known:
            return token.folded
        if token.kind != "word" or token.folded not in between:
            return None
    return None


_RU_KNOWN = frozenset(_RU_ROLES) | _RU_IN_TO


def _role_ru(context: Context, hit: Hit, sense: Sense, senses: tuple[Sense, ...]) -> str:
    if sense.kind == "demonym" and sense.pos in ("adjective", "fixed"):
        return _role_of_adjective(context, hit, senses)
    cases = {s.case for s in senses if s.value == sense.value and s.case}
    preposition = _preposition(context, hit, _RU_KNOWN, _RU_BETWEEN)
    governed = hit.first > 0 and context.tokens[hit.first - 1].folded in _RU_BETWEEN
    if preposition in _RU_IN_TO:
        if governed:
            noun = context.tokens[hit.first - 1].folded
            if noun in (
                "рынок",
                "страны",
                "сторону",
                "территорию",
                "республику",
                "столицу",
                "область",
                "край",
                "государства",
            ):
                return "to"
            return "in"
        if "acc" in cases and "loc" not in cases:
            return "to"
        if "acc" in cases and "nom" in cases:
            return "to"
        return "in" if "loc" in cases else "to"
    if preposition in ("с", "со"):
        return "with" if "ins" in cases or not cases or governed else "from"
    if preposition:
        return _RU_ROLES[preposition]
    if not cases or "nom" in cases:
        return "subject"
    for case, role in (("gen", "of"), ("dat", "to"), ("ins", "by"), ("acc", "object"), ("loc", "in")):
        if case in cases:
            return role
    return "subject"


_GOODS = (
    "товар",
    "продукц",
    "груз",
    "зерн",
    "мук",
    "нефт",
    "газ",
    "өнім",
    "бидай",
    "астық",
    "ұн",
    "мұнай",
    "тауар",
    "goods",
    "product",
    "deliver",
    "shipment",
    "oil",
    "ónim",
    "taýar",
    "тауар",
)
_RU_HEADS = (
    "экономик",
    "рынок",
    "рынк",
    "территор",
    "сторон",
    "партн",
    "границ",
    "компани",
    "предприят",
    "потребител",
    "покупател",
    "инвестор",
    "регион",
    "област",
)


def _role_of_adjective(context: Context, hit: Hit, senses: tuple[Sense, ...]) -> str:
    """«в казахстанскую экономику»: the preposition governs the noun that follows the adjective."""
    following = context.tokens[hit.last + 1].folded if hit.last + 1 < len(context.tokens) else ""
    before = context.tokens[hit.first - 1].folded if hit.first else ""
    if following.startswith(_GOODS):
        return "from"
    cases = {s.case for s in senses if s.case}
    if following.startswith(_RU_HEADS) and before not in _RU_KNOWN and "dat" in cases:
        return "to"
    if following.startswith(_RU_HEADS) and before in _RU_KNOWN:
        if before in _RU_IN_TO:
            return "to" if any(s.case == "acc" for s in senses) and not any(s.case == "loc" for s in senses) else "in"
        return _RU_ROLES[before]
    return "adjective"


_EN_KNOWN = frozenset(_EN_ROLES)


def _role_en(context: Context, hit: Hit, sense: Sense) -> str:
    if sense.kind == "demonym" and sense.pos in ("adjective", "fixed"):
        following = context.tokens[hit.last + 1].folded if hit.last + 1 < len(context.tokens) else ""
        return "from" if following.startswith(_GOODS) else "adjective"
    quote = context.text(hit.first, hit.last + 1)
    if quote.endswith(("'s", "’s", "s'", "s’")) or sense.case == "gen":
        return "of"
    preposition = _preposition(context, hit, _EN_KNOWN, _EN_BETWEEN)
    return _EN_ROLES[preposition] if preposition else "subject"


def _role_kk(context: Context, hit: Hit, sense: Sense, senses: tuple[Sense, ...]) -> str:
    following = context.tokens[hit.last + 1].folded if hit.last + 1 < len(context.tokens) else ""
    if following in _KK_WITH:
        return "with"
    if following.startswith(("арқылы", "arqyly", "ارقىلى")):
        return "via"
    if sense.form == "attributive":
        return "in" if sense.kind != "demonym" else "adjective"
    case = sense.case
    if case in (None, "nom"):
        head = _head_case(context, hit)
        if head:
            return _KK_ROLES[head] if head != "nom" else "of"
        if sense.kind == "demonym" and following.startswith(_GOODS):
            return "from"
        if sense.kind == "demonym":
            return "adjective" if sense.pos != "noun" or case is None else "subject"
        if following.startswith(("арасында", "arasynda", "اراسىندا")):
            return "between"
    return _KK_ROLES.get(case or "nom", "subject")


def _head_case(context: Context, hit: Hit) -> str | None:
    """«иран нарығына», «серб жұртына»: the case stands on the noun that follows the name."""
    for next_hit in context.hits:
        if next_hit.first == hit.last + 1:
            for sense in next_hit.senses:
                if sense.kind == "place-head":
                    return sense.case or "nom"
    return None
