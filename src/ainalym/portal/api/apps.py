"""The API as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Tokens, and the routes that take them."""

    name = "ainalym.portal.api"
    label = "api"
    default_auto_field = "django.db.models.BigAutoField"
