"""Findings as one JSON object: `{"findings": [...], "documents": [...]}`."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TextIO

import msgspec

from ainalym.model import Finding, Reading

from .comparisons import make_fields

if TYPE_CHECKING:
    from .findings import FindingStyle


def write(findings: Sequence[Finding], readings: Sequence[Reading], out: TextIO, style: FindingStyle) -> None:
    """The findings in the order of their weight, and how many figures of each document were compared."""
    documents = [{"id": reading.document.id, "claims": len(reading.claims)} for reading in readings]
    text = msgspec.json.encode({"findings": [make_finding(item) for item in findings], "documents": documents})
    out.write(msgspec.json.format(text, indent=1).decode() + "\n")


def make_finding(finding: Finding) -> dict[str, Any]:
    """A finding under the public field names.

    `implied` is there only for a figure that follows from others, `comparison` for one held against statistics.
    """
    bare = msgspec.structs.replace(finding, comparison=None)
    fields: dict[str, Any] = msgspec.to_builtins(bare, builtin_types=(Decimal,))
    implied = fields.pop("implied")
    del fields["comparison"]
    if finding.comparison:
        fields["comparison"] = make_fields(finding.comparison)
    if implied:
        exact = {name: msgspec.Raw(f"{implied[name]:f}".encode()) for name in ("low", "high")}
        fields["implied"] = {**implied, **exact}
    mended: dict[str, Any] = _mend(fields)
    return mended


def _mend(value: Any) -> Any:
    """Halves of broken character pairs cannot be written; each becomes one replacement sign, so offsets stay."""
    if isinstance(value, str):
        return "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in value)
    if isinstance(value, dict):
        return {key: _mend(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_mend(item) for item in value]
    return value
