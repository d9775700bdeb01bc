"""Addresses. Everything that people read stands under its language: /kk/, /kk-latn/, /ru/, /en/."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.urls import path

from .views import health, home, partners

urlpatterns = [
    path("", home.choose_language, name="root"),
    path("healthz", health.health, name="health"),
    *i18n_patterns(
        path("", home.home, name="home"),
        path("partners/", partners.partners, name="partners"),
    ),
]
