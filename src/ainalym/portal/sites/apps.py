"""The written pages as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class SitesConfig(AppConfig):
    """Page types, their blocks, and the editors' pages."""

    name = "ainalym.portal.sites"
    label = "sites_pages"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Write a Kazakh page out in Latin letters as soon as it is copied for them."""
        from wagtail.signals import copy_for_translation_done

        from .latin import write_copy

        copy_for_translation_done.connect(write_copy, dispatch_uid="write_latin_copy")
