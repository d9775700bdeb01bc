"""Words around a claim that change how its figure may be compared."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from ..language.tokens import fold
from ..model import Claim

_REACH = 200  # characters to either side; a sentence of a report is seldom longer


@cache
def _revision_pattern() -> re.Pattern[str]:
    words = tomllib.loads(files(__package__).joinpath("cues.toml").read_text(encoding="utf-8"))["revision"]
    return re.compile("|".join(rf"\b{re.escape(word)}" for word in words))


def speaks_of_revision(text: str, claim: Claim) -> bool:
    """Whether the words around the figure call it preliminary or revised."""
    start, end = claim.evidence.start, claim.evidence.end
    around = text[max(0, start - _REACH) : start] + " " + text[end : end + _REACH]
    return bool(_revision_pattern().search(" ".join(fold(word) for word in around.split())))
