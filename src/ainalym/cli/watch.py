"""`ainalym watch`: feeds and site maps visited again and again; what is new goes into the ledger."""

from __future__ import annotations

import datetime as dt
import re
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING

import click

from ainalym.errors import SourceError
from ainalym.model import Document, Reading
from ainalym.output.messages import UI_LANGS
from ainalym.output.words import clean_line

from .ledger import opened_ledger
from .words import Choice, Command, Option, refuse, say_in
from .work import collect_seldom, read_safely

if TYPE_CHECKING:
    from ainalym.ledger.watch import Visited, Visitor

_SECONDS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400}


class WatchCommand(Command):
    examples = (
        "ainalym watch https://example.org/news.rss",
        "ainalym watch https://example.org/sitemap.xml https://example.kz/rss --every 1h",
        "ainalym watch https://example.org/news.rss --once --quiet",
        "ainalym watch --state",
    )


def _parse_duration(ctx: click.Context, param: click.Parameter, value: str) -> dt.timedelta:
    found = re.fullmatch(r"(\d{1,6})([smhd])", value)
    if found is None:
        why = say_in(ctx, "error.duration")
        raise refuse(ctx, "error.bad_value", option=param.opts[-1], value=value, why=why)
    return dt.timedelta(seconds=int(found[1]) * _SECONDS[found[2]])


@click.command("watch", cls=WatchCommand, help="command.watch")
@click.argument("sources", nargs=-1, metavar="SOURCE...")
@click.option("--every", cls=Option, metavar="TIME", default="15m", callback=_parse_duration, help="option.every")
@click.option("--pause", cls=Option, metavar="TIME", default="1s", callback=_parse_duration, help="option.pause")
@click.option("--once", cls=Option, is_flag=True, help="option.once")
@click.option("--state", cls=Option, is_flag=True, help="option.state")
@click.option("--allow-private", cls=Option, is_flag=True, help="option.allow_private")
@click.option("--ui-lang", cls=Option, type=Choice(UI_LANGS), expose_value=False, help="option.ui_lang")
@click.option("--quiet", "-q", cls=Option, is_flag=True, help="option.quiet")
@click.option("--debug", cls=Option, is_flag=True, expose_value=False, help="option.debug")
@click.pass_context
def command(
    ctx: click.Context,
    /,
    sources: tuple[str, ...],
    every: dt.timedelta,
    pause: dt.timedelta,
    once: bool,
    state: bool,
    allow_private: bool,
    quiet: bool,
) -> int:
    """Visit until stopped; with --once each source that is due, and the exit status is 1 if one failed."""
    if not sources and not state:
        raise refuse(ctx, "error.missing", name="SOURCE")
    if not every:
        raise refuse(ctx, "error.bad_value", option="--every", value="0", why=say_in(ctx, "error.duration"))
    for source in sources:
        if not re.match(r"(?i)https?://[^/]", source) or len(source) > 2_000:
            raise refuse(ctx, "error.no_source", name=source[:200])
    with opened_ledger(ctx), _stopping() as stop:
        if state:
            return _show_state(ctx)
        from ainalym.ledger.watch import Visitor

        collect_seldom()
        visitor = Visitor(
            every=every, read=_read, pause=pause.total_seconds(), allow_private=allow_private, stopped=stop.is_set
        )
        return _watch(ctx, sources, visitor, stop, once=once, quiet=quiet)


def _watch(
    ctx: click.Context, sources: tuple[str, ...], visitor: Visitor, stop: threading.Event, *, once: bool, quiet: bool
) -> int:
    from django.db import close_old_connections
    from django.utils import timezone

    from ainalym.ledger.findings import refresh
    from ainalym.ledger.official import official_of
    from ainalym.ledger.watch import find_sources, visit

    failed = False
    while not stop.is_set():
        close_old_connections()
        for source in find_sources(sources):
            if stop.is_set() or (source.due is not None and source.due > timezone.now()):
                continue
            done = visit(source, visitor)
            written = refresh(official=official_of, author="ainalym watch")
            failed = failed or bool(done.error or done.failed)
            _tell(ctx, done, written, quiet=quiet)
        if once:
            break
        due = min(source.due for source in find_sources(sources) if source.due)
        stop.wait(max(0.0, (due - timezone.now()).total_seconds()))
    if stop.is_set() and not quiet:
        click.echo(say_in(ctx, "watch.stopped"), err=True)
    return 1 if once and failed else 0


def _read(document: Document) -> Reading | SourceError:
    reading = read_safely(document)
    return reading if isinstance(reading, Reading) else SourceError(reading.error, place=reading.place)


def _tell(ctx: click.Context, done: Visited, written: int, *, quiet: bool) -> None:
    for why in [*done.failed, *filter(None, [done.error])]:
        click.echo(clean_line(say_in(ctx, "error.prefix", message=why)), err=True)
    if quiet or done.error:
        return
    values = {"new": done.added.new, "seen": done.added.seen, "failed": len(done.failed), "findings": written}
    key = "watch.unchanged" if done.unchanged and not done.listed else "watch.done"
    click.echo(clean_line(say_in(ctx, key, address=done.address, listed=done.listed, **values)), err=True)


def _show_state(ctx: click.Context) -> int:
    from django.utils import timezone

    from ainalym.ledger.models import Watched

    for row in Watched.objects.order_by("address"):
        due = f"{timezone.localtime(row.due):%Y-%m-%d %H:%M:%S}" if row.due else "–"
        pages, waiting = row.pages.count(), row.pages.filter(done=False).count()
        line = say_in(ctx, "watch.state", address=row.address, due=due, pages=pages, waiting=waiting)
        click.echo(clean_line(f"{line}; {row.error}" if row.error else line))
    return 0


@contextmanager
def _stopping() -> Iterator[threading.Event]:
    """An event that Ctrl-C or SIGTERM sets: what is at work is finished, and nothing is left half done."""
    stop = threading.Event()

    def handle(number: int, frame: FrameType | None) -> None:
        stop.set()

    before = {number: signal.signal(number, handle) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
