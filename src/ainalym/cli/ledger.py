"""What the commands on the ledger share: opening its database."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib.util import find_spec

import click

from ainalym.errors import AinalymError

from .words import say_in

# Any number that no other program on the same server takes for itself.
_LOCK = 0x41696E62
_PATIENCE = 120.0


@contextmanager
def opened_ledger(ctx: click.Context) -> Iterator[None]:
    """The ledger, ready for work; where its database is locked, full or goes away, that is told in one line."""
    open_ledger(ctx)
    from django.db import DatabaseError, InterfaceError

    try:
        yield
    except (DatabaseError, InterfaceError) as error:
        why = " ".join(str(error).split()) or type(error).__name__
        raise AinalymError(say_in(ctx, "error.database_lost", why=why)) from error


def open_ledger(ctx: click.Context) -> None:
    """Set Django up and bring the database's tables up to date; an empty database is made where there is none."""
    if find_spec("django") is None or find_spec("wagtail") is None:
        raise AinalymError(say_in(ctx, "error.no_portal"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ainalym.portal.settings")
    import django
    from django.conf import settings
    from django.core.management import call_command
    from django.db import DatabaseError

    name = settings.DATABASES["default"]["NAME"]
    django.setup()
    try:
        if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
            os.makedirs(os.path.dirname(os.path.abspath(name)), exist_ok=True)
        if _is_behind():
            with _one_at_a_time(name):
                if _is_behind():
                    # Wagtail's long history first, while few other tables are carried along: a new ledger opens in
                    # two thirds of the time.
                    for apps in (["wagtailcore"], []):
                        call_command("migrate", *apps, interactive=False, verbosity=0)
    except (DatabaseError, sqlite3.Error, OSError) as error:
        raise AinalymError(say_in(ctx, "error.no_database", name=name, why=str(error).strip())) from None


def _is_behind() -> bool:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


@contextmanager
def _one_at_a_time(name: str) -> Iterator[None]:
    """Two commands that find the same empty database do not both make its tables."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
            try:
                yield
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
        return
    # An empty file beside the database; the lock on it goes with the process that holds it.
    with closing(sqlite3.connect(f"{name}.lock", timeout=_PATIENCE, isolation_level=None)) as lock:
        lock.execute("BEGIN EXCLUSIVE")
        yield
