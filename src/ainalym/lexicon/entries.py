"""The lexicon's sources: YAML files of entries, checked as they are read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from ainalym.errors import LexiconError

SOURCES = Path(__file__).parent
WORD_FIELDS = ("nouns", "verbs", "adjectives", "fixed")
_FIELDS = frozenset({"kind", "value", "hs", *WORD_FIELDS})  # hs: the goods' codes, for statistics
_MIXED = re.compile(r"\b(?=\w*[A-Za-z])(?=\w*[\u0400-\u052f])[\w]+")


class Entry(NamedTuple):
    """One entry of a source file: what it means, its words by field, goods codes, and its place for messages."""

    kind: str
    value: str
    words: dict[str, list[str]]
    codes: list[str]
    place: str


def find_sources(lang: str, folder: Path = SOURCES) -> list[Path]:
    """The YAML files of a language, those common to all languages first."""
    return [*sorted((folder / "common").glob("*.yaml")), *sorted((folder / lang).glob("*.yaml"))]


def load_entries(path: Path) -> Iterator[Entry]:
    """The entries of one file. Everything is read as text, so that NO is Norway."""
    import yaml

    try:
        loaded = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)  # noqa: S506
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise LexiconError(f"is not YAML: {error}", place=str(path)) from error
    if not loaded:
        return
    if not isinstance(loaded, list):
        raise LexiconError("must hold a list of entries", place=str(path))
    for number, item in enumerate(loaded, start=1):
        yield _check_entry(item, f"{path}, entry {number}")


def _check_entry(item: object, place: str) -> Entry:
    if not isinstance(item, dict):
        raise LexiconError(f"must be a mapping, not {item!r}", place=place)
    unknown = set(item) - _FIELDS
    if unknown:
        raise LexiconError(f"has unknown fields: {', '.join(sorted(unknown))}", place=place)
    kind, value = item.get("kind"), item.get("value")
    if not (isinstance(kind, str) and kind and isinstance(value, str) and value):
        raise LexiconError("needs a kind and a value, both text", place=place)
    words = {field: item[field] for field in WORD_FIELDS if field in item}
    if not words:
        raise LexiconError("has no words", place=place)
    for field, given in words.items():
        _check_words(given, f"{place} ({kind} {value}), {field}")
    given = item.get("hs", [])
    codes = [code for text in given for code in str(text).split()] if isinstance(given, list) else [repr(given)]
    if not all(code.isdecimal() for code in codes):
        raise LexiconError(f"hs must be a list of codes in quotes, not {given!r}", place=place)
    return Entry(kind, value, words, codes, f"{place} ({kind} {value})")


def _check_words(given: object, place: str) -> None:
    if not isinstance(given, list) or not all(isinstance(word, str) and word.strip() for word in given):
        raise LexiconError("must be a list of words", place=place)
    for word in given:
        mixed = _MIXED.search(word)
        if mixed:
            raise LexiconError(f"{word!r} mixes Latin and Cyrillic letters in {mixed.group()!r}", place=place)
