"""Errors: one root, few classes; each says what to do and whether trying again can help."""

from __future__ import annotations


class AinalymError(Exception):
    """Root of all errors that the library raises on purpose.

    `place` names the input (a path, an address, a line), `retriable` says whether the same call may succeed later.
    """

    retriable = False

    def __init__(self, message: str, *, place: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.place = place

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" if self.place else self.message


class SourceError(AinalymError):
    """An input cannot be read: it is missing, broken, too large, of a wrong kind or not allowed.

    `kind` is the reason in one word, for those who say it in their own: empty, large, long, locked, damaged, picture,
    binary, encoding, format, article; or other.
    """

    def __init__(self, message: str, *, place: str | None = None, kind: str = "other") -> None:
        super().__init__(message, place=place)
        self.kind = kind


class TransientError(SourceError):
    """An input could not be fetched now; the same call may succeed later, after `seconds` where the server says so."""

    retriable = True

    def __init__(self, message: str, *, place: str | None = None, seconds: float | None = None) -> None:
        super().__init__(message, place=place)
        self.seconds = seconds


class LexiconError(AinalymError):
    """A lexicon source or a built table is wrong; names file and entry."""


class UsageError(AinalymError):
    """The caller asked for something that does not exist or makes no sense."""
