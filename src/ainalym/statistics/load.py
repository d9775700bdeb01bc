"""Loading: parsed figures are mapped, checked, written beside the store and put in place by rename."""

from __future__ import annotations

import csv
import datetime as dt
import errno
import hashlib
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from ..errors import SourceError, UsageError
from .areas import find_area, find_region, is_aggregate, suggest_areas
from .checks import check_chunk, check_controls
from .parsed import Chunk, Options, Parsed, Row, UnitsError, UnmappedError
from .records import Declaration, Manifest
from .store import Store, open_duckdb
from .views import FACT, quote
from .write import Coverage, join_pairs, write_chunk

if TYPE_CHECKING:
    import duckdb

# Rows, what they cover, what is to be told of them.
Loaded = tuple[int, Coverage, list[str]]


def add_files(
    store: Store, paths: Sequence[Path], *, source: str | None = None, settings: Mapping[str, str] | None = None,
    options: Options | None = None,
) -> Manifest:  # fmt: skip
    """Read files of one source and load them as one vintage; the source is told by the files when it is not named.

    `settings` are the source's own options (`mapping` for a table). Raises SourceError and UsageError.
    """
    from .providers import find_provider, load_declaration

    for path in paths:
        if not path.is_file():
            raise SourceError("there is no such file", place=str(path))
        if not path.stat().st_size:
            raise SourceError("the file is empty: the download may have been cut", place=str(path))
    settings = settings or {}
    name, provider = find_provider("table" if "mapping" in settings else source, paths)
    declaration = load_declaration(name)
    parsed = provider.parse(paths, declaration, settings)
    try:
        return add_load(store, declaration, parsed, paths, options)
    finally:
        for folder in parsed.scratch:
            _remove(folder)


def add_load(
    store: Store, declaration: Declaration, parsed: Parsed, inputs: Sequence[Path], options: Options | None = None
) -> Manifest:
    """Check what was parsed and put it into the store as one vintage; on any error the store is as it was.

    The same files loaded twice give the load that is there. Raises SourceError (sums do not close, duplicates,
    negative values, no room on the disk), UnmappedError, UnitsError.
    """
    options = options or Options()
    declaration = parsed.declaration or declaration
    vintage = options.vintage or parsed.vintage
    if vintage is None:
        raise UsageError("the files do not say when they were published: give --vintage YYYY-MM-DD")
    with ThreadPoolExecutor(2) as pool:
        digests = tuple(zip((path.name for path in inputs), pool.map(_digest, inputs), strict=True))
    parsed = parsed._replace(notes=parsed.notes + check_controls(parsed.controls, inputs))
    place = str(inputs[0]) if inputs else declaration.id
    if not parsed.rows and not parsed.chunks:
        raise SourceError("there is no figure in it", place=place)
    with store.writing():
        same = [m for m in store.datasets() if m.source == declaration.id and m.vintage == vintage]
        if same and same[-1].inputs == digests and not options.replace:
            return same[-1]
        if same and not options.replace:
            raise UsageError(
                f"{declaration.id} of {vintage} is there with other content: --replace it or give another --vintage"
            )
        staged = store.root / "staging" / uuid.uuid4().hex
        try:
            manifest = _write(store, declaration, parsed, vintage, digests, options, staged, place)
            store.publish(staged, manifest.id, replaces=tuple(m.id for m in same))
        except OSError as error:
            raise _disk_error(error, store) from error
        finally:
            _remove(staged.parent)
    return manifest


def _remove(folder: Path) -> None:
    import shutil

    shutil.rmtree(folder, ignore_errors=True)


