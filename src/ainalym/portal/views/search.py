"""Search over all reports: a question in one script finds the words in the others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db.models.functions import Substr
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from ...ledger import models
from ...ledger.search import cut_snippet, find_hits, search_documents
from .. import paging
from ..bodies import newest_change, render_body
from .reports import LANGS, add_counts, pair_choices

_PAGE = 10
_LONGEST = 300
_LOOKED_AT = 50_000  # characters of a text that a snippet is looked for in


def search(request: HttpRequest) -> HttpResponse:
    """Reports that hold the words asked for, with a snippet of each where they stand."""
    question = paging.get_words(request, "q", _LONGEST)
    pair = paging.get_pair(request)
    chosen = paging.get_choice(request, "lang", LANGS)
    since, until = paging.get_day(request, "since"), paging.get_day(request, "until")
    page = paging.get_number(request, "page", 1_000)
    lang, _, script = chosen.partition("-")
    found = ""
    if question:
        asked = (question, lang or None, script or None, pair or None, since, until)
        state = (*asked, page, newest_change())
        found = render_body("portal/parts/search_found.html", state, lambda: _find(request, page, *asked))
    return render(
        request,
        "portal/search.html",
        {
            "q": question, "found": found, "pairs": pair_choices(pair), "pair": pair, "langs": LANGS,
            "chosen_lang": chosen, "since": since, "until": until,
        },
    )  # fmt: skip


def _find(
    request: HttpRequest, page: int, question: str, lang: str | None, script: str | None, pair: str | None,
    since: dt.date | None, until: dt.date | None,
) -> dict[str, Any]:  # fmt: skip
    hits = search_documents(
        question, limit=_PAGE, offset=(page - 1) * _PAGE, lang=lang, script=script, pair=pair, since=since, until=until
    )
    documents = list(hits.documents)
    add_counts(documents)
    _add_snippets(documents, question)
    return {
        "hits": hits, "documents": documents,
        "before": _query(request, page - 1) if page > 1 else "",
        "after": _query(request, page + 1) if page * _PAGE < hits.total else "",
    }  # fmt: skip


def _query(request: HttpRequest, page: int) -> str:
    query = request.GET.copy()
    query["page"] = str(page)
    return f"?{query.urlencode()}"


def _add_snippets(documents: Sequence[models.Document], question: str) -> None:
    """Give each document `snippet`: the stretch of its text where most of the words stand, with the words marked."""
    rows = models.Document.objects.filter(pk__in=[document.pk for document in documents])
    texts = dict(rows.annotate(part=Substr("text", 1, _LOOKED_AT)).values_list("pk", "part"))
    for document in documents:
        text = texts.get(document.pk, "")
        found = find_hits(question, text, document.lang)
        document.snippet = _mark_found(text, cut_snippet(text, found), found)


def _mark_found(text: str, cut: tuple[int, int], found: Sequence[tuple[int, int]]) -> SafeString:
    start, stop = cut
    pieces = ["… " if start else ""]
    at = start
    for first, end in found:
        if first < at or end > stop:
            continue
        pieces.append(format_html("{}<mark>{}</mark>", text[at:first], text[first:end]))
        at = end
    pieces.append(format_html("{}", text[at:stop]))
    pieces.append(" …" if stop < len(text) else "")
    return mark_safe("".join(pieces))  # noqa: S308 - each piece is escaped
