"""`ainalym read`: reports in, figures, meetings and commitments out."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import click
import msgspec

from ainalym.errors import SourceError
from ainalym.model import Document, Reading
from ainalym.output import FORMATS, Style, write_readings
from ainalym.output.messages import UI_LANGS, say

from .progress import Progress
from .target import OutputError, open_target
from .words import Choice, Command, Option, Settings, get_settings, refuse
from .work import Failure, Item, Outcome, read_items

_SUFFIXES = {".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".html": "html", ".htm": "html", ".txt": "table"}
_LANGS = ("kk", "ru", "en")
_MOST_JOBS = 256


class ReadCommand(Command):
    examples = (
        "ainalym read report.txt",
        "ainalym read news/ --format csv --out figures.csv",
        "ainalym read https://example.org/meeting --published 2024-05-17 --explain",
        "ainalym read archive.jsonl --jobs 2 --out figures.jsonl",
        "pdftotext report.pdf - | ainalym read - --format html > report.html",
    )


class ReadOptions(msgspec.Struct, frozen=True):
    """What a command line asks for, checked."""

    inputs: tuple[str, ...]
    form: str
    out: Path | None
    published: dt.date | None
    lang: str | None
    jobs: int
    explain: bool
    allow_private: bool
    quiet: bool
    settings: Settings


def _parse_date(ctx: click.Context, param: click.Parameter, value: str | None) -> dt.date | None:
    if value is None:
        return None
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        why = say(get_settings(ctx).ui_lang, "error.date")
        raise refuse(ctx, "error.bad_value", option=param.opts[-1], value=value, why=why) from None


def _parse_jobs(ctx: click.Context, param: click.Parameter, value: str) -> int:
    if value.isascii() and value.isdecimal() and 1 <= int(value) <= _MOST_JOBS:
        return int(value)
    why = say(get_settings(ctx).ui_lang, "error.jobs", most=_MOST_JOBS)
    raise refuse(ctx, "error.bad_value", option=param.opts[-1], value=value, why=why)


@click.command("read", cls=ReadCommand, help="command.read")
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("--format", "form", cls=Option, type=Choice(FORMATS), help="option.format")
@click.option("--out", cls=Option, metavar="FILE", type=click.Path(path_type=Path), help="option.out")
@click.option("--published", cls=Option, metavar="DATE", callback=_parse_date, help="option.published")
@click.option("--lang", cls=Option, type=Choice(_LANGS), help="option.lang")
@click.option("--jobs", cls=Option, metavar="N", default="1", callback=_parse_jobs, help="option.jobs")
@click.option("--explain", cls=Option, is_flag=True, help="option.explain")
@click.option("--allow-private", cls=Option, is_flag=True, help="option.allow_private")
@click.option("--ui-lang", cls=Option, type=Choice(UI_LANGS), expose_value=False, help="option.ui_lang")
@click.option("--quiet", "-q", cls=Option, is_flag=True, help="option.quiet")
@click.option("--debug", cls=Option, is_flag=True, expose_value=False, help="option.debug")
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
    if out is not None and any(_is_same_file(out, name) for name in inputs):
        raise refuse(ctx, "error.out_is_input")
    options = ReadOptions(
        inputs=inputs,
        form=form or _choose_format(out),
        out=out,
        published=published,
        lang=lang,
        jobs=jobs,
        explain=explain,
        allow_private=allow_private,
        quiet=quiet,
        settings=get_settings(ctx),
    )
    return read_inputs(options)


def _is_same_file(out: Path, name: str) -> bool:
    try:
        return os.path.samefile(out, name)
    except OSError:
        return False


def _choose_format(out: Path | None) -> str:
    if out is not None:
        return _SUFFIXES.get(out.suffix.lower(), "jsonl")
    return "table" if sys.stdout.isatty() else "jsonl"


def read_inputs(options: ReadOptions) -> int:
    """Read all inputs into the output; 1 if any failed, else 0."""
    ui_lang = options.settings.ui_lang
    shows_text = options.out is None and sys.stdout.isatty()
    bar = sys.stderr.isatty() and not options.quiet and not shows_text
    width = shutil.get_terminal_size((100, 24)).columns if shows_text else None
    style = Style(ui_lang=ui_lang, explain=options.explain, width=width)
    failures: list[str] = []
    with Progress(options.inputs, shown=bar, ui_lang=ui_lang) as progress:
        readings = _sort_out(_read_all(options), options, progress, failures)
        try:
            with open_target(options.out) as out:
                write_readings(readings, out, form=options.form, style=style)
        except BrokenProcessPool:
            raise OutputError(say(ui_lang, "error.workers")) from None
        except BrokenPipeError:
            raise
        except OSError as error:
            path = error.filename2 or error.filename or options.out or "-"
            raise OutputError(say(ui_lang, "error.out", path=path, why=error.strerror or error)) from None
    return 1 if failures else 0


def _read_all(options: ReadOptions) -> Iterator[Outcome]:
    return read_items(_load_items(options), jobs=options.jobs)


def _load_items(options: ReadOptions) -> Iterator[Item]:
    from ainalym.sources import load_documents

    items: Iterator[Item] = load_documents(
        options.inputs, published=options.published, allow_private=options.allow_private, stdin=sys.stdin.buffer
    )
    for item in items:
        if options.lang and isinstance(item, Document):
            yield msgspec.structs.replace(item, lang=options.lang)
        else:
            yield item


def _sort_out(
    outcomes: Iterator[Outcome], options: ReadOptions, progress: Progress, failures: list[str]
) -> Iterator[Reading]:
    """The readings; what failed is told on standard error and noted."""
    lang = options.settings.ui_lang
    for outcome in outcomes:
        if isinstance(outcome, Reading):
            if not options.quiet:
                for line in _tell_notes(outcome, lang):
                    progress.tell(line)
            yield outcome
        else:
            failures.append(str(outcome))
            for line in _tell_failure(outcome, options.settings):
                progress.tell(line)
        progress.advance()


def _tell_notes(reading: Reading, lang: str) -> Iterator[str]:
    for message in reading.messages:
        yield say(lang, "error.note", message=f"{reading.document.id}: {message}")


def _tell_failure(outcome: Failure | SourceError, settings: Settings) -> Sequence[str]:
    lang = settings.ui_lang
    if isinstance(outcome, SourceError):
        return [say(lang, "error.prefix", message=str(outcome))]
    message = say(lang, "error.unexpected", place=outcome.place, error=outcome.error)
    lines = [say(lang, "error.prefix", message=message)]
    return lines + outcome.where.splitlines() if settings.debug else lines
