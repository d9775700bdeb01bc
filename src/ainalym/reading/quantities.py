"""Quantities: a number with its unit, as one span, and what two neighbouring ones are to each other.

Nothing here decides what is counted: that is `claims`.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from ..lexicon import Hit, Sense, lookup
from .context import Context
from .memo import per_senses
from .money import find_currency_before, is_spelled
from .numbers import Number, find_ending, find_part_of_scale, find_scale, read_digits, read_number
from .view import DASHES, View, view_of

_DASHES = DASHES
_NOUN_REACH = 5
_ENDS_NOUN = frozenset(("duration", "calendar", "month", "when", "reach", "change"))
_COUNTED = {"companies": "count", "projects": "count", "products": "count", "transit": "count", "tourism": "people"}
_RELATIVE = frozenset(("percent", "times", "ordinal", "fraction"))
# What a unit is in the unit of the statistics, times and divided by: kilograms in tonnes, percent in fractions.
_BASE = {
    "kg": ("t", 1, 1000),
    "centner": ("t", 1, 10),
    "MWh": ("kWh", 1000, 1),
    "GWh": ("kWh", 1_000_000, 1),
    "TWh": ("kWh", 1_000_000_000, 1),
    "bcm": ("m3", 1_000_000_000, 1),
    "percent": ("percent", 1, 100),
}


class Quantity(NamedTuple):
    """A figure with its unit. Token indexes are inclusive; `start`, `end` are the characters of the number alone."""

    first: int
    last: int
    start: int
    end: int
    value: Decimal
    unit: str | None  # ISO 4217, a unit of the lexicon, "percent", "times", "ordinal", "fraction" or None
    scale: Decimal = Decimal(1)
    case: str | None = None  # grammatical case of the whole, where an ending tells it
    words: bool = False
    noun: Hit | None = None  # the counted noun, where a noun was found
    ratio: bool = False  # a multiplier in one word or verb: вдвое, doubled
    role: str = ""  # "low" and "high" of a range, "from" and "to" of a pair
    code: bool = False  # money whose currency stands in the text


class _Unit(NamedTuple):
    """What a number is a number of: the last token, the unit's name, its noun, and how many of it make one (cents)."""

    last: int
    name: str
    noun: Hit | None = None
    parts: int = 1


# ---- units


@per_senses
def _measures(senses: tuple[Sense, ...]) -> tuple[tuple[str, str], ...]:
    """The units that a word may be, as (kind, name)."""
    found = []
    for sense in senses:
        if sense.kind in ("currency", "subunit") or (sense.kind == "unit" and sense.value not in ("people", "count")):
            found.append((sense.kind, sense.value))
        elif sense.kind == "times" or (sense.kind == "multiplier" and sense.value == "x"):
            found.append(("times", "times"))
    return tuple(found)


@per_senses
def _counted(senses: tuple[Sense, ...]) -> str | None:
    """`people` or `count` for a noun that is counted, `` for a word that ends the search, None for any other."""
    for sense in senses:
        if sense.kind == "unit" and sense.pos != "verb":
            return sense.value
        if sense.kind == "indicator" and sense.pos == "noun" and sense.value in _COUNTED:
            return _COUNTED[sense.value]
    return "" if any(sense.kind in _ENDS_NOUN for sense in senses) else None


def _find_unit(view: View, i: int) -> _Unit | None:
    """The unit that starts at token i: a sign, a currency («АҚШ доллары»), a measure, or «есе», «раза»."""
    if view.words[i] == "%":
        return _Unit(i, "percent")
    hit = view.hits[i]
    if hit is None:
        return None
    if view.has(i, "demonym") and view.has(hit.last + 1, "currency"):
        hit = view.hits[hit.last + 1] or hit
    for kind, name in _measures(hit.senses):
        if kind == "currency" and not is_spelled(view, hit):
            continue
        return _Unit(hit.last, name, hit, 100 if kind == "subunit" else 1)
    return None


def _find_counted(view: View, i: int, stop: int) -> _Unit | None:
    """A noun counted by the number that ends before token i, some adjectives later."""
    j = i
    while j < min(i + _NOUN_REACH, stop) and view.kinds[j] == "word":
        hit = view.hits[j]
        if hit is not None:
            name = _counted(hit.senses)
            if name is not None:
                return _Unit(hit.last, name, hit) if name else None
            j = hit.last
        j += 1
    return None


