"""What `read` and `check` share: options that say what to read, and the reading of it with its errors told."""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import click
import msgspec

from ainalym.errors import AinalymError, SourceError
from ainalym.model import Document, Reading
from ainalym.output.messages import say

from .progress import Progress
from .words import Settings, get_settings, refuse
from .work import Failure, Item, Outcome, read_items

_MOST_JOBS = 256


class InputOptions(msgspec.Struct, frozen=True):
    """What to read and how; `lang` overrides the documents' own."""

    inputs: Sequence[str]
    settings: Settings
    published: dt.date | None = None
    lang: str | None = None
    jobs: int = 1
    allow_private: bool = False
    quiet: bool = False


def parse_date(ctx: click.Context, param: click.Parameter, value: str | None) -> dt.date | None:
    """The value of an option as a day; a usage error if it is none."""
    if value is None:
        return None
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        why = say(get_settings(ctx).ui_lang, "error.date")
        raise refuse(ctx, "error.bad_value", option=param.opts[-1], value=value, why=why) from None


def parse_jobs(ctx: click.Context, param: click.Parameter, value: str) -> int:
    """The value of an option as a number of processes; a usage error if it is none."""
    if value.isascii() and value.isdecimal() and 1 <= int(value) <= _MOST_JOBS:
        return int(value)
    why = say(get_settings(ctx).ui_lang, "error.jobs", most=_MOST_JOBS)
    raise refuse(ctx, "error.bad_value", option=param.opts[-1], value=value, why=why)


def refuse_input_as_output(ctx: click.Context, out: Path | None, inputs: Sequence[str]) -> None:
    """A usage error if the output would be written over an input."""
    if out is not None and any(_is_same_file(out, name) for name in inputs):
        raise refuse(ctx, "error.out_is_input")


def _is_same_file(out: Path, name: str) -> bool:
    try:
        return os.path.samefile(out, name)
    except (OSError, ValueError):
        return False


def read_inputs(options: InputOptions, progress: Progress, failures: list[str]) -> Iterator[Reading]:
    """The reading of each document in order. What failed is told on standard error and put into `failures`."""
    try:
        for outcome in read_items(_load_items(options), jobs=options.jobs):
            if isinstance(outcome, Reading):
                lines = [] if options.quiet else _tell_notes(outcome, options.settings.ui_lang)
            else:
                failures.append(str(outcome))
                lines = _tell_failure(outcome, options.settings)
            for line in lines:
                progress.tell(line)
            if isinstance(outcome, Reading):
                yield outcome
            progress.advance()
    except BrokenProcessPool:
        raise AinalymError(say(options.settings.ui_lang, "error.workers")) from None


def _load_items(options: InputOptions) -> Iterator[Item]:
    from ainalym.sources import load_documents

    items: Iterator[Item] = load_documents(
        options.inputs, published=options.published, allow_private=options.allow_private, stdin=sys.stdin.buffer
    )
    for item in items:
        if options.lang and isinstance(item, Document):
            yield msgspec.structs.replace(item, lang=options.lang)
        else:
            yield item


def _tell_notes(reading: Reading, lang: str) -> list[str]:
    return [say(lang, "error.note", message=f"{reading.document.id}: {message}") for message in reading.messages]


def _tell_failure(outcome: Outcome, settings: Settings) -> list[str]:
    lang = settings.ui_lang
    if isinstance(outcome, SourceError):
        return [say(lang, "error.prefix", message=str(outcome))]
    assert isinstance(outcome, Failure)
    message = say(lang, "error.unexpected", place=outcome.place, error=outcome.error)
    lines = [say(lang, "error.prefix", message=message)]
    return lines + outcome.where.splitlines() if settings.debug else lines
