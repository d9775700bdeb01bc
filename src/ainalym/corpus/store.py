"""The folder of a run. Every file appears whole, by rename, under a name that depends on the plan alone.

DIR/documents/lang=kk/year=2024/part-000003.parquet, claims/, meetings/, commitments/    what was read
DIR/sightings/, skipped/    where each document was seen; what could not be read, and why
DIR/run.json                the run's manifest, written last
DIR/.work/                  the plan, the texts between the steps, and a mark for each part that is done
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from .rows import PARTITIONS, READ, SIGHTINGS, SKIPPED
from .texts import Counts

DATASETS = {**READ, "sightings": SIGHTINGS, "skipped": SKIPPED}
MANIFEST = "run.json"
_ROWS = 500  # texts in memory at once


class Store:
    """The paths of a run and the writing to them."""

    def __init__(self, folder: Path | str) -> None:
        self.folder = Path(folder)
        self.work = self.folder / ".work"
        self.plan = self.work / "plan.json"
        self.manifest = self.folder / MANIFEST
        self.groups = self.work / "groups"

    def texts(self, part: str) -> Path:
        return self.work / "texts" / f"{part}.parquet"

    def unread(self, part: str) -> Path:
        """What the first step could not read."""
        return self.work / "skipped" / f"{part}.parquet"

    def mark(self, step: str, part: str) -> Path:
        return self.work / step / f"{part}.json"

    def load_counts(self, step: str, part: str) -> Counts | None:
        """What was counted when a step was done with a part; None when it is not done."""
        try:
            return msgspec.json.decode(self.mark(step, part).read_bytes(), type=Counts)
        except FileNotFoundError:
            return None

    def count_done(self, step: str) -> int:
        """How many parts a step is done with."""
        try:
            return sum(entry.name.endswith(".json") for entry in os.scandir(self.work / step))
        except FileNotFoundError:
            return 0

    def write_bytes(self, path: Path, data: bytes) -> None:
        with self.replacing(path) as aside:
            aside.write_bytes(data)

    def write_mark(self, step: str, part: str, counts: Counts) -> None:
        self.write_bytes(self.mark(step, part), msgspec.json.encode(counts))

    def write_rows(self, path: Path, rows: Iterable[Mapping[str, Any]], schema: pa.Schema) -> None:
        """Rows as a Parquet file; only some of them are in memory at once."""
        waiting = iter(rows)
        with self.replacing(path) as aside, pq.ParquetWriter(aside, schema, compression="zstd") as file:
            while batch := list(islice(waiting, _ROWS)):
                file.write_table(pa.Table.from_pylist(batch, schema=schema))

    def write_dataset(self, name: str, part: str, rows: Mapping[tuple[str, str], list[dict[str, Any]]]) -> None:
        """The rows of a part, by language and year, into a partitioned dataset."""
        for (lang, year), own in sorted(rows.items()):
            if own:
                path = self.folder / name / f"lang={lang}" / f"year={year}" / f"{part}.parquet"
                self.write_rows(path, own, READ[name])

    @contextmanager
    def replacing(self, path: Path) -> Iterator[Path]:
        """A path to write to, which takes the place of `path` when all is written."""
        path.parent.mkdir(parents=True, exist_ok=True)
        aside = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            yield aside
            os.replace(aside, path)
        finally:
            aside.unlink(missing_ok=True)

    def clean(self) -> None:
        """Remove what a killed run has left half written."""
        for folder, folders, names in os.walk(self.folder):
            for name in names:
                if name.startswith("."):
                    os.unlink(os.path.join(folder, name))
            for name in folders:
                if name.endswith(".half"):
                    shutil.rmtree(os.path.join(folder, name))

    def find_files(self, name: str) -> list[Path]:
        """The files of a dataset, in order."""
        return sorted((self.folder / name).rglob("part-*.parquet"))

    def load(self, name: str) -> pa.Table:
        """A dataset as one table, with its partitions as columns. For datasets that fit into memory."""
        schema = DATASETS[name]
        if name in READ:
            schema = pa.unify_schemas([schema, PARTITIONS])
        tables = [schema.empty_table()]
        for path in self.find_files(name):
            table = pq.ParquetFile(path).read()
            if name in READ:
                lang, year = (folder.partition("=")[2] for folder in path.parts[-3:-1])
                for column, value in (("lang", lang), ("year", year)):
                    table = table.append_column(column, pa.repeat(pa.scalar(value), table.num_rows))
            tables.append(table)
        return pa.concat_tables(tables)


def hash_file(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
