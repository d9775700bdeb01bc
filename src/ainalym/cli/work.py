"""Reading many documents in order, in this process or in several."""

from __future__ import annotations

import gc
import traceback
from collections import deque
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import msgspec

from ainalym.errors import AinalymError, SourceError
from ainalym.model import Document, Reading

if TYPE_CHECKING:
    from concurrent.futures import Future

# A batch goes to a worker at once: large enough to hide the cost of handing over, small enough to keep all busy.
_BATCH_DOCUMENTS = 32
_BATCH_CHARACTERS = 200_000
_BATCHES_AHEAD = 4


class Failure(msgspec.Struct, frozen=True):
    """The reader itself failed on a document: what was raised, and where, for a report."""

    place: str
    error: str
    where: str


Item = Document | SourceError
Outcome = Reading | Failure | SourceError


def read_items(items: Iterable[Item], *, jobs: int) -> Iterator[Outcome]:
    """The reading of each document, in the order of the items; errors pass through in their place."""
    if jobs == 1:
        collect_seldom()
        for item in items:
            yield item if isinstance(item, SourceError) else read_safely(item)
    else:
        yield from _read_in_processes(items, jobs)


def read_safely(document: Document) -> Reading | Failure:
    """The reading of a document; a failure of the reader becomes a value, so that the other documents go on."""
    from ainalym.reading import read_document

    try:
        return read_document(document)
    except AinalymError:
        # Said on purpose, and not of this document alone (the lexicon is not built): it ends the run.
        raise
    except Exception as error:
        return Failure(document.id, name_error(error), traceback.format_exc())


def name_error(error: Exception) -> str:
    """Class and first words of an error, for one line."""
    return f"{type(error).__name__}: {error}"[:200].rstrip(": ")


def _read_batch(documents: list[Document]) -> list[Reading | Failure]:
    return [read_safely(document) for document in documents]


def _make_batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    batch: list[Item] = []
    characters = 0
    for item in items:
        batch.append(item)
        characters += len(item.text) if isinstance(item, Document) else 0
        if len(batch) >= _BATCH_DOCUMENTS or characters >= _BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


def _read_in_processes(items: Iterable[Item], jobs: int) -> Iterator[Outcome]:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # Forking a process that has threads (the progress bar) can deadlock, so workers start afresh.
    pool = ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_start_worker)
    waiting: deque[tuple[list[Item], Future[list[Reading | Failure]]]] = deque()
    try:
        for batch in _make_batches(items):
            documents = [item for item in batch if isinstance(item, Document)]
            waiting.append((batch, pool.submit(_read_batch, documents)))
            if len(waiting) > jobs * _BATCHES_AHEAD:
                yield from _merge(*waiting.popleft())
        while waiting:
            yield from _merge(*waiting.popleft())
    finally:
        pool.shutdown(wait=not waiting, cancel_futures=True)


def _merge(batch: list[Item], future: Future[list[Reading | Failure]]) -> Iterator[Outcome]:
    readings = iter(future.result())
    for item in batch:
        yield item if isinstance(item, SourceError) else next(readings)


def collect_seldom() -> None:
    """Look for cyclic garbage less often: readings have none, and the lexicon is walked through at every full look."""
    gc.set_threshold(100_000, 20, 50)


def _start_worker() -> None:
    collect_seldom()
    # Ctrl-C reaches the whole group of processes; the first one answers for all.
    import signal

    signal.signal(signal.SIGINT, signal.SIG_DFL)
