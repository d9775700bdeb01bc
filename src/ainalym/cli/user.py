"""`ainalym user`: people who may sign in to the portal."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Any

import click

from ainalym.errors import UsageError

from .ledger import open_ledger
from .words import Choice, Command, Option, get_settings, say_in

ROLES = ("viewer", "analyst", "editor", "administrator")


class UserGroup(Command, click.Group):
    """The commands on users, each with its line of help."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(say_in(ctx, "words.commands")):
            formatter.write_dl([(name, say_in(ctx, f"command.user_{name}_line")) for name in self.list_commands(ctx)])
        super().format_options(ctx, formatter)


class AddCommand(Command):
    examples: Sequence[str] = (
        "ainalym user add aida --role analyst",
        "ainalym user add berik --role viewer --password-stdin < password.txt",
    )


class LinkCommand(Command):
    examples: Sequence[str] = ("ainalym user link aida",)


@click.group("user", cls=UserGroup, help="command.user")
def command() -> None:
    """People who may sign in."""


@command.command("add", cls=AddCommand, help="command.user_add")
@click.argument("name")
@click.option("--role", "roles", cls=Option, type=Choice(ROLES), multiple=True, default=["viewer"], help="option.role")
@click.option("--password-stdin", cls=Option, is_flag=True, help="option.password_stdin")
@click.pass_context
def add(ctx: click.Context, /, name: str, roles: Sequence[str], password_stdin: bool) -> int:
    """Make an account; print the link that sets its password, or take the password from the terminal."""
    open_ledger(ctx)
    from django.core.exceptions import ValidationError
    from django.utils.translation import override

    from ainalym.portal.accounts import add_user

    with override(get_settings(ctx).ui_lang):
        try:
            password = _read_password(ctx, name) if password_stdin or not _has_key() else None
            user = add_user(name, roles=list(roles), password=password)
        except ValidationError as error:
            raise UsageError(" ".join(error.messages)) from None
    click.echo(say_in(ctx, "user.added", name=name, roles=", ".join(roles)), err=True)
    if password is None:
        _print_link(ctx, user)
    return 0


@command.command("link", cls=LinkCommand, help="command.user_link")
@click.argument("name")
@click.pass_context
def link(ctx: click.Context, /, name: str) -> int:
    """Print a new link for someone who lost the password."""
    open_ledger(ctx)
    from django.contrib.auth import get_user_model

    user = get_user_model().objects.filter(username=name, is_active=True).first()
    if user is None:
        raise UsageError(say_in(ctx, "user.unknown", name=name))
    if not _has_key():
        raise UsageError(say_in(ctx, "user.no_key"))
    _print_link(ctx, user)
    return 0


def _has_key() -> bool:
    """Whether links hold in another process: without a key of its own each process signs with another."""
    return bool(os.environ.get("AINALYM_SECRET_KEY"))


def _read_password(ctx: click.Context, name: str) -> str:
    from django.contrib.auth import get_user_model
    from django.contrib.auth.password_validation import validate_password

    if sys.stdin.isatty():
        password: str = click.prompt(say_in(ctx, "user.password"), hide_input=True, confirmation_prompt=True)
    else:
        password = sys.stdin.readline().rstrip("\r\n")
    validate_password(password, get_user_model()(username=name))
    return password


def _print_link(ctx: click.Context, user: Any) -> None:
    from django.conf import settings

    from ainalym.portal.accounts import make_password_link

    host = settings.ALLOWED_HOSTS[0].lstrip(".")
    place = f"https://{host}" if settings.IS_PUBLIC else f"http://{host}:8000"
    click.echo(say_in(ctx, "user.link", days=settings.PASSWORD_RESET_TIMEOUT // 86_400), err=True)
    click.echo(place + make_password_link(user, get_settings(ctx).ui_lang))
