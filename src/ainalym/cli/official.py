"""What `ainalym check` compares figures with: the file of --official, and the store of official statistics."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ainalym.errors import SourceError

if TYPE_CHECKING:
    from ainalym.checking import CompareOf, OfficialOf


def load_official(path: Path | None) -> OfficialOf | None:
    """The figures of a CSV file by cell."""
    if path is None:
        return None
    from ainalym.checking import parse_official

    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            return parse_official(lines, place=str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(getattr(error, "strerror", None) or str(error), place=str(path)) from None


def open_statistics(wanted: bool | None, lang: str) -> CompareOf | None:
    """The verdicts of the user's store, and of the table that ships with the package where the store has nothing.

    `wanted` is None for "where the store has any".
    """
    if wanted is False or (wanted is None and not _has_data()):
        return None
    from ainalym.official import make_comparer

    return make_comparer(lang=lang)


def _has_data() -> bool:
    from ainalym.statistics.store import Store

    return bool(Store().datasets())
