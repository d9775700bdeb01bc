"""Checking: printed figures as intervals, cells and the relations between them, and what follows."""

from .cells import Cell
from .findings import check
from .intervals import Interval
from .official import Official, OfficialOf, parse_official

__all__ = ["Cell", "Interval", "Official", "OfficialOf", "check", "parse_official"]
