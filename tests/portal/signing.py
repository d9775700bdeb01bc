"""People for tests: made with their roles and second factors, and signed in as the portal would."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.test import Client

from ainalym.portal.roles import RIGHTS

PASSWORD = "qara-tau-boyynda-42"  # noqa: S105 - of tests
SECRET = generate_totp_secret()


def make_person(*roles: str, name: str = "", factor: bool = True, password: str = "") -> Any:
    """A user with these roles. Passwords take long to hash: only tests of signing in want one."""
    user = get_user_model()(username=name or "-".join(roles) or "nobody")
    user.set_password(password or None)
    user.save()
    user.groups.set([_make_group(role) for role in roles])
    if factor:
        TOTP.activate(user, SECRET)
        RecoveryCodes.activate(user)
    return user


def _make_group(role: str) -> Any:
    """The role's group; made anew where a test with transactions of its own emptied the tables."""
    group, fresh = Group.objects.get_or_create(name=role)
    for right in RIGHTS[role] if fresh else ():
        label, _, codename = right.partition(".")
        group.permissions.add(Permission.objects.get(content_type__app_label=label, codename=codename))
    return group


def sign_in(client: Client, user: Any, *, factor: bool = True) -> Any:
    """As after the sign-in pages: with a password, and a code if `factor`."""
    client.force_login(user)
    session = client.session
    records = [{"method": "password", "at": time.time()}]
    if factor:
        records.append({"method": "mfa", "type": "totp", "at": time.time()})
    session[AUTHENTICATION_METHODS_SESSION_KEY] = records
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return user


def make_code(secret: str = SECRET, *, step: int = 0) -> str:
    """What an authenticator app shows now, or `step` half minutes later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + step))
