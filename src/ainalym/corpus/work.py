"""What a worker does with one part: the first step finds its texts, the last one reads those that are to be read."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pyarrow.parquet as pq

from ..model import Document, Reading
from ..reading import read_document
from .parts import Batch, Part, name_part
from .records import read_part
from .rows import READ, SIGHTINGS, SKIPPED, TEXTS, make_rows, partition_of
from .store import Store
from .texts import Counts, Skipped, find_texts, make_text_row

SCREENED, READ_ONES = "screened", "read"


class WorkSettings(msgspec.Struct, frozen=True):
    """What holds for all parts of a run."""

    folder: str
    screens: bool = True
    text_column: str | None = None
    lang: str | None = None


def screen_part(part: Part, settings: WorkSettings) -> Counts:
    """Find the texts of a part that are worth reading, and write them down. The same part gives the same files."""
    store, counts = Store(settings.folder), Counts()
    skipped: list[dict[str, Any]] = []

    def texts() -> Iterator[dict[str, Any]]:
        records = read_part(part, text_column=settings.text_column)
        for found in find_texts(records, counts, screens=settings.screens):
            if isinstance(found, Skipped):
                skipped.append(msgspec.structs.asdict(found))
            else:
                yield make_text_row(found, part.number)

    started = time.process_time()
    store.write_rows(store.texts(part.name), texts(), TEXTS)
    store.write_rows(store.unread(part.name), skipped, SKIPPED)
    counts.seconds["find"] = time.process_time() - started
    store.write_mark(SCREENED, part.name, counts)
    return counts


def read_texts(batch: Batch, settings: WorkSettings) -> Counts:
    """Read those texts of some parts that stand for all their sightings, and write what they say."""
    store, counts = Store(settings.folder), Counts()
    rows: dict[str, dict[tuple[str, str], list[dict[str, Any]]]] = {name: defaultdict(list) for name in READ}
    sightings: list[dict[str, Any]] = []
    skipped = [row for number in batch.parts for row in _load(store.unread(name_part(number)))]
    found_before = len(skipped)
    started = time.process_time()
    for row, group in _iter_texts(store, batch):
        sightings.append(_make_sighting(row, group["root"]))
        if not group["chosen"]:
            continue
        outcome = _read(row, group, settings)
        if isinstance(outcome, Skipped):
            skipped.append(msgspec.structs.asdict(outcome))
            continue
        _count(counts, outcome)
        for name, own in make_rows(outcome, place=row["place"], sightings=group["sightings"]).items():
            rows[name][partition_of(outcome)].extend(own)
    counts.seconds["read"] = time.process_time() - started
    counts.skipped = len(skipped) - found_before
    for name, own_rows in rows.items():
        store.write_dataset(name, batch.name, own_rows)
    for name, plain, schema in (("sightings", sightings, SIGHTINGS), ("skipped", skipped, SKIPPED)):
        if plain:
            store.write_rows(store.folder / name / f"{batch.name}.parquet", plain, schema)
    store.write_mark(READ_ONES, batch.name, counts)
    return counts


def _iter_texts(store: Store, batch: Batch) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Each text, with the document that it belongs to and whether it is the one that is read."""
    for number in batch.parts:
        folder = store.groups / f"part={number}"
        groups = {row["place"]: row for path in sorted(folder.glob("*.parquet")) for row in _load(path)}
        for some in pq.ParquetFile(store.texts(name_part(number))).iter_batches(batch_size=64):
            for row in some.to_pylist():
                yield row, groups[row["place"]]


def _load(path: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = pq.ParquetFile(path).read().to_pylist()
    return rows


def _make_sighting(row: dict[str, Any], root: str) -> dict[str, Any]:
    return {"document": root, "text_hash": row["id"], **{name: row[name] for name in SIGHTINGS.names[2:]}}


def _read(row: dict[str, Any], group: dict[str, Any], settings: WorkSettings) -> Reading | Skipped:
    document = Document(
        id=row["id"], text=row["text"], title=row["title"], url=row["url"], publisher=row["publisher"],
        published=group["published"], lang=settings.lang or row["lang"],
    )  # fmt: skip
    try:
        reading = read_document(document)
    except Exception as error:  # one text may not stop a part; what it is stands in its place
        return Skipped(row["place"], row["url"], f"the reader failed ({type(error).__name__})")
    if not reading.claims and reading.messages and reading.messages[0].endswith(("not read", "no text to read")):
        return Skipped(row["place"], row["url"], reading.messages[0])
    return reading


def _count(counts: Counts, reading: Reading) -> None:
    counts.documents += 1
    counts.claims += len(reading.claims)
    counts.meetings += len(reading.meetings)
    counts.commitments += len(reading.commitments)
