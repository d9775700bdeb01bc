"""`ainalym check`: reports in, contradictions, implied figures and agreement out."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from ainalym.model import Document, Finding, Reading
from ainalym.output.findings import FINDING_FORMATS, FindingStyle, write_findings
from ainalym.output.messages import UI_LANGS

from .inputs import InputOptions, input_options, read_inputs, refuse_input_as_output
from .official import load_official, open_statistics
from .progress import Progress
from .target import open_target
from .words import Choice, Command, Option, Settings, get_settings

if TYPE_CHECKING:
    import datetime as dt

CONTRADICTS = 3
_SUFFIXES = {".json": "json", ".html": "html", ".htm": "html", ".txt": "text", ".jsonld": "claimreview"}


class CheckCommand(Command):
    examples = (
        "ainalym check report.txt",
        "ainalym check draft.docx --against archive/ --lang kk",
        "ainalym check news/ --official totals.csv --out findings.html",
        "ainalym check report.txt --statistics",
        "ainalym check archive.jsonl --format json --jobs 2",
    )


class CheckOptions(msgspec.Struct, frozen=True):
    """What a command line asks for, checked."""

    inputs: tuple[str, ...]
    against: tuple[str, ...]
    official: Path | None
    statistics: bool | None
    form: str
    out: Path | None
    lang: str
    url: str | None
    published: dt.date | None
    jobs: int
    allow_private: bool
    quiet: bool
    settings: Settings


@click.command("check", cls=CheckCommand, help="command.check")
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("--against", cls=Option, multiple=True, metavar="INPUT", help="option.against")
@click.option("--official", cls=Option, metavar="FILE", type=click.Path(path_type=Path), help="option.official")
@click.option("--statistics/--no-statistics", cls=Option, default=None, help="option.statistics")
@click.option("--format", "form", cls=Option, type=Choice(FINDING_FORMATS), help="option.check_format")
@click.option("--out", cls=Option, metavar="FILE", type=click.Path(path_type=Path), help="option.out")
@click.option("--lang", cls=Option, type=Choice(UI_LANGS), help="option.check_lang")
@click.option("--url", cls=Option, metavar="ADDRESS", help="option.url")
@input_options
@click.pass_context
def command(
    ctx: click.Context,
    /,
    inputs: tuple[str, ...],
    against: tuple[str, ...],
    official: Path | None,
    statistics: bool | None,
    form: str | None,
    out: Path | None,
    lang: str | None,
    url: str | None,
    published: dt.date | None,
    jobs: int,
    allow_private: bool,
    quiet: bool,
) -> int:
    """Check the inputs; the exit status is 3 if something contradicts, else 1 if an input could not be read."""
    refuse_input_as_output(ctx, out, inputs)
    settings = get_settings(ctx)
    options = CheckOptions(
        inputs=inputs,
        against=against,
        official=official,
        statistics=statistics,
        form=form or _choose_format(out),
        out=out,
        lang=lang or settings.ui_lang,
        url=url,
        published=published,
        jobs=jobs,
        allow_private=allow_private,
        quiet=quiet,
        settings=settings,
    )
    return check_inputs(options)


def _choose_format(out: Path | None) -> str:
    if out is not None:
        return _SUFFIXES.get(out.suffix.lower(), "text")
    return "text" if sys.stdout.isatty() else "json"


def check_inputs(options: CheckOptions) -> int:
    """Read everything, check it together, write the findings on the inputs."""
    from ainalym.checking import check

    official = load_official(options.official)
    compare = open_statistics(options.statistics, options.lang)
    failures: list[str] = []
    bar = sys.stderr.isatty() and not options.quiet
    with Progress((*options.inputs, *options.against), shown=bar, ui_lang=options.settings.ui_lang) as progress:
        drafts = _read_all(options.inputs, options, progress, failures)
        others = _read_all(options.against, options, progress, failures)
    readings = _name_apart([*drafts, *others])
    findings = check(readings, official=official, compare=compare, lang=options.lang)
    shown = readings
    if options.against:
        shown = readings[: len(drafts)]
        findings = _about(findings, shown)
    _write(findings, shown, options)
    if any(finding.verdict == "contradicts" for finding in findings):
        return CONTRADICTS
    return 1 if failures else 0


def _read_all(inputs: Sequence[str], options: CheckOptions, progress: Progress, failures: list[str]) -> list[Reading]:
    wanted = InputOptions(
        inputs=inputs,
        settings=options.settings,
        published=options.published,
        jobs=options.jobs,
        allow_private=options.allow_private,
        quiet=options.quiet,
    )
    return list(read_inputs(wanted, progress, failures))


def _name_apart(readings: Sequence[Reading]) -> list[Reading]:
    """The readings with a number behind each name that was there before: findings tell documents by name."""
    seen: dict[str, int] = {}
    apart = []
    for reading in readings:
        name = reading.document.id
        seen[name] = seen.get(name, 0) + 1
        if seen[name] > 1:
            document: Document = msgspec.structs.replace(reading.document, id=f"{name} ({seen[name]})")
            reading = msgspec.structs.replace(reading, document=document)
        apart.append(reading)
    return apart


def _about(findings: Sequence[Finding], readings: Sequence[Reading]) -> list[Finding]:
    """The findings that name a figure of these readings."""
    names = {reading.document.id for reading in readings}
    return [finding for finding in findings if any(figure.document in names for figure in finding.figures)]


def _write(findings: Sequence[Finding], readings: Sequence[Reading], options: CheckOptions) -> None:
    with open_target(options.out, ui_lang=options.settings.ui_lang) as out:
        style = FindingStyle(ui_lang=options.lang, url=options.url)
        write_findings(findings, readings, out, form=options.form, style=style)
