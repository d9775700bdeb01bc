"""One pass over the markup of a page: its metadata, its lines of text outside links, its size.

The parser calls back for every tag instead of building a tree, so that a page nested a million deep is read like any
other. What is gathered here serves the metadata, and the text where the article finder cannot be used.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_BLOCK_TAGS = """
address article aside blockquote body br dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6
head header hr html li main nav ol p pre section table tbody td tfoot th thead title tr ul
"""
_PASSED_TAGS = """
aside button datalist dialog footer form iframe nav noscript object option script select style svg template textarea
title
"""
_PUBLISHED_KEYS = """
article:published_time og:published_time og:article:published_time datepublished dc.date dc.date.issued dcterms.issued
dcterms.created date pubdate publishdate publish_date publish-date publication_date parsely-pub-date sailthru.date
citation_publication_date
"""
_BLOCKS, _PASSED = frozenset(_BLOCK_TAGS.split()), frozenset(_PASSED_TAGS.split())
_DATE_KEYS = frozenset(_PUBLISHED_KEYS.split())
_DATE_CLASS = re.compile(
    r"(?i)(?:^|[\s_-])(?:date|datetime|time|pub\w*|posted|created|meta|byline|entry-date)(?:$|[\s_-])"
)
_LONGEST_DATE, _MOST_DATES = 120, 12


class Outline:
    """The target of the parser; its fields are filled when the parser is closed.

    `blocks` are lines of text outside navigation with the share of the text that is links; `dates` are day fields of
    the metadata; `date_lines` are short texts of elements whose class says date.
    """

    def __init__(self) -> None:
        self.metas: dict[str, str] = {}
        self.json_ld: list[str] = []
        self.times: list[str] = []
        self.date_lines: list[str] = []
        self.blocks: list[tuple[str, float]] = []
        self.lang: str | None = None
        self.canonical: str | None = None
        self.title = ""
        self.headings: list[str] = []
        self.elements = self.depth = self.deepest = 0
        self._open: list[str] = []
        self._passed = self._links = 0
        self._line: list[str] = []
        self._linked = 0
        self._dates: list[tuple[int, list[str]]] = []
        self._heading: list[str] | None = None
        self._script: list[str] | None = None

    # -- what the parser calls

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self.elements += 1
        self.depth += 1
        self.deepest = max(self.deepest, self.depth)
        self._open.append(tag)
        self._passed += tag in _PASSED
        self._links += tag == "a"
        if tag in _BLOCKS:
            self._flush()
        if attributes:
            self._read_attributes(tag, attributes)
        if tag == "h1":
            self._heading = []

    def end(self, tag: str) -> None:
        if not self._open:
            return
        tag = self._open.pop()
        if tag in _BLOCKS:
            self._flush()
        if self._dates and self._dates[-1][0] == self.depth:
            text = " ".join("".join(self._dates.pop()[1]).split())
            if text and len(text) <= _LONGEST_DATE:
                self.date_lines.append(text)
        self.depth -= 1
        self._passed -= tag in _PASSED
        self._links -= tag == "a"
        if tag == "h1" and self._heading is not None:
            self.headings.append(" ".join("".join(self._heading).split()))
            self._heading = None
        if tag == "script" and self._script is not None:
            self.json_ld.append("".join(self._script))
            self._script = None

    def data(self, text: str) -> None:
        inner = self._open[-1] if self._open else ""
        if self._script is not None:
            self._script.append(text)
        if inner == "title" and len(self.title) < 1000 and "svg" not in self._open[-3:]:
            self.title += text
        if self._heading is not None:
            self._heading.append(text)
        for _, lines in self._dates:
            if sum(map(len, lines)) <= _LONGEST_DATE:
                lines.append(text)
        if not self._passed:
            self._line.append(text)
            self._linked += len(text) if self._links else 0

    def comment(self, text: str) -> None:
        """Comments hold no text."""

    def pi(self, target: str, data: str | None = None) -> None:
        """Processing instructions hold no text."""

    def close(self) -> Outline:
        self._flush()
        return self

    # -- what is kept

    def _flush(self) -> None:
        raw = "".join(self._line)
        line = " ".join(raw.split())
        if line:
            self.blocks.append((line, self._linked / max(1, len(raw))))
        self._line, self._linked = [], 0

    def _read_attributes(self, tag: str, attributes: Mapping[str, str]) -> None:
        get = attributes.get
        if tag == "html":
            self.lang = get("lang") or get("xml:lang") or self.lang
        elif tag == "meta":
            key = (get("property") or get("name") or get("itemprop") or get("http-equiv") or "").lower()
            if key and get("content"):
                self.metas.setdefault(key, attributes["content"])
        elif tag == "link" and (get("rel") or "").lower() == "canonical":
            self.canonical = get("href")
        elif tag == "script" and "ld+json" in (get("type") or ""):
            self._script = []
        self._read_date(tag, attributes)

    def _read_date(self, tag: str, attributes: Mapping[str, str]) -> None:
        get = attributes.get
        is_published = (get("itemprop") or "").lower() == "datepublished"
        value = get("datetime") or (get("content") if is_published else None)
        if value and is_published:
            self.metas.setdefault("datepublished", value)
        elif value and tag == "time":
            self.times.append(value)
        named = f"{get('class') or ''} {get('id') or ''}"
        is_date = is_published or tag == "time" or _DATE_CLASS.search(named)
        if is_date and len(self._dates) < 4 and len(self.date_lines) < _MOST_DATES:
            self._dates.append((self.depth, []))

    @property
    def dates(self) -> list[str]:
        """The day fields of the metadata."""
        return [value for key, value in self.metas.items() if key in _DATE_KEYS]


def read_outline(page: str) -> Outline:
    """The outline of a page; broken markup is read as browsers do."""
    from lxml import etree

    target = Outline()
    parser = etree.HTMLParser(target=target, encoding="utf-8", huge_tree=True)
    data = page.encode("utf-8", errors="replace")
    try:
        for start in range(0, len(data), 1 << 16):
            parser.feed(data[start : start + (1 << 16)])
        parser.close()
    except etree.LxmlError:
        target.close()
    return target
