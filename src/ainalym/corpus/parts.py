"""The plan of a run: sources become files, files become parts, and a part is what one worker does in one go.

Parts depend only on the files and on the size of a part, so that a run that is taken up again has the same ones.
"""

from __future__ import annotations

import glob
import io
import os
import re
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO, Literal, cast

import msgspec

from ..errors import SourceError
from ..sources import SUFFIXES
from ..sources.sniff import suffix_of

PartKind = Literal["warc", "jsonl", "parquet", "files"]

PART_BYTES = 32_000_000
_LEAST_BYTES = 4096
_MOST_FILES = 200
# Few large files are better than many small ones, but a small run should also keep several workers busy.
_BATCHES, _LEAST_TEXTS, _MOST_TEXTS = 16, 10, 2000
_WARC = re.compile(r"\.(?:warc|wet)(?:\.gz)?$", re.IGNORECASE)


class SourceFile(msgspec.Struct, frozen=True):
    """A file of the input; `stamp` tells whether it is still the same one."""

    path: str
    size: int
    stamp: str


class Part(msgspec.Struct, frozen=True):
    """A piece of the input: bytes `[start, stop)` of a file, groups of rows `[start, stop)`, or whole small files."""

    number: int
    kind: PartKind
    path: str = ""
    start: int = 0
    stop: int = 0
    paths: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return name_part(self.number)


class Batch(msgspec.Struct, frozen=True):
    """Neighbouring parts whose texts are read in one go and written into files of their own, called by the first."""

    parts: tuple[int, ...]

    @property
    def name(self) -> str:
        return name_part(self.parts[0])


def name_part(number: int) -> str:
    """What the files of a part are called."""
    return f"part-{number:06}"


def open_file(path: str) -> BinaryIO:
    """A local file or one behind an address (s3://), open for reading at any place."""
    if "://" not in path:
        return open(path, "rb")
    system, inner = _open_system(path)
    return io.BufferedReader(system.open_input_file(inner), 1 << 20)


def _open_system(path: str) -> tuple[Any, str]:
    import pyarrow as pa
    from pyarrow import fs

    try:
        return cast(tuple[Any, str], fs.FileSystem.from_uri(path))
    except (pa.ArrowException, OSError) as error:
        raise SourceError(f"cannot be reached ({error})", place=path) from None


# -- files ------------------------------------------------------------------------------------------------------------


def find_files(sources: Iterable[str]) -> list[SourceFile]:
    """The files of paths, folders, patterns and addresses, each once, in order; SourceError for what is not there."""
    found: dict[str, SourceFile] = {}
    for source in sources:
        files = list(_find_remote(source) if "://" in source else _find_local(source))
        if not files:
            raise SourceError(
                "holds no file that is read (WARC, Parquet, JSON lines, HTML, text, PDF, DOCX)", place=source
            )
        for file in files:
            found.setdefault(file.path, file)
    return sorted(found.values(), key=lambda file: file.path)


def _find_local(source: str) -> Iterator[SourceFile]:
    if os.path.isdir(source):
        for folder, _, names in os.walk(source):
            yield from (_stat(os.path.join(folder, name)) for name in names if _is_read(name))
    elif os.path.exists(source):
        yield _stat(source)
    else:
        paths = [path for path in glob.glob(source, recursive=True) if os.path.isfile(path)]
        if not paths:
            raise SourceError("does not exist; check the path", place=source)
        yield from (_stat(path) for path in paths)


def _stat(path: str) -> SourceFile:
    status = os.stat(path)
    return SourceFile(path, status.st_size, str(status.st_mtime_ns))


