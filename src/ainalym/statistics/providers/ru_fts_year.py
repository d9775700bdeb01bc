"""Rosstat's yearly workbook after customs (`94itog`): one sheet a year, exports and imports, CIS countries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from ...errors import SourceError
from ..parsed import Parsed, Row
from ..records import Control, Declaration
from .files import FileProvider, load_sheets, normalize_cell, parse_number

MILLION = Decimal(1_000_000)
_FLOWS = {"экспорт": "X", "импорт": "M"}


class RussianYears(FileProvider):
    """Told by its headline and by sheets that are called after years."""

    def fits(self, path: Path) -> bool:
        if path.suffix.lower() not in (".xls", ".xlsx"):
            return False
        sheets = load_sheets(path)
        heads = [str(rows[:4]) for rows in sheets.values()]
        return any("Основные показатели" in h and "Российской Федерации" in h and "ФТС" in h for h in heads)

    def parse(self, paths: Sequence[Path], declaration: Declaration, options: Mapping[str, str]) -> Parsed:
        rows: list[Row] = []
        controls: list[Control] = []
        for path in paths:
            for name, cells in load_sheets(path).items():
                if name.strip().isdigit():
                    if "млн дол" not in str(cells[:4]):
                        raise SourceError("the head names no millions of dollars", place=f"{path.name}, sheet {name}")
                    found, sums = _parse_sheet(cells, int(name), f"{path.name}, sheet {name}")
                    rows += found
                    controls += sums
        if not rows:
            raise SourceError("no sheet of a year has figures", place=str(paths[0]))
        last = max(row.year for row in rows)
        return Parsed(rows=rows, controls=tuple(controls), vintage=dt.date(last + 1, 2, 1),
                      vintage_note="assumed: the February after the last year")  # fmt: skip


def _parse_sheet(cells: Sequence[Sequence[object]], year: int, place: str) -> tuple[list[Row], list[Control]]:
    rows: list[Row] = []
    flow = None
    for line in cells:
        name = normalize_cell(line[0])
        if name.lower() in _FLOWS:
            flow, name = _FLOWS[name.lower()], "Всего"
        if flow is None or not name or not isinstance(line[1], (int, float)):
            continue
        rows.append(Row("RU", flow, name, year, (parse_number(line[1]) or Decimal(0)) * MILLION))
    controls = []
    for direction in ("X", "M"):
        values = {row.partner: row.value for row in rows if row.flow == direction}
        parts = [value for name, value in values.items() if name.startswith("со странами")]
        if len(parts) == 2 and "Всего" in values:
            controls.append(
                Control(f"{place}: CIS and the rest, {direction}", sum(parts, Decimal(0)), values["Всего"], 2 * MILLION)
            )
    return rows, controls


provider = RussianYears()
