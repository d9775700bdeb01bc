"""What templates say of reports: their addresses, names and languages."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from ...output.html import say_language
from .. import told
from ..words import current_lang, load_words, say

register = template.Library()
register.filter("report_address", told.report_address)
register.filter("claim_address", told.claim_address)
register.filter("document_name", told.name_document)


@register.filter
def text_language(reading: Any) -> SafeString:
    """The attributes `lang` and `dir` of a report's text."""
    return mark_safe(say_language(reading).strip())  # noqa: S308 - escaped there


@register.filter
def web_address(url: str | None) -> str:
    """An address that may be a link: only http and https; else nothing."""
    return url if url and url.lower().startswith(("http://", "https://")) else ""


@register.filter
def language_name(reading: Any) -> str:
    """The language of a report, Kazakh with its letters."""
    if not reading.lang:
        return say("text.no_language")
    code = f"{reading.lang}-{reading.script}" if reading.lang == "kk" and reading.script else reading.lang
    return load_words(current_lang()).get(f"text_lang.{code}", code)
