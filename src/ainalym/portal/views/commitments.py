"""One commitment: where it was made, what became of it, and moving it on."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from ...ledger import models
from ...ledger.review import Decided, find_current, find_history, move
from ..evidence import find_evidence
from ..forms import MoveForm
from ..roles import MOVE, requires
from ..words import say


def commitment(request: HttpRequest, pk: int) -> HttpResponse:
    """The commitment in its text, and its history."""
    return _show(request, _get(pk))


@requires(MOVE)
@require_POST
def move_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the new status, unless someone else was faster."""
    row = _get(pk)
    form = MoveForm(request.POST)
    if form.is_valid() and form.cleaned_data["status"] == row.status:
        form.add_error("status", say("review.same_status"))
    if row.ended_id:
        return _show(request, row, status=409)
    if not form.is_valid():
        return _show(request, row, form=form, status=422)
    try:
        new = move(pk, form.cleaned_data["status"], user=request.user, reason=form.cleaned_data["reason"].strip())
    except Decided:
        return _show(request, _get(pk), status=409)
    messages.success(request, say("review.done_move"))
    return redirect("commitment", pk=new.pk)


def _get(pk: int) -> models.Commitment:
    return get_object_or_404(models.Commitment.objects.select_related("made", "ended"), pk=pk)


def _show(
    request: HttpRequest, row: models.Commitment, *, form: MoveForm | None = None, status: int = 200
) -> HttpResponse:
    return render(
        request,
        "portal/commitment.html",
        {
            "deal": row, "steps": find_history(row), "current": find_current(row), "evidence": find_evidence(row),
            "form": form or MoveForm(initial={"status": row.status}), "too_late": status == 409,
        },
        status=status,
    )  # fmt: skip
