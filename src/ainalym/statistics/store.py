"""The store: immutable Parquet files by source, vintage, reporter and year, read through DuckDB.

    ROOT/index.json                            which loads there are; replaced by rename: a reader sees all or nothing
    ROOT/data/SOURCE/VINTAGE/LOAD/manifest.json
    ROOT/data/SOURCE/VINTAGE/LOAD/facts/year=2023/*.parquet    one file a reporter; one for all where there are many
    ROOT/data/SOURCE/VINTAGE/LOAD/pair_year/*.parquet, product_year/trade_flow=X/year=2023/*.parquet    sums

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
from .records import Manifest
from .views import make_views

if TYPE_CHECKING:
    import duckdb

# Readers that opened a load before it was dropped keep its files for this long.
RETIRED_FOR = dt.timedelta(hours=1)


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
        make_views(con, self.root, self.datasets(as_of=as_of))
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
