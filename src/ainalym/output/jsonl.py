"""JSON lines: one object a document. Every field is there, null when the report does not say."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TextIO

import msgspec

from ainalym.model import Claim, Commitment, Meeting, Person, Reading, Span

from .words import format_exact

if TYPE_CHECKING:
    from . import Style

_encoder = msgspec.json.Encoder()


def write(readings: Iterable[Reading], out: TextIO, style: Style) -> None:
    """One line a reading."""
    for reading in readings:
        out.write(encode_reading(reading) + "\n")


def encode_reading(reading: Reading) -> str:
    """A reading as one line of JSON."""
    record = make_record(reading)
    try:
        return _encoder.encode(record).decode()
    except UnicodeEncodeError:
        return _encoder.encode(_mend(record)).decode()


def make_record(reading: Reading) -> dict[str, Any]:
    """A reading under the public field names; figures are exact JSON numbers, ready to be encoded."""
    document = reading.document
    return {
        "id": document.id,
        "url": document.url,
        "title": document.title,
        "publisher": document.publisher,
        "published": document.published,
        "lang": reading.lang,
        "script": reading.script,
        "orthography": reading.orthography,
        "claims": [_make_claim(claim) for claim in reading.claims],
        "meetings": [_make_meeting(meeting) for meeting in reading.meetings],
        "commitments": [_make_commitment(commitment) for commitment in reading.commitments],
        "people": [_make_person(person) for person in reading.people],
        "messages": reading.messages,
    }


def _make_claim(claim: Claim) -> dict[str, Any]:
    fields = msgspec.structs.asdict(claim)
    return {**fields, "value": _make_number(claim.value), "evidence": _make_span(claim.evidence)}


def _make_meeting(meeting: Meeting) -> dict[str, Any]:
    return {**msgspec.structs.asdict(meeting), "evidence": _make_span(meeting.evidence)}


def _make_commitment(commitment: Commitment) -> dict[str, Any]:
    return {**msgspec.structs.asdict(commitment), "evidence": _make_span(commitment.evidence)}


def _make_person(person: Person) -> dict[str, Any]:
    return {**msgspec.structs.asdict(person), "evidence": _make_span(person.evidence)}


def _make_span(span: Span) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "quote": span.quote}


def _make_number(number: Decimal) -> msgspec.Raw | None:
    return msgspec.Raw(format_exact(number).encode()) if number.is_finite() else None


def _mend(value: Any) -> Any:
    """The same record with each half of a broken character pair replaced, one for one, so that offsets stay."""
    if isinstance(value, str):
        return "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in value)
    if isinstance(value, dict):
        return {key: _mend(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_mend(item) for item in value]
    return value
