"""The views of a store's connection: facts with their constants put back, the newest vintages, the sums."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from .areas import load_areas
from .records import Manifest

if TYPE_CHECKING:
    import duckdb

# What a fact file holds, in order; what is the same in all rows of a load stands in its manifest instead.
FACT = {
    "ref_area": "VARCHAR",
    "trade_flow": "VARCHAR",
    "counterpart_area": "VARCHAR",
    "commodity": "VARCHAR",
    "year": "SMALLINT",
    "obs_value": "DECIMAL(18,2)",
    "level": "TINYINT",
    "is_aggregate": "BOOLEAN",
    "partner_type": "VARCHAR",
    "valuation": "VARCHAR",
    "month": "TINYINT",
    "months": "TINYINT",
    "obs_status": "VARCHAR",
    "qty": "DOUBLE",
    "qty_unit": "VARCHAR",
}
PAIR = (
    "ref_area", "counterpart_area", "trade_flow", "year", "month", "months", "is_aggregate", "partner_type",
    "valuation", "obs_status", "value",
)  # fmt: skip
PRODUCT = ("ref_area", "trade_flow", "commodity", "level", "year", "value")
CELL = "source, ref_area, trade_flow, counterpart_area, commodity, year, month, months, partner_type, valuation"
_PERIOD = """CASE months WHEN 12 THEN CAST(year AS VARCHAR)
    WHEN 1 THEN CAST(year AS VARCHAR) || '-' || lpad(CAST(month AS VARCHAR), 2, '0')
    ELSE CAST(year AS VARCHAR) || '-' || lpad(CAST(month AS VARCHAR), 2, '0') || '-01/P' || months || 'M' END"""
_FREQ = "CASE months WHEN 12 THEN 'A' WHEN 6 THEN 'S' WHEN 3 THEN 'Q' WHEN 1 THEN 'M' ELSE '_O' END"


def quote(value: object) -> str:
    """A value as an SQL literal."""
    if value is None:
        return "NULL"
    return str(value) if isinstance(value, (int, bool)) else "'" + str(value).replace("'", "''") + "'"


def _files(root: Path, manifest: Manifest, kind: str) -> str:
    """A load's files of a kind. Flow and year stand in the names of their folders, so that whole files are passed."""
    files = [file for file in manifest.files if file.startswith(kind)]
    names = ", ".join(quote(root / "data" / manifest.id / file) for file in files)
    types = [f"'{key}': {FACT[key]}" for key in ("trade_flow", "year") if f"/{key}=" in files[0]]
    parted = f"hive_partitioning=true, hive_types={{{', '.join(types)}}}" if types else "hive_partitioning=false"
    return f"read_parquet([{names}], {parted})"


def _dataset_columns(m: Manifest) -> str:
    declared = m.declaration
    return (
        f"{quote(m.source)} AS source, DATE {quote(m.vintage)} AS vintage, {quote(m.id)} AS dataset, "
        f"CAST({declared.rank} AS TINYINT) AS source_rank"
    )


def _level(m: Manifest) -> str:
    """The level of a load's products, where it is one and stands in the manifest alone."""
    constant = m.constants.get("level") if any("trade_flow=" in file for file in m.files) else None
    return "" if constant is None else f", CAST({constant} AS TINYINT) AS level"


def _fact_columns(m: Manifest) -> str:
    declared = m.declaration
    return ", ".join([
        *FACT, f"{_FREQ} AS freq", f"{_PERIOD} AS time_period", "'V_USD' AS measure", "0 AS unit_mult",
        "'USD' AS unit_measure", f"{quote(declared.classification)} AS classification",
        f"{quote(declared.trade_system)} AS trade_system", _dataset_columns(m),
    ])  # fmt: skip


def _fact_source(root: Path, m: Manifest) -> str:
    """The facts of one load with its constants put back, so that the views' expressions can name them."""
    given = ", ".join(f"CAST({quote(value)} AS {FACT[name]}) AS {name}" for name, value in m.constants.items())
    inner = f"SELECT *{', ' + given if given else ''} FROM {_files(root, m, 'facts')}"
    return f"SELECT {_fact_columns(m)} FROM ({inner})"


def _hidden(m: Manifest, newer: list[Manifest]) -> str | None:
    """What newer complete publications of the same source take the place of, as a condition; '' when nothing."""
    covered = {c for n in newer if n.declaration.complete for c in n.coverage}
    hidden = [c for c in m.coverage if c in covered]
    if len(hidden) == len(m.coverage):
        return None
    terms = [
        f"({'' if area == '*' else f'ref_area = {quote(area)} AND '}months = {months} AND year = {year})"
        for area, months, year in hidden
    ]
    return f" WHERE NOT ({' OR '.join(terms)})" if terms else ""


