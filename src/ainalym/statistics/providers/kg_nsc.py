"""Kyrgyzstan's tables 4.03.00.18 (exports) and 4.03.00.20 (imports): names in three languages, a column a year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import msgspec

from ...errors import SourceError
from ..areas import find_area, is_aggregate
from ..parsed import Parsed, Row
from ..records import Control, Declaration
from .files import Cell, FileProvider, load_sheets, normalize_cell, parse_number

THOUSAND = Decimal(1000)
_TABLES = {"4.03.00.18": "X", "4.03.00.20": "M"}


class KyrgyzCommittee(FileProvider):
    """Told by the number of the table in the first cell."""

    def fits(self, path: Path) -> bool:
        if path.suffix.lower() not in (".xls", ".xlsx"):
            return False
        return any(_find_flow(rows) for rows in load_sheets(path).values())

    def parse(self, paths: Sequence[Path], declaration: Declaration, options: Mapping[str, str]) -> Parsed:
        rows: list[Row] = []
        controls: list[Control] = []
        notes: list[str] = []
        for path in paths:
            for name, cells in load_sheets(path).items():
                if flow := _find_flow(cells):
                    found, sums = _parse_sheet(cells, flow, f"{path.name}, sheet {name}", notes)
                    rows += found
                    controls += sums
        last = max(row.year for row in rows)
        return Parsed(rows=rows, controls=tuple(controls), notes=tuple(notes), vintage=dt.date(last + 1, 8, 1),
                      vintage_note="assumed: the August after the last year")  # fmt: skip


def _find_flow(cells: Sequence[Sequence[Cell]]) -> str | None:
    head = str(cells[0][:3]) if cells else ""
    return next((flow for table, flow in _TABLES.items() if table in head), None)


def _parse_sheet(
    cells: Sequence[Sequence[Cell]], flow: str, place: str, notes: list[str]
) -> tuple[list[Row], list[Control]]:
    start = next((n for n, line in enumerate(cells) if len(line) > 5 and isinstance(line[3], float)), None)
    if start is None or "тыс. долларов" not in str(cells[:start]):
        raise SourceError("the head names no years or no thousands of dollars", place=place)
    years = {column: int(cell) for column, cell in enumerate(cells[start]) if isinstance(cell, float)}
    rows: list[Row] = []
    sums = dict.fromkeys(years.values(), Decimal(0))
    printed: dict[int, Decimal] = {}
    groups: set[str] = set()
    for line in cells[start + 1 :]:
        name = normalize_cell(line[1])
        if not name:
            continue
        code = find_area(name)
        if code and is_aggregate(code):
            if code in groups:
                notes.append(f"{place}: a second row of the group {name} was left out, the first one counts")
                continue
            groups.add(code)
        for column, year in years.items():
            value = parse_number(line[column])
            if value is None:
                continue
            rows.append(Row("KG", flow, name, year, value * THOUSAND))
            if code == "WORLD":
                printed[year] = value * THOUSAND
            elif not (code and is_aggregate(code)):
                sums[year] += value * THOUSAND
    return rows, _make_controls(sums, printed, place)


def _make_controls(sums: Mapping[int, Decimal], printed: Mapping[int, Decimal], place: str) -> list[Control]:
    """The committee keeps some partners back (gold in 2021 is 40 % of exports), so a year may be open; not a third."""
    controls = [
        Control(f"{place}: sum of countries in {year}", sums[year], total, Decimal(50_000), strict=False)
        for year, total in printed.items()
    ]
    cut = sum(abs(c.got - c.printed) > c.printed / 100 for c in controls) * 3 > len(controls)
    return [msgspec.structs.replace(control, strict=cut) for control in controls]


provider = KyrgyzCommittee()
