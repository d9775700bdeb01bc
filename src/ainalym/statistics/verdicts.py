"""A claim against official statistics: which published figure it agrees with, or that it contradicts them all.

Order of truth: the reporter's newest vintage, its earlier ones, the other side's figure, another period of the
reporter. A figure within the usual revision of the newest one passes as an earlier vintage that is not at hand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal

import msgspec

from ..model import Answer, Comparison, OfficialInterval
from .candidates import Asked, Candidate, find_candidates, period_length
from .figures import FLOWS, OfficialFigures, Period, find_span
from .products import find_code
from .totals import find_power
from .words import Words, say_period

# Seen between vintages: Russia's months of 2018-19 against its year 0.7 to 1.9 %, Kazakhstan's 2021 turnover with
# Russia in the press of 2022 against the final figure 1.7 %, its 2022 imports from Tajikistan 1.2 %.
REVISION = Decimal("0.02")


def judge(asked: Asked, figures: OfficialFigures, *, lang: str = "en") -> Comparison:
    """The verdict on one claim, its reason in kk, ru or en. A target or a forecast is never to be asked about."""
    words = Words(lang)
    if asked.reporter is None or asked.partner is None:
        return Comparison("no data", words.say("none.sides"))
    if asked.flow not in FLOWS:
        return Comparison("no data", words.say("none.flow"))
    if asked.period and find_span(asked.period) is None:
        return Comparison("no data", words.say("none.part"))
    if asked.kind == "rank":
        return _judge_rank(asked, figures, words)
    everything = find_candidates(asked, figures)
    if not everything:
        return Comparison("no data", _say_no_figure(asked, words))
    found = _judge_undated(asked, everything, words) if asked.period is None else _judge_dated(asked, everything, words)
    return msgspec.structs.replace(found, compared=_compared(everything, asked.period or found.period, found.matched))


def _compared(
    candidates: Sequence[Candidate], period: Period | None, matched: Sequence[OfficialInterval]
) -> tuple[OfficialInterval, ...]:
    """The figures of the period in question, or all where there are none; what was found is always among them."""
    shown = [c for c in candidates if period is None or c.period == period] or list(candidates)
    return tuple(dict.fromkeys([*(interval for c in shown for interval in c.basis), *matched]))


def _say_no_figure(asked: Asked, words: Words) -> str:
    if asked.unit not in ("USD", "fraction", "ratio"):
        return words.say("none.unit", unit=asked.unit)
    return words.say(
        "none.figure",
        reporter=words.area(asked.reporter),
        partner=words.area(asked.partner),
        flow=words.say(f"flow.{asked.flow}"),
        goods=asked.product or words.say("none.goods"),
    )


def _meets(candidate: Candidate, asked: Asked) -> bool:
    return candidate.low <= asked.high and asked.low <= candidate.high


def _within_revision(candidate: Candidate, asked: Asked) -> bool:
    """Whether the claim lies within the usual revision: of the amounts, so for growth of the ratio 1 + g."""
    shift = Decimal(1) if asked.kind == "growth" else Decimal(0)
    base = candidate.value + shift
    reach = abs(base) * REVISION
    return base - reach <= asked.high + shift and asked.low + shift <= base + reach


def _judge_dated(asked: Asked, everything: Sequence[Candidate], words: Words) -> Comparison:
    assert asked.period is not None
    meant = asked.period
    here = [c for c in everything if c.period == meant]
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
            why = _say_revision(asked, found, words) if test is _within_revision else words.basis(found)
            return Comparison(answer, why, meant, found.basis)
    elsewhere = [
        c for c in everything
        if asked.kind in ("level", "difference") and c.period != meant and c.side == "own" and c.newest
        and period_length(c.period) == period_length(meant) and _meets(c, asked)
    ]  # fmt: skip
    # Of a year that the reporter has not published yet, its earlier figures say nothing.
    if own and elsewhere:
        found = min(elsewhere, key=lambda c: abs((c.period[0] - meant[0]).days))
        periods = {"period": say_period(found.period), "asked": say_period(meant)}
        why = words.say("match.another", **periods, basis=words.basis(found))
        return Comparison("agrees with another period", why, found.period, found.basis)
    if not here:
        return Comparison("no data", words.say("none.period", period=say_period(meant)))
    return _contradiction(asked, here, words)


def _judge_undated(asked: Asked, everything: Sequence[Candidate], words: Words) -> Comparison:
    """A claim without a period is taken for the period that it fits best among those over when it was published."""
    known = [c for c in everything if asked.published is None or c.period[1] < asked.published]
    years = [c for c in known if period_length(c.period) == 12] or known
    if not years:
        return Comparison("no data", words.say("none.before"))
    middle = (asked.low + asked.high) / 2
    sides: tuple[tuple[str, Answer], ...] = (("own", "agrees"), ("other", "agrees with the other side's figure"))
    for side, answer in sides:
        fitting = [c for c in years if c.side == side and _meets(c, asked)]
        if fitting:
            best = min(fitting, key=lambda c: (abs(c.value - middle), not c.newest, -c.period[1].toordinal()))
            if side == "own" and not best.newest:
                answer = "agrees with an earlier vintage"
            why = words.say("match.undated", period=say_period(best.period), basis=words.basis(best))
            return Comparison(answer, why, best.period, best.basis)
    last = max(c.period[1] for c in years)
    here = [c for c in years if c.period[1] == last]
    close = next((c for c in here if c.side == "own" and _within_revision(c, asked)), None)
    if close:
        why = _say_revision(asked, close, words)
        return Comparison("agrees with an earlier vintage", why, close.period, close.basis)
    return _contradiction(asked, here, words)


def _contradiction(asked: Asked, here: Sequence[Candidate], words: Words) -> Comparison:
    """None of the figures fits; where that may have another reason than an error, nobody is accused."""
    nearest = min(here, key=lambda c: (c.side != "own", not c.newest))
    middle = (asked.low + asked.high) / 2
    slip = find_power(float(nearest.value / middle)) if asked.kind in ("level", "difference") and middle > 0 else None
    doubt = None
    if nearest.side == "other":  # China's exports to Kyrgyzstan are ten times Kyrgyzstan's imports from China.
        doubt = "none.mirror"
    elif asked.kind == "share":  # The claim does not tell of which whole.
        doubt = "none.share"
    elif slip is None and asked.product and not find_code(asked.product):
        doubt = "none.product"
    elif asked.period is None and (slip is None or slip in (1, 2)):  # It may be of a month or a part of a year.
        doubt = "none.undated"
    if doubt:
        return Comparison("no data", words.say(doubt, basis=words.basis(nearest)), nearest.period)
    why = words.say("contradicts.all", value=words.value(middle), basis=words.basis(nearest))
    if slip:
        key = "contradicts.too_small" if slip > 0 else "contradicts.too_large"
        why += "; " + words.say(key, times=f"{10 ** abs(slip):,}")
    return Comparison("contradicts all", why, nearest.period, slip=slip)


def _say_revision(asked: Asked, found: Candidate, words: Words) -> str:
    shift = 1 if asked.kind == "growth" else 0
    middle = (asked.low + asked.high) / 2 + shift
    off = (middle / (found.value + shift) - 1) * 100 if found.value + shift else Decimal(0)
    told = f"{off:+.1f}".replace(".", words.sentences["number.decimal"])
    return words.say("match.revision", off=told, reach=f"{REVISION * 100:.0f}", basis=words.basis(found))


def _judge_rank(asked: Asked, figures: OfficialFigures, words: Words) -> Comparison:
    """A rank is taken from the reporter's own list; another country's list is shown, and decides nothing."""
    own = figures.ranks(asked.reporter, asked.partner, asked.flow)
    if not own:
        why = words.say("none.list", reporter=words.area(asked.reporter))
        turned = figures.ranks(asked.partner, asked.reporter, asked.flow)
        shown = [r for r in turned if r.period == asked.period] or turned[-1:]
        if shown:
            why += f" ({words.ranks(shown)})"
        return Comparison("no data", why, compared=tuple(shown))
    known = [r for r in own if asked.published is None or r.period[1] < asked.published]
    here = [r for r in known if asked.period in (None, r.period)]
    hits = [r for r in known if asked.low <= r.value <= asked.high]
    if agreeing := [r for r in hits if r in here]:
        found = max(agreeing, key=lambda r: r.period)
        return Comparison("agrees", words.ranks([found]), found.period, (found,), tuple(here))
    if not here:
        return Comparison("no data", words.ranks(own[-1:]), compared=tuple(own[-1:]))
    if hits and asked.period:
        start = asked.period[0]
        found = min(hits, key=lambda r: abs((r.period[0] - start).days))
        return Comparison("agrees with another period", words.ranks([found]), found.period, (found,), (*here, found))
    return Comparison("contradicts all", words.ranks(here), asked.period, compared=tuple(here))


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
