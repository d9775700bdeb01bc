"""Plain text: nothing is changed but the encoding, so that offsets are those of the file."""

from __future__ import annotations

from .content import Content
from .decode import decode


def read_text(data: bytes, *, declared: str | None = None) -> Content:
    """The text of a plain text file."""
    return Content(text=decode(data, declared=declared))