def _overlaps(datasets: list[Manifest]) -> bool:
    """Whether partial loads of one source may hold the same cell twice."""
    seen: set[tuple[str, int, int]] = set()
    for m in datasets:
        if not m.declaration.complete and seen & set(m.coverage):
            return True
        seen |= set(m.coverage)
    return False


def _latest(datasets: list[Manifest], body: dict[str, str], cell: str) -> list[str]:
    """One SELECT a load, with what newer vintages of its source replace left out."""
    selects = []
    for source in dict.fromkeys(m.source for m in datasets):
        own = [m for m in datasets if m.source == source]
        parts = []
        for place, m in enumerate(own):
            where = _hidden(m, own[place + 1 :])
            if where is not None:
                parts.append(f"SELECT * FROM ({body[m.id]}){where}")
        if _overlaps(own):
            union = " UNION ALL BY NAME ".join(parts)
            newest = f"row_number() OVER (PARTITION BY {cell} ORDER BY vintage DESC, dataset DESC) = 1"
            selects.append(f"SELECT * FROM ({union}) QUALIFY {newest}")
        else:
            selects += parts
    return selects


def make_views(con: duckdb.DuckDBPyConnection, root: Path, datasets: list[Manifest]) -> None:
    """The views named at the top of this module, over the given loads."""
    _make_areas(con)
    _make_datasets(con, datasets)
    facts = {m.id: _fact_source(root, m) for m in datasets}
    pairs = {m.id: f"SELECT *, {_dataset_columns(m)} FROM {_files(root, m, 'pair_year')}" for m in datasets}
    products = {
        m.id: f"SELECT *{_level(m)}, 12 AS months, {_dataset_columns(m)} FROM {_files(root, m, 'product_year')}"
        for m in datasets
        if any(f.startswith("product_year") for f in m.files)
    }
    pair_cell = "source, ref_area, counterpart_area, trade_flow, year, month, months, partner_type, valuation"
    _make_view(con, "obs", list(facts.values()), {**FACT, **_EXTRA})
    _make_view(con, "latest", _latest(datasets, facts, CELL), {**FACT, **_EXTRA})
    _make_view(con, "pair_vintage", list(pairs.values()), _PAIR_TYPES)
    _make_view(con, "pair_year", _latest(datasets, pairs, pair_cell), _PAIR_TYPES)
    with_products = [m for m in datasets if m.id in products]
    product_cell = "source, ref_area, trade_flow, commodity, year"
    _make_view(con, "product_year", _latest(with_products, products, product_cell), _PRODUCT_TYPES)


_DATASET = {"source": "VARCHAR", "vintage": "DATE", "dataset": "VARCHAR", "source_rank": "TINYINT"}
_EXTRA = {
    "freq": "VARCHAR", "time_period": "VARCHAR", "measure": "VARCHAR", "unit_mult": "INTEGER",
    "unit_measure": "VARCHAR", "classification": "VARCHAR", "trade_system": "VARCHAR", **_DATASET,
}  # fmt: skip
_PAIR_TYPES = {name: FACT.get(name, "DECIMAL(18,2)") for name in PAIR} | _DATASET
_PRODUCT_TYPES = {name: FACT.get(name, "DECIMAL(18,2)") for name in PRODUCT} | {"months": "INTEGER"} | _DATASET


def _make_view(con: duckdb.DuckDBPyConnection, name: str, selects: list[str], columns: dict[str, str]) -> None:
    empty = "SELECT " + ", ".join(f"CAST(NULL AS {kind}) AS {column}" for column, kind in columns.items())
    body = " UNION ALL BY NAME ".join(selects) if selects else f"{empty} WHERE false"
    con.execute(f"CREATE OR REPLACE VIEW {name} AS {body}")


def _make_areas(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("CREATE TEMP TABLE area (code VARCHAR, iso3 VARCHAR, kind VARCHAR, en VARCHAR, ru VARCHAR, kk VARCHAR)")
    rows = [(a.code, a.iso3, a.kind, a.en, a.ru, a.kk) for a in load_areas().values()]
    values = ", ".join(f"({', '.join(map(quote, row))})" for row in rows)
    con.execute(f"INSERT INTO area VALUES {values}")


def _make_datasets(con: duckdb.DuckDBPyConnection, datasets: list[Manifest]) -> None:
    con.execute(
        "CREATE TEMP TABLE dataset (dataset VARCHAR, source VARCHAR, vintage DATE, loaded TIMESTAMPTZ, rows BIGINT, "
        "title VARCHAR, publisher VARCHAR, licence VARCHAR, reexport VARCHAR)"
    )
    for m in datasets:
        d = m.declaration
        row = [m.id, m.source, m.vintage, m.loaded, m.rows, d.title, d.publisher, d.licence, m.reexport]
        con.execute("INSERT INTO dataset VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
