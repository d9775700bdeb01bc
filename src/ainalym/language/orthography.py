"""Kazakh Cyrillic written out in the other orthographies, and telling the Latin ones apart.

The rules run one way only, from Cyrillic; the other way is ambiguous (ı is и or й, ıa is я). Where practice varies
(ц as ts or s), `write` gives the usual spelling and `write_all` every one. Sources: the presidential decrees of 2017
and 2018, the alphabet of January 2021, Kazinform's Latin and Arabic pages, the Latin pages of the Kazakh Wikipedia.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import product
from typing import NamedTuple

ORTHOGRAPHIES = ("Cyrl", "Latn-2017", "Latn-2018", "Latn-2021", "QazAqparat", "ASCII", "Arab")


class _Style(NamedTuple):
    """One way to write: the letters, and the letters or pairs of letters whose spelling varies, usual one first."""

    letters: dict[str, str]
    varying: dict[str, tuple[str, ...]]


def _pair_letters(row: str) -> dict[str, str]:
    """Each Cyrillic letter with how it is written; a hyphen stands for nothing."""
    written = ["" if piece == "-" else piece for piece in row.split()]
    return dict(zip(_CYRILLIC, written, strict=True))


_CYRILLIC = "абвгдежзийклмнопрстуфхһцчшщыэюяёқіәғңөұүъь"
_PLAIN = "a b v g d e j z i i k l m n o p r s t u f h h ts ch sh sh y e iu ia io q i a g n o u u - -"
_SHARED = _pair_letters(_PLAIN)


def _style(letters: dict[str, str], **varying: tuple[str, ...]) -> _Style:
    return _Style(_SHARED | letters, varying)


_TS = ("ts", "s")
_CTS = ("c", "ts", "s")
_IA = ("iia", "ia", "iya")
_2017 = {"ә": "a'", "ғ": "g'", "и": "i'", "й": "i'", "ң": "n'", "ө": "o'", "ү": "u'", "у": "y'", "ш": "s'", "ч": "c'"}
_2017 |= {"щ": "s'", "ю": "i'y'", "я": "i'a", "ё": "i'o"}
_2018 = {
    "ә": "á",
    "ғ": "ǵ",
    "и": "ı",
    "й": "ı",
    "ң": "ń",
    "ө": "ó",
    "ү": "ú",
    "у": "ý",
    "ю": "ıý",
    "я": "ıa",
    "ё": "ıo",
}
_UMLAUTS = {"ә": "ä", "ғ": "ğ", "ң": "ñ", "ө": "ö", "ү": "ü", "ш": "ş", "щ": "ş"}
_2021 = _UMLAUTS | {"ұ": "ū", "і": "ı"}
# QazAqparat as the Kazakh Wikipedia has it (и ï, у w), then what news sites make of it: и plain, у and ұ exchanged
# (bastaudı, wsındı) or both written u.
_QAZ = _UMLAUTS | {"ы": "ı", "й": "y", "ч": "ç", "щ": "şş", "ц": "c", "ю": "yu", "я": "ya", "ё": "yo"}
_QAZ_WIKI = _QAZ | {"у": "w", "и": "ï", "э": "é", "х": "x", "ю": "yw"}
_QAZ_PLAIN = _QAZ | {"у": "w", "ю": "yw"}
_QAZ_EXCHANGED = _QAZ | {"ұ": "w"}
# What is typed on a keyboard without the special letters: the alphabets with their marks left out, digraphs as in
# English or Russian passports.
_ASCII_2018 = {"у": "y", "ю": "iy"}
_ASCII_2017 = {"у": "y", "ш": "s", "щ": "s", "ч": "c", "ю": "iy"}
_ASCII_2021 = {"ш": "s", "щ": "s"}
_ENGLISH = {"ж": "zh", "й": "y", "х": "kh", "ғ": "gh", "ң": "ng", "ю": "yu", "я": "ya", "ё": "yo"}
_PASSPORT = {"ж": "zh", "й": "y", "х": "kh", "қ": "k", "ю": "yu", "я": "ya", "ё": "yo"}
_ASCII_QAZ = {"ы": "i", "й": "y", "ш": "s", "щ": "ss", "ч": "c", "ц": "c", "ю": "yu", "я": "ya", "ё": "yo"}
_ARABIC = _pair_letters("ا ب ۆ گ د ە ج ز ي ي ك ل م ن و پ ر س ت ۋ ف ح ھ س چ ش شش ى ە يۋ يا يو ق ى ا ع ڭ و ۇ ۇ - -")

_STYLES: dict[str, tuple[_Style, ...]] = {
    "Latn-2017": (_style(_2017, ц=_TS),),
    "Latn-2018": (_style(_2018, ц=_TS, х=("h", "kh"), щ=("sh", "shch")),),
    "Latn-2021": (_style(_2021, ц=("s", "ts", "c"), ч=("ch", "tş", "ç"), ия=_IA),),
    "QazAqparat": (
        _style(_QAZ_WIKI),
        _style(_QAZ_PLAIN, ц=_CTS),
        _style(_QAZ_EXCHANGED, ц=_CTS),
        _style(_QAZ, ц=_CTS),
    ),
    "ASCII": (
        _style({}, ц=_TS, ия=_IA),
        _style(_ASCII_2018, ц=_TS),
        _style(_ASCII_2017, ц=_TS),
        _style(_ASCII_2021, ц=("s", "ts", "c"), ия=_IA),
        _style(_ENGLISH, ц=_TS),
        _style(_PASSPORT, ц=_TS),
        _style(_ASCII_QAZ, ц=_CTS),
    ),
    "Arab": (_Style(_ARABIC, {"ц": ("س", "تس")}),),
}
_PAIR = "\ue000"  # stands for a pair of letters (ия) while single letters are replaced

_HAMZA = "ء"
_FRONT = re.compile("[әөүі]")
_SHOWN = re.compile("[кгеэ]")  # these show that a word has front vowels, so no hamza is set
_WORD = re.compile(r"[^\W\d_]+")
_IOTATED = re.compile("(?<=[ий])[яюё]")
_PLAIN_VOWEL = {"я": "а", "ю": "у", "ё": "о"}
_ABBREVIATION = re.compile(r"\b[А-ЯӘҒҚҢӨҰҮҺІЁ]{2,5}\b")


def write(text: str, orthography: str) -> str:
    """Kazakh Cyrillic text in another orthography, in its usual spelling; what is not a Cyrillic letter stays."""
    if orthography == "Cyrl":
        return text
    style = _styles(orthography)[0]
    return _write_with(text, orthography, *_tables(style.letters, tuple(style.varying.items()))[0])


def write_all(text: str, orthography: str) -> set[str]:
    """Every spelling of a word or phrase that occurs in an orthography; the Arabic ones with and without hamza."""
    if orthography == "Cyrl":
        return {text}
    lower = text.lower()
    spellings = set()
    for style in _styles(orthography):
        varying = tuple((piece, ways) for piece, ways in style.varying.items() if piece in lower)
        spellings |= {_write_with(text, orthography, *table) for table in _tables(style.letters, varying)}
    if orthography == "Arab":
        spellings |= {_write_with(space_abbreviations(text), "Arab", *_tables(_ARABIC, ())[0])}
        spellings |= {spelling.replace(_HAMZA, "") for spelling in spellings}
    return spellings


def write_ways(texts: Sequence[str], orthography: str) -> Iterator[list[str]]:
    """The texts, all in lower case, written out in each consistent way of an orthography: one list for each way."""
    joined = "\n".join(texts)
    for style in _styles(orthography):
        varying = tuple((piece, ways) for piece, ways in style.varying.items() if piece in joined)
        for table in _tables(style.letters, varying):
            yield _write_with(joined, orthography, *table).split("\n")


def space_abbreviations(text: str) -> str:
    """Abbreviations as the Arabic press sets them, letter by letter: АҚ-ны as ا ق-نى."""
    return _ABBREVIATION.sub(lambda found: " ".join(found.group()), text)


def _styles(orthography: str) -> tuple[_Style, ...]:
    if orthography not in _STYLES:
        raise ValueError(f"no orthography {orthography!r}; there are {', '.join(ORTHOGRAPHIES)}")
    return _STYLES[orthography]


Table = tuple[str, dict[int, str]]


def _tables(letters: dict[str, str], varying: tuple[tuple[str, tuple[str, ...]], ...]) -> list[Table]:
    key = tuple(letters.items())
    return _make_tables(key, varying)


@lru_cache(maxsize=1000)
def _make_tables(letters: tuple[tuple[str, str], ...], varying: tuple[tuple[str, tuple[str, ...]], ...]) -> list[Table]:
    """One table for each choice among the varying spellings; the pair that a table replaces, if any, comes first."""
    tables = []
    for choice in product(*(ways for _, ways in varying)):
        table = {ord(letter): written for letter, written in letters}
        pair = ""
        for (piece, _), written in zip(varying, choice, strict=True):
            if len(piece) == 2:
                pair = piece
            table[ord(_PAIR if len(piece) == 2 else piece)] = written
        tables.append((pair, table))
    return tables


def _write_with(text: str, orthography: str, pair: str, table: dict[int, str]) -> str:
    if orthography == "Arab":
        return _WORD.sub(lambda word: _write_arabic(word.group().lower(), table), text)
    lower = text.lower()
    if lower != text:
        return _WORD.sub(lambda word: _write_cased(word.group(), orthography, pair, table), text)
    return (lower.replace(pair, _PAIR) if pair else lower).translate(table)


def _write_arabic(word: str, table: dict[int, str]) -> str:
    hamza = _HAMZA if _FRONT.search(word) and not _SHOWN.search(word) else ""
    return hamza + _IOTATED.sub(lambda found: _PLAIN_VOWEL[found.group()], word).translate(table)


def _write_cased(word: str, orthography: str, pair: str, table: dict[int, str]) -> str:
    """A word with capitals: a digraph is capital throughout only within capitals (Шу → Shu, АҚШ → AQSH)."""
    dotted = orthography in ("Latn-2021", "QazAqparat")
    upper = str.upper if not dotted else lambda written: written.replace("i", "İ").upper()
    lower = word.lower()
    if len(lower) != len(word):
        return word
    if pair and pair in lower and word[1:] == lower[1:]:
        if word == lower:
            return lower.replace(pair, _PAIR).translate(table)
        return upper(lower[0].translate(table)) + lower[1:].replace(pair, _PAIR).translate(table)
    pieces = []
    capitals = word.isupper() and len(word) > 1
    for small, letter in zip(lower, word, strict=True):
        written = small.translate(table)
        if letter != small:
            written = upper(written) if capitals else upper(written[:1]) + written[1:]
        pieces.append(written)
    return "".join(pieces)


_LATIN_WORD = re.compile(r"[a-zà-ɏ]+(?:['’ʼ‘][a-zà-ɏ]+)*['’ʼ‘]?")
_MARKS = {
    "Latn-2017": re.compile(r"(?<=[aginousyc])['’ʼ‘]"),
    "Latn-2018": re.compile("[áǵńóúý]"),
    "Latn-2021": re.compile("[ūŋǧ]"),
    "QazAqparat": re.compile("[ïçwé]"),
}
_UMLAUT = re.compile("[äöüğşñ]")


def detect_orthography(text: str) -> str | None:
    """Which Latin orthography a text uses that is known to be Kazakh; None where it has no Latin words.

    Letters of one alphabet only decide (ý, ū, w). What 2021 and QazAqparat share is told apart by ı, which stands in
    words with front vowels in the one (і) and in words with back vowels in the other (ы).
    """
    words = _LATIN_WORD.findall(text.replace("İ", "i").lower())
    letters = sum(map(len, words))
    if letters == 0:
        return None
    joined = " ".join(words)
    votes = {name: len(marks.findall(joined)) for name, marks in _MARKS.items()}
    if _UMLAUT.search(joined):
        front = sum(
            1 for word in words if "ı" in word and re.search("[äöüekg]", word) and not re.search("[aoqğǧ]", word)
        )
        back = sum(1 for word in words if "ı" in word and re.search("[aoqğǧ]", word) and not re.search("[äöüe]", word))
        y_vowel = len(re.findall(r"(?<=[bcdfghjklmnpqrstvzşğñ])y(?=[bcdfghjklmnpqrstvzşğñ]|\b)", joined))
        shared = len(_UMLAUT.findall(joined)) + 1
        newer = front + y_vowel + votes["Latn-2021"] >= back + votes["QazAqparat"]
        votes["Latn-2021" if newer else "QazAqparat"] += shared
    best = max(votes, key=lambda name: votes[name])
    # A foreign name with an accent in plain text is no sign of an alphabet.
    return best if votes[best] * 150 >= letters else "ASCII"
