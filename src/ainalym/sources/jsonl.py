"""JSON lines of documents: `id, text, published, lang, url, title, publisher`; other fields are passed over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import BinaryIO

import msgspec

from ..errors import SourceError
from ..model import Document
from .content import Content, clean_lang, clean_line, make_document
from .dates import parse_date
from .decode import ADVICE
from .limits import Limits, say_size


class Record(msgspec.Struct, frozen=True):
    """A line as it may be written; gold records and the program's own output fit too."""

    text: str
    id: str | int | None = None
    published: str | None = None
    lang: str | None = None
    url: str | None = None
    title: str | None = None
    publisher: str | None = None


_DECODER = msgspec.json.Decoder(Record)
HOPELESS = 20
_LIST_DECODER = msgspec.json.Decoder(list[msgspec.Raw])


def _decode(line: bytes | msgspec.Raw) -> Record:
    try:
        return _DECODER.decode(line)
    except msgspec.ValidationError as error:
        if "missing required field `text`" in str(error):
            raise SourceError("has no field `text`; give every record its text") from None
        raise SourceError(f"does not fit: {error}; see the fields of a document") from None
    except UnicodeDecodeError as error:
        raise SourceError(f"byte 0x{error.object[error.start]:02x} is not UTF-8; {ADVICE}") from None
    except (msgspec.DecodeError, RecursionError) as error:
        raise SourceError(f"is no JSON object ({error}); write one object a line") from None


def _published(record: Record) -> dt.date | None:
    if not record.published or not record.published.strip():
        return None
    day = parse_date(record.published)
    if day is None:
        raise SourceError(f"`published` is no date: {record.published[:40]!r}; write YYYY-MM-DD")
    return day


def _make(record: Record, *, name: str, limits: Limits, published: dt.date | None, whole: str | None) -> Document:
    content = Content(
        text=record.text,
        title=clean_line(record.title),
        url=record.url or None,
        publisher=clean_line(record.publisher),
        published=_published(record),
        lang=clean_lang(record.lang),
    )
    own = "" if record.id is None else str(record.id)
    own = f"{whole}#{own}" if own and whole else own
    return make_document(content, name=own or name, limits=limits, published=published)


def read_records(
    lines: Iterable[bytes | msgspec.Raw],
    *,
    place: str,
    limits: Limits,
    published: dt.date | None = None,
    whole: str | None = None,
) -> Iterator[Document | SourceError]:
    """One document or one error a line; blank lines are passed over. A record without an id is called `place:line`.

    Given the `whole` path of the file, records are called by it and their ids: ids of two files may be the same.
    """
    good = bad = 0
    for number, line in enumerate(lines, 1):
        if bad >= HOPELESS and not good:
            yield SourceError(f"the first {bad} lines are no records; the rest is not read", place=place)
            return
        where = f"{place}:{number}"
        if isinstance(line, bytes):
            line = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
            if not line.strip():
                continue
        try:
            if isinstance(line, bytes) and len(line) > limits.file_bytes:
                raise SourceError(f"the line is longer than {say_size(limits.file_bytes)}; the rest is not read")
            name = f"{whole or place}:{number}"
            document = _make(_decode(line), name=name, limits=limits, published=published, whole=whole)
            good += 1
            yield document
        except SourceError as error:
            error.place = where
            bad += 1
            yield error


def split_stream(stream: BinaryIO, limits: Limits, first: bytes = b"") -> Iterator[bytes]:
    """The lines of a stream, one in memory at a time; a line over the limit ends it."""
    line = first or stream.readline(limits.file_bytes + 1)
    while line:
        yield line
        if len(line) > limits.file_bytes:
            return
        line = stream.readline(limits.file_bytes + 1)


def split_json(data: bytes) -> list[bytes] | list[msgspec.Raw]:
    """The records of a JSON file: a list of objects, one object over several lines, or one object a line."""
    head = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    try:
        if head.startswith(b"["):
            return _LIST_DECODER.decode(head)
        msgspec.json.decode(head, type=msgspec.Raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return data.split(b"\n")
    return [msgspec.Raw(head)]
