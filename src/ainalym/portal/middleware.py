"""What holds for every request of who is signed in."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from .roles import needs_second_factor

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
# What stays open to those who still have to set up or show their second factor.
_OPEN = frozenset(
    {
        "account_login", "account_logout", "account_reauthenticate", "account_inactive", "account_change_password",
        "account_reset_password_from_key", "account_reset_password_from_key_done", "mfa_index", "mfa_authenticate",
        "mfa_reauthenticate", "mfa_reauthenticate_webauthn", "mfa_login_webauthn", "mfa_activate_totp",
        "mfa_add_webauthn", "mfa_view_recovery_codes", "mfa_download_recovery_codes", "mfa_generate_recovery_codes",
        "health", "javascript",
    }
)  # fmt: skip
_user: ContextVar[Any] = ContextVar("user", default=None)


def current_user() -> Any:
    """Whose request is being answered; None for strangers and outside of requests."""
    user = _user.get()
    return user if user is not None and user.is_authenticated else None


class SecondFactorMiddleware:
    """Whoever may do more than look signs in with a second factor, or sets one up before anything else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = _user.set(request.user)
        try:
            return self.get_response(request)
        finally:
            _user.reset(token)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """To the page where the factor is set up or shown, unless this is it."""
        user = request.user
        if not user.is_authenticated or not needs_second_factor(user):
            return None
        held = set(Authenticator.objects.filter(user=user, type__in=FACTORS).values_list("type", flat=True))
        request.lacks_factor = not held
        if held and any(record["method"] == "mfa" for record in get_authentication_records(request, user)):
            return None
        match = request.resolver_match
        if match is not None and match.view_name in _OPEN:
            return None
        if request.method not in ("GET", "HEAD") or not request.path.startswith(reverse("home")):
            return HttpResponseForbidden("a second factor is needed\n", content_type="text/plain")
        if not held:
            return redirect("mfa_index")
        name = "mfa_reauthenticate" if Authenticator.Type.TOTP in held else "mfa_reauthenticate_webauthn"
        return redirect(f"{reverse(name)}?{urlencode({'next': request.get_full_path()})}")
