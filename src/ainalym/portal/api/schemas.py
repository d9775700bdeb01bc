"""What the API hands out and takes in: the public names of docs/output.md, with what only a ledger knows added."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Annotated, Any, Generic, Literal, TypeVar

from django.conf import settings
from ninja import Field, Schema
from pydantic import BeforeValidator, ConfigDict, StrictBool, WithJsonSchema
from pydantic_core import PydanticCustomError

from ...model import Bound, CommitmentStatus, Indicator, Kind, MeetingKind, Modality

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def _only_iso(value: Any) -> Any:
    if not isinstance(value, dt.date) and not (isinstance(value, str) and _DAY.fullmatch(value)):
        raise PydanticCustomError("date_parsing", "not a day")
    return value


# All digits, as a JSON number: read it as a decimal where cents matter.
Exact = Annotated[Decimal, WithJsonSchema({"type": "number"})]
# Only as ISO 8601 writes it: pydantic would take seconds since 1970 as well.
Day = Annotated[dt.date, BeforeValidator(_only_iso), WithJsonSchema({"type": "string", "format": "date"})]
Interval = tuple[dt.date | None, dt.date | None]
Verdict = Literal["contradicts", "reports disagree", "implies", "consistent", "no data"]
Severity = Literal["error", "warning", "note"]
State = Literal["read", "accepted", "corrected", "rejected"]
Lang = Literal["kk", "ru", "en"]
Item = TypeVar("Item")


class Span(Schema):
    """Characters [start, end) of the document's text, in Unicode code points, and what stands there."""

    start: int
    end: int
    quote: str


class Stated(Schema):
    """A figure as a report states it."""

    surface: str = Field(description="the number as printed", examples=["4,4"])
    indicator: Indicator
    reporter: str | None = Field(description="ISO 3166-1, ISO 3166-2 for a region, or a group", examples=["KZ"])
    partner: str | None = Field(description="ISO 3166-1, ISO 3166-2 for a region, or a group", examples=["UZ"])
    product: str | None = Field(description="the goods in English, null for all")
    period: Interval | None = Field(
        description="inclusive days; a target is open at its start", examples=[["2023-01-01", "2023-12-31"]]
    )
    kind: Kind
    value: Exact = Field(description="in base units; 8.9 % is 0.089", examples=[4400000000])
    unit: str | None = Field(description="ISO 4217 for money, t, ha, kWh, people, …", examples=["USD"])
    bound: Bound
    modality: Modality
    speaker: str | None
    evidence: Span
    confidence: float = Field(ge=0, le=1)
    trace: list[str] = Field(description="the rules that read it, and what was taken over from where")


class Claim(Stated):
    """A figure with its place in the ledger."""

    id: int
    document: str = Field(description="the id of its report")
    number: int = Field(description="its number among the claims of its report, from 0")
    pair: str | None = Field(description="the two countries in alphabetical order", examples=["KZ-UZ"])
    published: dt.date | None
    publisher: str | None
    lang: str | None = Field(description="the language of its report")
    state: State
    verdict: Verdict | None = Field(description="the gravest of the findings that name it")
    added: dt.datetime
    ended: dt.datetime | None = Field(description="when a newer reading or a reviewer took its place")


class Meeting(Schema):
    """Who met where and when."""

    id: int
    document: str
    participants: list[str]
    date: dt.date | None
    place: str | None
    kind: MeetingKind
    evidence: Span
    pair: str | None
    published: dt.date | None
    added: dt.datetime


class Commitment(Schema):
    """Who will do what by when, in which state."""

    id: int
    document: str
    what: str
    parties: list[str]
    status: CommitmentStatus
    due: dt.date | None
    surface: str
    evidence: Span
    claims: list[int] = Field(description="the numbers of the claims of its report that it promises")
    pair: str | None
    published: dt.date | None
    added: dt.datetime


class Person(Schema):
    """One person across scripts and languages."""

    key: str = Field(examples=["tokv-k"])
    name: str = Field(description="as it was first read")


class Mention(Schema):
    """A person named in a report."""

    id: int
    document: str
    key: str
    name: str
    role: str | None
    side: str | None
    evidence: Span
    published: dt.date | None


class Sighting(Schema):
    """Where a text was seen on the web."""

    url: str
    publisher: str | None
    published: dt.date | None


class Document(Schema):
    """A report; its text and what was read in it come with the report alone, not in lists."""

    id: str = Field(description="of the text, whatever its spaces")
    url: str | None
    title: str | None
    publisher: str | None
    published: dt.date | None
    lang: str | None
    script: str | None
    orthography: str | None
    added: dt.datetime


class Report(Document):
    """A report with its text and all that was read in it."""

    text: str
    claims: list[Claim]
    meetings: list[Meeting]
    commitments: list[Commitment]
    people: list[Mention]
    messages: list[str]
    sightings: list[Sighting]


class Figure(Span):
    """A claim's place in a finding."""

    document: str
    claim: int = Field(description="its number among the claims of its report")
    claim_id: int | None = Field(description="its id in the ledger; null in a draft")


