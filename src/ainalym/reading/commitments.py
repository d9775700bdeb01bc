"""Commitments: what the sides agreed, signed, offered, were tasked with, plan, do or have done, and by when.

A sentence is one when enough speaks for it: a word that carries a commitment, a paper, an act in a form that looks
ahead. The weights were learned from reports marked by hand and rounded; words that report a change that has already
happened speak against. Without a translator `what` is the clause itself, cleaned.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from ainalym.language.tokens import Token
from ainalym.lexicon import Hit, Sense
from ainalym.model import Claim, Commitment, CommitmentStatus
from ainalym.reading.context import Context
from ainalym.reading.memo import per_senses
from ainalym.reading.names.folding import rough
from ainalym.reading.people import People
from ainalym.reading.periods import Mention

_ENOUGH = {"kk": 2.25, "ru": 2.25, "en": 1.95}
_WEIGHTS = {
    # words that carry a commitment, by what they say of its state
    "proposed": 2.3, "agreed": 1.5, "under way": 1.5, "planned": 1.5, "signed": 1.25,
    "proposed noun": 0.75, "agreed noun": 0.6, "under way loose": 0.5, "proposed loose": 0.5, "agreed loose": 0.4,
    "signed loose": 0.3, "readiness": 0.55,
    # papers, and acts by the form of their verb
    "document": 1.3, "deed intent": 1.0, "deed future": 1.35, "deed infinitive": 1.15, "deed present": 0.6,
    "deed participle": 0.6, "deed converb": 0.4, "deed past": 0.35, "deed conditional": -0.2,
    "deed closes in intent": 0.8, "deed closes in present": 0.6, "deed closes in past": 0.3,
    "closes in founding": 0.5,
    # what looks ahead
    "intent": 1.25, "ahead": 1.05, "closes ahead": 0.55, "is to be": 0.3, "progressive": 0.5, "will not": 0.3,
    "target": 0.75, "potential": 0.45, "forecast": -0.25, "actual": -0.45,
    # together
    "act and aim": 0.4, "act and paper": 0.45, "two sides": 0.4, "ready to act": 1.4,
    # reports of figures and of what happened
    "change": -0.55, "saying": -0.2, "closes in present": -0.4, "many numbers": -1.3,
}  # fmt: skip
_MOST_TOGETHER = sum(_WEIGHTS[sign] for sign in ("act and aim", "act and paper", "two sides", "closes ahead"))
# Goods are supplied year after year, a plant is opened once: the present of these verbs looks ahead.
_FOUNDING = frozenset({"open", "build", "lift"})
_READY = re.compile(r"daiin|azir|daiar")
_TO_ACT = re.compile(r"[ui][gk]'?[ae]$")
_LOOSE = frozenset({"infinitive", "conditional", "converb"})
_INTENT = re.compile(r"..[mbp][ae]k(?:si|pin|piz)?$")
_TO_BE = re.compile(r"[aei]tin$")
_PRESENT = re.compile(r"..[aei]di$")
_PROGRESSIVE = re.compile(r"jatir|otir$|otirm|otirgan|jatkan")
_WILL_NOT = re.compile(r"[mbp][ae]it(?:in|ind)")
_SIDES = frozenset({"place", "demonym", "capital", "region", "city", "group"})
_UNTIL = frozenset(
    (
        "к",
        "до",
        "by",
        "until",
        "till",
        "through",
        "before",
        "жылға",
        "jylǵa",
        "jılğa",
        "jylga",
        "jylğa",
        "jylǧa",
        "جىلعا",
    )
)
_YEAR = re.compile(r"20[0-4]\d")
_QUOTES = re.compile(r"^[\s«»\"“”–—-]+|[\s«»\"“”,.;:–—-]+$")
_SAID = re.compile(r"[»\"”],?\s*[-–—]\s*[^«»\"“”]{0,60}$")


class _Found(NamedTuple):
    """A stretch of tokens that holds one commitment, what speaks for it and the hits in it."""

    first: int
    stop: int
    signs: frozenset[str]
    hits: Sequence[Hit]


def find_commitments(
    context: Context, people: People, claims: Sequence[Claim], times: Iterable[Mention]
) -> tuple[Commitment, ...]:
    """The commitments of the report in the order of the text, one for a sentence or a part of it between semicolons.

    `times` are the mentions of time in the text, which give the day by which something is due.
    """
    grouped = zip(context.sentences, context.by_sentence(context.hits), strict=True)
    parts = [part for (first, stop), hits in grouped if hits for part in _find_parts(context, first, stop, hits)]
    if not parts:
        return ()
    main, starts = _main_pair(context), [claim.evidence.start for claim in claims]
    by = [m for m in times if m.role == "by" and m.period is not None]
    deadlines = sorted(by, key=lambda mention: mention.first)
    return tuple(_make(context, _claims_in(context, claims, starts, part), part, main, deadlines) for part in parts)


def _find_parts(context: Context, first: int, stop: int, hits: list[Hit]) -> Iterator[_Found]:
    """The sentence, or its parts between semicolons when several of them are commitments of their own."""
    whole = _weigh(context, first, stop, hits)
    if ";" in context.document.text[context.tokens[first].start : context.tokens[stop - 1].end]:
        cuts = [i for i in range(first, stop) if context.tokens[i].folded == ";"]
        edges = [first, *(i + 1 for i in cuts), stop]
        parts = [_weigh(context, a, b, [h for h in hits if a <= h.first < b]) for a, b in pairwise(edges) if b > a]
        good = [part for part in parts if part]
        if len(good) > 1:
            yield from (part for part in parts if part)
            return
    if whole:
        yield whole


# ---- what speaks for a commitment


def _weigh(context: Context, first: int, stop: int, hits: Sequence[Hit]) -> _Found | None:
    """The stretch with its signs when they weigh enough; the cheap signs first, most sentences have too few."""
    last = stop - 1
    while last > first and context.tokens[last].kind != "word":
        last -= 1
    signs: set[str] = set()
    for hit in hits:
        found = _signs_of(hit.senses) if hit.last != last else _closing_signs(hit.senses)
        if found:
            signs |= found
    if context.lang == "kk":
        signs.update(_endings(context, first, stop, last))
    enough = _ENOUGH.get(context.lang, 2.25)
    if math.fsum(map(_weight_of, signs)) + _MOST_TOGETHER < enough:
        return None
    _add_joint_signs(context, signs, first, stop, hits)
    if math.fsum(map(_weight_of, signs)) < enough:
        return None
    return _Found(first, stop, frozenset(signs), hits)


def _weight_of(sign: str) -> float:
    return _WEIGHTS.get(sign, 0.0)


def _add_joint_signs(context: Context, signs: set[str], first: int, stop: int, hits: Sequence[Hit]) -> None:
    """What several things in the sentence say together."""
    if len(_sides(hits)) > 1:
        signs.add("two sides")
    if sum(token.kind == "number" for token in context.tokens[first:stop]) > 3:
        signs.add("many numbers")
    if "closes in present" in signs and signs & {"two sides", "ahead"} and "many numbers" not in signs:
        signs.add("closes ahead")
    acts = signs & {"deed infinitive", "deed intent", "deed future"}
    if acts and signs & {"target", "ahead", "potential"}:
        signs.add("act and aim")
    if "document" in signs and (acts or signs & {"signed", "signed loose", "target", "ahead"}):
        signs.add("act and paper")


def _signs(sense: Sense, *, closes: bool) -> Iterator[str]:
    kind = sense.kind
    if kind == "commitment":
        if sense.pos == "noun":
            yield f"{sense.value} noun"
        elif sense.form in _LOOSE:
            yield f"{sense.value} loose"
        else:
            yield sense.value
            if sense.form in ("intent", "future"):
                yield "intent"
    elif kind == "deed":
        yield f"deed {sense.form}"
        if closes:
            yield f"deed closes in {sense.form}"
            if sense.form == "present" and sense.value in _FOUNDING:
                yield "closes in founding"
    elif kind == "modality":
        yield sense.value
    elif kind in ("document", "readiness", "ahead", "saying", "change"):
        yield kind


@per_senses
def _signs_of(senses: tuple[Sense, ...]) -> frozenset[str]:
    return frozenset(sign for sense in senses for sign in _signs(sense, closes=False))


@per_senses
def _closing_signs(senses: tuple[Sense, ...]) -> frozenset[str]:
    """The signs of the sentence's last word."""
    return frozenset(sign for sense in senses for sign in _signs(sense, closes=True))


