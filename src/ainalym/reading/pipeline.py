"""The order of reading: language, tokens, lexicon hits, sentences; then claims, people, meetings, commitments."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

import msgspec

from ..language.detect import READ, Language, find_language
from ..language.orthography import detect_orthography
from ..language.sentences import find_paragraphs, find_sentences
from ..language.tokens import Token, find_tokens
from ..lexicon import find_hits
from ..model import Claim, Commitment, Document, Meeting, Person, Reading
from .claims import find_claims
from .commitments import find_commitments
from .context import Context
from .figures.scene import make_scene
from .meetings import find_meetings
from .people import find_people
from .speakers import find_speakers, speaker_at

# A shorter paragraph is too little to tell its language by; it goes with the document's.
_ENOUGH_LETTERS = 80


class _Part(NamedTuple):
    """What one language of a document yields."""

    claims: tuple[Claim, ...]
    meetings: tuple[Meeting, ...]
    commitments: tuple[Commitment, ...]
    people: tuple[Person, ...]


def read(text: str, *, published: dt.date | str | None = None, lang: str | None = None) -> Reading:
    """Read one report.

    `published` is a date or its ISO form: relative periods ("last year") are dated by it and stay null without it.
    `lang` (BCP 47) overrides what the text looks like. The document's id is a hash of its text. No side effects, no
    network. Raises ValueError for a date that is none.
    """
    day = dt.date.fromisoformat(published) if isinstance(published, str) else published
    name = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return read_document(Document(id=name, text=text, published=day, lang=lang))


def read_document(document: Document) -> Reading:
    """Read one document, each paragraph in its language.

    A paragraph or a document in a language that is not read is passed over with a message.
    """
    tokens = find_tokens(document.text)
    paragraphs = find_paragraphs(document.text, tokens)
    whole = _language_of(document)
    languages = _languages_of(document, tokens, paragraphs, whole)
    read_ones = [found for found in languages if found.lang in READ]
    if not read_ones:
        message = f"language {whole.lang}: not read" if whole.lang else "no text to read"
        return Reading(document, whole.lang, whole.script, messages=(message,))
    if whole.lang not in READ:
        whole = read_ones[0]
    messages = tuple(
        f"paragraph {number}: language {found.lang}: not read"
        for number, found in enumerate(languages, start=1)
        if found.lang not in READ
    )
    parts = [_read_part(context) for context in _contexts(document, tokens, paragraphs, languages)]
    latin = whole.lang == "kk" and whole.script == "Latn"
    orthography = detect_orthography(document.text) if latin else None
    return _join(document, whole, orthography, parts, messages)


def _language_of(document: Document) -> Language:
    found = find_language(document.text)
    stated = (document.lang or "").split("-")[0].lower()
    return Language(stated if stated in READ else found.lang, found.script)


def _languages_of(
    document: Document, tokens: list[Token], paragraphs: list[tuple[int, int]], whole: Language
) -> list[Language]:
    """The language of each paragraph; one that is short or unsure goes with the document."""
    languages = []
    for first, stop in paragraphs:
        text = document.text[tokens[first].start : tokens[stop - 1].end]
        found = find_language(text) if len(text) >= _ENOUGH_LETTERS and len(paragraphs) > 1 else whole
        languages.append(found if found == whole or _is_sure(found, whole) else whole)
    return languages


def _is_sure(found: Language, whole: Language) -> bool:
    """A paragraph leaves the document's language only for another that is read, or for another script."""
    return found.lang is not None and (found.lang in READ or found.script != whole.script)


def _contexts(
    document: Document, tokens: list[Token], paragraphs: list[tuple[int, int]], languages: list[Language]
) -> Iterator[Context]:
    for language in dict.fromkeys(found for found in languages if found.lang in READ):
        if all(found == language for found in languages):
            yield make_context(document, language, tokens, paragraphs)
        else:
            kept = (span for span, found in zip(paragraphs, languages, strict=True) if found == language)
            yield make_context(document, language, [token for first, stop in kept for token in tokens[first:stop]])


def make_context(
    document: Document,
    language: Language,
    tokens: list[Token] | None = None,
    paragraphs: list[tuple[int, int]] | None = None,
) -> Context:
    """The text cut up and looked up in one language; `tokens` may leave out paragraphs in another."""
    own = find_tokens(document.text) if tokens is None else tokens
    sentences = find_sentences(document.text, own)
    paragraphs = find_paragraphs(document.text, own) if paragraphs is None else paragraphs
    hits = find_hits(language.lang or "", own)
    return Context(document, language.lang or "", language.script or "", own, hits, sentences, paragraphs)


def _read_part(context: Context) -> _Part:
    people = find_people(context)
    speakers = find_speakers(context, people)
    scene = make_scene(context)
    claims = tuple(
        msgspec.structs.replace(claim, speaker=speaker_at(context, speakers, claim.evidence.start))
        for claim in find_claims(scene)
    )
    meetings = find_meetings(context, people)
    return _Part(
        claims, meetings, find_commitments(context, people, claims, chain.from_iterable(scene.times)), people.persons
    )


def _join(
    document: Document, whole: Language, orthography: str | None, parts: list[_Part], messages: tuple[str, ...]
) -> Reading:
    """The parts as one reading; commitments keep pointing at their claims."""
    claims: list[Claim] = []
    commitments: list[Commitment] = []
    for part in parts:
        moved = len(claims)
        claims.extend(part.claims)
        for commitment in part.commitments:
            linked = tuple(index + moved for index in commitment.claims)
            commitments.append(msgspec.structs.replace(commitment, claims=linked) if moved and linked else commitment)
    meetings = tuple(meeting for part in parts for meeting in part.meetings)
    people = tuple({person.key: person for part in reversed(parts) for person in part.people}.values())
    return Reading(
        document, whole.lang, whole.script, orthography, tuple(claims), meetings, tuple(commitments), people, messages
    )
