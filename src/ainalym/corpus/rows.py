"""Readings as rows of Parquet and back: the columns of the other outputs, with the document's hash in each row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import ROUND_HALF_EVEN, Context, Decimal, InvalidOperation
from typing import Any

import msgspec
import pyarrow as pa

from ..model import Claim, Document, Reading, Span

_TEXT, _DAY, _COUNT = pa.string(), pa.date32(), pa.int32()
_HEAD = [("document", _TEXT), ("number", _COUNT)]
_EVIDENCE = [("start", _COUNT), ("end", _COUNT), ("quote", _TEXT)]
PLACES = 18  # digits behind the point of a value; what a report prints has fewer
VALUE = pa.decimal128(38, PLACES)
_EXACT = Context(prec=38, rounding=ROUND_HALF_EVEN)

TEXTS = pa.schema([
    ("part", _COUNT), ("place", _TEXT), ("id", _TEXT), ("figures", _TEXT), ("text", _TEXT), ("title", _TEXT),
    ("url", _TEXT), ("publisher", _TEXT), ("published", _DAY), ("lang", _TEXT),
])  # fmt: skip
SKIPPED = pa.schema([("place", _TEXT), ("url", _TEXT), ("reason", _TEXT)])
SIGHTINGS = pa.schema([
    ("document", _TEXT), ("text_hash", _TEXT), ("place", _TEXT), ("url", _TEXT), ("publisher", _TEXT),
    ("published", _DAY),
])  # fmt: skip
PERSON = pa.struct([("name", _TEXT), ("key", _TEXT), ("role", _TEXT), ("side", _TEXT), *_EVIDENCE])
DOCUMENTS = pa.schema([
    ("id", _TEXT), ("url", _TEXT), ("title", _TEXT), ("publisher", _TEXT), ("published", _DAY), ("script", _TEXT),
    ("orthography", _TEXT), ("text", _TEXT), ("people", pa.list_(PERSON)), ("messages", pa.list_(_TEXT)),
    ("claims", _COUNT), ("meetings", _COUNT), ("commitments", _COUNT), ("sightings", _COUNT), ("place", _TEXT),
])  # fmt: skip
CLAIMS = pa.schema([
    *_HEAD, ("surface", _TEXT), ("indicator", _TEXT), ("reporter", _TEXT), ("partner", _TEXT), ("product", _TEXT),
    ("dated", pa.bool_()), ("period_start", _DAY), ("period_end", _DAY), ("kind", _TEXT), ("value", VALUE),
    ("unit", _TEXT), ("bound", _TEXT), ("modality", _TEXT), ("speaker", _TEXT), ("confidence", pa.float64()),
    *_EVIDENCE, ("trace", pa.list_(_TEXT)),
])  # fmt: skip
MEETINGS = pa.schema([
    *_HEAD, ("participants", pa.list_(_TEXT)), ("date", _DAY), ("place", _TEXT), ("kind", _TEXT), *_EVIDENCE,
])  # fmt: skip
COMMITMENTS = pa.schema([
    *_HEAD, ("what", _TEXT), ("parties", pa.list_(_TEXT)), ("status", _TEXT), ("due", _DAY), ("surface", _TEXT),
    *_EVIDENCE, ("claims", pa.list_(_COUNT)),
])  # fmt: skip
# The datasets that are partitioned by the language of the text and the year of its publication.
READ = {"documents": DOCUMENTS, "claims": CLAIMS, "meetings": MEETINGS, "commitments": COMMITMENTS}
PARTITIONS = pa.schema([("lang", _TEXT), ("year", _TEXT)])


def partition_of(reading: Reading) -> tuple[str, str]:
    """Language and year of publication, `und` and `unknown` where they are not known."""
    published = reading.document.published
    return reading.lang or "und", f"{published.year:04}" if published else "unknown"


def make_rows(reading: Reading, *, place: str, sightings: int) -> dict[str, list[dict[str, Any]]]:
    """The rows of a reading in each dataset; each dataset has the columns of its schema."""
    document = reading.document
    people = [_flatten(person) for person in reading.people]
    row = {
        "id": document.id, "url": document.url, "title": document.title, "publisher": document.publisher,
        "published": document.published, "script": reading.script, "orthography": reading.orthography,
        "text": document.text, "people": people, "messages": list(reading.messages), "claims": len(reading.claims),
        "meetings": len(reading.meetings), "commitments": len(reading.commitments), "sightings": sightings,
        "place": place,
    }  # fmt: skip
    return {
        "documents": [row],
        "claims": [_make_claim(claim) | _head(document, number) for number, claim in enumerate(reading.claims)],
        "meetings": [_flatten(meeting) | _head(document, number) for number, meeting in enumerate(reading.meetings)],
        "commitments": [_flatten(item) | _head(document, number) for number, item in enumerate(reading.commitments)],
    }


def _head(document: Document, number: int) -> dict[str, Any]:
    return {"document": document.id, "number": number}


def _flatten(item: Any) -> dict[str, Any]:
    """A record with its evidence in three columns."""
    fields: dict[str, Any] = msgspec.structs.asdict(item)
    evidence: Span = fields.pop("evidence")
    return {**fields, "start": evidence.start, "end": evidence.end, "quote": evidence.quote}


def _make_claim(claim: Claim) -> dict[str, Any]:
    fields = _flatten(claim)
    period = fields.pop("period")
    first, last = period or (None, None)
    fields["value"] = _fit(claim.value)
    return {**fields, "dated": period is not None, "period_start": first, "period_end": last}


def _fit(value: Decimal) -> Decimal | None:
    """The value with 18 digits behind the point; None for what is too large to be a figure of trade."""
    try:
        return value.quantize(Decimal(1).scaleb(-PLACES), context=_EXACT) if value.is_finite() else None
    except InvalidOperation:
        return None


def parse_claim(row: Mapping[str, Any]) -> Claim | None:
    """The claim in a row of the dataset; None where it has no value."""
    if row["value"] is None:
        return None
    period: tuple[dt.date | None, dt.date | None] | None = (row["period_start"], row["period_end"])
    value: Decimal = row["value"]
    value = Decimal(int(value)) if value == int(value) else value.normalize()
    return Claim(
        surface=row["surface"], indicator=row["indicator"], reporter=row["reporter"], partner=row["partner"],
        product=row["product"], period=period if row["dated"] else None, kind=row["kind"], value=value,
        unit=row["unit"], bound=row["bound"], modality=row["modality"], speaker=row["speaker"],
        evidence=Span(row["start"], row["end"], row["quote"]), confidence=row["confidence"],
        trace=tuple(row["trace"] or ()),
    )  # fmt: skip
