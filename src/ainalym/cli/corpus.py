"""`ainalym corpus`: the reader over whole archives, on one machine or a Ray cluster. Mirrors `ainalym.corpus`."""

from __future__ import annotations

import os
import sys
import time
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ainalym.errors import UsageError

from .stats import Group

if TYPE_CHECKING:
    from ainalym.corpus.run import Summary
    from ainalym.corpus.texts import Counts

_NEEDED = {"daft": "corpus", "fastwarc": "corpus", "re2": "corpus", "duckdb": "corpus", "pyarrow": "corpus"}
_ADDED_AT_ONCE = 500
_TELL_EVERY = 10.0
_STEPS = {"screened": "Screening", "read": "Reading"}


class NeedsEngine(Group):
    """A group that says which extra is missing before any of its commands begins."""

    def invoke(self, ctx: click.Context) -> Any:
        missing = [name for name in _NEEDED if not find_spec(name)]
        if missing:
            raise UsageError(f"needs {', '.join(missing)}, which is not installed: pip install 'ainalym[corpus]'")
        return super().invoke(ctx)


@click.group(cls=NeedsEngine, name="corpus")
def corpus() -> None:
    """Read whole archives: WARC, Parquet, JSON lines and folders become Parquet datasets of documents and claims."""


command = corpus


@corpus.command("read")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("--out", required=True, metavar="DIR", type=click.Path(path_type=Path), help="Folder of the datasets.")
@click.option(
    "--runner", type=click.Choice(["native", "ray"]), default="native", show_default=True, help="Where it runs."
)
@click.option("--ray-address", metavar="ADDRESS", help="A Ray cluster; without it Ray starts on this machine.")
@click.option("--jobs", type=click.IntRange(1, 10_000), help="Workers at a time; default: one for each processor.")
@click.option("--partitions", type=click.IntRange(1, 1_000_000), help="Into how many parts the input is cut.")
@click.option("--resume", is_flag=True, help="Take up a run that was stopped; finished parts stay.")
@click.option("--screen/--no-screen", "screens", default=True, help="Whether pages are screened before they are read.")
@click.option("--text-column", metavar="NAME", help="The column of Parquet files that holds the text or page.")
@click.option("--lang", type=click.Choice(["kk", "ru", "en"]), help="The language of all documents.")
@click.option("--iceberg", metavar="CATALOG", help="Also put the datasets into this catalogue's Iceberg tables.")
@click.option("--quiet", "-q", is_flag=True, help="Say nothing but errors.")
def read(iceberg: str | None, quiet: bool, jobs: int | None, **given: Any) -> None:
    """Read SOURCE... into Parquet datasets under DIR.

    SOURCE is a file (WARC, packed or not; Parquet; JSON lines; HTML, text, PDF, DOCX), a folder, a pattern, or an s3://
    address of one of these.
    """
    from ainalym.corpus import Options, Store, read_corpus

    if given["runner"] == "ray" and not find_spec("ray"):
        raise UsageError("--runner ray needs Ray: pip install 'ainalym[corpus-ray]'")
    options = Options(jobs=jobs or len(os.sched_getaffinity(0)), **given)
    with _Progress(shown=not quiet) as progress:
        summary = read_corpus(options, progress.tell)
    if not quiet:
        _tell_summary(summary, options.out)
    if iceberg:
        from ainalym.corpus.iceberg import publish

        for name, rows in publish(Store(options.out), iceberg).items():
            if not quiet:
                click.echo(f"{iceberg}: {name}: {rows:,} rows added", err=True)


@corpus.command("check")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "--out", metavar="FILE", type=click.Path(path_type=Path), help="Parquet file; default: DIR/findings.parquet."
)
@click.option("--lang", type=click.Choice(["kk", "ru", "en"]), default="en", show_default=True, help="Of the findings.")
@click.option("--official", metavar="FILE", type=click.Path(path_type=Path), help="CSV of official figures.")
@click.option("--quiet", "-q", is_flag=True, help="Say nothing but errors.")
def check(folder: Path, out: Path | None, lang: str, official: Path | None, quiet: bool) -> None:
    """Check the claims of a finished run against each other; the findings become a Parquet file."""
    from ainalym.corpus.checks import check_corpus

    from .official import load_official

    known = load_official(official)
    started = time.monotonic()
    counts = check_corpus(folder, out=out, lang=lang, official=known)
    if not quiet:
        told = ", ".join(f"{count:,} {verdict}" for verdict, count in sorted(counts.items())) or "nothing found"
        click.echo(f"{told}; {time.monotonic() - started:.1f} s", err=True)


