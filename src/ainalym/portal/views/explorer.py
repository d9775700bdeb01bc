"""The explorer: all claims, by whatever one wants to know; and the same as a file."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import render
from django.utils.http import urlencode

from ...ledger import export, models
from ...statistics.areas import load_areas
from .. import explorer as search
from .. import paging
from ..bodies import newest_change, render_body
from ..faults import BadInput
from ..names import name_side
from ..words import say
from .reports import publisher_choices

_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/x-ndjson",
    "parquet": "application/vnd.apache.parquet",
}


def explorer(request: HttpRequest) -> HttpResponse:
    """A page of the claims that fit the choice. An address with empty fields leads to the same without them."""
    if any(not value for value in request.GET.values()):
        kept = [(name, value) for name, value in request.GET.items() if value]
        return HttpResponseRedirect(f"{request.path}?{urlencode(kept)}" if kept else request.path)
    asked = search.parse(request)
    page = paging.get_number(request, "page", search.MOST_PAGES)
    newest = newest_change()
    state = (*asked.values.items(), page, newest)
    body = render_body("portal/parts/explorer_body.html", state, lambda: _make_context(asked, page, newest))
    return render(request, "portal/explorer.html", {"body": body})


def _make_context(asked: search.Asked, page: int, newest: int) -> dict[str, Any]:
    rows = search.fetch(asked, page)
    query = urlencode([(name, value) for name, value in asked.values.items() if value and value != "-published"])
    return {
        "claims": rows[: search.SIZE], "asked": asked.values, "query": query, "page": page, "before": page - 1,
        "after": page + 1 if len(rows) > search.SIZE and page < search.MOST_PAGES else None,
        "is_end": len(rows) > search.SIZE and page == search.MOST_PAGES,
        "count": search.count(asked, newest), "most": search.MOST_COUNTED, "first": (page - 1) * search.SIZE + 1,
        "last": (page - 1) * search.SIZE + min(len(rows), search.SIZE),
        "formats": _formats(),
        "limit": search.MOST_ROWS, "searched": search.MOST_SEARCHED,
        "choices": search.CHOICES, "sorts": search.SORTS,
        "partners": _partner_choices(), "sources": publisher_choices(), "products": search.list_products(),
    }  # fmt: skip


def _partner_choices() -> list[tuple[str, str]]:
    """Sides that the ledger knows, by name."""
    codes = {code for pair in models.Pair.objects.values_list("first", "second")[:2_000] for code in pair}
    return sorted((name_side(code), code) for code in codes if code in load_areas())


def _formats() -> list[str]:
    """Parquet takes a package that a portal may lack."""
    return [name for name in _TYPES if name != "parquet" or find_spec("pyarrow")]


def download(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """What is chosen as a file, row by row as it is read; never more than MOST_ROWS."""
    form = request.GET.get("format", "csv")
    if form not in _TYPES:
        raise BadInput(say("explorer.bad_format"))
    if form not in _formats():
        raise BadInput(say("explorer.no_parquet"))
    records = export.claim_records(search.parse(request).claims, search.MOST_ROWS)
    content: Iterator[str] | Iterator[bytes]
    if form == "parquet":
        content = export.stream_parquet("claims", records)
    else:
        content = export.stream_jsonl(records) if form == "jsonl" else export.stream_csv("claims", records)
    answer = StreamingHttpResponse(content, content_type=_TYPES[form])
    answer["Content-Disposition"] = f'attachment; filename="ainalym-claims.{form}"'
    return answer
