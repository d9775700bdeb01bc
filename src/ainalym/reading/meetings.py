"""Meetings: who met, where, on what day, in which form.

A sentence with a word of meeting and a person in it is a meeting; what the sentences around it add (a second person,
the place) goes with it. Not everyone named took part: who only wrote, was greeted from afar, whose jubilee or pact it
is, and experts and press secretaries who comment stay outside.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple, cast

from ainalym.lexicon import Hit, Sense
from ainalym.model import Meeting, MeetingKind
from ainalym.reading.context import Context
from ainalym.reading.memo import per_senses
from ainalym.reading.occasions import find_day, find_venue
from ainalym.reading.people import Mention, People

_OUTSIDERS = frozenset({"expert", "spokesman", "journalist"})
_OPEN = frozenset({"council", "forum", "commission"})  # sorts of meeting where whoever speaks takes part
_UNREAL = frozenset({"infinitive", "conditional", "imperative"})
_GATHERING = frozenset({"meeting", "attendance", "role", "occasion"})
_ORDER: tuple[MeetingKind, ...] = ("call", "bilateral", "commission", "council", "forum", "visit")


class _Brief(NamedTuple):
    """What matters here of a hit's senses."""

    meeting: MeetingKind | None
    tells: bool
    kinds: frozenset[str]
    gathers: bool
    agrees: bool
    they_say: bool
    delegation: bool


@per_senses
def _brief(senses: tuple[Sense, ...]) -> _Brief:
    meeting = next((s.value for s in senses if s.kind == "meeting" and s.form not in _UNREAL), None)
    kinds = frozenset(s.kind for s in senses)
    return _Brief(
        cast(MeetingKind, meeting) if meeting else None,
        meeting is not None or "body" in kinds,
        kinds,
        bool(kinds & _GATHERING),
        any(s.kind == "commitment" and s.value in ("agreed", "signed") and s.pos == "verb" for s in senses),
        any(s.kind == "saying" and s.number == "pl" for s in senses),
        any(s.kind == "organisation" and s.value == "delegation" for s in senses),
    )


class _Draft(NamedTuple):
    """A meeting as one or several sentences tell it; `firm` when more than an allusion."""

    sentence: int
    kind: MeetingKind
    persons: tuple[int, ...]
    firm: bool


class _Scene(NamedTuple):
    """The report cut by sentences."""

    context: Context
    people: People
    hits: list[list[Hit]]
    mentions: list[list[Mention]]
    starts: list[int]  # the first tokens of all hits
    sits: bool  # does the report speak of a sitting, a session or another occasion?
    present: list[int]  # persons who act or speak anywhere in the report
    insiders: frozenset[int]  # persons who may take part


def find_meetings(context: Context, people: People) -> tuple[Meeting, ...]:
    """The meetings that the report tells of, in the order of the text; one of nobody named needs a place or a day."""
    if len(people.persons) < 2 and not any(_brief(hit.senses).tells for hit in context.hits):
        return ()
    scene = _make_scene(context, people)
    drafts = [draft for i in range(len(context.sentences)) if (draft := _draft(scene, i))]
    found = [_make(scene, _complete(scene, draft)) for draft in _merge(drafts)]
    return tuple(meeting for meeting in found if meeting)


def _make_scene(context: Context, people: People) -> _Scene:
    sits = any("occasion" in _brief(hit.senses).kinds for hit in context.hits)
    hits, mentions = context.by_sentence(context.hits), context.by_sentence(people.mentions)
    scene = _Scene(context, people, hits, mentions, [hit.first for hit in context.hits], sits, [], frozenset())
    scene = scene._replace(insiders=_insiders(scene))
    return scene._replace(present=_present(scene, range(len(mentions))))


# ---- one sentence


def _draft(scene: _Scene, sentence: int) -> _Draft | None:
    briefs = [_brief(hit.senses) for hit in scene.hits[sentence]]
    kinds = {brief.meeting for brief in briefs if brief.meeting}
    if any("body" in b.kinds for b in briefs) and any("occasion" in b.kinds for b in briefs):
        kinds.add("council")
    if not kinds and len(scene.mentions[sentence]) < 2:
        return None  # as most sentences
    inside = [m for m in scene.mentions[sentence] if _takes_part(scene, m)]
    persons = tuple(dict.fromkeys(m.person for m in inside))
    if kinds:
        return _Draft(sentence, _kind(kinds, briefs), persons, any(_is_firm(scene, kind) for kind in kinds))
    if len(persons) > 1 and _brings_together(inside, briefs):
        return _Draft(sentence, "bilateral", persons, True)
    return None


def _is_firm(scene: _Scene, kind: MeetingKind) -> bool:
    """A visit may be only alluded to; talks, forums, and commissions and councils that sit are what a report tells."""
    if kind in ("commission", "council"):
        return scene.sits
    return kind != "visit"


