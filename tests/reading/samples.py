"""Contexts for the tests of people, meetings and commitments."""

from __future__ import annotations

import datetime as dt

from ainalym.language.detect import Language
from ainalym.model import Document
from ainalym.reading.context import Context
from ainalym.reading.pipeline import make_context


def make(text: str, lang: str, script: str = "Cyrl", *, published: str | None = None) -> Context:
    """The text ready for reading."""
    day = dt.date.fromisoformat(published) if published else None
    return make_context(Document(id="test", text=text, published=day), Language(lang, script))
