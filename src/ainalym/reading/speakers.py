"""Speakers: who says what a sentence says, a person or a body, as far as the text tells.

A sentence with a word of saying names its speaker; a quotation has the speaker of the sentence that closes it. In
Russian news the source named first goes on through the paragraph; in Kazakh and English it holds for its sentence
and for the rest of its quotation.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from ..lexicon import Hit, Sense
from .context import Context
from .memo import per_senses
from .people import Mention, People

_OPENING, _CLOSING = frozenset("«“„"), frozenset("»”")
_TELLING = ("saying", "source", "organisation", "role", "reach", "change")
_REACH = 7
_BODY_WORDS = 6
_ENDS_A_NAME = frozenset(("в", "во", "на", "с", "со", "и", "а", "но", "что", "за", "о", "об", "при"))
_BACK = 5  # sentences
_PRONOUNS = frozenset(("ол", "он", "она", "he", "she", "ol", "ول"))


class _Scene(NamedTuple):
    """The report cut by sentences; of the hits those that tell who speaks."""

    context: Context
    people: People
    hits: list[list[Hit]]
    mentions: list[list[Mention]]


def find_speakers(context: Context, people: People) -> list[str | None]:
    """One speaker or None for each sentence."""
    hits = (hit for hit in context.hits if _has(hit, *_TELLING))
    scene = _Scene(context, people, context.by_sentence(hits), context.by_sentence(people.mentions))
    own = [_speaker_of(scene, number) for number in range(len(context.sentences))]
    speakers = list(own)
    for first, last in _quotations(context):
        voice = next((own[n] for n in range(last, min(last + 2, len(own))) if own[n]), None) or own[first]
        for n in range(first, last + 1):
            speakers[n] = speakers[n] or voice
    sources = [any(_has(hit, "source") for hit in hits) for hits in scene.hits]
    _carry_on(context, speakers, sources, back=context.lang == "ru")
    return speakers


@per_senses
def _kinds(senses: tuple[Sense, ...]) -> frozenset[str]:
    return frozenset(sense.kind for sense in senses)


def _has(hit: Hit, *kinds: str) -> bool:
    return not _kinds(hit.senses).isdisjoint(kinds)


def _speaker_of(scene: _Scene, number: int) -> str | None:
    """The person or body that stands nearest to a word of saying."""
    hits = scene.hits[number]
    sayings = [hit for hit in hits if _has(hit, "saying", "source")]
    if not sayings:
        return None
    named = [m for m in scene.mentions[number] if m.case in (None, "nom", "gen")]
    bodies = [hit for hit in hits if _has(hit, "organisation")]
    best: tuple[int, str] | None = None
    for saying in sayings:
        for mention in named:
            name = scene.people.persons[mention.person].name
            best = _nearer(best, _gap(saying, mention.first, mention.stop - 1), name)
        for body in bodies:
            if body.first != saying.first:
                best = _nearer(best, _gap(saying, body.first, body.last) + 2, _body_name(scene, number, body))
    return best[1] if best and best[0] <= _REACH + 5 else _named_before(scene, number)


def _named_before(scene: _Scene, number: int) -> str | None:
    """«…, – деді ол», «заявил министр»: the person named last, within a few sentences."""
    first, stop = scene.context.sentences[number]
    pronoun = any(scene.context.tokens[i].folded in _PRONOUNS for i in range(first, stop))
    if not pronoun and not any(_has(hit, "role") for hit in scene.hits[number]):
        return None
    for n in range(number, max(0, number - _BACK) - 1, -1):
        if scene.mentions[n]:
            return scene.people.persons[scene.mentions[n][-1].person].name
    return None


def _nearer(best: tuple[int, str] | None, gap: int, name: str) -> tuple[int, str]:
    return (gap, name) if best is None or gap < best[0] else best


def _gap(saying: Hit, first: int, last: int) -> int:
    return first - saying.last if first > saying.last else saying.first - last


def _body_name(scene: _Scene, number: int, body: Hit) -> str:
    """The body's name: the head and, in Russian, the words after it up to a sign or another word of saying."""
    context = scene.context
    if context.lang != "ru":
        return context.text(body.first, body.last + 1)
    end, stop = body.last + 1, min(context.sentences[number][1], body.last + _BODY_WORDS)
    closing = {hit.first for hit in scene.hits[number] if _has(hit, "saying", "reach", "change")}
    while end < stop and context.tokens[end].kind == "word" and end not in closing:
        if context.tokens[end].folded in _ENDS_A_NAME:
            break
        end += 1
    return context.text(body.first, end)


def _quotations(context: Context) -> list[tuple[int, int]]:
    """Sentence numbers `(first, last)` of each quotation that runs over more than one sentence."""
    found, opened = [], None
    for number, (first, stop) in enumerate(context.sentences):
        for i in range(first, stop):
            sign = context.tokens[i].folded
            if sign in _OPENING and opened is None:
                opened = number
            elif sign in _CLOSING and opened is not None:
                found.append((opened, number))
                opened = None
    return [(a, b) for a, b in found if b - a < 12]


def _carry_on(context: Context, speakers: list[str | None], sources: Sequence[bool], *, back: bool) -> None:
    """A source goes on to the end of its paragraph; in Russian it also holds for what stands before it there."""
    paragraph_of = _paragraphs_of(context)
    for n in range(1, len(speakers)):
        sources_on = back or sources[n - 1]
        if speakers[n] is None and sources_on and paragraph_of[n] == paragraph_of[n - 1]:
            speakers[n] = speakers[n - 1]
    for n in range(len(speakers) - 2, -1, -1) if back else ():
        if speakers[n] is None and paragraph_of[n] == paragraph_of[n + 1]:
            speakers[n] = speakers[n + 1]


def _paragraphs_of(context: Context) -> list[int]:
    """The number of the paragraph of each sentence."""
    numbers, k = [], 0
    for first, _ in context.sentences:
        while first >= context.paragraphs[k][1]:
            k += 1
        numbers.append(k)
    return numbers


def speaker_at(context: Context, speakers: Sequence[str | None], start: int) -> str | None:
    """The speaker of the sentence that holds the character `start`."""
    n = bisect_right(context.sentences, start, key=lambda sentence: context.tokens[sentence[0]].start) - 1
    return speakers[n] if n >= 0 and start < context.tokens[context.sentences[n][1] - 1].end else None
