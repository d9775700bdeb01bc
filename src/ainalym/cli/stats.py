"""`ainalym stats`: load official trade statistics, look at them, ask them. Mirrors `ainalym.statistics`."""

from __future__ import annotations

import datetime as dt
import json
import sys
import tempfile
from collections.abc import Callable, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import click

from ainalym.errors import UsageError

from .words import Choice, Group, Option, say_in


@click.group(cls=Group, name="stats", help="stats.stats")
@click.option("--store", cls=Option, type=click.Path(path_type=Path, file_okay=False), help="stats_option.store")
@click.pass_context
def stats(ctx: click.Context, store: Path | None) -> None:
    """Load official trade statistics and ask them.

    A figure keeps its reporter, partner principle, valuation, vintage and source.
    """
    from ainalym.statistics.store import Store

    ctx.obj = Store(store)


command = stats


def _say(key: str, **values: object) -> str:
    return say_in(click.get_current_context(), f"stats.{key}", **values)


def _tell(key: str, **values: object) -> None:
    click.echo(_say(key, **values), err=True)


def _settings(pairs: Sequence[str]) -> dict[str, str]:
    settings = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals:
            raise UsageError(f"--set {pair}: write --set name=value")
        settings[name] = value
    return settings


def _day(ctx: click.Context, param: click.Parameter, value: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(value) if value else None
    except ValueError as error:
        raise click.BadParameter(f"{value} is no date; write 2024-07-25") from error


def _load_options(function: Callable[..., Any]) -> Callable[..., Any]:
    for option in reversed(
        (
            click.option(
                "--mapping", cls=Option, type=click.Path(path_type=Path, exists=True), help="stats_option.mapping"
            ),
            click.option("--set", "pairs", cls=Option, multiple=True, metavar="NAME=VALUE", help="stats_option.set"),
            click.option("--vintage", cls=Option, callback=_day, help="stats_option.vintage"),
            click.option("--replace", cls=Option, is_flag=True, help="stats_option.replace"),
            click.option("--allow-unmapped", cls=Option, is_flag=True, help="stats_option.allow_unmapped"),
            click.option("--unit-mult", cls=Option, type=int, help="stats_option.unit_mult"),
            click.option("--no-unit-check", cls=Option, is_flag=True, help="stats_option.no_unit_check"),
            click.option("--errors", cls=Option, type=click.Path(path_type=Path), help="stats_option.errors"),
        )
    ):
        function = option(function)
    return function


@stats.command(help="stats.add")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--source", cls=Option, help="stats_option.source")
@_load_options
@click.pass_obj
def add(store: Any, /, files: tuple[Path, ...], **given: Any) -> None:
    """Load FILES of one source as one vintage.

    A name of a source in place of a file fetches it first (comtrade, imf, kz-bns-open).
    """
    from ainalym.statistics.providers import provider_names

    if len(files) == 1 and str(files[0]) in provider_names() and not files[0].exists():
        _fetch_and_add(store, str(files[0]), given)
    else:
        _add(store, files, given)


def _add(store: Any, files: Sequence[Path], given: dict[str, Any]) -> None:
    from ainalym.statistics.load import UnitsError, add_files

    settings = _settings(given["pairs"])
    if given["mapping"]:
        settings["mapping"] = str(given["mapping"])
    unit = given["unit_mult"]
    while True:
        try:
            with _Bar() as bar:
                options = _make_options(given, unit, bar)
                loaded = add_files(store, files, source=given["source"], settings=settings, options=options)
            break
        except UnitsError as error:
            if not sys.stdin.isatty():
                raise
            if not click.confirm(f"{error}\n{_say('ask_unit', power=error.unit_mult)}", err=True):
                raise
            unit = error.unit_mult
    _tell("loaded", load=loaded.id, rows=f"{loaded.rows:,}", vintage=f"{loaded.vintage} ({loaded.vintage_note})")
    closing = sum(c.closes for c in loaded.controls)
    _tell("closing", closing=closing, all=len(loaded.controls))
    for note in loaded.notes[:10]:
        click.echo(f"note: {note}", err=True)
    if len(loaded.notes) > 10:
        _tell("more", count=len(loaded.notes) - 10, source=loaded.source)


def _make_options(given: dict[str, Any], unit: int | None, bar: _Bar) -> Any:
    from ainalym.statistics.load import Options

    return Options(
        vintage=given["vintage"], allow_unmapped=given["allow_unmapped"], replace=given["replace"], unit_mult=unit,
        check_units=not given["no_unit_check"], error_file=given["errors"], progress=bar.advance,
    )  # fmt: skip


class _Bar:
    """A progress bar on standard error for loads of several parts, on a terminal only."""

    def __enter__(self) -> _Bar:
        self._bar: Any = None
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar:
            self._bar.stop()

    def advance(self, what: str, done: int, total: int) -> None:
        if total < 2 or not sys.stderr.isatty():
            return
        if self._bar is None:
            from rich.console import Console
            from rich.progress import Progress

            self._bar = Progress(console=Console(stderr=True))
            self._bar.start()
            self._task = self._bar.add_task(_say("loading", what=what), total=total)
        self._bar.update(self._task, completed=done, description=_say("loading", what=what))


@stats.command(help="stats.fetch")
@click.argument("source")
@_load_options
@click.option("--into", cls=Option, type=click.Path(path_type=Path), help="stats_option.into")
@click.pass_obj
def fetch(store: Any, /, source: str, into: Path | None, **given: Any) -> None:
    """Fetch SOURCE from its service and load it (comtrade, imf, kz-bns-open)."""
    _fetch_and_add(store, source, given, into)


def _fetch_and_add(store: Any, source: str, given: dict[str, Any], into: Path | None = None) -> None:
    from ainalym.statistics.providers import find_provider

    _, provider = find_provider(source, ())
    settings = _settings(given["pairs"])
    with tempfile.TemporaryDirectory() as folder:
        target = into or Path(folder)
        target.mkdir(parents=True, exist_ok=True)
        files = provider.fetch(settings, target)
        for file in files:
            _tell("fetched", name=file.name, bytes=f"{file.stat().st_size:,}")
        if not into:
            _add(store, files, given | {"source": source})


@stats.command("list", help="stats.list")
@click.option("--as-of", cls=Option, callback=_day, help="stats_option.as_of")
@click.pass_obj
def list_(store: Any, as_of: dt.date | None) -> None:
    """Loads by source and vintage."""
    from ainalym.statistics.export import make_table

    rows = [
        {
            "load": m.id, "vintage": m.vintage, "figures": str(m.rows), "from": min(c[2] for c in m.coverage),
            "to": max(c[2] for c in m.coverage), "publisher": m.declaration.publisher, "passing on": m.reexport,
        }
        for m in store.datasets(as_of=as_of)
    ]  # fmt: skip
    click.echo(make_table(rows) if rows else _say("empty"))


@stats.command(help="stats.show")
@click.argument("load")
@click.pass_obj
def show(store: Any, load: str) -> None:
    """All that is known of a LOAD (its id, or SOURCE, or SOURCE@DATE)."""
    import msgspec

    found = msgspec.to_builtins(store.find(load))
    found["controls"] = {"closing": sum(c.closes for c in store.find(load).controls), "all": len(found["controls"])}
    found["coverage"] = f"{len(found['coverage'])} reporter-years"
    click.echo(json.dumps(found, ensure_ascii=False, indent=1))


@stats.command(help="stats.drop")
@click.argument("load")
@click.pass_obj
def drop(store: Any, load: str) -> None:
    """Take a LOAD out of the store; its files go an hour later."""
    _tell("dropped", load=store.drop(load).id)


def _output_options(function: Callable[..., Any]) -> Callable[..., Any]:
    from ainalym.statistics.export import FORMATS

    for option in reversed(
        (
            click.option(
                "--format",
                "form",
                cls=Option,
                type=Choice(FORMATS),
                default="table",
                show_default=True,
                help="stats_option.format",
            ),
            click.option(
                "--out", cls=Option, type=click.Path(path_type=Path, dir_okay=False), help="stats_option.file"
            ),
            click.option(
                "--plot", cls=Option, type=click.Path(path_type=Path, dir_okay=False), help="stats_option.plot"
            ),
            click.option("--as-of", cls=Option, callback=_day, help="stats_option.as_of"),
            click.option("--internal-use", cls=Option, is_flag=True, help="stats_option.internal_use"),
        )
    ):
        function = option(function)
    return function


def _write(
    store: Any, con: Any, rows: Sequence[dict[str, Any]], out: dict[str, Any], pair: tuple[str, str] | None = None
) -> None:
    """Rows in the asked format; SDMX-CSV gives the observations that the rows were computed from."""
    from ainalym.statistics.export import check_reexport, find_observations, write_rows

    form = out["form"]
    if form != "table" or out["out"]:
        for line in check_reexport(_used(store, con, pair), internal=out["internal_use"]):
            click.echo(line, err=True)
    shown: Any = rows
    if form == "sdmx-csv" and pair:
        a, b = pair
        shown = find_observations(
            con,
            f"((ref_area = '{a}' AND counterpart_area = '{b}') OR (ref_area = '{b}' AND counterpart_area = '{a}')) "
            "AND commodity = 'TOTAL'",
        )
    elif form == "sdmx-csv" and not (rows and "OBS_VALUE" in {name.upper() for name in rows[0]}):
        raise UsageError("SDMX-CSV holds observations: the query must give the columns of `latest`")
    elif form == "sdmx-csv":
        from ainalym.statistics.export import STRUCTURE_ID

        head = {"STRUCTURE": "dataflow", "STRUCTURE_ID": STRUCTURE_ID, "ACTION": "I"}
        shown = [head | {name.upper(): value for name, value in row.items()} for row in rows]
    if text := write_rows(shown, form, out["out"]):
        click.echo(text)


def _used(store: Any, con: Any, pair: tuple[str, str] | None) -> list[Any]:
    """The loads whose figures are shown: those that have the pair; all of the store when no pair is named."""
    manifests = store.datasets()
    if pair is None or not manifests:
        return list(manifests)
    rows = con.execute(
        "SELECT DISTINCT dataset FROM pair_year WHERE ref_area IN (?, ?) AND counterpart_area IN (?, ?)", [*pair, *pair]
    ).fetchall()
    ids = {row[0] for row in rows}
    return [m for m in manifests if m.id in ids]


def _sides(reporter: str, partner: str) -> tuple[str, str]:
    from ainalym.statistics.cards import resolve_area

    return resolve_area(reporter), resolve_area(partner)


def _tell_default(store: Any) -> None:
    if not store.datasets():
        _tell("shipped")


@stats.command(help="stats.card")
@click.argument("reporter")
@click.argument("partner")
@_output_options
@click.pass_obj
def card(store: Any, /, reporter: str, partner: str, **out: Any) -> None:
    """Turnover, exports, imports, growth, share, rank in both lists and the mirror band of a pair, by year.

    A mirror figure is the importer's imports over the exporter's exports.
    """
    from ainalym.statistics.cards import connect, make_card

    pair = _sides(reporter, partner)
    con = connect(store, as_of=out["as_of"])
    _tell_default(store)
    rows = _needed(make_card(con, *pair), pair)
    _write(store, con, rows, out, pair)
    _plot(rows, ("turnover", "exports", "imports"), out, f"{pair[0]} and {pair[1]}: {pair[0]}'s figures", "US dollars")


@stats.command(help="stats.mirror")
@click.argument("reporter")
@click.argument("partner")
@click.option("--tau", cls=Option, type=float, default=0.06, show_default=True, help="stats_option.tau")
@_output_options
@click.pass_obj
def mirror(store: Any, /, reporter: str, partner: str, tau: float, **out: Any) -> None:
    """Where the two sides' figures disagree, in both directions."""
    from ainalym.statistics.cards import connect, make_mirror

    pair = _sides(reporter, partner)
    con = connect(store, as_of=out["as_of"])
    _tell_default(store)
    rows = _needed(make_mirror(con, *pair, tau=tau), pair)
    _write(store, con, rows, out, pair)
    seen = [row for row in rows if row["exporter"] == pair[0]]
    _plot(seen, ("ratio",), out, f"Mirror ratio, {pair[0]} to {pair[1]}", "ratio")


@stats.command(help="stats.potential")
@click.argument("reporter")
@click.argument("partner")
@click.option("--year", cls=Option, type=int, help="stats_option.year")
@click.option("--balance/--no-balance", cls=Option, default=True, help="stats_option.balance")
@click.option("--elasticity", cls=Option, type=float, default=1.0, show_default=True, help="stats_option.elasticity")
@click.option("--growth", cls=Option, type=click.Path(exists=True), help="stats_option.growth")
@click.option("--distance", cls=Option, type=click.Path(exists=True), help="stats_option.distance")
@click.option("--tariff", cls=Option, type=click.Path(exists=True), help="stats_option.tariff")
@click.option("--top", cls=Option, type=int, default=20, show_default=True, help="stats_option.top")
@_output_options
@click.pass_obj
def potential(store: Any, /, reporter: str, partner: str, year: int | None, top: int, **given: Any) -> None:
    """Export potential of REPORTER to PARTNER by product (ITC's formula); needs product data in the store."""
    from ainalym.statistics.cards import connect
    from ainalym.statistics.measures import run_measure
    from ainalym.statistics.products import product_name

    pair = _sides(reporter, partner)
    con = connect(store, as_of=given["as_of"])
    for name in ("growth", "distance", "tariff"):
        if given[name]:
            con.execute(f"INSERT INTO {name} BY NAME SELECT * FROM read_csv(?)", [given[name]])
    year = year or (con.execute("SELECT max(year) FROM trade").fetchone() or (None,))[0]
    if year is None:
        raise UsageError("export potential needs exports by product of all countries: add BACI or Comtrade first")
    _make_local(con, year)
    rows = run_measure(con, "potential", reporter=pair[0], partner=pair[1], year=year, balance=int(given["balance"]),
                       elasticity=given["elasticity"])  # fmt: skip
    named: Any = [row | {"product": product_name(str(row["commodity"]))} for row in rows[:top]]
    _write(store, con, _needed(named, pair), given, None)


def _make_local(con: Any, year: int) -> None:
    """One year's products as a table, for formulas that read them several times."""
    con.execute(f"CREATE TABLE one_year AS SELECT * FROM trade WHERE year = {int(year)}")
    con.execute("CREATE OR REPLACE VIEW trade AS SELECT * FROM one_year")


@stats.command(help="stats.target")
@click.argument("reporter")
@click.argument("partner")
@click.option("--value", cls=Option, required=True, help="stats_option.value")
@click.option("--by", cls=Option, type=int, help="stats_option.by")
@click.option("--base", cls=Option, type=int, help="stats_option.base")
@click.option(
    "--flow",
    cls=Option,
    type=Choice(["turnover", "exports", "imports"]),
    default="turnover",
    show_default=True,
    help="stats_option.flow",
)
@_output_options
@click.pass_obj
def target(
    store: Any, /, reporter: str, partner: str, value: str, by: int | None, base: int | None, flow: str, **out: Any
) -> None:
    """How far a pair is from a target: progress, growth needed, years at the mean growth, an 80 % forecast band."""
    from ainalym.statistics.cards import connect, find_target

    try:
        amount = float(Decimal(value))
    except InvalidOperation as error:
        raise UsageError(f"--value {value} is no amount; write 2e9 or 2000000000") from error
    pair = _sides(reporter, partner)
    con = connect(store, as_of=out["as_of"])
    _tell_default(store)
    state, series = find_target(con, *pair, amount, flow=flow, by=by, base_year=base)
    low, middle, high = state.band or (None, None, None)
    row = {
        "year": state.year, flow: state.value, "target": state.target, "gap": state.gap, "progress": state.progress,
        "since_base": state.way, "by": state.deadline, "growth_needed": state.needed, "mean_growth": state.growth,
        "years_at_mean": state.years_at_growth, "forecast_low": low, "forecast": middle, "forecast_high": high,
    }  # fmt: skip
    _write(store, con, [row], out, pair)
    if out["plot"]:
        from ainalym.statistics.plots import plot_lines

        plot_lines(series, "year", (flow,), out["plot"], title=f"{pair[0]} and {pair[1]}: {flow} and target",
                   unit="US dollars", band=state.band, until=by, line=amount)  # fmt: skip


@stats.command(help="stats.query")
@click.argument("sql")
@_output_options
@click.pass_obj
def query(store: Any, /, sql: str, **out: Any) -> None:
    """Run SQL over the views obs, latest, pair_year, product_year, flows, sides, trade, area, dataset."""
    import duckdb

    from ainalym.statistics.cards import connect

    con = connect(store, as_of=out["as_of"])
    try:
        found = con.execute(sql)
        names = [column[0] for column in found.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    except duckdb.Error as error:
        raise UsageError(f"the query fails: {str(error).splitlines()[0]}") from error
    _write(store, con, rows, out)
    if rows and out["plot"]:
        numbers = [name for name in names[1:] if isinstance(rows[0][name], (int, float, Decimal))]
        _plot(rows, tuple(numbers), out, sql, "value", x=names[0])


def _needed(rows: Any, pair: tuple[str, str]) -> Any:
    if not rows:
        raise UsageError(f"no official figure of {pair[0]} and {pair[1]} is at hand: ainalym stats add FILE")
    return rows


def _plot(
    rows: Any, names: tuple[str, ...], out: dict[str, Any], title: str, unit: str, *, x: str = "year"
) -> None:  # fmt: skip
    if out["plot"]:
        from ainalym.statistics.plots import plot_lines

        plot_lines(rows, x, names, out["plot"], title=title, unit=unit)


@stats.command(help="stats.diff")
@click.argument("old")
@click.argument("new")
@click.option("--tolerance", cls=Option, type=float, default=0.0, help="stats_option.tolerance")
@click.option(
    "--format", "form", cls=Option, type=Choice(["table", "json", "csv"]), default="table", help="stats_option.format"
)
@click.pass_obj
def diff(store: Any, old: str, new: str, tolerance: float, form: str) -> None:
    """What changed from the vintage OLD to NEW (SOURCE@DATE)."""
    from ainalym.statistics.diff import diff_vintages
    from ainalym.statistics.export import write_rows

    rows = diff_vintages(store, old, new, tolerance=tolerance)
    click.echo(write_rows(rows, form, None))


@stats.command(help="stats.catalogue")
@click.option("--out", cls=Option, type=click.Path(path_type=Path, dir_okay=False), help="stats_option.file")
@click.pass_obj
def catalogue(store: Any, out: Path | None) -> None:
    """All loads with licence, vintage, coverage, columns and quality as DCAT-AP 3 in JSON-LD."""
    from ainalym.statistics.catalogue import make_catalogue

    text = json.dumps(make_catalogue(store.datasets()), ensure_ascii=False, indent=1)
    if out:
        out.write_text(text + "\n", encoding="utf-8")
    else:
        click.echo(text)


@stats.command(help="stats.measures")
def measures() -> None:
    """The measures with their units, formulas and sources."""
    from ainalym.statistics.measures import load_measures

    for measure in load_measures().values():
        click.echo(f"{measure.name}: {measure.title}\n  unit: {measure.unit}\n  formula: {measure.formula}\n"
                   f"  source: {measure.source}\n")  # fmt: skip
