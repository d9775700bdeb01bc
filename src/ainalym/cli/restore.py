"""`ainalym restore`: a ledger out of the file that `ainalym backup` wrote, on whatever database."""

from __future__ import annotations

from pathlib import Path

import click

from ainalym.errors import AinalymError
from ainalym.output.messages import UI_LANGS

from .backup import tell_tables
from .ledger import opened_ledger
from .words import Choice, Command, Option, say_in


class RestoreCommand(Command):
    examples = (
        "ainalym restore ledger-2024-05-17.zip",
        "DATABASE_URL=postgres://localhost/ainalym ainalym restore ledger.zip",
        "ainalym restore ledger.zip --force",
    )


@click.command("restore", cls=RestoreCommand, help="command.restore")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--force", cls=Option, is_flag=True, help="option.force")
@click.option("--ui-lang", cls=Option, type=Choice(UI_LANGS), expose_value=False, help="option.ui_lang")
@click.option("--quiet", "-q", cls=Option, is_flag=True, help="option.quiet")
@click.option("--debug", cls=Option, is_flag=True, expose_value=False, help="option.debug")
@click.pass_context
def command(ctx: click.Context, /, file: Path, force: bool, quiet: bool) -> int:
    """Look at every byte of the archive, then put it in place of what is there."""
    with opened_ledger(ctx):
        from ainalym.ledger.backup import is_empty, read_manifest, restore_backup

        manifest = read_manifest(file)
        if not force and not is_empty():
            raise AinalymError(say_in(ctx, "error.not_empty"))
        restore_backup(file, manifest, tell=tell_tables(ctx, quiet=quiet))
    if not quiet:
        rows = sum(table.rows for table in manifest.tables)
        click.echo(say_in(ctx, "restore.done", path=file, rows=rows, made=f"{manifest.made:%Y-%m-%d %H:%M}"), err=True)
    return 0
