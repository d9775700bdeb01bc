"""The stretch of a report that a claim or a commitment stands in, with its mark."""

from __future__ import annotations

from typing import NamedTuple

from django.db.models.functions import Substr
from django.utils.safestring import SafeString

from ..ledger import models
from .marked import mark

_AROUND = 1_500  # characters on either side


class Evidence(NamedTuple):
    """The report without its text, the marked stretch, and whether the text goes on before and behind it."""

    document: models.Document
    text: SafeString
    more_before: bool
    more_after: bool


def find_evidence(row: models.Claim | models.Commitment) -> Evidence:
    """Only the stretch is taken from the database, however long the text is."""
    first = max(0, row.start - _AROUND)
    length = row.end - first + _AROUND
    part = Substr("text", first + 1, length + 1)
    document = models.Document.objects.defer("text", "folded").annotate(part=part).get(pk=row.document_id)
    # From the first whole word on.
    skipped = document.part.find(" ", 0, row.start - first) + 1 if first else 0
    name = f"c{row.number + 1}" if isinstance(row, models.Claim) else f"k{row.number + 1}"
    text = mark(document.part[skipped:length], [(name, row.start, row.end)], offset=first + skipped)
    return Evidence(document, text, first > 0, len(document.part) > length)
