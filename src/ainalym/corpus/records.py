"""What the formats of a corpus give: raw records, each with its place; and bad ones, with the reason."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

import msgspec

from ..errors import SourceError
from ..model import Document
from ..sources import SUFFIXES, Limits, load_bytes, parse_date
from ..sources.content import Content, clean_lang, clean_line, make_document
from ..sources.html import read_html
from ..sources.jsonl import read_records
from ..sources.sniff import suffix_of
from ..sources.text import read_text
from .parts import Part, open_file

# One page of the web is smaller; what is larger is a listing, a log or an attack.
LIMITS = Limits(file_bytes=10_000_000, text_characters=1_000_000)
_HTML = re.compile(rb"(?i)\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype html|html|head|body|div|p|article)\b")
_TEXTS = ("text", "content", "html", "raw_html", "raw_content", "body", "markdown")
_DAYS = ("published", "published_date", "date_publish", "publication_date", "date")


class Raw(msgspec.Struct, frozen=True, kw_only=True):
    """A record before it is screened; `place` says where it stands and is one of its kind in a run."""

    place: str
    data: bytes
    is_html: bool
    charset: str | None = None
    url: str | None = None
    title: str | None = None
    publisher: str | None = None
    published: dt.date | None = None
    lang: str | None = None


class Bad(msgspec.Struct, frozen=True):
    """A record that cannot be read, and why."""

    place: str
    reason: str
    url: str | None = None


Record = Raw | Document | Bad


def read_part(part: Part, *, text_column: str | None = None) -> Iterator[Record]:
    """The records of a part. What cannot be read is among them; nothing is raised for it."""
    if part.kind == "files":
        for path in part.paths:
            yield from _read_file(path)
        return
    try:
        if part.kind == "parquet":
            yield from _read_parquet(part, text_column)
        elif part.kind == "jsonl":
            yield from _read_lines(part)
        else:
            from .warc import read_warc

            yield from read_warc(part)
    except (OSError, SourceError) as error:
        yield Bad(part.path, f"cannot be read: {error}")


def make_text(raw: Raw) -> Document:
    """The document in a raw record: a page without its furniture, a text as it is. Raises SourceError."""
    if len(raw.data) > LIMITS.file_bytes:
        raise SourceError(f"is larger than {LIMITS.file_bytes // 10**6} MB")
    if raw.is_html:
        content = read_html(raw.data, url=raw.url, declared=raw.charset)
    else:
        content = read_text(raw.data, declared=raw.charset)
    known = Content(
        text=content.text,
        title=raw.title or content.title,
        url=raw.url or content.url,
        publisher=raw.publisher or content.publisher,
        published=raw.published or content.published,
        lang=raw.lang or content.lang,
    )
    return make_document(known, name=raw.place, limits=LIMITS)


# -- files ------------------------------------------------------------------------------------------------------------


def _read_file(path: str) -> Iterator[Record]:
    most = Limits().file_bytes
    try:
        with open_file(path) as stream:
            data = stream.read(most + 1)
    except OSError as error:
        yield Bad(path, f"cannot be read: {error.strerror or error}")
        return
    if SUFFIXES.get(suffix_of(path)) == "html" and len(data) <= most:
        yield Raw(place=path, data=data, is_html=True)
        return
    for number, loaded in enumerate(load_bytes(data, path)):
        place = f"{path}#{number}" if number else path
        if isinstance(loaded, SourceError):
            yield Bad(place, loaded.message)
        else:
            yield msgspec.structs.replace(loaded, id=place)


# -- JSON lines -------------------------------------------------------------------------------------------------------


def _read_lines(part: Part) -> Iterator[Record]:
    """The lines that begin in the part; the last of them may end behind it."""
    with open_file(part.path) as stream:
        position = _find_line(stream, part.start)
        stream.seek(position)
        while position < part.stop:
            line, size = _read_line(stream)
            if not size:
                return
            place = f"{part.path}@{position}"
            position += size
            if line is None:
                yield Bad(place, f"the line is longer than {LIMITS.file_bytes // 10**6} MB")
            elif line.strip():
                yield _read_one_line(line, place)


def _find_line(stream: BinaryIO, start: int) -> int:
    """Where the first line at or behind `start` begins."""
    if start == 0:
        return 0
    stream.seek(start - 1)
    position = start - 1
    while chunk := stream.read(1 << 16):
        at = chunk.find(b"\n")
        if at >= 0:
            return position + at + 1
        position += len(chunk)
    return position


def _read_line(stream: BinaryIO) -> tuple[bytes | None, int]:
    """A line and its size; None in place of one that is too long."""
    line = stream.readline(LIMITS.file_bytes + 1)
    size = len(line)
    if size <= LIMITS.file_bytes or line.endswith(b"\n"):
        return line, size
    while line and not line.endswith(b"\n"):
        line = stream.readline(1 << 20)
        size += len(line)
    return None, size


def _read_one_line(line: bytes, place: str) -> Document | Bad:
    line = line.removeprefix(b"\xef\xbb\xbf")
    for found in read_records((line,), place=place, limits=LIMITS):
        if isinstance(found, SourceError):
            return Bad(place, found.message)
        return msgspec.structs.replace(found, id=place)
    return Bad(place, "holds no record")


# -- Parquet ----------------------------------------------------------------------------------------------------------


def _read_parquet(part: Part, text_column: str | None) -> Iterator[Record]:
    """The rows of the part's groups of rows."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with open_file(part.path) as stream:
            file = pq.ParquetFile(stream)
            names = file.schema_arrow.names
            column = text_column or next((name for name in _TEXTS if name in names), None)
            if column is None or column not in names:
                told = text_column or ", ".join(_TEXTS)
                raise SourceError(f"has no column {told}; name the text's column with --text-column")
            wanted = [name for name in names if name in (column, "url", "title", "publisher", "lang", *_DAYS)]
            for group in range(part.start, part.stop):
                number = 0
                for batch in file.iter_batches(batch_size=256, row_groups=[group], columns=wanted):
                    for row in batch.to_pylist():
                        yield _read_row(row, column, f"{part.path}@{group}:{number}")
                        number += 1
    except pa.ArrowException as error:
        raise SourceError(f"is no sound Parquet ({str(error).splitlines()[0]})") from None


def _read_row(row: dict[str, Any], column: str, place: str) -> Record:
    value = row[column]
    url = row.get("url") if isinstance(row.get("url"), str) else None
    if not value or not isinstance(value, str | bytes):
        return Bad(place, "holds no text", url)
    data = value.encode("utf-8", "replace") if isinstance(value, str) else value
    return Raw(
        place=place,
        data=data,
        is_html="html" in column or bool(_HTML.match(data)),
        charset="utf-8" if isinstance(value, str) else None,
        url=url,
        title=clean_line(_text(row.get("title"))),
        publisher=clean_line(_text(row.get("publisher"))),
        published=_day(next((row[name] for name in _DAYS if row.get(name)), None)),
        lang=clean_lang(_text(row.get("lang"))),
    )


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _day(value: object) -> dt.date | None:
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    return parse_date(value) if isinstance(value, str) else None
