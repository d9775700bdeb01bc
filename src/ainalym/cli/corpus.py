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

from .words import Choice, Group, Option, say_in

if TYPE_CHECKING:
    from ainalym.corpus.run import Summary
    from ainalym.corpus.texts import Counts

_NEEDED = {"daft": "corpus", "fastwarc": "corpus", "re2": "corpus", "duckdb": "corpus", "pyarrow": "corpus"}
_ADDED_AT_ONCE = 500
_TELL_EVERY = 10.0
_STEPS = {"screened": "screened", "read": "read_texts"}


class NeedsEngine(Group):
    """A group that says which extra is missing before any of its commands begins."""

    def invoke(self, ctx: click.Context) -> Any:
        missing = [name for name in _NEEDED if not find_spec(name)]
        if missing:
            raise UsageError(_say("missing", packages=", ".join(missing), extra="corpus"))
        return super().invoke(ctx)


@click.group(cls=NeedsEngine, name="corpus", help="corpus.corpus")
def corpus() -> None:
    """Read whole archives: WARC, Parquet, JSON lines and folders become Parquet datasets of documents and claims."""


command = corpus


def _say(key: str, **values: object) -> str:
    return say_in(click.get_current_context(), f"corpus.{key}", **values)


@corpus.command("read", help="corpus.read")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option(
    "--out", cls=Option, required=True, metavar="DIR", type=click.Path(path_type=Path), help="corpus_option.out"
)
@click.option(
    "--runner",
    cls=Option,
    type=Choice(["native", "ray"]),
    default="native",
    show_default=True,
    help="corpus_option.runner",
)
@click.option("--ray-address", cls=Option, metavar="ADDRESS", help="corpus_option.ray_address")
@click.option("--jobs", cls=Option, type=click.IntRange(1, 10_000), help="corpus_option.jobs")
@click.option("--partitions", cls=Option, type=click.IntRange(1, 1_000_000), help="corpus_option.partitions")
@click.option("--resume", cls=Option, is_flag=True, help="corpus_option.resume")
@click.option("--screen/--no-screen", "screens", cls=Option, default=True, help="corpus_option.screen")
@click.option("--text-column", cls=Option, metavar="NAME", help="corpus_option.text_column")
@click.option("--lang", cls=Option, type=Choice(["kk", "ru", "en"]), help="corpus_option.lang")
@click.option("--iceberg", cls=Option, metavar="CATALOG", help="corpus_option.iceberg")
@click.option("--quiet", "-q", cls=Option, is_flag=True, help="corpus_option.quiet")
def read(iceberg: str | None, quiet: bool, jobs: int | None, **given: Any) -> None:
    """Read SOURCE... into Parquet datasets under DIR.

    SOURCE is a file (WARC, packed or not; Parquet; JSON lines; HTML, text, PDF, DOCX), a folder, a pattern, or an s3://
    address of one of these.
    """
    from ainalym.corpus import Options, Store, read_corpus

    if given["runner"] == "ray" and not find_spec("ray"):
        raise UsageError(_say("missing", packages="ray", extra="corpus-ray"))
    options = Options(jobs=jobs or len(os.sched_getaffinity(0)), **given)
    with _Progress(shown=not quiet) as progress:
        summary = read_corpus(options, progress.tell)
    if not quiet:
        _tell_summary(summary, options.out)
    if iceberg:
        from ainalym.corpus.iceberg import publish

        for name, rows in publish(Store(options.out), iceberg).items():
            if not quiet:
                click.echo(_say("rows_added", catalogue=iceberg, name=name, rows=f"{rows:,}"), err=True)