# ---- cases


def _case_of(hit: Hit | None) -> str | None:
    return next((sense.case for sense in hit.senses if sense.case), None) if hit else None


def _case_at(view: View, first: int, last: int) -> str | None:
    """The case of the word or phrase of a number that ends at token `last`."""
    for i in range(last, first - 1, -1):
        hit = view.hits[i]
        if hit is not None and hit.last == last:
            return _case_of(hit)
    return None


# ---- numbers that count nothing


def _is_label(view: View, i: int, last: int) -> bool:
    """«№ 5», 10:30, 24/7, 8-800-500, Су-30, 123-ФЗ: a name, a time or a code, no amount."""
    if view.cue(i - 1, "numbered") or find_ending(view, last)[1] == "law":
        return True
    return _is_chained(view, i - 1, -1) or _is_chained(view, last + 1, 1) or _is_model(view, i, last)


def _is_chained(view: View, i: int, step: int) -> bool:
    """Does token i join one number to another as in 10:30 and 24/7, or in a chain of three as in 8-800-500?"""
    beyond, back = i + step, i - 2 * step
    if view.kinds[beyond] != "number" or not view.glues(i):
        return False
    if view.words[i] != "-":
        return view.words[i] in (":", "/")
    if view.words[back] == "-" and view.kinds[back - step] == "number" and view.glues(back):
        return True
    return view.words[beyond + step] == "-" and view.kinds[beyond + 2 * step] == "number" and view.glues(beyond + step)


def _is_model(view: View, i: int, last: int) -> bool:
    """Су-30, G-20: a number that hangs on a word by a hyphen, and has no unit."""
    return (
        view.words[i - 1] == "-"
        and view.kinds[i - 2] == "word"
        and view.glues(i - 1)
        and view.words[last + 1] != "%"
        and view.sense(last + 1, "scale", "unit", "currency", "multiplier", "times") is None
        and find_ending(view, last)[1] is None
    )


# ---- one quantity


def _find_quantity(view: View, i: int, stop: int, taken: set[int]) -> Quantity | None:
    """The quantity that starts at token i, or None. A currency before the number belongs to it."""
    if view.kinds[i] == "number":
        if i in taken:
            return None
        return _find_digit_fraction(view, i) or _find_measured(view, i, stop)
    multiplier = view.sense(i, "multiplier")
    if multiplier is not None and multiplier.value != "x" and "-" not in view.words[i]:
        return _make_ratio(view, i, Decimal(multiplier.value))
    if view.has(i, "fraction") and find_part_of_scale(view, i) is None:
        return _make_fraction(view, i)
    return _find_measured(view, i, stop)


def _make_ratio(view: View, i: int, value: Decimal) -> Quantity:
    """«вдвое», «екі есе», "tripled"."""
    end = view.last(i)
    last = end + 1 if view.has(end + 1, "times") else end
    start = view.tokens[i].start
    return Quantity(i, last, start, view.tokens[end].end, value, "times", words=True, ratio=True)


def _make_fraction(view: View, i: int) -> Quantity:
    """«треть», «үштен бір», "two fifths"."""
    last = view.last(i)
    value = _divide(Fraction(view.facts[i]["fraction"].value))
    case = _case_of(view.hits[i])
    start, end = view.tokens[i].start, view.tokens[last].end
    return Quantity(i, last, start, end, value, "fraction", case=case, words=True)


def _find_digit_fraction(view: View, i: int) -> Quantity | None:
    """«на 1/3»: a proper fraction with one digit below; 24/7 and 2022/23 are none."""
    over, under = view.words[i], view.words[i + 2]
    if view.words[i + 1] != "/" or view.kinds[i + 2] != "number" or len(under) != 1 or not view.glues(i + 1):
        return None
    if not 0 < int(over) < int(under) or view.words[i + 3] == "/":
        return None
    last, case = find_ending(view, i + 2)
    value = _divide(Fraction(int(over), int(under)))
    return Quantity(i, last, view.tokens[i].start, view.tokens[i + 2].end, value, "fraction", case=case, words=True)


def _divide(part: Fraction) -> Decimal:
    return (Decimal(part.numerator) / Decimal(part.denominator)).quantize(Decimal("0.0001")).normalize()


