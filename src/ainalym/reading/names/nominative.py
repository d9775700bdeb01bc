"""Names put into the nominative: "Михаил Мишустинмен" is Михаил Мишустин, "Ермеком Кошербаевым" Ермек Кошербаев.

No dictionary of surnames exists, so endings decide: Kazakh ones by the sounds they follow, Russian ones by what the
words of one name share (case, gender), by known given names and by the case of the post before the name.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from ainalym.reading.names.folding import rough
from ainalym.reading.names.given import given_gender

SURNAME = re.compile(
    r"(?:[oei]v|[^aeiou]in|iin|un|ski+|[cs]kii+|uli|kizi|kiz|ov?ic|ev?ic|ova|eva|ina|skaia|enko|ko|dze|vili|ian|zade|bai|bek|uulu|zod[ae]|onov)$"
)
STRONG = re.compile(r"(?:[oei]v|[^aeiou]in|ski+|uli|kizi|enko|vili|dze|uulu|zoda|[oei]va|bai)$")


class Bare(NamedTuple):
    """A name without its case ending, and the case that the ending told."""

    words: tuple[str, ...]
    case: str | None


# ---- Kazakh, all scripts: endings in the rough letters, longest first

_KK_ENDINGS = (
    (re.compile(r"'?([ndt])i'?n'?$"), "gen"),
    (re.compile(r"([mbp])en$"), "ins"),
    (re.compile(r"([ndt])[ae]n$"), "abl"),
    (re.compile(r"([gk])'?[ae]$"), "dat"),
    (re.compile(r"([ndt])i$"), "acc"),
    (re.compile(r"([dt])[ae]$"), "loc"),
)
# First sounds of (gen, ins, abl, dat, acc, loc) endings after the last sound of the stem.
_AFTER = {
    **dict.fromkeys("aeo", ("n", "m", "d", "g", "n", "d")),
    **dict.fromkeys("iu", ("nd", "m", "d", "g", "nd", "d")),
    **dict.fromkeys("mn", ("n", "m", "n", "g", "d", "d")),
    **dict.fromkeys("lr", ("d", "m", "d", "g", "d", "d")),
    **dict.fromkeys("zj", ("dt", "b", "d", "g", "d", "d")),
    **dict.fromkeys("ptkscfhbvgd", ("t", "p", "t", "k", "t", "t")),
}
_ORDER = {"gen": 0, "ins": 1, "abl": 2, "dat": 3, "acc": 4, "loc": 5}


@lru_cache(maxsize=50_000)
def strip_kazakh(word: str) -> tuple[str, str | None]:
    """The last word of a name without its case ending, in any orthography, and the case (None: no ending)."""
    letters = rough(word)
    for ending, case in _KK_ENDINGS:
        found = ending.search(letters)
        if not found or found.start() < 2:
            continue
        stem = word[: found.start()]
        last = letters[found.start() - 1].strip("'") or letters[found.start() - 2]
        if found[1] not in _AFTER.get(last, ("",) * 6)[_ORDER[case]]:
            continue
        if case == "ins" or _is_sure(word, stem, case):
            return stem, case
    return word, None


def _is_sure(word: str, stem: str, case: str) -> bool:
    """Endings that many names have of their own (Дастан, Аида, Гуллотти) count after a surname's ending only."""
    if given_gender(word) and not given_gender(stem):
        return False
    if case in ("gen", "acc") and word[-1] in "ни":
        return False  # Мишустин, Гуллотти: the Kazakh endings are written ң and ы, і
    if STRONG.search(rough(stem)) or given_gender(stem):
        return True
    if case == "gen":
        return word.rstrip("'’‘ʼ")[-1] != "n" or word[-1] != "n"
    if case == "dat":
        return not word.endswith(("а", "е")) or word[-2] in "ғгқк"
    return case == "acc" and word[-1] in "ыіyıى"


# ---- Russian: all readings of each word, then the reading that the words share


class _Reading(NamedTuple):
    base: str
    case: str  # "*" for a word that does not decline
    gender: str  # m, f or *
    weight: float


