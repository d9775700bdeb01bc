"""The order of reading: language, tokens, lexicon hits, sentences; then claims, people, meetings, commitments."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import cast

from ..language.detect import READ, Language, find_language
from ..language.orthography import detect_orthography
from ..language.sentences import find_paragraphs, find_sentences
from ..language.tokens import find_tokens
from ..lexicon import find_hits
from ..model import Document, Lang, Reading
from .claims import find_claims
from .commitments import find_commitments
from .context import Context
from .meetings import find_meetings
from .people import find_people

_SHORT = 60


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
    """Read one document; a text in a language that is not read gives a reading with a message and nothing else."""
    found = find_language(document.text)
    lang = (document.lang or "").split("-")[0] or found.lang
    if lang not in READ and found.lang in READ:
        lang = found.lang
    if lang is None or lang not in READ:
        message = f"language {lang}: not read" if lang else "no text to read"
        return Reading(document, lang, found.script, messages=(message,))
    context, messages = make_context(document, Language(lang, found.script))
    orthography = detect_orthography(document.text) if lang == "kk" and found.script == "Latn" else None
    claims = find_claims(context)
    people = find_people(context)
    meetings = find_meetings(context, people)
    commitments = find_commitments(context, people, claims)
    return Reading(document, lang, found.script, orthography, claims, meetings, commitments, people.persons, messages)


def make_context(document: Document, language: Language) -> tuple[Context, tuple[str, ...]]:
    """The text cut up and looked up; paragraphs in another language are read in theirs only if they are long."""
    tokens = find_tokens(document.text)
    sentences = find_sentences(document.text, tokens)
    paragraphs = find_paragraphs(document.text, tokens)
    hits = find_hits(cast(Lang, language.lang), tokens)
    context = Context(document, language.lang or "", language.script or "", tokens, hits, sentences, paragraphs)
    return context, ()
