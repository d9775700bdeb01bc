"""The record that the inflections of all languages share."""

from __future__ import annotations

from typing import NamedTuple


class Form(NamedTuple):
    """One inflected form of a word or phrase with its grammar; the names and values are those of `Sense`."""

    text: str
    case: str | None = None
    number: str | None = None
    possessor: str | None = None
    form: str | None = None
