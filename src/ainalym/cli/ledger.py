"""What the commands on the ledger share: opening its database."""

from __future__ import annotations

import os
from importlib.util import find_spec

import click

from ainalym.errors import AinalymError

from .words import say_in


def open_ledger(ctx: click.Context) -> None:
    """Set Django up and bring the database's tables up to date; an empty database is made where there is none."""
    if find_spec("django") is None or find_spec("wagtail") is None:
        raise AinalymError(say_in(ctx, "error.no_portal"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ainalym.portal.settings")
    import django
    from django.conf import settings
    from django.core.management import call_command
    from django.db import OperationalError, connection
    from django.db.migrations.executor import MigrationExecutor

    name = settings.DATABASES["default"]["NAME"]
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        os.makedirs(os.path.dirname(os.path.abspath(name)), exist_ok=True)
    django.setup()
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command("migrate", interactive=False, verbosity=0)
    except OperationalError as error:
        raise AinalymError(say_in(ctx, "error.no_database", name=name, why=str(error).strip())) from None
