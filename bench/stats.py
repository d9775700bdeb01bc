"""How fast the statistics store loads and answers, on made-up data of BACI's shape.

    python bench/stats.py [--rows 25_000_000 | --scale full] [--years 5] [--threads 2] [--form parquet|csv]
                           [--keep DIR] [--rivals PYTHON]

Prints a table of what was measured beside what was asked for, with plain DuckDB and Polars over the same files in the
same run, and exits with 1 when something was missed.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from ainalym.statistics.areas import load_areas
from ainalym.statistics.cards import connect, make_card, make_mirror
from ainalym.statistics.load import Options, add_files
from ainalym.statistics.measures import run_measure
from ainalym.statistics.store import Store

PRODUCTS = 5000
FULL = 275_000_000
# No unique pair of numbers in BACI is missing here: every country of the code table that has a number.
COUNTRIES = np.array(sorted(int(a.comtrade) for a in load_areas().values() if a.kind == "country" and a.comtrade))


def make_year(path: Path, year: int, rows: int) -> int:
    """One year's file: sorted by exporter, importer, product; few large exporters and many small ones."""
    rng = np.random.default_rng(year)
    weight = 1 / (np.arange(len(COUNTRIES)) + 8.0)
    counts = np.minimum(rows * weight / weight.sum(), len(COUNTRIES) * PRODUCTS * 0.6).astype(int)
    rng.shuffle(counts)
    products = np.array([f"{10000 + n * 17:06}" for n in range(PRODUCTS)])
    parts = []
    for place, count in enumerate(counts):
        cells = np.unique(rng.integers(0, (len(COUNTRIES) - 1) * PRODUCTS, int(count)))
        importers = cells // PRODUCTS
        importers += importers >= place
        parts.append((np.full(len(cells), place), importers, cells % PRODUCTS))
    i, j, k = (np.concatenate(column) for column in zip(*parts, strict=True))
    value = np.round(np.exp(rng.normal(3.0, 2.5, len(i))) + 0.001, 3)
    table = pa.table({
        "t": np.full(len(i), year, np.int16), "i": COUNTRIES[i].astype(np.int16), "j": COUNTRIES[j].astype(np.int16),
        "k": pa.DictionaryArray.from_arrays(pa.array(k.astype(np.int16)), pa.array(products)).cast(pa.string()),
        "v": value, "q": np.round(value / 3, 3),
    })  # fmt: skip
    (pq.write_table if path.suffix == ".parquet" else pacsv.write_csv)(table, str(path))
    return len(i)


