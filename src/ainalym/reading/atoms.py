"""Atoms of time: a year, months, a quarter, a count of months, a day, as they stand in a text, one by one.

`periods` joins them to mentions and gives them dates.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from .money import find_currency_before
from .numbers import find_ending, read_digits, read_words
from .view import View

_FIRST_YEAR, _LAST_YEAR = 1985, 2069
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "і": 1, "іі": 2, "ііі": 3, "іv": 4, "ı": 1, "ıı": 2, "ııı": 3, "ıv": 4}
_AMOUNT = ("scale", "currency", "unit", "times", "multiplier", "amount")
_COUNTED = ("companies", "projects", "tourism", "products")
_COMPARED = ("same-period", "year-before", "year-on-year")
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11)}
_MODAL_MONTHS = ("may", "march")  # English words too, in lower case
_NO_COUNT = frozenset((".", ",", "،", "%"))
_SPAN_SIGNS = frozenset("-–—−‑/")


class Atom(NamedTuple):
    """Tokens `[first, last]` and what they say.

    year, quarter, half, month: its number; months, years, season: the first and the last; count: so many months; span:
    so many years; day: year (0 where unsaid), month and day; when, compare: the value in the lexicon; skip: a duration
    that is no period.
    """

    first: int
    last: int
    kind: str
    number: int = 0
    pair: tuple[int, int] = (0, 0)
    value: str = ""
    day: tuple[int, int, int] = (0, 0, 0)


def find_atoms(view: View) -> Iterator[Atom]:
    """The atoms of a text in order."""
    done = -1
    starts = view.starts("time")
    if not _ROMAN.keys().isdisjoint(view.words):
        starts = sorted({*starts, *(i for i, word in enumerate(view.words) if word in _ROMAN)})
    for i in starts:
        if i > done:
            atom = _find_in_digits(view, i) if view.kinds[i] == "number" else _find_in_words(view, i)
            if atom is not None:
                yield atom
                done = atom.last


def _calendar(view: View, i: int) -> str:
    """The unit of the calendar that stands at token i: year, quarter, half, month, season, week, day."""
    sense = view.sense(i, "calendar", "duration")
    return sense.value if sense else ""


# ---- in digits


def _find_in_digits(view: View, i: int) -> Atom | None:
    return _find_date(view, i) or _find_day(view, i) or _find_years(view, i) or _find_year(view, i) or _count(view, i)


def _find_date(view: View, i: int) -> Atom | None:
    """24.11.2022, 24/11/2022 and 2022-11-24."""
    sign = view.words[i + 1]
    if sign not in (".", "/", "-") or view.words[i + 3] != sign or not (view.glues(i + 1) and view.glues(i + 3)):
        return None
    parts = view.words[i], view.words[i + 2], view.words[i + 4]
    if not all(part.isdecimal() for part in parts):
        return None
    sizes = tuple(map(len, parts))
    first, month, last = map(int, parts)
    if sizes == (4, 2, 2):
        return Atom(i, i + 4, "day", day=(first, month, last))
    return Atom(i, i + 4, "day", day=(last, month, first)) if sizes[2] == 4 and max(sizes[:2]) <= 2 else None


def _find_day(view: View, i: int) -> Atom | None:
    """24 November, 9 қараша, 21–23 сәуірде."""
    at = i + 2 if view.is_dash(i + 1) and view.kinds[i + 2] == "number" else i
    day = view.words[at]
    at, _ = find_ending(view, at)
    month = view.sense(at + 1, "month")
    if month is None or len(view.words[i]) > 2 or len(day) > 2 or not 1 <= int(day) <= 31:
        return None
    return Atom(i, view.last(at + 1), "day", day=(0, int(month.value), int(day)))


def _find_years(view: View, i: int) -> Atom | None:
    """2016-2017 годах, 2025–2028, 2025-26: years, or a season that runs over the new year."""
    left, right = view.words[i], view.words[i + 2]
    if (
        len(left) != 4
        or view.words[i + 1] not in _SPAN_SIGNS
        or view.kinds[i + 2] != "number"
        or len(right) not in (2, 4)
    ):
        return None
    start, end = int(left), int(right if len(right) == 4 else left[:2] + right)
    if not _FIRST_YEAR <= start < end <= _LAST_YEAR:
        return None
    last, unit = i + 2, _calendar(view, i + 3)
    if unit in ("year", "season"):
        last = view.last(i + 3)
    named = unit == "season" or any(_calendar(view, j) == "season" for j in (i - 1, i - 2, i - 3))
    crop = named or (unit != "year" and (len(right) == 2 or view.words[i + 1] == "/"))
    return Atom(i, last, "season" if crop else "years", pair=(start, end))


def _find_year(view: View, i: int) -> Atom | None:
    word = view.words[i]
    if len(word) != 4 or not word.isdecimal() or not _FIRST_YEAR <= int(word) <= _LAST_YEAR:
        return None
    if _is_part_of_number(view, i) or find_currency_before(view, i) is not None:
        return None
    if view.is_dash(i + 1) and _calendar(view, i + 2) == "year" and view.tokens[i + 2].start - view.tokens[i].end <= 3:
        return Atom(i, view.last(i + 2), "year", int(word))
    last, _ = find_ending(view, i)
    if _calendar(view, last + 1) == "year":
        return Atom(i, view.last(last + 1), "year", int(word))
    if view.words[last + 1] == "%" or view.sense(last + 1, *_AMOUNT) is not None:
        return None
    if last == i and view.has(i + 1, "indicator", *_COUNTED):
        return None
    return Atom(i, last, "year", int(word))


def _is_part_of_number(view: View, i: int) -> bool:
    """Does the year's number go on after a separator, or follow one («1.2024», «2024,5»)?"""
    after = view.words[i + 1] in (".", ",", "،") and view.kinds[i + 2] == "number" and view.glues(i + 1)
    before = view.words[i - 1] in (".", ",", "،") and view.kinds[i - 2] == "number" and view.touches(i - 1)
    return after or before


