"""`ainalym token`: keys of programs to the portal's API."""

from __future__ import annotations

from collections.abc import Sequence

import click

from ainalym.errors import UsageError

from .ledger import open_ledger
from .words import Choice, Command, Option, say_in

SCOPES = ("read", "check", "add")


class TokenGroup(Command, click.Group):
    """The commands on tokens, each with its line of help."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(say_in(ctx, "words.commands")):
            formatter.write_dl([(name, say_in(ctx, f"command.token_{name}_line")) for name in self.list_commands(ctx)])
        super().format_options(ctx, formatter)


class AddCommand(Command):
    examples: Sequence[str] = (
        "ainalym token add harvester --scope read --days 90",
        "ainalym token add newsroom --scope read --scope add --user aida",
    )


@click.group("token", cls=TokenGroup, help="command.token")
def command() -> None:
    """Tokens of the API."""


@command.command("add", cls=AddCommand, help="command.token_add")
@click.argument("name")
@click.option(
    "--scope", "scopes", cls=Option, type=Choice(SCOPES), multiple=True, default=["read", "check"], help="option.scope"
)
@click.option("--user", "owner", cls=Option, metavar="NAME", help="option.token_user")
@click.option("--days", cls=Option, type=click.IntRange(1, 3650), default=365, metavar="DAYS", help="option.days")
@click.pass_context
def add(ctx: click.Context, /, name: str, scopes: Sequence[str], owner: str | None, days: int) -> int:
    """Make a token; it alone goes to standard output, so that it can be piped into a safe place."""
    open_ledger(ctx)
    from django.contrib.auth import get_user_model

    from ainalym.portal.api.tokens import make_token

    if not 0 < len(name) <= 100:
        raise UsageError(say_in(ctx, "token.bad_name"))
    user = get_user_model().objects.filter(username=owner, is_active=True).first() if owner else None
    if owner and user is None:
        raise UsageError(say_in(ctx, "token.no_user", name=owner))
    try:
        token, secret = make_token(name, owner=user, scopes=scopes, days=days)
    except PermissionError:
        raise UsageError(say_in(ctx, "token.no_right", name=owner)) from None
    click.echo(say_in(ctx, "token.made", name=name, day=token.expires.date()), err=True)
    click.echo(secret)
    return 0


@command.command("list", cls=Command, help="command.token_list")
@click.pass_context
def list_tokens(ctx: click.Context, /) -> int:
    """One line a token: prefix, state, rights, owner, days, name."""
    open_ledger(ctx)
    from ainalym.portal.api.models import ApiToken

    for token in ApiToken.objects.select_related("owner").order_by("pk"):
        owner = token.owner.get_username() if token.owner else "–"
        days = [day.date().isoformat() if day else "–" for day in (token.created, token.last_used, token.expires)]
        click.echo("\t".join((token.prefix, token.state, ",".join(token.scopes), owner, *days, token.name)))
    return 0


@command.command("revoke", cls=Command, help="command.token_revoke")
@click.argument("prefix")
@click.pass_context
def revoke(ctx: click.Context, /, prefix: str) -> int:
    """Revoke the token whose prefix is given, with or without what stands around it."""
    open_ledger(ctx)
    from ainalym.portal.api.models import ApiToken
    from ainalym.portal.api.tokens import revoke_token

    name = prefix.removeprefix("ain_").partition("_")[0]
    token = ApiToken.objects.filter(prefix=name).first()
    if token is None:
        raise UsageError(say_in(ctx, "token.unknown", prefix=name))
    revoke_token(token)
    click.echo(say_in(ctx, "token.revoked", name=token.name), err=True)
    return 0
