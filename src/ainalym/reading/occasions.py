"""Where and on what day something took place, as one sentence tells it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from ainalym.lexicon import Hit, Sense, lookup, make_key
from ainalym.reading.context import Context
from ainalym.reading.memo import per_senses

_VENUES = frozenset({"place", "capital", "city"})
_BEFORE = {"ru": frozenset(("в", "во", "на")), "en": frozenset(("in", "at"))}
_TODAY = frozenset(("бүгін", "сегодня", "today", "búgin", "bügin", "bugin", "بۇگىن"))
_RU_ENDINGS = ("", "а", "я", "ь", "й", "ия", "ы", "ий")
_LONGEST_ENDING = 6


@per_senses
def _venue_cases(senses: tuple[Sense, ...]) -> frozenset[str | None]:
    return frozenset(sense.case for sense in senses if sense.kind in _VENUES)


@per_senses
def _month(senses: tuple[Sense, ...]) -> int | None:
    return next((int(sense.value) for sense in senses if sense.kind == "month"), None)


def find_venue(context: Context, hits: Sequence[Hit], *, visits: bool) -> str | None:
    """The first place where the sentence says "in" (of a visit: "to"), in the nominative as the text spells it."""
    for hit in hits:
        cases = _venue_cases(hit.senses)
        if not cases:
            continue
        if context.lang == "kk":
            fits = "loc" in cases or (visits and "dat" in cases)
        else:
            before = context.tokens[hit.first - 1].folded if hit.first else ""
            fits = before in _BEFORE.get(context.lang, ())
        if fits:
            return _nominative(context.lang, context.text(hit.first, hit.last + 1))
    return None


def _nominative(lang: str, text: str) -> str:
    """The place name without its ending, when the lexicon knows the shorter form as a nominative."""
    if lang == "en":
        return text
    for cut in range(min(_LONGEST_ENDING, len(text) - 2) + 1):
        stem = text[: len(text) - cut]
        for ending in _RU_ENDINGS if lang == "ru" else ("",):
            senses = lookup(lang, make_key(stem + ending))
            if any(s.kind in _VENUES and s.case in ("nom", None) and s.form is None for s in senses):
                return stem + ending
    return text


def find_day(context: Context, sentence: tuple[int, int], hits: Sequence[Hit]) -> dt.date | None:
    """The day that the sentence gives: day and month, the year from beside it or from the day of publication."""
    published = context.document.published
    for hit in hits:
        month = _month(hit.senses)
        day = _number(context, hit.first - 1) or _number(context, hit.last + 1) if month else None
        if not month or not day or not 1 <= day <= 31:
            continue
        near = (_number(context, i) for i in (*range(hit.last + 1, hit.last + 4), hit.first - 2, hit.first - 3))
        year = next((n for n in near if n and 1990 <= n <= 2100), published.year if published else None)
        if year:
            return _date(year, month, day)
    if published and any(token.folded in _TODAY for token in context.tokens[sentence[0] : sentence[1]]):
        return published
    return None


def _number(context: Context, i: int) -> int | None:
    if not 0 <= i < len(context.tokens) or context.tokens[i].kind != "number":
        return None
    return int(context.tokens[i].folded) if len(context.tokens[i].folded) < 5 else None


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
