"""The narrow door through which official statistics come into checking: a cell in, intervals with their source out."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import NamedTuple, get_args

from ..errors import SourceError
from ..model import Claim, Comparison, Indicator
from .cells import Cell
from .intervals import Interval

COLUMNS = ("indicator", "reporter", "partner", "period", "unit", "value", "source")
_INDICATORS: dict[str, Indicator] = {name: name for name in get_args(Indicator)}
OPTIONAL_COLUMNS = ("product", "vintage", "side", "high")


class Official(NamedTuple):
    """What a statistical office gives for a cell. `side` is the country whose statistics they are."""

    interval: Interval
    source: str
    vintage: str
    side: str | None = None


OfficialOf = Callable[[Cell], Sequence[Official]]
# A claim, what its growth is of where the report tells (USD, t …), the day of the report: what statistics say of it.
CompareOf = Callable[[Claim, str | None, dt.date | None], Comparison]


def parse_official(lines: Iterable[str], *, place: str = "official figures") -> OfficialOf:
    """A function from cells to official figures out of CSV lines with a header.

    Columns: indicator, reporter, partner, period (2023, 2023-Q1, 2023-H1, 2023-04 or two dates joined by a slash),
    unit (USD …), value in base units, source; and, where known, product, vintage, side (whose statistics) and high
    (value is then the lower bound). Wrong lines are an error that names the line.
    """
    rows = csv.DictReader(lines)
    missing = [column for column in COLUMNS if column not in (rows.fieldnames or ())]
    if missing:
        raise SourceError(f"columns missing: {', '.join(missing)}", place=place)
    table: dict[Cell, list[Official]] = {}
    for row in rows:
        try:
            cell, figure = _parse_row({key: (value or "").strip() for key, value in row.items() if key})
        except (ValueError, InvalidOperation) as error:
            raise SourceError(f"{error}", place=f"{place}, line {rows.line_num}") from error
        table.setdefault(cell, []).append(figure)
    return lambda cell: table.get(cell, ())


def _parse_row(row: dict[str, str]) -> tuple[Cell, Official]:
    reporter, partner = row["reporter"], row["partner"]
    a, b = reporter, partner
    if row["indicator"] == "turnover" and b < a:
        a, b = b, a
    start, end = parse_period(row["period"])
    indicator = _INDICATORS.get(row["indicator"])
    if indicator is None:
        raise ValueError(f"no indicator: {row['indicator']!r}; known are {', '.join(_INDICATORS)}")
    cell = Cell(indicator, a, b, row.get("product") or None, row["unit"] or None, start, end)
    low, high = _parse_amount(row["value"]), _parse_amount(row.get("high") or row["value"])
    if low > high:
        raise ValueError(f"high {high} is below value {low}")
    interval = Interval(Fraction(low), Fraction(high))
    return cell, Official(interval, row["source"], row.get("vintage", ""), row.get("side") or reporter)


def _parse_amount(text: str) -> Decimal:
    number = Decimal(text.replace(" ", ""))
    if not number.is_finite() or abs(number.adjusted()) > 40:
        raise ValueError(f"not an amount: {text!r}")
    return number


def parse_period(text: str) -> tuple[dt.date, dt.date]:
    """First and last day of 2023, 2023-Q1, 2023-H2, 2023-04 or 2023-01-01/2023-09-30."""
    if "/" in text:
        start, end = (dt.date.fromisoformat(part.strip()) for part in text.split("/", 1))
        if end < start:
            raise ValueError(f"period {text!r} ends before it starts")
        return start, end
    year, _, part = text.partition("-")
    first, count = 1, 12
    if part[:1] in ("Q", "H"):
        count = 3 if part[0] == "Q" else 6
        first = (int(part[1:]) - 1) * count + 1
    elif part:
        first, count = int(part), 1
    last = first + count - 1
    if not 1 <= first <= last <= 12:
        raise ValueError(f"not a period: {text!r}")
    after = dt.date(int(year) + last // 12, last % 12 + 1, 1)
    return dt.date(int(year), first, 1), after - dt.timedelta(days=1)
