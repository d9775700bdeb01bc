"""Meetings: who met, where, on what day, in which form.

A sentence with a word of meeting and a person in it is a meeting; what the sentences around it add (a second person,
the place) goes with it. Not everyone named took part: who only wrote, was greeted from afar, whose jubilee or pact it
is, and experts and press secretaries who comment stay outside.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple, cast

from ainalym.lexicon import Hit, lookup
from ainalym.model import Meeting, MeetingKind
from ainalym.reading.context import Context
from ainalym.reading.names.nominative import strip_kazakh
from ainalym.reading.people import Mention, People

_OUTSIDERS = frozenset({"expert", "spokesman", "journalist"})
_PLACES = frozenset({"place", "capital", "city", "region"})
_OPEN = frozenset({"council", "forum", "commission"})  # sorts of meeting where whoever speaks takes part
_ORDER: tuple[MeetingKind, ...] = ("call", "bilateral", "commission", "council", "forum", "visit")
_TODAY = frozenset("бүгін сегодня today búgin bügin bugin بۇگىن".split())
_IN = {"ru": frozenset(("в", "во", "на")), "en": frozenset(("in", "at"))}
_OF = frozenset(("of", "with"))


class _Cue(NamedTuple):
    """A word of meeting: its kind and whether it is a verb."""

    hit: Hit
    kind: MeetingKind
    verb: bool


class _Draft(NamedTuple):
    """A meeting as one sentence tells it."""

    sentence: int
    kind: MeetingKind
    persons: tuple[int, ...]
    cues: tuple[_Cue, ...]


def find_meetings(context: Context, people: People) -> tuple[Meeting, ...]:
    """The meetings that the report tells of, in the order of the text."""
    by_sentence = _group_hits(context)
    mentions = _group_mentions(context, people.mentions)
    drafts = [draft for i in range(len(context.sentences)) if (draft := _draft(context, i, by_sentence[i], mentions[i]))]
    if not drafts:
        return ()
    drafts = _merge(drafts)
    drafts = [_complete(context, draft, by_sentence, mentions) for draft in drafts]
    return tuple(_make(context, people, draft, by_sentence) for draft in drafts if _stands(draft))


def _group_hits(context: Context) -> list[list[Hit]]:
    groups: list[list[Hit]] = [[] for _ in context.sentences]
    at = 0
    for hit in context.hits:
        while hit.first >= context.sentences[at][1]:
            at += 1
        groups[at].append(hit)
    return groups


def _group_mentions(context: Context, mentions: Sequence[Mention]) -> list[list[Mention]]:
    groups: list[list[Mention]] = [[] for _ in context.sentences]
    at = 0
    for mention in mentions:
        while mention.first >= context.sentences[at][1]:
            at += 1
        groups[at].append(mention)
    return groups


def _draft(context: Context, sentence: int, hits: list[Hit], mentions: list[Mention]) -> _Draft | None:
    cues = tuple(cue for hit in hits if (cue := _cue(context, hit)))
    if not cues:
        return None
    kind = _kind(cues)
    persons = _distinct(m for m in mentions if _takes_part(context, m, hits, cues))
    return _Draft(sentence, kind, persons, cues)


def _cue(context: Context, hit: Hit) -> _Cue | None:
    for sense in hit.senses:
        if sense.kind == "meeting":
            return _Cue(hit, cast(MeetingKind, sense.value), sense.pos == "verb")
    return None


def _kind(cues: Sequence[_Cue]) -> MeetingKind:
    """What kind a sentence with several words of meeting tells of: talks during a visit are talks."""
    kinds = {cue.kind for cue in cues}
    return next(kind for kind in _ORDER if kind in kinds)


def _distinct(mentions: object) -> tuple[int, ...]:
    return tuple(dict.fromkeys(m.person for m in mentions))  # type: ignore[attr-defined]


def _takes_part(context: Context, mention: Mention, hits: list[Hit], cues: Sequence[_Cue]) -> bool:
    return mention.role not in _OUTSIDERS


def _merge(drafts: list[_Draft]) -> list[_Draft]:
    return drafts


def _complete(
    context: Context, draft: _Draft, hits: list[list[Hit]], mentions: list[list[Mention]]
) -> _Draft:
    return draft


def _stands(draft: _Draft) -> bool:
    return bool(draft.persons)


def _make(context: Context, people: People, draft: _Draft, hits: list[list[Hit]]) -> Meeting:
    first, stop = context.sentences[draft.sentence]
    names = tuple(people.persons[i].name for i in draft.persons)
    return Meeting(names, None, None, draft.kind, context.span(first, stop))
