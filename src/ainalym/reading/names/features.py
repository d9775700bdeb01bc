"""What the name tagger sees of each word; used in training and in reading alike, so both see the same."""

from __future__ import annotations

from collections.abc import Sequence

from ainalym.lexicon import lookup, make_key
from ainalym.reading.names.given import given_gender
from ainalym.reading.names.nominative import strip_kazakh

_PLACES = frozenset({"place", "capital", "city"})


def make_features(words: Sequence[str]) -> list[list[str]]:
    """A list of feature strings for each word of one sentence, its neighbours within two words included."""
    own = [_own(word) for word in words]
    first = ["BOS"]
    out = []
    for i in range(len(words)):
        found = ["b", *own[i][0]]
        for step in (-2, -1, 1, 2):
            j = i + step
            near = own[j][1] if 0 <= j < len(words) else first
            found.extend(f"{step}{feature}" for feature in near)
        for step in (-1, 1):
            j = i + step
            if 0 <= j < len(words):
                found.append(f"{step}|{own[i][1][0]}|{own[j][1][0]}")
        out.append(found)
    return out


def _own(word: str) -> tuple[list[str], list[str]]:
    """Features of a word for itself, and the fewer ones that its neighbours see."""
    low = word.lower()
    shape = _shape(word)
    seen = [shape, f"w={low}", f"s3={low[-3:]}", f"p4={low[:4]}"]
    full = [*seen]
    if shape[0] == "X":
        stem, case = strip_kazakh(word)
        if given_gender(word) or given_gender(stem):
            seen.append("given")
            full.append("given")
        if any(sense.kind in _PLACES for sense in lookup("kk", make_key(word))):
            seen.append("place")
            full.append("place")
        full.append(f"stem={stem.lower()}")
        full.append(f"case={case}")
        full.append(f"e3={stem[-3:]}")
        full.append(f"e2={stem[-2:]}")
    full.extend(f"p{n}={low[:n]}" for n in (2, 3, 5, 6, 7) if len(low) >= n)
    full.extend(f"s{n}={low[-n:]}" for n in (1, 2, 4, 5, 6) if len(low) > n)
    full.append(f"{shape}|{low[-2:]}")
    full.append(f"l{min(len(low), 12)}")
    return full, seen


def _shape(word: str) -> str:
    """The kind of characters: `X` capitals only, `Xx` a capital first, `x` none, `9` digits, else the sign itself."""
    if word[0].isdigit():
        return "9"
    if not word[0].isalpha():
        return word[0]
    if word[0].isupper() or word[:2].casefold() != word[:2]:
        parts = word.split("-")
        if len(parts) > 1:
            return "X-X" if parts[1][:1].isupper() else "X-x"
        return "X" if len(word) > 1 and word.isupper() else "Xx"
    return "x"
