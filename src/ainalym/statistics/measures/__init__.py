"""Measures: each is one SQL file with its title, unit, formula and source on top.

They are plain SQL of the common kind (CTEs, joins, window functions; no QUALIFY, no dialect's own functions), so that
DuckDB and ClickHouse both run them over tables of the same names: `flows`, `sides`, `trade`, `growth`, `tariff`,
`distance`. Plain SQL and not a query builder: a statistician can read and dispute a formula as it stands.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

import msgspec

from ...errors import UsageError
from ..views import quote

if TYPE_CHECKING:
    import duckdb

_HEAD = re.compile(r"^-- (\w+): (.*(?:\n--   .*)*)$", re.MULTILINE)
_PARAMETER = re.compile(r"(?<![:\w]):([a-z]+)\b")


class Measure(msgspec.Struct, frozen=True):
    """A measure as its file states it."""

    name: str
    title: str
    unit: str
    formula: str
    source: str
    inputs: tuple[str, ...]
    parameters: tuple[str, ...]
    sql: str


@cache
def load_measures() -> dict[str, Measure]:
    """All measures by name."""
    found = {}
    for path in sorted(resources.files(__package__).iterdir(), key=lambda p: p.name):
        if path.name.endswith(".sql"):
            text = path.read_text("utf-8")
            head = {key: re.sub(r"\n-- +", "; ", value) for key, value in _HEAD.findall(text)}
            name = path.name.removesuffix(".sql")
            found[name] = Measure(
                name, head["title"], head["unit"], head["formula"], head["source"],
                tuple(head["inputs"].split(", ")), tuple(head["parameters"].split(", ")), _HEAD.sub("", text).strip(),
            )  # fmt: skip
    return found


def make_sql(name: str, **parameters: object) -> str:
    """A measure's SQL with its parameters written in as literals. Raises UsageError for a wrong name or parameter."""
    measure = load_measures().get(name)
    if measure is None:
        raise UsageError(f"no measure is called {name}; there are: {', '.join(load_measures())}")
    if missing := set(measure.parameters) - set(parameters):
        raise UsageError(f"{name} needs {', '.join(sorted(missing))}")
    return _PARAMETER.sub(lambda found: _literal(parameters[found[1]]), measure.sql)


def _literal(value: object) -> str:
    return str(value) if isinstance(value, float) else quote(value)


def run_measure(con: duckdb.DuckDBPyConnection, name: str, **parameters: object) -> list[dict[str, Any]]:
    """A measure over a store's connection: one dict a row. Makes the inputs that are not there yet."""
    make_inputs(con)
    found = con.execute(make_sql(name, **parameters))
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


# Of several figures for one cell: the reporter's best source, imports by origin before consignment.
_BEST = """SELECT ref_area, counterpart_area, trade_flow, year, month, months, partner_type, valuation, value, source,
       vintage, row_number() OVER (
           PARTITION BY ref_area, counterpart_area, trade_flow, year, month, months{by} ORDER BY source_rank,
           CASE partner_type WHEN 'CONSIGN' THEN 1 ELSE 0 END, CASE valuation WHEN 'FOB' THEN 1 ELSE 0 END) AS place
FROM pair_year"""
_INPUTS = {
    "flows": f"""SELECT b.ref_area AS reporter, b.counterpart_area AS partner, COALESCE(a.kind, 'unknown') AS kind,
       b.year AS year, b.month AS month, b.months AS months, min(b.source) AS source,
       max(CASE WHEN b.trade_flow = 'X' THEN b.value END) AS exports,
       max(CASE WHEN b.trade_flow = 'M' THEN b.value END) AS imports
FROM ({_BEST.format(by="")}) b LEFT JOIN area a ON a.code = b.counterpart_area
WHERE b.place = 1 GROUP BY b.ref_area, b.counterpart_area, COALESCE(a.kind, 'unknown'), b.year, b.month, b.months""",
    "sides": f"""SELECT ref_area AS reporter, counterpart_area AS partner, trade_flow AS flow, year, partner_type,
       valuation, value, source, vintage
FROM ({_BEST.format(by=", partner_type")}) b WHERE place = 1 AND months = 12""",
    "trade": """SELECT ref_area AS exporter, counterpart_area AS importer, commodity, year,
       CAST(obs_value AS DOUBLE) AS value
FROM latest WHERE trade_flow = 'X' AND months = 12 AND level = 6 AND NOT is_aggregate""",
}
_OPTIONAL = {
    "growth": "area VARCHAR, gdp DOUBLE, pop DOUBLE",
    "tariff": "importer VARCHAR, exporter VARCHAR, commodity VARCHAR, rate DOUBLE",
    "distance": "exporter VARCHAR, importer VARCHAR, km DOUBLE",
}


def make_inputs(con: duckdb.DuckDBPyConnection) -> None:
    """The tables that the measures read, over the views of a store; those that are there already stay."""
    there = {name for (name,) in con.execute("SELECT table_name FROM information_schema.tables").fetchall()}
    for name in _INPUTS.keys() - there:
        con.execute(f"CREATE VIEW {name} AS {_INPUTS[name]}")
    for name in _OPTIONAL.keys() - there:
        con.execute(f"CREATE TABLE {name} ({_OPTIONAL[name]})")