# ---- in words


def _find_in_words(view: View, i: int) -> Atom | None:
    """Names of months, «былтыр», «первое полугодие», «үшінші тоқсан», «девять месяцев»."""
    return _find_month(view, i) or _find_when(view, i) or _find_part(view, i) or _count(view, i)


def _find_month(view: View, i: int) -> Atom | None:
    hit = view.hits[i]
    months = list(dict.fromkeys(int(sense.value) for sense in hit.senses if sense.kind == "month")) if hit else []
    if hit is None or not months or _is_common_word(view, i):
        return None
    if len(months) > 1:
        return Atom(i, hit.last, "months", pair=(months[0], months[-1]))
    if _is_day_after(view, hit.last + 1):
        return Atom(i, hit.last + 1, "day", day=(0, months[0], int(view.words[hit.last + 1])))
    return Atom(i, hit.last, "month", months[0])


def _is_common_word(view: View, i: int) -> bool:
    """«may» and «march» are months with a capital only."""
    return view.words[i] in _MODAL_MONTHS and view.context.document.text[view.tokens[i].start].islower()


def _is_day_after(view: View, i: int) -> bool:
    """English "August 7": a day follows the month."""
    word = view.words[i]
    if view.lang != "en" or not word.isdecimal() or len(word) > 2 or not 1 <= int(word) <= 31:
        return False
    return view.words[i + 1] not in ("%", ".") or not view.touches(i)


def _find_when(view: View, i: int) -> Atom | None:
    hit = view.hits[i]
    for sense in hit.senses if hit else ():
        if sense.kind == "when" and sense.value in _SEASONS:
            return Atom(i, view.last(i), "months", pair=_SEASONS[sense.value], value="season")
        if sense.kind == "when" or (sense.kind == "compare" and sense.value in _COMPARED):
            return Atom(i, view.last(i), sense.kind, value=sense.value)
        if sense.kind in ("calendar", "duration") and sense.value == "half" and view.lang != "en":
            return Atom(i, view.last(i), "when", value="half-1")
    return None


def _find_part(view: View, i: int) -> Atom | None:
    """«үшінші тоқсан», «III квартал», "Q3", "first three quarters"."""
    if view.has(i, "fraction", "3/4") and view.cue(i - 1, "first-of"):
        return Atom(i, view.last(i), "count", 9)
    part, number = _calendar(view, i), view.words[i + 1]
    if part in ("quarter", "half") and view.touches(i) and number in ("1", "2", "3", "4"):
        return Atom(i, i + 1, part, int(number))
    return _find_ordinal(view, i) or _find_roman(view, i)


def _find_ordinal(view: View, i: int) -> Atom | None:
    ordinal = view.sense(i, "ordinal")
    part = _calendar(view, view.last(i) + 1)
    if ordinal is None or part not in ("quarter", "half"):
        return None
    return Atom(i, view.last(view.last(i) + 1), part, int(ordinal.value))


def _find_roman(view: View, i: int) -> Atom | None:
    if view.words[i] not in _ROMAN:
        return None
    at = i + 2 if view.is_dash(i + 1) else i + 1
    part = _calendar(view, at)
    return Atom(i, view.last(at), part, _ROMAN[view.words[i]]) if part in ("quarter", "half") else None


# ---- counted


def _count(view: View, i: int) -> Atom | None:
    """«9 месяцев», «екі айы», «1 тоқсан», «үш тоқсанда», "five years"."""
    digits = view.kinds[i] == "number"
    if digits and (len(view.words[i]) > 3 or view.words[i + 1] in _NO_COUNT):
        return None
    if digits:
        last, value = read_digits(view, i)
    else:
        last, value = read_words(view, i) or (i, None)
    if value is None or value != int(value) or not 1 <= value <= 100:
        return None
    number = int(value)
    after, ending = find_ending(view, last)
    at = after + 1 if ending == "ordinal" else last + 1
    if view.is_dash(at) and view.glues(at):
        at += 1  # «3-тоқсан»
    unit = _calendar(view, at)
    if not unit:
        return None
    end = view.last(at)
    if unit == "quarter" and number <= 4:
        counted = ending is None and (not digits or view.cue(i - 1, "first-of") or _is_english_plural(view, at))
        return Atom(i, end, "count", 3 * number) if counted and number > 1 else Atom(i, end, "quarter", number)
    if unit == "half" and number <= 2:
        return Atom(i, end, "half", number)
    if unit == "month" and number <= 12:
        return Atom(i, end, "count", number)
    return Atom(i, end, "span" if unit == "year" else "skip", number)


def _is_english_plural(view: View, i: int) -> bool:
    sense = view.sense(i, "calendar", "duration")
    return view.lang == "en" and sense is not None and sense.number == "pl"
