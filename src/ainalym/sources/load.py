"""From what was named to documents: one input after the other; what cannot be read is an error among the documents."""

from __future__ import annotations

import datetime as dt
import os
import stat
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO

import msgspec

from ..errors import SourceError
from ..model import Document
from .content import Content, make_document
from .inputs import Input, expand, show
from .jsonl import read_records, split_json, split_stream
from .limits import Limits, say_size
from .sniff import Format, find_format, suffix_of
from .text import read_text

if TYPE_CHECKING:
    from .feeds import Entry
    from .web import Fetched

Loaded = Iterator[Document | SourceError]


class _Loader:
    """The settings of one call, and the names it has given out."""

    def __init__(
        self, limits: Limits, published: dt.date | None, allow_private: bool, whole_names: bool = False
    ) -> None:
        self.whole_names = whole_names
        self.limits = limits
        self.published = published
        self.allow_private = allow_private
        self._names: set[str] = set()

    # -- names

    def name(self, path: str) -> str:
        """The file's name; its path where another file of that name came before. Its whole path if so asked."""
        if self.whole_names:
            return self._whole(path)
        base, number = show(os.path.basename(path)), 1
        for candidate in (base, show(path)):
            if candidate not in self._names:
                break
        while candidate in self._names:
            number += 1
            candidate = f"{show(path)}#{number}"
        self._names.add(candidate)
        return candidate

    def _whole(self, path: str) -> str:
        return show(path if path == "stdin" or "://" in path else os.path.abspath(path))

    def _read_records(self, lines: Iterable[bytes] | Iterable[msgspec.Raw], place: str) -> Loaded:
        whole = self._whole(place) if self.whole_names else None
        yield from read_records(lines, place=show(place), limits=self.limits, published=self.published, whole=whole)

    # -- bytes

    def _read_content(self, data: bytes, kind: Format, url: str | None, charset: str | None) -> Content:
        # A reader is imported when its format comes: most runs need one or two of them, and start sooner.
        if kind == "pdf":
            from .pdf import read_pdf

            return read_pdf(data, self.limits)
        if kind == "docx":
            from .docx import read_docx

            return read_docx(data, self.limits)
        if kind == "html":
            from .html import read_html

            return read_html(data, url=url, declared=charset)
        return read_text(data, declared=charset)

    def read(self, data: bytes, *, place: str, name: str, found: Fetched | None = None, nested: bool = False) -> Loaded:
        """The documents of one file or answer; `nested` when a feed listed it, where no further feed is followed."""
        if not data.strip(b"\0 \t\r\n"):
            raise SourceError("is empty; nothing to read in it", kind="empty")
        url = found.url if found else None
        kind = find_format(data, url or place)
        if kind == "json":
            yield from self._read_records(split_json(data), place)
        elif kind in ("feed", "sitemap"):
            if nested:
                raise SourceError("is a feed or a site map, listed in another one; give it by itself", kind="format")
            yield from self._follow(self.list_pages(data, kind, url), place=show(place))
        else:
            content = self._read_content(data, kind, url, found.charset if found else None)
            if url and content.url is None:
                content = msgspec.structs.replace(content, url=url)
            yield make_document(content, name=name, limits=self.limits, published=self.published)

    # -- files and standard input

    def _open(self, path: str) -> BinaryIO:
        try:
            return open(path, "rb")
        except FileNotFoundError:
            raise SourceError("does not exist; check the path") from None
        except PermissionError:
            raise SourceError("may not be read; check its permissions") from None
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else str(error)
            raise SourceError(f"cannot be opened ({reason}); check the path") from None

    def _read_bounded(self, stream: BinaryIO, first: bytes = b"") -> bytes:
        most = self.limits.file_bytes
        try:
            data = first + stream.read(most + 1 - len(first))
        except OSError as error:
            raise SourceError(f"cannot be read ({error.strerror}); check the disk and the path") from None
        if len(data) > most:
            raise SourceError(f"is larger than {say_size(most)}; give the part to read, or JSON lines")
        return data

    def read_file(self, path: str) -> Loaded:
        """A file; one of JSON lines may be of any size, for only one line of it is in memory."""
        with self._open(path) as stream:
            status = os.fstat(stream.fileno())
            if stat.S_ISDIR(status.st_mode):
                raise SourceError("is a folder; give its path without a pattern")
            if suffix_of(path) in (".jsonl", ".ndjson"):
                yield from self._read_lines(stream, path)
                return
            if stat.S_ISREG(status.st_mode) and status.st_size > self.limits.file_bytes:
                raise SourceError(f"is larger than {say_size(self.limits.file_bytes)}; give the part to read")
            data = self._read_bounded(stream)
        yield from self.read(data, place=path, name=self.name(path))

    def _read_lines(self, stream: BinaryIO, place: str, first: bytes = b"") -> Loaded:
        first = first or stream.readline(self.limits.file_bytes + 1)
        if not first:
            raise SourceError("is empty; nothing to read in it", kind="empty")
        find_format(first, place)  # refuses what is known to be no text
        yield from self._read_records(split_stream(stream, self.limits, first), place)

    def read_stdin(self, stream: BinaryIO) -> Loaded:
        """Standard input, sniffed: JSON lines are read one by one, everything else whole."""
        first = stream.readline(self.limits.file_bytes + 1)
        if first.startswith((b"{", b"\xef\xbb\xbf{")) and first.rstrip().endswith(b"}"):
            yield from self._read_lines(stream, "stdin", first)
            return
        yield from self.read(self._read_bounded(stream, first), place="stdin", name=self.name("stdin"))

    # -- the web

    def read_url(self, url: str, *, nested: bool = False) -> Loaded:
        """A page, a document, a feed or a site map by its address."""
        from .web import fetch

        found = fetch(url, limits=self.limits, allow_private=self.allow_private)
        yield from self.read(self.unpack(found), place=show(url), name=show(url), found=found, nested=nested)

    def unpack(self, found: Fetched) -> bytes:
        """The bytes of an answer; those of a packed site map unpacked."""
        if not (found.data.startswith(b"\x1f\x8b") and suffix_of(found.url) == ".gz"):
            return found.data
        from .feeds import unpack_gzip

        return unpack_gzip(found.data, self.limits)

    def list_pages(self, data: bytes, kind: Format, url: str | None) -> Iterator[Entry]:
        """The pages of a feed or a site map."""
        from .feeds import read_feed

        return iter(read_feed(data, url=url)) if kind == "feed" else self._list_pages(data)

    def _list_pages(self, data: bytes) -> Iterator[Entry]:
        """The pages of a site map; of an index, those of the site maps that it lists, each fetched when reached."""
        from .feeds import read_sitemap, unpack_gzip
        from .web import fetch

        waiting = deque(read_sitemap(data))
        for _ in range(10 * self.limits.entries):
            if not waiting:
                return
            entry = waiting.popleft()
            if not entry.is_list:
                yield entry
                continue
            found = fetch(entry.url, limits=self.limits, allow_private=self.allow_private)
            plain = unpack_gzip(found.data, self.limits) if found.data.startswith(b"\x1f\x8b") else found.data
            # A list in a list is legal only once: what goes deeper is left out.
            waiting.extendleft(reversed([inner for inner in read_sitemap(plain) if not inner.is_list]))

    def _follow(self, entries: Iterator[Entry], place: str) -> Loaded:
        for number, entry in enumerate(entries):
            if number >= self.limits.entries:
                most = self.limits.entries
                yield SourceError(
                    f"lists more than {most} pages; the first {most} are read, raise the limit", place=place
                )
                return
            for loaded in guard(self.read_url(entry.url, nested=True), entry.url):
                yield _complete(loaded, entry) if isinstance(loaded, Document) else loaded


