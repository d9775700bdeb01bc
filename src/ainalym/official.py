"""Claims held against official statistics: what checking says that a printed figure allows, and what was published.

>>> import ainalym
>>> from ainalym.official import compare
>>> (claim,) = ainalym.read("In 2021 trade turnover between Kazakhstan and Russia was $26.97 billion.").claims
>>> comparison = compare(claim)
>>> comparison.answer
'agrees with another period'
>>> [(row.source, row.period[0].year, round(row.value / 10**6)) for row in comparison.compared]
[('kz-bns', 2021, 24624), ('ru-fts', 2021, 25631), ('kz-bns', 2022, 26972)]
"""

from __future__ import annotations

import datetime as dt
from decimal import Context, Decimal
from fractions import Fraction

from .checking import CompareOf, Interval, read_interval
from .model import Claim, Comparison
from .statistics import Asked, OfficialFigures, find_figures, judge
from .statistics.words import Words

_SURE = ("agrees", "agrees with an earlier vintage", "agrees with the other side's figure")
_AMOUNTS = ("level", "difference")
_DIVIDING = Context(prec=30)


def compare(
    claim: Claim, *, published: dt.date | None = None, figures: OfficialFigures | None = None, lang: str = "en",
    unit: str | None = None,
) -> Comparison:  # fmt: skip
    """The verdict of official statistics on one claim, with every figure that it was compared with.

    `published` is the day of the report; `figures` a store, by default the user's own as it is now, and the table that
    ships with the package where it has nothing (any thread may ask); `lang` the language of the reason; `unit` what a
    growth rate is of, where the report says more than the claim. Only what happened can be compared; all else gives
    "no data" and why.
    """
    words = Words(lang)
    unit = claim.unit if claim.kind in _AMOUNTS else unit or "USD"
    if claim.modality != "actual":
        return Comparison("no data", words.say("none.stated"))
    if unit != "USD" and claim.kind != "rank":
        return Comparison("no data", words.say("none.unit", unit=unit or "–"))
    if claim.period and None in claim.period:
        return Comparison("no data", words.say("none.open"))
    found = _judge(claim, read_interval(claim), published, figures, lang)
    if found.answer in _SURE or found.answer == "no data":
        return found
    # The freedom that writers take with hedges and roundings is given before anybody is accused.
    freely = _judge(claim, read_interval(claim, slack=True), published, figures, lang)
    return freely if freely.answer in _SURE else found


def make_comparer(figures: OfficialFigures | None = None, *, lang: str = "en") -> CompareOf:
    """`compare` as checking asks for it."""

    def find(claim: Claim, unit: str | None, published: dt.date | None) -> Comparison:
        return compare(claim, published=published, figures=figures, lang=lang, unit=unit)

    return find


def _judge(
    claim: Claim, interval: Interval | None, published: dt.date | None, figures: OfficialFigures | None, lang: str
) -> Comparison:
    if interval is None:
        return Comparison("no data", Words(lang).say("none.amount"))
    low, high = (
        _DIVIDING.divide(Decimal(b.numerator), Decimal(b.denominator)) for b in (Fraction(bound) for bound in interval)
    )
    start, end = claim.period or (None, None)
    period = (start, end) if start and end else None
    if claim.kind == "rank" and claim.bound == "under":
        low = Decimal(1)  # among the first twenty
    # Checking takes growth for the ratio to the year before.
    shift = 1 if claim.kind == "growth" else 0
    asked = Asked(
        claim.indicator, claim.reporter, claim.partner, low - shift, high - shift, claim.kind,
        period, claim.product, "USD", published,
    )  # fmt: skip
    return judge(asked, figures or find_figures(), lang=lang)


def _to_decimal(number: Fraction) -> Decimal:
    return _DIVIDING.divide(Decimal(number.numerator), Decimal(number.denominator))
