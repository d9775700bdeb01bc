"""Marks: the words of the lexicon that say what a figure is: indicators, flows, verbs of change, hedges, modality."""

from __future__ import annotations

import re
from typing import NamedTuple

from ...language.tokens import Token
from ...lexicon import Hit, Sense
from ..memo import per_senses
from ..view import find_cues

# A passive or a causative with the ending of intent, as Kazakh sounds join: «-лмек», «-нбек», «-тпек»; no name ends so.
_INTENT = re.compile(
    r"^\w{3,}(?:[лр]м(?:ақ|ек)|нб(?:ақ|ек)|тп(?:ақ|ек)|[lr]m(?:aq|ek)|nb(?:aq|ek)|tp(?:aq|ek)"
    r"|[لر]م(?:اق|ەك)|نب(?:اق|ەك)|تپ(?:اق|ەك))$"
)
HABITUAL = ("тын", "тін", "tyn", "tin", "tın", "تىن")
_KINDS = frozenset((
    "indicator", "flow", "change", "share", "rank", "extent", "modality", "reach", "hedge", "product", "top", "ordinal",
    "order", "anaphora", "part",
))  # fmt: skip
_FLOW_INDICATOR = {"sell": "exports", "buy": "imports", "trade": "turnover", "visit": "tourism", "receive": "imports"}
OTHER = "other: "  # indicators without a name of their own: "other: jobs"
_INDICATOR_OF = {
    "turnover-world": "turnover",
    "balance-negative": "balance",
    "supplies": "exports",
    "services": "turnover",
    "works": "projects",
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
    """The marks of each sentence."""
    marks: list[list[Mark]] = [[] for _ in range(sentences)]
    for first, last, senses in hits:
        for meaning in _meanings(senses):
            marks[sentence_of[first]].append(Mark(first, last, *meaning))
    return marks


def add_intents(tokens: list[Token], sentence_of: list[int], marks: list[list[Mark]]) -> None:
    """Adds the Kazakh verbs of intent that the lexicon does not know: «салынбақ», «бөлінбек», «өтетін болады»."""
    for i, token in enumerate(tokens):
        if token.kind == "word" and (_INTENT.search(token.folded) or _is_future(tokens, i)):
            marks[sentence_of[i]].append(Mark(i, i, "modality", "target", "verb", "intent", None))


def _is_future(tokens: list[Token], i: int) -> bool:
    """«Өтетін болады»: a habit that is to be."""
    return i > 0 and "shall-be" in find_cues("kk", tokens[i].folded) and tokens[i - 1].folded.endswith(HABITUAL)


def name_of(mark: Mark) -> str:
    """The indicator that a noun or a verb of trade stands for: "supplies" and "sold" are exports."""
    if mark.kind == "flow":
        return _FLOW_INDICATOR[mark.value]
    return "other" if mark.value.startswith(OTHER) else _INDICATOR_OF.get(mark.value, mark.value)


def is_one_of(mark: Mark | None, values: frozenset[str]) -> bool:
    return mark is not None and mark.value in values
