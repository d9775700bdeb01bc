"""What people decided goes over to the reading of a newer reader.

A claim that a person accepted or corrected stands in the new reading as the person left it, for a person is surer than
any reader; the reader's own opinion is kept beside it, ended at once. A rejection goes over only where the new reader
says the same again: what it reads otherwise now is a new claim, to be looked at. Where the new reader has no such
claim, the person's stays.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from . import models

# What makes two readings of one figure the same statement.
_SAID = (
    "indicator", "reporter", "partner", "product", "period_start", "period_end", "kind", "value_exact", "unit",
    "bound", "modality", "speaker",
)  # fmt: skip
_Row = TypeVar("_Row", models.Claim, models.Commitment)


def carry_over(
    superseded: Mapping[int, models.Reading],
    claims: Sequence[models.Claim],
    commitments: Sequence[models.Commitment],
    made: models.Change,
) -> tuple[list[models.Claim], list[models.Commitment]]:
    """The rows to write: those of the new readings, and the people's. `superseded` leads from old readings to new."""
    ended = {"reading__in": list(superseded), "ended": made}
    reviewed = models.Claim.objects.filter(**ended).exclude(state="read").order_by("pk")
    first = _find_first(models.Claim, superseded)
    new_claims = _Carrier(superseded, claims, made)
    for old in reviewed:
        own = first[old.reading_id, old.number]
        counterpart = new_claims.find(old, own.kind)
        is_same = counterpart is not None and all(getattr(counterpart, name) == getattr(own, name) for name in _SAID)
        if old.state != "rejected" or is_same:
            new_claims.put(old, counterpart)
    new_deals = _Carrier(superseded, commitments, made)
    for deal in models.Commitment.objects.filter(**ended).exclude(replaces=None).order_by("pk"):
        new_deals.put(deal, new_deals.find(deal, None))
    return new_claims.rows, new_deals.rows


def _find_first(table: type[_Row], superseded: Mapping[int, models.Reading]) -> dict[tuple[int, int], _Row]:
    """What the old reader itself had made of each figure."""
    first: dict[tuple[int, int], _Row] = {}
    for row in table.objects.filter(reading__in=list(superseded)).order_by("pk"):
        first.setdefault((row.reading_id, row.number), row)
    return first


class _Carrier:
    """The rows of new readings, and how a person's row finds its place among them."""

    def __init__(self, superseded: Mapping[int, models.Reading], rows: Sequence[Any], made: models.Change) -> None:
        self.superseded, self.made = superseded, made
        self.rows: list[Any] = list(rows)
        self._at: dict[tuple[Any, int, int], list[Any]] = defaultdict(list)
        self._next: dict[Any, int] = defaultdict(int)
        for row in rows:
            self._at[row.reading.pk, row.start, row.end].append(row)
            self._next[row.reading.pk] = max(self._next[row.reading.pk], row.number + 1)

    def find(self, old: Any, kind: str | None) -> Any:
        """The new reader's row at the same characters, which no other decision has taken; None where there is none."""
        rows = self._at[self.superseded[old.reading_id].pk, old.start, old.end]
        return next((row for row in rows if row.ended is None and (kind is None or row.kind == kind)), None)

    def put(self, old: Any, counterpart: Any) -> None:
        """The person's row in the new reading, in the place of the reader's."""
        reading = self.superseded[old.reading_id]
        number = self._next[reading.pk] if counterpart is None else counterpart.number
        if counterpart is None:
            self._next[reading.pk] += 1
        else:
            counterpart.ended = self.made
        kept = {
            field.attname: getattr(old, field.attname)
            for field in old._meta.concrete_fields
            if field.name not in ("id", "reading", "number", "ended", "replaces")
        }
        # `made` stays that of the decision: its author vouches for this row too.
        self.rows.append(type(old)(**kept, reading=reading, number=number, replaces=old))