def _kind(kinds: set[MeetingKind], briefs: Sequence[_Brief]) -> MeetingKind:
    """What kind a sentence with several words of meeting tells of: talks during a visit are talks."""
    if "commission" in kinds and any("occasion" in brief.kinds for brief in briefs):
        return "commission"
    return next(kind for kind in _ORDER if kind in kinds)


def _brings_together(mentions: Sequence[Mention], briefs: Sequence[_Brief]) -> bool:
    """Two persons in one sentence have met when one is "with" the other, when both attend, agree, sign or speak."""
    if any(m.case == "ins" for m in mentions) or any("attendance" in b.kinds or b.agrees for b in briefs):
        return True
    return mentions[1].first - mentions[0].stop < 12 and any(b.they_say for b in briefs)


def _takes_part(scene: _Scene, mention: Mention) -> bool:
    """Not those who only comment, nor those whose greeting, jubilee or pact is spoken of."""
    if mention.role in _OUTSIDERS:
        return False
    context = scene.context
    if context.lang == "kk":
        return mention.case != "gen" or _near(scene, mention.stop, mention.stop + 3)
    if not mention.first:
        return True
    before = context.tokens[mention.first - 1]
    if context.lang == "en":
        return before.folded != "of" or mention.first < 2 or _near(scene, mention.first - 3, mention.first)
    owned = mention.case == "gen" and mention.role is None and before.kind == "word" and before.end - before.start > 3
    return not owned or _near(scene, mention.first - 1, mention.first)


def _near(scene: _Scene, first: int, stop: int) -> bool:
    """Does a word of meeting, taking part, inviting, or a post stand among these tokens?"""
    for at in range(bisect_left(scene.starts, stop) - 1, -1, -1):
        hit = scene.context.hits[at]
        if hit.last < first:
            return False  # hits do not overlap: all before end earlier still
        if _brief(hit.senses).gathers:
            return True
    return False


# ---- the report


def _merge(drafts: list[_Draft]) -> list[_Draft]:
    """Sentences that tell of the same meeting become one: same kind and a person in common, or nobody new."""
    merged: list[_Draft] = []
    for draft in drafts:
        twin = next((i for i, other in enumerate(merged) if _same(other, draft)), None)
        if twin is None:
            merged.append(draft)
        else:
            other = merged[twin]
            persons = tuple(dict.fromkeys(other.persons + draft.persons))
            kind = min(other.kind, draft.kind, key=_ORDER.index) if other.kind != draft.kind else other.kind
            sentence = other.sentence if other.persons or not draft.persons else draft.sentence
            merged[twin] = _Draft(sentence, kind, persons, other.firm or draft.firm)
    return merged


def _same(one: _Draft, other: _Draft) -> bool:
    if one.kind == other.kind:
        return not one.persons or not other.persons or bool(set(one.persons) & set(other.persons))
    return {one.kind, other.kind} == {"visit", "bilateral"} and set(one.persons) == set(other.persons)


def _complete(scene: _Scene, draft: _Draft) -> _Draft:
    """The draft with those whom other sentences put in the meeting."""
    if not draft.firm and not draft.persons:
        return draft
    wanted = draft.kind in _OPEN or not draft.persons
    if not wanted and (draft.kind == "visit" or len(draft.persons) > 1 or _meets_body(scene, draft)):
        return draft
    near = [] if draft.kind in _OPEN else _present(scene, range(draft.sentence - 1, draft.sentence + 3))
    others = near if len({*draft.persons, *near}) > 1 else scene.present
    return draft._replace(persons=tuple(dict.fromkeys((*draft.persons, *others))))


def _meets_body(scene: _Scene, draft: _Draft) -> bool:
    return any(_brief(hit.senses).delegation for hit in scene.hits[draft.sentence])


def _present(scene: _Scene, sentences: range) -> list[int]:
    """Persons who act or speak in the sentences."""
    found = []
    for i in sentences:
        if 0 <= i < len(scene.mentions):
            found += [
                m.person for m in scene.mentions[i]
                if m.case in (None, "nom", "ins", "dat") and m.person in scene.insiders and _takes_part(scene, m)
            ]  # fmt: skip
    return list(dict.fromkeys(found))


def _insiders(scene: _Scene) -> frozenset[int]:
    """Persons named in full as ones who may take part, but no experts, press secretaries or journalists."""
    mentions = scene.people.mentions
    outsiders = {m.person for m in mentions if m.role in _OUTSIDERS}
    return frozenset(m.person for m in mentions if m.full and m.person not in outsiders and _takes_part(scene, m))


def _make(scene: _Scene, draft: _Draft) -> Meeting | None:
    context, hits = scene.context, scene.hits[draft.sentence]
    names = tuple(scene.people.persons[i].name for i in draft.persons)
    if not names and not draft.firm:
        return None
    place = find_venue(context, hits, visits=draft.kind == "visit")
    day = find_day(context, context.sentences[draft.sentence], hits)
    if not names and place is None and day is None:
        return None
    return Meeting(names, day, place, draft.kind, context.span(*context.sentences[draft.sentence]))
