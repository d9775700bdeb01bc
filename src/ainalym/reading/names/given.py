"""The given names and the surnames that stand first, loaded once and compared in the script-neutral folding."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from ainalym.reading.names.folding import neutral, rough


@lru_cache(maxsize=1)
def _load() -> tuple[dict[str, str], frozenset[str], frozenset[str]]:
    genders: dict[str, str] = {}
    first: set[str] = set()
    openers: set[str] = set()
    for line in Path(__file__).with_name("given.txt").read_text(encoding="utf-8").splitlines():
        label, _, names = line.partition(":")
        if label in ("m", "f"):
            for name in names.split():
                genders.setdefault(neutral(name), label)
        elif label == "surname-first":
            first.update(rough(name) for name in names.split())
        elif label == "opener":
            openers.update(names.split())
            openers.update(f"kk:{rough(name)}" for name in names.split())
    return genders, frozenset(first), frozenset(openers)


@lru_cache(maxsize=20_000)
def given_gender(name: str) -> str | None:
    """`m` or `f` when the word is a known given name in the nominative, whole or in one of its hyphenated parts."""
    genders = _load()[0]
    found = genders.get(neutral(name))
    if found or "-" not in name:
        return found
    return next((g for part in name.split("-") if len(part) > 2 and (g := genders.get(neutral(part)))), None)


@lru_cache(maxsize=20_000)
def stands_first(name: str) -> bool:
    """Is the word a surname that comes before the given name (Си Цзиньпин, Ким Чен Ын)?"""
    first = _load()[1]
    if "\u0621" <= name[0] <= "\u06ff":
        return _bones(rough(name)) in {_bones(known) for known in first}
    return rough(name) in first


def _bones(letters: str) -> str:
    """Without i, which the Arabic script writes where Cyrillic has one letter (سيۋي, Сюй)."""
    return letters.replace("i", "") or letters


def opens_sentences(folded: str, lang: str) -> bool:
    """Is it a word that stands capitalised at the beginning of sentences and is no name? Kazakh ones in any script."""
    openers = _load()[2]
    return folded in openers or (lang == "kk" and f"kk:{rough(folded)}" in openers)
