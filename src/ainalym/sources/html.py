"""Web pages: the article's text by trafilatura, its headline, site, language and day from the markup."""

from __future__ import annotations

import datetime as dt
import logging
import re
from collections.abc import Iterator
from typing import Any

from ..errors import SourceError
from .content import Content, clean_lang, clean_line, find_host
from .dates import find_published, is_stamp, parse_date
from .decode import decode
from .outline import Outline, read_outline

# Beyond these the article finder takes seconds to minutes, or gives up (libxml2 builds no tree deeper than 256).
_MOST_ELEMENTS, _DEEPEST = 20_000, 200
_LEAST_WORDS = 4
_CHARSET = re.compile(
    rb"""(?i)<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]{2,30})|<\?xml[^>]{0,100}encoding=["']([\w-]{2,30})"""
)


def find_charset(data: bytes) -> str | None:
    """The encoding that a page declares in its own head."""
    found = _CHARSET.search(data[:8192])
    return (found[1] or found[2]).decode("ascii") if found else None


# -- text -------------------------------------------------------------------------------------------------------------


def _find_article(page: str) -> str | None:
    import trafilatura

    for name in ("trafilatura", "htmldate", "justext", "readability"):
        # Without a handler its warnings would go to standard error beside the program's own lines.
        logger = logging.getLogger(name)
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())
    try:
        found = trafilatura.extract(page, include_comments=False, include_tables=True, output_format="txt")
    except Exception:  # it raises what its parsers raise; the plain lines still serve
        return None
    return found if isinstance(found, str) else None


def _has_prose(lines: list[str]) -> bool:
    return any(len(line.split()) >= _LEAST_WORDS for line in lines)


def _find_text(page: str, outline: Outline) -> str:
    """The article; the lines outside links and navigation where it is not found. Empty when the page has no prose."""
    lines = [line for line, linked in outline.blocks if linked < 0.5]
    if not _has_prose(lines):
        return ""
    if outline.elements <= _MOST_ELEMENTS and outline.deepest <= _DEEPEST:
        article = _find_article(page)
        if article and _has_prose(article.splitlines()):
            return article
    return "\n".join(line for line in lines if len(line.split()) >= _LEAST_WORDS or is_stamp(line))


# -- metadata ---------------------------------------------------------------------------------------------------------


def _walk(value: Any) -> Iterator[dict[str, Any]]:
    queue = [value]
    for _ in range(2000):
        if not queue:
            return
        item = queue.pop(0)
        if isinstance(item, dict):
            yield item
            queue.extend(item.values())
        elif isinstance(item, list):
            queue.extend(item)


def _find_linked_data(outline: Outline) -> dict[str, Any]:
    """The article among the page's JSON-LD: the first object with a day of publication."""
    import msgspec

    for script in outline.json_ld:
        try:
            value = msgspec.json.decode(script.strip().encode("utf-8", errors="replace"))
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            continue
        for item in _walk(value):
            if isinstance(item.get("datePublished"), str):
                return item
    return {}


def _text_field(item: dict[str, Any], *names: str) -> str | None:
    value: Any = item
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
        value = value[0] if isinstance(value, list) and value else value
    return value if isinstance(value, str) else None


def _find_day(outline: Outline, linked: dict[str, Any], url: str | None) -> dt.date | None:
    """Metadata first, then a date line, then the only `<time>` of the page, then the address."""
    for value in [*outline.dates, _text_field(linked, "datePublished") or ""]:
        if stated := parse_date(value):
            return stated
    for line in outline.date_lines:
        if stamped := find_published(line):
            return stamped
    days = {day for value in outline.times if (day := parse_date(value))}
    if len(days) == 1:
        return days.pop()
    found = re.search(r"/((?:19|20)\d\d)/(\d\d)/(\d\d)(?:/|$)", url or "")
    return parse_date("-".join(found.groups())) if found else None


def _find_headline(outline: Outline, linked: dict[str, Any], site: str | None) -> str | None:
    single = outline.headings[0] if len(outline.headings) == 1 else None
    title = clean_line(outline.metas.get("og:title") or _text_field(linked, "headline") or single or outline.title)
    if title and site:
        title = re.sub(rf"\s+[|—–»:·-]+\s+{re.escape(site)}$", "", title) or title
    return title


def _find_lang(outline: Outline) -> str | None:
    metas = outline.metas
    return clean_lang(outline.lang) or clean_lang(metas.get("content-language")) or clean_lang(metas.get("og:locale"))


def read_html(data: bytes, *, url: str | None = None, declared: str | None = None) -> Content:
    """The article of a page; `declared` is the encoding that its server states."""
    page = decode(data, declared=declared or find_charset(data), lenient=True)
    outline = read_outline(page)
    text = _find_text(page, outline)
    if not text:
        raise SourceError("is HTML without an article; give the page of one report, or save its text", kind="article")
    linked = _find_linked_data(outline)
    site = clean_line(outline.metas.get("og:site_name") or _text_field(linked, "publisher", "name"))
    canonical = outline.canonical if find_host(outline.canonical) else None
    return Content(
        text=text,
        title=_find_headline(outline, linked, site),
        url=url or canonical or (outline.metas.get("og:url") if find_host(outline.metas.get("og:url")) else None),
        publisher=site,
        published=_find_day(outline, linked, url or canonical),
        lang=_find_lang(outline),
    )
