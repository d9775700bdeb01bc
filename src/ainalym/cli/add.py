"""`ainalym add`: reports into the ledger."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

from ainalym.model import Document, Reading

from .inputs import InputOptions, input_options, load_items, tell_failure
from .ledger import opened_ledger
from .progress import Progress
from .words import Command, Option, get_settings, say_in
from .work import Item, read_items

if TYPE_CHECKING:
    from ainalym.ledger.add import Added

# As many documents are one change of the ledger: all of them are kept, or, after a crash, none.
_BATCH = 100


class AddCommand(Command):
    examples = (
        "ainalym add reports/",
        "ainalym add https://example.org/news/meeting",
        "ainalym add archive.jsonl --jobs 2 --reason 'Archive of 2023'",
        "DATABASE_URL=postgres://localhost/ainalym ainalym add reports/",
    )


@click.command("add", cls=AddCommand, help="command.add")
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("--reason", cls=Option, metavar="TEXT", default="", help="option.reason")
@input_options
@click.pass_context
def command(
    ctx: click.Context,
    /,
    inputs: tuple[str, ...],
    reason: str,
    published: dt.date | None,
    jobs: int,
    allow_private: bool,
    quiet: bool,
) -> int:
    """Add the inputs; the exit status is 1 if an input could not be read."""
    options = InputOptions(
        inputs=inputs, settings=get_settings(ctx), published=published, jobs=jobs, allow_private=allow_private,
        quiet=quiet, whole_names=True,
    )  # fmt: skip
    with opened_ledger(ctx):
        return _add(ctx, options, reason)


def _add(ctx: click.Context, options: InputOptions, reason: str) -> int:
    from ainalym.ledger.findings import refresh
    from ainalym.ledger.official import official_of

    settings, quiet = options.settings, options.quiet
    bar = sys.stderr.isatty() and not quiet
    with Progress(options.inputs, shown=bar, ui_lang=settings.ui_lang) as progress:
        adding = _Adding(options, progress, reason)
        adding.run()
        written = refresh(official=official_of, author=f"ainalym add: {reason}".rstrip(": "))
    if not quiet:
        done = adding.added
        values = {"new": done.new, "reread": done.reread, "seen": done.seen, "known": done.known, "findings": written}
        click.echo(say_in(ctx, "add.done", **values))
    return 1 if adding.failures else 0


class _Adding:
    """One run: what is known is only noted as seen, the rest is read, and both are kept batch by batch."""

    def __init__(self, options: InputOptions, progress: Progress, reason: str) -> None:
        from ainalym.ledger.add import Added

        self.options, self.progress, self.reason = options, progress, reason
        self.added: Added = Added()
        self.failures = 0
        self._known: list[Document] = []
        self._readings: list[Reading] = []

    def run(self) -> None:
        for outcome in read_items(self._find_unknown(load_items(self.options)), jobs=self.options.jobs):
            if isinstance(outcome, Reading):
                self._readings.append(outcome)
            else:
                self.failures += 1
                for line in tell_failure(outcome, self.options.settings):
                    self.progress.tell(line)
            self._keep(at_least=_BATCH)
            self.progress.advance()
        self._keep()

    def _find_unknown(self, items: Iterable[Item]) -> Iterator[Item]:
        batch: list[Item] = []
        for item in items:
            batch.append(item)
            if len(batch) >= _BATCH:
                yield from self._sort_out(batch)
                batch = []
        yield from self._sort_out(batch)

    def _sort_out(self, batch: list[Item]) -> Iterator[Item]:
        from ainalym.language.identity import hash_text
        from ainalym.ledger.add import find_known

        hashes = {item.id: hash_text(item.text) for item in batch if isinstance(item, Document)}
        known = find_known(hashes.values())
        for item in batch:
            if isinstance(item, Document) and hashes[item.id] in known:
                self._known.append(item)
                self._keep(at_least=_BATCH)
                self.progress.advance()
            else:
                yield item

    def _keep(self, at_least: int = 1) -> None:
        from ainalym.ledger.add import add_documents

        documents = [*self._known, *(reading.document for reading in self._readings)]
        if len(documents) < at_least:
            return
        self.added.count(add_documents(documents, self._readings, reason=self.reason))
        self._known, self._readings = [], []
