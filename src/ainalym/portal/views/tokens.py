"""One's own tokens of the API: made, shown once, revoked."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from ..api.models import ApiToken
from ..api.tokens import MOST_PER_OWNER, allowed_scopes, count_live, make_token, revoke_token
from ..words import say

DAYS = (30, 90, 365)


@never_cache
@login_required
def tokens(request: HttpRequest) -> HttpResponse:
    """The list, and the form for a new one. Its secret stands in the answer to that form and nowhere else."""
    context: dict[str, Any] = {"scopes": allowed_scopes(request.user), "days": DAYS, "chosen": {"read", "check"}}
    status = 200
    if request.method == "POST":
        context["entered"] = request.POST.get("name", "").strip()
        context["chosen"] = set(request.POST.getlist("scopes"))
        context["error"] = _find_error(request, context)
        if context["error"]:
            status = 400
        else:
            context["made"], context["secret"] = make_token(
                context["entered"], owner=request.user, scopes=context["chosen"], days=int(request.POST["days"])
            )
    # Those that open nothing any more sink to the end.
    rows = ApiToken.objects.filter(owner=request.user).order_by("revoked", "-created")[:100]
    return render(request, "portal/tokens.html", context | {"tokens": rows}, status=status)


def _find_error(request: HttpRequest, context: dict[str, Any]) -> str:
    """What is wrong with the form; empty when nothing is."""
    if not 0 < len(context["entered"]) <= 100 or "\0" in context["entered"]:
        return say("tokens.bad_name")
    if not context["chosen"] or not context["chosen"] <= set(context["scopes"]):
        return say("tokens.bad_scopes")
    if request.POST.get("days") not in map(str, DAYS):
        return say("tokens.bad_days")
    if count_live(request.user) >= MOST_PER_OWNER:
        return say("tokens.too_many", most=MOST_PER_OWNER)
    return ""


@require_POST
@login_required
def revoke(request: HttpRequest, prefix: str) -> HttpResponse:
    """Revoke one of one's own; those of others are not found."""
    token = get_object_or_404(ApiToken, prefix=prefix, owner=request.user)
    revoke_token(token, user=request.user)
    messages.success(request, say("tokens.revoked_now", name=token.name))
    return redirect("tokens")
