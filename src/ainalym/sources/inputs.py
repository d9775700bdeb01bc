"""What was named on the command line: addresses, standard input, files, folders and patterns, in order."""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from ..errors import SourceError
from .sniff import SUFFIXES, suffix_of

STDIN = "-"


class Input(NamedTuple):
    """One thing to read: `place` is its path, its address or `-`."""

    kind: Literal["file", "url", "stdin"]
    place: str


def show(place: str) -> str:
    """A path as it can be printed on one line and written as UTF-8."""
    plain = os.fsencode(place).decode("utf-8", errors="replace") if not place.isascii() else place
    return re.sub(r"[\x00-\x1f\x7f\u2028\u2029]+", " ", plain)


def _list_folder(path: str) -> list[os.DirEntry[str]] | SourceError:
    try:
        with os.scandir(path) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        return SourceError(f"cannot be listed ({error.strerror}); check its permissions", place=show(path))


def _walk(folder: str) -> Iterator[Input | SourceError]:
    """The files of a folder and the folders below, sorted; hidden ones and links to folders are passed over."""
    waiting, found = [folder], False
    while waiting:
        path = waiting.pop()
        if path != folder and not os.path.isdir(path):
            found = True
            yield Input("file", path)
            continue
        listed = _list_folder(path)
        if isinstance(listed, SourceError):
            found = True
            yield listed
            continue
        waiting.extend(entry.path for entry in reversed(listed) if _is_wanted(entry))
    if not found:
        known = " ".join(sorted(SUFFIXES))
        yield SourceError(f"holds no file that can be read; known are {known}", place=show(folder))


def _is_wanted(entry: os.DirEntry[str]) -> bool:
    if entry.name.startswith("."):
        return False
    if entry.is_dir(follow_symlinks=False):
        return True
    return suffix_of(entry.name) in SUFFIXES and entry.is_file()


def _expand_path(path: str) -> Iterator[Input | SourceError]:
    if os.path.isdir(path):
        yield from _walk(path)
    elif os.path.lexists(path) or not glob.has_magic(path):
        yield Input("file", path)
    else:
        matched = sorted(glob.glob(path, recursive=True))
        for found in matched:
            yield from _walk(found) if os.path.isdir(found) and "**" not in path else _files_only(found)
        if not matched:
            yield SourceError("no file matches this pattern; check it", place=show(path))


def _files_only(path: str) -> Iterator[Input]:
    if not os.path.isdir(path):
        yield Input("file", path)


def expand(inputs: Iterable[str]) -> Iterator[Input | SourceError]:
    """Every single input, lazily and in order; what cannot be one is an error."""
    for place in inputs:
        if place == STDIN:
            yield Input("stdin", place)
        elif re.match(r"(?i)https?://", place):
            yield Input("url", place)
        elif re.match(r"(?i)[a-z][a-z0-9+.-]+://", place):
            yield SourceError("only http:// and https:// addresses are read; give one, or a path", place=show(place))
        elif not place or "\0" in place:
            yield SourceError("is no path; give a file, a folder, an address or -", place=show(place) or "''")
        else:
            yield from _expand_path(place)


def _count_lines(path: str) -> int:
    with open(path, "rb") as stream:
        return sum(1 for line in stream if line.strip())


def count_inputs(inputs: Iterable[str]) -> int | None:
    """How many documents to expect, for a progress bar; None when only reading can tell (standard input, addresses)."""
    total = 0
    for found in expand(inputs):
        if isinstance(found, SourceError):
            continue
        if found.kind != "file":
            return None
        if suffix_of(found.place) in (".jsonl", ".ndjson"):
            try:
                total += _count_lines(found.place)
            except OSError:
                total += 1
        else:
            total += 1
    return total
