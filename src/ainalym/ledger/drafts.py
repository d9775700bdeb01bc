"""A draft checked against the ledger: nothing of it is kept."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from django.db.models import Q
from msgspec import structs

from ..checking import CompareOf, OfficialOf, check
from ..language.identity import hash_text
from ..model import Claim, Comparison, Finding, Reading
from . import models
from .records import find_year, name_pair, to_reading

# What bears on a draft: its pairs of countries, its years and two to either side, the newest claims of those.
_PAIRS = 12
_YEARS = 2
_CLAIMS = 4_000


class Archive(NamedTuple):
    """What the ledger holds on a draft's subject: readings to check with, and the row of each of their claims."""

    readings: tuple[Reading, ...]
    documents: dict[str, models.Document]
    claims: dict[tuple[str, int], models.Claim]


def find_archive(draft: Reading) -> Archive:
    """The claims of other reports that a draft's figures can agree with or contradict."""
    cells = [(name_pair((claim.reporter, claim.partner)), find_year(claim.period)) for claim in draft.claims]
    pairs = [pair for pair, _ in Counter(pair for pair, _ in cells if pair).most_common(_PAIRS)]
    query = Q(pk__in=())
    for pair in pairs:
        years = {year for own, year in cells if own == pair and year is not None}
        near = {year + step for year in years for step in range(-_YEARS, _YEARS + 1)}
        query |= Q(pair=pair) & (Q(year__in=near) | Q(year=None))
    rows = (
        models.Claim.objects.current()
        .filter(query)
        .exclude(state="rejected")
        .exclude(document__hash=hash_text(draft.document.text))
        .order_by("-published", "-pk")[:_CLAIMS]
    )
    return _gather(list(rows) if pairs else [])


def _gather(rows: Sequence[models.Claim]) -> Archive:
    by_document: dict[int, list[models.Claim]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: row.number):
        by_document[row.document_id].append(row)
    documents = {row.hash: row for row in models.Document.objects.filter(pk__in=by_document).order_by("pk")}
    readings, claims = [], {}
    for document in documents.values():
        own = by_document[document.pk]
        readings.append(to_reading(document, own))
        claims.update({(document.hash, index): row for index, row in enumerate(own)})
    return Archive(tuple(readings), documents, claims)


def check_draft(
    draft: Reading, archive: Archive, *, official: OfficialOf | None = None, compare: CompareOf | None = None,
    lang: str = "en",
) -> list[Finding]:  # fmt: skip
    """The findings that name a figure of the draft; a figure's claim is its number in its own report's reading.

    `compare` is asked of the draft's own claims alone. The database is left in peace: any thread may check.
    """
    name = draft.document.id
    ask = compare and _only(draft, compare)
    told = check([draft, *archive.readings], official=official, compare=ask, lang=lang)
    return [
        structs.replace(
            finding,
            figures=tuple(
                figure
                if figure.document == name
                else structs.replace(figure, claim=archive.claims[figure.document, figure.claim].number)
                for figure in finding.figures
            ),
        )
        for finding in told
        if any(figure.document == name for figure in finding.figures)
    ]


def _only(draft: Reading, compare: CompareOf) -> CompareOf:
    own = set(draft.claims)

    def ask(claim: Claim, unit: str | None, published: dt.date | None) -> Comparison:
        return compare(claim, unit, published) if claim in own else Comparison("no data", "")

    return ask
