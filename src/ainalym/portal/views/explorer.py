"""The explorer: all claims, by whatever one wants to know; and the same as a file."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import render
from django.utils.http import urlencode

from ...ledger import downloads, models
from ...statistics.areas import load_areas
from .. import explorer as search
from .. import paging
from ..bodies import newest_change, render_body
from ..faults import BadInput
from ..names import name_side
from ..words import say
from .reports import publisher_choices


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
        "formats": [name for name in downloads.WRITERS if name != "parquet" or downloads.has_parquet()],
        "limit": search.MOST_ROWS, "searched": search.MOST_SEARCHED,
        "choices": search.CHOICES, "sorts": search.SORTS,
        "partners": _partner_choices(), "sources": publisher_choices(), "products": search.list_products(),
    }  # fmt: skip


def _partner_choices() -> list[tuple[str, str]]:
    """Sides that the ledger knows, by name."""
    codes = {code for pair in models.Pair.objects.values_list("first", "second")[:2_000] for code in pair}
    return sorted((name_side(code), code) for code in codes if code in load_areas())


def download(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """What is chosen as a file, row by row as it is read; never more than MOST_ROWS."""
    form = request.GET.get("format", "csv")
    if form not in downloads.WRITERS:
        raise BadInput(say("explorer.bad_format"))
    if form == "parquet" and not downloads.has_parquet():
        raise BadInput(say("explorer.no_parquet"))
    asked = search.parse(request)
    write, kind = downloads.WRITERS[form]
    answer = StreamingHttpResponse(write(downloads.fetch(asked.claims, search.MOST_ROWS)), content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="ainalym-claims.{form}"'
    return answer
