"""`ainalym export`: what the ledger holds, as files that other programs read."""

from __future__ import annotations

import datetime as dt
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from ainalym.errors import UsageError
from ainalym.output.messages import UI_LANGS

from .inputs import parse_date
from .ledger import opened_ledger
from .progress import Progress
from .target import open_target
from .words import Choice, Command, Option, get_settings, refuse, say_in

if TYPE_CHECKING:
    from ainalym.ledger.export import Narrow

WHAT = ("claims", "meetings", "commitments", "findings", "documents", "gold")
FORMATS = ("jsonl", "csv", "parquet", "sdmx-csv", "claimreview")
_SUFFIXES = {".csv": "csv", ".parquet": "parquet", ".jsonld": "claimreview"}


class ExportCommand(Command):
    examples = (
        "ainalym export > claims.jsonl",
        "ainalym export --pair KZ-UZ --since 2024-01-01 --out uzbekistan.csv",
        "ainalym export --what findings --format claimreview --out reviews.jsonld",
        "ainalym export --what gold --out gold.jsonl",
        "ainalym export --format sdmx-csv | gzip > claims.csv.gz",
    )


def _parse_pair(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    if value is None:
        return None
    parts = re.split(r"[-\s,:]", value.upper(), maxsplit=1)
    if len(parts) != 2 or not all(re.fullmatch(r"[A-Z][A-Z-]{1,18}", part) for part in parts):
        raise refuse(ctx, "error.bad_value", option="--pair", value=value, why=say_in(ctx, "error.pair"))
    return "-".join(sorted(parts))


@click.command("export", cls=ExportCommand, help="command.export")
@click.option("--what", cls=Option, type=Choice(WHAT), default="claims", help="option.what")
@click.option("--format", "form", cls=Option, type=Choice(FORMATS), help="option.export_format")
@click.option("--pair", cls=Option, metavar="KZ-UZ", callback=_parse_pair, help="option.pair")
@click.option("--since", cls=Option, metavar="DATE", callback=parse_date, help="option.since")
@click.option("--out", cls=Option, metavar="FILE", type=click.Path(path_type=Path), help="option.out")
@click.option("--ui-lang", cls=Option, type=Choice(UI_LANGS), expose_value=False, help="option.ui_lang")
@click.option("--quiet", "-q", cls=Option, is_flag=True, help="option.quiet")
@click.option("--debug", cls=Option, is_flag=True, expose_value=False, help="option.debug")
@click.pass_context
def command(
    ctx: click.Context,
    /,
    what: str,
    form: str | None,
    pair: str | None,
    since: dt.date | None,
    out: Path | None,
    quiet: bool,
) -> int:
    """Write the records; nothing is left half written."""
    form = form or (_SUFFIXES.get(out.suffix.lower(), "jsonl") if out else "jsonl")
    if form == "parquet" and out is None:
        raise refuse(ctx, "error.parquet_out")
    with opened_ledger(ctx):
        from ainalym.ledger.export import Narrow, check_form

        try:
            check_form(what, form)
        except UsageError as error:
            raise click.UsageError(str(error), ctx) from None
        lang = get_settings(ctx).ui_lang
        bar = out is not None and sys.stderr.isatty() and not quiet
        with Progress((), shown=bar, ui_lang=lang) as progress, open_target(out, ui_lang=lang) as target:
            _write(what, form, Narrow(pair, since), target, progress, lang)
    return 0


def _write(what: str, form: str, narrow: Narrow, target: TextIO, progress: Progress, lang: str) -> None:
    from ainalym.ledger import export

    if form == "claimreview":
        export.write_claimreview(narrow, target, lang=lang, tell=progress.advance)
        return
    records = _counted(export.export_records(what, narrow), progress)
    if form == "parquet":
        export.write_parquet(what, records, target.buffer)
    elif form == "csv":
        export.write_csv(what, records, target)
    elif form == "sdmx-csv":
        export.write_sdmx(records, target)
    else:
        export.write_jsonl(records, target)


def _counted(records: Iterable[dict[str, Any]], progress: Progress) -> Iterator[dict[str, Any]]:
    for record in records:
        yield record
        progress.advance()
