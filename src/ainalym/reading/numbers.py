"""Numbers: in digits with any separators, in words, and mixed with their scale («2 млрд 526 млн», «полтора миллиарда»).

A comma is a decimal sign in Kazakh and Russian and a thousands sign in English; a number that can be read in two ways
is left out. Nothing here looks at units.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from ..lexicon import lookup
from .view import View

_MARKS = {",": ",", ".": ".", "،": ",", "٫": ",", "٬": "'", "'": "'", "’": "'"}
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_SPACES = frozenset(" \u00a0\u2009\u202f")
_HALF = Decimal("0.5")
_BILLION = Decimal(10**9)
_THOUSAND = Decimal(1000)


class Number(NamedTuple):
    """A number with its scale: its last token, the last token of what is printed as the number, and its value."""

    last: int
    surface: int
    value: Decimal
    scale: Decimal = Decimal(1)
    words: bool = False


# ---- digits


def read_digits(view: View, i: int) -> tuple[int, Decimal | None]:
    """The number in digits that starts at token i: its last token and its value, None where it is ambiguous."""
    digits, last = view.words[i].translate(_DIGITS), i
    if view.words[i + 1] not in _MARKS and view.kinds[i + 1] != "number":
        return i, _decode_plain(digits)
    pieces = [("", digits)]
    while True:
        following = view.words[last + 1]
        if view.kinds[last + 1] == "number" and _is_group(view, last, pieces):
            last += 1
            pieces.append((" ", following.translate(_DIGITS)))
        elif following in _MARKS and view.kinds[last + 2] == "number" and view.glues(last + 1):
            last += 2
            pieces.append((_MARKS[following], view.words[last].translate(_DIGITS)))
        else:
            break
    return last, _decode(view, pieces, last)


def _is_group(view: View, last: int, pieces: list[tuple[str, str]]) -> bool:
    """Is the next number a group of three digits of the same number ("13 800")?"""
    head = pieces[0][1]
    return (
        len(view.words[last + 1]) == 3
        and len(head) <= 3
        and head[0] != "0"
        and all(mark == " " for mark, _ in pieces[1:])
        and view.space(last) in _SPACES
    )


def _decode_plain(digits: str) -> Decimal | None:
    """A number with no separator; one with zeros in front is a code."""
    return Decimal(digits) if digits[0] != "0" or len(digits) == 1 else None


def _decode(view: View, pieces: list[tuple[str, str]], last: int) -> Decimal | None:
    spaced = [digits for mark, digits in pieces if mark in ("", " ")]
    marked = pieces[len(spaced) :]
    whole = "".join(spaced)
    if not marked:
        return _decode_plain(whole)
    if len(marked) > 1:
        return _decode_groups(whole, marked)
    mark, tail = marked[0]
    groups = len(spaced) == 1 and len(tail) == 3 and len(whole) <= 3 and whole[0] != "0"
    if mark == "'":
        return Decimal(whole + tail) if groups else None
    if not groups:
        return Decimal(f"{whole}.{tail}")
    return _decode_three(view, mark, whole, tail, last)


def _decode_groups(whole: str, marked: list[tuple[str, str]]) -> Decimal | None:
    """«1.844.036.360,12», "14,700,000": groups of three with one sign, and perhaps a decimal part with the other."""
    *groups, (mark, tail) = marked
    if len(whole) > 3 or any(len(digits) != 3 for _, digits in groups) or len({sign for sign, _ in groups}) > 1:
        return None
    integer = whole + "".join(digits for _, digits in groups)
    if mark == groups[0][0]:
        return Decimal(integer + tail) if len(tail) == 3 else None
    return Decimal(f"{integer}.{tail}")


def _decode_three(view: View, mark: str, whole: str, tail: str, last: int) -> Decimal | None:
    """One sign and three digits behind it: a decimal part or thousands, by the language, the scale and the text."""
    decimal, thousands = Decimal(f"{whole}.{tail}"), Decimal(whole + tail)
    english = view.lang == "en"
    scale = view.sense(last + 1, "scale")
    if mark == ("." if english else ","):
        return decimal
    if not english and scale is not None:
        return decimal
    if english and scale is None:
        return thousands
    if english and scale is not None and _scale(scale.value) >= _BILLION:
        return decimal
    if view.decimal_mark is None:
        return None
    return decimal if view.decimal_mark == mark else thousands


# ---- words


def read_words(view: View, i: int) -> tuple[int, Decimal] | None:
    """The number in words that starts at token i: «жүз он бес», «двести сорок», "two hundred and five"."""
    total, last, j = Decimal(0), i - 1, i
    while True:
        sense = view.sense(j, "number")
        if sense is None:
            if last >= i and total >= 100 and view.cue(j, "hundred-and") and view.has(j + 1, "number"):
                j += 1
                continue
            break
        value = Decimal(sense.value)
        if last < i:
            total = value
        elif value == 100 and 1 < total < 10:
            total *= 100
        elif (value < 100 and total % 100 == 0) or (value < 10 and total % 10 == 0):
            total += value
        else:
            break
        last = view.last(j)
        j = last + 1
    return (last, total) if last >= i else None


# ---- scales


@lru_cache(maxsize=64)
def _scale(value: str) -> Decimal:
    return Decimal(int(Decimal(value)))


def find_scale(view: View, i: int) -> tuple[int, Decimal] | None:
    """The scale right after token i, or glued to it by a hyphen («5-миллиардный»)."""
    sense, at = view.sense(i + 1, "scale"), i + 1
    if sense is None and view.is_dash(i + 1) and view.glues(i + 1):
        sense, at = view.sense(i + 2, "scale"), i + 2
    elif sense is None and view.has(i + 1, "hedge") and view.last(i + 1) > i + 1:
        at = view.last(i + 1) + 1  # «20 с лишним тысяч», but «от 5 до тысячи» has another figure behind the hedge
        sense = view.sense(at, "scale")
    if sense is None or (len(view.words[at]) == 1 and not _is_scale_letter(view, i, at)):
        return None
    return view.last(at), _scale(sense.value)


def _is_scale_letter(view: View, i: int, at: int) -> bool:
    """Is «m» a million: right behind digits ("$5m"), before a unit ("5 m tonnes") or after a currency ("€5 m")?"""
    money = any(view.has(j, "currency") for j in range(i - 3, i))
    return view.touches(at - 1) or money or view.sense(at + 1, "unit", "currency") is not None


def _is_bare_scale(view: View, i: int) -> bool:
    """A scale that stands for one of it: «миллиард», "a billion"; not «миллиарды», "several billions"."""
    sense = view.sense(i, "scale")
    if sense is None or sense.number == "pl" or sense.pos == "adjective":
        return False
    if view.lang == "en":
        return view.cue(i - 1, "one-of")
    return view.lang != "ru" or sense.case in ("nom", "acc", None) or view.cue(i - 1, "one-of")


def find_part_of_scale(view: View, i: int) -> Number | None:
    """«жарты миллиард», «четверть миллиона», "half a billion": a fraction of a scale; thirds are left out."""
    sense = view.sense(i, "fraction")
    if sense is None:
        return None
    last = view.last(i)
    last += view.cue(last + 1, "of-it")
    last += view.cue(last + 1, "of-it")
    found = find_scale(view, last)
    part = Fraction(sense.value)
    if found is None or 1000 % part.denominator:
        return None
    return Number(found[0], view.last(i), found[1] * part.numerator / part.denominator, found[1], True)


# ---- endings


def find_ending(view: View, i: int) -> tuple[int, str | None]:
    """An ending set off by a hyphen after token i («5%-ға», «5-ші»): its last token, and a case or `ordinal`."""
    if not view.is_dash(i + 1) or view.kinds[i + 2] != "word" or view.tokens[i + 2].start - view.tokens[i].end > 3:
        return i, None
    senses = lookup(view.lang, "- " + view.words[i + 2])
    if not senses and view.lang == "kk":
        senses = lookup("kk", "-" + view.words[i + 2])
    ending = next((sense.value for sense in senses if sense.kind == "ending"), None)
    return (i, None) if ending is None or (ending == "ordinal" and not view.touches(i)) else (i + 2, ending)


# ---- all together


def read_number(view: View, i: int) -> Number | None:
    """The number that starts at token i with its scale and the smaller parts behind it."""
    if view.kinds[i] == "number":
        last, value = read_digits(view, i)
        return None if value is None else _add_scale(view, last, value, words=False)
    if (amount := view.sense(i, "amount")) is not None:
        value = Decimal(amount.value)
        return Number(view.last(i), view.last(i), value, Decimal(10) ** (value.adjusted() // 3 * 3), True)
    if view.has(i, "fraction"):
        return find_part_of_scale(view, i)
    worded = read_words(view, i)
    if worded is not None:
        return _add_scale(view, *worded, words=True)
    return _add_scale(view, i - 1, Decimal(1), words=True) if _is_bare_scale(view, i) else None


def _add_scale(view: View, last: int, value: Decimal, *, words: bool) -> Number:
    last, value = _add_half(view, last, value)
    found = find_scale(view, last)
    if found is None:
        return Number(last, last, value, Decimal(1), words)
    surface, (last, scale) = last, found
    value *= scale
    after, half = _add_half(view, last, Decimal(0)) if view.lang == "ru" else (last, Decimal(0))
    if half:
        return Number(after, after, value + half * scale, scale, words)
    number = Number(last, last if words else surface, value, scale, words)
    return _add_parts(view, number)


def _add_half(view: View, last: int, value: Decimal) -> tuple[int, Decimal]:
    """«343 с половиной», «7 жарым», "two and a half"."""
    if view.cue(last + 1, "half-lead"):
        at = last + 2 + view.cue(last + 2, "of-it")
        if view.cue(at, "half"):
            return at, value + _HALF
    half = view.sense(last + 1, "fraction")
    if view.lang == "kk" and half is not None and half.value == "1/2" and view.kinds[last] == "number":
        return view.last(last + 1), value + _HALF
    return last, value


def _add_parts(view: View, number: Number) -> Number:
    """Smaller parts of the same number: «2 млрд 526 млн», «4 миллиарда 542 миллиона 530 тысяч 920»."""
    size = number.scale
    while (part := _find_part(view, number.last + 1, size, words=number.words)) is not None:
        last, tail, value, size = part
        number = number._replace(last=last, surface=tail, value=number.value + value)
        if size == 1:
            break
    return number


def _find_part(view: View, i: int, size: Decimal, *, words: bool) -> tuple[int, int, Decimal, Decimal] | None:
    """One more part of a number whose last scale was `size`: (last, last of the surface, value, scale)."""
    if view.kinds[i] == "number":
        tail, value = read_digits(view, i)
    elif words and (worded := read_words(view, i)) is not None:
        tail, value = worded
    else:
        return None
    if value is None:
        return None
    found = find_scale(view, tail)
    last, scale = found if found else (tail, Decimal(1))
    if scale >= size or value * scale >= size or (scale == 1 and not _may_close(view, tail, value, size)):
        return None
    return last, last if words else tail, value * scale, scale


def _may_close(view: View, last: int, value: Decimal, size: Decimal) -> bool:
    """May a number without a scale close the one before («1 тысячи 800»)? Not a share, a year or a date."""
    return (
        size == _THOUSAND
        and value >= 1
        and view.words[last + 1] != "%"
        and view.sense(last + 1, "calendar", "duration", "month") is None
    )
