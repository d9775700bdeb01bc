"""Words and phrases of the lexicon in a text: by key, or all of a token list, longest match first."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import msgspec

from ainalym.errors import UsageError
from ainalym.language.tokens import Token, fold
from ainalym.lexicon.table import Reader, make_canonical

BUILT = Path(__file__).parent / "built"
LANGUAGES = ("kk", "ru", "en")
_CACHE_LIMIT = 400_000
_LATIN_MARKED = re.compile(r"[a-z -]*[ß-ɏ'][a-zß-ɏ' -]*")
_TO_PLAIN = {ord("ı"): "i", ord("'"): None}


class Sense(msgspec.Struct, frozen=True):
    """One meaning of a word form: what sort of word, what it means, and the grammar that its ending tells.

    `case` is nom gen dat acc loc abl ins (the Russian prepositional is loc) and None where the form does not tell;
    `possessor` is 1sg 1pl 2 3 (Kazakh); `form` is of verbs past participle converb present future aorist conditional
    infinitive imperative intent, of Kazakh nouns also attributive (-дағы, -ғы, -нікі), equative (-дай), ordinal (-ншы).
    """

    kind: str
    value: str
    pos: str
    case: str | None = None
    number: str | None = None
    possessor: str | None = None
    form: str | None = None


class Hit(NamedTuple):
    """Tokens `first` to `last`, inclusive, with their meanings."""

    first: int
    last: int
    senses: tuple[Sense, ...]


class _Lexicon:
    """One language's table with a cache of what was looked up: senses by key, and by first word the longest phrase."""

    def __init__(self, lang: str) -> None:
        self.table = Reader(BUILT / f"{lang}.trie", BUILT / f"{lang}.msgpack")
        self.cache: dict[str, tuple[Sense, ...]] = {}
        self.longest: dict[str, int] = {}

    def find(self, words: str) -> tuple[Sense, ...]:
        senses = self.cache.get(words)
        if senses is None:
            if len(self.cache) >= _CACHE_LIMIT:
                self.cache.clear()
                self.longest.clear()
            senses = self.cache[words] = self._look_up(words)
        return senses

    def find_longest(self, word: str) -> int:
        """How many words the longest phrase has that begins with this word; 1 where none does."""
        longest = self.longest.get(word)
        if longest is None:
            firsts = self.table.firsts
            longest = self.longest[word] = max(firsts.get(key, 1) for key in _alternatives(make_canonical(word)))
        return longest

    def _look_up(self, words: str) -> tuple[Sense, ...]:
        for key in _alternatives(make_canonical(words)):
            found = self.table.find(key)
            if found:
                return tuple(self._sense(entry, analysis) for entry, analysis in found)
        return ()

    def _sense(self, entry: int, analysis: int) -> Sense:
        kind, value = self.table.entries[entry]
        pos, case, number, possessor, form = self.table.analyses[analysis]
        return Sense(kind, value, pos, case, number, possessor, form)


def _alternatives(key: str) -> list[str]:
    """The key itself, then what it may stand for: Latin with some marks left out, Arabic without its hamza or with one
    too many. The exact spelling goes first, for сан and сән, ос and өс are told apart by these signs alone."""
    if key.isascii() and "'" not in key:
        return [key]
    if _LATIN_MARKED.fullmatch(key):
        plain = unicodedata.normalize("NFD", key.translate(_TO_PLAIN))
        return [key, "".join(letter for letter in plain if not unicodedata.combining(letter))]
    if "\u0621" <= key[0] <= "\u06ff":
        return [key, key.replace("ء", "") if "ء" in key else "ء" + key]
    return [key]


@lru_cache(maxsize=len(LANGUAGES))
def _load(lang: str) -> _Lexicon:
    if lang not in LANGUAGES:
        raise UsageError(f"there is no lexicon of {lang!r}, only of {', '.join(LANGUAGES)}")
    return _Lexicon(lang)


def lookup(lang: str, words: str) -> tuple[Sense, ...]:
    """The senses of a word or phrase: words folded and joined by one space, as `make_key` gives them.

    A Kazakh case ending after a figure or a sign (5%-ға) is looked up with a hyphen in front: `lookup("kk", "-ға")`
    gives senses of the kind `ending`.
    """
    return _load(lang).find(words)


def find_codes(product: str) -> tuple[str, ...]:
    """The chapters and headings of the Harmonized System (2022) that a product's value stands for; () if unknown."""
    return tuple(_load("en").table.codes.get(product, ()))


def find_hits(lang: str, tokens: Sequence[Token]) -> list[Hit]:
    """All words and phrases of the lexicon among the tokens: left to right, longest first, without overlaps.

    A hyphenated word that is not in the lexicon is read by its parts (Қазақстан-Ресей): the senses of all known parts,
    with the case of the last.
    """
    lexicon = _load(lang)
    cache, longest, find = lexicon.cache, lexicon.longest, lexicon.find
    hits = []
    at, end = 0, len(tokens)
    while at < end:
        word = tokens[at][3]
        most = longest.get(word) or lexicon.find_longest(word)
        if most > 1:
            hit = _find_phrase(lexicon, tokens, at, min(end, at + most))
            if hit:
                hits.append(hit)
                at = hit.last + 1
                continue
        senses = cache.get(word)
        if senses is None:
            senses = find(word)
            if not senses and "-" in word:
                senses = cache[word] = _find_parts(lexicon, word)
        if senses:
            hits.append(Hit(at, at, senses))
        at += 1
    return hits


def _find_phrase(lexicon: _Lexicon, tokens: Sequence[Token], at: int, end: int) -> Hit | None:
    words = [token[3] for token in tokens[at:end]]
    for count in range(len(words), 1, -1):
        senses = lexicon.find(" ".join(words[:count]))
        if senses:
            return Hit(at, at + count - 1, senses)
    return None


def _find_parts(lexicon: _Lexicon, word: str) -> tuple[Sense, ...]:
    """The senses of the known parts of a hyphenated word; all take case and number of the last part, if it is known.

    The last part may be a bare ending (Astana-ға).
    """
    *heads, last = word.split("-")
    found = [sense for part in heads for sense in _find_part(lexicon, part)]
    endings = lexicon.find(make_canonical("-" + fold(last)))
    final = () if endings else _find_part(lexicon, last)
    ends = list(dict.fromkeys((sense.case, sense.number) for sense in (endings or final))) or [(None, None)]
    senses = [
        msgspec.structs.replace(sense, case=case, number=number or sense.number)
        for sense in found
        for case, number in ends
    ]
    return tuple(dict.fromkeys([*senses, *final]))


def _find_part(lexicon: _Lexicon, part: str) -> tuple[Sense, ...]:
    """One part's senses; parts of one or two letters only count as places (РФ-РК, but not из-за)."""
    return tuple(sense for sense in lexicon.find(part) if len(part) > 2 or sense.kind == "place")
