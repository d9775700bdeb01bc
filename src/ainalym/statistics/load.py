"""Loading: parsed figures are mapped, checked, written beside the store and put in place by rename."""

from __future__ import annotations

import csv
import datetime as dt
import errno
import hashlib
import uuid
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from ..errors import SourceError, UsageError
from .areas import find_area, find_region, is_aggregate, suggest_areas
from .records import Control, Declaration, Manifest
from .store import FACT, PAIR, PRODUCT, Store, open_duckdb, quote
from .totals import find_unit_slip

if TYPE_CHECKING:
    import duckdb

KEY = (
    "ref_area",
    "trade_flow",
    "counterpart_area",
    "commodity",
    "partner_type",
    "valuation",
    "year",
    "month",
    "months",
)
MANY_REPORTERS = 12
# Russia's 2017 exports by group miss their total by 0.0014 %, Armenia's months of 2020 the year by 0.013 %.
PUBLISHERS_SLIP = Decimal("0.001")


class Row(NamedTuple):
    """One printed figure, in US dollars; `partner` and `reporter` as printed. `None`: as the declaration says."""

    reporter: str
    flow: str
    partner: str
    year: int
    value: Decimal
    commodity: str = "TOTAL"
    level: int = 0
    month: int = 1
    months: int = 12
    partner_type: str | None = None
    valuation: str | None = None
    status: str = "A"
    qty: float | None = None
    qty_unit: str | None = None


class Chunk(NamedTuple):
    """A part of a large load: a SELECT that gives `reporter`, `partner` as labels and the other fact columns.

    A `sorted` one gives a number `sort_key` too, which grows from row to row unless a row stands twice.
    """

    name: str
    sql: str
    sorted: bool = False


class Parsed(NamedTuple):
    """What a provider made of its files: rows, or chunks with their labels; control sums; what to tell the user."""

    rows: Sequence[Row] = ()
    chunks: Sequence[Chunk] = ()
    labels: frozenset[str] = frozenset()
    controls: tuple[Control, ...] = ()
    notes: tuple[str, ...] = ()
    vintage: dt.date | None = None
    vintage_note: str = ""
    constants: dict[str, Any] = {}  # noqa: RUF012  (read only)
    reconciled: bool = False
    codes: dict[str, str] = {}  # noqa: RUF012
    declaration: Declaration | None = None
    scratch: tuple[Path, ...] = ()


class Options(msgspec.Struct, frozen=True):
    """How to load: `unit_mult` corrects the printed unit; `check_units=False` accepts an odd one."""

    vintage: dt.date | None = None
    allow_unmapped: bool = False
    replace: bool = False
    unit_mult: int | None = None
    check_units: bool = True
    error_file: Path | None = None
    threads: int | None = None
    progress: Callable[[str, int, int], None] = lambda what, done, total: None


class UnmappedError(SourceError):
    """Names of partners that are not known; `path` is the file that lists them with suggestions."""


class UnitsError(SourceError):
    """The figures look a power of ten off; `unit_mult` is the unit that would fit."""

    def __init__(self, message: str, *, place: str | None, unit_mult: int) -> None:
        super().__init__(message, place=place)
        self.unit_mult = unit_mult


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
    digests = tuple((path.name, _digest(path)) for path in inputs)
    parsed = parsed._replace(notes=parsed.notes + _check_controls(parsed.controls, inputs))
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


def _check_controls(controls: Sequence[Control], inputs: Sequence[Path]) -> tuple[str, ...]:
    """Refuse sums that are far off (a cut or misread file); note those that the publisher itself got slightly wrong."""
    broken = [c for c in controls if not c.closes]
    far = [c for c in broken if c.strict and abs(c.got - c.printed) > PUBLISHERS_SLIP * abs(c.printed)]
    if far:
        lines = "; ".join(f"{c.name}: {c.got:,.0f} is not the printed {c.printed:,.0f}" for c in far[:5])
        place = str(inputs[0]) if inputs else None
        raise SourceError(f"{len(far)} sums do not close, so the file may be cut or misread: {lines}", place=place)
    return tuple(f"the publisher's own sum is off: {c.name}: {c.got:,.0f}, printed {c.printed:,.0f}" for c in broken)