def _find_measured(view: View, i: int, stop: int) -> Quantity | None:
    number = read_number(view, i)
    if number is None or (not number.words and _is_label(view, i, number.last)):
        return None
    start, end = view.tokens[i].start, view.tokens[number.surface].end
    last, case = find_ending(view, number.last)
    if case == "ordinal":
        return Quantity(i, last, start, end, number.value, "ordinal") if number.scale == 1 else None
    case = case or _case_at(view, i, number.last)
    first, unit, code = i, None, False
    before = find_currency_before(view, i)
    if before is not None:
        first, code = before[0], True
        unit = _Unit(last, before[1])
        trailing = _find_unit(view, last + 1)
        if trailing is not None and trailing.name == unit.name:
            unit = trailing
    else:
        unit, code = _find_unit_behind(view, last, stop)
    if unit is not None and (before is not None or code):
        last, ending = find_ending(view, unit.last)
        case = ending or _case_of(unit.noun) or case
    elif unit is not None:
        case = _case_of(unit.noun) or case
    if not _is_amount(view, i, number, unit):
        return None
    value, name = _to_base(number.value, unit)
    noun = unit.noun if unit else None
    return Quantity(first, last, start, end, value, name, number.scale, case, number.words, noun, code=code)


def _find_unit_behind(view: View, last: int, stop: int) -> tuple[_Unit | None, bool]:
    """The unit behind the number that ends at token `last`, and whether it stands there itself or is a noun counted."""
    step = last + 1
    if view.is_dash(step) and view.glues(step):
        step += _find_unit(view, step + 1) is not None  # "5-percent", «68,6-кратный»
    elif view.has(step, "hedge") and _find_unit(view, view.last(step) + 1) is not None:
        step = view.last(step) + 1  # «8 мыңнан астам тонна»
    unit = _find_unit(view, step)
    return (unit, True) if unit is not None else (_find_counted(view, step, stop), False)


def _is_amount(view: View, i: int, number: Number, unit: _Unit | None) -> bool:
    """A small number in words is an amount only beside its unit: «екі ел» and «один раз» are none."""
    if not number.words or number.scale != 1:
        return True
    if unit is None or "-" in view.words[i] or (unit.name == "times" and number.value == 1):
        return False
    far = unit.noun is not None and unit.noun.first - number.last > 2
    return not (far and unit.name in ("count", "people"))


def _find_word_range(view: View, i: int, stop: int) -> list[Quantity]:
    """«два-три раза», «екі-үш есе»: two numbers in one word, the ends of a range."""
    words = view.words[i].split("-")
    text, token = view.context.document.text, view.tokens[i]
    middle = text.find("-", token.start, token.end)
    if len(words) != 2 or middle < 0:
        return []
    values = [Decimal(s.value) for word in words for s in lookup(view.lang, word)[:1] if s.kind == "number"]
    last, scale = find_scale(view, i) or (i, Decimal(1))
    unit, code = _find_unit_behind(view, last, stop)
    if len(values) != 2 or not values[0] < values[1] or (unit is None and scale == 1):
        return []
    last = unit.last if unit and code else last
    noun = unit.noun if unit else None
    ends = (("low", values[0], token.start, middle), ("high", values[1], middle + 1, token.end))
    return [
        Quantity(
            i, last, start, end, *_to_base(value * scale, unit), scale, _case_of(noun), True, noun, False, role, code
        )
        for role, value, start, end in ends
    ]


def _to_base(value: Decimal, unit: _Unit | None) -> tuple[Decimal, str | None]:
    if unit is None:
        return value, None
    name, times, parts = _BASE.get(unit.name, (unit.name, 1, 1))
    parts *= unit.parts
    return (value if times == parts == 1 else value * times / parts), name


# ---- pairs


