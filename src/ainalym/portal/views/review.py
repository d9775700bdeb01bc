"""Review: one claim after the other, the most doubtful first; each decision is a new row of the ledger."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from ...ledger import models
from ...ledger.review import DECISIONS, Decided, decide, find_current, find_history, list_differences
from .. import paging
from ..evidence import find_evidence
from ..faults import BadInput
from ..forms import UNITS, ClaimForm, ReasonForm, list_sides
from ..refreshing import refresh_after
from ..roles import REVIEW, requires
from ..told import Told, tell_row, with_claims
from ..words import say
from .reports import pair_choices, publisher_choices

LANGS = ("kk", "ru", "en")
_MOST_COUNTED = 1_000
_MOST_FINDINGS = 8
_FILTERS = ("lang", "publisher", "pair", "after")


@requires(REVIEW)
def queue(request: HttpRequest) -> HttpResponse:
    """The claim that the reader is least sure of among those that nobody has looked at."""
    rows = _find_queue(request)
    claim = rows.first()
    left = rows.order_by()[: _MOST_COUNTED + 1].count()
    if claim is None:
        return render(request, "portal/review.html", {"left": 0, **_filters(request)})
    return _show(request, claim, left=left)


@requires(REVIEW)
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """One claim, whatever its place in the queue; one that has been decided on may be decided on again."""
    claim = _get_claim(pk)
    return _decided(request, claim) if claim.ended_id else _show(request, claim)


@requires(REVIEW)
@require_POST
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what the reviewer says, and go on to the next claim."""
    choice = request.POST.get("decision", "")
    if choice not in DECISIONS:
        raise BadInput(say("fault.bad_value", name="decision", value=choice[:60]))
    claim = _get_claim(pk)
    if claim.ended_id:
        return _decided(request, claim)
    form = ClaimForm(request.POST, claim=claim) if choice == "correct" else ReasonForm(request.POST)
    if not form.is_valid():
        return _show(request, claim, form=form if choice == "correct" else None, reason=form, status=422)
    try:
        new = decide(
            pk, choice, user=request.user, reason=form.cleaned_data["reason"].strip(),
            values=form.values() if isinstance(form, ClaimForm) else None,
        )  # fmt: skip
    except Decided:
        return _decided(request, _get_claim(pk))
    is_fresh = refresh_after(new.stale)
    messages.success(request, say(f"review.done_{choice}") + ("" if is_fresh else " " + say("review.refreshing")))
    return redirect(f"{reverse('review')}{_query(request)}")


def claim(request: HttpRequest, pk: int) -> HttpResponse:
    """One claim: its text, its reading, and who changed it when and why."""
    row = _get_claim(pk)
    history = find_history(row)
    steps = [
        {"row": after, "changed": list_differences(before, after)}
        for before, after in zip([history[0], *history], history, strict=False)
    ]
    return render(
        request,
        "portal/claim.html",
        {
            "claim": row, "steps": steps, "current": find_current(row), "evidence": find_evidence(row),
            "told": _tell_findings(row),
        },
    )  # fmt: skip


def _find_queue(request: HttpRequest) -> QuerySet[models.Claim]:
    """What is left to review under the filters, the most doubtful first, behind the claim that was skipped last."""
    lang = paging.get_choice(request, "lang", LANGS)
    publisher = paging.get_words(request, "publisher", 300)
    pair = paging.get_pair(request)
    given = {"lang": lang, "publisher": publisher, "pair": pair}
    rows = models.Claim.objects.current().filter(
        state="read", **{name: value for name, value in given.items() if value}
    )
    if after := request.GET.get("after", ""):
        if not after.isascii() or not after.isdecimal() or len(after) > 18:
            raise BadInput(say("fault.bad_page"))
        if skipped := models.Claim.objects.filter(pk=int(after)).values("confidence", "pk").first():
            behind = Q(confidence__gt=skipped["confidence"]) | Q(confidence=skipped["confidence"], pk__gt=skipped["pk"])
            rows = rows.filter(behind, confidence__gte=skipped["confidence"])
    return rows.select_related("made").order_by("confidence", "pk")


def _get_claim(pk: int) -> models.Claim:
    return get_object_or_404(models.Claim.objects.select_related("made", "ended"), pk=pk)


def _show(
    request: HttpRequest,
    claim: models.Claim,
    *,
    form: Any = None,
    reason: Any = None,
    left: int | None = None,
    status: int = 200,
) -> HttpResponse:
    return render(
        request,
        "portal/review.html",
        {
            "claim": claim, "left": left, "most": _MOST_COUNTED, "form": form or ClaimForm(claim=claim),
            "reason": reason if reason is not None and form is None else ReasonForm(auto_id="decide_%s"),
            "sides": list_sides(), "units": UNITS, "query": _query(request),
            "skip": _query(request, after=str(claim.pk)), "evidence": find_evidence(claim),
            "told": _tell_findings(claim), **_filters(request),
        },
        status=status,
    )  # fmt: skip


def _tell_findings(claim: models.Claim) -> list[Told]:
    """What checking found of the claim."""
    found = models.Finding.objects.current().filter(claims=claim)
    return [tell_row(row) for row in with_claims(found).order_by("-id")[:_MOST_FINDINGS]]


def _decided(request: HttpRequest, claim: models.Claim) -> HttpResponse:
    """409: someone else was faster."""
    current = find_current(claim)
    before = {"claim": claim, "current": current, "query": _query(request), "sent": request.POST}
    if current is not None:
        before["changed"] = list_differences(claim, current)
    return render(request, "portal/decided.html", before, status=409)


def _filters(request: HttpRequest) -> dict[str, Any]:
    return {
        "langs": LANGS, "chosen_lang": request.GET.get("lang", ""), "publishers": publisher_choices(),
        "publisher": request.GET.get("publisher", ""), "pairs": pair_choices(request.GET.get("pair", "")),
        "pair": request.GET.get("pair", ""),
    }  # fmt: skip


def _query(request: HttpRequest, **more: str) -> str:
    """The filters of the queue as they go from page to page."""
    query = QueryDict(mutable=True)
    for name in _FILTERS:
        if value := more.get(name) or request.GET.get(name, ""):
            query[name] = value
    return f"?{query.urlencode()}" if query else ""
