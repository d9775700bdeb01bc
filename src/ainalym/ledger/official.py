"""Official figures for whatever looks at the ledger: those of the store as it is now, asked for from any thread."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from ..checking import Interval, Official
from ..statistics import find_figures
from ..statistics.store import default_root

if TYPE_CHECKING:
    import datetime as dt

    from ..checking import Cell
    from ..model import OfficialInterval


def find_official(
    flow: str,
    reporter: str | None,
    partner: str | None,
    product: str | None = None,
    period: tuple[dt.date, dt.date] | None = None,
    unit: str = "USD",
) -> list[OfficialInterval]:
    """`OfficialFigures.official` over the user's own store; a load that came since the last call counts."""
    return find_figures().official(flow, reporter, partner, product, period, unit)


def official_of(cell: Cell) -> Sequence[Official]:
    """What checking asks: the figures for a cell, from the table that ships with us where the store has none."""
    found = find_official(cell.flow, cell.a, cell.b, cell.product, (cell.start, cell.end), cell.unit or "")
    return [
        Official(
            Interval(Fraction(item.low), Fraction(item.high)),
            item.publisher,
            item.vintage.isoformat(),
            cell.a if item.side == "own" else cell.b,
        )
        for item in found
    ]


def statistics_stamp() -> int:
    """A number that changes whenever the store does."""
    try:
        return (default_root() / "index.json").stat().st_mtime_ns
    except OSError:
        return 0
