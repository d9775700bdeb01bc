"""Checking: printed figures as intervals, cells and the relations between them, and what follows."""

from .cells import Cell
from .findings import check, check_once
from .intervals import Interval, read_interval
from .official import CompareOf, Official, OfficialOf, parse_official

__all__ = [
    "Cell",
    "CompareOf",
    "Interval",
    "Official",
    "OfficialOf",
    "check",
    "check_once",
    "parse_official",
    "read_interval",
]
