"""RSS and Atom feeds and site maps: which pages they list, and what they say about them."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import logging
import zlib
from collections.abc import Iterator
from typing import Any

import msgspec

from ..errors import SourceError
from .content import clean_lang, clean_line
from .dates import parse_date
from .limits import Limits, say_size

_DEEPEST = 50


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A page listed by a feed or a site map; `is_list` when it is a site map itself."""

    url: str
    title: str | None = None
    published: dt.date | None = None
    publisher: str | None = None
    lang: str | None = None
    is_list: bool = False


# -- feeds ------------------------------------------------------------------------------------------------------------


def _check_entities(data: bytes) -> None:
    """A feed that defines entities may unfold without end; what is merely untidy is left to feedparser."""
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import DefusedXMLParser, ParseError

    parser = DefusedXMLParser(target=_Ignore())
    try:
        for start in range(0, len(data), 1 << 16):
            parser.feed(data[start : start + (1 << 16)])
        parser.close()
    except DefusedXmlException:
        raise SourceError("is XML that defines entities, which is not read; give the pages themselves") from None
    except (ParseError, ValueError, LookupError):
        return


class _Ignore:
    """A target that only watches how deep the elements go."""

    def __init__(self) -> None:
        self._depth = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST * 10:
            raise SourceError("is XML nested too deep; give the pages themselves")

    def end(self, tag: str) -> None:
        self._depth -= 1


def _entry_day(item: Any) -> dt.date | None:
    """The day in the entry's own time zone: the parsed form is in Greenwich time, a day off at night in Astana."""
    written = parse_date(item.get("published") or "")
    parsed = item.get("published_parsed")
    if written or not parsed:
        return written
    return dt.date(*parsed[:3])


def read_feed(data: bytes, *, url: str | None = None) -> list[Entry]:
    """The entries of an RSS or Atom feed that have a page, in the feed's order, each page once."""
    import feedparser

    _check_entities(data)
    logging.getLogger("feedparser").addHandler(logging.NullHandler())
    headers = {"content-location": url} if url else {}
    # Given a stream and not a string: a string that looks like an address would be fetched.
    feed = feedparser.parse(io.BytesIO(data), response_headers=headers)
    site, lang = clean_line(feed.feed.get("title")), clean_lang(feed.feed.get("language"))
    entries: dict[str, Entry] = {}
    for item in feed.entries:
        link = (item.get("link") or "").strip()
        if link.lower().startswith(("http://", "https://")):
            title = clean_line(item.get("title"))
            entry = Entry(url=link, title=title, published=_entry_day(item), publisher=site, lang=lang)
            entries.setdefault(link, entry)
    if not entries:
        raise SourceError("is a feed without entries that have a page; check the address")
    return list(entries.values())


# -- site maps --------------------------------------------------------------------------------------------------------


class _Map:
    """The target of the parser for a site map: one record of fields for every `url` or `sitemap`."""

    def __init__(self) -> None:
        self.records: list[dict[str, str]] = []
        self._name = ""
        self._depth = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise SourceError("is a site map nested too deep; give the pages themselves")
        space, _, name = tag.rpartition("}")
        if name in ("url", "sitemap"):
            self.records.append({"kind": name})
        # A picture's `loc` or `title` is not the page's.
        self._name = "" if "image" in space or "video" in space else name

    def end(self, tag: str) -> None:
        self._depth -= 1
        self._name = ""

    def data(self, text: str) -> None:
        if self._name and self.records:
            self.records[-1][self._name] = self.records[-1].get(self._name, "") + text

    def close(self) -> list[dict[str, str]]:
        return self.records


def unpack_gzip(data: bytes, limits: Limits) -> bytes:
    """A packed site map, cut off with a message where it grows beyond the limit."""
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
            plain = stream.read(limits.file_bytes + 1)
    except (OSError, EOFError, zlib.error):
        raise SourceError("is a damaged gzip file; download it again") from None
    if len(plain) > limits.file_bytes:
        raise SourceError(f"unpacks to more than {say_size(limits.file_bytes)}; give the pages themselves")
    return plain


def _parse_map(data: bytes) -> list[dict[str, str]]:
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import DefusedXMLParser, ParseError

    parser = DefusedXMLParser(target=_Map(), forbid_dtd=True)
    try:
        parser.feed(data)
        records: list[dict[str, str]] = parser.close()
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        raise SourceError("is a damaged site map; check the address, or give the pages themselves") from None
    return records


def read_sitemap(data: bytes) -> Iterator[Entry]:
    """The pages of a site map, or the site maps of an index; `lastmod` is the day of a change, so it is not used."""
    found = False
    for record in _parse_map(data):
        link = record.get("loc", "").strip()
        if link.lower().startswith(("http://", "https://")):
            found = True
            yield Entry(
                url=link,
                title=clean_line(record.get("title")),
                published=parse_date(record.get("publication_date", "")),
                publisher=clean_line(record.get("name")),
                lang=clean_lang(record.get("language")),
                is_list=record["kind"] == "sitemap",
            )
    if not found:
        raise SourceError("is a site map without pages; check the address")
