"""The reader over as many documents as there are, on Daft: one machine or a Ray cluster. Needs `ainalym[corpus]`."""

from .run import Options, Summary, read_corpus
from .screen import find_reason
from .store import Store

__all__ = ["Options", "Store", "Summary", "find_reason", "read_corpus"]
