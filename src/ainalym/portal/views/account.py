"""One's own account, and the way in."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from ..middleware import FACTORS
from ..roles import list_roles


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """From an address without a language to the sign-in page, which sends back to `next`."""
    target = request.GET.get("next", "")
    return redirect(reverse("account_login") + (f"?{urlencode({'next': target})}" if target else ""))


@login_required
def account(request: HttpRequest) -> HttpResponse:
    """Roles, language, factors, sessions, and what the roles open."""
    factors = Authenticator.objects.filter(user=request.user, type__in=FACTORS).count()
    return render(request, "portal/account.html", {"roles": list_roles(request.user), "factors": factors})
