"""How much of an input is taken in: beyond these sizes and times an input is refused with a message."""

from __future__ import annotations

import msgspec


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """Sizes are for one file, answer, or record of JSON lines; times in seconds are for one address with its redirects.

    `entries` bounds how many pages of one feed or site map are fetched, `pages` how many of one PDF are read.
    """

    file_bytes: int = 50_000_000
    text_characters: int = 10_000_000
    connect_seconds: float = 5.0
    total_seconds: float = 30.0
    redirects: int = 5
    entries: int = 100
    pages: int = 2_000


def say_size(size: int) -> str:
    """A size in the words of a message: "50 MB"."""
    for unit, worth in (("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1_000)):
        if size >= worth:
            return f"{size / worth:.3g} {unit}"
    return f"{size} bytes"
