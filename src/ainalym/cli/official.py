"""What `ainalym check` compares figures with: the file of --official, and the store of official statistics."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ainalym.errors import SourceError

if TYPE_CHECKING:
    from ainalym.checking import OfficialOf


def load_official(path: Path | None, *, statistics: bool | None) -> OfficialOf | None:
    """All official figures at hand for a cell; `statistics` is None for "where the store has any"."""
    doors = []
    if path is not None:
        doors.append(_open_file(path))
    if statistics or (statistics is None and _has_store()):
        from ainalym.ledger.official import official_of

        doors.append(official_of)
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
