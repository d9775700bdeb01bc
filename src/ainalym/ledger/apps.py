"""The ledger as a Django application."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class LedgerConfig(AppConfig):
    """Tables of the ledger; no pages."""

    name = "ainalym.ledger"
    label = "ledger"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """The index of search is made with the tables."""
        from .search import prepare_index

        post_migrate.connect(prepare_index, sender=self, dispatch_uid="ledger.search")
