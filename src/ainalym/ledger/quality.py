"""How good the reader is, by what reviewers said of its claims."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When

from . import models
from .review import FIELDS, list_differences

# Fewer reviews than this say nothing that a figure should be put on.
ENOUGH = 30
BINS = 10
_Z = 1.96
_MOST_CORRECTIONS = 20_000
_MOST_GROUPS = 50


class Tally(NamedTuple):
    """What became of the claims of one group. `low` and `high` bound the share of right ones (Wilson, 95 %)."""

    name: str
    accepted: int
    corrected: int
    rejected: int

    @property
    def total(self) -> int:
        """All that were reviewed."""
        return self.accepted + self.corrected + self.rejected

    @property
    def share(self) -> float:
        """Of right ones."""
        return self.accepted / self.total if self.total else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Of the share."""
        return find_interval(self.accepted, self.total)

    @property
    def is_enough(self) -> bool:
        """Whether there are enough reviews to say anything."""
        return self.total >= ENOUGH


class Bin(NamedTuple):
    """Claims of which the reader was about equally sure."""

    low: float
    high: float
    tally: Tally


def find_interval(right: int, total: int) -> tuple[float, float]:
    """Wilson's interval of a share, at 95 %."""
    if not total:
        return 0.0, 1.0
    share, square = right / total, _Z * _Z / total
    middle = (share + square / 2) / (1 + square)
    reach = _Z * math.sqrt(share * (1 - share) / total + square / total / 4) / (1 + square)
    return max(0.0, middle - reach), min(1.0, middle + reach)


def find_reviews() -> QuerySet[models.Claim]:
    """The first decision on each claim that a person has looked at; what came before it is in `replaces`.

    Only first ones count: a later one judges the person before, not the reader.
    """
    return models.Claim.objects.exclude(state="read").filter(replaces__state="read")


def count_by(column: str) -> list[Tally]:
    """Accepted, corrected and rejected by a column of claims (lang, publisher), the most reviewed first."""
    rows = find_reviews().values(column).annotate(**_sums()).order_by("-total", column)[:_MOST_GROUPS]
    return [_tally(row[column] or "", row) for row in rows]


def count_all() -> Tally:
    """Over all reviews."""
    return _tally("", find_reviews().aggregate(**_sums()))


def count_by_confidence() -> list[Bin]:
    """In ten steps of the reader's confidence; steps without a review are left out."""
    step = Case(
        *(When(replaces__confidence__lt=(number + 1) / BINS, then=Value(number)) for number in range(BINS - 1)),
        default=Value(BINS - 1), output_field=IntegerField(),
    )  # fmt: skip
    rows = find_reviews().annotate(step=step).values("step").annotate(**_sums()).order_by("step")
    return [Bin(row["step"] / BINS, (row["step"] + 1) / BINS, _tally("", row)) for row in rows]


def count_fields() -> list[tuple[str, int]]:
    """Which fields the newest corrections changed, and how many of them each."""
    rows = find_reviews().filter(state="corrected").select_related("replaces").order_by("-pk")[:_MOST_CORRECTIONS]
    counted = Counter(name for row in _without_texts(rows) for name in list_differences(row.replaces, row))
    return [(name, counted[name]) for name in sorted(FIELDS, key=lambda name: -counted[name]) if counted[name]]


def _without_texts(rows: QuerySet[models.Claim]) -> Iterable[models.Claim]:
    return rows.defer("trace", "quote", "replaces__trace", "replaces__quote").iterator(chunk_size=2_000)


def _sums() -> dict[str, Count]:
    states = {state: Count("pk", filter=Q(state=state)) for state in ("accepted", "corrected", "rejected")}
    return {"total": Count("pk"), **states}


def _tally(name: str, row: dict[str, int]) -> Tally:
    return Tally(name, row["accepted"], row["corrected"], row["rejected"])
