"""Checking a whole corpus: DuckDB gathers the claims by country, and each country's are checked together.

All relations between cells keep a side in common (growth, parts of a whole, both ways of trade, mirrors, ranks, shares
of the trade with the world), so that every pair of claims that can contradict meets in the group of one of its
countries. What needs a chain over the other partners of both sides is not concluded. Claims without a side can be
compared only within their report, and are checked by report.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import duckdb
import msgspec
import pyarrow as pa

from ..checking import OfficialOf, check
from ..errors import SourceError
from ..model import Claim, Document, Finding, Reading
from .rows import parse_claim
from .store import Store

FINDINGS_FILE = "findings.parquet"
_FIGURE = pa.struct([
    ("document", pa.string()), ("start", pa.int32()), ("end", pa.int32()), ("quote", pa.string()),
    ("claim", pa.int32()),
])  # fmt: skip
_BOUND = pa.decimal128(38, 12)
_IMPLIED = pa.struct([
    ("indicator", pa.string()), ("reporter", pa.string()), ("partner", pa.string()), ("product", pa.string()),
    ("period_start", pa.date32()), ("period_end", pa.date32()), ("kind", pa.string()), ("low", _BOUND),
    ("high", _BOUND), ("unit", pa.string()),
])  # fmt: skip
FINDINGS = pa.schema([
    ("group", pa.string()), ("verdict", pa.string()), ("severity", pa.string()), ("why", pa.string()),
    ("steps", pa.list_(pa.string())), ("figures", pa.list_(_FIGURE)), ("implied", _IMPLIED),
])  # fmt: skip
# A region goes with its country: RU-SA with RU. Groups (EAEU, C-ASIA) and the world are sides of their own.
_COUNTRY = r"regexp_replace({}, '^([A-Z]{{2}})-.+$', '\1')"
_REPORTS_AT_ONCE = 1000
_BATCH = 10_000

Told = Callable[[int, int, int], None]  # groups done, groups in all, findings so far


def check_corpus(
    folder: Path, *, out: Path | None = None, lang: str = "en", official: OfficialOf | None = None,
    tell: Told = lambda *_: None,
) -> dict[str, int]:  # fmt: skip
    """Check all claims of a run and write the findings as Parquet; gives the number of findings by verdict.

    Raises SourceError where `folder` holds no finished run.
    """
    store = Store(folder)
    if not store.manifest.exists():
        raise SourceError("holds no finished run of `corpus read`", place=str(folder))
    counts: dict[str, int] = {}
    rows = _find_rows(store, lang, official, counts, tell) if store.find_files("claims") else iter(())
    store.write_rows(out or store.folder / FINDINGS_FILE, rows, FINDINGS)
    return counts


def _find_rows(
    store: Store, lang: str, official: OfficialOf | None, counts: dict[str, int], tell: Told
) -> Iterator[dict[str, Any]]:
    told: set[int] = set()
    with duckdb.connect() as base:
        groups = _gather(base, store)
        for number, (name, readings, indexes) in enumerate(_iter_groups(base, groups), start=1):
            for finding in check(readings, official=official, lang=lang):
                row = _make_row(name, finding, indexes)
                # The same claims meet in the groups of both countries.
                key = hash((finding.verdict, finding.why, tuple(map(_key, row["figures"]))))
                if key not in told:
                    told.add(key)
                    counts[finding.verdict] = counts.get(finding.verdict, 0) + 1
                    yield row
            tell(min(number, len(groups)), len(groups), sum(counts.values()))


def _key(figure: dict[str, Any]) -> tuple[str, int]:
    return figure["document"], figure["claim"]


def _gather(base: duckdb.DuckDBPyConnection, store: Store) -> list[str]:
    """Tables of the claims, of the groups that they stand in, and of the documents; gives the groups by name."""
    base.execute("SET preserve_insertion_order = false")
    for name in ("claims", "documents"):
        files = [str(path) for path in store.find_files(name)]
        base.execute(
            f"CREATE VIEW {name} AS SELECT * FROM read_parquet($1, hive_partitioning = true)".replace(  # noqa: S608 - own names
                "$1", "[" + ", ".join("'" + file.replace("'", "''") + "'" for file in files) + "]"
            )
        )
    sides = " UNION ALL ".join(
        f"SELECT document, number, {_COUNTRY.format(side)} AS name FROM claims WHERE value IS NOT NULL"  # noqa: S608
        for side in ("reporter", "partner")
    )
    base.execute(f"CREATE TABLE members AS SELECT DISTINCT * FROM ({sides}) WHERE name IS NOT NULL AND name <> 'WORLD'")  # noqa: S608
    base.execute("SELECT name FROM members GROUP BY name HAVING count(*) > 1 ORDER BY name")
    return [name for (name,) in base.fetchall()]


def _iter_groups(
    base: duckdb.DuckDBPyConnection, names: Sequence[str]
) -> Iterator[tuple[str, list[Reading], dict[str, list[int]]]]:
    """Readings with the claims of one group each, and for each document the places of these claims in its reading."""
    for name in names:
        claims = "SELECT c.* FROM claims c JOIN members m USING (document, number) WHERE m.name = ?"
        yield name, *_load_readings(base, claims, [name])
    sideless = "SELECT c.* FROM claims c ANTI JOIN members USING (document, number) WHERE c.value IS NOT NULL"
    documents = base.execute(f"SELECT DISTINCT document FROM ({sideless}) ORDER BY document").fetchall()  # noqa: S608
    for start in range(0, len(documents), _REPORTS_AT_ONCE):
        some = [document for (document,) in documents[start : start + _REPORTS_AT_ONCE]]
        yield "", *_load_readings(base, f"{sideless} AND list_contains(?, c.document)", [some])


def _load_readings(
    base: duckdb.DuckDBPyConnection, claims: str, values: list[object]
) -> tuple[list[Reading], dict[str, list[int]]]:
    rows = base.sql(
        f"SELECT k.*, d.text, d.published, d.url, d.title, d.publisher, d.lang AS document_lang, d.script "  # noqa: S608
        f"FROM ({claims}) k JOIN documents d ON d.id = k.document ORDER BY k.document, k.number",
        params=values,
    )
    readings: list[Reading] = []
    indexes: dict[str, list[int]] = {}
    batches: Any = rows.to_arrow_reader(_BATCH)
    stream = (row for batch in batches for row in batch.to_pylist())
    for document, own in groupby(stream, key=lambda row: row["document"]):
        reading, numbers = _make_reading(document, list(own))
        readings.append(reading)
        indexes[document] = numbers
    return readings, indexes


def _make_reading(name: str, rows: list[dict[str, Any]]) -> tuple[Reading, list[int]]:
    first = rows[0]
    claims: list[Claim] = []
    numbers: list[int] = []
    for row in rows:
        claim = parse_claim(row)
        if claim is not None:
            claims.append(claim)
            numbers.append(row["number"])
    document = Document(
        id=name, text=first["text"], title=first["title"], url=first["url"], publisher=first["publisher"],
        published=first["published"],
    )  # fmt: skip
    return Reading(document, first["document_lang"], first["script"], claims=tuple(claims)), numbers


def _make_row(group: str, finding: Finding, indexes: dict[str, list[int]]) -> dict[str, Any]:
    figures = [
        {**msgspec.structs.asdict(figure), "claim": indexes[figure.document][figure.claim]}
        for figure in finding.figures
    ]
    return {
        "group": group, "verdict": finding.verdict, "severity": finding.severity, "why": finding.why,
        "steps": list(finding.steps), "figures": figures, "implied": _make_implied(finding),
    }  # fmt: skip


def _make_implied(finding: Finding) -> dict[str, Any] | None:
    if finding.implied is None:
        return None
    fields = msgspec.structs.asdict(finding.implied)
    first, last = fields.pop("period") or (None, None)
    bounds = {name: _fit(fields[name]) for name in ("low", "high")}
    return {**fields, **bounds, "period_start": first, "period_end": last}


def _fit(value: Any) -> Any:
    """A bound with twelve digits behind the point; None where it is none or has no end."""
    from decimal import Context, Decimal, InvalidOperation

    try:
        return value.quantize(Decimal(1).scaleb(-_BOUND.scale), context=Context(prec=38)) if value.is_finite() else None
    except InvalidOperation:
        return None
