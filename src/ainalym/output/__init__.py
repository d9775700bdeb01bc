"""Readings written out: a table for people, JSON lines and CSV for programs, one self-contained page for both."""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from typing import TextIO

import msgspec

from ainalym.model import Reading

FORMATS = ("table", "jsonl", "csv", "html")


class Style(msgspec.Struct, frozen=True):
    """How to write: the language of the program's own words, whether to explain claims, and the terminal's width.

    `width` is None when the output is no terminal; then a table has no lines and no colours.
    """

    ui_lang: str = "en"
    explain: bool = False
    width: int | None = None


def write_readings(readings: Iterable[Reading], out: TextIO, *, form: str, style: Style | None = None) -> None:
    """Write readings in a format as they come; every format holds one reading in memory at a time."""
    module = importlib.import_module(f"ainalym.output.{form}")
    module.write(readings, out, style or Style())


__all__ = ["FORMATS", "Style", "write_readings"]
