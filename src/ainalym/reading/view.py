"""What stands at each token of a context: its word, its senses by kind, and its part as a small word.

Made once for a context and used by all recognisers, which walk tokens by their index and look a few steps around.
"""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import NamedTuple

from ..lexicon import Hit, Sense, lookup
from .context import Context
from .memo import per_senses

DASHES = frozenset("-–—−‑")
_COMMA_DECIMAL = re.compile(r"(?<![\d.,])\d+,\d{1,2}(?![\d.,]?\d)")
_POINT_DECIMAL = re.compile(r"(?<![\d.,])\d+\.\d{1,2}(?![\d.,]?\d)")
_STEPS = 12  # how far a recogniser may look past either end of the text
_NO_FACTS: dict[str, Sense] = {}
# What the recognisers start from: words that may begin a figure, a mention of time, the name of a place, …
FAMILIES = {
    "figure": frozenset(("number", "scale", "amount", "fraction", "multiplier")),
    "time": frozenset(("month", "when", "compare", "calendar", "duration", "ordinal", "number", "fraction")),
    "place": frozenset(("place", "demonym", "capital", "city")),
    "amount": frozenset(("scale", "currency", "times", "multiplier", "unit")),
    "modality": frozenset(("modality",)),
}
_CUES = frozenset(("cue", "preposition", "postposition", "side-and"))


class _Known(NamedTuple):
    """What a hit's senses come to: the first sense of each kind, and the families that they belong to."""

    facts: dict[str, Sense]
    families: tuple[str, ...]


@per_senses
def _know(senses: tuple[Sense, ...]) -> _Known:
    facts: dict[str, Sense] = {}
    for sense in senses:
        facts.setdefault(sense.kind, sense)
    return _Known(facts, tuple(name for name, kinds in FAMILIES.items() if not kinds.isdisjoint(facts)))


@lru_cache(maxsize=100_000)
def find_cues(lang: str, word: str) -> frozenset[str]:
    """What a small word may be: `kind` and `kind:value` of its senses as a cue, a preposition or a joining word."""
    if "-" in word:
        return frozenset()  # no small word; and looking one up would keep `find_hits` from reading it by its parts
    senses = [sense for sense in lookup(lang, word) if sense.kind in _CUES]
    return frozenset(name for s in senses for name in (s.kind, s.value if s.kind == "cue" else f"{s.kind}:{s.value}"))


class View:
    """The tokens of a context as lists by index. A step outside the text reads as nothing, on either side."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.lang = context.lang
        self.tokens = context.tokens
        blank = [""] * _STEPS
        self.words = [token[3] for token in context.tokens] + blank
        self.kinds = [token[2] for token in context.tokens] + blank
        self.hits: list[Hit | None] = [None] * len(self.words)
        self.facts: list[dict[str, Sense]] = [_NO_FACTS] * len(self.words)
        self.firsts: dict[str, list[int]] = {family: [] for family in FAMILIES}  # where their hits start
        self.sentence_starts = {first for first, _ in context.sentences}
        self.inside: set[int] = set()  # tokens of phrases but their first: no number starts there
        for hit in context.hits:
            first, last, senses = hit
            self.hits[first] = hit
            self.facts[first], families = _know(senses)
            for family in families:
                self.firsts[family].append(first)
            if last > first:
                self.inside.update(range(first + 1, last + 1))

    def starts(self, family: str) -> list[int]:
        """The tokens that are numbers, or where a hit of the family starts, in order."""
        return sorted({*self.firsts[family], *self.numbers})

    @cached_property
    def numbers(self) -> list[int]:
        """The numbers in digits, but those inside a phrase."""
        return [i for i, token in enumerate(self.tokens) if token[2] == "number" and i not in self.inside]

    def sense(self, i: int, *kinds: str) -> Sense | None:
        """The sense of the hit that starts at token i, of the first of these kinds that it has."""
        facts = self.facts[i]
        for kind in kinds:
            if kind in facts:
                return facts[kind]
        return None

    def has(self, i: int, kind: str, *values: str) -> bool:
        """Has the hit at token i a sense of this kind (and one of these values)?"""
        sense = self.facts[i].get(kind)
        if sense is None or not values or sense.value in values:
            return sense is not None
        hit = self.hits[i]
        return hit is not None and any(s.kind == kind and s.value in values for s in hit.senses)

    def cue(self, i: int, *names: str) -> bool:
        """Is the word at token i one of these small words? A name is the value of a cue or `kind:value`."""
        word = self.words[i]
        return bool(word) and not find_cues(self.lang, word).isdisjoint(names)

    def last(self, i: int) -> int:
        """The last token of what stands at token i."""
        hit = self.hits[i]
        return hit.last if hit else i

    def is_dash(self, i: int) -> bool:
        return self.words[i] in DASHES

    def touches(self, i: int) -> bool:
        """Do tokens i and i + 1 stand without a space between?"""
        return 0 <= i < len(self.tokens) - 1 and self.tokens[i].end == self.tokens[i + 1].start

    def glues(self, i: int) -> bool:
        """Does token i touch both its neighbours, as a sign inside a number or a word does?"""
        return self.touches(i - 1) and self.touches(i)

    def space(self, i: int) -> str:
        """What stands between tokens i and i + 1."""
        return self.context.document.text[self.tokens[i].end : self.tokens[i + 1].start]

    @cached_property
    def decimal_mark(self) -> str | None:
        """The decimal sign that the text itself uses ("4,5" or "4.5"); None where it uses both or neither."""
        comma = _COMMA_DECIMAL.search(self.context.document.text) is not None
        point = _POINT_DECIMAL.search(self.context.document.text) is not None
        return None if comma == point else "," if comma else "."


_latest: list[View] = []


def view_of(context: Context) -> View:
    """The view of a context; the latest one is kept, for the recognisers read the same context one after another."""
    view = _latest[0] if _latest else None
    if view is not None and view.context is context:
        return view
    view = View(context)
    _latest[:] = [view]
    return view
