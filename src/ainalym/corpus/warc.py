"""The pages of a WARC file, packed or plain, from any place on; a broken record costs that record alone.

The file's records are found here (a packed one is a gzip member of its own), so that a file can be cut into parts and
read on behind what is broken; what stands in a record is parsed by FastWARC.
"""

from __future__ import annotations

import gzip
import io
import re
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO

from .parts import Part, open_file
from .records import LIMITS, Bad, Raw

_MAGIC = b"\x1f\x8b\x08"
_CHUNK = 1 << 18
_HEAD = 1 << 16  # a record's own header is shorter
_MOST = LIMITS.file_bytes + (1 << 20)
_LENGTH = re.compile(rb"(?i)\ncontent-length:[ \t]*([0-9]{1,15})")
_PAGES = ("text/html", "application/xhtml+xml")
_TEXTS = ("text/plain",)

Piece = bytes | Bad


def read_warc(part: Part) -> Iterator[Raw | Bad]:
    """The pages whose records begin in the part. Requests, pictures, redirects and the like are passed over."""
    with open_file(part.path) as stream:
        is_packed = stream.read(2) == _MAGIC[:2]
        pieces = _read_members(stream, part) if is_packed else _read_plain(stream, part)
        for position, piece in pieces:
            place = f"{part.path}@{position}"
            if isinstance(piece, Bad):
                yield Bad(place, piece.reason)
            else:
                yield from _read_records(piece, place)


# -- packed -----------------------------------------------------------------------------------------------------------


