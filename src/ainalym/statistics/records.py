"""The records of the statistics store: what a publisher declares, what a load is, what an official figure is.

Frozen values without I/O; nothing here needs DuckDB or Arrow.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, Literal

import msgspec

Flow = Literal["X", "M"]
# `unstated`: no licence is named, so that whoever publishes it further has to ask; `no`: the licence forbids it.
Reexport = Literal["yes", "attribution", "unstated", "no"]


class FlowTerms(msgspec.Struct, frozen=True):
    """How a publisher counts one flow: FOB or CIF, and which country it calls the partner."""

    valuation: str
    partner_type: str


class Declaration(msgspec.Struct, frozen=True):
    """What a source is and on which terms; one TOML file beside each provider's module.

    `rank` orders sources for one reporter (1 first); `unit_mult` is the power of ten of the printed figures in US
    dollars; `step` the smallest printed difference, in dollars; `complete` says that a publication holds every
    partner of the years it covers, so that a newer one takes the older one's place as a whole.
    """

    id: str
    title: str
    publisher: str
    homepage: str
    licence: str
    reexport: Reexport
    rank: int
    unit_mult: int
    step: Decimal
    complete: bool
    exports: FlowTerms
    imports: FlowTerms
    reporters: tuple[str, ...] = ()
    licence_url: str | None = None
    trade_system: str = "G"
    classification: str = "TOTAL"
    notes: tuple[str, ...] = ()
    live: bool = False


class Control(msgspec.Struct, frozen=True):
    """A sum that must close: what was added up, what the publisher printed, in dollars.

    A sum that is not `strict` is only noted when it is off: some publishers keep partners of their total back.
    """

    name: str
    got: Decimal
    printed: Decimal
    tolerance: Decimal = Decimal(0)
    strict: bool = True

    @property
    def closes(self) -> bool:
        return abs(self.got - self.printed) <= self.tolerance


class Manifest(msgspec.Struct, frozen=True):
    """One load: a dated vintage of a source as it lies in the store. `coverage` lists (reporter, months, year)."""

    id: str
    source: str
    vintage: dt.date
    vintage_note: str
    loaded: dt.datetime
    declaration: Declaration
    inputs: tuple[tuple[str, str], ...]
    rows: int
    files: tuple[str, ...]
    coverage: tuple[tuple[str, int, int], ...]
    constants: dict[str, Any] = {}
    controls: tuple[Control, ...] = ()
    notes: tuple[str, ...] = ()
    reexport: Reexport = "no"
