"""Accounts: nobody makes one alone; how a user and the link to set the first password are made."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.core import context
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import override

from .words import say_later


class AccountAdapter(DefaultAccountAdapter):
    """allauth with a closed door: administrators make accounts."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Factors are changed only by who has just proved who they are; signing in counts as that."""
        request = context.request
        since = time.time() - settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
        return not any(record["at"] > since for record in get_authentication_records(request, request.user))


class AddKeyForm(AddWebAuthnForm):
    """allauth's, with a label in every language."""

    name = forms.CharField(label=say_later("account.key_name"), required=False, max_length=100)


class EditKeyForm(EditWebAuthnForm):
    """allauth's, with a label in every language."""

    name = forms.CharField(label=say_later("account.key_name"), max_length=100)


@transaction.atomic
def add_user(name: str, *, roles: list[str], password: str | None = None) -> Any:
    """A new user in these roles; without a password the account waits for its link."""
    user = get_user_model()(username=name)
    user.set_password(password)
    user.full_clean(exclude=["password"])
    user.save()
    user.groups.set(Group.objects.filter(name__in=roles))
    return user


def make_password_link(user: Any, lang: str) -> str:
    """The path of a page where this user sets a password: works once, for as long as PASSWORD_RESET_TIMEOUT says."""
    with override(lang):
        return reverse(
            "account_reset_password_from_key",
            kwargs={"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)},
        )
