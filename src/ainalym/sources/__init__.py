"""Sources: files, folders, standard input, web pages, feeds and site maps become documents."""

from .content import find_title
from .dates import find_published, parse_date
from .inputs import count_inputs
from .limits import Limits
from .load import load_bytes, load_documents
from .sniff import SUFFIXES

__all__ = [
    "SUFFIXES",
    "Limits",
    "count_inputs",
    "find_published",
    "find_title",
    "load_bytes",
    "load_documents",
    "parse_date",
]