@per_senses
def _weight(senses: tuple[Sense, ...]) -> float:
    return max((_WEIGHTS.get(sign, 0.0) for sign in _signs_of(senses)), default=-9.0)


@per_senses
def _code(senses: tuple[Sense, ...]) -> str | None:
    return next((sense.value for sense in senses if sense.kind in _SIDES), None)


def _endings(context: Context, first: int, stop: int, last: int) -> Iterator[str]:
    """What Kazakh verbs that the lexicon does not know tell by their endings, in any script."""
    tokens = context.tokens
    if _PRESENT.search(rough(tokens[last].folded)):
        yield "closes in present"
    for i in range(first, stop):
        sign = _ending_sign(tokens[i].folded)
        if sign is None:
            continue
        if sign == "intent":
            if _closes_clause(context, i, last) and not _is_capitalised(context, tokens[i]):
                yield sign
        elif sign == "is to be":
            if i < last and rough(tokens[i + 1].folded).startswith("bol"):
                yield sign
        elif sign == "ready to act":
            if i > first and _TO_ACT.search(rough(tokens[i - 1].folded)):
                yield sign
        elif sign == "will not" or (i > first and rough(tokens[i - 1].folded).endswith("p")):
            yield sign


@lru_cache(maxsize=100_000)
def _ending_sign(folded: str) -> str | None:
    """What a word's ending may tell; the words beside it decide."""
    if len(folded) < 4 or not folded[0].isalpha():
        return None
    letters = rough(folded)
    if _INTENT.search(letters):
        return "intent"
    if _TO_BE.search(letters):
        return "will not" if _WILL_NOT.search(letters) else "is to be"
    if _PROGRESSIVE.match(letters):
        return "progressive"
    if _READY.match(letters):
        return "ready to act"
    return "will not" if _WILL_NOT.search(letters) else None


