"""`ainalym read`: reports in, figures, meetings and commitments out."""

from __future__ import annotations

import datetime as dt
import shutil
import sys
from pathlib import Path

import click

from ainalym.output import FORMATS, Style, write_readings

from .inputs import InputOptions, input_options, read_inputs, refuse_input_as_output
from .progress import Progress
from .target import open_target
from .words import Choice, Command, Option, get_settings

_SUFFIXES = {".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".html": "html", ".htm": "html", ".txt": "table"}
_LANGS = ("kk", "ru", "en")


class ReadCommand(Command):
    examples = (
        "ainalym read report.txt",
        "ainalym read news/ --format csv --out figures.csv",
        "ainalym read https://example.org/meeting --published 2024-05-17 --explain",
        "ainalym read archive.jsonl --jobs 2 --out figures.jsonl",
        "pdftotext report.pdf - | ainalym read - --format html > report.html",
    )


@click.command("read", cls=ReadCommand, help="command.read")
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("--format", "form", cls=Option, type=Choice(FORMATS), help="option.format")
@click.option("--out", cls=Option, metavar="FILE", type=click.Path(path_type=Path), help="option.out")
@click.option("--lang", cls=Option, type=Choice(_LANGS), help="option.lang")
@click.option("--explain", cls=Option, is_flag=True, help="option.explain")
@input_options
@click.pass_context
def command(
    ctx: click.Context,
    /,
    inputs: tuple[str, ...],
    form: str | None,
    out: Path | None,
    published: dt.date | None,
    lang: str | None,
    jobs: int,
    explain: bool,
    allow_private: bool,
    quiet: bool,
) -> int:
    """Read the inputs and write what they say; the exit status is 1 if an input could not be read."""
    refuse_input_as_output(ctx, out, inputs)
    settings = get_settings(ctx)
    options = InputOptions(
        inputs=inputs,
        settings=settings,
        published=published,
        lang=lang,
        jobs=jobs,
        allow_private=allow_private,
        quiet=quiet,
    )
    shows_text = out is None and sys.stdout.isatty()
    bar = sys.stderr.isatty() and not quiet and not shows_text
    width = shutil.get_terminal_size((100, 24)).columns if shows_text else None
    style = Style(ui_lang=settings.ui_lang, explain=explain, width=width)
    failures: list[str] = []
    with Progress(inputs, shown=bar, ui_lang=settings.ui_lang) as progress:
        readings = read_inputs(options, progress, failures)
        with open_target(out, ui_lang=settings.ui_lang) as target:
            write_readings(readings, target, form=form or _choose_format(out), style=style)
    return 1 if failures else 0


def _choose_format(out: Path | None) -> str:
    if out is not None:
        return _SUFFIXES.get(out.suffix.lower(), "jsonl")
    return "table" if sys.stdout.isatty() else "jsonl"
