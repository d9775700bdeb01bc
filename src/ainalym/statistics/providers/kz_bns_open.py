"""The Kazakh Bureau's open data: exports (element 446905) and imports (446906) by month, one sheet a year.

Three columns a month (tonnes, additional unit, thousand dollars), an asterisk on preliminary months; the first row of
figures is the country's total. Never run against the live service from here; the layout is as described by others, so
only the totals are taken, and the rows by region and product are counted in a note.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from ...errors import SourceError
from ..parsed import Parsed, Row
from ..records import Declaration
from .files import MONTHS_RU, Cell, find_year, load_sheets, normalize_cell, parse_number
from .web import Client

BASE = "https://stat.gov.kz"
ELEMENTS = {"X": "446905", "M": "446906"}
THOUSAND = Decimal(1000)
_TOTAL = "республика казахстан", "республики казахстан"


class KazakhOpenData:
    wait: Callable[[float], None] = staticmethod(time.sleep)

    def fits(self, path: Path) -> bool:
        return path.suffix.lower() == ".xlsx" and any(element in path.name for element in ELEMENTS.values())

    def list_vintages(self, options: Mapping[str, str]) -> list[tuple[str, dt.date | None]]:
        return [(element, None) for element in ELEMENTS.values()]

    def fetch(self, options: Mapping[str, str], folder: Path) -> list[Path]:
        saved = []
        with Client(options.get("base", BASE), wait=self.wait) as client:
            for element in ELEMENTS.values():
                target = folder / f"kz_bns_{element}.xlsx"
                saved.append(client.save(f"/api/iblock/element/{element}/file/ru/", target))
        return saved

    def parse(self, paths: Sequence[Path], declaration: Declaration, options: Mapping[str, str]) -> Parsed:
        rows: list[Row] = []
        left = 0
        for path in paths:
            flow = next((f for f, element in ELEMENTS.items() if element in path.name), options.get("flow"))
            if flow not in ("X", "M"):
                raise SourceError("the name holds no element's number: give --set flow=X or M", place=str(path))
            for name, cells in load_sheets(path).items():
                if (year := find_year(name)) is not None:
                    found, others = _parse_sheet(cells, year, flow, f"{path.name}, sheet {name}")
                    rows += found
                    left += others
        if not rows:
            raise SourceError("no sheet of a year has a row of the country's total", place=str(paths[0]))
        return Parsed(rows=rows, vintage=dt.date.today(), vintage_note="the day of loading",
                      notes=(f"{left} rows by region and product were left",))  # fmt: skip


def _parse_sheet(cells: Sequence[Sequence[Cell]], year: int, flow: str, place: str) -> tuple[list[Row], int]:
    start = next((n for n, line in enumerate(cells) if any(_find_month(cell) for cell in line)), None)
    total = next((n for n, line in enumerate(cells) if any(_is_total(cell) for cell in line)), None)
    if start is None or total is None or "тыс" not in str(cells[start : total + 1]):
        raise SourceError("months, the total or the unit (thousand dollars) are not where they were", place=place)
    rows = []
    for column, cell in enumerate(cells[start]):
        month = _find_month(cell)
        if month is None:
            continue
        # The dollars are the last of the month's three columns.
        value = parse_number(cells[total][column + 2])
        if value is not None:
            status = "P" if "*" in normalize_cell(cell) else "A"
            rows.append(Row("KZ", flow, "WORLD", year, value * THOUSAND, month=month, months=1, status=status))
    return rows, len(cells) - total - 1


def _find_month(cell: Cell) -> int | None:
    return MONTHS_RU.get(normalize_cell(cell).rstrip("*").strip().lower())


def _is_total(cell: Cell) -> bool:
    return normalize_cell(cell).lower() in _TOTAL


provider = KazakhOpenData()