def measure(run: Callable[[], object], tries: int = 3) -> float:
    """The median of some runs, in seconds, after one to warm up."""
    run()
    times = []
    for _ in range(tries):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rows", type=lambda text: int(text.replace("_", "")), default=25_000_000)
    parser.add_argument("--scale", choices=["full"], default=os.environ.get("SCALE") or None)
    parser.add_argument("--years", type=int, default=0)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--form", choices=["parquet", "csv"], default="parquet")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--rivals", default=sys.executable, help="a Python that has Polars")
    args = parser.parse_args()
    rows = FULL if args.scale == "full" else args.rows
    years = args.years or max(3, min(30, rows // 5_000_000))
    folder = args.keep or Path(tempfile.mkdtemp(prefix="ainalym-bench-"))
    folder.mkdir(parents=True, exist_ok=True)
    try:
        return run(folder, rows, years, args.threads, args.form, args.rivals)
    finally:
        if not args.keep:
            shutil.rmtree(folder, ignore_errors=True)


def run(folder: Path, rows: int, years: int, threads: int, form: str, rivals: str) -> int:
    files, made = [], 0
    for year in range(2024 - years, 2024):
        path = folder / f"BACI_HS17_Y{year}_V202501.{form}"
        made += (
            pq.read_metadata(path).num_rows
            if path.exists() and form == "parquet"
            else make_year(path, year, rows // years)
        )
        files.append(path)
    print(f"{made:,} rows in {years} years, {form}, {threads} threads, DuckDB {duckdb.__version__}")
    store = Store(folder / "store")
    shutil.rmtree(store.root, ignore_errors=True)
    start = time.perf_counter()
    loaded = add_files(store, files, options=Options(threads=threads, check_units=False))
    seconds = time.perf_counter() - start
    con = connect(store)
    con.execute(f"SET threads = {threads}")
    facts = [str(store.folder(loaded.id) / f) for f in loaded.files if f.startswith("facts")]
    results = [
        ("load, million rows a second", loaded.rows / seconds / 1e6, ">", 5.0),
        ("one pair, all years, by product, s", measure(lambda: con.execute(
            "SELECT year, commodity, obs_value FROM latest WHERE ref_area = 'KZ' AND counterpart_area = 'RU'"
        ).fetchall()), "<", 0.1),
        ("all screens of one country, s", measure(lambda: make_screens(con)), "<", 0.2),
        *compare_scans(con, facts, threads, rivals),
        ("memory at the peak, GB", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6, "<", 4.0),
    ]  # fmt: skip
    missed = 0
    for name, value, sign, bound in results:
        fine = bound is None or (value > bound if sign == ">" else value < bound)
        missed += not fine
        asked = "" if bound is None else f"  ({sign} {bound:g}{'' if fine else ': MISSED'})"
        print(f"{name:42} {value:8.3f}{asked}")
    return 1 if missed else 0


def make_screens(con: duckdb.DuckDBPyConnection) -> None:
    """What a partner's page of Kazakhstan shows: the card, the mirror, the list of partners, its products."""
    make_card(con, "KZ", "RU")
    make_mirror(con, "KZ", "RU")
    run_measure(con, "share", reporter="KZ")
    con.execute(
        "SELECT commodity, value FROM product_year WHERE ref_area = 'KZ' AND trade_flow = 'X' AND year = 2023 "
        "ORDER BY value DESC LIMIT 20"
    ).fetchall()


def compare_scans(
    con: duckdb.DuckDBPyConnection, facts: list[str], threads: int, rivals: str
) -> list[tuple[str, float, str, float | None]]:
    """A scan of every row through the store's view, and the same by plain DuckDB and Polars."""
    ours = measure(lambda: con.execute("SELECT year, sum(obs_value) FROM latest GROUP BY year").fetchall())
    plain = duckdb.connect(config={"threads": threads})
    names = ", ".join(f"'{f}'" for f in facts)
    theirs = measure(
        lambda: plain.execute(f"SELECT year, sum(obs_value) FROM read_parquet([{names}]) GROUP BY year").fetchall()
    )
    return [
        ("full scan by year, s", ours, "<", None),
        ("  plain DuckDB, s", theirs, "<", None),
        *scan_with_polars(facts, threads, rivals),
        ("  ours over plain DuckDB", ours / theirs, "<", 1.5),
    ]


POLARS = """
import json, statistics, sys, time
import polars as pl
times = []
for _ in range(4):
    start = time.perf_counter()
    facts = pl.scan_parquet(json.loads(sys.argv[1]), hive_partitioning=True)
    facts.group_by("year").agg(pl.col("obs_value").sum()).collect(engine="streaming")
    times.append(time.perf_counter() - start)
print(statistics.median(times[1:]))
"""


def scan_with_polars(facts: list[str], threads: int, rivals: str) -> list[tuple[str, float, str, float | None]]:
    """The same scan by Polars in a process of its own; nothing where it is not installed."""
    done = subprocess.run(
        [rivals, "-c", POLARS, json.dumps(facts)], capture_output=True, text=True,
        env={**os.environ, "POLARS_MAX_THREADS": str(threads)},
    )  # fmt: skip
    if done.returncode:
        print("Polars is not there to compare with:", done.stderr.strip().splitlines()[-1])
        return []
    return [("  Polars, s", float(done.stdout), "<", None)]


if __name__ == "__main__":
    sys.exit(main())
