"""Sources: files, folders, standard input, web pages, feeds and site maps become documents."""

from .content import find_title
from .dates import find_published, parse_date
from .feeds import Entry
from .inputs import count_inputs
from .limits import Limits
from .load import list_entries, load_bytes, load_documents, load_entry
from .sniff import SUFFIXES
from .web import fetch_if_changed

__all__ = [
    "SUFFIXES",
    "Entry",
    "Limits",
    "count_inputs",
    "fetch_if_changed",
    "find_published",
    "find_title",
    "list_entries",
    "load_bytes",
    "load_documents",
    "load_entry",
    "parse_date",
]
