"""What people decide: a claim is right, wrong or to be corrected; a commitment has moved on.

A decision is a new row with its author and reason; the row before it ends and stays. Whoever decides on a row that has
ended meanwhile is told so (`Decided`): the first decision holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, TypeVar

from ..errors import AinalymError
from . import models
from .add import mark_stale
from .changes import change
from .findings import sum_up
from .records import find_year, name_pair

# Decision to the state of the claim's new row.
DECISIONS = {"accept": "accepted", "correct": "corrected", "reject": "rejected"}
# What a correction may change; where a claim stands in its text is no matter of opinion.
FIELDS = (
    "indicator", "reporter", "partner", "product", "period_start", "period_end", "kind", "value_exact", "unit",
    "bound", "modality", "speaker",
)  # fmt: skip

_Row = TypeVar("_Row", models.Claim, models.Commitment)


class Decided(AinalymError):
    """Someone else was faster; `pk` is the row that was meant."""

    def __init__(self, pk: int) -> None:
        super().__init__(f"row {pk} has ended")
        self.pk = pk


def decide(
    pk: int, decision: str, *, values: Mapping[str, Any] | None = None, author: str = "", user: Any = None,
    reason: str = "",
) -> models.Claim:  # fmt: skip
    """Accept, correct (`values` by FIELDS) or reject a claim; gives its new row.

    `stale` of it are the pairs that `findings.refresh(only=…)` takes to bring the findings up to date.
    """
    with change(decision, author=author, user=user, reason=reason) as made:
        old = _end(models.Claim, pk, made)
        new = _copy(old, made)
        new.state = DECISIONS[decision]
        # A person vouches for it now; what the reader thought stays with the row before.
        new.confidence = 1.0
        new.verdict = "" if decision == "reject" else old.verdict
        if decision == "correct":
            _set(new, values or {})
        new.save(force_insert=True)
        named = models.Claim.objects.current().filter(findings__claims=old, findings__ended=None).distinct()
        new.stale = mark_stale([old, new, *named])
    return new


def move(pk: int, status: str, *, author: str = "", user: Any = None, reason: str = "") -> models.Commitment:
    """A commitment reaches another state; gives its new row."""
    with change("status", author=author, user=user, reason=reason) as made:
        new = _copy(_end(models.Commitment, pk, made), made)
        new.status = status
        new.save(force_insert=True)
        sum_up([new.pair], made)
    return new


def find_history(row: models.Claim | models.Commitment) -> list[Any]:
    """All rows of one claim or commitment of one reading, the oldest first, with their changes."""
    rows = type(row).objects.filter(reading=row.reading_id, number=row.number)
    return list(rows.select_related("made", "ended").order_by("pk"))


def find_current(row: Any) -> Any:
    """What holds now of the same claim or commitment; None where a newer reading took the place of its own."""
    if row.ended_id is None:
        return row
    held = type(row).objects.current().filter(reading=row.reading_id, number=row.number)
    return held.select_related("made").first()


def list_differences(before: models.Claim, after: models.Claim) -> list[str]:
    """The FIELDS in which two rows of one claim differ; a value is compared as a number."""
    return [name for name in FIELDS if _plain(before, name) != _plain(after, name)]


def _plain(row: models.Claim, name: str) -> Any:
    value = getattr(row, name)
    return Decimal(value) if name == "value_exact" else value or None


def _end(table: type[_Row], pk: int, made: models.Change) -> _Row:
    """The row, ended by this change. Changes wait for one another, so nobody ends it between the look and the deed."""
    row = table.objects.select_for_update().get(pk=pk)
    if row.ended_id is not None:
        raise Decided(pk)
    row.ended = made
    row.save(update_fields=["ended"])
    return row


def _copy(row: _Row, made: models.Change) -> _Row:
    kept = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.name not in ("id", "made", "ended", "replaces")
    }
    return type(row)(**kept, made=made, replaces=row)


def _set(row: models.Claim, values: Mapping[str, Any]) -> None:
    """The corrected values, and the columns that follow from them."""
    for name in FIELDS:
        if name in values:
            setattr(row, name, values[name])
    row.value = float(row.value_exact)
    row.has_period = row.period_start is not None or row.period_end is not None
    row.pair = name_pair((row.reporter, row.partner))
    row.year = find_year((row.period_start, row.period_end))
