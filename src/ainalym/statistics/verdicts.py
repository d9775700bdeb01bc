"""A claim against official statistics: which published figure it agrees with, or that it contradicts them all.

Order of truth: the reporter's newest vintage, its earlier ones, the other side's figure, another period of the
reporter. A figure within the usual revision of the newest one passes as an earlier vintage that is not at hand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Literal

import msgspec

from .candidates import Asked, Candidate, find_candidates, period_length
from .figures import OfficialFigures, Period, area_name, make_period
from .records import OfficialInterval
from .totals import find_power

Answer = Literal[
    "agrees", "agrees with an earlier vintage", "agrees with the other side's figure", "agrees with another period",
    "contradicts all", "no data",
]  # fmt: skip
# Seen between vintages: Russia's months of 2018-19 against its year 0.7 to 1.9 %, Kazakhstan's 2021 turnover with
# Russia in the press of 2022 against the final figure 1.7 %, its 2022 imports from Tajikistan 1.2 %.
REVISION = Decimal("0.02")


class Verdict(msgspec.Struct, frozen=True):
    """What statistics say of a claim: the answer, why, the period it holds for, and all it was compared with.

    `slip` is the power of ten that the claim is off by, when it is: 1 says that it is ten times too small.
    """

    answer: Answer
    why: str
    period: Period | None = None
    matched: tuple[OfficialInterval, ...] = ()
    compared: tuple[OfficialInterval, ...] = ()
    slip: int | None = None


def judge(asked: Asked, figures: OfficialFigures) -> Verdict:
    """The verdict on one claim. A target or a forecast is never to be asked about."""
    if asked.kind == "rank":
        return _judge_rank(asked, figures)
    everything = find_candidates(asked, figures)
    if not everything:
        return Verdict("no data", _say_no_data(asked))
    verdict = _judge_undated(asked, everything) if asked.period is None else _judge_dated(asked, everything)
    return msgspec.structs.replace(verdict, compared=_compared(everything, asked.period or verdict.period))


def _compared(candidates: Sequence[Candidate], period: Period | None) -> tuple[OfficialInterval, ...]:
    shown = [c for c in candidates if period is None or c.period == period] or list(candidates)
    return tuple(dict.fromkeys(interval for c in shown for interval in c.basis))


def _say_no_data(asked: Asked) -> str:
    if asked.unit not in ("USD", "fraction", "ratio", "rank"):
        return f"official figures are in US dollars, the claim is in {asked.unit}"
    sides = f"{area_name(asked.reporter)} and {area_name(asked.partner)}"
    return f"no official figure of {sides} is at hand for {asked.flow}, {asked.product or 'all goods'}"


def _meets(candidate: Candidate, asked: Asked) -> bool:
    return candidate.low <= asked.high and asked.low <= candidate.high


def _within_revision(candidate: Candidate, asked: Asked) -> bool:
    """Whether the claim lies within the usual revision: of the amounts, so for growth of the ratio 1 + g."""
    shift = Decimal(1) if asked.kind == "growth" else Decimal(0)
    base = candidate.value + shift
    reach = abs(base) * REVISION
    return base - reach <= asked.high + shift and asked.low + shift <= base + reach


def _judge_dated(asked: Asked, everything: Sequence[Candidate]) -> Verdict:
    here = [c for c in everything if c.period == asked.period]
    own = [c for c in here if c.side == "own"]
    other = [c for c in here if c.side == "other"]
    steps: tuple[tuple[Answer, Sequence[Candidate], Callable[[Candidate, Asked], bool]], ...] = (
        ("agrees", [c for c in own if c.newest], _meets),
        ("agrees with an earlier vintage", [c for c in own if not c.newest], _meets),
        ("agrees with an earlier vintage", [c for c in own if c.newest], _within_revision),
        ("agrees with the other side's figure", other, _meets),
        ("agrees with the other side's figure", other, _within_revision),
    )
    for answer, candidates, test in steps:
        if found := next((c for c in candidates if test(c, asked)), None):
            return Verdict(answer, _say_match(asked, found, test is _within_revision), asked.period, found.basis)
    length = period_length(asked.period)
    elsewhere = [
        c for c in everything
        if c.period != asked.period and c.side == "own" and c.newest
        and period_length(c.period) == length and _meets(c, asked)
    ]  # fmt: skip
    if elsewhere:
        found = min(elsewhere, key=lambda c: abs(_distance(c.period, asked.period)))
        why = f"it is the figure of {_say_period(found.period)}, not of {_say_period(asked.period)}: " + _say_basis(
            found
        )
        return Verdict("agrees with another period", why, found.period, found.basis)
    if not here:
        return Verdict("no data", f"no official figure for {_say_period(asked.period)} is at hand")
    return _contradiction(asked, here)


def _judge_undated(asked: Asked, everything: Sequence[Candidate]) -> Verdict:
    """A claim without a period is taken for the period that it fits best among those over when it was published."""
    known = [c for c in everything if asked.published is None or c.period[1] < asked.published]
    years = [c for c in known if period_length(c.period) == 12] or known
    if not years:
        return Verdict("no data", "no official figure from before the report is at hand")
    middle = (asked.low + asked.high) / 2
    sides: tuple[tuple[str, Answer], ...] = (("own", "agrees"), ("other", "agrees with the other side's figure"))
    for side, answer in sides:
        fitting = [c for c in years if c.side == side and _meets(c, asked)]
        if fitting:
            best = min(fitting, key=lambda c: (abs(c.value - middle), not c.newest, -c.period[1].toordinal()))
            if side == "own" and not best.newest:
                answer = "agrees with an earlier vintage"
            why = f"the text names no period; it is {_say_period(best.period)}: {_say_basis(best)}"
            return Verdict(answer, why, best.period, best.basis)
    last = max(c.period[1] for c in years)
    here = [c for c in years if c.period[1] == last]
    close = next((c for c in here if c.side == "own" and _within_revision(c, asked)), None)
    if close:
        return Verdict("agrees with an earlier vintage", _say_match(asked, close, True), close.period, close.basis)
    return _contradiction(asked, here)


def _contradiction(asked: Asked, here: Sequence[Candidate]) -> Verdict:
    nearest = min(here, key=lambda c: (c.side != "own", not c.newest))
    middle = (asked.low + asked.high) / 2
    slip = find_power(float(nearest.value / middle)) if asked.kind in ("level", "difference") and middle > 0 else None
    why = f"{_say_number(middle, asked.kind)} is none of the official figures: {_say_basis(nearest)}"
    if slip:
        times = f"{10 ** abs(slip):,} times too {'small' if slip > 0 else 'large'}"
        why += f"; it is about {times}, so a unit or a digit has slipped"
    return Verdict("contradicts all", why, nearest.period, slip=slip)


# Words


def _say_match(asked: Asked, found: Candidate, by_revision: bool) -> str:
    if not by_revision:
        return _say_basis(found)
    shift = 1 if asked.kind == "growth" else 0
    middle = (asked.low + asked.high) / 2 + shift
    off = (middle / (found.value + shift) - 1) * 100 if found.value + shift else Decimal(0)
    return (
        f"{off:+.1f} % off {_say_basis(found)}; within {REVISION * 100:.0f} %, by which first and final figures "
        "usually differ, though no vintage at hand has it"
    )


def _say_basis(found: Candidate) -> str:
    first = found.basis[0]
    name = "derived from" if len(found.basis) > 1 else "published by"
    vintages = ", ".join(dict.fromkeys(str(b.vintage) for b in found.basis))
    kind = "level" if len(found.basis) == 1 else "ratio"
    source = f"{first.publisher} ({first.source}, {vintages})"
    return f"{_say_number(found.value, kind)} {name} {source} for {_say_period(found.period)}"


def _say_number(value: Decimal, kind: str) -> str:
    if kind != "level" or abs(value) < 10_000:
        return f"{value:.4g}"
    return f"${value / 1_000_000:,.1f} mln"


def _say_period(period: Period | None) -> str:
    if period is None:
        return "an unnamed period"
    start, end = period
    if period_length(period) == 12 and start.month == 1:
        return str(start.year)
    return f"{start:%Y-%m}" if period_length(period) == 1 else f"{start:%Y-%m} to {end:%Y-%m}"


def _distance(one: Period, other: Period | None) -> int:
    return (one[0] - other[0]).days if other else 0


def _judge_rank(asked: Asked, figures: OfficialFigures) -> Verdict:
    """A rank is taken from the reporter's own list; another country's list is shown, and decides nothing."""
    own = _ranks(asked.reporter, asked.partner, asked.flow, figures)
    if not own:
        turned = _ranks(asked.partner, asked.reporter, asked.flow, figures)
        whose = area_name(asked.reporter)
        why = f"no list of {whose}'s partners is at hand, and a rank holds only in the list of the one that has it"
        if turned:
            year, rank = max(turned.items())
            why += f" (in {area_name(asked.partner)}'s list {area_name(asked.reporter)} is number {rank} in {year})"
        return Verdict("no data", why)
    known = {y: r for y, r in own.items() if asked.published is None or y < asked.published.year}
    years = (
        [asked.period[0].year] if asked.period and period_length(asked.period) == 12 else sorted(known, reverse=True)
    )
    for year in years:
        if year in own and asked.low <= own[year] <= asked.high:
            return Verdict(
                "agrees", f"number {own[year]} in {area_name(asked.reporter)}'s list in {year}", make_period(year)
            )
    hits = [y for y, r in own.items() if asked.low <= r <= asked.high]
    if asked.period and hits:
        meant = asked.period[0].year
        year = min(hits, key=lambda y: abs(y - meant))
        return Verdict("agrees with another period", f"number {own[year]} in {year}", make_period(year))
    listed = ", ".join(f"{y}: {r}" for y, r in sorted(own.items()))
    return Verdict("contradicts all", f"ranks in {area_name(asked.reporter)}'s list are {listed}")


def _ranks(reporter: str | None, partner: str | None, flow: str, figures: OfficialFigures) -> dict[int, int]:
    """The partner's rank in the reporter's list by year; empty without a whole list (the embedded table is none)."""
    from .cards import find_ranks
    from .measures import make_inputs

    if figures.con is None or reporter is None or partner is None:
        return {}
    make_inputs(figures.con)
    column = {"exports": "exports_rank", "imports": "imports_rank"}.get(flow, "turnover_rank")
    ranks = find_ranks(figures.con, reporter, partner)
    return {year: int(row[column]) for year, row in ranks.items() if row[column]}


# Printed numbers, for callers that have no intervals of their own


def printed_interval(surface: str, value: Decimal, *, bound: str = "exact") -> tuple[Decimal, Decimal]:
    """Half a unit of the last printed digit to either side; a hedge opens a side by a tenth or widens by a twentieth.

    >>> [f"{bound:.0f}" for bound in printed_interval("24,2", Decimal("24.2e9"))]
    ['24150000000', '24250000000']
    """
    digits = re.sub(r"[^\d.,]", "", surface).replace(",", ".").rstrip(".")
    number = Decimal(digits) if re.fullmatch(r"\d+(\.\d+)?", digits) else None
    half = Decimal(0)
    if number:
        exponent = number.as_tuple().exponent
        half = abs(value / number) * Decimal(10) ** int(exponent) / 2
    low, high = value - half, value + half
    wide = abs(value) / 10
    if bound == "about":
        return low - wide / 2, high + wide / 2
    return (low, high + wide) if bound == "over" else (low - wide, high) if bound == "under" else (low, high)
