"""The compiled table of a language: written and read here.

Forms are not stored one by one. The spellings of a word in one orthography are split into what they share (the stem)
and what follows (the endings); equal sets of endings are stored once as a paradigm. Stems stand in a trie, which is
mapped from disk; a word is looked up by trying the endings after each stem that it begins with. So a Kazakh noun with
some hundred forms in twenty ways of writing costs some twenty stems, and loading costs nearly nothing.
"""

from __future__ import annotations

import sys
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import marisa_trie
import msgspec

from ainalym.errors import LexiconError
from ainalym.language.tokens import find_tokens

FORMAT = 2
_SAME = {"ё": "е", "ŋ": "ñ", "ǧ": "ğ", "ٴ": "ء", "ک": "ك", "ی": "ي", "ه": "ە", "ہ": "ە"}
_CANONICAL = {ord(letter): same for letter, same in _SAME.items()}

Analysis = tuple[str, str | None, str | None, str | None, str | None]  # pos, case, number, possessor, form
Item = tuple[tuple[str, str], Analysis]  # (kind, value), analysis


def make_key(text: str) -> str:
    """The words of a text, folded and joined by one space: what a table is searched for."""
    return " ".join(token.folded for token in find_tokens(text))


def make_canonical(words: str) -> str:
    """The key with letters made one that are written in two ways (ё and е, ñ and ŋ)."""
    return words.translate(_CANONICAL)


class _Tables(msgspec.Struct, array_like=True):
    """All of a table but its trie. `offsets` and `records` are 32-bit little-endian; a record is entry and paradigm."""

    version: int
    digest: str
    entries: list[tuple[str, str]]
    analyses: list[Analysis]
    firsts: dict[str, int]
    codes: dict[str, list[str]]
    offsets: bytes
    records: bytes
    paradigms: list[bytes]


class Writer:
    """Collects the forms of a language and packs them."""

    def __init__(self) -> None:
        self._entries: dict[tuple[str, str], int] = {}
        self._analyses: dict[Analysis, int] = {}
        self._paradigms: dict[tuple[tuple[str, tuple[int, ...]], ...], int] = {}
        self._stems: dict[str, set[tuple[int, int]]] = defaultdict(set)
        self._firsts: dict[str, int] = {}
        self._codes: dict[str, list[str]] = {}

    def add_codes(self, value: str, codes: list[str]) -> None:
        """Notes the codes of goods under the value that names them."""
        known = self._codes.setdefault(value, [])
        known.extend(code for code in codes if code not in known)

    def add(self, entry: tuple[str, str], forms: Iterable[tuple[str, Analysis]]) -> None:
        """Adds the spellings of one word in one orthography; the keys are canonical."""
        number = self._entries.setdefault(entry, len(self._entries))
        spellings: dict[str, set[int]] = defaultdict(set)
        for key, analysis in forms:
            if key:
                spellings[key].add(self._analyses.setdefault(analysis, len(self._analyses)))
        groups = defaultdict(list)
        for key in spellings:
            groups[key[:2]].append(key)
            first, space, rest = key.partition(" ")
            if space:
                self._firsts[first] = max(self._firsts.get(first, 0), rest.count(" ") + 2)
        for keys in groups.values():
            stem = _share(keys)
            paradigm = tuple(sorted((key[len(stem) :], tuple(sorted(spellings[key]))) for key in keys))
            self._stems[stem].add((number, self._paradigms.setdefault(paradigm, len(self._paradigms))))

    def pack(self, digest: str) -> tuple[bytes, bytes]:
        """The trie and the tables as bytes, the same for the same input."""
        trie = marisa_trie.Trie(sorted(self._stems))
        stems = sorted((trie[stem], records) for stem, records in self._stems.items())
        offsets, flat = array("I", [0]), array("I")
        for _, records in stems:
            flat.extend(number for record in sorted(records) for number in record)
            offsets.append(len(flat))
        encoder = msgspec.msgpack.Encoder(order="deterministic")
        tables = _Tables(
            FORMAT,
            digest,
            list(self._entries),
            list(self._analyses),
            self._firsts,
            self._codes,
            _little(offsets),
            _little(flat),
            [encoder.encode(dict(paradigm)) for paradigm in self._paradigms],
        )
        return trie.tobytes(), encoder.encode(tables)


def _share(keys: list[str]) -> str:
    """The longest beginning that all keys share: that of the first and the last in order."""
    low, high = min(keys), max(keys)
    size = next((at for at, (one, other) in enumerate(zip(low, high, strict=False)) if one != other), len(low))
    return low[:size]


class Reader:
    """A packed table, read lazily: the trie stays on disk, a paradigm is unpacked when a word first needs it."""

    def __init__(self, trie: Path, tables: Path) -> None:
        if not (trie.exists() and tables.exists()):
            raise LexiconError("is not there; build it with: python -m ainalym.lexicon.build", place=str(trie))
        self._trie = marisa_trie.Trie()
        self._trie.mmap(str(trie))
        try:
            packed = msgspec.msgpack.decode(tables.read_bytes(), type=_Tables)
        except msgspec.DecodeError as error:
            raise LexiconError(f"is broken ({error}); build it again", place=str(tables)) from error
        if packed.version != FORMAT:
            raise LexiconError(f"has format {packed.version}, not {FORMAT}; build it again", place=str(tables))
        self.digest, self.entries, self.analyses, self.firsts = (
            packed.digest, packed.entries, packed.analyses, packed.firsts,
        )  # fmt: skip
        self._offsets, self._records = _native(packed.offsets), _native(packed.records)
        self.codes = packed.codes
        self._packed = packed.paradigms
        self._paradigms: dict[int, dict[str, list[int]]] = {}

    def find(self, key: str) -> list[tuple[int, int]]:
        """The (entry, analysis) pairs of a canonical key, as indexes into `entries` and `analyses`, in order."""
        found: set[tuple[int, int]] = set()
        for stem, at in self._trie.iter_prefixes_with_ids(key):
            ending = key[len(stem) :]
            for place in range(self._offsets[at], self._offsets[at + 1], 2):
                analyses = self._paradigm(self._records[place + 1]).get(ending)
                if analyses:
                    found.update((self._records[place], analysis) for analysis in analyses)
        return sorted(found)

    def iter_words(self) -> Iterator[tuple[str, tuple[str, str], list[str]]]:
        """All of the table: the stem of a word, its (kind, value), and the endings that follow the stem."""
        for stem in self._trie.iterkeys():
            at = self._trie[stem]
            for place in range(self._offsets[at], self._offsets[at + 1], 2):
                yield stem, self.entries[self._records[place]], list(self._paradigm(self._records[place + 1]))

    def _paradigm(self, number: int) -> dict[str, list[int]]:
        paradigm = self._paradigms.get(number)
        if paradigm is None:
            paradigm = msgspec.msgpack.decode(self._packed[number], type=dict[str, list[int]])
            self._paradigms[number] = paradigm
        return paradigm


def _little(numbers: array[int]) -> bytes:
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tobytes()


def _native(packed: bytes) -> array[int]:
    numbers = array("I")
    numbers.frombytes(packed)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