# ending, what stands there in the nominative, case, gender, weight
_RU_SURNAME = [
    ("", "", "nom", "m", 2.0), ("а", "", "gen", "m", 2.0), ("у", "", "dat", "m", 2.0), ("ым", "", "ins", "m", 2.5),
    ("е", "", "loc", "m", 1.5), ("а", "а", "nom", "f", 1.5), ("ой", "а", "gen", "f", 2.0), ("у", "а", "acc", "f", 1.0),
]  # fmt: skip
_RU_ADJECTIVE = [
    ("ий", "ий", "nom", "m", 2.0), ("ого", "ий", "gen", "m", 2.0), ("ому", "ий", "dat", "m", 2.0),
    ("им", "ий", "ins", "m", 2.0), ("ом", "ий", "loc", "m", 1.0), ("ая", "ая", "nom", "f", 2.0),
    ("ой", "ая", "gen", "f", 1.5), ("ую", "ая", "acc", "f", 2.0),
]  # fmt: skip
_RU_HARD = [
    ("", "", "nom", "m", 0.6), ("", "", "*", "f", 0.5), ("а", "", "gen", "m", 0.8), ("у", "", "dat", "m", 0.5),
    ("ом", "", "ins", "m", 1.2), ("ем", "", "ins", "m", 0.6), ("е", "", "loc", "m", 0.2),
]  # fmt: skip
_RU_SHORT_I = [
    ("я", "й", "gen", "m", 0.8), ("ю", "й", "dat", "m", 0.8), ("ем", "й", "ins", "m", 1.0), ("е", "й", "loc", "m", 0.2),
    ("й", "й", "nom", "m", 0.8),
]  # fmt: skip
_RU_SOFT = [
    ("я", "ь", "gen", "m", 0.7), ("ю", "ь", "dat", "m", 0.7), ("ем", "ь", "ins", "m", 0.9), ("е", "ь", "loc", "m", 0.1),
    ("ь", "ь", "nom", "m", 0.8), ("ь", "ь", "*", "f", 0.4),
]  # fmt: skip
_RU_VOWEL = [
    ("а", "а", "nom", "*", 0.2), ("ы", "а", "gen", "*", 0.4), ("и", "а", "gen", "*", 0.2), ("е", "а", "dat", "*", 0.3),
    ("у", "а", "acc", "*", 0.3), ("ой", "а", "ins", "*", 0.6), ("ей", "а", "ins", "*", 0.3),
    ("я", "я", "nom", "*", 0.6), ("и", "я", "gen", "*", 0.3), ("е", "я", "dat", "*", 0.2),
    ("ю", "я", "acc", "*", 0.5), ("ей", "я", "ins", "*", 0.6),
]  # fmt: skip
_FLEETING = {"павл": "Павел", "льв": "Лев"}
_CASES_ALIKE = {"gen": "gen acc", "acc": "gen acc", "dat": "dat loc", "loc": "dat loc"}


@lru_cache(maxsize=20_000)
def find_russian_nominative(words: tuple[str, ...], hint: str | None) -> Bare:
    """The words of one name in the nominative; `hint` is the case of the post before it or of its preposition."""
    choices = [_readings(word) for word in words]
    best: tuple[float, Bare] = (-1.0, Bare(tuple(words), None))
    for case in ("nom", "gen", "dat", "acc", "ins", "loc"):
        for gender in ("m", "f"):
            chosen = [_best(readings, case, gender) for readings in choices]
            if None in chosen:
                continue
            score = sum(reading.weight for reading in chosen if reading) + _bonus(case, hint)
            score += 0.1 * (gender == "m")
            if score > best[0]:
                best = (score, Bare(tuple(r.base for r in chosen if r), case))
    return best[1]


def _bonus(case: str, hint: str | None) -> float:
    if hint is None:
        return 0.5 if case == "nom" else 0.0
    return 2.0 if case == hint or case in _CASES_ALIKE.get(hint, "") else 0.0


def _best(readings: list[_Reading], case: str, gender: str) -> _Reading | None:
    fitting = [
        r for r in readings
        if (r.case in (case, "*") or (case == "acc" and r.case == "gen" and r.gender == "m")
            or (r.gender == "f" and r.case == "gen" and case in ("dat", "ins", "loc")))
        and r.gender in (gender, "*")
    ]  # fmt: skip
    return max(fitting, key=lambda r: r.weight) if fitting else None


def _readings(word: str) -> list[_Reading]:
    """All that the word can be: ("Смаилова": Смаилов in the genitive, or a woman's name in the nominative)."""
    low = word.lower()
    found: list[_Reading] = []
    for table, fits in ((_RU_SURNAME, _is_possessive), (_RU_ADJECTIVE, _is_adjective), (_RU_HARD, _is_hard),
                        (_RU_SHORT_I, _is_open), (_RU_SOFT, _is_hard), (_RU_VOWEL, _is_any)):  # fmt: skip
        for ending, nominative, case, gender, weight in table:
            if not low.endswith(ending) or len(low) - len(ending) < 2:
                continue
            stem = word[: len(word) - len(ending)] if ending else word
            if fits(stem.lower()):
                found.append(_weigh(stem + nominative, case, gender, weight))
    if low[-1] in "оеёиуюыэ" or len(low) < 3 or not low.isalpha():
        found.append(_weigh(word, "*", "*", 0.8))
    return found or [_Reading(word, "*", "*", 0.0)]


def _weigh(base: str, case: str, gender: str, weight: float) -> _Reading:
    fleeting = _FLEETING.get(base.lower())
    base = fleeting or base
    known = given_gender(base)
    if known:
        return _Reading(
            base, case, known if gender == "*" else gender, weight + (4.0 if gender in (known, "*") else 0.0)
        )
    return _Reading(base, case, gender, weight)


def _is_possessive(stem: str) -> bool:
    return len(stem) > 3 and stem.endswith(("ов", "ев", "ёв", "ин", "ын"))


def _is_adjective(stem: str) -> bool:
    return stem.endswith(("ск", "цк"))


def _is_hard(stem: str) -> bool:
    return stem[-1] not in "аеёиоуыэюяьйъ"


def _is_open(stem: str) -> bool:
    return stem[-1] in "аеёиоуыэюя"


def _is_any(stem: str) -> bool:
    return stem[-1] not in "оыэъ"


# ---- English


def strip_english(word: str) -> tuple[str, str | None]:
    """The name without the possessive 's."""
    for ending in ("'s", "’s", "ʼs", "'", "’"):
        if word.endswith(ending):
            return word[: -len(ending)], "gen"
    return word, None
