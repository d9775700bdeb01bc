"""`ainalym serve`: the portal on this machine, with no other service."""

from __future__ import annotations

import click

from ainalym.errors import AinalymError

from .ledger import open_ledger
from .words import Command, Option, say_in


class ServeCommand(Command):
    examples = (
        "ainalym serve",
        "ainalym serve --port 8080",
        "DATABASE_URL=postgres://localhost/ainalym ainalym serve",
    )


@click.command("serve", cls=ServeCommand, help="command.serve")
@click.option("--address", cls=Option, default="127.0.0.1", metavar="ADDRESS", help="option.address")
@click.option("--port", cls=Option, default=8000, type=click.IntRange(1, 65535), metavar="PORT", help="option.port")
@click.option("--workers", cls=Option, default=1, type=click.IntRange(1, 64), metavar="N", help="option.workers")
@click.pass_context
def command(ctx: click.Context, /, address: str, port: int, workers: int) -> int:
    """Serve until interrupted."""
    import socket

    open_ledger(ctx)
    from ainalym.portal.sites.start import make_first_pages

    make_first_pages()
    try:
        with socket.create_server((address, port)):
            pass
    except OSError as error:
        raise AinalymError(say_in(ctx, "error.port", address=address, port=port, why=error.strerror)) from None
    from granian import Granian
    from granian.constants import Interfaces

    click.echo(say_in(ctx, "serve.ready", address=f"http://{address}:{port}/"), err=True)
    server = Granian(
        "ainalym.portal.wsgi:application", address=address, port=port, interface=Interfaces.WSGI, workers=workers,
        blocking_threads=4, log_enabled=False,
    )  # fmt: skip
    server.serve()
    return 0
