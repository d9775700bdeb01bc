"""Speakers: who says what a sentence says, a person or a body, as far as the text tells.

A sentence with a word of saying names its speaker; a quotation has the speaker of the sentence that closes it. In
Russian news the source named first goes on through the paragraph; in Kazakh and English it holds for its sentence
and for the rest of its quotation.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..lexicon import Hit
from .context import Context
from .people import People

_OPENING, _CLOSING = frozenset("«“„"), frozenset("»”")
_REACH = 7
_BODY_WORDS = 6
_ENDS_A_NAME = frozenset(("в", "во", "на", "с", "со", "и", "а", "но", "что", "за", "о", "об", "при"))
_BACK = 5  # sentences
_PRONOUNS = frozenset(("ол", "он", "она", "he", "she", "ol", "ول"))


def find_speakers(context: Context, people: People) -> list[str | None]:
    """One speaker or None for each sentence."""
    sayings = _by_sentence(context)
    own = [_speaker_of(context, people, number, hits) for number, hits in enumerate(sayings)]
    quoted = _quotations(context)
    speakers = list(own)
    for first, last in quoted:
        voice = next((own[n] for n in range(last, min(last + 2, len(own))) if own[n]), None) or own[first]
        for n in range(first, last + 1):
            speakers[n] = speakers[n] or voice
    sources = [any(s.kind == "source" for hit in hits for s in hit.senses) for hits in sayings]
    _carry_on(context, speakers, sources, back=context.lang == "ru")
    return speakers


def _by_sentence(context: Context) -> list[list[Hit]]:
    """The words of saying of each sentence."""
    found: list[list[Hit]] = [[] for _ in context.sentences]
    number = 0
    for hit in context.hits:
        while hit.first >= context.sentences[number][1]:
            number += 1
        if any(sense.kind in ("saying", "source") for sense in hit.senses):
            found[number].append(hit)
    return found


def _speaker_of(context: Context, people: People, number: int, sayings: Sequence[Hit]) -> str | None:
    if not sayings:
        return None
    first, stop = context.sentences[number]
    named = [m for m in people.mentions if first <= m.first < stop and m.case in (None, "nom", "gen")]
    bodies = [h for h in context.hits if first <= h.first < stop and any(s.kind == "organisation" for s in h.senses)]
    best: tuple[int, str] | None = None
    for saying in sayings:
        for mention in named:
            best = _nearer(best, _gap(saying, mention.first, mention.stop - 1), people.persons[mention.person].name)
        for body in bodies:
            if body.first != saying.first:
                best = _nearer(best, _gap(saying, body.first, body.last) + 2, _body_name(context, body, stop))
    if best and best[0] <= _REACH + 5:
        return best[1]
    return _named_before(context, people, number, first, stop)


def _named_before(context: Context, people: People, number: int, first: int, stop: int) -> str | None:
    """«…, – деді ол», «заявил министр»: the person named last, within a few sentences."""
    pointing = any(context.tokens[i].folded in _PRONOUNS for i in range(first, stop)) or any(
        first <= hit.first < stop and any(s.kind == "role" for s in hit.senses) for hit in context.hits
    )
    if not pointing:
        return None
    begin = context.sentences[max(0, number - _BACK)][0]
    before = [m for m in people.mentions if begin <= m.first < stop]
    return people.persons[before[-1].person].name if before else None


def _nearer(best: tuple[int, str] | None, gap: int, name: str) -> tuple[int, str]:
    return (gap, name) if best is None or gap < best[0] else best


def _gap(saying: Hit, first: int, last: int) -> int:
    return first - saying.last if first > saying.last else saying.first - last


def _body_name(context: Context, body: Hit, stop: int) -> str:
    """The body's name: the head and the words after it up to a sign or another word of saying."""
    end = body.last + 1
    closing = {hit.first for hit in context.hits if any(s.kind in ("saying", "reach", "change") for s in hit.senses)}
    while end < min(stop, body.last + _BODY_WORDS) and context.tokens[end].kind == "word" and end not in closing:
        if context.tokens[end].folded in _ENDS_A_NAME:
            break
        end += 1
    return context.text(body.first, end if context.lang == "ru" else body.last + 1)


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
    for speaker, (first, stop) in zip(speakers, context.sentences, strict=True):
        if context.tokens[first].start <= start < context.tokens[stop - 1].end:
            return speaker
    return None
