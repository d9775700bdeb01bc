"""What `read` and `check` share: options that say what to read, and the reading of it with its errors told."""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any, TypeVar

import click
import msgspec

from ainalym.errors import AinalymError, SourceError
from ainalym.model import Document, Reading
from ainalym.output.messages import UI_LANGS, say

from .progress import Progress
from .words import Choice, Option, Settings, get_settings, refuse
from .work import Failure, Item, Outcome, read_items

_C = TypeVar("_C", bound=Callable[..., Any])
_MOST_JOBS = 256


class InputOptions(msgspec.Struct, frozen=True):
    """What to read and how; `lang` overrides the documents' own, `whole_names` makes their ids whole paths."""

    inputs: Sequence[str]
    settings: Settings
    published: dt.date | None = None
    lang: str | None = None
    jobs: int = 1
    allow_private: bool = False
    quiet: bool = False
    whole_names: bool = False


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


def input_options(command: _C) -> _C:
    """Adds the options that `read` and `check` share, behind their own."""
    for option in reversed(_SHARED):
        command = option(command)
    return command


_SHARED = (
    click.option("--published", cls=Option, metavar="DATE", callback=parse_date, help="option.published"),
    click.option("--jobs", cls=Option, metavar="N", default="1", callback=parse_jobs, help="option.jobs"),
    click.option("--allow-private", cls=Option, is_flag=True, help="option.allow_private"),
    click.option("--ui-lang", cls=Option, type=Choice(UI_LANGS), expose_value=False, help="option.ui_lang"),
    click.option("--quiet", "-q", cls=Option, is_flag=True, help="option.quiet"),
    click.option("--debug", cls=Option, is_flag=True, expose_value=False, help="option.debug"),
)


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
        for outcome in read_items(load_items(options), jobs=options.jobs):
            if isinstance(outcome, Reading):
                lines = [] if options.quiet else _tell_notes(outcome, options.settings.ui_lang)
            else:
                failures.append(str(outcome))
                lines = tell_failure(outcome, options.settings)
            for line in lines:
                progress.tell(line)
            if isinstance(outcome, Reading):
                yield outcome
            progress.advance()
    except BrokenProcessPool:
        raise AinalymError(say(options.settings.ui_lang, "error.workers")) from None


def load_items(options: InputOptions) -> Iterator[Item]:
    """The documents of the inputs, and errors in the place of those that cannot be read."""
    from ainalym.sources import load_documents

    items: Iterator[Item] = load_documents(
        options.inputs, published=options.published, allow_private=options.allow_private, stdin=sys.stdin.buffer,
        whole_names=options.whole_names,
    )  # fmt: skip
    for item in items:
        if options.lang and isinstance(item, Document):
            yield msgspec.structs.replace(item, lang=options.lang)
        else:
            yield item


def _tell_notes(reading: Reading, lang: str) -> list[str]:
    return [say(lang, "error.note", message=f"{reading.document.id}: {message}") for message in reading.messages]


def tell_failure(outcome: Outcome, settings: Settings) -> list[str]:
    """The lines that name an input that could not be read, and why."""
    lang = settings.ui_lang
    if isinstance(outcome, SourceError):
        return [say(lang, "error.prefix", message=str(outcome))]
    assert isinstance(outcome, Failure)
    message = say(lang, "error.unexpected", place=outcome.place, error=outcome.error)
    lines = [say(lang, "error.prefix", message=message)]
    return lines + outcome.where.splitlines() if settings.debug else lines
