"""Printed figures as exact intervals.

`78,5` is [78.45, 78.55]: half a unit of the last printed digit to either side. Hedges widen an interval or open one
side; the widths stand in hedges.toml, each with its reason. All numbers are fractions, nothing is rounded.
"""

from __future__ import annotations

import re
import tomllib
from decimal import Context, Decimal, DecimalException
from fractions import Fraction
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from ..model import Claim

# Exact: whole numbers as int, for they compare much faster, others as Fraction. A float is only ever an infinity.
Number = int | Fraction | float

_SMALL_KINDS = ("growth", "multiple", "share")
_LARGEST_EXPONENT = 40  # beyond it no figure of trade lies, and exact fractions would fill the memory
_EXACT = Context(prec=60)
_DECIMALS = re.compile(r"[.,٫](\d{1,2}|\d{4,})\D*$")  # behind a sign that cannot part thousands


class Interval(NamedTuple):
    """All numbers from `lo` to `hi`, both included."""

    lo: Number
    hi: Number

    def meets(self, other: Interval) -> bool:
        return self.lo <= other.hi and other.lo <= self.hi

    def holds(self, other: Interval) -> bool:
        return self.lo <= other.lo and other.hi <= self.hi

    def __contains__(self, value: object) -> bool:
        return isinstance(value, (int, Fraction, float)) and self.lo <= value <= self.hi


class Reach(NamedTuple):
    """What a printed figure allows: taken strictly, and with the freedom that writers take.

    `loose` says that the freedom comes from a hedge or a word and not from rounding.
    """

    strict: Interval
    slack: Interval
    loose: bool


class Hedge(NamedTuple):
    """Relative reaches of a hedge to either side."""

    below: Fraction
    above: Fraction
    slack_below: Fraction
    slack_above: Fraction


@lru_cache(maxsize=1)
def load_hedges() -> tuple[dict[str, Hedge], dict[str, Fraction]]:
    """The hedges by name and the bands by name."""
    table = tomllib.loads(files(__package__).joinpath("hedges.toml").read_text(encoding="utf-8"))
    bands = {name: Fraction(value) for name, value in table.pop("bands").items() if name != "reason"}
    return {name: Hedge(*(Fraction(row[key]) for key in Hedge._fields)) for name, row in table.items()}, bands


def divide(one: Number, other: Number) -> Fraction:
    """The exact quotient of two finite numbers; int / int would be a float."""
    return Fraction(one) / Fraction(other)


def _plain(part: Interval) -> Interval:
    low, high = (bound.numerator if bound.denominator == 1 else bound for bound in (Fraction(b) for b in part))
    return Interval(low, high)


def read_reach(claim: Claim) -> Reach | None:
    """The interval of a claim in base units; growth and multiples both become the ratio to the period before.

    None when the figure cannot be an amount: not finite, beyond all bounds, a fall by more than all.
    """
    if not claim.value.is_finite():
        return None
    return _reach(claim.surface, claim.value, claim.kind, claim.bound)


@lru_cache(maxsize=100_000)
def _reach(surface: str, value: Decimal, kind: str, bound: str) -> Reach | None:
    if abs(value.adjusted()) > _LARGEST_EXPONENT or len(value.as_tuple().digits) > _LARGEST_EXPONENT:
        return None
    reach = _amount(surface, value, kind, bound)
    return reach and Reach(_plain(reach.strict), _plain(reach.slack), reach.loose)


def _amount(surface: str, value: Decimal, kind: str, bound: str) -> Reach | None:
    if kind == "multiple":
        return _multiple(surface, value, bound)
    size = abs(value)
    strict, slack, loose = _sides(surface, Fraction(size), _half_unit(surface, size, kind), bound, kind)
    if value < 0:
        strict, slack = (Interval(-part.hi, -part.lo) for part in (strict, slack))
    if kind == "growth":
        strict, slack = (Interval(1 + part.lo, 1 + part.hi) for part in (strict, slack))
        if strict.lo < 0:
            return None
    return Reach(strict, slack, loose)


def _multiple(surface: str, value: Decimal, bound: str) -> Reach | None:
    """A fall "в 12,3 раза" is a multiple of 1/12.3: the rounding and the hedge belong to the printed 12,3."""
    if value <= 0:
        return None
    if value >= 1 or _is_power_of_ten(value, _digits(surface)):
        return Reach(*_sides(surface, Fraction(value), _half_unit(surface, value, "multiple"), bound, "multiple"))
    printed, half = _divisor(surface, value)
    strict, slack, loose = _sides(surface, printed, half, bound, "multiple")
    return Reach(_invert(strict), _invert(slack), loose)


def _invert(part: Interval) -> Interval:
    return Interval(divide(1, part.hi), divide(1, part.lo))


def _divisor(surface: str, value: Decimal) -> tuple[Fraction, Fraction | None]:
    digits = _digits(surface)
    for decimals in range(4 if digits else 0):
        printed = Fraction(digits, 10**decimals)
        if abs(printed * Fraction(value) - 1) < Fraction(1, 200):
            return printed, Fraction(1, 2 * 10**decimals)
    return Fraction(round(2 / value), 2), None