def _find_role(view: View, left: Quantity, right: Quantity, taken: set[int]) -> tuple[str, str] | None:
    """What two neighbouring figures are to each other: ends of a range, or the earlier and the later amount."""
    if left.unit not in (None, right.unit):
        return None
    gap = range(left.last + 1, right.first)
    before = left.first - 1
    if len(gap) == 1 and view.is_dash(gap[0]):
        return ("low", "high") if right.unit != "ordinal" and left.value < right.value * 1000 else None
    if gap and view.cue(gap[-1], "pair-to"):
        if view.cue(before, "pair-from"):
            return "from", "to"
        return ("low", "high") if len(gap) == 1 and view.cue(before, "low") else None
    if len(gap) == 1 and view.cue(gap[0], "low-and") and view.cue(before, "low"):
        return "low", "high"
    if len(gap) == 1 and view.cue(gap[0], "low-and") and left.unit is None and left.scale == 1 and right.scale > 1:
        return "", ""  # «48,5 и 31,5 млн соответственно»
    if view.lang == "kk" and left.case == "abl" and right.case == "dat" and taken.issuperset(gap):
        return "from", "to"
    return None


def _share_unit(left: Quantity, right: Quantity, role: str) -> Quantity:
    """The left figure with what it shares with the right one: «1,2-1,3 млн тонн», «с 1,5 до 78 млн долларов»."""
    same = left.scale == 1 and right.scale > 1 and left.unit == right.unit and role in ("low", "")
    if left.unit is not None and not same:
        return left
    scaled = left.scale == 1 and right.scale > 1 and left.value * right.scale <= right.value * 100
    factor = right.scale if scaled else Decimal(1)
    share = Decimal("0.01") if right.unit == "percent" and left.unit is None else Decimal(1)
    value, scale = left.value * factor * share, max(left.scale, factor)
    return left._replace(unit=right.unit, value=value, scale=scale, noun=right.noun, code=right.code)


def _is_start(view: View, reached: Quantity, q: Quantity) -> bool:
    """ "To $610 million from $905 million": the level that a change set out from, named last."""
    gap = range(reached.last + 1, q.first)
    if not 0 < len(gap) <= 3 or q.unit not in (None, reached.unit) or any(view.kinds[i] == "sign" for i in gap):
        return False
    return view.cue(q.first - 1, "pair-from") and view.cue(reached.first - 1, "pair-to")


def _mark_earlier(view: View, done: list[Quantity]) -> None:
    """«8 млн против 5 млн», «было 5, стало 8 млн»: the earlier amount takes the unit of the other."""
    for k, q in enumerate(done):
        if k and q.unit not in _RELATIVE and (view.cue(q.first - 1, "instead") or _is_start(view, done[k - 1], q)):
            other = done[k - 1]
            done[k] = (q if other.unit in _RELATIVE else _share_unit(q, other, "from"))._replace(role="from")
        elif k + 1 < len(done) and view.cue(q.first - 1, "was") and view.cue(done[k + 1].first - 1, "became"):
            done[k] = _share_unit(q, done[k + 1], "low")._replace(role="from")


def _pair_up(view: View, quantities: list[Quantity], taken: set[int]) -> list[Quantity]:
    done = list(quantities)
    _mark_earlier(view, done)
    for k in range(len(done) - 1):
        left, right = done[k], done[k + 1]
        roles = _find_role(view, left, right, taken)
        if roles is not None:
            done[k] = _share_unit(left, right, roles[0])._replace(role=roles[0])
            done[k + 1] = right._replace(role=roles[1])
    return done


def _find_figures(view: View, i: int, stop: int, taken: set[int]) -> list[Quantity]:
    """The quantity that starts at token i, or the two of a range in one word."""
    ranged = _find_word_range(view, i, stop) if "-" in view.words[i] else []
    if ranged:
        return ranged
    quantity = _find_quantity(view, i, stop, taken)
    return [] if quantity is None else [quantity]


def find_quantities(context: Context, taken: set[int]) -> list[Quantity]:
    """All quantities of the text in order; `taken` are tokens that belong to dates and periods."""
    view = view_of(context)
    starts = view.starts("figure")
    found: list[Quantity] = []
    at = 0
    done = -1
    for first, stop in context.sentences:
        here: list[Quantity] = []
        done = max(done, first - 1)
        while at < len(starts) and starts[at] < stop:
            i, at = starts[at], at + 1
            if i <= done:
                continue
            figures = _find_figures(view, i, stop, taken)
            here += figures
            if figures:
                done = figures[-1].last
            elif view.kinds[i] == "number":
                done = read_digits(view, i)[0]  # no part of an ambiguous number is a figure
        found.extend(_pair_up(view, here, taken) if len(here) > 1 else here)
    return found