def _write(
    store: Store, declaration: Declaration, parsed: Parsed, vintage: dt.date, digests: tuple[tuple[str, str], ...],
    options: Options, staged: Path, place: str,
) -> Manifest:  # fmt: skip
    import duckdb

    for kind in ("facts", "pair_year", "product_year"):
        (staged / kind).mkdir(parents=True)
    con = open_duckdb(options.threads)
    con.execute(f"SET temp_directory = {quote(staged / 'spill')}")
    notes = list(parsed.notes)
    try:
        chunks = _prepare(con, declaration, parsed, options, notes, place)
        rows, coverage = 0, set()
        for done, chunk in enumerate(chunks):
            options.progress(chunk.name, done, len(chunks))
            con.execute(f"CREATE OR REPLACE TEMP TABLE chunk AS {chunk.sql}")
            _check_chunk(con, place, options, notes, parsed, declaration)
            rows += _write_chunk(con, staged, chunk.name, parsed, coverage)
        options.progress("", len(chunks), len(chunks))
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
    # Numbers as labels are joined as numbers: casting a hundred million of them to text costs more than the join.
    labelled = "label_map"
    if parsed.chunks and all(label.isdigit() for label in labels):
        labelled = "(SELECT CAST(label AS SMALLINT) AS label, code, is_aggregate FROM label_map)"
    columns = []
    for name, kind in FACT.items():
        if name in given:
            continue
        expression = {
            "ref_area": "r.code",
            "counterpart_area": "p.code",
            "is_aggregate": "p.is_aggregate",
            "obs_value": f"CAST(s.obs_value{scale} AS {kind})",
        }
        columns.append(f"{expression.get(name, f's.{name}')} AS {name}")
    return [
        Chunk(
            c.name,
            f"SELECT {', '.join(columns)}{', s.sort_key' if c.sorted else ''} FROM ({c.sql}) s "
            f"JOIN {labelled} r ON r.label = s.reporter JOIN {labelled} p ON p.label = s.partner",
        )
        for c in sources
    ]


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


def _check_chunk(
    con: duckdb.DuckDBPyConnection, place: str, options: Options, notes: list[str], parsed: Parsed,
    declaration: Declaration,
) -> None:  # fmt: skip
    negative = con.execute("SELECT count(*), min(obs_value) FROM chunk WHERE obs_value < 0").fetchone()
    if negative and negative[0]:
        raise SourceError(
            f"{negative[0]} values are negative (the least {negative[1]:,}): not trade values", place=place
        )
    _check_duplicates(con, place, notes, parsed.constants)
    if options.check_units and not parsed.chunks:
        totals = con.execute(
            "SELECT ref_area, trade_flow, year, counterpart_area, max(obs_value) FROM chunk "
            "WHERE months = 12 AND commodity = 'TOTAL' GROUP BY ALL"
        ).fetchall()
        if (slip := find_unit_slip(totals)) is not None:
            power, example = slip
            declared = declaration.unit_mult if options.unit_mult is None else options.unit_mult
            raise UnitsError(
                f"the unit looks wrong by 10^{power}: {example}. Give --unit-mult, or --no-unit-check to load as it is",
                place=place,
                unit_mult=declared - power,
            )


def _check_duplicates(con: duckdb.DuckDBPyConnection, place: str, notes: list[str], constants: dict[str, Any]) -> None:
    if _has_sort_key(con):
        # A key that grows from row to row has no duplicate: one pass, no hash table.
        stuck = con.execute(
            "SELECT count(*) FROM (SELECT sort_key, lag(sort_key) OVER () AS before FROM chunk) WHERE sort_key <= before"
        ).fetchone()
        con.execute("ALTER TABLE chunk DROP COLUMN sort_key")
        if stuck and not stuck[0]:
            return
    key = [name for name in KEY if name not in constants]
    found = con.execute(
        f"SELECT {', '.join(key)}, count(*) AS n, count(DISTINCT obs_value) AS values_ FROM chunk "
        f"GROUP BY ALL HAVING count(*) > 1 LIMIT 1000"
    ).fetchall()
    if not found:
        return
    differing = [row for row in found if row[-1] > 1]
    if differing:
        first = " ".join(map(str, differing[0][:-2]))
        raise SourceError(
            f"{len(differing)} cells stand twice with different values, the first is {first}", place=place
        )
    extra = sum(row[-2] - 1 for row in found)
    notes.append(f"{extra} duplicate rows with the same value were left out")
    con.execute("CREATE OR REPLACE TEMP TABLE chunk AS SELECT DISTINCT * FROM chunk")


def _has_sort_key(con: duckdb.DuckDBPyConnection) -> bool:
    columns = con.execute("DESCRIBE chunk").fetchall()
    return any(column[0] == "sort_key" for column in columns)


