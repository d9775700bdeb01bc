"""The words that the reader knows, compiled from the YAML files of this folder by `python -m ainalym.lexicon.build`."""

from ainalym.lexicon.match import LANGUAGES, Hit, Sense, find_codes, find_hits, lookup
from ainalym.lexicon.table import make_key

__all__ = ["LANGUAGES", "Hit", "Sense", "find_codes", "find_hits", "lookup", "make_key"]
