"""`ainalym backup`: the whole ledger as one file."""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Callable
from pathlib import Path

import click

from ainalym.output.messages import UI_LANGS

from .ledger import opened_ledger
from .target import OutputError
from .words import Choice, Command, Option, say_in


class BackupCommand(Command):
    examples = (
        "ainalym backup ledger-2024-05-17.zip",
        "DATABASE_URL=postgres://localhost/ainalym ainalym backup --quiet /backups/ledger.zip",
    )


@click.command("backup", cls=BackupCommand, help="command.backup")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--ui-lang", cls=Option, type=Choice(UI_LANGS), expose_value=False, help="option.ui_lang")
@click.option("--quiet", "-q", cls=Option, is_flag=True, help="option.quiet")
@click.option("--debug", cls=Option, is_flag=True, expose_value=False, help="option.debug")
@click.pass_context
def command(ctx: click.Context, /, file: Path, quiet: bool) -> int:
    """Write the archive beside its place and put it there whole; none but its owner may read it."""
    with opened_ledger(ctx):
        from ainalym.ledger.backup import write_backup

        part = file.with_name(f".{file.name}.{secrets.token_hex(4)}.part")
        try:
            with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
                manifest = write_backup(out, tell=tell_tables(ctx, quiet=quiet))
                out.flush()
                os.fsync(out.fileno())
            part.replace(file)
        except OSError as error:
            raise OutputError(say_in(ctx, "error.out", path=file, why=error.strerror or error)) from None
        finally:
            part.unlink(missing_ok=True)
    if not quiet:
        rows = sum(table.rows for table in manifest.tables)
        click.echo(say_in(ctx, "backup.done", path=file, rows=rows, tables=len(manifest.tables)), err=True)
    return 0


def tell_tables(ctx: click.Context, *, quiet: bool) -> Callable[[str, int], None]:
    """On a terminal, one line that names the table at work."""
    if quiet or not sys.stderr.isatty():
        return lambda table, rows: None

    def tell(table: str, rows: int) -> None:
        print(f"\r\x1b[K{table}: {rows:,}", end="\r", file=sys.stderr, flush=True)

    return tell
