"""Words of all scripts as one skeleton (folding.toml): Kazakh in Cyrillic, Latin and Arabic letters, Russian, English.

The skeleton is lossy on purpose. It is for finding, never for showing.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib import resources
from typing import Any

LANGS = ("kk", "ru", "en")
# Apostrophes are letters' marks in the Latin of 2017, combining marks and invisible joiners stand within words.
_INNER = "'’ʼ‘ʻ`´′\u00ad\u0300-\u036f\u064b-\u065f\u0670\u200b-\u200d\ufeff"
_WORD = re.compile(rf"\d+(?:[.,]\d+)*|[^\W\d_](?:[^\W\d_]|[{_INNER}])*")
# Abbreviations as the Arabic press sets them, letter by letter: ا ق ش is АҚШ.
_SPACED = re.compile(r"(?<![^\W\d_])[\u0621-\u06d3](?: [\u0621-\u06d3](?![^\W\d_]))+")
_NOT_LETTERS = re.compile("[^a-z]")
_RUN = re.compile(r"(.)\1+")
_HARD = {"g": "k", "b": "p"}
_VOWELS = re.compile(r"([aeio])\1+")
_LONGEST_WORD = 60
_LONGEST_STEM = 12
# Between the digits of a fraction: no search engine takes 4p4 for anything but a word.
_POINT = "p"


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((resources.files(__package__) / "folding.toml").read_text(encoding="utf-8"))


@cache
def _letters() -> dict[int, str]:
    return {ord(letter): to for to, row in _table()["letters"].items() for letter in row.split()}


@cache
def _endings(lang: str) -> re.Pattern[str]:
    before = _table()["before"] if lang == "kk" else {}
    endings = sorted(_table()["endings"][lang].split(), key=lambda ending: (-len(ending), ending))
    ways = [f"(?<=[{before[ending[0]]}]){ending}" if ending[0] in before else ending for ending in endings]
    return re.compile(rf"(?:(?<=..[^aeio])|(?<=....))(?:{'|'.join(ways)})$")


@cache
def passed_over() -> frozenset[str]:
    """The skeletons of words that a question is not asked for."""
    return frozenset(_spell(word) for row in _table()["passed_over"].values() for word in row.split())


@lru_cache(maxsize=200_000)
def fold_word(word: str, lang: str | None) -> str:
    """The stem of a word's skeleton; numbers are kept, with one fraction sign. Empty for letters of other scripts."""
    if word[0].isdecimal():
        return _fold_number(word)
    plain, shorter = "", _spell(word)
    lang = lang if lang in LANGS else LANGS[0]
    endings = _endings(lang)
    while shorter != plain:
        plain, shorter = shorter, endings.sub("", shorter)
    # көлік, but көлігі: the last sound as it is without an ending.
    if lang == "kk" and plain[-1:] in _HARD:
        plain = plain[:-1] + _HARD[plain[-1]]
    return _RUN.sub(r"\1", plain)[:_LONGEST_STEM]


def _spell(word: str) -> str:
    """The skeleton of a whole word. Doubled consonants stay yet: one of them may belong to an ending."""
    plain = unicodedata.normalize("NFKD", word[:_LONGEST_WORD].lower()).translate(_letters())
    plain = _NOT_LETTERS.sub("", plain)
    for pair, to in _table()["pairs"].items():
        plain = plain.replace(pair, to)
    return _VOWELS.sub(r"\1", plain)


def _fold_number(word: str) -> str:
    digits = "".join(str(unicodedata.decimal(char)) if char.isdecimal() else _POINT for char in word[:_LONGEST_WORD])
    return digits[:_LONGEST_STEM].rstrip(_POINT)


def find_words(text: str, lang: str | None) -> Iterator[tuple[int, int, str]]:
    """Each word of a text that has a stem: start, end, stem."""
    joined = {found.start(): found.end() for found in _SPACED.finditer(text)}
    place = 0
    for found in _WORD.finditer(text):
        start, end = found.span()
        if start < place:
            continue
        if start in joined:
            end = joined[start]
        place = end
        if stem := fold_word(text[start:end].replace(" ", ""), lang):
            yield start, end, stem
