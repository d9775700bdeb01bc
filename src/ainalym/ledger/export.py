"""What the ledger holds now, as records with the public field names (docs/output.md), one at a time.

A ledger may be far larger than memory: everything here is a stream from the database to the file.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import islice
from typing import IO, Any, TextIO

import msgspec
from django.db.models import Prefetch, Q, QuerySet

from ..errors import UsageError
from ..model import Figure, Finding
from ..output.csv import make_cell
from ..output.findings import FindingStyle
from ..output.findings_claimreview import make_reviews
from . import models
from .gold import gold_records
from .records import to_document, to_span

WHAT = ("claims", "meetings", "commitments", "findings", "documents", "gold")
FORMATS = ("jsonl", "csv", "parquet", "sdmx-csv", "claimreview")
_ONLY = {"sdmx-csv": "claims", "claimreview": "findings"}
_MANY = 2_000

Record = dict[str, Any]


class Narrow(msgspec.Struct, frozen=True):
    """Which part of the ledger: a pair of countries (KZ-UZ), reports published on a day or later."""

    pair: str | None = None
    since: dt.date | None = None


def check_form(what: str, form: str) -> None:
    """A UsageError where a format has no form for such records."""
    if form in _ONLY and what != _ONLY[form]:
        raise UsageError(f"{form} is a format of {_ONLY[form]}; choose jsonl, csv or parquet for {what}")
    if what == "gold" and form != "jsonl":
        raise UsageError("gold records are JSON lines; choose jsonl")


# -- records ----------------------------------------------------------------------------------------------------------


def _narrowed(rows: QuerySet, narrow: Narrow, *, published: str = "published") -> QuerySet:
    if narrow.pair:
        rows = rows.filter(pair=narrow.pair)
    return rows.filter(**{f"{published}__gte": narrow.since}) if narrow.since else rows


def _placed(table: Any) -> Callable[[Narrow], QuerySet]:
    def find(narrow: Narrow) -> QuerySet:
        rows = table.objects.current().select_related("document").defer("document__text", "document__folded")
        return _narrowed(rows, narrow).order_by("pk")

    return find


def _find_findings(narrow: Narrow) -> QuerySet:
    claims = models.Claim.objects.select_related("document").defer("document__folded", "trace").order_by("pk")
    rows = models.Finding.objects.current().prefetch_related(Prefetch("claims", claims))
    rows = rows.filter(pair=narrow.pair) if narrow.pair else rows
    if narrow.since:
        since = Q(claims__published__gte=narrow.since)
        rows = rows.filter(pk__in=models.Finding.objects.current().filter(since).values("pk"))
    return rows.order_by("pk")


def _find_documents(narrow: Narrow) -> QuerySet:
    rows = models.Document.objects.defer("folded")
    if narrow.pair:
        rows = rows.filter(pk__in=models.Claim.objects.current().filter(pair=narrow.pair).values("document"))
    rows = rows.filter(published__gte=narrow.since) if narrow.since else rows
    return rows.prefetch_related("sightings").order_by("pk")


_QUERIES: dict[str, Callable[[Narrow], QuerySet]] = {
    "claims": _placed(models.Claim),
    "meetings": _placed(models.Meeting),
    "commitments": _placed(models.Commitment),
    "findings": _find_findings,
    "documents": _find_documents,
}


def export_records(what: str, narrow: Narrow = Narrow()) -> Iterator[Record]:  # noqa: B008 - frozen
    """The records, oldest first. Figures are exact decimals; a document's `id` is the hash of its text."""
    if what == "gold":
        yield from gold_records()
        return
    for row in _QUERIES[what](narrow).iterator(chunk_size=_MANY):
        yield _MAKERS[what](row)


def claim_records(claims: QuerySet, most: int) -> Iterator[Record]:
    """The records of some claims in the order of their query, without the texts of the reports."""
    rows = claims.select_related("document").defer("document__text", "document__folded")[:most]
    return map(_make_claim, rows.iterator(chunk_size=_MANY))


def _head(row: models.Document) -> Record:
    names = ("url", "title", "publisher", "published", "lang", "script", "orthography")
    return {"id": row.hash, **{name: getattr(row, name) for name in names}}


def _evidence(row: Any) -> Record:
    span = to_span(row)
    return {"start": span.start, "end": span.end, "quote": span.quote}


def _make_claim(row: models.Claim) -> Record:
    return {
        **_head(row.document),
        "number": row.number,
        **{name: getattr(row, name) for name in ("surface", "indicator", "reporter", "partner", "product")},
        "period": (row.period_start, row.period_end) if row.has_period else None,
        "kind": row.kind,
        "value": Decimal(row.value_exact),
        **{name: getattr(row, name) for name in ("unit", "bound", "modality", "speaker")},
        "evidence": _evidence(row),
        "confidence": row.confidence,
        "trace": row.trace,
        "state": row.state,
        "verdict": row.verdict or None,
    }


