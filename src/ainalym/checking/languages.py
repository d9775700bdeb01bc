"""Checking once, and telling it in several languages: what is said is noted, and put into words when it is wanted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from ..model import Finding, Reading
from .explain import Explainer

# A note stands in a sentence as its number between two characters that no text of ours has.
_NOTE = re.compile("\ue000([0-9]+)\ue001")
_LINE = "\ue002"  # between the lines of a note that stands for several
_METHODS = ("say", "number", "interval", "value", "cell", "figure", "relation")


class Notes:
    """In the place of an Explainer: it writes a note of what it is asked to say."""

    def __init__(self, readings: Sequence[Reading]) -> None:
        self._readings = readings
        self._asked: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = []
        self._explainers: dict[str, Explainer] = {}

    def __getattr__(self, name: str) -> Any:
        if name not in _METHODS:
            raise AttributeError(name)
        return lambda *args, **values: self._note(name, args, values)

    def bounds(self, bounds: Sequence[Any]) -> list[str]:
        """Several lines, as one note."""
        return [self._note("bounds", (list(bounds),), {})]

    def tell(self, finding: Finding, lang: str) -> Finding:
        """A finding with its notes put into words."""
        steps = [line for step in finding.steps for line in self._read(step, lang).split(_LINE) if line]
        return replace(finding, why=self._read(finding.why, lang).replace(_LINE, "; "), steps=tuple(steps))

    def _note(self, name: str, args: tuple[Any, ...], values: dict[str, Any]) -> str:
        self._asked.append((name, args, values))
        return f"\ue000{len(self._asked) - 1}\ue001"

    def _read(self, text: str, lang: str) -> str:
        return _NOTE.sub(lambda found: self._say(int(found[1]), lang), text)

    def _say(self, number: int, lang: str) -> str:
        if lang not in self._explainers:
            self._explainers[lang] = Explainer(self._readings, lang)
        name, args, values = self._asked[number]
        said = {key: self._read(value, lang) if isinstance(value, str) else value for key, value in values.items()}
        told = getattr(self._explainers[lang], name)(*args, **said)
        return told if isinstance(told, str) else _LINE.join(told)