def _find_remote(source: str) -> Iterator[SourceFile]:
    """Files behind an address: one file, all under a folder, or those that fit a pattern."""
    from pyarrow import fs

    scheme = source.partition("://")[0]
    steady = re.split(r"[*?\[]", source)[0]
    is_pattern = steady != source
    system, inner = _open_system(steady.rpartition("/")[0] if is_pattern else source)
    try:
        info = system.get_file_info(inner)
        listed = (
            [info] if info.type == fs.FileType.File else system.get_file_info(fs.FileSelector(inner, recursive=True))
        )
    except OSError as error:
        raise SourceError(f"cannot be listed ({error})", place=source) from None
    wanted = re.compile(glob.translate(source, recursive=True)) if is_pattern and hasattr(glob, "translate") else None
    for info in listed:
        path = f"{scheme}://{info.path}"
        fits = _fits(path, source, wanted) if is_pattern else info.path == inner or _is_read(info.base_name)
        if info.type == fs.FileType.File and fits:
            yield SourceFile(path, info.size, str(info.mtime_ns))


def _fits(path: str, pattern: str, wanted: re.Pattern[str] | None) -> bool:
    if wanted:
        return bool(wanted.match(path))
    from fnmatch import fnmatchcase

    return fnmatchcase(path, pattern)


def _is_read(name: str) -> bool:
    return bool(_WARC.search(name)) or name.lower().endswith(".parquet") or suffix_of(name) in SUFFIXES


# -- parts ------------------------------------------------------------------------------------------------------------


def plan_parts(files: list[SourceFile], *, partitions: int | None = None) -> list[Part]:
    """The parts of the files: `partitions` of them more or less, else so that each is some 32 MB."""
    total = sum(file.size for file in files)
    size = max(_LEAST_BYTES, -(-total // partitions)) if partitions else PART_BYTES
    parts: list[Part] = []
    small: list[SourceFile] = []
    for file in files:
        kind = _find_kind(file.path)
        if kind == "files":
            small.append(file)
        elif kind == "parquet":
            parts += _cut_parquet(file, size)
        else:
            parts += [
                Part(0, kind, file.path, start, min(start + size, file.size))
                for start in range(0, max(file.size, 1), size)
            ]
    parts += _gather(small, size)
    return [msgspec.structs.replace(part, number=number) for number, part in enumerate(parts)]


def _find_kind(path: str) -> PartKind:
    if _WARC.search(path):
        return "warc"
    if path.lower().endswith(".parquet"):
        return "parquet"
    return "jsonl" if suffix_of(path) in (".jsonl", ".ndjson") else "files"


def _cut_parquet(file: SourceFile, size: int) -> Iterator[Part]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with open_file(file.path) as stream:
            footer = pq.ParquetFile(stream).metadata
            sizes = [footer.row_group(number).total_byte_size for number in range(footer.num_row_groups)]
    except (pa.ArrowException, OSError):
        # The part says what is wrong with the file, and goes to what was skipped.
        yield Part(0, "parquet", file.path, 0, 1)
        return
    start = gathered = 0
    for number, one in enumerate(sizes):
        gathered += one
        if gathered >= size or number == len(sizes) - 1:
            yield Part(0, "parquet", file.path, start, number + 1)
            start, gathered = number + 1, 0


def _gather(files: list[SourceFile], size: int) -> Iterator[Part]:
    paths: list[str] = []
    gathered = 0
    for file in files:
        paths.append(file.path)
        gathered += file.size
        if gathered >= size or len(paths) >= _MOST_FILES:
            yield Part(0, "files", paths=tuple(paths))
            paths, gathered = [], 0
    if paths:
        yield Part(0, "files", paths=tuple(paths))


def plan_batches(texts: Iterable[tuple[Part, int]]) -> list[Batch]:
    """The parts gathered into batches of up to some thousands of texts; depends on the numbers alone."""
    counted = list(texts)
    size = min(max(sum(count for _, count in counted) // _BATCHES, _LEAST_TEXTS), _MOST_TEXTS)
    batches: list[Batch] = []
    numbers: list[int] = []
    gathered = 0
    for part, count in counted:
        numbers.append(part.number)
        gathered += count
        if gathered >= size:
            batches.append(Batch(tuple(numbers)))
            numbers, gathered = [], 0
    return [*batches, Batch(tuple(numbers))] if numbers else batches
