"""Check a draft: it is read, held against itself, the ledger and official figures, and forgotten."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import msgspec
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ...language.identity import hash_text
from ...ledger import models
from ...ledger.add import add_documents
from ...ledger.drafts import check_draft, find_archive
from ...ledger.findings import refresh
from ...ledger.official import official_of
from ...model import Finding, Reading
from ...official import make_comparer
from ...output.findings import FindingStyle, write_findings
from .. import faults
from ..api.rates import count_request, name_address
from ..drafts import PLAIN, Draft, Refused, read_draft
from ..marked import Entry, Numbered, make_entry, mark
from ..told import GRAVITY, Told, report_address, tell_record
from ..words import base_lang, say

_LANGS = ("kk", "ru", "en")
_TYPES = {"html": "text/html; charset=utf-8", "json": "application/json"}
_TOO_MUCH = ("large", "long")
_SHOWN = 300  # findings of a draft that a page shows; a download has all


class _Form(NamedTuple):
    """What was asked for: a text or a file with its name, and what to do with it."""

    text: str
    data: bytes
    name: str
    published: dt.date | None
    lang: str | None
    form: str
    keep: bool


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """The form, and what was found of what it sent."""
    if request.method != "POST":
        return _show(request, {})
    if not request.user.is_authenticated:
        rate = count_request(f"draft:{name_address(request)}", settings.DRAFTS_A_MINUTE)
        if rate.is_over:
            return faults.too_often(request, rate.reset)
    try:
        form = _read_form(request)
        if form.keep and not request.user.has_perm("ledger.add_document"):
            raise PermissionDenied
        name = "draft" if form.form == "json" else say("draft.itself")
        reading = read_draft(
            Draft(
                form.data, form.name, name, published=form.published, lang=form.lang,
                characters=settings.DRAFT_CHARACTERS, file_bytes=settings.UPLOAD_BYTES, seconds=settings.DRAFT_SECONDS,
            )
        )  # fmt: skip
    except Refused as refused:
        status = 413 if refused.kind in _TOO_MUCH else 400
        return _show(request, {"error": _say_refusal(refused.kind)}, status=status)
    if form.keep:
        return _keep(request, reading, form.name)
    archive = find_archive(reading)
    findings = check_draft(reading, archive, compare=make_comparer(lang=base_lang()), lang=base_lang())
    if form.form != "page":
        return _download(reading, findings, form.form)
    return _show(request, _describe(reading, findings, archive.documents))


def _read_form(request: HttpRequest) -> _Form:
    posted = request.POST
    text = posted.get("text", "").replace("\r\n", "\n")
    file = request.FILES.get("file")
    day, lang, form = posted.get("published", ""), posted.get("lang", ""), posted.get("form", "page")
    if text.strip() and file:
        raise Refused("both")
    if not text.strip() and not file:
        raise Refused("nothing")
    if lang and lang not in _LANGS:
        raise Refused("lang")
    if form not in ("page", *_TYPES):
        raise Refused("other")
    try:
        published = dt.date.fromisoformat(day) if day else None
    except ValueError:
        raise Refused("day") from None
    if file and file.size > settings.UPLOAD_BYTES:
        raise Refused("large")
    if len(text) > settings.DRAFT_CHARACTERS:
        raise Refused("long")
    data, name = (file.read(), file.name) if file else (text.encode("utf-8", "replace"), PLAIN)
    return _Form(text, data, name, published, lang or None, form, bool(posted.get("keep")))


def _say_refusal(kind: str) -> str:
    return say(
        f"draft.refused_{kind}", characters=settings.DRAFT_CHARACTERS, seconds=f"{settings.DRAFT_SECONDS:g}",
        megabytes=f"{settings.UPLOAD_BYTES / 1e6:.3g}",
    )  # fmt: skip


def _show(request: HttpRequest, found: Mapping[str, Any], *, status: int = 200) -> HttpResponse:
    """The page: what was found, if anything, and the form with the draft in it."""
    posted = request.POST if request.method == "POST" else {}
    reading = found.get("reading")
    words = {
        **found,
        "draft": reading.document.text if reading else posted.get("text", "")[: settings.DRAFT_CHARACTERS],
        "published": posted.get("published", "")[:10],
        "chosen_lang": posted.get("lang", ""),
        "langs": _LANGS,
        "may_keep": request.user.has_perm("ledger.add_document"),
        "characters": settings.DRAFT_CHARACTERS,
        "megabytes": f"{settings.UPLOAD_BYTES / 1e6:.3g}",
    }
    return render(request, "portal/check.html", words, status=status)


def _describe(
    reading: Reading, findings: Sequence[Finding], documents: Mapping[str, models.Document]
) -> dict[str, Any]:
    told = [tell_record(finding, documents) for finding in findings]
    by_claim: dict[int, list[Told]] = defaultdict(list)
    for finding, item in zip(findings, told, strict=True):
        for figure in finding.figures:
            if figure.document == reading.document.id and item not in by_claim[figure.claim]:
                by_claim[figure.claim].append(item)
    entries = [make_entry(number + 1, claim, by_claim[number]) for number, claim in enumerate(reading.claims)]
    return {
        "reading": reading,
        "text": mark(reading.document.text, _find_spans(reading)),
        "entries": entries,
        "rows": [(entry, _gravest(entry)) for entry in entries],
        "deals": [Numbered(number, deal) for number, deal in enumerate(reading.commitments, 1)],
        "people": [Numbered(number, person) for number, person in enumerate(reading.people, 1)],
        "told": told[:_SHOWN],
        "untold": max(0, len(told) - _SHOWN),
        "compared": len(documents),
        "known": models.Document.objects.defer("text", "folded").filter(hash=hash_text(reading.document.text)).first(),
    }


def _find_spans(reading: Reading) -> list[tuple[str, int, int]]:
    groups: tuple[tuple[str, Sequence[Any]], ...] = (
        ("c", reading.claims),
        ("k", reading.commitments),
        ("p", reading.people),
    )
    return [
        (f"{sort}{number}", item.evidence.start, item.evidence.end)
        for sort, items in groups
        for number, item in enumerate(items, 1)
    ]


def _gravest(entry: Entry) -> str:
    return min((told.verdict for told in entry.told), key=GRAVITY.index, default="")


def _download(reading: Reading, findings: Sequence[Finding], form: str) -> HttpResponse:
    out = io.StringIO()
    write_findings(findings, [reading], out, form=form, style=FindingStyle(ui_lang=base_lang()))
    answer = HttpResponse(out.getvalue().encode("utf-8", "replace"), content_type=_TYPES[form])
    answer["Content-Disposition"] = f'attachment; filename="ainalym-draft.{form}"'
    return answer


def _keep(request: HttpRequest, reading: Reading, name: str) -> HttpResponse:
    """The draft becomes a report of the ledger, under the name of its file."""
    file = re.sub(r"[\x00-\x1f]", "", name)[:200] if name != PLAIN else say("draft.pasted")
    document = msgspec.structs.replace(reading.document, id=file)
    kept = msgspec.structs.replace(reading, document=document)
    add_documents([document], [kept], user=request.user, reason=say("draft.reason"))
    refresh(official=official_of, author=request.user.get_username())
    row = models.Document.objects.only("hash").get(hash=hash_text(document.text))
    answer = HttpResponseRedirect(report_address(row))
    answer.status_code = 303
    return answer