def _sides(
    surface: str, size: Fraction, half: Fraction | None, bound: str, kind: str
) -> tuple[Interval, Interval, bool]:
    hedges, _ = load_hedges()
    if bound == "exact" and half is not None:
        return Interval(size - half, size + half), _freedom(surface, size, half), False
    name = "words" if bound == "exact" else bound
    hedge = hedges[name]
    below, above = size * hedge.below, size * hedge.above
    slack_below, slack_above = size * hedge.slack_below, size * hedge.slack_above
    if half is not None:
        unit = 2 * half
        if name == "about":
            below, above = max(below, half), max(above, half)
        if name == "over" and kind in _SMALL_KINDS:
            above = max(above, unit)
        slack_below, slack_above = _cap_slack(name, half, slack_below, slack_above, is_round=_is_round(size))
    strict = Interval(size - below, size + above)
    return strict, Interval(size - max(below, slack_below), size + max(above, slack_above)), True


def _freedom(surface: str, size: Fraction, half: Fraction) -> Interval:
    """What a figure without a hedge may still be: cut off instead of rounded, or rounder than it is printed.

    374,8 is printed 374 as often as 375, and 502 is printed 500: up to a hundredth is given to final zeros.
    """
    below, above = half, 2 * half
    zeros = _final_zeros(size, 2 * half)
    if zeros and not _DECIMALS.search(surface):
        round_half = min(half * 10**zeros, size / 100)
        below, above = max(below, round_half), max(above, round_half)
    return Interval(size - below, size + above)


def _final_zeros(size: Fraction, unit: Fraction) -> int:
    units = size / unit
    if units.denominator != 1 or not units:
        return 0
    digits = str(units.numerator)
    return len(digits) - len(digits.rstrip("0"))


def _cap_slack(
    name: str, half: Fraction, below: Fraction, above: Fraction, *, is_round: bool
) -> tuple[Fraction, Fraction]:
    """On the wrong side of a hedge, a figure that still rounds to the printed one is a matter of wording.

    On the open side, "over 100" is said of 120, "over 160" is not said of 200.
    """
    if name == "over":
        return min(below, half), above if is_round else above * Fraction(3, 5)
    if name == "under":
        return below if is_round else below * Fraction(3, 4), min(above, half)
    return below, above


def _digits(surface: str) -> int:
    kept = "".join([sign for sign in surface if sign.isdecimal()])
    return int(kept) if 0 < len(kept) <= 40 else 0


def _is_power_of_ten(value: Decimal, digits: int) -> bool:
    """Whether the value is the printed digits with the point moved."""
    try:
        unit = _EXACT.divide(value, Decimal(digits)).normalize(_EXACT)
    except DecimalException:
        return False
    return unit.as_tuple().digits == (1,)


def _half_unit(surface: str, size: Decimal, kind: str) -> Fraction | None:
    """Half a unit of the last printed digit in base units; None for a figure in words.

    The printed digits without their separators, divided into the value, give the unit: 160700000 / 1607 = 100000.
    """
    digits = _digits(surface)
    if digits and size:
        if _is_power_of_ten(size, digits):
            return Fraction(size) / digits * _round_thousands(digits, size, kind) / 2
        index = _index_half_unit(digits, size) if kind == "growth" else None
        # "2 млрд 26 млн", "с 5 млн 300 тысячами": the last digit that is not zero is the last known one.
        return index if index is not None else _last_digit(size) / 2
    if surface and any(sign.isdecimal() for sign in surface):
        return Fraction(1, 200) if kind in ("growth", "share") else Fraction(1, 2)
    if kind == "level" and len(size.normalize(_EXACT).as_tuple().digits) > 1:
        return _last_digit(size) / 2  # "жүз он бес миллион" is as exact as 115
    return None


def _round_thousands(digits: int, size: Decimal, kind: str) -> int:
    """126 000 written out is 126 thousand: its zeros are no measured digits. At least two digits are left."""
    unit = 1
    if kind in ("level", "difference") and size == digits:
        while digits % 1000 == 0 and digits >= 10_000:
            digits, unit = digits // 1000, unit * 1000
    return unit


def _index_half_unit(digits: int, size: Decimal) -> Fraction | None:
    """An index of 100,9 % of the year before was read as growth of 0.009; a fall to 97 % as -0.03."""
    for decimals in range(4):
        growth = Fraction(digits, 10**decimals * 100) - 1
        if abs(growth) == Fraction(size):
            return Fraction(1, 200 * 10**decimals)
    return None


def _is_round(size: Fraction) -> bool:
    """One digit and zeros: 3, 20, 100."""
    return len(str(size.numerator * 10**9 // size.denominator).strip("0")) == 1


def _last_digit(size: Decimal) -> Fraction:
    exponent = size.normalize(_EXACT).as_tuple().exponent
    return Fraction(10) ** exponent if isinstance(exponent, int) else Fraction(1)