def _closes_clause(context: Context, i: int, last: int) -> bool:
    return i == last or context.tokens[i + 1].kind == "sign"


def _is_capitalised(context: Context, token: Token) -> bool:
    return context.document.text[token.start].isupper()


# ---- the commitment


def _claims_in(context: Context, claims: Sequence[Claim], starts: list[int], found: _Found) -> tuple[int, ...]:
    """The indexes of the claims whose figures stand in the stretch; claims come in the order of the text."""
    start, end = context.tokens[found.first].start, context.tokens[found.stop - 1].end
    near = range(bisect_left(starts, start), bisect_left(starts, end))
    return tuple(i for i in near if claims[i].evidence.end <= end)


def _make(
    context: Context, claims: tuple[int, ...], found: _Found, main: tuple[str, ...], deadlines: list[Mention]
) -> Commitment:
    span = context.span(found.first, found.stop)
    return Commitment(
        what=_clean(span.quote),
        parties=_parties(found, main),
        status=_status(found.signs),
        due=_deadline(found, deadlines) or _due(context, found),
        surface=_surface(context, found),
        evidence=span,
        claims=claims,
    )


def _status(signs: frozenset[str]) -> CommitmentStatus:
    ahead = signs & {"intent", "deed closes in intent", "is to be"}
    if "signed" in signs and not ahead:
        return "signed"
    if "agreed" in signs and not ahead:
        return "agreed"
    if "proposed" in signs or (signs & {"readiness", "ready to act"} and "planned" not in signs):
        return "proposed"
    if "under way" in signs and not ahead:
        return "under way"
    if signs & {"planned", "intent", "deed intent", "deed future", "ahead", "is to be"}:
        return "planned"
    if signs & {"agreed noun", "document"} and "deed past" not in signs:
        return "agreed"
    if "progressive" in signs:
        return "under way"
    return "done" if "deed past" in signs else "planned"


def _sides(hits: Sequence[Hit]) -> list[str]:
    return list(dict.fromkeys(code for hit in hits if (code := _code(hit.senses))))


def _main_pair(context: Context) -> tuple[str, ...]:
    """The two sides that the report names most."""
    counts = Counter(code for hit in context.hits if (code := _code(hit.senses)))
    return tuple(code for code, _ in counts.most_common(2))


def _parties(found: _Found, main: tuple[str, ...]) -> tuple[str, ...]:
    own = _sides(found.hits)[:4]
    if len(own) < 2:
        own += [code for code in main if code not in own][: 2 - len(own)]
    return tuple(own)


def _deadline(found: _Found, deadlines: list[Mention]) -> dt.date | None:
    """The last date by which it is to be done, where the stretch names one: «до 1 июня 2024 года»."""
    start, stop = (bisect_left(deadlines, token, key=lambda m: m.first) for token in (found.first, found.stop))
    named = [m.period[1] for m in deadlines[start:stop] if m.period and m.period[1]]
    return max(named) if named else None


def _due(context: Context, found: _Found) -> dt.date | None:
    """The last day of the year by which or in which it is to be done; None where the sentence names no such year."""
    until_only = bool(found.signs & {"signed", "under way"}) and not found.signs & {"planned", "intent"}
    published = context.document.published
    best: int | None = None
    tokens = context.tokens
    for i in range(found.first, found.stop):
        if tokens[i].kind != "number" or not _YEAR.fullmatch(tokens[i].folded):
            continue
        near = {tokens[j].folded for j in (i - 1, i + 1) if found.first <= j < found.stop}
        year = int(tokens[i].folded)
        if near & _UNTIL or (not until_only and published is not None and year >= published.year):
            best = max(best or 0, year)
    return dt.date(best, 12, 31) if best else None


def _surface(context: Context, found: _Found) -> str:
    """At most twelve words of the text around what speaks strongest."""
    best, weight = found.first, -9.0
    for hit in found.hits:
        if _weight(hit.senses) > weight:
            best, weight = hit.last, _weight(hit.senses)
    words = [i for i in range(found.first, found.stop) if context.tokens[i].kind == "word"]
    if not words:
        return context.text(found.first, found.stop)
    at = max(0, sum(i <= best for i in words) - 1)
    begin = max(0, min(at - (9 if context.lang == "kk" else 3), len(words) - 12))
    end = min(len(words), begin + 12)
    return context.text(words[begin], words[end - 1] + 1)


def _clean(quote: str) -> str:
    """The clause without the quotation marks and dashes around it and without who said it."""
    return " ".join(_QUOTES.sub("", _SAID.sub("", quote)).split()) or quote