def _disk_error(error: Exception, store: Store) -> SourceError:
    number = getattr(error, "errno", None)
    text = str(error)
    if number in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG) or "No space left" in text or "File too large" in text:
        return SourceError("no room on the disk; the store is as it was before", place=str(store.root))
    return SourceError(f"the load could not be written ({text}); the store is as before", place=str(store.root))


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write(
    store: Store, declaration: Declaration, parsed: Parsed, vintage: dt.date, digests: tuple[tuple[str, str], ...],
    options: Options, staged: Path, place: str,
) -> Manifest:  # fmt: skip
    import duckdb

    for kind in ("facts", "pair_year", "product_year"):
        (staged / kind).mkdir(parents=True)
    con = open_duckdb(options.threads)
    con.execute(f"SET GLOBAL temp_directory = {quote(staged / 'spill')}")
    # Countries and products are small enumerations: sums by both fit a table without hashing, in half the time.
    con.execute("SET GLOBAL perfect_ht_threshold = 24")
    notes = list(parsed.notes)
    rows = 0
    coverage: Coverage = set()
    try:
        chunks = _prepare(con, declaration, parsed, options, notes, place)

        def load(chunk: Chunk) -> Loaded:
            own = con.cursor() if parsed.chunks else con
            own.execute(f"CREATE OR REPLACE TEMP TABLE chunk AS {chunk.sql}")
            told = check_chunk(own, place, options, parsed, declaration, chunk.source)
            return *write_chunk(own, staged, chunk.name, parsed), told

        for done, (count, covered, told) in enumerate(_side_by_side(load, chunks)):
            options.progress(chunks[done].name, done + 1, len(chunks))
            rows += count
            coverage |= covered
            notes += told
        join_pairs(con, staged)
    except duckdb.IOException as error:
        raise _disk_error(error, store) from error
    except duckdb.Error as error:
        raise SourceError(f"the figures cannot be read: {str(error).splitlines()[0]}", place=place) from error
    finally:
        con.close()
    if not rows:
        raise SourceError("there is no figure in it", place=place)
    _remove(staged / "spill")
    manifest = Manifest(
        id=f"{declaration.id}/{vintage}/{staged.name[:8]}",
        source=declaration.id,
        vintage=vintage,
        vintage_note="as given" if options.vintage else parsed.vintage_note,
        loaded=dt.datetime.now(dt.UTC).replace(microsecond=0),
        declaration=declaration,
        inputs=digests,
        rows=rows,
        files=tuple(sorted(str(p.relative_to(staged)) for p in staged.rglob("*.parquet"))),
        coverage=tuple(sorted(coverage)),
        constants=parsed.constants,
        controls=parsed.controls,
        notes=tuple(notes),
        reexport=declaration.reexport,
    )
    (staged / "manifest.json").write_bytes(msgspec.json.format(msgspec.json.encode(manifest), indent=1))
    return manifest


def _side_by_side(load: Callable[[Chunk], Loaded], chunks: Sequence[Chunk]) -> Iterator[Loaded]:
    """What loading gave, chunk by chunk: two are under way, for each has stretches that keep one core only."""
    with ThreadPoolExecutor(2) as pool:
        loading = [pool.submit(load, chunk) for chunk in chunks]
        try:
            for future in loading:
                yield future.result()
        finally:
            pool.shutdown(cancel_futures=True)


def _prepare(
    con: duckdb.DuckDBPyConnection, declaration: Declaration, parsed: Parsed, options: Options, notes: list[str],
    place: str,
) -> list[Chunk]:  # fmt: skip
    """The SELECTs that give fact columns, with every label mapped to a code."""
    labels = set(parsed.labels)
    if parsed.rows:
        _register_rows(con, declaration, parsed.rows)
        labels |= {row.partner for row in parsed.rows} | {row.reporter for row in parsed.rows}
    _register_labels(con, labels, parsed.codes, options, notes, place)
    sources = list(parsed.chunks) or [Chunk("rows", "SELECT * FROM parsed_rows")]
    given = parsed.constants
    scale = "" if options.unit_mult is None else f" * {Decimal(10) ** (options.unit_mult - declaration.unit_mult)}"
    areas, products = "label_map", ""
    if parsed.chunks:
        areas, products = _make_enums(con, parsed, labels)
    columns = []
    for name, kind in FACT.items():
        if name in given:
            continue
        expression = {
            "ref_area": "r.code",
            "counterpart_area": "p.code",
            "commodity": "m.code" if products else "s.commodity",
            "is_aggregate": "p.is_aggregate",
            "obs_value": f"CAST(s.obs_value{scale} AS {kind})",
        }
        columns.append(f"{expression.get(name, f's.{name}')} AS {name}")
    # Left joins, so that a code that a code table lacks shows as an error and drops no row.
    return [
        Chunk(
            c.name,
            f"SELECT {', '.join(columns)} FROM ({c.sql}) s "
            f"LEFT JOIN {areas} r ON r.label = s.reporter LEFT JOIN {areas} p ON p.label = s.partner{products}",
            source=c.sql if c.sorted else "",
        )
        for c in sources
    ]


