"""Ainalym reads what governments publish about their trade: figures, meetings, commitments, each tied to its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .model import Claim, Commitment, Document, Finding, Meeting, Person, Reading, Span

if TYPE_CHECKING:
    from .checking import check
    from .reading import read, read_document

__all__ = [
    "Claim",
    "Commitment",
    "Document",
    "Finding",
    "Meeting",
    "Person",
    "Reading",
    "Span",
    "check",
    "read",
    "read_document",
]
__version__ = "0.1.0"

# Reading loads the lexicon's code, which `ainalym --help` should not wait for.
_LATE = {"check": "checking", "read": "reading", "read_document": "reading"}


def __getattr__(name: str) -> object:
    if name in _LATE:
        from importlib import import_module

        return getattr(import_module(f".{_LATE[name]}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