def _write_chunk(
    con: duckdb.DuckDBPyConnection, staged: Path, name: str, parsed: Parsed, coverage: set[tuple[str, int, int]]
) -> int:
    months = str(parsed.constants.get("months", "months"))
    reporters = con.execute("SELECT count(DISTINCT ref_area) FROM chunk").fetchone()
    many = bool(reporters and reporters[0] > MANY_REPORTERS)
    area = "'*'" if many else "ref_area"
    cells = con.execute(f"SELECT DISTINCT {area}, {months}, year FROM chunk").fetchall()
    coverage.update(cells)
    named = "'ALL'" if many else "ref_area"
    file_keys = con.execute(f"SELECT DISTINCT {named}, year FROM chunk").fetchall()
    order = "" if parsed.chunks else " ORDER BY ref_area, trade_flow, counterpart_area, commodity, month"
    prefix = f"{name}-" if parsed.chunks else ""
    for ref_area, year in file_keys:
        where = [] if len(file_keys) == 1 else [f"year = {year}"]
        where += [] if many or len(file_keys) == 1 else [f"ref_area = {quote(ref_area)}"]
        condition = f" WHERE {' AND '.join(where)}" if where else ""
        path = staged / "facts" / f"{prefix}{ref_area.strip('?')}-{year}.parquet"
        con.execute(
            f"COPY (SELECT * FROM chunk{condition}{order}) TO {quote(path)} (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, DICTIONARY_SIZE_LIMIT 10000)"
        )
    _write_sums(con, staged, name, parsed)
    count = con.execute("SELECT count(*) FROM chunk").fetchone()
    return int(count[0]) if count else 0


def _write_sums(con: duckdb.DuckDBPyConnection, staged: Path, name: str, parsed: Parsed) -> None:
    """Sums for the screens. Where a publication prints totals they are taken as printed, else the lowest level is
    added up: figures of two levels are never summed. A reconciled source has one row for both sides of a flow."""
    given = ", ".join(f"CAST({quote(value)} AS {FACT[key]}) AS {key}" for key, value in parsed.constants.items())
    con.execute(f"CREATE OR REPLACE TEMP VIEW filled AS SELECT *{', ' + given if given else ''} FROM chunk")
    lowest = con.execute("SELECT min(level), max(level) FROM filled").fetchone() or (0, 0)
    keys = ", ".join(k for k in PAIR if k not in ("value", "obs_status"))
    grouping = f"SELECT {keys}, max(obs_status) AS obs_status, sum(obs_value) AS value FROM filled WHERE level = {lowest[0]} GROUP BY ALL"  # noqa: E501
    con.execute(f"CREATE OR REPLACE TEMP TABLE pairs AS {grouping}")
    sides = "SELECT * FROM pairs"
    if parsed.reconciled:
        swapped = "counterpart_area AS ref_area, ref_area AS counterpart_area, 'M' AS trade_flow"
        sides += f" UNION ALL BY NAME SELECT {swapped}, * EXCLUDE (ref_area, counterpart_area, trade_flow) FROM pairs"
    _copy(
        con,
        f"SELECT {', '.join(PAIR)} FROM ({sides}) ORDER BY ref_area, counterpart_area",
        staged / "pair_year" / f"{name}.parquet",
    )  # noqa: E501
    if lowest[1] == 0:
        return
    # A partner that stands for the world has the sum already; without one the countries are added.
    by_product = "ref_area, trade_flow, commodity, level, year, CAST(sum(obs_value) AS DECIMAL(38,2)) AS value"
    selects = [f"SELECT {by_product} FROM filled WHERE months = 12 AND level > 0 AND NOT is_aggregate GROUP BY ALL"]
    if parsed.reconciled:
        selects.append(
            f"SELECT counterpart_area AS ref_area, 'M' AS trade_flow, {by_product.split(', ', 2)[2]} "
            "FROM filled WHERE months = 12 AND level > 0 GROUP BY ALL"
        )
    for place, select in enumerate(selects):
        _copy(con, select, staged / "product_year" / f"{name}-{place}.parquet")


def _copy(con: duckdb.DuckDBPyConnection, select: str, path: Path) -> None:
    con.execute(f"COPY ({select}) TO {quote(path)} (FORMAT parquet, COMPRESSION zstd)")


__all__ = ["PRODUCT", "Chunk", "Options", "Parsed", "Row", "UnitsError", "UnmappedError", "add_load"]
