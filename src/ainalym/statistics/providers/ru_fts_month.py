"""Rosstat's monthly workbook after customs (`96stran`): a sheet a flow, a column a partner, a row a month."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from ...errors import SourceError
from ..parsed import Parsed, Row
from ..records import Declaration
from .files import MONTHS_RU, Cell, FileProvider, load_sheets, normalize_cell, parse_number

MILLION = Decimal(1_000_000)
_SHEETS = {"Экспорт": "X", "Импорт": "M"}


class RussianMonths(FileProvider):
    """Told by its two sheets and by months in the first column."""

    def fits(self, path: Path) -> bool:
        if path.suffix.lower() not in (".xls", ".xlsx"):
            return False
        sheets = load_sheets(path)
        return set(_SHEETS) <= set(sheets) and "Российской Федерации" in str(sheets["Экспорт"][:3])

    def parse(self, paths: Sequence[Path], declaration: Declaration, options: Mapping[str, str]) -> Parsed:
        rows: list[Row] = []
        for path in paths:
            sheets = load_sheets(path)
            for name, flow in _SHEETS.items():
                rows += _parse_sheet(sheets[name], flow, f"{path.name}, sheet {name}")
        last = max((row.year, row.month) for row in rows)
        day = dt.date(last[0] + last[1] // 12, last[1] % 12 + 1, 15)
        return Parsed(rows=rows, vintage=day, vintage_note="assumed: the middle of the month after the last one")


def _parse_sheet(cells: Sequence[Sequence[Cell]], flow: str, place: str) -> list[Row]:
    if "млн" not in str(cells[:6]):
        raise SourceError("the head names no millions of dollars", place=place)
    start = next((n for n, line in enumerate(cells) if len([c for c in line if normalize_cell(c)]) > 5), None)
    if start is None:
        raise SourceError("there is no row of partners", place=place)
    partners = [normalize_cell(cell) for cell in cells[start]]
    year, rows = None, []
    for line in cells[start + 1 :]:
        if isinstance(line[0], float):
            year = int(line[0])
        month = MONTHS_RU.get(normalize_cell(line[0]).lower())
        if year is None or month is None:
            continue
        for partner, cell in zip(partners[1:], line[1:], strict=False):
            value = parse_number(cell)
            if partner and value is not None:
                rows.append(Row("RU", flow, partner, year, value * MILLION, month=month, months=1))
    if not rows:
        raise SourceError("no month has figures", place=place)
    return rows


provider = RussianMonths()
