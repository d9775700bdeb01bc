"""Official statistics of both sides: a store of dated vintages, measures over it, and what checking asks of it.

`official` and `judge` are what checking sees; they answer from the table that ships with the package where no store is.
Everything else needs the extra `statistics` and is imported from its module: `store`, `load`, `measures`, `cards`.
"""

from .candidates import Asked
from .figures import OfficialFigures, official
from .records import OfficialInterval
from .verdicts import Verdict, judge, printed_interval

__all__ = ["Asked", "OfficialFigures", "OfficialInterval", "Verdict", "judge", "official", "printed_interval"]
