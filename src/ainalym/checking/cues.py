"""Words around a figure that change how it may be compared."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from ..language.tokens import fold
from ..model import Claim

SENTENCE_END = re.compile(r"[.!?;]\s|\n")  # good enough between two figures that stand near each other
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


def has_remainder(text: str) -> bool:
    """Whether the text speaks of a rest at all: a look that spares the closer one."""
    return bool(_pattern("remainder").search(text))
