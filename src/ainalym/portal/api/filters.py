"""What lists can be asked for: one class of parameters a resource, and the condition it makes."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Any, Literal

from django.db.models import Q, QuerySet
from ninja import Field, Schema
from pydantic import AfterValidator, BeforeValidator, ConfigDict, ValidationInfo, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from ...ledger import models
from ...ledger.records import name_pair, split_pair
from ...model import CommitmentStatus, Indicator, Kind, MeetingKind, Modality
from .schemas import Day, Lang, Severity, State, Verdict

_LARGEST = 2**63 - 1


def _to_pair(code: str) -> str:
    pair = name_pair(split_pair(code.upper()))
    if not pair:
        raise PydanticCustomError("bad_value", "not a pair")
    return pair


def _only_iso(text: Any) -> Any:
    # Pydantic would take seconds since 1970 as well.
    if not re.match(r"\d{4}-\d\d-\d\d([T ]\d\d:|$)", str(text), re.ASCII):
        raise PydanticCustomError("date_parsing", "not a time")
    return text


def _to_moment(moment: dt.datetime) -> dt.datetime:
    if not 1970 <= moment.year <= 2999:
        raise PydanticCustomError("bad_value", "not a time of the ledger")
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


_CODE = "^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$"
PairCode = Annotated[
    str, Field(min_length=5, max_length=41, pattern=_CODE, examples=["KZ-UZ"]), AfterValidator(_to_pair)
]  # fmt: skip
Side = Annotated[str, Field(min_length=2, max_length=20, pattern=_CODE, examples=["KZ"]), AfterValidator(str.upper)]
Moment = Annotated[
    dt.datetime,
    Field(examples=["2024-01-31T00:00:00Z"]),
    BeforeValidator(_only_iso),
    AfterValidator(_to_moment),
    WithJsonSchema({"type": "string", "anyOf": [{"format": "date-time"}, {"format": "date"}]}),
]
Hash = Annotated[str, Field(pattern="^[0-9a-f]{32}$")]
Words = Annotated[str, Field(min_length=1, max_length=300)]
RowId = Annotated[int, Field(ge=1, le=_LARGEST)]


class Params(Schema):
    """Parameters of an address. A name that is not among them is an error: a filter must not be passed over."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def refuse_unknown(cls, data: Any, info: ValidationInfo) -> Any:
        """Ninja hands over only what it knows, so the request itself is looked at."""
        request = (info.context or {}).get("request")
        unknown = set(request.GET) - set(cls.model_fields) if request is not None else ()
        if unknown:
            names = {"name": ", ".join(sorted(unknown))}
            raise PydanticCustomError("unknown_parameter", "unknown parameter: {name}", names)
        return data


class Paged(Params):
    """A list, page by page."""

    cursor: str | None = Field(None, max_length=400)
    limit: int = Field(50, ge=1, le=200)
    since: Moment | None = None

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """The rows asked for."""
        raise NotImplementedError

    def _added_since(self) -> Q:
        return made_since("made", self.since)


def made_since(column: str, since: dt.datetime | None) -> Q:
    """Rows of changes from a moment on: numbers of changes rise with time, so one look at their index is enough."""
    if since is None:
        return Q()
    first = models.Change.objects.filter(made__gte=since).order_by("made", "pk").values_list("pk", flat=True).first()
    return Q(**{f"{column}__gte": first}) if first else Q(pk__in=())


class DocumentFilters(Paged):
    """Reports."""

    sort: Literal["-published", "published", "-id", "id"] = "-published"
    pair: PairCode | None = None
    lang: Lang | None = None
    script: Literal["Cyrl", "Latn", "Arab"] | None = None
    publisher: Words | None = None
    published_from: Day | None = None
    published_to: Day | None = None

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Documents that hold a claim on the pair, of the language, publisher and days."""
        query = made_since("added", self.since) & _equal(self, "lang", "script", "publisher") & _days(self)
        if self.pair:
            claims = models.Claim.objects.current().filter(pair=self.pair).exclude(state="rejected")
            query &= Q(pk__in=claims.values("document"))
        return rows.filter(query)


class ClaimFilters(Paged):
    """Claims."""

    sort: Literal["-published", "published", "-id", "id"] = "-published"
    pair: PairCode | None = None
    reporter: Side | None = None
    partner: Side | None = None
    indicator: list[Indicator] = Field([], max_length=20)
    product: Words | None = None
    kind: list[Kind] = Field([], max_length=20)
    modality: list[Modality] = Field([], max_length=20)
    unit: str | None = Field(None, min_length=1, max_length=20, examples=["USD"])
    period_from: Day | None = Field(None, examples=["2023-01-01"])
    period_to: Day | None = Field(None, examples=["2023-12-31"])
    published_from: Day | None = None
    published_to: Day | None = None
    publisher: Words | None = None
    lang: list[Lang] = Field([], max_length=20)
    verdict: list[Verdict | Literal["none"]] = Field([], max_length=20)
    state: list[State] = Field([], max_length=20)
    min_confidence: float | None = Field(None, ge=0, le=1, allow_inf_nan=False)
    document: Hash | None = None

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Current claims; rejected ones only when they are asked for by their state."""
        query = self._added_since() & _days(self)
        query &= _equal(self, "pair", "reporter", "partner", "product", "unit", "publisher")
        query &= _any_of(self, "indicator", "kind", "modality", "lang", "state")
        if self.verdict:
            query &= Q(verdict__in=["" if verdict == "none" else verdict for verdict in self.verdict])
        if not self.state:
            query &= ~Q(state="rejected")
        if self.period_from:
            query &= Q(has_period=True) & (Q(period_end=None) | Q(period_end__gte=self.period_from))
        if self.period_to:
            query &= Q(has_period=True) & (Q(period_start=None) | Q(period_start__lte=self.period_to))
        if self.min_confidence is not None:
            query &= Q(confidence__gte=self.min_confidence)
        if self.document:
            query &= Q(document__hash=self.document)
        return rows.filter(query)