class _Window:
    """A stream seen through a buffer, for reading on from places that are near each other."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._start = 0
        self._bytes = b""

    def read(self, position: int) -> bytes:
        """Some bytes from `position` on; none at the end."""
        at = position - self._start
        if not 0 <= at < len(self._bytes):
            self._stream.seek(position)
            self._start, at = position, 0
            self._bytes = self._stream.read(_CHUNK)
        return self._bytes[at:]

    def find(self, mark: bytes, position: int) -> int | None:
        """Where `mark` stands next."""
        while chunk := self.read(position):
            at = chunk.find(mark)
            if at >= 0:
                return position + at
            if len(chunk) < len(mark):
                more = self._read_fresh(position)
                if len(more) <= len(chunk):
                    return None
                continue
            position += len(chunk) - len(mark) + 1
        return None

    def _read_fresh(self, position: int) -> bytes:
        self._stream.seek(position)
        self._start, self._bytes = position, self._stream.read(_CHUNK)
        return self._bytes


def _read_members(stream: BinaryIO, part: Part) -> Iterator[tuple[int, Piece]]:
    window = _Window(stream)
    position = part.start if _is_member(window, part.start) else _find_member(window, part.start, part.stop)
    if part.start == 0 and position != 0:
        yield 0, Bad("", "the beginning is no WARC record")
    while position is not None and position < part.stop:
        piece, after = _unpack(window, position)
        if isinstance(piece, bytes) and len(piece) > _MOST and _is_first_of_many(piece):
            # The whole file was packed at once: it is read in one go, and belongs to the part of its beginning.
            yield from _read_whole(stream, position)
            return
        if isinstance(piece, bytes) and len(piece) > _MOST:
            piece = Bad("", f"is larger than {LIMITS.file_bytes // 10**6} MB")
        yield position, piece
        if after is None:
            position = _find_member(window, position + 1, part.stop)
        elif after >= part.stop or _is_member(window, after):
            position = after
        else:
            if window.read(after):
                yield after, Bad("", "is a broken gzip member")
            position = _find_member(window, after, part.stop)


def _is_member(window: _Window, position: int) -> bool:
    """Whether a packed WARC record begins here."""
    head = window.read(position)[:_HEAD]
    if len(head) < 64:
        head += window.read(position + len(head))[:_HEAD]
    if not head.startswith(_MAGIC):
        return False
    try:
        return zlib.decompressobj(31).decompress(head, 64).startswith(b"WARC/")
    except zlib.error:
        return False


def _find_member(window: _Window, position: int, stop: int) -> int | None:
    while (found := window.find(_MAGIC, position)) is not None and found < stop:
        if _is_member(window, found):
            return found
        position = found + 1
    return None


def _unpack(window: _Window, position: int) -> tuple[Piece, int | None]:
    """What is packed at a place, up to a size, and where it ends; None where that cannot be told."""
    unpacker = zlib.decompressobj(31)
    out: list[bytes] = []
    size = 0
    try:
        while not unpacker.eof:
            chunk = window.read(position)
            if not chunk:
                return Bad("", "is cut off"), None
            position += len(chunk)
            while chunk and not unpacker.eof:
                piece = unpacker.decompress(chunk, _CHUNK)
                size += len(piece)
                if size <= _MOST + _CHUNK:
                    out.append(piece)
                elif out and _is_first_of_many(out[0]):
                    return b"".join(out), None
                chunk = unpacker.unconsumed_tail
    except zlib.error:
        return Bad("", "is a broken gzip member"), None
    return b"".join(out), position - len(unpacker.unused_data)


def _is_first_of_many(piece: bytes) -> bool:
    """Whether the first record ends long before what is packed with it."""
    length = _LENGTH.search(piece[:_HEAD])
    return length is not None and int(length[1]) < LIMITS.file_bytes


def _read_whole(stream: BinaryIO, position: int) -> Iterator[tuple[int, Piece]]:
    stream.seek(position)
    try:
        with gzip.GzipFile(fileobj=stream) as unpacked:
            # A gzip stream has no other places than those of what is packed in it.
            yield from _read_in_order(unpacked)
    except (OSError, EOFError, zlib.error):
        yield position, Bad("", "is broken behind the records before it")


def _read_in_order(stream: BinaryIO | gzip.GzipFile) -> Iterator[tuple[int, Piece]]:
    """The records of a stream that cannot be cut, one after the other."""
    position = 0
    while head := _read_head(stream):
        length = _LENGTH.search(head)
        if length is None:
            yield position, Bad("", "has no length; the rest is not read")
            return
        size = int(length[1])
        if size > _MOST:
            yield position, Bad("", f"is larger than {LIMITS.file_bytes // 10**6} MB")
            for start in range(0, size, _CHUNK):
                stream.read(min(_CHUNK, size - start))
        else:
            yield position, head + stream.read(size) + b"\r\n\r\n"
        position += len(head) + size


def _read_head(stream: BinaryIO | gzip.GzipFile) -> bytes:
    lines: list[bytes] = []
    while line := stream.readline(_HEAD):
        if line.strip():
            lines.append(line)
        elif lines:
            lines.append(line)
            break
    return b"".join(lines)


# -- plain ------------------------------------------------------------------------------------------------------------


def _read_plain(stream: BinaryIO, part: Part) -> Iterator[tuple[int, Piece]]:
    window = _Window(stream)
    position = _find_record(window, part.start)
    while position is not None and position < part.stop:
        stream.seek(position)
        head = _read_head(stream)
        length = _LENGTH.search(head)
        if length is None:
            yield position, Bad("", "has no length")
            position = _find_record(window, position + 1)
            continue
        size = int(length[1])
        after = position + len(head) + size
        is_whole = size <= _MOST
        if size > _MOST:
            yield position, Bad("", f"is larger than {LIMITS.file_bytes // 10**6} MB")
        else:
            body = stream.read(size)
            is_whole = len(body) == size
            yield position, head + body + b"\r\n\r\n" if is_whole else Bad("", "is cut off")
        # A length that is wrong shows in that the next record does not follow at once.
        found = _find_record(window, after)
        follows = found is not None and found <= after + 4
        is_last = is_whole and not window.read(after).strip()
        position = found if follows or is_last else _find_record(window, position + 1)


def _find_record(window: _Window, position: int) -> int | None:
    """Where the next record begins, at or behind `position`."""
    if window.read(position).startswith(b"WARC/"):
        return position
    found = window.find(b"\nWARC/1.", max(0, position - 1))
    return None if found is None else found + 1


# -- records ----------------------------------------------------------------------------------------------------------


def _read_records(piece: bytes, place: str) -> Iterator[Raw | Bad]:
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    wanted = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    try:
        for number, record in enumerate(
            ArchiveIterator(io.BytesIO(piece), record_types=wanted, auto_decode="all", stream_detect=False)
        ):
            page = _read_page(record, f"{place}+{number}" if number else place)
            if page is not None:
                yield page
    except (OSError, ValueError, EOFError) as error:
        yield Bad(place, f"is no sound WARC record ({' '.join(str(error).split())[:80]})")


def _read_page(record: Any, place: str) -> Raw | Bad | None:
    url = record.headers.get("WARC-Target-URI")
    kind, charset = record.headers.get("Content-Type"), None
    if record.is_http:
        if record.http_headers is None or record.http_headers.status_code != 200:
            return None
        kind, charset = record.http_content_type, record.http_charset
    kind = (kind or "").partition(";")[0].strip().lower()
    if kind not in (*_PAGES, *_TEXTS):
        return None
    data = record.reader.read(LIMITS.file_bytes + 1)
    if len(data) > LIMITS.file_bytes:
        return Bad(place, f"is larger than {LIMITS.file_bytes // 10**6} MB", url)
    return Raw(place=place, data=data, is_html=kind in _PAGES, charset=charset, url=url)
