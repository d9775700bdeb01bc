"""Printed figures as exact intervals.

`78,5` is [78.45, 78.55]: half a unit of the last printed digit to either side. Hedges widen an interval or open one
side; the widths stand in hedges.toml, each with its reason. Nothing is rounded.
"""

from __future__ import annotations

import re
import tomllib
from decimal import Context, Decimal, DecimalException, Inexact
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from ..model import Claim

# Exact: whole numbers as int, for they compare much faster, others as Fraction. A float is only ever an infinity.
Number = int | Fraction | float

_SMALL_KINDS = ("growth", "multiple", "share")
_MOST_DIGITS = 40  # no figure of trade has more digits or zeros, and exact numbers could fill the memory
_EXACT = Context(prec=400, traps=[Inexact])  # room for all that can be made of so many digits
_DIVIDING = Context(prec=60)
_DECIMALS = re.compile(r"[.,٫](\d{1,2}|\d{4,})\D*$")  # behind a sign that cannot part thousands


class Interval(NamedTuple):
    """All numbers from `lo` to `hi`, both included."""

    lo: Number
    hi: Number

    def meets(self, other: Interval) -> bool:
        return self.lo <= other.hi and other.lo <= self.hi

    def __contains__(self, value: object) -> bool:
        return isinstance(value, (int, Fraction, float)) and self.lo <= value <= self.hi


class Hedge(NamedTuple):
    """Relative reaches of a hedge to either side."""

    below: Decimal
    above: Decimal
    slack_below: Decimal
    slack_above: Decimal


class _Printed(NamedTuple):
    """A figure as it stands in the text: its size, half a unit of its last digit (None in words), its hedge."""

    surface: str
    size: Decimal
    half: Decimal | None
    bound: str
    kind: str


@cache
def load_hedges() -> tuple[dict[str, Hedge], dict[str, Fraction]]:
    """The hedges by name and the bands by name."""
    table = tomllib.loads(files(__package__).joinpath("hedges.toml").read_text(encoding="utf-8"))
    bands = {name: Fraction(value) for name, value in table.pop("bands").items() if name != "reason"}
    return {name: Hedge(*(Decimal(row[key]) for key in Hedge._fields)) for name, row in table.items()}, bands


def divide(one: Number, other: Number) -> Fraction:
    """The exact quotient of two finite numbers; int / int would be a float."""
    return Fraction(one) / Fraction(other)


def read_interval(claim: Claim, *, slack: bool = False) -> Interval | None:
    """The interval of a claim in base units; growth and multiples both become the ratio to the period before.

    With `slack` it has the freedom that writers take: a figure cut off, a hedge on the wrong side. None when the
    figure cannot be an amount: not finite, beyond all bounds, a fall by more than all.
    """
    value = claim.value
    if not value.is_finite() or abs(value.adjusted()) > _MOST_DIGITS or len(value.as_tuple().digits) > _MOST_DIGITS:
        return None
    if claim.kind == "multiple":
        return _read_multiple(claim, slack)
    size = value.copy_abs()
    half = _half_unit(claim.surface, size, claim.kind)
    low, high = _reach(_Printed(claim.surface, size, half, claim.bound, claim.kind), slack)
    if value < 0:
        low, high = high.copy_negate(), low.copy_negate()
    if claim.kind == "growth":
        low, high = _EXACT.add(low, 1), _EXACT.add(high, 1)
        if low < 0:
            return None
    return Interval(_to_number(low), _to_number(high))


def is_loose(claim: Claim) -> bool:
    """Whether a figure is hedged or said in words, so that its bounds are a matter of wording and not of rounding."""
    return claim.bound != "exact" or not any(sign.isdecimal() for sign in claim.surface)


def _read_multiple(claim: Claim, slack: bool) -> Interval | None:
    """A fall "в 12,3 раза" is a multiple of 1/12.3: the rounding and the hedge belong to the printed 12,3."""
    value, surface = claim.value, claim.surface
    if value <= 0:
        return None
    if value >= 1 or _find_unit(value, _digits(surface)) is not None:
        half = _half_unit(surface, value, claim.kind)
        low, high = _reach(_Printed(surface, value, half, claim.bound, claim.kind), slack)
        return Interval(_to_number(low), _to_number(high))
    size, half = _find_divisor(surface, value)
    low, high = _reach(_Printed(surface, size, half, claim.bound, claim.kind), slack)
    return Interval(divide(1, Fraction(high)), divide(1, Fraction(low)))


def _find_divisor(surface: str, value: Decimal) -> tuple[Decimal, Decimal | None]:
    digits = _digits(surface)
    for decimals in range(4 if digits else 0):
        printed = Decimal(digits).scaleb(-decimals)
        if abs(printed * value - 1) < Decimal("0.005"):
            return printed, Decimal(5).scaleb(-decimals - 1)
    return Decimal(round(2 / value)) / 2, None


def _to_number(value: Decimal) -> Number:
    whole = int(value)
    return whole if whole == value else Fraction(value)


