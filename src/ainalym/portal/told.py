"""Findings as pages show them: in the page's words, each step with links to the reports that it speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from ..ledger import models
from ..model import Finding
from ..output.comparisons import make_rows, make_titles
from .words import adapt, base_lang

PAGE = 30_000  # characters of a text that one page shows
GRAVITY = ("contradicts", "reports disagree", "implies", "consistent", "no data")
_HASH = re.compile(r"\[([0-9a-f]{32})\]")
_LABEL = 60


class Place(NamedTuple):
    """Where a figure stands: its words, the address of its mark, the report."""

    quote: str
    address: str
    document: Any


class Told(NamedTuple):
    """One finding in the page's language."""

    key: str
    pair: str
    verdict: str
    severity: str
    why: str
    steps: list[SafeString]
    places: list[Place]
    # A claim that it is about, None for a draft's.
    subject: models.Claim | None
    # The official figures that it was compared with: titles, then rows.
    compared: list[list[str]]


def report_address(document: Any) -> str:
    """The page of a report."""
    return reverse("report", args=[document.hash])


def claim_address(claim: models.Claim) -> str:
    """The mark of a claim in its report."""
    return mark_address(claim.document, claim.start, claim.number)


def mark_address(document: Any, start: int, number: int) -> str:
    """The mark of the claim of this number, which begins at `start`, on the page of the report that shows it."""
    page = start // PAGE + 1
    return f"{report_address(document)}{f'?page={page}' if page > 1 else ''}#c{number + 1}t"


def name_document(document: Any) -> str:
    """What a report is called in a link."""
    return document.title or document.publisher or document.url or document.hash[:8]


def with_claims(findings: QuerySet[models.Finding]) -> QuerySet[models.Finding]:
    """Findings with their claims and the reports of these, without the texts."""
    claims = models.Claim.objects.select_related("document").defer("document__text", "document__folded", "trace")
    return findings.prefetch_related(Prefetch("claims", queryset=claims.order_by("published", "id")))


def tell_row(finding: models.Finding) -> Told:
    """A finding of the ledger; its claims are best fetched by `with_claims`."""
    said = finding.words.get(base_lang()) or next(iter(finding.words.values()))
    claims = list(finding.claims.all())
    documents = {claim.document.hash: claim.document for claim in claims}
    places = [Place(claim.quote, claim_address(claim), claim.document) for claim in claims]
    told = _tell(finding, said["why"], said["steps"], places, documents)
    return told._replace(subject=claims[0] if claims else None)


def tell_record(finding: Finding, documents: Mapping[str, models.Document]) -> Told:
    """A finding on a draft; `documents` are those of the ledger that it may speak of, by their hashes."""
    places = []
    for figure in finding.figures:
        document = documents.get(figure.document)
        address = mark_address(document, figure.start, figure.claim) if document else f"#c{figure.claim + 1}t"
        places.append(Place(figure.quote, address, document))
    told = _tell(finding, finding.why, finding.steps, places, documents)
    if finding.comparison is None or not finding.comparison.compared:
        return told
    lang = base_lang()
    rows = [make_titles(lang), *make_rows(finding.comparison, lang)]
    return told._replace(compared=[[adapt(cell) for cell in row] for row in rows])


def _tell(finding: Any, why: str, steps: Iterable[str], places: list[Place], documents: Mapping[str, Any]) -> Told:
    return Told(
        key=getattr(finding, "key", ""), pair=getattr(finding, "pair", ""), verdict=finding.verdict,
        severity=finding.severity, why=adapt(why), steps=[_link(adapt(step), documents) for step in steps],
        places=places, subject=None, compared=[],
    )  # fmt: skip


def _link(step: str, documents: Mapping[str, Any]) -> SafeString:
    """The step with links in the place of the hashes of reports."""
    pieces: list[str] = []
    end = 0
    for match in _HASH.finditer(step):
        document = documents.get(match[1])
        if document is None:
            continue
        pieces.append(format_html("{}", step[end : match.start()]))
        label = name_document(document)
        label = label if len(label) <= _LABEL else label[: _LABEL - 1] + "…"
        pieces.append(format_html('[<a href="{}"><bdi>{}</bdi></a>]', report_address(document), label))
        end = match.end()
    pieces.append(format_html("{}", step[end:]))
    return mark_safe("".join(pieces))  # noqa: S308 - each piece is escaped


def order_told(told: Iterable[Told]) -> list[Told]:
    """The gravest first."""
    return sorted(told, key=lambda item: GRAVITY.index(item.verdict))
