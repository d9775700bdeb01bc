"""Who changes the ledger, and one change at a time."""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from .models import Change

# Any number that no other program on the same server takes for itself.
_LOCK = 0x41696E61


@contextmanager
def change(kind: str, *, author: str = "", user: Any = None, reason: str = "") -> Iterator[Change]:
    """One change, whole or not at all; those of other processes wait until it is done.

    SQLite locks at the start of each transaction by the settings; PostgreSQL by this number.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        yield note(kind, author=author, user=user, reason=reason)


def note(kind: str, *, author: str = "", user: Any = None, reason: str = "") -> Change:
    """A change that touches no row of the ledger, such as who signed in: it waits for no other."""
    author = author or (user.get_username() if user else _login())
    return Change.objects.create(kind=kind, author=author[:150], user=user, reason=reason)


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "ainalym"
