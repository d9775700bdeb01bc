"""A draft is read and checked; nothing of it is kept."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from msgspec import structs
from ninja import Router
from ninja.decorators import decorate_view

from ....language.identity import hash_text
from ....ledger.drafts import Archive, check_draft, find_archive
from ....model import Comparison, Document, Finding, Reading
from ....official import make_comparer
from ....reading import read_document
from ...words import adapt, base_lang
from ..access import OPEN_CHECK, takes_json
from ..schemas import Checked, Draft
from ..work import in_time

router = Router(tags=["check"])
_NOTHING = Archive((), {}, {})


@router.post("", response=Checked, auth=OPEN_CHECK, operation_id="check_draft")
@decorate_view(takes_json)
def check(request: HttpRequest, draft: Draft) -> dict[str, Any]:
    """Read a draft, and hold its figures against each other, the ledger and official statistics."""
    name = hash_text(draft.text)
    document = Document(id=name, text=draft.text, published=draft.published, lang=draft.lang)
    reading: Reading = in_time(lambda: read_document(document))
    archive = find_archive(reading) if draft.against_ledger else _NOTHING
    lang = base_lang()
    compare = make_comparer(lang=lang) if draft.against_statistics else None
    findings = in_time(lambda: check_draft(reading, archive, compare=compare, lang=lang))
    named = {figure.document for finding in findings for figure in finding.figures}
    return {
        "lang": reading.lang,
        "script": reading.script,
        "orthography": reading.orthography,
        "claims": [_to_fields(claim) for claim in reading.claims],
        "meetings": [_to_fields(meeting) for meeting in reading.meetings],
        "commitments": [_to_fields(commitment) for commitment in reading.commitments],
        "people": [_to_fields(person) for person in reading.people],
        "messages": reading.messages,
        "findings": [_make_finding(finding, archive) for finding in findings],
        "documents": [
            {
                "id": row.hash, "url": row.url, "title": row.title, "publisher": row.publisher,
                "published": row.published, "lang": row.lang, "script": row.script, "orthography": row.orthography,
                "added": row.added.made,
            }
            for key, row in archive.documents.items()
            if key in named
        ],
    }  # fmt: skip


def _to_fields(record: Any) -> dict[str, Any]:
    return {**structs.asdict(record), "evidence": structs.asdict(record.evidence)}


def _make_finding(finding: Finding, archive: Archive) -> dict[str, Any]:
    numbers = {(name, row.number): row.pk for (name, _), row in archive.claims.items()}
    return {
        "verdict": finding.verdict,
        "severity": finding.severity,
        "why": adapt(finding.why),
        "steps": [adapt(step) for step in finding.steps],
        "figures": [
            {**structs.asdict(figure), "claim_id": numbers.get((figure.document, figure.claim))}
            for figure in finding.figures
        ],
        "implied": structs.asdict(finding.implied) if finding.implied else None,
        "comparison": _make_comparison(finding.comparison) if finding.comparison else None,
    }


def _make_comparison(comparison: Comparison) -> dict[str, Any]:
    rows = [{**structs.asdict(row), "matched": row in comparison.matched} for row in comparison.compared]
    return {"answer": comparison.answer, "period": comparison.period, "slip": comparison.slip, "compared": rows}
