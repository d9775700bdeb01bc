"""Memory: what one claim leaves to the next."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from ...model import Kind, Modality, Period
from .marks import Mark


class Frame(NamedTuple):
    """What a claim says beside its number; the next claim inherits it."""

    indicator: str
    reporter: str | None
    partner: str | None
    period: Period | None
    modality: Modality
    kind: Kind
    sentence: int
    paragraph: int
    unit: str | None = None  # of the last level up to here
    product: str | None = None


class Turn(NamedTuple):
    """How the sides of the last claim stood to its indicator: the mark, and whether the report's side reports."""

    mark: Mark | None
    home_reports: bool


class Growth(NamedTuple):
    """The last growth: its sentence and its sign."""

    sentence: int
    sign: int


class Earlier(NamedTuple):
    """A sentence that has turned to the year before, and that period."""

    sentence: int
    period: Period | None


class Memory(NamedTuple):
    """What is carried through the text."""

    last: Frame | None = None
    topic: Frame | None = None  # the first claim of the last sentence that had one
    current: Period | None = None  # the latest time that the report speaks of
    earlier: Earlier | None = None
    growth: Growth | None = None
    turn: Turn | None = None
    partners: frozenset[str | None] = frozenset()  # the other sides of the topic's sentence so far
    after_list: bool = False  # was the last sentence that named partners a list of them?


def remember_current(current: Period | None, period: Period | None) -> Period | None:
    """The later of two times that the report speaks of."""
    if not period or not period[0]:
        return current
    return period if current is None or _year(current) <= _year(period) else current


def _year(period: Period) -> int:
    """The year that a period ends in; one that is still open ends in its own."""
    start, end = period
    return (end or start or dt.date.min).year
