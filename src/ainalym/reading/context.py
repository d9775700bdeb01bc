"""What every reader of one document is given: the text cut into tokens, sentences and paragraphs, and lexicon hits."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, Protocol, TypeVar

from ainalym.language.tokens import Token
from ainalym.lexicon import Hit
from ainalym.model import Document, Span


class Placed(Protocol):
    """Anything that starts at a token."""

    @property
    def first(self) -> int: ...


_P = TypeVar("_P", bound=Placed)


class Context(NamedTuple):
    """One document, made ready once and passed to `find_people`, `find_meetings` and the others.

    Sentences and paragraphs are ranges of token indexes `(first, stop)` with `stop` exclusive; a hit's `last` is
    inclusive, as the lexicon gives it.
    """

    document: Document
    lang: str
    script: str
    tokens: list[Token]
    hits: list[Hit]
    sentences: list[tuple[int, int]]
    paragraphs: list[tuple[int, int]]

    def text(self, first: int, stop: int) -> str:
        """The characters of the tokens `[first, stop)` as they stand in the text."""
        return self.document.text[self.tokens[first].start : self.tokens[stop - 1].end] if stop > first else ""

    def span(self, first: int, stop: int) -> Span:
        """The same characters as a span of the document."""
        start, end = self.tokens[first].start, self.tokens[stop - 1].end
        return Span(start, end, self.document.text[start:end])

    def by_sentence(self, items: Iterable[_P]) -> list[list[_P]]:
        """The items that start in each sentence; they come in the order of the text."""
        found: list[list[_P]] = [[] for _ in self.sentences]
        number = 0
        for item in items:
            while item.first >= self.sentences[number][1]:
                number += 1
            found[number].append(item)
        return found
