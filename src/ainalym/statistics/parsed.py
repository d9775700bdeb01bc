"""What a provider makes of its files, how it is to be loaded, and what can be wrong with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from ..errors import SourceError
from .records import Control, Declaration


class Row(NamedTuple):
    """One printed figure, in US dollars; `partner` and `reporter` as printed. `None`: as the declaration says."""

    reporter: str
    flow: str
    partner: str
    year: int
    value: Decimal
    commodity: str = "TOTAL"
    level: int = 0
    month: int = 1
    months: int = 12
    partner_type: str | None = None
    valuation: str | None = None
    status: str = "A"
    qty: float | None = None
    qty_unit: str | None = None


class Chunk(NamedTuple):
    """A part of a large load: a SELECT that gives `reporter`, `partner` as labels and the other fact columns.

    A `sorted` one gives a number `sort_key` too: it and then `product` grow from row to row unless a row stands twice.
    """

    name: str
    sql: str
    sorted: bool = False
    source: str = ""


class Parsed(NamedTuple):
    """What a provider made of its files: rows, or chunks with their labels; control sums; what to tell the user.

    `products` is a SELECT of the `label` that chunks give as `product`, and its `code`; '' when that is not known.
    `codes` are areas by label where the source has its own; `reconciled` says that a row is both sides' figure.
    """

    rows: Sequence[Row] = ()
    chunks: Sequence[Chunk] = ()
    labels: frozenset[str] = frozenset()
    controls: tuple[Control, ...] = ()
    notes: tuple[str, ...] = ()
    vintage: dt.date | None = None
    vintage_note: str = ""
    constants: dict[str, Any] = {}  # noqa: RUF012  (read only)
    reconciled: bool = False
    products: str = ""
    codes: dict[str, str] = {}  # noqa: RUF012
    declaration: Declaration | None = None
    scratch: tuple[Path, ...] = ()


class Options(msgspec.Struct, frozen=True):
    """How to load: `unit_mult` corrects the printed unit; `check_units=False` accepts an odd one."""

    vintage: dt.date | None = None
    allow_unmapped: bool = False
    replace: bool = False
    unit_mult: int | None = None
    check_units: bool = True
    error_file: Path | None = None
    threads: int | None = None
    progress: Callable[[str, int, int], None] = lambda what, done, total: None


class UnmappedError(SourceError):
    """Names of partners that are not known; `path` is the file that lists them with suggestions."""


class UnitsError(SourceError):
    """The figures look a power of ten off; `unit_mult` is the unit that would fit."""

    def __init__(self, message: str, *, place: str | None, unit_mult: int) -> None:
        super().__init__(message, place=place)
        self.unit_mult = unit_mult
