"""Reports: what was read, and reading one more."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Path, Query, Router, Status
from ninja.decorators import decorate_view

from ....language.identity import hash_text
from ....ledger import models
from ....ledger.add import add_documents, find_known
from ....ledger.findings import refresh
from ....ledger.official import official_of
from ....model import Document as Text
from ....reading import read_document
from ..access import ADD, takes_json
from ..filters import DocumentFilters, Hash
from ..paging import take_page
from ..problems import Problem
from ..records import CLAIM, COMMITMENT, DOCUMENT, MEETING, MENTION, make_claim, make_document, make_entry, make_mention
from ..schemas import Added, Addition, Document, Many, Report
from ..work import in_time

router = Router(tags=["documents"])


@router.get("", response=Many[Document], operation_id="list_documents")
def list_documents(request: HttpRequest, response: HttpResponse, filters: Query[DocumentFilters]) -> dict[str, Any]:
    """Reports, without their texts."""
    rows = filters.narrow(models.Document.objects).values(*DOCUMENT)
    found, address = take_page(request, response, rows, sort=filters.sort, cursor=filters.cursor, limit=filters.limit)
    return {"items": [make_document(row) for row in found], "next": address}


@router.get("/{document}", response=Report, operation_id="get_document")
def get_document(request: HttpRequest, document: Path[Hash]) -> dict[str, Any]:
    """A report with its text and all that was read in it."""
    row = models.Document.objects.filter(hash=document).values(*DOCUMENT, "text").first()
    if row is None:
        raise Problem(404, "not_found")
    own = {"document": row["id"], "ended": None}
    reading = models.Reading.objects.filter(**own).values("messages").first()
    seen = models.Sighting.objects.filter(document=row["id"]).exclude(url=None).order_by("pk")
    return {
        **make_document(row),
        "claims": [make_claim(c) for c in models.Claim.objects.filter(**own).order_by("number").values(*CLAIM)],
        "meetings": [make_entry(m) for m in models.Meeting.objects.filter(**own).order_by("number").values(*MEETING)],
        "commitments": [
            make_entry(c) for c in models.Commitment.objects.filter(**own).order_by("number").values(*COMMITMENT)
        ],
        "people": [make_mention(m) for m in models.Mention.objects.filter(**own).order_by("start").values(*MENTION)],
        "messages": reading["messages"] if reading else [],
        "sightings": list(seen.values("url", "publisher", "published")),
    }


@router.post("", response={200: Added, 201: Added}, auth=ADD, operation_id="add_document")
@decorate_view(takes_json)
def add_document(request: HttpRequest, response: HttpResponse, addition: Addition) -> Status[dict[str, Any]]:
    """Read a report and keep it; one that the ledger knows is noted as seen."""
    token = request.api_token
    name = hash_text(addition.text)
    fields = addition.model_dump(exclude={"reason"})
    text = Text(id=addition.url or f"api:{name}", **fields)
    readings = [] if find_known([name]) else [in_time(lambda: read_document(text))]
    reason = f"{token}: {addition.reason}".rstrip(": ")
    done = add_documents(
        [text], readings, author="" if token.owner else str(token)[:150], user=token.owner, reason=reason
    )
    written = refresh(official=official_of, author=str(token)[:150])
    response["Location"] = request.build_absolute_uri(reverse("api:get_document", args=[name]))
    outcome = next(kind for kind in ("new", "reread", "seen", "known") if getattr(done, kind) or kind == "known")
    claims = models.Claim.objects.current().filter(document__hash=name).count()
    answer = {"id": name, "outcome": outcome, "claims": claims, "findings": written}
    return Status(201 if outcome == "new" else 200, answer)