def _make_meeting(row: models.Meeting) -> Record:
    fields = {name: getattr(row, name) for name in ("number", "participants", "date", "place", "kind")}
    return {**_head(row.document), **fields, "evidence": _evidence(row)}


def _make_commitment(row: models.Commitment) -> Record:
    names = ("number", "what", "parties", "status", "due", "surface")
    fields = {name: getattr(row, name) for name in names}
    return {**_head(row.document), **fields, "evidence": _evidence(row), "claims": row.claims}


def _make_finding(row: models.Finding) -> Record:
    figures = [
        {"document": claim.document.hash, "claim": claim.number, **_evidence(claim)} for claim in row.claims.all()
    ]
    return {
        "id": row.pk, "pair": row.pair or None, "verdict": row.verdict, "severity": row.severity,
        "why": {lang: words["why"] for lang, words in row.words.items()},
        "steps": {lang: words["steps"] for lang, words in row.words.items()},
        "figures": figures, "implied": row.implied,
    }  # fmt: skip


def _make_document(row: models.Document) -> Record:
    sightings = [{"place": item.place, "url": item.url, "published": item.published} for item in row.sightings.all()]
    return {**_head(row), "text": row.text, "sightings": sightings}


_MAKERS: dict[str, Callable[[Any], Record]] = {
    "claims": _make_claim,
    "meetings": _make_meeting,
    "commitments": _make_commitment,
    "findings": _make_finding,
    "documents": _make_document,
}


# -- formats ----------------------------------------------------------------------------------------------------------


def write_jsonl(records: Iterable[Record], out: TextIO) -> None:
    """One object a line; figures are exact JSON numbers."""
    out.writelines(stream_jsonl(records))


def stream_jsonl(records: Iterable[Record]) -> Iterator[str]:
    """The lines, many at a time."""
    encoder = msgspec.json.Encoder(decimal_format="number")
    for batch in _batches(records):
        yield "".join(encoder.encode(record).decode() + "\n" for record in batch)


def _batches(records: Iterable[Record]) -> Iterator[list[Record]]:
    waiting = iter(records)
    while batch := list(islice(waiting, _MANY)):
        yield batch


# The columns of tables: what nests in a record is flat here, and a list is one cell.
_HEAD = ("id", "url", "title", "publisher", "published", "lang", "script", "orthography")
_SPAN = ("start", "end", "quote")
COLUMNS = {
    "claims": (
        *_HEAD, "number", "surface", "indicator", "reporter", "partner", "product", "period_start", "period_end",
        "kind", "value", "unit", "bound", "modality", "speaker", "confidence", *_SPAN, "trace", "state", "verdict",
    ),
    "meetings": (*_HEAD, "number", "participants", "date", "place", "kind", *_SPAN),
    "commitments": (*_HEAD, "number", "what", "parties", "status", "due", "surface", *_SPAN, "claims"),
    "findings": (
        "id", "pair", "verdict", "severity", "why_kk", "why_ru", "why_en", "steps_kk", "steps_ru", "steps_en",
        "documents", "figures",
    ),
    "documents": (*_HEAD, "text", "sightings"),
}  # fmt: skip


def flatten(what: str, record: Record) -> Record:
    """A record with the COLUMNS of its table."""
    flat = dict(record)
    if "evidence" in flat:
        flat |= flat.pop("evidence")
    if what == "claims":
        flat["period_start"], flat["period_end"] = flat.pop("period") or (None, None)
    if what == "findings":
        for name in ("why", "steps"):
            flat |= {f"{name}_{lang}": words for lang, words in flat.pop(name).items()}
        figures = flat.pop("figures")
        flat["documents"] = list(dict.fromkeys(figure["document"] for figure in figures))
        flat["figures"] = [figure["quote"] for figure in figures]
    if what == "documents":
        flat["sightings"] = [sighting["place"] for sighting in flat["sightings"]]
    return {name: flat.get(name) for name in COLUMNS[what]}


def write_csv(what: str, records: Iterable[Record], out: TextIO) -> None:
    """A head row, then one row a record; safe to open in a spreadsheet."""
    out.writelines(stream_csv(what, records))


def stream_csv(what: str, records: Iterable[Record]) -> Iterator[str]:
    """The rows as text, many at a time."""
    yield _to_lines([COLUMNS[what]])
    for batch in _batches(records):
        yield _to_lines(map(_to_cells, (flatten(what, record) for record in batch)))


def _to_cells(flat: Record) -> list[str]:
    return [make_cell("; ".join(map(str, v)) if isinstance(v, list | tuple) else v) for v in flat.values()]


