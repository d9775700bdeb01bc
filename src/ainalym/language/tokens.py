"""Tokens: words, numbers and signs of a text with their offsets, and each word in a folded form for look-up.

Folding takes away what does not change a word: case, composed or decomposed letters, soft hyphens, kinds of
apostrophe and hyphen, and letters of another alphabet that look the same (a Cyrillic о inside a Latin word).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

# One word may hold letters, combining marks, soft hyphens and, between letters, hyphens and apostrophes:
# "сауда-экономикалық", "ЕАЭО-ға", "млн-нан", "O'zbekiston". A töte jazu hamza (ء) starts a word.
_LETTER = r"[^\W\d_]"
_MARKS = r"[\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff]*"
_LETTERS = rf"(?:{_LETTER}{_MARKS})+"
_JOINT = r"[-\u2010\u2011'’‘ʼʻ`´ʹ]"
_TOKEN = re.compile(
    rf"(?P<word>\u0621?{_LETTERS}(?:{_JOINT}{_LETTERS})*[’'ʼ]?(?:(?<=[’'ʼ])(?!\w))?)"
    r"|(?P<number>[0-9\u0660-\u0669\u06f0-\u06f9]+)"
    r"|(?P<sign>[^\w\s]|_)"
)
_APOSTROPHES = dict.fromkeys(map(ord, "’‘ʼʻ`´ʹ"), "'")
_HYPHENS = dict.fromkeys(map(ord, "\u2010\u2011"), "-")
_DROPPED = dict.fromkeys((0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF), None)
_CLEAN = {**_APOSTROPHES, **_HYPHENS, **_DROPPED}
# Letters that look alike: Latin to Cyrillic, used when most of the word is Cyrillic, and the reverse.
_TO_CYRILLIC = str.maketrans("aceopxyhkmti", "асеорхуһкмті")
_TO_LATIN = str.maketrans("асеорхуһкмтіѕј", "aceopxyhkmtisj")
_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_LATIN = re.compile(r"[a-z\u00df-\u024f]")


class Token(NamedTuple):
    """One token: offsets into the text as given, the kind (`word`, `number`, `sign`) and its folded form."""

    start: int
    end: int
    kind: str
    folded: str


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """The word in the form used for look-up in the lexicon."""
    text = unicodedata.normalize("NFC", word.translate(_CLEAN)).replace("İ", "i").lower()
    text = unicodedata.normalize("NFC", text).strip("'")
    if text.isascii():
        return text
    cyrillic, latin = len(_CYRILLIC.findall(text)), len(_LATIN.findall(text))
    if cyrillic and latin:
        if cyrillic >= latin:
            return text.translate(_TO_CYRILLIC)
        return unicodedata.normalize("NFC", unicodedata.normalize("NFD", text).translate(_TO_LATIN))
    return text


def find_tokens(text: str) -> list[Token]:
    """All tokens of a text in order; spaces and line ends lie between them."""
    tokens = []
    for found in _TOKEN.finditer(text):
        kind = found.lastgroup or "sign"
        start, end = found.span()
        tokens.append(Token(start, end, kind, fold(text[start:end]) if kind == "word" else text[start:end]))
    return tokens
