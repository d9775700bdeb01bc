"""What `ainalym check` compares figures with: the file of --official, and the store of official statistics."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from ainalym.errors import SourceError

if TYPE_CHECKING:
    from ainalym.checking import Cell, Official, OfficialOf


def load_official(path: Path | None, *, statistics: bool | None) -> OfficialOf | None:
    """All official figures at hand for a cell; `statistics` is None for "where the store has any"."""
    doors = []
    if path is not None:
        doors.append(_open_file(path))
    if statistics or (statistics is None and _has_store()):
        doors.append(_open_statistics())
    if not doors:
        return None
    return lambda cell: [figure for door in doors for figure in door(cell)]


def _open_file(path: Path) -> OfficialOf:
    from ainalym.checking import parse_official

    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            return parse_official(lines, place=str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(getattr(error, "strerror", None) or str(error), place=str(path)) from None


def _has_store() -> bool:
    from ainalym.statistics.store import Store

    return Store().index_path.exists()


def _open_statistics() -> Callable[[Cell], Sequence[Official]]:
    """The store's figures, or those of the table that ships with the package where it has none for a pair of sides."""
    from ainalym.checking import Interval, Official
    from ainalym.statistics import OfficialFigures

    figures = OfficialFigures()

    def find(cell: Cell) -> list[Official]:
        found = figures.official(cell.flow, cell.a, cell.b, cell.product, (cell.start, cell.end), cell.unit or "")
        return [
            Official(
                Interval(Fraction(item.low), Fraction(item.high)),
                item.publisher,
                item.vintage.isoformat(),
                cell.a if item.side == "own" else cell.b,
            )
            for item in found
        ]

    return find