class MeetingFilters(Paged):
    """Meetings."""

    sort: Literal["-published", "published", "-id", "id"] = "-published"
    pair: PairCode | None = None
    kind: list[MeetingKind] = Field([], max_length=20)
    date_from: Day | None = None
    date_to: Day | None = None
    document: Hash | None = None

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Current meetings."""
        query = self._added_since() & _equal(self, "pair") & _any_of(self, "kind") & _days(self, "date")
        return rows.filter(query & (Q(document__hash=self.document) if self.document else Q()))


class CommitmentFilters(Paged):
    """Commitments."""

    sort: Literal["-published", "published", "-id", "id"] = "-published"
    pair: PairCode | None = None
    status: list[CommitmentStatus] = Field([], max_length=20)
    due_from: Day | None = None
    due_to: Day | None = None
    document: Hash | None = None

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Current commitments."""
        query = self._added_since() & _equal(self, "pair") & _any_of(self, "status") & _days(self, "due")
        return rows.filter(query & (Q(document__hash=self.document) if self.document else Q()))


class PersonFilters(Params):
    """People, in the order in which the ledger met them."""

    cursor: str | None = Field(None, max_length=400)
    limit: int = Field(50, ge=1, le=200)
    sort: Literal["-id", "id"] = "-id"
    side: Side | None = None
    name: Words | None = Field(None, examples=["Токаев"])

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """People whose name has these words, or who were named as of a side."""
        query = Q()
        if self.name:
            query &= Q(name__icontains=self.name)
        if self.side:
            query &= Q(pk__in=models.Mention.objects.current().filter(side=self.side).values("person"))
        return rows.filter(query)


class MentionFilters(Params):
    """Where a person is named."""

    cursor: str | None = Field(None, max_length=400)
    limit: int = Field(50, ge=1, le=200)
    sort: Literal["-id", "id"] = "-id"


class FindingFilters(Paged):
    """Findings."""

    sort: Literal["-id", "id"] = "-id"
    pair: PairCode | None = None
    verdict: list[Verdict] = Field([], max_length=20)
    severity: list[Severity] = Field([], max_length=20)
    document: Hash | None = None
    claim: RowId | None = None

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Current findings, also those that name a claim or any claim of a document."""
        query = self._added_since() & _equal(self, "pair") & _any_of(self, "verdict", "severity")
        through = models.Finding.claims.through.objects
        if self.claim:
            query &= Q(pk__in=through.filter(claim=self.claim).values("finding"))
        if self.document:
            query &= Q(pk__in=through.filter(claim__document__hash=self.document).values("finding"))
        return rows.filter(query)


class PairFilters(Params):
    """Pairs of countries."""

    side: Side | None = None
    cursor: str | None = Field(None, max_length=400)
    limit: int = Field(50, ge=1, le=200)
    sort: Literal["id", "-id"] = "id"

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Pairs with reports, of a side."""
        return rows.filter(Q(first=self.side) | Q(second=self.side)) if self.side else rows


class OfficialFilters(Params):
    """Official figures of a pair."""

    flow: list[Literal["turnover", "exports", "imports", "balance"]] = Field([], max_length=4)
    reporter: Side | None = None
    product: Words | None = Field(None, examples=["1001"])
    period_from: Day | None = None
    period_to: Day | None = None


class SearchFilters(Params):
    """A search."""

    q: str = Field(min_length=1, max_length=500, examples=["тауар айналымы"])
    lang: Lang | None = None
    published_from: Day | None = None
    limit: int = Field(20, ge=1, le=100)
    offset: int = Field(0, ge=0, le=500)


def _equal(asked: Schema, *names: str) -> Q:
    return Q(**{name: value for name in names if (value := getattr(asked, name)) is not None})


def _any_of(asked: Schema, *names: str) -> Q:
    return Q(**{f"{name}__in": values for name in names if (values := getattr(asked, name))})


def _days(asked: Schema, column: str = "published") -> Q:
    first, last = getattr(asked, f"{column}_from"), getattr(asked, f"{column}_to")
    query = Q(**{f"{column}__gte": first}) if first else Q()
    return query & Q(**{f"{column}__lte": last}) if last else query
