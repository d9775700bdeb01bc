"""Any CSV, TSV or workbook, read by a mapping file (TOML) that says what its columns mean.

source = "my-office"            # name of the source in the store
title = "…"; publisher = "…"; licence = "…"; reexport = "no"
unit_mult = 3                   # thousand US dollars
[constants]                     # what is the same in all rows
reporter = "KZ"
[columns]                       # our name = the column's
partner = "partner_iso3"        # reporter, partner, flow, commodity, level, period or year + month, status, qty
period = "year"                 # 2021, 2021-03, 2021-Q1, 01/2021
exports = "export_kusd"         # a column a flow; or value = "…" with flow = "…"
imports = "import_kusd"
[flows]                         # the table's words for exports and imports, when they are a column
"export" = "X"
[skip]                          # rows to leave out, by column and value; counted in the notes
row_type = ["group_or_unmapped"]
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec

from ...errors import SourceError, UsageError
from ..parsed import Parsed, Row
from ..records import Declaration
from .files import FileProvider, load_csv, load_sheets, normalize_cell, parse_number

_PERIOD = re.compile(
    r"(?:(?P<year>\d{4})(?:-?(?:Q(?P<quarter>[1-4])|(?P<month>\d{2})))?|(?P<m2>\d{1,2})/(?P<y2>\d{4}))$"
)
_FLOWS = {
    "x": "X",
    "m": "M",
    "export": "X",
    "import": "M",
    "exports": "X",
    "imports": "M",
    "экспорт": "X",
    "импорт": "M",
}
_DECLARED = ("title", "publisher", "homepage", "licence", "licence_url", "reexport", "rank", "unit_mult", "step",
             "complete", "trade_system", "classification")  # fmt: skip


class TableMapping(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The mapping file."""

    source: str
    columns: dict[str, str]
    constants: dict[str, Any] = {}
    flows: dict[str, str] = {}
    skip: dict[str, list[str]] = {}
    sheet: str | None = None
    vintage: str | None = None
    title: str | None = None
    publisher: str | None = None
    homepage: str | None = None
    licence: str | None = None
    licence_url: str | None = None
    reexport: str | None = None
    rank: int | None = None
    unit_mult: int | None = None
    step: str | None = None
    complete: bool | None = None
    trade_system: str | None = None
    classification: str | None = None


class TableProvider(FileProvider):
    """Never guesses: it reads a file only with a mapping."""

    def fits(self, path: Path) -> bool:
        return False

    def parse(self, paths: Sequence[Path], declaration: Declaration, options: Mapping[str, str]) -> Parsed:
        if "mapping" not in options:
            raise UsageError("a table needs its mapping file: --mapping FILE.toml")
        mapping = load_mapping(Path(options["mapping"]))
        declared = {name: getattr(mapping, name) for name in _DECLARED if getattr(mapping, name) is not None}
        merged = msgspec.convert(
            {**msgspec.to_builtins(declaration), **declared, "id": mapping.source}, Declaration, strict=False
        )
        rows: list[Row] = []
        skipped = 0
        for path in paths:
            for number, line in enumerate(_load_lines(path, mapping.sheet), 2):
                if any(line.get(column) in values for column, values in mapping.skip.items()):
                    skipped += 1
                    continue
                try:
                    rows += _parse_line(line, mapping, Decimal(10) ** merged.unit_mult)
                except (KeyError, ValueError) as error:
                    raise SourceError(f"line {number}: {error}", place=str(path)) from error
        if not rows:
            raise SourceError("there is no figure in it", place=str(paths[0]))
        notes = (f"{skipped} rows were left out by the mapping",) if skipped else ()
        return Parsed(rows=rows, notes=notes, declaration=merged)


def load_mapping(path: Path) -> TableMapping:
    """The mapping of a file. Raises UsageError naming what is wrong in it."""
    try:
        return msgspec.convert(tomllib.loads(path.read_text("utf-8")), TableMapping)
    except (OSError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise UsageError(f"{path}: the mapping cannot be read: {error}") from error


def _load_lines(path: Path, sheet: str | None) -> Iterator[dict[str, str]]:
    if path.suffix.lower() not in (".xls", ".xlsx", ".ods"):
        yield from load_csv(path)
        return
    sheets = load_sheets(path)
    name = sheet or next(iter(sheets))
    if name not in sheets:
        raise UsageError(f"{path} has no sheet {name}; there are: {', '.join(sheets)}")
    head, *rows = sheets[name]
    for row in rows:
        yield {normalize_cell(key): normalize_cell(cell) for key, cell in zip(head, row, strict=False)}


def parse_period(text: str) -> tuple[int, int, int]:
    """(year, first month, months) of a period as statistics write it.

    >>> parse_period("2021"), parse_period("2021-Q2"), parse_period("01/2021")
    ((2021, 1, 12), (2021, 4, 3), (2021, 1, 1))
    """
    found = _PERIOD.match(str(text).strip().removesuffix(".0"))
    if not found:
        raise ValueError(f"{text!r} is no period")
    if found["m2"]:
        return int(found["y2"]), int(found["m2"]), 1
    if found["quarter"]:
        return int(found["year"]), 3 * int(found["quarter"]) - 2, 3
    return int(found["year"]), int(found["month"] or 1), 1 if found["month"] else 12


def _parse_line(line: Mapping[str, str], mapping: TableMapping, unit: Decimal) -> Iterator[Row]:
    def get(name: str, default: Any = None) -> Any:
        column = mapping.columns.get(name)
        return line[column] if column else mapping.constants.get(name, default)

    year, month, months = parse_period(get("period") or get("year"))
    if get("month"):
        month, months = int(get("month")), 1
    months = int(get("months", months))
    for name, flow in (("exports", "X"), ("imports", "M"), ("value", None)):
        if name not in mapping.columns:
            continue
        value = parse_number(line[mapping.columns[name]])
        if value is None:
            continue
        yield Row(
            get("reporter"), flow or _find_flow(get("flow"), mapping), get("partner", "WORLD"), year, value * unit,
            commodity=str(get("commodity", "TOTAL")), level=int(get("level", 0)), month=month, months=months,
            partner_type=get("partner_type"), valuation=get("valuation"), status=get("status", "A"),
        )  # fmt: skip


def _find_flow(word: str, mapping: TableMapping) -> str:
    flow = mapping.flows.get(word) or _FLOWS.get(str(word).strip().lower())
    if not flow:
        raise ValueError(f"{word!r} is no flow: say under [flows] what it means")
    return flow


provider = TableProvider()