class Implied(Schema):
    """A figure that is printed nowhere but follows: it lies in [low, high]."""

    indicator: Indicator
    reporter: str | None
    partner: str | None
    product: str | None
    period: Interval | None
    kind: Kind
    low: Exact
    high: Exact
    unit: str | None


class OfficialFigure(Schema):
    """One official figure with all that it hangs on; `low` and `high` are what its printing allows."""

    flow: str = Field(description="turnover, exports, imports or balance", examples=["exports"])
    reporter: str
    partner: str | None
    product: str | None
    period: tuple[dt.date, dt.date]
    unit: str
    value: Exact
    low: Exact
    high: Exact
    side: Literal["own", "other"] = Field(description="whose figure: the reporter's, or the partner's mirror")
    source: str
    publisher: str
    vintage: dt.date
    valuation: str
    partner_type: str
    status: str


class Compared(OfficialFigure):
    """An official figure that a claim was held against."""

    matched: bool = Field(description="whether the answer rests on it")


class Comparison(Schema):
    """What official statistics say of a claim."""

    answer: str
    period: tuple[dt.date, dt.date] | None
    slip: int | None
    compared: list[Compared]


class Told(Schema):
    """What checking says of figures, with the arithmetic."""

    verdict: Verdict
    severity: Severity
    why: str
    steps: list[str]
    figures: list[Figure]
    implied: Implied | None
    comparison: Comparison | None = None


class Finding(Told):
    """A finding of the ledger."""

    id: int
    pair: str | None
    added: dt.datetime


class Pair(Schema):
    """Sums over what the ledger holds of two countries."""

    code: str = Field(examples=["KZ-UZ"])
    sides: list[str] = Field(examples=[["KZ", "UZ"]])
    names: list[str] = Field(description="of the sides, in the language asked for")
    reports: int
    claims: int
    open_commitments: int
    contradictions: int
    newest: dt.date | None = Field(description="day of the newest report")
    turnover: Claim | None = Field(description="the newest full year's turnover that was claimed")


class Dossier(Pair):
    """A pair with its targets and the number of its commitments by status."""

    targets: list[Claim]
    commitments: dict[str, int]


class Source(Schema):
    """Who publishes, on which terms."""

    id: str
    title: str
    publisher: str
    homepage: str
    licence: str
    reexport: Literal["yes", "attribution", "unstated", "no"]


class OfficialFigures(Schema):
    """The official figures of a pair; those whose licence forbids passing on are left out, and their sources named."""

    items: list[OfficialFigure]
    sources: list[Source]
    withheld: list[Source]


class Hits(Schema):
    """Reports that a search found, best first."""

    items: list[Document]
    total: int = Field(description="how many were found; counting stops at a limit")
    next: str | None


class Many(Schema, Generic[Item]):
    """One page of a list; `next` is the address of the one behind it, null on the last."""

    items: list[Item]
    next: str | None


class Taken(Schema):
    """What is sent has these fields and no others."""

    model_config = ConfigDict(extra="forbid")


class Draft(Taken):
    """A text to be checked. Nothing of it is kept."""

    text: str = Field(
        min_length=1, max_length=settings.API_TEXT,
        examples=["В 2023 году товарооборот Казахстана и Узбекистана составил 5,9 млрд долларов."],
    )  # fmt: skip
    published: Day | None = Field(None, description="the day that “last year” is counted from", examples=["2024-02-09"])
    lang: str | None = Field(None, pattern="^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$", description="BCP 47", examples=["ru"])
    against_ledger: StrictBool = Field(True, description="compare with what the ledger holds")
    against_statistics: StrictBool = Field(True, description="compare with official statistics")


class Checked(Schema):
    """The reading of a draft and what checking says of it."""

    lang: str | None
    script: str | None
    orthography: str | None
    claims: list[Stated]
    meetings: list[dict[str, Any]]
    commitments: list[dict[str, Any]]
    people: list[dict[str, Any]]
    messages: list[str]
    findings: list[Told]
    documents: list[Document] = Field(description="the reports of the ledger that the findings name")


class Addition(Taken):
    """A report for the ledger."""

    text: str = Field(
        min_length=1, max_length=settings.API_TEXT,
        examples=["В 2023 году товарооборот Казахстана и Узбекистана составил 4,4 млрд долларов."],
    )  # fmt: skip
    url: str | None = Field(
        None, max_length=2000, pattern="^https?://[^\\s]+$", examples=["https://example.org/news/1"]
    )
    title: str | None = Field(None, max_length=1000)
    publisher: str | None = Field(None, max_length=300)
    published: Day | None = Field(None, examples=["2024-02-09"])
    lang: str | None = Field(None, pattern="^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$", description="BCP 47")
    reason: str = Field("", max_length=500, description="why it is added; kept with the change")


class Added(Schema):
    """What became of a report: `new`, `reread` by a newer reader, `seen` in a new place, or `known`."""

    id: str
    outcome: Literal["new", "reread", "seen", "known"]
    claims: int
    findings: int = Field(description="findings written because of it")


class ProblemSchema(Schema):
    """An error as RFC 9457 has it."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    errors: list[dict[str, str]] | None = None
