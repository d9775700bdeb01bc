"""Official statistics of both sides: a store of dated vintages, measures over it, and what checking asks of it.

`official` and `judge` are what checking sees; they answer from the table that ships with the package where no store is.
Everything else needs the extra `statistics` and is imported from its module: `store`, `load`, `measures`, `cards`.
"""

from ..model import OfficialInterval
from .candidates import Asked
from .figures import OfficialFigures, find_figures, official
from .verdicts import judge, printed_interval

__all__ = [
    "Asked",
    "OfficialFigures",
    "OfficialInterval",
    "find_figures",
    "judge",
    "official",
    "printed_interval",
]
