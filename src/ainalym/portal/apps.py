"""The portal as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Pages over the ledger."""

    name = "ainalym.portal"
    label = "portal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell Django of Kazakh in Latin letters, which its own list of languages does not have; listen to accounts."""
        from django.conf.locale import LANG_INFO

        from .events import connect

        LANG_INFO.setdefault(
            "kk-latn",
            {"bidi": False, "code": "kk-latn", "name": "Kazakh (Latin)", "name_local": "Qazaqşa"},
        )
        connect()
