"""Kazakh pages written out in Latin letters: a draft for an editor to look over."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from wagtail.models import Locale, Page

from ...language.orthography import write
from ..words import LATIN
from .texts import is_latin, rewrite_page


def to_latin(text: str) -> str:
    """Kazakh Cyrillic in the alphabet of 2021."""
    return write(text, "Latn-2021")


def write_copy(sender: Any, source_obj: Any, target_obj: Any, **_: Any) -> None:
    """After a Kazakh page was copied into the tree of Latin letters: write its texts out."""
    page = target_obj.specific if isinstance(target_obj, Page) else None
    if page is not None and hasattr(page, "body") and is_latin(page) and source_obj.locale.language_code == "kk":
        rewrite_page(page, to_latin)
        page.save()
        page.save_revision()


@transaction.atomic
def make_latin(page: Any, user: Any) -> Any:
    """The Latin page of a Kazakh one as a draft, with the pages above it; one that is there gets a new draft."""
    locale = Locale.objects.get(language_code=LATIN)
    parent = page.get_parent().specific
    if parent.depth > 1 and not parent.has_translation(locale):
        make_latin(parent, user)
    held = page.get_translation_or_none(locale)
    if held is None:
        made = page.copy_for_translation(locale)
        return made.specific
    latin = held.specific.get_latest_revision_as_object()
    source = page.get_latest_revision_as_object()
    inherited = {field.name for field in Page._meta.get_fields()}
    for field in source._meta.concrete_fields:
        if field.name not in inherited and not field.primary_key:
            setattr(latin, field.name, getattr(source, field.name))
    for name in ("title", "seo_title", "search_description"):
        setattr(latin, name, getattr(source, name))
    rewrite_page(latin, to_latin)
    latin.save_revision(user=user)
    return latin
