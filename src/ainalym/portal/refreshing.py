"""Findings after a review: at once where few claims bear on it, behind the visitor's back where many do."""

from __future__ import annotations

import logging
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor

from django.db import connection

from ..ledger import models
from ..ledger.findings import refresh
from ..ledger.official import official_of

# Checking takes about a second for so many claims.
_FEW = 2_000
_LOG = logging.getLogger(__name__)
_worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="refresh")


def refresh_after(pairs: Collection[str]) -> bool:
    """Whether the findings of these pairs are up to date already; if not, they soon are.

    What is left undone when the portal stops is done with the next `ainalym add`.
    """
    near = models.Claim.objects.current().filter(pair__in=[pair for pair in pairs if pair]).order_by()
    if near[: _FEW + 1].count() <= _FEW:
        refresh(official=official_of, only=pairs, author="ainalym")
        return True
    _worker.submit(_work, pairs)
    return False


def _work(pairs: Collection[str]) -> None:
    try:
        refresh(official=official_of, only=pairs, author="ainalym")
    except Exception:
        _LOG.exception("findings could not be made anew")
    finally:
        connection.close()