@corpus.command("check", help="corpus.check")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--out", cls=Option, metavar="FILE", type=click.Path(path_type=Path), help="corpus_option.findings")
@click.option(
    "--lang",
    cls=Option,
    type=Choice(["kk", "ru", "en"]),
    default="en",
    show_default=True,
    help="corpus_option.findings_lang",
)
@click.option("--official", cls=Option, metavar="FILE", type=click.Path(path_type=Path), help="corpus_option.official")
@click.option("--quiet", "-q", cls=Option, is_flag=True, help="corpus_option.quiet")
def check(folder: Path, out: Path | None, lang: str, official: Path | None, quiet: bool) -> None:
    """Check the claims of a finished run against each other; the findings become a Parquet file."""
    from ainalym.corpus.checks import check_corpus

    from .official import load_official

    known = load_official(official)
    started = time.monotonic()
    counts = check_corpus(folder, out=out, lang=lang, official=known)
    if not quiet:
        told = ", ".join(f"{count:,} {verdict}" for verdict, count in sorted(counts.items())) or _say("nothing")
        click.echo(f"{told}; {time.monotonic() - started:.1f} s", err=True)


@corpus.command("add", help="corpus.add")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--where", cls=Option, metavar="SQL", help="corpus_option.where")
@click.option("--min-confidence", cls=Option, type=click.FloatRange(0, 1), help="corpus_option.min_confidence")
@click.option("--reason", cls=Option, metavar="TEXT", default="", help="option.reason")
@click.option("--quiet", "-q", cls=Option, is_flag=True, help="corpus_option.quiet")
@click.pass_context
def add(
    ctx: click.Context, folder: Path, where: str | None, min_confidence: float | None, reason: str, quiet: bool
) -> None:
    """Load a finished run, or a selection of it, into the ledger; what it holds already is only noted as seen."""
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
                rate = f"{done / (told - started):,.0f}"
                click.echo(_say("adding", done=f"{done:,}", rate=rate), err=True)
        written = refresh(official=official_of, author="ainalym corpus add")
    if not quiet:
        counts = {"new": added.new, "seen": added.seen, "known": added.known, "findings": written}
        seconds = f"{time.monotonic() - started:.1f}"
        click.echo(_say("added", seconds=seconds, **{key: f"{n:,}" for key, n in counts.items()}), err=True)


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
                self._tasks[step] = self._bar.add_task(_say(_STEPS[step]), total=total, told="")
            self._bar.update(self._tasks[step], completed=done, total=total, told=told)
        elif self._shown and (done == total or now - self._last > 60):
            self._last = now
            left = (now - begun) / (done - ready) * (total - done) if done > ready else 0
            rest = [_say("left", minutes=f"{left / 60:.0f}")] if left >= 60 else []
            line = _say("parts", step=_say(_STEPS[step]), done=f"{done:,}", total=f"{total:,}")
            click.echo(", ".join(filter(None, [line, told, *rest])), err=True)


def _amount(step: str, counts: Counts) -> int:
    return counts.records if step == "screened" else counts.documents


def _tell_rate(step: str, counts: Counts, before: int, seconds: float) -> str:
    amount = _amount(step, counts) - before
    rate = f"{amount / seconds:,.0f}/s" if seconds > 0.5 and amount else ""
    if step == "screened" and counts.records:
        return f"{rate} {_say('passed', share=f'{100 * counts.texts / counts.records:.1f}')}".strip()
    return rate


def _tell_summary(summary: Summary, out: Path) -> None:
    counts = summary.counts
    dropped = sum(counts.screened.values())
    share = 100 * dropped / counts.records if counts.records else 0
    values = {name: f"{getattr(counts, name):,}" for name in ("records", "texts", "documents", "skipped", "claims",
                                                                "meetings", "commitments")}  # fmt: skip
    values |= {"megabytes": f"{counts.bytes / 1e6:,.1f}", "dropped": f"{dropped:,}", "share": f"{share:.1f}"}
    values |= {"folder": str(out), "files": f"{len(summary.files):,}", "seconds": f"{summary.seconds:,.1f}"}
    for key in ("records", "texts", "figures", "files"):
        click.echo(_say(key, **values), err=True)
