"""Visits to feeds and site maps: what they list that is new goes into the ledger, and how their servers fared is kept.

A server is asked no more often than it is due, says with a few bytes that nothing changed, and is left alone longer and
longer while it fails, at least as long as it asks for.
"""

from __future__ import annotations

import datetime as dt
import random
import time
from collections.abc import Callable, Iterator, Sequence

import msgspec
from django.utils import timezone

from ..errors import AinalymError, SourceError, TransientError
from ..model import Document, Reading
from ..sources import Entry, Limits, fetch_if_changed, list_entries, load_entry
from . import models
from .add import Added, add_documents

_LONGEST = dt.timedelta(days=1)
_MOST_TRIES = 8  # of one page; what fails for longer is given up
_JITTER = 0.1
_TOGETHER = 20  # pages are one change of the ledger

Read = Callable[[Document], Reading | SourceError]
Stopped = Callable[[], bool]


class Visited(msgspec.Struct):
    """What one visit gave: pages that were not known, what became of them in the ledger, pages that failed and why."""

    address: str
    listed: int = 0
    added: Added = msgspec.field(default_factory=Added)
    failed: list[str] = msgspec.field(default_factory=list)
    unchanged: bool = False
    error: str = ""


class Visitor(msgspec.Struct, frozen=True):
    """How to visit: how often, how fast, which addresses are allowed; `read` reads a document."""

    every: dt.timedelta
    read: Read
    pause: float = 1.0
    allow_private: bool = False
    limits: Limits = Limits()
    stopped: Stopped = lambda: False


def find_sources(addresses: Sequence[str]) -> list[models.Watched]:
    """The rows of these addresses, made where they are new; in order of when they are due."""
    for address in dict.fromkeys(addresses):
        models.Watched.objects.get_or_create(address=address)
    rows = models.Watched.objects.filter(address__in=addresses)
    return sorted(rows, key=lambda row: row.due or dt.datetime.min.replace(tzinfo=dt.UTC))


def visit(source: models.Watched, visitor: Visitor) -> Visited:
    """Ask a source what is new and add it. An error is kept with the source and in the answer; nothing is raised."""
    done = Visited(source.address)
    try:
        entries = _ask(source, visitor, done)
        _note_pages(source, entries)
        _add_pages(source, {entry.url: entry for entry in entries}, visitor, done)
    except SourceError as error:
        done.error = str(error)
        source.failures += 1
        source.error = done.error
        source.due = timezone.now() + _wait(source.failures, error, visitor.every)
    else:
        source.failures, source.error = 0, ""
        source.due = timezone.now() + visitor.every * _spread()
    source.visited = timezone.now()
    source.save()
    return done


def _ask(source: models.Watched, visitor: Visitor, done: Visited) -> list[Entry]:
    """The pages listed now; none where the server says that the list is as it was and no page waits."""
    waiting = source.pages.filter(done=False).exists()
    known = {} if waiting else {"etag": source.etag, "modified": source.modified}
    limits, private = visitor.limits, visitor.allow_private
    found = fetch_if_changed(source.address, **known, limits=limits, allow_private=private)
    if found is None:
        done.unchanged = True
        return []
    entries = [entry for entry in list_entries(found, limits=limits, allow_private=private) if len(entry.url) <= 2_000]
    source.etag, source.modified = found.etag, found.modified
    done.unchanged = not entries
    return entries


def _note_pages(source: models.Watched, entries: Sequence[Entry]) -> None:
    """Pages are noted before they are fetched: what a crash leaves undone is known at the next visit."""
    pages = [models.WatchedPage(source=source, address=entry.url) for entry in entries]
    models.WatchedPage.objects.bulk_create(pages, ignore_conflicts=True)


def _add_pages(source: models.Watched, entries: dict[str, Entry], visitor: Visitor, done: Visited) -> None:
    now = timezone.now()
    pages = [page for page in source.pages.filter(done=False).order_by("pk") if page.due is None or page.due <= now]
    done.listed = sum(page.failures == 0 for page in pages)
    fetched: list[tuple[models.WatchedPage, list[Reading]]] = []
    for number, page in enumerate(pages):
        if visitor.stopped():
            break
        if number and visitor.pause:
            time.sleep(visitor.pause)
        entry = entries.get(page.address) or Entry(url=page.address)
        try:
            fetched.append((page, list(_read_page(entry, visitor))))
        except SourceError as error:
            _put_off(page, error, visitor.every)
            done.failed.append(str(error))
        if len(fetched) >= _TOGETHER:
            _keep(fetched, done)
    _keep(fetched, done)


def _read_page(entry: Entry, visitor: Visitor) -> Iterator[Reading]:
    for loaded in load_entry(entry, limits=visitor.limits, allow_private=visitor.allow_private):
        if isinstance(loaded, SourceError):
            raise loaded
        reading = visitor.read(loaded)
        if isinstance(reading, SourceError):
            raise reading
        yield reading


def _keep(fetched: list[tuple[models.WatchedPage, list[Reading]]], done: Visited) -> None:
    """Into the ledger first, then noted as done: stopped between, a page is fetched twice and kept once."""
    readings = [reading for _, own in fetched for reading in own]
    documents = [reading.document for reading in readings]
    done.added.count(add_documents(documents, readings, author="ainalym watch", reason=done.address))
    models.WatchedPage.objects.filter(pk__in=[page.pk for page, _ in fetched]).update(done=True, error="", due=None)
    fetched.clear()


def _put_off(page: models.WatchedPage, error: AinalymError, every: dt.timedelta) -> None:
    """Try again later, where that can help; a page that is no text, or fails too often, is given up with its reason."""
    page.failures += 1
    page.error = str(error)
    page.done = not error.retriable or page.failures >= _MOST_TRIES
    page.due = None if page.done else timezone.now() + _wait(page.failures, error, every)
    page.save()


def _wait(failures: int, error: AinalymError, every: dt.timedelta) -> dt.timedelta:
    """Twice as long after each failure, a day at most, and no shorter than the server asks for."""
    grown = min(every * 2 ** min(failures, 20), max(every, _LONGEST)) * _spread()
    asked = error.seconds if isinstance(error, TransientError) else None
    return max(grown, dt.timedelta(seconds=min(asked or 0.0, 7 * 86_400)))


def _spread() -> float:
    """Many who watch the same server should not come at the same moment."""
    return random.uniform(1 - _JITTER, 1 + _JITTER)  # noqa: S311 - no secret
