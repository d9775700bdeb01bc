"""The Kazakh Bureau's yearly workbook: one sheet a year; turnover, exports and imports by country."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from ...errors import SourceError
from ..areas import find_area, is_aggregate
from ..parsed import Parsed, Row
from ..records import Control, Declaration
from .files import MONTHS_RU, Cell, FileProvider, find_year, load_sheets, normalize_cell, parse_number

THOUSAND = Decimal(1000)
# The Bureau's rounding: a total may differ from its parts by half the last printed digit of each row.
ROUNDING = Decimal(100_000)
_UNITS = {"тыс": Decimal(1000), "млн": Decimal(1_000_000)}
_PART = re.compile(r"январь\s*[-–—]\s*([а-я]+)", re.IGNORECASE)
_PUBLISHED = re.compile(r"Дата опубликования:\s*(\d\d)\.(\d\d)\.(\d{4})")


class KazakhBureau(FileProvider):
    """`bns_kz_by_country_YYYY.xls` and their like, told by their headline."""

    def fits(self, path: Path) -> bool:
        if path.suffix.lower() not in (".xls", ".xlsx"):
            return False
        return any(_is_table(rows) for rows in load_sheets(path).values())

    def parse(self, paths: Sequence[Path], declaration: Declaration, options: Mapping[str, str]) -> Parsed:
        rows: list[Row] = []
        controls: list[Control] = []
        vintage, years = None, []
        for path in paths:
            sheets = load_sheets(path)
            vintage = vintage or _find_published(sheets)
            for name, cells in sheets.items():
                if _is_table(cells):
                    found, sums, year = _parse_sheet(cells, f"{path.name}, sheet {name}")
                    rows += found
                    controls += sums
                    years.append(year)
        if not rows:
            raise SourceError("no sheet holds the table of countries", place=str(paths[0]))
        note = "the date of publication that the file names"
        if vintage is None:
            vintage, note = dt.date(max(years) + 1, 7, 25), "assumed: the yearly file comes out on 25 July"
        return Parsed(rows=rows, controls=tuple(controls), vintage=vintage, vintage_note=note)


def _is_table(rows: Sequence[Sequence[Cell]]) -> bool:
    head = " ".join(normalize_cell(cell) for row in rows[:8] for cell in row)
    return "внешней торговли Республики Казахстан" in head and "Товарооборот" in head


def _find_published(sheets: Mapping[str, Sequence[Sequence[Cell]]]) -> dt.date | None:
    for rows in sheets.values():
        for row in rows[:20]:
            if found := _PUBLISHED.search(" ".join(map(str, row))):
                day, month, year = map(int, found.groups())
                return dt.date(year, month, day)
    return None


def _parse_sheet(cells: Sequence[Sequence[Cell]], place: str) -> tuple[list[Row], list[Control], int]:
    head = " ".join(normalize_cell(cell) for row in cells[:8] for cell in row)
    year = find_year(head)
    unit = next((size for word, size in _UNITS.items() if f"{word}. дол" in head or f"{word} дол" in head), None)
    if year is None or unit is None:
        raise SourceError("the head names no year or no unit", place=place)
    part = _PART.search(head)
    months = MONTHS_RU.get(part[1].lower(), 12) if part else 12
    rows: list[Row] = []
    sums = {"T": Decimal(0), "X": Decimal(0), "M": Decimal(0)}
    printed: dict[str, Decimal] = {}
    controls = []
    for line in cells:
        name = normalize_cell(line[0])
        if not name or not isinstance(line[1], (int, float)):
            continue
        figures = {"T": line[1], "X": line[3], "M": line[5]}
        values = {flow: (parse_number(cell) or Decimal(0)) * unit for flow, cell in figures.items()}
        code = find_area(name)
        if code == "WORLD":
            printed = values
        elif not (code and is_aggregate(code)):
            sums = {flow: sums[flow] + value for flow, value in values.items()}
        gap = f"{place}: exports + imports of {name}"
        controls.append(Control(gap, values["X"] + values["M"], values["T"], Decimal(200)))
        rows += [Row("KZ", flow, name, year, values[flow], months=months) for flow in ("X", "M")]
    for flow, value in printed.items():
        controls.append(Control(f"{place}: sum of countries, {flow}", sums[flow], value, ROUNDING))
    if not printed:
        raise SourceError("the row of the total is missing, so the file may be cut", place=place)
    return rows, controls, year


provider = KazakhBureau()