def _reach(printed: _Printed, slack: bool) -> tuple[Decimal, Decimal]:
    """The lowest and the highest true value that a writer may have printed so."""
    size, half = printed.size, printed.half
    if printed.bound == "exact" and half is not None:
        below, above = _freedom(printed, half) if slack else (half, half)
    else:
        below, above = _hedged(printed, slack)
    return _EXACT.subtract(size, below), _EXACT.add(size, above)


def _freedom(printed: _Printed, half: Decimal) -> tuple[Decimal, Decimal]:
    """What a figure without a hedge may still be: cut off instead of rounded, or rounder than it is printed.

    374,8 is printed 374 as often as 375, and 502 is printed 500: up to a hundredth is given to final zeros.
    """
    below, above = half, half * 2
    zeros = _final_zeros(printed.size, half * 2)
    if zeros and not _DECIMALS.search(printed.surface):
        round_half = min(half.scaleb(zeros), _EXACT.multiply(printed.size, Decimal("0.01")))
        below, above = max(below, round_half), max(above, round_half)
    return below, above


def _final_zeros(size: Decimal, unit: Decimal) -> int:
    """How many zeros stand behind the last other digit, counted down to the unit."""
    first, last = size.normalize(_EXACT).as_tuple().exponent, unit.normalize(_EXACT).as_tuple().exponent
    return max(0, first - last) if size and isinstance(first, int) and isinstance(last, int) else 0


def _hedged(printed: _Printed, slack: bool) -> tuple[Decimal, Decimal]:
    name = "words" if printed.bound == "exact" else printed.bound
    hedge, size, half = load_hedges()[0][name], printed.size, printed.half
    below, above = _EXACT.multiply(size, hedge.below), _EXACT.multiply(size, hedge.above)
    if half is not None:
        if name == "about":
            below, above = max(below, half), max(above, half)
        if name == "over" and printed.kind in _SMALL_KINDS:
            above = max(above, half * 2)
    if slack:
        wide_below, wide_above = _hedge_slack(name, hedge, size, half)
        below, above = max(below, wide_below), max(above, wide_above)
    return below, above


def _hedge_slack(name: str, hedge: Hedge, size: Decimal, half: Decimal | None) -> tuple[Decimal, Decimal]:
    """On the wrong side of a hedge, a figure that still rounds to the printed one is a matter of wording.

    On the open side, "over 100" is said of 120, "over 160" is not said of 200.
    """
    below, above = _EXACT.multiply(size, hedge.slack_below), _EXACT.multiply(size, hedge.slack_above)
    if half is None:
        return below, above
    is_round = len(size.normalize(_EXACT).as_tuple().digits) == 1
    if name == "over":
        return min(below, half), above if is_round else _EXACT.multiply(above, Decimal("0.6"))
    if name == "under":
        return below if is_round else _EXACT.multiply(below, Decimal("0.75")), min(above, half)
    return below, above


def _digits(surface: str) -> int:
    """The digits of a figure without their separators; 0 when there are none."""
    kept = "".join([sign for sign in surface if sign.isdecimal()])
    return int(kept) if 0 < len(kept) <= _MOST_DIGITS else 0


def _find_unit(size: Decimal, digits: int) -> Decimal | None:
    """The worth of the last printed digit, if the value is the printed digits with the point moved."""
    if not digits:
        return None
    try:
        unit = _DIVIDING.divide(size, Decimal(digits)).normalize(_DIVIDING)
    except DecimalException:
        return None
    return unit if unit.as_tuple().digits == (1,) else None


def _half_unit(surface: str, size: Decimal, kind: str) -> Decimal | None:
    """Half a unit of the last printed digit in base units; None for a figure in words.

    The printed digits without their separators, divided into the value, give the unit: 160700000 / 1607 = 100000.
    """
    digits = _digits(surface)
    if digits and size:
        unit = _find_unit(size, digits)
        if unit is not None:
            return unit * _round_thousands(digits, size, kind) / 2
        index = _index_half_unit(digits, size) if kind == "growth" else None
        # "2 млрд 26 млн", "с 5 млн 300 тысячами": the last digit that is not zero is the last known one.
        return index if index is not None else _last_digit(size) / 2
    if any(sign.isdecimal() for sign in surface):
        return Decimal("0.005") if kind in ("growth", "share") else Decimal("0.5")
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


def _index_half_unit(digits: int, size: Decimal) -> Decimal | None:
    """An index of 100,9 % of the year before was read as growth of 0.009; a fall to 97 % as -0.03."""
    for decimals in range(4):
        growth = Decimal(digits).scaleb(-decimals - 2) - 1
        if abs(growth) == size:
            return Decimal(5).scaleb(-decimals - 3)
    return None


def _last_digit(size: Decimal) -> Decimal:
    exponent = size.normalize(_EXACT).as_tuple().exponent
    return Decimal(1).scaleb(exponent) if size and isinstance(exponent, int) else Decimal(1)
