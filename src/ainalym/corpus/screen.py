"""The screen: a cheap look at a raw page that says whether the reader could find anything in it.

A page passes when it is written in letters or words of a language that is read, names a place, and speaks of trade.
All words come from the built lexicon; nothing is decoded twice, nothing is parsed. RE2 searches for all words at once,
in time linear in the page, whatever their number.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, Literal, NamedTuple

from ..language.detect import find_frequent_words
from ..lexicon.match import BUILT
from ..lexicon.table import Reader
from ..sources.html import find_charset

Reason = Literal["language", "place", "trade"]

_PLACES = frozenset(("place", "demonym", "capital", "city", "organisation"))
# Words that nearly always stand in a report on trade, and words that need an amount beside them to say anything.
_STRONG = frozenset(("turnover", "turnover-world", "exports", "imports", "balance", "balance-negative", "supplies",
                     "freight", "transit", "investment", "tourism"))  # fmt: skip
_SHORTEST, _LONGEST = 6, 9  # letters of a beginning that stands for all forms that have it
_SHORT = 3  # letters of an abbreviation, which counts only in capitals: "US", not "us"
_FEWEST_LETTERS = 100
_FEWEST_WORDS = 2
_MEMORY = 256 << 20
# Letters that are written in several ways, as the lexicon's keys have only one of them.
_WAYS = {
    "е": "[её]", "ñ": "[ñŋ]", "ğ": "[ğǧ]", "ء": "[ءٴ]", "ك": "[كک]", "ي": "[يی]", "ە": "[ەهہ]", "і": "[іi]",
    "'": "['’‘ʼʻ`´ʹ]", "-": "[-\u2010\u2011]",
}  # fmt: skip
_WRITTEN = str.maketrans({**{sign: re.escape(sign) for sign in map(chr, range(128))}, " ": r"[\s\x{00a0}]+", **_WAYS})
_BEFORE, _AFTER = r"(?:^|[^\pL])", r"(?:$|[^\pL])"
_AMOUNT = (
    r"(?:[0-9][\s\x{00a0}\x{202f}]{0,2}(?:&nbsp;)?-?(?:%|[$€₽₸]|млн|млрд|тыс|трлн|мың|миллион|миллиард|триллион|процент"
    r"|пайыз|тонн|долл|теңге|тенге|руб|млн|mln|mlrd|trln|bn|mn|m\b|million|billion|thousand|trillion|percent|per cent"
    r"|tonn|ton\b|tons\b|min[gń']|mıñ|myń|myng|paıyz|payız|مىڭ|ملن|ملرد|ميلليون|ميلليارد|پايىز|توننا)|[$€][\s]?[0-9])"
)
_MARKS = re.compile(rb"\xcc[\x80-\xbf]|\xc2\xad|\xe2\x80[\x8b-\x8d]")
_DROPPED = dict.fromkeys((0x00AD, 0x200B, 0x200C, 0x200D))
_CODE = re.compile(rb"(?is)<(script|style)\b.*?</\1")
_ENTITIES = 50
_LANGS = {"Cyrl": ("ru", "kk"), "Arab": ("kk",), "kk-Latn": ("kk",), "en": ("en",)}
_LETTERS = {
    "Cyrl": re.compile("[а-я]"), "Arab": re.compile("[ء-ی]"), "kk-Latn": re.compile("[a-z]"), "en": re.compile("[a-z]"),
}  # fmt: skip


class _Words(NamedTuple):
    """Three searches in one way of writing."""

    place: Any
    strong: Any
    weak: Any


def find_reason(data: bytes, charset: str | None = None) -> Reason | None:
    """Why a page need not be read, or None when it passes. `charset` is what its server or its format states."""
    page = _make_utf8(data, charset)
    ways = list(_find_ways(page))
    if not ways:
        return "language"
    reason: Reason = "place"
    for way in ways:
        words = _load_words(way)
        if words.strong.search(page) or (words.weak.search(page) and _has_amount(page)):
            if words.place.search(page):
                return None
        else:
            reason = "trade"
    return reason


# -- the page as UTF-8 ------------------------------------------------------------------------------------------------


def _make_utf8(data: bytes, charset: str | None) -> bytes:
    page = data if _is_utf8(data) else _decode(data, charset).encode("utf-8", "replace")
    if page.count(b"&#1") > _ENTITIES:
        import html

        page = html.unescape(page.decode("utf-8", "replace")).encode("utf-8", "replace")
    if _MARKS.search(page):
        text = page.decode("utf-8", "replace").translate(_DROPPED)
        page = unicodedata.normalize("NFC", text).encode("utf-8", "replace")
    return page


def _is_utf8(data: bytes) -> bool:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return b"\0" not in data[:4096]


def _decode(data: bytes, charset: str | None) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    if b"\0" in data[:4096]:
        wide = "utf-16-le" if data[1:2] == b"\0" else "utf-16-be"
        return data.decode(wide, "replace")
    for name in (charset, find_charset(data)):
        try:
            codec = codecs.lookup(name or "").name
        except (LookupError, ValueError):
            continue
        if codec not in ("utf-8", "ascii") and not codec.startswith(("idna", "punycode", "unicode", "raw")):
            try:
                return data.decode(codec, "replace")
            except (LookupError, UnicodeError):
                continue
    # Either UTF-8 with a few broken bytes, or what Cyrillic pages were written in before it.
    text = data.decode("utf-8", "replace")
    return text if text.count("\ufffd") * 20 < len(text) else data.decode("cp1251", "replace")


# -- ways of writing --------------------------------------------------------------------------------------------------


def _find_ways(page: bytes) -> Iterator[str]:
    """The ways of writing whose words are worth looking for: Cyrl, Arab, kk-Latn, en."""
    if page.count(b"\xd0") + page.count(b"\xd1") + page.count(b"\xd2") >= _FEWEST_LETTERS:
        yield "Cyrl"
    if page.count(b"\xdb\x95") + page.count(b"\xdb\x87") >= _FEWEST_WORDS:  # ە and ۇ, which Arabic and Persian lack
        yield "Arab"
    english, kazakh = _load_frequent()
    if len(_find_some(english, page)) >= _FEWEST_WORDS:
        yield "en"
    if len(_find_some(kazakh, page)) >= _FEWEST_WORDS:
        yield "kk-Latn"


def _find_some(pattern: Any, page: bytes) -> set[bytes]:
    found: set[bytes] = set()
    for word in pattern.finditer(page):
        found.add(word.group(1).lower())
        if len(found) >= _FEWEST_WORDS:
            break
    return found


@cache
def _load_frequent() -> tuple[Any, Any]:
    """Frequent words of English, and of Kazakh in Latin letters where English has none like them."""
    english = find_frequent_words("en", "Latn")
    others = english | find_frequent_words("tr", "Latn") | find_frequent_words("de", "Latn")
    kazakh = {word for word in find_frequent_words("kk", "Latn") - others if len(word) > 2}
    return tuple(
        _compile(f"(?i){_BEFORE}({'|'.join(map(_write, sorted(words)))}){_AFTER}")
        for words in ({word for word in english if len(word) > 1}, kazakh)
    )


# -- words ------------------------------------------------------------------------------------------------------------


def _has_amount(page: bytes) -> bool:
    """Whether an amount stands in the text; style sheets are full of "100%"."""
    return bool(_load_amount().search(_CODE.sub(b"", page)))


@cache
def _load_amount() -> Any:
    return _compile(f"(?i){_AMOUNT}")


@cache
def _load_words(way: str) -> _Words:
    kinds: dict[str, set[tuple[str, bool]]] = {"place": set(), "strong": set(), "weak": set()}
    for lang in _LANGS[way]:
        for name, pieces in _load_pieces(lang).items():
            kinds[name].update(piece for piece in pieces if _LETTERS[way].search(piece[0]))
    return _Words(**{name: _compile(_join(pieces, capitals=name == "place")) for name, pieces in kinds.items()})


@cache
def _load_pieces(lang: str) -> dict[str, set[tuple[str, bool]]]:
    kinds: dict[str, set[tuple[str, bool]]] = {"place": set(), "strong": set(), "weak": set()}
    for stem, (kind, value), endings in _load_table(lang).iter_words():
        name = _name(kind, value)
        if name:
            kinds[name].update(_cut(stem, endings))
    return kinds


def _load_table(lang: str) -> Reader:
    return Reader(BUILT / f"{lang}.trie", BUILT / f"{lang}.msgpack")


def _name(kind: str, value: str) -> str | None:
    if kind in _PLACES:
        return "place"
    if kind == "indicator":
        return "strong" if value in _STRONG else "weak"
    return "weak" if kind == "flow" else None


def _cut(stem: str, endings: Sequence[str]) -> set[tuple[str, bool]]:
    """What to look for, and whether it is a whole word: the beginnings of the forms, long enough to tell them apart."""
    size = max(_SHORTEST, min(len(stem) + 2, _LONGEST))
    if " " in stem or " " in "".join(endings):
        return {_cut_phrase(stem + ending, size) for ending in endings}
    left = size - len(stem)
    if left < 0:
        return {(stem[:size], False)}
    whole = {(stem + ending, True) for ending in endings if len(ending) <= left}
    return whole | {(stem + ending, False) for ending in {ending[:left] for ending in endings if len(ending) > left}}


def _cut_phrase(form: str, size: int) -> tuple[str, bool]:
    first, space, rest = form.partition(" ")
    if space:
        return f"{first} {rest[:_SHORT]}", False
    return form[:size], len(form) <= size


def _join(pieces: set[tuple[str, bool]], *, capitals: bool) -> str:
    begins = _drop_longer(sorted(piece for piece, whole in pieces if not whole))
    wholes = [piece for piece, whole in sorted(pieces) if whole and not _begins_with_one(piece, begins)]
    short = [piece for piece in wholes if capitals and len(piece) <= _SHORT]
    long = [piece for piece in wholes if not capitals or len(piece) > _SHORT]
    parts = [f"(?i:{'|'.join(map(_write, begins))})"] if begins else []
    if long:
        parts.append(f"(?i:{'|'.join(map(_write, long))}){_AFTER}")
    if short:
        parts.append(f"(?:{'|'.join(_write(piece.upper()) for piece in short)}){_AFTER}")
    return f"{_BEFORE}(?:{'|'.join(parts)})"


def _drop_longer(begins: Sequence[str]) -> list[str]:
    """Of sorted beginnings those that no other one begins: what begins with one stands right behind it."""
    kept: list[str] = []
    for begin in begins:
        if not kept or not begin.startswith(kept[-1]):
            kept.append(begin)
    return kept


def _begins_with_one(piece: str, begins: Sequence[str]) -> bool:
    """Whether one of the sorted beginnings, none of which begins another, begins the piece."""
    place = bisect_right(begins, piece)
    return place > 0 and piece.startswith(begins[place - 1])


def _write(piece: str) -> str:
    return piece.translate(_WRITTEN)


def _compile(pattern: str) -> Any:
    import re2

    options = re2.Options()
    options.max_mem = _MEMORY
    return re2.compile(pattern.encode(), options)
