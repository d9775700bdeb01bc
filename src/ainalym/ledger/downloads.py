"""Claims as files, row by row: CSV, JSON lines, Parquet, with the columns of docs/output.md.

`verdict` and `state` come behind them, for they are the ledger's own.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from importlib.util import find_spec
from itertools import chain, islice
from typing import Any

import msgspec

from ..output.csv import COLUMNS as OUTPUT_COLUMNS
from ..output.csv import make_cell, make_fields
from ..output.words import format_exact
from .models import Claim, Kept
from .records import to_claim

COLUMNS = (*OUTPUT_COLUMNS, "verdict", "state")
_AT_ONCE = 2_000
_DAYS = ("published", "period_start", "period_end")
_NUMBERS = ("value", "confidence")
_PLACES = ("start", "end")


def fetch(claims: Kept, most: int) -> Iterator[list[object]]:
    """The cells of these claims in their order, fetched in portions and without the texts of the reports."""
    rows = claims.select_related("document").defer("document__text", "document__folded")[:most]
    return map(make_row, rows.iterator(chunk_size=_AT_ONCE))


def make_row(claim: Claim) -> list[object]:
    """One value a column."""
    document = claim.document
    return [
        document.hash, document.url, document.title, document.publisher, document.published,
        document.lang, document.script, document.orthography, *make_fields(to_claim(claim)),
        claim.verdict or None, claim.state,
    ]  # fmt: skip


def write_csv(rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """A head row, then one row a claim, safe to open in a spreadsheet."""
    for portion in _portions(chain([COLUMNS], rows)):
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows([make_cell(value) for value in row] for row in portion)
        yield out.getvalue().encode()


def write_jsonl(rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """One object a claim."""
    encoder = msgspec.json.Encoder()
    for portion in _portions(rows):
        objects = [dict(zip(COLUMNS, map(_exact, row), strict=True)) for row in portion]
        yield encoder.encode_lines(objects)


def _exact(value: object) -> object:
    return msgspec.Raw(format_exact(value).encode()) if isinstance(value, Decimal) else value


def write_parquet(rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """Typed columns; `value` is a binary number of double precision there."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    types = (
        dict.fromkeys(_DAYS, pa.date32()) | dict.fromkeys(_NUMBERS, pa.float64()) | dict.fromkeys(_PLACES, pa.int64())
    )
    schema = pa.schema([(name, types.get(name, pa.string())) for name in COLUMNS])
    sink = _Sink()
    writer = pq.ParquetWriter(sink, schema)
    for portion in _portions(rows):
        columns = zip(*portion, strict=True)
        arrays = [pa.array(map(_plain, column), field.type) for column, field in zip(columns, schema, strict=True)]
        writer.write_table(pa.Table.from_arrays(arrays, schema=schema))
        yield sink.take()
    writer.close()
    yield sink.take()


def _plain(value: object) -> object:
    return float(value) if isinstance(value, Decimal) else value


class _Sink(io.RawIOBase):
    """A file that gives away what was written and still knows where it stands."""

    def __init__(self) -> None:
        self.held: list[bytes] = []
        self.length = 0

    def writable(self) -> bool:
        return True

    def tell(self) -> int:
        return self.length

    def write(self, data: Any) -> int:
        self.held.append(bytes(data))
        self.length += len(self.held[-1])
        return len(self.held[-1])

    def take(self) -> bytes:
        """What was written since the last call."""
        taken, self.held = b"".join(self.held), []
        return taken


def _portions(rows: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
    rows = iter(rows)
    while portion := tuple(islice(rows, _AT_ONCE)):
        yield portion


Writer = Callable[[Iterable[Sequence[object]]], Iterator[bytes]]
# By name: the writer, the type of the answer.
WRITERS: dict[str, tuple[Writer, str]] = {
    "csv": (write_csv, "text/csv; charset=utf-8"),
    "jsonl": (write_jsonl, "application/x-ndjson"),
    "parquet": (write_parquet, "application/vnd.apache.parquet"),
}


def has_parquet() -> bool:
    """Whether the package that writes Parquet is there."""
    return find_spec("pyarrow") is not None
