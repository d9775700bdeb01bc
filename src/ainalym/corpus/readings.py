"""A finished run as readings again, without reading anything anew: what `corpus add` puts into the ledger."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import msgspec
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from ..errors import SourceError, UsageError
from ..model import Claim, Commitment, Document, Meeting, Person, Reading, Span
from .rows import parse_claim
from .store import Store

_ROWS = 500


class Selection(NamedTuple):
    """Which documents of a run: a condition of SQL on their columns, with `lang` and `year`; reports with a sure claim.

    `min_confidence` asks for at least one claim that the reader is so sure of.
    """

    where: str | None = None
    min_confidence: float | None = None


class Found(NamedTuple):
    """A reading of the run, and where the same report was seen: documents of the same text."""

    reading: Reading
    sightings: tuple[Document, ...]


def find_version(folder: Path) -> str:
    """The version of the reader that made a run; a SourceError where there is no finished run."""
    try:
        manifest: dict[str, Any] = msgspec.json.decode(Store(folder).manifest.read_bytes())
        return str(manifest["versions"]["ainalym"])
    except (OSError, msgspec.DecodeError, KeyError, TypeError):
        raise SourceError("holds no finished run of `corpus read`", place=str(folder)) from None


def select_documents(folder: Path, selection: Selection) -> set[str] | None:
    """The ids that a selection asks for; None for all. A UsageError where the condition is no SQL."""
    if selection.where is None and selection.min_confidence is None:
        return None
    store = Store(folder)
    with duckdb.connect() as connection:
        connection.execute("SET enable_progress_bar = false")
        for name in ("documents", "claims"):
            files = [str(path) for path in store.find_files(name)]
            if not files:
                return set()
            connection.read_parquet(files, hive_partitioning=True).create_view(name)
        sql = f"SELECT id FROM documents WHERE ({selection.where or 'true'})"  # noqa: S608 - the user's own data
        if selection.min_confidence is not None:
            sql += " AND id IN (SELECT document FROM claims WHERE confidence >= $sure)"
        given = {} if selection.min_confidence is None else {"sure": selection.min_confidence}
        try:
            return {row[0] for row in connection.execute(sql, given).fetchall()}
        except duckdb.Error as error:
            raise UsageError(f"--where: {' '.join(str(error).split())[:300]}") from None


def count_documents(folder: Path) -> int:
    """How many documents a run holds."""
    return sum(pq.ParquetFile(path).metadata.num_rows for path in Store(folder).find_files("documents"))


def load_readings(folder: Path, wanted: set[str] | None = None) -> Iterator[Found]:
    """The readings of a run, file by file; only those wanted, if so asked."""
    store = Store(folder)
    sightings = ds.dataset([str(path) for path in store.find_files("sightings")])
    for path in store.find_files("documents"):
        parts = {name: _load_beside(store, path, name) for name in ("claims", "meetings", "commitments")}
        lang = path.parts[-3].partition("=")[2]
        for batch in pq.ParquetFile(path).iter_batches(batch_size=_ROWS):
            rows = [row for row in batch.to_pylist() if wanted is None or row["id"] in wanted]
            if not rows:
                continue
            ids = [row["id"] for row in rows]
            seen: dict[str, list[dict[str, Any]]] = defaultdict(list)
            for item in sightings.to_table(filter=ds.field("document").isin(ids)).to_pylist():
                seen[item["document"]].append(item)
            for row in rows:
                own = {name: found.get(row["id"], []) for name, found in parts.items()}
                reading = _make_reading(row, own, None if lang == "und" else lang)
                yield Found(reading, tuple(_see(reading.document, item) for item in seen[row["id"]]))


def _load_beside(store: Store, path: Path, name: str) -> dict[str, list[dict[str, Any]]]:
    """The rows of another dataset in the same part, by document; a part without any has no file."""
    beside = store.folder / name / path.relative_to(store.folder / "documents")
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in pq.ParquetFile(beside).read().to_pylist() if beside.exists() else ():
        rows[row["document"]].append(row)
    return rows


def _make_reading(row: Mapping[str, Any], own: Mapping[str, list[dict[str, Any]]], lang: str | None) -> Reading:
    names = ("id", "text", "title", "url", "publisher", "published")
    document = Document(**{name: row[name] for name in names}, lang=lang)
    # Commitments name claims by number, so none is left out; one that is too large to be a figure is kept as none.
    claims = [parse_claim(item) for item in sorted(own["claims"], key=lambda item: item["number"])]
    places = {number: place for place, number in enumerate(n for n, claim in enumerate(claims) if claim is not None)}
    kept: tuple[Claim, ...] = tuple(claim for claim in claims if claim is not None)
    meetings = [
        Meeting(tuple(item["participants"]), item["date"], item["place"], item["kind"], _span(item))
        for item in sorted(own["meetings"], key=lambda item: item["number"])
    ]
    commitments = [
        Commitment(
            item["what"], tuple(item["parties"]), item["status"], item["due"], item["surface"], _span(item),
            tuple(places[number] for number in item["claims"] if number in places),
        )
        for item in sorted(own["commitments"], key=lambda item: item["number"])
    ]  # fmt: skip
    people = tuple(Person(item["name"], item["key"], item["role"], item["side"], _span(item)) for item in row["people"])
    return Reading(
        document, lang, row["script"], row["orthography"], kept, tuple(meetings), tuple(commitments), people,
        tuple(row["messages"]),
    )  # fmt: skip


def _span(item: Mapping[str, Any]) -> Span:
    return Span(item["start"], item["end"], item["quote"])


def _see(document: Document, item: Mapping[str, Any]) -> Document:
    return Document(
        id=item["place"], text=document.text, title=document.title, url=item["url"], publisher=item["publisher"],
        published=item["published"], lang=document.lang,
    )  # fmt: skip
