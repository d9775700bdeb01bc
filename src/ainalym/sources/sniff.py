"""Which format an input has: by its first bytes, then by its name; names lie more often than bytes do."""

from __future__ import annotations

import re
from typing import Literal

from ..errors import SourceError

Format = Literal["text", "html", "pdf", "docx", "json", "feed", "sitemap"]

SUFFIXES: dict[str, Format] = {
    ".txt": "text", ".text": "text", ".md": "text",
    ".html": "html", ".htm": "html", ".xhtml": "html",
    ".pdf": "pdf", ".docx": "docx",
    ".jsonl": "json", ".ndjson": "json", ".json": "json",
    ".rss": "feed", ".atom": "feed", ".xml": "feed",
}  # fmt: skip
_REFUSED = [
    (b"\xd0\xcf\x11\xe0", "is an old or a locked Office file; save it as DOCX without a password"),
    (b"{\\rtf", "is RTF; save it as DOCX or text"),
    (b"\x1f\x8b", "is packed with gzip; unpack it first"),
    (b"BZh", "is packed with bzip2; unpack it first"),
    (b"\xfd7zXZ", "is packed with xz; unpack it first"),
    (b"(\xb5/\xfd", "is packed with zstd; unpack it first"),
    (b"7z\xbc\xaf", "is a 7z archive; unpack it first"),
    (b"Rar!", "is a RAR archive; unpack it first"),
    (b"\x89PNG", "is a picture; its text must be recognised first"),
    (b"\xff\xd8\xff", "is a picture; its text must be recognised first"),
    (b"GIF8", "is a picture; its text must be recognised first"),
    (b"II*\0", "is a picture; its text must be recognised first"),
    (b"\x7fELF", "is a program; give a report"),
    (b"PAR1", "is Parquet; export it as JSON lines"),
]
_ROOT = re.compile(rb"<(?:[\w.-]+:)?(rss|feed|rdf|urlset|sitemapindex|html)[\s>/]")
_ROOTS: dict[bytes, Format] = {
    b"rss": "feed", b"feed": "feed", b"rdf": "feed", b"urlset": "sitemap", b"sitemapindex": "sitemap", b"html": "html",
}  # fmt: skip
_HTML = re.compile(
    rb"<(?:!doctype\s+html|!--|html|head|body|title|meta|article|main|section|div|p|h[1-6]|table|span|br|script|style)\b",
)


def suffix_of(name: str) -> str:
    """The ending of a path or an address, in small letters: ".html"."""
    found = re.search(r"\.[A-Za-z0-9]{1,6}$", re.split(r"[?#]", name)[0])
    return found[0].lower() if found else ""


def _sniff_markup(head: bytes, named: Format | None) -> Format | None:
    if head.startswith((b"<?xml", b"<rss", b"<feed", b"<rdf", b"<urlset", b"<sitemapindex")) or named == "feed":
        root = _ROOT.search(head)
        if root:
            return _ROOTS[root[1]]
        if head.startswith(b"<?xml") and named != "html":
            raise SourceError("is XML of a kind that is not read; give a feed, a site map, HTML or text", kind="format")
    if _HTML.match(head):
        is_page = head.startswith((b"<!doctype", b"<html"))
        return "html" if named != "text" or is_page else None
    return None


def find_format(data: bytes, name: str = "") -> Format:
    """The format of `data`; raises for what is known and not read."""
    for magic, message in _REFUSED:
        if data.startswith(magic):
            raise SourceError(message, kind="picture" if "picture" in message else "format")
    named = SUFFIXES.get(suffix_of(name))
    if data[:1024].lstrip().startswith(b"%PDF-") or (named == "pdf" and b"%PDF-" in data[:1024]):
        return "pdf"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "docx"
    if named in ("pdf", "docx") and data.strip():
        raise SourceError(
            f"is called {named.upper()} and is none, or is damaged; open it and save it again", kind="damaged"
        )
    head = data[:4096].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if markup := _sniff_markup(head, named):
        return markup
    if named == "feed":
        raise SourceError("is no feed and no site map; give a feed, a site map, HTML or text", kind="format")
    if head.startswith((b"{", b"[")) and named is None:
        return "json" if re.match(rb'\{\s*"|\[\s*\{', head) else "text"
    return named or "text"
