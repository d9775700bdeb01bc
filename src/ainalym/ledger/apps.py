"""The ledger as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Tables of the ledger; no pages."""

    name = "ainalym.ledger"
    label = "ledger"
    default_auto_field = "django.db.models.BigAutoField"
