"""DOCX: the text of the main part, a paragraph a line; read straight from the archive so that its size stays bounded.

What an archive says about its sizes is checked first, what comes out of it is counted while it is unpacked.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from ..errors import SourceError
from .content import Content, clean_lang, clean_line
from .limits import Limits, say_size

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT_WORD = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_MOST_PARTS, _DEEPEST, _CHUNK = 5_000, 2_000, 1 << 16
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
# Deleted and moved-away text and field codes are not what a reader of the page sees.
_HIDDEN = frozenset({"del", "moveFrom", "instrText", "delText"})
_BROKEN = "is a damaged DOCX; open it and save it again"
_BOMB = "unpacks to more than {}; it is no report, or hostile"


def _local(tag: str) -> str:
    """The tag's own name if it belongs to a text document, else its whole name."""
    space, _, name = tag.rpartition("}")
    return name if space[1:] in (_WORD, _STRICT_WORD) else tag


class _Paragraphs:
    """The target of the parser: gathers paragraphs; a paragraph in a text box stands after the one that holds it."""

    def __init__(self, most: int) -> None:
        self.lines: list[str] = []
        self._stack: list[list[str]] = []
        self._row: list[list[int]] = []
        self._hidden = self._depth = self._size = 0
        self._in_text = False
        self._most = most

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise SourceError(_BROKEN, kind="damaged")
        name = _local(tag)
        if name in _HIDDEN or tag == _FALLBACK:
            self._hidden += 1
        elif name == "p":
            self._stack.append([])
        elif name == "tr":
            self._row.append([len(self.lines)])
        elif name == "t":
            self._in_text = True
        elif name in _SIGNS and self._stack and not self._hidden:
            self._stack[-1].append(_SIGNS[name])

    def end(self, tag: str) -> None:
        self._depth -= 1
        name = _local(tag)
        if name in _HIDDEN or tag == _FALLBACK:
            self._hidden -= 1
        elif name == "p" and self._stack:
            line = "".join(self._stack.pop())
            if not self._hidden:
                self.lines.append(line)
        elif name == "tc" and self._row:
            self._close_cell()
        elif name == "tr" and self._row:
            self._close_row()
        elif name == "t":
            self._in_text = False

    def data(self, text: str) -> None:
        if self._in_text and self._stack and not self._hidden:
            self._size += len(text)
            if self._size > self._most:
                raise SourceError(
                    f"holds more than {say_size(self._most)} of text; split it into single reports", kind="long"
                )
            self._stack[-1].append(text)

    def close(self) -> list[str]:
        return self.lines

    def _close_cell(self) -> None:
        """A cell's paragraphs become one cell of its row."""
        start = self._row[-1][-1]
        cell = " ".join(line for line in self.lines[start:] if line.strip())
        self.lines[start:] = [cell]
        self._row[-1].append(len(self.lines))

    def _close_row(self) -> None:
        start = self._row.pop()[0]
        row = "\t".join(self.lines[start:])
        self.lines[start:] = [row] if row.strip() else []


def _open(data: bytes, limits: Limits) -> zipfile.ZipFile:
    # All that zipfile raises on a broken file; NotImplementedError is its word for a version it does not know.
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        parts = archive.infolist()
    except (zipfile.BadZipFile, zipfile.LargeZipFile, OSError, ValueError, RuntimeError, NotImplementedError):
        raise SourceError(_BROKEN, kind="damaged") from None
    if len(parts) > _MOST_PARTS:
        raise SourceError(_BROKEN, kind="damaged")
    if sum(part.file_size for part in parts) > 4 * limits.file_bytes:
        raise SourceError(_BOMB.format(say_size(4 * limits.file_bytes)), kind="large")
    return archive


def _unpack(archive: zipfile.ZipFile, name: str, most: int) -> Iterator[bytes]:
    """The bytes of a part in chunks, counted: the size that the archive declares may be a lie."""
    size = 0
    # NotImplementedError: a packing that zipfile does not know.
    try:
        with archive.open(name) as part:
            while chunk := part.read(_CHUNK):
                size += len(chunk)
                if size > most:
                    raise SourceError(_BOMB.format(say_size(most)), kind="large")
                yield chunk
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError):
        raise SourceError(_BROKEN, kind="damaged") from None
    except RuntimeError:
        raise SourceError("is locked with a password; save it without one", kind="locked") from None


def _parse(chunks: Iterator[bytes], target: Any) -> Any:
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import DefusedXMLParser, ParseError

    parser = DefusedXMLParser(target=target, forbid_dtd=True)
    try:
        for chunk in chunks:
            parser.feed(chunk)
        return parser.close()
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        raise SourceError(_BROKEN, kind="damaged") from None


class _Fields:
    """The target for a small part: local name to text, and the targets of relationships by their type."""

    def __init__(self) -> None:
        self.fields: dict[str, str] = {}
        self._name = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._name = tag.rpartition("}")[2]
        if self._name == "Relationship":
            kind = attributes.get("Type", "").rpartition("/")[2]
            self.fields.setdefault(kind, attributes.get("Target", ""))

    def end(self, tag: str) -> None:
        self._name = ""

    def data(self, text: str) -> None:
        if self._name:
            self.fields[self._name] = self.fields.get(self._name, "") + text

    def close(self) -> dict[str, str]:
        return self.fields


def _read_fields(archive: zipfile.ZipFile, name: str) -> dict[str, str]:
    if name not in archive.namelist():
        return {}
    fields: dict[str, str] = _parse(_unpack(archive, name, 1_000_000), _Fields())
    return fields


def read_docx(data: bytes, limits: Limits) -> Content:
    """The text of a document: body, tables (cells by tabs) and text boxes; no headers, footers or notes.

    The day when the file was made is not the day of publication, so the file's own dates are not used.
    """
    with _open(data, limits) as archive:
        links = _read_fields(archive, "_rels/.rels")
        main = links.get("officeDocument", "word/document.xml").lstrip("/")
        if main not in archive.namelist() or not re.search(r"(?i)word/|document", main):
            raise SourceError("is an archive and no DOCX; unpack it, or save the report as DOCX", kind="format")
        lines: list[str] = _parse(_unpack(archive, main, 4 * limits.file_bytes), _Paragraphs(limits.text_characters))
        core = _read_fields(archive, links.get("core-properties", "docProps/core.xml").lstrip("/"))
    text = "\n".join(lines).strip("\n")
    if not text.strip():
        raise SourceError(
            "is a DOCX without text; if it holds pictures of pages, recognise their text first", kind="picture"
        )
    return Content(text=text, title=clean_line(core.get("title")), lang=clean_lang(core.get("language")))
