"""The records that pass between the stages: frozen values without I/O.

Offsets are code points of `Document.text` as given; `text[start:end] == quote` holds for every span.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Literal

import msgspec

Indicator = Literal[
    "turnover", "exports", "imports", "balance", "investment", "transit", "freight", "tourism",
    "projects", "companies", "products", "output", "other",
]  # fmt: skip
Kind = Literal["level", "growth", "multiple", "share", "rank", "difference"]
Bound = Literal["exact", "about", "over", "under"]
Modality = Literal["actual", "target", "forecast", "potential"]
MeetingKind = Literal["bilateral", "council", "forum", "visit", "call", "commission"]
CommitmentStatus = Literal["proposed", "planned", "agreed", "signed", "under way", "done"]
Answer = Literal[
    "agrees", "agrees with an earlier vintage", "agrees with the other side's figure", "agrees with another period",
    "contradicts all", "no data",
]  # fmt: skip
Period = tuple[dt.date | None, dt.date | None]
Lang = Literal["kk", "ru", "en"]


class Document(msgspec.Struct, frozen=True, omit_defaults=True):
    """One text from one publisher on one day. `lang` is a BCP 47 tag when the source states it, else None."""

    id: str
    text: str
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    published: dt.date | None = None
    lang: str | None = None


class Span(msgspec.Struct, frozen=True):
    """Characters `[start, end)` of the document's text, and what stands there."""

    start: int
    end: int
    quote: str

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end or self.end - self.start != len(self.quote):
            raise ValueError(f"span [{self.start}, {self.end}) does not fit a quote of {len(self.quote)} characters")


class Claim(msgspec.Struct, frozen=True):
    """One figure as a report states it.

    `value` is in base units (US dollars, tonnes, a fraction for growth and share); `period` holds inclusive dates;
    `confidence` lies in [0, 1]; `trace` names the rule and what was inherited from where.
    """

    surface: str
    indicator: Indicator
    reporter: str | None
    partner: str | None
    product: str | None
    period: Period | None
    kind: Kind
    value: Decimal
    unit: str | None
    bound: Bound
    modality: Modality
    speaker: str | None
    evidence: Span
    confidence: float = 1.0
    trace: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not 0 <= self.confidence <= 1:
            raise ValueError(f"confidence {self.confidence} is outside [0, 1]")
        if self.period and self.period[0] and self.period[1] and self.period[0] > self.period[1]:
            raise ValueError(f"period {self.period} ends before it starts")


class Person(msgspec.Struct, frozen=True):
    """A person named in a report: the name in the nominative, a key that is one across scripts and languages."""

    name: str
    key: str
    role: str | None
    side: str | None
    evidence: Span


class Meeting(msgspec.Struct, frozen=True):
    """Who met where and when; participants in the nominative."""

    participants: tuple[str, ...]
    date: dt.date | None
    place: str | None
    kind: MeetingKind
    evidence: Span


class Commitment(msgspec.Struct, frozen=True):
    """Who will do what by when, in which state; `claims` are indexes into the reading's claims."""

    what: str
    parties: tuple[str, ...]
    status: CommitmentStatus
    due: dt.date | None
    surface: str
    evidence: Span
    claims: tuple[int, ...] = ()


class Reading(msgspec.Struct, frozen=True):
    """All that was read out of one document. `messages` say what was passed over and why."""

    document: Document
    lang: str | None
    script: str | None
    orthography: str | None = None
    claims: tuple[Claim, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    people: tuple[Person, ...] = ()
    messages: tuple[str, ...] = ()


class Figure(msgspec.Struct, frozen=True, gc=False):
    """A claim's place in a finding: which document, which characters, which claim of its reading."""

    document: str
    start: int
    end: int
    quote: str
    claim: int


class Implied(msgspec.Struct, frozen=True):
    """A figure that no report prints but that follows from those printed: it lies in [low, high]."""

    indicator: Indicator
    reporter: str | None
    partner: str | None
    product: str | None
    period: Period | None
    kind: Kind
    low: Decimal
    high: Decimal
    unit: str | None


class OfficialInterval(msgspec.Struct, frozen=True):
    """One official figure for a cell, with all that it hangs on. `low` and `high` are what its printing allows.

    `side` says whose figure it is: `own` (the cell's reporter) or `other` (the partner's mirror figure).
    """

    flow: str
    reporter: str
    partner: str | None
    product: str | None
    period: tuple[dt.date, dt.date]
    unit: str
    value: Decimal
    low: Decimal
    high: Decimal
    side: Literal["own", "other"]
    source: str
    publisher: str
    vintage: dt.date
    valuation: str
    partner_type: str
    status: str = "A"


class Comparison(msgspec.Struct, frozen=True):
    """What official statistics say of one claim: the answer, why, the period it holds for, all it was compared with.

    `matched` are those of `compared` that the answer rests on. `slip` is the power of ten that the claim is off by,
    when it is: 1 says that it is ten times too small.
    """

    answer: Answer
    why: str
    period: tuple[dt.date, dt.date] | None = None
    matched: tuple[OfficialInterval, ...] = ()
    compared: tuple[OfficialInterval, ...] = ()
    slip: int | None = None


class Finding(msgspec.Struct, frozen=True):
    """What checking says of one or several figures, with the arithmetic written out step by step.

    `comparison` is there for a figure that was held against official statistics.
    """

    verdict: Literal["contradicts", "reports disagree", "implies", "consistent", "no data"]
    severity: Literal["error", "warning", "note"]
    why: str
    steps: tuple[str, ...]
    figures: tuple[Figure, ...]
    implied: Implied | None = None
    comparison: Comparison | None = None
