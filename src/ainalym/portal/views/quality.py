"""How good the reading is, by what reviewers found; and their work as gold records."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render

from ...ledger import quality as measures
from ...ledger.gold import gold_lines
from ..roles import REVIEW, requires
from ..words import current_lang, load_words, say


def quality(request: HttpRequest) -> HttpResponse:
    """Shares of right readings with their intervals, by language, publisher and confidence."""
    whole = measures.count_all()
    return render(
        request,
        "portal/quality.html",
        {
            "whole": whole, "enough": measures.ENOUGH, "tables": _make_tables(whole) if whole.total else [],
            "fields": measures.count_fields(),
        },
    )  # fmt: skip


def _make_tables(whole: measures.Tally) -> list[dict[str, Any]]:
    words = load_words(current_lang())
    unnamed = say("quality.no_publisher")
    return [
        _table("whole", "group", [(say("quality.whole"), whole)]),
        _table(
            "lang", "group", [(words.get(f"text_lang.{row.name}", row.name), row) for row in measures.count_by("lang")]
        ),
        _table("publisher", "group", [(row.name or unnamed, row) for row in measures.count_by("publisher")]),
        _table(
            "confidence", "confidence",
            [(f"{step.low:.1f}–{step.high:.1f}", step.tally) for step in measures.count_by_confidence()],
            note=say("quality.calibration"),
        ),
    ]  # fmt: skip


def _table(name: str, head: str, rows: list[tuple[str, measures.Tally]], *, note: str = "") -> dict[str, Any]:
    caption = say("quality.whole" if name == "whole" else f"quality.by_{name}")
    return {"name": name, "caption": caption, "head": say(f"quality.{head}"), "rows": rows, "note": note}


@requires(REVIEW)
def gold(request: HttpRequest) -> StreamingHttpResponse:
    """JSON lines of evals/SCHEMA.md; `?complete=1` for reports of which every claim was reviewed."""
    lines = gold_lines(complete=request.GET.get("complete") == "1")
    answer = StreamingHttpResponse(lines, content_type="application/x-ndjson; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="gold.jsonl"'
    return answer