def list_entries(found: Fetched, *, limits: Limits = Limits(), allow_private: bool = False) -> list[Entry]:  # noqa: B008
    """The pages that a fetched feed or site map lists; a SourceError where it is neither, or broken."""
    loader = _Loader(limits, None, allow_private)
    data = loader.unpack(found)
    kind = find_format(data, found.url)
    if kind not in ("feed", "sitemap"):
        raise SourceError("is neither a feed nor a site map; add pages themselves with `ainalym add`", place=found.url)
    return list(islice(loader.list_pages(data, kind, found.url), limits.entries))


def load_entry(entry: Entry, *, limits: Limits = Limits(), allow_private: bool = False) -> Loaded:  # noqa: B008
    """The documents of a page that a feed lists, with what the feed says of it."""
    loader = _Loader(limits, None, allow_private, whole_names=True)
    for loaded in guard(loader.read_url(entry.url, nested=True), entry.url):
        yield _complete(loaded, entry) if isinstance(loaded, Document) else loaded


def _complete(document: Document, entry: Entry) -> Document:
    """The page's own metadata stand first; what it lacks comes from the feed."""
    return msgspec.structs.replace(
        document,
        title=document.title or entry.title,
        published=entry.published or document.published,
        lang=document.lang or entry.lang,
    )


def guard(loaded: Loaded, place: str) -> Loaded:
    """What an input gives, and in the end its error; the one place where foreign errors are mapped."""
    try:
        yield from loaded
    except SourceError as error:
        error.place = error.place or show(place)
        yield error
    except MemoryError:
        yield SourceError("does not fit into memory; give a smaller part of it", kind="large", place=show(place))
    except Exception as error:  # a reader of a format met what it did not expect
        kind = type(error).__name__
        yield SourceError(f"cannot be read ({kind}); save it in another format, and report this", place=show(place))


def _load_one(loader: _Loader, found: Input, stdin: BinaryIO | None) -> Loaded:
    if found.kind == "url":
        return loader.read_url(found.place)
    if found.kind == "file":
        return loader.read_file(found.place)
    if stdin is None:
        import sys

        stdin = sys.stdin.buffer
    return loader.read_stdin(stdin)


def load_documents(
    inputs: Iterable[str],
    *,
    limits: Limits = Limits(),  # noqa: B008 - frozen
    published: dt.date | None = None,
    allow_private: bool = False,
    stdin: BinaryIO | None = None,
    whole_names: bool = False,
) -> Loaded:
    """The documents of paths, folders, patterns, web addresses and `-`, lazily and in order.

    An input that cannot be read gives a SourceError in its place, on one line with what to do, and the others go on;
    nothing else is ever raised for an input. `published` is the day of texts that name none; `allow_private` lets
    addresses of the own network be fetched; `stdin` stands for `-` (default: standard input); with `whole_names`
    documents are called by their whole paths.
    """
    loader = _Loader(limits, published, allow_private, whole_names)
    for found in expand(inputs):
        if isinstance(found, SourceError):
            yield found
        else:
            yield from guard(_load_one(loader, found, stdin), "stdin" if found.kind == "stdin" else found.place)


def load_bytes(
    data: bytes,
    name: str,
    *,
    limits: Limits = Limits(),  # noqa: B008 - frozen
    published: dt.date | None = None,
) -> Loaded:
    """The documents of a file that is already in memory (an upload); `name` is its file name. Nothing is fetched."""
    loader = _Loader(limits, published, allow_private=False)
    if len(data) > limits.file_bytes:
        yield SourceError(
            f"is larger than {say_size(limits.file_bytes)}; give the part to read", kind="large", place=show(name)
        )
        return
    yield from guard(loader.read(data, place=show(name), name=loader.name(name), nested=True), name)
