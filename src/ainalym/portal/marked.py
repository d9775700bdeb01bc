"""A text with its marks, and the entries that the marks lead to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.utils.safestring import SafeString, mark_safe

from ..model import Claim
from ..output.html import Mark, mark_text
from .told import Told, order_told

_MOST_FINDINGS = 8  # beside one figure; the list of findings shows the rest


class Entry(NamedTuple):
    """A claim as it stands beside the text: its number on the page, what was read, what was found of it.

    `pk` is its row's in the ledger; a draft's claims have none.
    """

    number: int
    claim: Claim
    state: str
    told: list[Told]
    more: int
    pk: int | None = None


class Numbered(NamedTuple):
    """A commitment or a person beside the text."""

    number: int
    item: Any


def make_entry(number: int, claim: Claim, told: Iterable[Told], *, state: str = "read", pk: int | None = None) -> Entry:
    """The entry of a claim with its gravest findings."""
    ordered = order_told(told)
    return Entry(number, claim, state, ordered[:_MOST_FINDINGS], max(0, len(ordered) - _MOST_FINDINGS), pk)


def mark(text: str, spans: Iterable[tuple[str, int, int]], *, offset: int = 0) -> SafeString:
    """A stretch of a text as HTML. `spans` are names (c1, k2, p3) with their start and end in the whole text."""
    marks = [
        Mark(max(0, start - offset), min(len(text), end - offset), name)
        for name, start, end in spans
        if start - offset < len(text) and end > offset
    ]
    return mark_safe(mark_text(text, marks, ""))  # noqa: S308 - mark_text escapes each piece
