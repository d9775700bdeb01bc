"""Search over reports in all scripts at once."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from ....ledger import models
from ....ledger.search import MOST_HITS, search_documents
from ..filters import SearchFilters
from ..records import DOCUMENT, make_document
from ..schemas import Hits

router = Router(tags=["search"])


@router.get("", response=Hits, operation_id="search_documents")
def search(request: HttpRequest, response: HttpResponse, filters: Query[SearchFilters]) -> dict[str, Any]:
    """Reports that hold the words, best first."""
    hits = search_documents(
        filters.q, lang=filters.lang, since=filters.published_from, limit=filters.limit, offset=filters.offset
    )
    numbers = [document.pk for document in hits.documents]
    rows = {row["id"]: row for row in models.Document.objects.filter(pk__in=numbers).values(*DOCUMENT)}
    address, behind = None, filters.offset + filters.limit
    if behind < min(hits.total, MOST_HITS):
        query = request.GET.copy()
        query["offset"] = str(behind)
        address = request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
        response["Link"] = f'<{address}>; rel="next"'
    return {"items": [make_document(rows[number]) for number in numbers], "total": hits.total, "next": address}
