"""`ainalym completion`: the script that completes commands in a shell."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from .words import Choice, Command

SHELLS = ("bash", "zsh", "fish")


@click.command("completion", cls=Command, help="command.completion")
@click.argument("shell", type=Choice(SHELLS))
def command(shell: str) -> None:
    """Print the completion script of a shell."""
    from .app import cli

    found = get_completion_class(shell)
    if found is None:
        raise click.UsageError(shell)
    click.echo(found(cli, {}, "ainalym", "_AINALYM_COMPLETE").source())