def _make_enums(con: duckdb.DuckDBPyConnection, parsed: Parsed, labels: set[str]) -> tuple[str, str]:
    """Codes of a large load as enumerations, which are grouped and written in half the time of text.

    Gives the table of areas, its labels as numbers where they are, and the join of products; '' without their list.
    """
    label = "CAST(label AS SMALLINT)" if all(text.isdigit() for text in labels) else "label"
    con.execute("CREATE TYPE area_code AS ENUM (SELECT DISTINCT code FROM label_map ORDER BY 1)")
    con.execute(
        f"CREATE TABLE area_map AS SELECT {label} AS label, CAST(code AS area_code) AS code, is_aggregate "
        "FROM label_map"
    )
    if not parsed.products:
        return "area_map", ""
    con.execute(f"CREATE TABLE product_list AS SELECT DISTINCT label, code FROM ({parsed.products})")
    con.execute("CREATE TYPE product_code AS ENUM (SELECT DISTINCT code FROM product_list ORDER BY 1)")
    con.execute("CREATE TABLE product_map AS SELECT label, CAST(code AS product_code) AS code FROM product_list")
    return "area_map", " LEFT JOIN product_map m ON m.label = s.product"


def _register_rows(con: duckdb.DuckDBPyConnection, declaration: Declaration, rows: Sequence[Row]) -> None:
    import pyarrow as pa

    terms = {"X": declaration.exports, "M": declaration.imports}
    table = pa.table({
        "reporter": [r.reporter for r in rows],
        "partner": [r.partner for r in rows],
        "trade_flow": [r.flow for r in rows],
        "commodity": [r.commodity for r in rows],
        "level": pa.array([r.level for r in rows], pa.int8()),
        "partner_type": [r.partner_type or terms[r.flow].partner_type for r in rows],
        "valuation": [r.valuation or terms[r.flow].valuation for r in rows],
        "year": pa.array([r.year for r in rows], pa.int16()),
        "month": pa.array([r.month for r in rows], pa.int8()),
        "months": pa.array([r.months for r in rows], pa.int8()),
        "obs_value": pa.array([r.value.quantize(Decimal("0.01")) for r in rows], pa.decimal128(20, 2)),
        "obs_status": [r.status for r in rows],
        "qty": pa.array([r.qty for r in rows], pa.float64()),
        "qty_unit": pa.array([r.qty_unit for r in rows], pa.string()),
    })  # fmt: skip
    con.register("parsed_rows", table)


def _register_labels(
    con: duckdb.DuckDBPyConnection, labels: set[str], given: dict[str, str], options: Options, notes: list[str],
    place: str,
) -> None:  # fmt: skip
    codes = {label: given.get(label) or find_area(label) or find_region(label) for label in labels}
    unknown = sorted(label for label, code in codes.items() if code is None)
    if unknown:
        path = _list_unknown(unknown, options.error_file or Path("ainalym-unmapped.csv"))
        if not options.allow_unmapped:
            shown = ", ".join(unknown[:5]) + (" …" if len(unknown) > 5 else "")
            raise UnmappedError(
                f"{len(unknown)} partners are not known ({shown}); they are listed with suggestions in {path}. "
                "Mend them or load with --allow-unmapped",
                place=place,
            )
        notes.append(f"{len(unknown)} unknown partners kept under '?name', outside all sums: {', '.join(unknown)}")
    rows = [(label, code or "?" + label) for label, code in codes.items()]
    values = ", ".join(f"({quote(label)}, {quote(code)}, {is_aggregate(code)})" for label, code in rows)
    con.execute("CREATE TEMP TABLE label_map (label VARCHAR, code VARCHAR, is_aggregate BOOLEAN)")
    if values:
        con.execute(f"INSERT INTO label_map VALUES {values}")


def _list_unknown(unknown: Sequence[str], path: Path) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["name", "suggestions"])
        writer.writerows([name, "; ".join(suggest_areas(name))] for name in unknown)
    return path


__all__ = ["Chunk", "Options", "Parsed", "Row", "UnitsError", "UnmappedError", "add_load"]