@corpus.command("add")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--where", metavar="SQL", help="Only documents of which this holds: \"lang = 'kk' AND year >= '2023'\".")
@click.option(
    "--min-confidence", type=click.FloatRange(0, 1), help="Only documents with a claim that the reader is so sure of."
)
@click.option("--reason", metavar="TEXT", default="", help="Why this is added; kept with the change.")
@click.option("--quiet", "-q", is_flag=True, help="Say nothing but errors.")
@click.pass_context
def add(
    ctx: click.Context, folder: Path, where: str | None, min_confidence: float | None, reason: str, quiet: bool
) -> None:
    """Load a finished run, or a selection of it, into the ledger. Nothing is read anew.

    What the ledger holds already is only noted as seen: the same command may be run any number of times, and goes on
    where a run was stopped.
    """
    from ainalym.corpus.readings import Selection, find_version, load_readings, select_documents

    from .ledger import opened_ledger

    version = find_version(folder)
    wanted = select_documents(folder, Selection(where, min_confidence))
    with opened_ledger(ctx):
        from ainalym.ledger.add import Added, add_documents
        from ainalym.ledger.findings import refresh
        from ainalym.ledger.official import official_of

        added, started, found = Added(), time.monotonic(), load_readings(folder, wanted)
        done, told = 0, time.monotonic()
        while batch := list(islice(found, _ADDED_AT_ONCE)):
            documents = [document for item in batch for document in item.sightings or (item.reading.document,)]
            readings = [item.reading for item in batch]
            added.count(add_documents(documents, readings, version=version, reason=reason))
            done += len(batch)
            if not quiet and time.monotonic() - told > _TELL_EVERY:
                told = time.monotonic()
                click.echo(f"{done:,} documents added, {done / (told - started):,.0f}/s", err=True)
        written = refresh(official=official_of, author="ainalym corpus add")
    if not quiet:
        counts = f"{added.new:,} new, {added.seen:,} seen in a new place, {added.known:,} known"
        click.echo(f"{counts}; {written:,} findings written; {time.monotonic() - started:.1f} s", err=True)


# -- what the user sees -----------------------------------------------------------------------------------------------


class _Progress:
    """A bar on a terminal; elsewhere a line at the end of each step and one a minute."""

    def __init__(self, *, shown: bool) -> None:
        self._shown = shown
        self._bar: Any = None
        self._tasks: dict[str, Any] = {}
        self._begun: dict[str, tuple[float, int, int]] = {}
        self._last = time.monotonic()

    def __enter__(self) -> _Progress:
        if self._shown and sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
            from rich.progress import Progress as Bar

            self._bar = Bar(
                TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[told]}"),
                TimeRemainingColumn(), console=Console(stderr=True),
            )  # fmt: skip
            self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar:
            self._bar.stop()

    def tell(self, step: str, done: int, total: int, counts: Counts) -> None:
        """One more part is done, or a step begins."""
        now = time.monotonic()
        begun, before, ready = self._begun.setdefault(step, (now, _amount(step, counts), done))
        told = _tell_rate(step, counts, before, now - begun)
        if self._bar:
            if step not in self._tasks:
                self._tasks[step] = self._bar.add_task(_STEPS[step], total=total, told="")
            self._bar.update(self._tasks[step], completed=done, total=total, told=told)
        elif self._shown and (done == total or now - self._last > 60):
            self._last = now
            left = (now - begun) / (done - ready) * (total - done) if done > ready else 0
            rest = f", {left / 60:.0f} min left" if left >= 60 else ""
            click.echo(f"{_STEPS[step]}: {done:,} of {total:,} parts{', ' if told else ''}{told}{rest}", err=True)


def _amount(step: str, counts: Counts) -> int:
    return counts.records if step == "screened" else counts.documents


def _tell_rate(step: str, counts: Counts, before: int, seconds: float) -> str:
    amount = _amount(step, counts) - before
    rate = f"{amount / seconds:,.0f}/s" if seconds > 0.5 and amount else ""
    if step == "screened" and counts.records:
        return f"{rate} {100 * counts.texts / counts.records:.1f} % passed".strip()
    return rate


def _tell_summary(summary: Summary, out: Path) -> None:
    counts = summary.counts
    dropped = sum(counts.screened.values())
    share = 100 * dropped / counts.records if counts.records else 0
    lines = [
        f"{counts.records:,} records, {counts.bytes / 1e6:,.1f} MB; the screen discarded {dropped:,} ({share:.1f} %)",
        f"{counts.texts:,} texts, of which {counts.documents:,} were read; {counts.skipped:,} records skipped",
        f"{counts.claims:,} claims, {counts.meetings:,} meetings, {counts.commitments:,} commitments",
        f"{out}: {len(summary.files):,} files, {summary.seconds:,.1f} s",
    ]
    for line in lines:
        click.echo(line, err=True)
