"""Marks: the words of the lexicon that say what a figure is: indicators, flows, verbs of change, hedges, modality."""

from __future__ import annotations

from typing import NamedTuple

from ...lexicon import Hit, Sense
from ..memo import per_senses

_KINDS = frozenset((
    "indicator", "flow", "change", "share", "rank", "extent", "modality", "reach", "hedge", "product", "top", "ordinal",
    "order", "anaphora",
))  # fmt: skip
_FLOW_INDICATOR = {"sell": "exports", "buy": "imports", "trade": "turnover", "visit": "tourism", "receive": "imports"}
_INDICATOR_OF = {
    "turnover-world": "turnover",
    "balance-negative": "balance",
    "supplies": "exports",
    "price": "other",
    "payments": "other",
}


class Mark(NamedTuple):
    """A word of the lexicon in a sentence: tokens `[first, last]`, what it is and what it means."""

    first: int
    last: int
    kind: str
    value: str
    pos: str
    form: str | None
    case: str | None


@per_senses
def _meanings(senses: tuple[Sense, ...]) -> tuple[tuple[str, str, str, str | None, str | None], ...]:
    """Each meaning once, with the grammar of the first sense that has it."""
    found: dict[tuple[str, str], tuple[str, str, str, str | None, str | None]] = {}
    for s in senses:
        if s.kind in _KINDS:
            found.setdefault((s.kind, s.value), (s.kind, s.value, s.pos, s.form, s.case))
    return tuple(found.values())


def find_marks(hits: list[Hit], sentence_of: list[int], sentences: int) -> list[list[Mark]]:
    """The marks of each sentence in order."""
    marks: list[list[Mark]] = [[] for _ in range(sentences)]
    for first, last, senses in hits:
        for meaning in _meanings(senses):
            marks[sentence_of[first]].append(Mark(first, last, *meaning))
    return marks


def name_of(mark: Mark) -> str:
    """The indicator that a noun or a verb of trade stands for: "supplies" and "sold" are exports."""
    return _FLOW_INDICATOR[mark.value] if mark.kind == "flow" else _INDICATOR_OF.get(mark.value, mark.value)


def is_one_of(mark: Mark | None, values: frozenset[str]) -> bool:
    return mark is not None and mark.value in values
