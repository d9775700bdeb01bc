"""One chunk of a load as Parquet: its facts, and the sums that the screens read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from .parsed import Parsed
from .views import FACT, PAIR, quote

if TYPE_CHECKING:
    import duckdb

MANY_REPORTERS = 12
# A screen asks for one country: of sums in so small groups of rows it reads little besides.
SMALL_GROUP = 8_192
Coverage = set[tuple[str, int, int]]


def write_chunk(con: duckdb.DuckDBPyConnection, staged: Path, name: str, parsed: Parsed) -> tuple[int, Coverage]:
    """Write the table `chunk` into the folder of a load; gives its rows and what it covers (reporter, months, year)."""
    months = str(parsed.constants.get("months", "months"))
    groups = con.execute(f"SELECT ref_area, year, {months}, count(*) FROM chunk GROUP BY ALL").fetchall()
    many = len({ref_area for ref_area, *_ in groups}) > MANY_REPORTERS
    coverage = {("*" if many else ref_area, length, year) for ref_area, year, length, _ in groups}
    file_keys = {("ALL" if many else ref_area, year) for ref_area, year, *_ in groups}
    order = "" if parsed.chunks else " ORDER BY ref_area, trade_flow, counterpart_area, commodity, month"
    prefix = f"{name}-" if parsed.chunks else ""
    for ref_area, year in file_keys:
        where = [] if len(file_keys) == 1 else [f"year = {year}"]
        where += [] if many or len(file_keys) == 1 else [f"ref_area = {quote(ref_area)}"]
        condition = f" WHERE {' AND '.join(where)}" if where else ""
        path = staged / "facts" / f"year={year}" / f"{prefix}{ref_area.strip('?')}.parquet"
        _copy(con, f"SELECT * EXCLUDE (year) FROM chunk{condition}{order}", path)
    write_sums(con, staged, name, parsed, sorted({year for _, year, *_ in groups}))
    return sum(count for *_, count in groups), coverage


def write_sums(con: duckdb.DuckDBPyConnection, staged: Path, name: str, parsed: Parsed, years: Sequence[int]) -> None:
    """Sums for the screens. Where a publication prints totals they are taken as printed, else the lowest level is
    added up: figures of two levels are never summed. A reconciled source has one row for both sides of a flow."""
    source = _filled(parsed)
    lowest = con.execute(f"SELECT min(level), max(level) FROM ({source})").fetchone() or (0, 0)
    one_year = {"year": years[0]} if len(years) == 1 else {}
    keys = [k for k in PAIR if k not in ("value", "obs_status")]
    by_pair = _sum(source, {**parsed.constants, **one_year}, keys, f"level = {lowest[0]}", status=True)
    con.execute(f"CREATE OR REPLACE TEMP TABLE pairs AS {by_pair}")
    sides = "SELECT * FROM pairs"
    if parsed.reconciled:
        swapped = "counterpart_area AS ref_area, ref_area AS counterpart_area, 'M' AS trade_flow"
        sides += f" UNION ALL BY NAME SELECT {swapped}, * EXCLUDE (ref_area, counterpart_area, trade_flow) FROM pairs"
    _copy(con, f"SELECT {', '.join(PAIR)} FROM ({sides})", staged / "pair_year" / f"{name}.parquet")
    if lowest[1] > 0:
        for year in years:
            _write_products(con, staged, name, parsed, "" if one_year else f" AND year = {year}", year)


def join_pairs(con: duckdb.DuckDBPyConnection, staged: Path) -> None:
    """Make one file of the sums by pair of all chunks, in which all years of a pair stand together."""
    pieces = sorted((staged / "pair_year").glob("*.parquet"))
    # As text, for of an enumeration DuckDB writes bounds by which no reader can pass over a group of rows.
    rows = f"SELECT * FROM read_parquet([{', '.join(map(quote, pieces))}]) ORDER BY ref_area, counterpart_area, year"
    _copy(con, rows, staged / "pair_year" / "all.parquet", rows=SMALL_GROUP)
    for piece in pieces:
        piece.unlink()


def _write_products(
    con: duckdb.DuckDBPyConnection, staged: Path, name: str, parsed: Parsed, of_year: str, year: int
) -> None:
    """A year's sums by country and product, a file for each flow; flow and year stand in the names of the folders."""
    # A group of partners and the world hold their countries already.
    detailed = f"months = 12 AND level > 0 AND NOT is_aggregate{of_year}"
    level = [] if "level" in parsed.constants else ["level"]
    for flow in ("X", "M"):
        side, where = "ref_area", detailed
        if parsed.reconciled and flow == "M":
            side = "counterpart_area"
        elif "trade_flow" not in parsed.constants:
            where += f" AND trade_flow = '{flow}'"
        elif parsed.constants["trade_flow"] != flow:
            continue
        # A table without hashing gives its groups in the order of their keys, so a country's stand together.
        keys = f"{side}, commodity{''.join(', ' + key for key in level)}"
        _copy(
            con,
            f"SELECT {side} AS ref_area, commodity, {''.join(key + ', ' for key in level)}"
            f"CAST(sum(obs_value) AS DECIMAL(18,2)) AS value FROM ({_filled(parsed)}) WHERE {where} GROUP BY {keys}",
            staged / "product_year" / f"trade_flow={flow}" / f"year={year}" / f"{name}.parquet",
        )


def _filled(parsed: Parsed) -> str:
    """The chunk with the load's constants as columns."""
    given = ", ".join(f"CAST({quote(value)} AS {FACT[key]}) AS {key}" for key, value in parsed.constants.items())
    return f"SELECT *{', ' + given if given else ''} FROM chunk"


def _sum(source: str, constants: Mapping[str, object], keys: Sequence[str], where: str, *, status: bool = False) -> str:
    """Values added up by some keys; constants are put in afterwards, for each key costs in a table of millions."""
    varying = [key for key in keys if key not in constants]
    given = {key: constants[key] for key in keys if key in constants}
    columns = [*varying, "CAST(sum(obs_value) AS DECIMAL(18,2)) AS value"]
    if status and "obs_status" in constants:
        given["obs_status"] = constants["obs_status"]
    elif status:
        columns.append("max(obs_status) AS obs_status")
    inner = f"SELECT {', '.join(columns)} FROM ({source}) WHERE {where} GROUP BY {', '.join(varying)}"
    literals = "".join(f", CAST({quote(value)} AS {FACT[key]}) AS {key}" for key, value in given.items())
    return f"SELECT *{literals} FROM ({inner})"


def _copy(con: duckdb.DuckDBPyConnection, select: str, path: Path, *, rows: int = 122_880) -> None:
    # The second version's encodings of numbers and a quick packing are written in two thirds of the time that zstd
    # takes and read in half of it, for a third more room.
    options = "FORMAT parquet, PARQUET_VERSION v2, COMPRESSION snappy, DICTIONARY_SIZE_LIMIT 10000"
    path.parent.mkdir(parents=True, exist_ok=True)
    con.execute(f"COPY ({select}) TO {quote(path)} ({options}, ROW_GROUP_SIZE {rows})")
