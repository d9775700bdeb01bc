"""Which page is there in which language, and how things stand with it."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

import msgspec
from django.conf import settings
from wagtail.models import Page

from ..words import LATIN

STATES = ("live", "outdated", "draft", "absent")


class Entry(msgspec.Struct):
    """One page in one language. `changed` says that a newer text than the published one waits."""

    lang: str
    state: str
    pk: int | None = None
    title: str = ""
    changed: bool = False


class Row(msgspec.Struct):
    """One page in all languages; `source` is the one that was there first."""

    title: str
    kind: str
    depth: int
    source: int
    source_lang: str
    kazakh: int | None
    entries: list[Entry]


def list_translations() -> list[Row]:
    """All written pages in the order of the tree."""
    fields = ("pk", "translation_key", "locale__language_code", "title", "path", "depth", "live", "last_published_at",
              "has_unpublished_changes", "content_type__model")  # fmt: skip
    groups: dict[Any, list[dict[str, Any]]] = defaultdict(list)
    pages = Page.objects.filter(depth__gt=1, alias_of=None, content_type__app_label="sites_pages")
    for page in pages.order_by("path").values(*fields):
        groups[page["translation_key"]].append(page)
    return [_make_row(group) for group in groups.values()]


def count_states(rows: list[Row]) -> dict[str, Counter[str]]:
    """How many pages of each state every language has."""
    counts: dict[str, Counter[str]] = {code: Counter() for code, _ in settings.LANGUAGES}
    for row in rows:
        for entry in row.entries:
            counts[entry.lang][entry.state] += 1
    return counts


def _make_row(group: list[dict[str, Any]]) -> Row:
    by_lang = {page["locale__language_code"]: page for page in group}
    source = min(group, key=lambda page: page["pk"])
    kazakh = by_lang.get("kk")
    return Row(
        title=source["title"], kind=source["content_type__model"], depth=source["depth"], source=source["pk"],
        source_lang=source["locale__language_code"], kazakh=kazakh["pk"] if kazakh else None,
        entries=[
            _make_entry(code, by_lang.get(code), kazakh if code == LATIN and kazakh else source)
            for code, _ in settings.LANGUAGES
        ],
    )  # fmt: skip


def _make_entry(lang: str, page: dict[str, Any] | None, source: dict[str, Any]) -> Entry:
    if page is None:
        return Entry(lang, "absent")
    state = "live" if page["live"] else "draft"
    if state == "live" and page is not source and _is_newer(source, page):
        state = "outdated"
    return Entry(lang, state, page["pk"], page["title"], page["live"] and page["has_unpublished_changes"])


def _is_newer(source: dict[str, Any], page: dict[str, Any]) -> bool:
    """Whether the source was published after its translation."""
    first, then = page["last_published_at"], source["last_published_at"]
    return bool(then and (first is None or then > first))
