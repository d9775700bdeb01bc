"""Armenia's table: exports, imports by consignment and by origin, by country and month, with a row a year."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from ..parsed import Parsed, Row
from ..records import Control, Declaration
from .files import FileProvider, is_headed, load_csv, parse_number

THOUSAND = Decimal(1000)
# One partner a period has no name; it belongs to the total all the same.
NO_NAME = "(row without a name)"
_COLUMNS = {"export": ("X", "DEST"), "import_consigment": ("M", "CONSIGN"), "import_origin": ("M", "ORIGIN")}


class ArmenianCommittee(FileProvider):
    """Told by its columns country, export, import_consigment, import_origin."""

    def fits(self, path: Path) -> bool:
        return is_headed(path, (".csv",), "country", "import_consigment", "import_origin", "timeperiod")

    def parse(self, paths: Sequence[Path], declaration: Declaration, options: Mapping[str, str]) -> Parsed:
        lines = [line for path in paths for line in load_csv(path)]
        last_month: dict[int, int] = defaultdict(int)
        for line in lines:
            if line["timeperiod"] != "Year":
                year = int(line["year"])
                last_month[year] = max(last_month[year], int(line["timeperiod"]))
        rows = [row for line in lines for row in _parse_line(line, last_month)]
        last = max((year, month) for year, month in last_month.items())
        day = dt.date(last[0] + last[1] // 12, last[1] % 12 + 1, 28)
        part = {year: month for year, month in last_month.items() if month < 12}
        notes = tuple(f"{year} ends with month {month}: its yearly rows are part years" for year, month in part.items())
        return Parsed(rows=rows, controls=_make_controls(rows), notes=notes, vintage=day,
                      vintage_note="assumed: the end of the month after the last one")  # fmt: skip


def _parse_line(line: Mapping[str, str], last_month: Mapping[int, int]) -> list[Row]:
    year, period = int(line["year"]), line["timeperiod"]
    month, months = (1, last_month[year]) if period == "Year" else (int(period), 1)
    rows = []
    for column, (flow, principle) in _COLUMNS.items():
        value = parse_number(line[column])
        if value is not None:
            partner = line["country"].strip() or NO_NAME
            rows.append(Row("AM", flow, partner, year, value * THOUSAND, month=month, months=months,
                            partner_type=principle))  # fmt: skip
    return rows


def _make_controls(rows: Sequence[Row]) -> tuple[Control, ...]:
    """Months add up to the year, over all countries; a printed figure is rounded to 0.1 thousand."""
    by_month: dict[tuple[int, str, str], Decimal] = defaultdict(Decimal)
    by_year: dict[tuple[int, str, str], Decimal] = defaultdict(Decimal)
    count: dict[tuple[int, str, str], int] = defaultdict(int)
    for row in rows:
        key = (row.year, row.flow, row.partner_type or "")
        if row.months == 1:
            by_month[key] += row.value
            count[key] += 1
        else:
            by_year[key] += row.value
    return tuple(
        Control(f"months of {key[0]}, {key[1]} by {key[2]}", by_month[key], by_year[key], Decimal(50) * count[key])
        for key in by_year
    )


provider = ArmenianCommittee()
