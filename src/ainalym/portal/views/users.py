"""People who may sign in: administrators make accounts, give roles, and help who lost a password or a factor."""

from __future__ import annotations

from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables

from ...ledger.changes import note
from .. import paging
from ..accounts import add_user, make_password_link
from ..faults import BadInput
from ..forms import RolesForm, UserForm
from ..roles import MANAGE_USERS, ROLES, list_roles, requires
from ..words import current_lang, say

_SIZE = 100


@never_cache
@requires(MANAGE_USERS)
def users(request: HttpRequest) -> HttpResponse:
    """All accounts, the newest first, and a form for a new one."""
    form = UserForm(request.POST or None)
    if request.method == "POST":
        return _add(request, form)
    return _list(request, form)


@never_cache
@requires(MANAGE_USERS)
def user(request: HttpRequest, pk: int) -> HttpResponse:
    """One account; what is done to it is logged."""
    other = get_object_or_404(get_user_model(), pk=pk)
    if request.method == "POST":
        return _change(request, other)
    return _show(request, other)


def _list(request: HttpRequest, form: UserForm, *, status: int = 200) -> HttpResponse:
    rows = get_user_model().objects.prefetch_related("groups")
    sheet = paging.take_latest(request, rows, _SIZE)
    held = set(Authenticator.objects.filter(user__in=sheet.rows).values_list("user", flat=True))
    for row in sheet.rows:
        names = {group.name for group in row.groups.all()}
        row.roles, row.has_factor = [role for role in ROLES if role in names], row.pk in held
    return render(request, "portal/users.html", {"sheet": sheet, "form": form}, status=status)


@reauthentication_required
@sensitive_variables("link")
def _add(request: HttpRequest, form: UserForm) -> HttpResponse:
    if not form.is_valid():
        return _list(request, form, status=422)
    try:
        made = add_user(form.cleaned_data["name"], roles=form.cleaned_data["roles"])
    except ValidationError as error:
        form.add_error("name", error.messages)
        return _list(request, form, status=422)
    return _show(request, made, link=_make_link(request, made))


@reauthentication_required
def _change(request: HttpRequest, other: Any) -> HttpResponse:
    if other == request.user or (other.is_superuser and not request.user.is_superuser):
        raise PermissionDenied
    action = request.POST.get("action", "")
    if action == "link":
        note("account", user=request.user, reason=f"{other.get_username()}: link")
        return _show(request, other, link=_make_link(request, other))
    if action == "roles":
        form = RolesForm(request.POST)
        if not form.is_valid():
            return _show(request, other, form=form, status=422)
        other.groups.set(_with_other_groups(other, form.cleaned_data["roles"]))
    elif action == "factors":
        _take_factors(request, other)
    elif action in ("off", "on"):
        other.is_active = action == "on"
        other.save(update_fields=["is_active"])
    else:
        raise BadInput(say("fault.bad_value", name="action", value=action[:60]))
    messages.success(request, say("users.done"))
    return redirect("user", pk=other.pk)


def _with_other_groups(other: Any, roles: list[str]) -> list[Group]:
    """The groups of these roles, and those that the user has beside roles."""
    return [*Group.objects.filter(name__in=roles), *other.groups.exclude(name__in=ROLES)]


@transaction.atomic
def _take_factors(request: HttpRequest, other: Any) -> None:
    """Somebody lost a phone or a key: all factors go, and all sessions with them."""
    Authenticator.objects.filter(user=other).delete()
    for session in UserSession.objects.filter(user=other):
        session.end()
    note("account", user=request.user, reason=f"{other.get_username()}: − factors")


def _make_link(request: HttpRequest, other: Any) -> str:
    return request.build_absolute_uri(make_password_link(other, current_lang()))


def _show(
    request: HttpRequest, other: Any, *, link: str = "", form: RolesForm | None = None, status: int = 200
) -> HttpResponse:
    return render(
        request,
        "portal/user.html",
        {
            "other": other, "roles": list_roles(other), "link": link,
            "form": form or RolesForm(initial={"roles": list_roles(other)}),
            "has_factor": Authenticator.objects.filter(user=other).exists(),
            "may_change": other != request.user and (request.user.is_superuser or not other.is_superuser),
        },
        status=status,
    )  # fmt: skip
