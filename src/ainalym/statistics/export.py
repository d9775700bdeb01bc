"""Writing results out: table, JSON, CSV, SDMX-CSV 2.0 and Parquet, where the sources' licences allow it."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import UsageError
from .records import Manifest

if TYPE_CHECKING:
    import duckdb

FORMATS = ("table", "json", "csv", "sdmx-csv", "parquet")
STRUCTURE_ID = "AINALYM:TRADE(1.0)"
# The lean subset of UNSD's IMTS structure: dimensions, the measure, attributes.
SDMX_COLUMNS = (
    "FREQ", "REF_AREA", "TRADE_FLOW", "COMMODITY", "COUNTERPART_AREA", "PARTNER_TYPE", "MEASURE", "TIME_PERIOD",
    "OBS_VALUE", "OBS_STATUS", "UNIT_MULT", "UNIT_MEASURE", "VALUATION", "TRADE_SYSTEM", "MONTHS", "SOURCE", "VINTAGE",
)  # fmt: skip

Rows = Sequence[Mapping[str, Any]]


def check_reexport(manifests: Iterable[Manifest], *, internal: bool = False) -> list[str]:
    """What to say of the sources when their figures leave the program; lines of credit and of doubt.

    Raises UsageError for a source whose licence forbids it, unless the output stays inside the organisation.
    """
    lines = []
    for m in {m.source: m for m in manifests}.values():
        d = m.declaration
        if m.reexport == "no" and not internal:
            raise UsageError(
                f"{d.publisher} forbids passing its figures on ({m.source}: {d.licence}). "
                "They can be looked at as a table; --internal-use writes them for use inside your organisation"
            )
        if m.reexport in ("attribution", "yes"):
            lines.append(f"Source: {d.publisher}, {d.title}, {m.vintage} ({d.licence})")
        elif m.reexport == "unstated":
            lines.append(f"{m.source}: {d.licence}; ask {d.publisher} before publishing its figures further")
    return lines


def plain(value: Any) -> Any:
    """A value as JSON and CSV carry it."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, dt.date) else value


def write_rows(rows: Rows, form: str, out: Path | None) -> str:
    """Rows in a format; text to show, or the file written when `out` is given. Parquet needs `out`."""
    if form == "parquet":
        return _write_parquet(rows, out)
    if form == "json":
        text = json.dumps([{k: plain(v) for k, v in row.items()} for row in rows], ensure_ascii=False, indent=1)
    elif form in ("csv", "sdmx-csv"):
        text = _make_csv(rows)
    else:
        text = make_table(rows)
    if out:
        out.write_text(text + "\n", encoding="utf-8")
        return ""
    return text


def _write_parquet(rows: Rows, out: Path | None) -> str:
    if out is None:
        raise UsageError("Parquet goes to a file: give --out FILE.parquet")
    import pyarrow as pa
    import pyarrow.parquet as pq

    pq.write_table(pa.Table.from_pylist([{k: plain(v) for k, v in row.items()} for row in rows]), str(out))
    return ""


def _make_csv(rows: Rows) -> str:
    buffer = io.StringIO()
    names = list(rows[0]) if rows else []
    writer = csv.DictWriter(buffer, names, lineterminator="\n")
    writer.writeheader()
    writer.writerows([{k: "" if v is None else plain(v) for k, v in row.items()} for row in rows])
    return buffer.getvalue().rstrip("\n")


def make_table(rows: Rows) -> str:
    """Rows as aligned text: amounts in millions of dollars, fractions with four digits."""
    if not rows:
        return "(nothing)"
    names = list(rows[0])
    cells = [[_show(row[name]) for name in names] for row in rows]
    widths = [max(len(name), *(len(line[n]) for line in cells)) for n, name in enumerate(names)]
    numeric = [all(isinstance(row[name], (int, float, Decimal, type(None))) for row in rows) for name in names]
    lines = ["  ".join(_pad(n, w, r) for n, w, r in zip(names, widths, numeric, strict=True))]
    lines += ["  ".join(_pad(c, w, r) for c, w, r in zip(line, widths, numeric, strict=True)) for line in cells]
    return "\n".join(line.rstrip() for line in lines)


def _pad(text: str, width: int, right: bool) -> str:
    return text.rjust(width) if right else text.ljust(width)


def _show(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        return str(value)
    if abs(float(value)) >= 100_000:
        return f"{float(value) / 1_000_000:,.1f} mln"
    return str(value) if isinstance(value, int) else f"{float(value):.4g}"


def find_observations(con: duckdb.DuckDBPyConnection, where: str = "true") -> Rows:
    """Observations of the newest vintages as SDMX-CSV 2.0 rows: all columns of the structure, no code left out."""
    columns = ", ".join(f"{name.lower()} AS {name}" for name in SDMX_COLUMNS)
    found = con.execute(
        f"SELECT 'dataflow' AS STRUCTURE, '{STRUCTURE_ID}' AS STRUCTURE_ID, 'I' AS ACTION, {columns} FROM latest "
        f"WHERE {where} ORDER BY {', '.join(str(n) for n in range(4, 12))}, source"
    )
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
