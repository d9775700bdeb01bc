"""The store: immutable Parquet files by source, vintage, reporter and year, read through DuckDB.

    ROOT/index.json                            which loads there are; replaced by rename, so a reader sees all or nothing
    ROOT/data/SOURCE/VINTAGE/LOAD/manifest.json
    ROOT/data/SOURCE/VINTAGE/LOAD/facts/*.parquet    REPORTER-YEAR.parquet; ALL-YEAR.parquet where a source has many
    ROOT/data/SOURCE/VINTAGE/LOAD/pair_year/*.parquet, product_year/*.parquet    sums made at load

A load never changes: a newer vintage lies beside the older one. Views of a connection: `obs` (every vintage),
`latest` (the newest vintage of each source), `pair_year`, `product_year` (sums of the newest), `pair_vintage` (sums of
all), `area`, `dataset`. Column names are those of SDMX IMTS in lower case (SQL does not tell the two apart).
"""

from __future__ import annotations

import contextlib
import datetime as dt
import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from ..errors import SourceError, UsageError
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
# Readers that opened a load before it was dropped keep its files for this long.
RETIRED_FOR = dt.timedelta(hours=1)

_PERIOD = """CASE months WHEN 12 THEN CAST(year AS VARCHAR)
    WHEN 1 THEN CAST(year AS VARCHAR) || '-' || lpad(CAST(month AS VARCHAR), 2, '0')
    ELSE CAST(year AS VARCHAR) || '-' || lpad(CAST(month AS VARCHAR), 2, '0') || '-01/P' || months || 'M' END"""
_FREQ = "CASE months WHEN 12 THEN 'A' WHEN 6 THEN 'S' WHEN 3 THEN 'Q' WHEN 1 THEN 'M' ELSE '_O' END"


def default_root() -> Path:
    """Where the store lies: `AINALYM_STATISTICS`, else the user's data folder."""
    if set_root := os.environ.get("AINALYM_STATISTICS"):
        return Path(set_root)
    data = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(data) / "ainalym" / "statistics"


