"""What happens to accounts, kept among the changes: who signed in, whose roles or factors changed, by whom."""

from __future__ import annotations

from typing import Any

from allauth.account import signals as account
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa import signals as factors
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import m2m_changed, post_save, pre_save

from ..ledger.changes import note
from .middleware import current_user

_STANDING = ("is_active", "is_staff", "is_superuser")


def connect() -> None:
    """Listen; called once when the portal starts."""
    user = get_user_model()
    user_logged_in.connect(_signed_in, dispatch_uid="ainalym")
    m2m_changed.connect(_roles_changed, sender=user.groups.through, dispatch_uid="ainalym")
    pre_save.connect(_standing_changed, sender=user, dispatch_uid="ainalym")
    post_save.connect(_account_made, sender=user, dispatch_uid="ainalym")
    for signal in (account.password_changed, account.password_set, account.password_reset):
        signal.connect(_password_changed, dispatch_uid="ainalym")
    factors.authenticator_added.connect(_factor_added, dispatch_uid="ainalym")
    factors.authenticator_removed.connect(_factor_removed, dispatch_uid="ainalym")
    factors.authenticator_reset.connect(_factor_reset, dispatch_uid="ainalym")


def _signed_in(sender: Any, request: Any, user: Any, **rest: Any) -> None:
    records = get_authentication_records(request, user) if request is not None else []
    note("sign-in", user=user, reason=" + ".join(record.get("type") or record["method"] for record in records))


def _roles_changed(sender: Any, instance: Any, action: str, reverse: bool, pk_set: Any, **rest: Any) -> None:
    if action == "pre_clear":
        pk_set = set((instance.user_set if reverse else instance.groups).values_list("pk", flat=True))
    sign = {"post_add": "+", "post_remove": "−", "pre_clear": "−"}.get(action)
    if not sign or not pk_set:
        return
    table: Any = get_user_model() if reverse else Group
    for other in table.objects.filter(pk__in=pk_set).order_by("pk"):
        user, group = (other, instance) if reverse else (instance, other)
        note("roles", user=current_user(), reason=f"{user.get_username()}: {sign}{group.name}")


def _standing_changed(sender: Any, instance: Any, update_fields: Any, raw: bool, **rest: Any) -> None:
    watched = [name for name in _STANDING if update_fields is None or name in update_fields]
    if raw or not watched or not instance.pk:
        return
    old = sender.objects.filter(pk=instance.pk).values(*_STANDING).first()
    for name in watched:
        if old and old[name] != getattr(instance, name):
            sign = "+" if getattr(instance, name) else "−"
            note("account", user=current_user(), reason=f"{instance.get_username()}: {sign}{name}")


def _account_made(sender: Any, instance: Any, created: bool, raw: bool, **rest: Any) -> None:
    if created and not raw:
        extra = "".join(f" +{name}" for name in _STANDING[1:] if getattr(instance, name))
        note("account", user=current_user(), reason=f"{instance.get_username()}: new{extra}")


def _password_changed(sender: Any, user: Any, **rest: Any) -> None:
    note("account", user=user, reason=f"{user.get_username()}: password")


def _factor_added(sender: Any, request: Any, user: Any, authenticator: Any, **rest: Any) -> None:
    # The code or the key has just been shown: this session counts as signed in with it.
    record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)
    note("account", user=user, reason=f"{user.get_username()}: +{authenticator.type}")


def _factor_removed(sender: Any, user: Any, authenticator: Any, **rest: Any) -> None:
    note("account", user=user, reason=f"{user.get_username()}: −{authenticator.type}")


def _factor_reset(sender: Any, user: Any, authenticator: Any, **rest: Any) -> None:
    note("account", user=user, reason=f"{user.get_username()}: new {authenticator.type}")