def _to_lines(rows: Iterable[Iterable[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def write_parquet(what: str, records: Iterable[Record], out: IO[bytes]) -> None:
    """A Parquet file by row groups; `value` is a binary number there, `value_exact` what was printed."""
    out.writelines(stream_parquet(what, records))


def stream_parquet(what: str, records: Iterable[Record]) -> Iterator[bytes]:
    """The file, a row group at a time."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema, sink = _make_schema(what), _Sink()
    with pq.ParquetWriter(sink, schema, compression="zstd") as file:
        for batch in _batches(records):
            file.write_table(
                pa.Table.from_pylist([_to_parquet(flatten(what, record)) for record in batch], schema=schema)
            )
            yield sink.take()
    yield sink.take()


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


def _to_parquet(flat: Record) -> Record:
    if "value" in flat:
        flat |= {"value": float(flat["value"]), "value_exact": f"{flat['value']:f}"}
    return flat


def _make_schema(what: str) -> Any:
    import pyarrow as pa

    days = {"published", "period_start", "period_end", "date", "due"}
    lists = {"participants", "parties", "trace", "steps_kk", "steps_ru", "steps_en", "documents", "figures"}
    kinds = dict.fromkeys(days, pa.date32()) | dict.fromkeys(lists, pa.list_(pa.string()))
    kinds |= {"sightings": pa.list_(pa.string()), "claims": pa.list_(pa.int32()), "value": pa.float64()}
    kinds |= {"number": pa.int32(), "start": pa.int32(), "end": pa.int32(), "confidence": pa.float64()}
    names = [*COLUMNS[what], *(["value_exact"] if what == "claims" else [])]
    if what == "findings":
        kinds["id"] = pa.int64()
    return pa.schema([(name, kinds.get(name, pa.string())) for name in names])


STRUCTURE = "AINALYM:CLAIMS(1.0)"
SDMX_COLUMNS = (
    "STRUCTURE", "STRUCTURE_ID", "ACTION", "FREQ", "REF_AREA", "COUNTERPART_AREA", "INDICATOR", "COMMODITY", "MODALITY",
    "DOCUMENT", "CLAIM", "TIME_PERIOD", "OBS_VALUE", "UNIT_MEASURE", "BOUND", "CONFIDENCE", "SOURCE", "PUBLISHED",
)  # fmt: skip


def write_sdmx(records: Iterable[Record], out: TextIO) -> None:
    """SDMX-CSV 2.0: amounts of money with both sides and a period of known ends, one observation a claim."""
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(SDMX_COLUMNS)
    for record in records:
        if is_observation(record):
            rows.writerow([make_cell(value) for value in _make_observation(record)])


def is_observation(claim: Mapping[str, Any]) -> bool:
    """Whether a claim is what SDMX can hold: a level in money, of a whole period, between two sides."""
    period, unit = claim["period"], claim["unit"] or ""
    is_money = len(unit) == 3 and unit.isascii() and unit.isupper()
    sides = claim["reporter"] and claim["partner"]
    return claim["kind"] == "level" and is_money and bool(sides) and period is not None and None not in period


def _make_observation(claim: Mapping[str, Any]) -> list[Any]:
    freq, period = name_period(*claim["period"])
    return [
        "dataflow", STRUCTURE, "A", freq, claim["reporter"], claim["partner"], claim["indicator"].upper(),
        claim["product"] or "TOTAL", claim["modality"], claim["id"], claim["number"], period, claim["value"],
        claim["unit"], claim["bound"], claim["confidence"], claim["publisher"], claim["published"],
    ]  # fmt: skip


def name_period(start: dt.date, end: dt.date) -> tuple[str, str]:
    """Frequency and period as SDMX writes them: A 2023, S 2023-S1, Q 2023-Q2, M 2023-05, else a range of days."""
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    whole = start.day == 1 and (end + dt.timedelta(days=1)).day == 1
    if whole and months in (1, 3, 6, 12) and (start.month - 1) % months == 0:
        part = (start.month - 1) // months + 1
        if months == 12:
            return "A", f"{start.year:04}"
        if months == 1:
            return "M", f"{start.year:04}-{start.month:02}"
        letter = "S" if months == 6 else "Q"
        return letter, f"{start.year:04}-{letter}{part}"
    return "N", f"{start.isoformat()}/P{(end - start).days + 1}D"


def write_claimreview(narrow: Narrow, out: TextIO, *, lang: str, tell: Callable[[], None] = lambda: None) -> None:
    """One JSON-LD graph of schema.org ClaimReview records: findings that say how true a figure is."""
    style = FindingStyle(ui_lang=lang)
    out.write('{"@context":"https://schema.org","@graph":[')
    first = True
    for row in _find_findings(narrow).iterator(chunk_size=_MANY):
        tell()
        claims = list(row.claims.all())
        documents = {claim.document.hash: to_document(claim.document) for claim in claims}
        for review in make_reviews([_to_finding(row, claims, lang)], documents, style):
            out.write(("\n" if first else ",\n") + msgspec.json.encode(review).decode())
            first = False
    out.write("\n]}\n")


def _to_finding(row: models.Finding, claims: Iterable[models.Claim], lang: str) -> Finding:
    figures = tuple(
        Figure(claim.document.hash, span.start, span.end, span.quote, claim.number)
        for claim in claims
        for span in [to_span(claim)]
    )
    words = row.words[lang]
    return Finding(row.verdict, row.severity, words["why"], tuple(words["steps"]), figures)
