"""What is checked of figures before they enter the store: printed sums, signs, duplicates, units."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import SourceError
from .parsed import Options, Parsed, UnitsError
from .records import Control, Declaration
from .totals import find_unit_slip

if TYPE_CHECKING:
    import duckdb

KEY = (
    "ref_area",
    "trade_flow",
    "counterpart_area",
    "commodity",
    "partner_type",
    "valuation",
    "year",
    "month",
    "months",
)
# Russia's 2017 exports by group miss their total by 0.0014 %, Armenia's months of 2020 the year by 0.013 %.
PUBLISHERS_SLIP = Decimal("0.001")


def check_controls(controls: Sequence[Control], inputs: Sequence[Path]) -> tuple[str, ...]:
    """Refuse sums that are far off (a cut or misread file); note those that the publisher itself got slightly wrong."""
    broken = [c for c in controls if not c.closes]
    far = [c for c in broken if c.strict and abs(c.got - c.printed) > PUBLISHERS_SLIP * abs(c.printed)]
    if far:
        lines = "; ".join(f"{c.name}: {c.got:,.0f} is not the printed {c.printed:,.0f}" for c in far[:5])
        place = str(inputs[0]) if inputs else None
        raise SourceError(f"{len(far)} sums do not close, so the file may be cut or misread: {lines}", place=place)
    return tuple(f"the publisher's own sum is off: {c.name}: {c.got:,.0f}, printed {c.printed:,.0f}" for c in broken)


def check_chunk(
    con: duckdb.DuckDBPyConnection, place: str, options: Options, parsed: Parsed, declaration: Declaration,
    sorted_source: str,
) -> list[str]:  # fmt: skip
    """Refuse what cannot be right in the table `chunk`; gives notes on what was mended."""
    _check_codes(con, place)
    negative = con.execute("SELECT count(*), min(obs_value) FROM chunk WHERE obs_value < 0").fetchone()
    if negative and negative[0]:
        raise SourceError(
            f"{negative[0]} values are negative (the least {negative[1]:,}): not trade values", place=place
        )
    notes = _check_duplicates(con, place, parsed.constants, sorted_source)
    if options.check_units and not parsed.chunks:
        totals = con.execute(
            "SELECT ref_area, trade_flow, year, counterpart_area, max(obs_value) FROM chunk "
            "WHERE months = 12 AND commodity = 'TOTAL' GROUP BY ALL"
        ).fetchall()
        if (slip := find_unit_slip(totals)) is not None:
            power, example = slip
            declared = declaration.unit_mult if options.unit_mult is None else options.unit_mult
            raise UnitsError(
                f"the unit looks wrong by 10^{power}: {example}. Give --unit-mult, or --no-unit-check to load as it is",
                place=place,
                unit_mult=declared - power,
            )
    return notes


def _check_codes(con: duckdb.DuckDBPyConnection, place: str) -> None:
    missing = con.execute(
        "SELECT count(*) FROM chunk WHERE ref_area IS NULL OR counterpart_area IS NULL OR commodity IS NULL"
    ).fetchone()
    if missing and missing[0]:
        raise SourceError(f"{missing[0]:,} rows name countries or products that the code tables lack", place=place)


def _check_duplicates(
    con: duckdb.DuckDBPyConnection, place: str, constants: dict[str, Any], sorted_source: str
) -> list[str]:
    if sorted_source and _grows(con, sorted_source):
        return []
    key = [name for name in KEY if name not in constants]
    found = con.execute(
        f"SELECT {', '.join(key)}, count(*) AS n, count(DISTINCT obs_value) AS values_ FROM chunk "
        f"GROUP BY ALL HAVING count(*) > 1 LIMIT 1000"
    ).fetchall()
    if not found:
        return []
    differing = [row for row in found if row[-1] > 1]
    if differing:
        first = " ".join(map(str, differing[0][:-2]))
        raise SourceError(
            f"{len(differing)} cells stand twice with different values, the first is {first}", place=place
        )
    extra = sum(row[-2] - 1 for row in found)
    con.execute("CREATE OR REPLACE TEMP TABLE chunk AS SELECT DISTINCT * FROM chunk")
    return [f"{extra} duplicate rows with the same value were left out"]


def _grows(con: duckdb.DuckDBPyConnection, source: str) -> bool:
    """Whether `sort_key` and then `product` grow from row to row, so that no row stands twice: one pass, no hash table.

    Read from the source and not from the load, whose two threads have moved blocks of rows.
    """
    last = "lag(sort_key) OVER () AS last_key, lag(product) OVER () AS last_product"
    stuck = con.execute(
        f"SELECT count(*) FROM (SELECT sort_key, product, {last} FROM ({source})) "
        "WHERE sort_key < last_key OR (sort_key = last_key AND product <= last_product)"
    ).fetchone()
    return stuck is not None and not stuck[0]
