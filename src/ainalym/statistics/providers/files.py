"""Reading tables out of files: xls and xlsx, CSV and TSV with any of the usual encodings, zips."""

from __future__ import annotations

import csv
import datetime as dt
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path

from ...errors import SourceError, UsageError

Cell = str | float | bool | dt.date | dt.time | dt.datetime | dt.timedelta
_NIL = {"", "-", "–", "—", "…", "...", "..", "x", "х", "0.0*"}
_MONTHS = (
    "январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
)  # fmt: skip
MONTHS_RU = {name: place for place, name in enumerate(_MONTHS, 1)}


class FileProvider:
    """A source without a service: its files are downloaded by hand."""

    def list_vintages(self, options: Mapping[str, str]) -> list[tuple[str, dt.date | None]]:
        return []

    def fetch(self, options: Mapping[str, str], folder: Path) -> list[Path]:
        raise UsageError("this source has no service to fetch from: download its file and add it")


def load_sheets(path: Path) -> dict[str, list[list[Cell]]]:
    """All sheets of an xls, xlsx or ods workbook as rows of values; empty cells are ''."""
    try:
        import python_calamine
    except ImportError as error:
        raise UsageError("workbooks need more packages: pip install 'ainalym[statistics]'") from error
    try:
        book = python_calamine.CalamineWorkbook.from_path(str(path))
        return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    except (python_calamine.CalamineError, OSError) as error:
        raise SourceError(f"this workbook is broken or no workbook: {error}", place=str(path)) from error


def load_text(path: Path) -> str:
    """A text file in UTF-8 (with or without a mark), UTF-16 or Windows-1251."""
    data = path.read_bytes()
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1251", errors="strict")


def load_csv(path: Path, *, delimiter: str | None = None) -> Iterator[dict[str, str]]:
    """Rows of a CSV or TSV with a header. Raises SourceError for a row that is cut short."""
    text = load_text(path)
    first = text.partition("\n")[0]
    mark = delimiter or max("\t;,|", key=first.count)
    reader = csv.DictReader(text.splitlines(), delimiter=mark)
    for row in reader:
        if None in row or None in row.values():
            raise SourceError(f"line {reader.line_num} has not as many fields as the header", place=str(path))
        yield row


def normalize_cell(cell: object) -> str:
    """A cell's text with single spaces."""
    return " ".join(str(cell).split())


def parse_number(cell: object) -> Decimal | None:
    """A figure as statistics print it; None for the signs of nothing to report. Raises ValueError.

    A comma is a decimal sign when it stands alone, spaces and apostrophes part thousands.
    """
    if isinstance(cell, bool):
        raise ValueError(f"{cell} is no figure")
    if isinstance(cell, (int, float)):
        return Decimal(repr(cell))
    text = re.sub(r"[\s\u00a0\u202f']", "", str(cell)).rstrip("*")
    if text.lower() in _NIL:
        return None
    if text.count(",") == 1 and "." not in text:
        text = text.replace(",", ".")
    try:
        return Decimal(text.replace(",", ""))
    except InvalidOperation:
        raise ValueError(f"{cell!r} is no figure") from None


def open_zip(path: Path) -> zipfile.ZipFile:
    """A zip whose members all test well. Raises SourceError for a cut or broken one."""
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError) as error:
        raise SourceError(f"the zip is broken or the download was cut: {error}", place=str(path)) from error
    return archive


def find_year(text: str) -> int | None:
    """The first year in a text."""
    found = re.search(r"(?<!\d)(19|20)\d\d(?!\d)", text)
    return int(found[0]) if found else None


def is_headed(path: Path, suffixes: Sequence[str], *words: str) -> bool:
    """Whether a text file has one of the suffixes and its first line holds all the words."""
    if path.suffix.lower() not in suffixes:
        return False
    with path.open("rb") as file:
        head = file.readline(4096).decode("utf-8-sig", errors="replace").casefold()
    return all(word.casefold() in head for word in words)
