"""Words around a figure that change how it may be compared."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from ..language.tokens import fold
from ..model import Claim

SENTENCE_END = re.compile(r"[.!?;]\s|\n")  # good enough between two figures that stand near each other
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_AROUND = 200  # characters to either side; a sentence of a report is seldom longer
_BEFORE = 40  # "остальные около 258 тыс."


@cache
def _pattern(name: str) -> re.Pattern[str]:
    words = tomllib.loads(files(__package__).joinpath("cues.toml").read_text(encoding="utf-8"))[name]
    return re.compile("|".join(rf"\b{re.escape(word)}" for word in words))


def _is_there(name: str, text: str) -> bool:
    return bool(_pattern(name).search(" ".join(fold(word) for word in text.split())))


def speaks_of_revision(text: str, claim: Claim) -> bool:
    """Whether the words around the figure call it preliminary or revised."""
    start, end = claim.evidence.start, claim.evidence.end
    return _is_there("revision", text[max(0, start - _AROUND) : start] + " " + text[end : end + _AROUND])


def speaks_of_remainder(text: str, claim: Claim) -> bool:
    """Whether the words before the figure make it what is left of a whole."""
    start = claim.evidence.start
    return _is_there("remainder", text[max(0, start - _BEFORE) : start])


def names_other_base(text: str, claim: Claim) -> bool:
    """Whether the sentence of a rate names a year before the last one: "5.2 times as much as in 2019"."""
    if claim.kind not in ("growth", "multiple") or claim.period is None or claim.period[0] is None:
        return False
    start, end = claim.evidence.start, claim.evidence.end
    before = SENTENCE_END.split(text[max(0, start - _AROUND) : start])[-1]
    after = SENTENCE_END.split(text[end : end + _AROUND])[0]
    return any(int(year) < claim.period[0].year - 1 for year in _YEAR.findall(f"{before} {after}"))


def has_remainder(text: str) -> bool:
    """Whether the text speaks of a rest at all: a look that spares the closer one."""
    return bool(_pattern("remainder").search(text))
