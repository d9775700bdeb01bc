"""Where output goes: standard output, or a file that is written whole or not at all."""

from __future__ import annotations

import contextlib
import io
import os
import secrets
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from ainalym.errors import AinalymError
from ainalym.output.messages import say


class OutputError(AinalymError):
    """A file cannot be written."""


@contextlib.contextmanager
def open_target(path: Path | None, *, ui_lang: str) -> Iterator[TextIO]:
    """A text stream in UTF-8 onto the file, or onto standard output when there is none.

    Raises OutputError where it cannot be written, and BrokenPipeError where no one reads it any more.
    """
    try:
        with _open(path) as out:
            yield out
    except BrokenPipeError:
        raise
    except OSError as error:
        place = error.filename2 or error.filename or path or "-"
        raise OutputError(say(ui_lang, "error.out", path=place, why=error.strerror or error)) from None


@contextlib.contextmanager
def _open(path: Path | None) -> Iterator[TextIO]:
    if path is None:
        with _open_standard() as out:
            yield out
    elif _is_device(path):
        with path.open("w", encoding="utf-8", errors="replace", newline="") as out:
            yield out
    else:
        with _open_whole(Path(os.path.realpath(path))) as out:
            yield out


def _is_device(path: Path) -> bool:
    try:
        return not stat.S_ISREG(path.stat().st_mode) and not path.is_dir()
    except OSError:
        return False


@contextlib.contextmanager
def _open_standard() -> Iterator[TextIO]:
    """Standard output without the locale's encoding: what programs read is UTF-8 everywhere."""
    on_terminal = sys.stdout.isatty()
    sys.stdout.flush()
    out = io.TextIOWrapper(
        sys.stdout.buffer,
        encoding=sys.stdout.encoding if on_terminal else "utf-8",
        errors="replace",
        newline="",
        line_buffering=on_terminal,
    )
    try:
        yield out
        out.flush()
    finally:
        # The buffer belongs to sys.stdout: closing the wrapper would close it too.
        with contextlib.suppress(OSError, ValueError):
            out.detach()


@contextlib.contextmanager
def _open_whole(path: Path) -> Iterator[TextIO]:
    """Write beside the file and rename at the end, so that a run cut short leaves the old file as it was."""
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        with part.open("x", encoding="utf-8", errors="replace", newline="") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