class Store:
    """A store of official statistics at `root`; an absent or empty folder is an empty store."""

    def __init__(self, root: Path | None = None) -> None:
        self.root = Path(root) if root else default_root()
        self.index_path = self.root / "index.json"

    def _read_index(self) -> dict[str, list[str]]:
        if not self.index_path.exists():
            return {"loads": [], "retired": []}
        try:
            index: dict[str, list[str]] = json.loads(self.index_path.read_text("utf-8"))
        except ValueError as error:
            raise SourceError("the index is broken: restore it from a copy", place=str(self.index_path)) from error
        return index

    def folder(self, load: str) -> Path:
        """Where a load lies."""
        return self.root / "data" / load

    def datasets(self, *, as_of: dt.date | None = None) -> list[Manifest]:
        """All loads, by source and vintage; with `as_of` those published up to that day."""
        found = []
        for load in self._read_index()["loads"]:
            path = self.folder(load) / "manifest.json"
            try:
                found.append(msgspec.json.decode(path.read_bytes(), type=Manifest))
            except (OSError, msgspec.DecodeError) as error:
                raise SourceError(f"this load cannot be read: {error}", place=str(path)) from error
        kept = [m for m in found if as_of is None or m.vintage <= as_of]
        return sorted(kept, key=lambda m: (m.source, m.vintage, m.loaded))

    def find(self, name: str) -> Manifest:
        """The one load that a name means: an id, or a source with its only or newest vintage, or SOURCE@DATE."""
        source, _, vintage = name.partition("@")
        found = [
            m for m in self.datasets()
            if m.id == name or (m.source == source and (not vintage or m.vintage.isoformat().startswith(vintage)))
        ]  # fmt: skip
        if not found:
            known = ", ".join(sorted({f"{m.source}@{m.vintage}" for m in self.datasets()})) or "none"
            raise UsageError(f"no load is called {name}; there are: {known}")
        return found[-1]

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """The one writer's turn; a second one is told at once."""
        self.root.mkdir(parents=True, exist_ok=True)
        with (self.root / ".lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise SourceError("another load is being written; try again later", place=str(self.root)) from error
            self._clean()
            yield

    def _clean(self) -> None:
        """Remove what crashed loads left and what was dropped long enough ago."""
        shutil.rmtree(self.root / "staging", ignore_errors=True)
        index = self._read_index()
        now = dt.datetime.now(dt.UTC)
        kept = []
        for entry in index["retired"]:
            load, _, when = entry.partition(" ")
            if now - dt.datetime.fromisoformat(when) > RETIRED_FOR:
                shutil.rmtree(self.folder(load), ignore_errors=True)
            else:
                kept.append(entry)
        if kept != index["retired"]:
            self._write_index(index["loads"], kept)

    def _write_index(self, loads: list[str], retired: list[str]) -> None:
        new = self.index_path.with_suffix(".new")
        with new.open("w", encoding="utf-8") as file:
            json.dump({"loads": loads, "retired": retired}, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        os.replace(new, self.index_path)

    def publish(self, staged: Path, load: str, *, replaces: tuple[str, ...] = ()) -> None:
        """Put a finished load in its place; call inside `writing`. Readers see it from the index's rename on."""
        target = self.folder(load)
        target.parent.mkdir(parents=True, exist_ok=True)
        os.rename(staged, target)
        index = self._read_index()
        now = dt.datetime.now(dt.UTC).isoformat()
        self._write_index(
            [x for x in index["loads"] if x not in replaces] + [load],
            index["retired"] + [f"{x} {now}" for x in replaces],
        )

    def drop(self, name: str) -> Manifest:
        """Take a load out of the index; its files go an hour later, for the sake of open readers."""
        found = self.find(name)
        with self.writing():
            index = self._read_index()
            now = dt.datetime.now(dt.UTC).isoformat()
            self._write_index([x for x in index["loads"] if x != found.id], [*index["retired"], f"{found.id} {now}"])
        return found

    def connect(self, *, as_of: dt.date | None = None, threads: int | None = None) -> duckdb.DuckDBPyConnection:
        """A DuckDB connection in memory with the views of this store as they are now (or were on a day)."""
        con = open_duckdb(threads)
        make_views(con, self, self.datasets(as_of=as_of))
        return con


def open_duckdb(threads: int | None = None) -> duckdb.DuckDBPyConnection:
    """A private DuckDB connection; names the extra when DuckDB is absent."""
    try:
        import duckdb
    except ImportError as error:
        raise UsageError("official statistics need more packages: pip install 'ainalym[statistics]'") from error
    con = duckdb.connect(config={"threads": threads} if threads else {})
    con.execute("SET enable_progress_bar = false")
    return con


def quote(value: object) -> str:
    """A value as an SQL literal."""
    if value is None:
        return "NULL"
    return str(value) if isinstance(value, (int, bool)) else "'" + str(value).replace("'", "''") + "'"


def _files(store: Store, manifest: Manifest, kind: str) -> str:
    folder = store.folder(manifest.id)
    names = [str(folder / file) for file in manifest.files if file.startswith(kind)]
    return f"read_parquet([{', '.join(map(quote, names))}], hive_partitioning=false)"


def _dataset_columns(m: Manifest) -> str:
    declared = m.declaration
    return (
        f"{quote(m.source)} AS source, DATE {quote(m.vintage)} AS vintage, {quote(m.id)} AS dataset, "
        f"CAST({declared.rank} AS TINYINT) AS source_rank"
    )


def _fact_columns(m: Manifest) -> str:
    stored = [
        f"CAST({quote(m.constants[name])} AS {kind}) AS {name}" if name in m.constants else name
        for name, kind in FACT.items()
    ]
    declared = m.declaration
    return ", ".join([
        *stored, f"{_FREQ} AS freq", f"{_PERIOD} AS time_period", "'V_USD' AS measure", "0 AS unit_mult",
        "'USD' AS unit_measure", f"{quote(declared.classification)} AS classification",
        f"{quote(declared.trade_system)} AS trade_system", _dataset_columns(m),
    ])  # fmt: skip


def _fact_source(store: Store, m: Manifest) -> str:
    """The facts of one load with its constants put back, so that the views' expressions can name them."""
    given = ", ".join(f"CAST({quote(value)} AS {FACT[name]}) AS {name}" for name, value in m.constants.items())
    inner = f"SELECT *{', ' + given if given else ''} FROM {_files(store, m, 'facts')}"
    plain = msgspec.structs.replace(m, constants={})
    return f"SELECT {_fact_columns(plain)} FROM ({inner})"


def _hidden(m: Manifest, newer: list[Manifest]) -> str | None:
    """What newer complete publications of the same source take the place of, as a condition; '' when nothing."""
    covered = {tuple(c) for n in newer if n.declaration.complete for c in n.coverage}
    hidden = [c for c in m.coverage if tuple(c) in covered]
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
        if not m.declaration.complete and seen & {tuple(c) for c in m.coverage}:
            return True
        seen |= {tuple(c) for c in m.coverage}
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


def make_views(con: duckdb.DuckDBPyConnection, store: Store, datasets: list[Manifest]) -> None:
    """The views named at the top of this module, over the given loads."""
    _make_areas(con)
    _make_datasets(con, datasets)
    facts = {m.id: _fact_source(store, m) for m in datasets}
    pairs = {m.id: f"SELECT *, {_dataset_columns(m)} FROM {_files(store, m, 'pair_year')}" for m in datasets}
    products = {
        m.id: f"SELECT *, 12 AS months, {_dataset_columns(m)} FROM {_files(store, m, 'product_year')}"
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
_PAIR_TYPES = {name: FACT.get(name, "DECIMAL(38,2)") for name in PAIR} | _DATASET
_PRODUCT_TYPES = {name: FACT.get(name, "DECIMAL(38,2)") for name in PRODUCT} | {"months": "INTEGER"} | _DATASET


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
