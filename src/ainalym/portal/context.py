"""What every page knows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url

from .views.sites import find_addresses
from .words import current_lang

# BCP 47 tags as HTML writes them.
TAGS = {"kk": "kk", "kk-latn": "kk-Latn", "ru": "ru", "en": "en"}


def portal(request: HttpRequest) -> dict[str, Any]:
    """The page's language, and the same page in the others."""
    address = request.get_full_path()
    page = getattr(request, "written_page", None)
    written = find_addresses(page) if page else None
    return {
        "lang": current_lang(),
        "lang_tag": TAGS[current_lang()],
        "home_side": settings.HOME_SIDE,
        "languages": [
            {
                "code": code,
                "tag": TAGS[code],
                "name": name,
                "address": translate_url(address, code) if written is None else written.get(code, f"/{code}/"),
                # A written page that nobody translated: its language leads home instead.
                "missing": written is not None and code not in written,
            }
            for code, name in settings.LANGUAGES
        ],
    }
