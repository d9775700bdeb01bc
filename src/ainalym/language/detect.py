"""Language and script of a text and of its paragraphs, as BCP 47 pieces (`kk` + `Latn`).

Scripts are counted letter by letter; within a script, frequent words and telling letters decide. The lists stand in
words.txt, so a language more is a line more.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from .orthography import ORTHOGRAPHIES, write_all
from .tokens import fold

READ = frozenset(("kk", "ru", "en"))
_SCRIPTS = (
    ("Cyrl", re.compile(r"[\u0400-\u052f]+")),
    ("Latn", re.compile(r"[A-Za-z\u00c0-\u024f]+")),
    ("Arab", re.compile(r"[\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufeff]+")),
    ("Hans", re.compile(r"[\u4e00-\u9fff]+")),
    ("Geor", re.compile(r"[\u10a0-\u10ff]+")),
    ("Armn", re.compile(r"[\u0530-\u058f]+")),
)
_ALONE = {"Hans": "zh", "Geor": "ka", "Armn": "hy"}
_WORD = re.compile(r"\u0621?[^\W\d_]+(?:[-'’ʻʼ][^\W\d_]+)*")
_SAMPLE = 6000


class Language(NamedTuple):
    """`lang` is None where the text has too few letters to tell."""

    lang: str | None
    script: str | None


@cache
def _profiles() -> dict[str, dict[str, tuple[frozenset[str], frozenset[str]]]]:
    profiles: dict[str, dict[str, tuple[frozenset[str], frozenset[str]]]] = {}
    for line in Path(__file__).with_name("words.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            tag, letters, words = (part.strip() for part in line.split("|"))
            lang, script = tag.split("-")
            profiles.setdefault(script, {})[lang] = (frozenset(letters), frozenset(fold(w) for w in words.split()))
    kazakh = profiles["Cyrl"]["kk"][1]
    for orthography in ORTHOGRAPHIES[1:]:
        script = "Arab" if orthography == "Arab" else "Latn"
        telling, frequent = profiles[script]["kk"]
        spelled = {fold(written) for word in kazakh for written in write_all(word, orthography)}
        profiles[script]["kk"] = (telling, frequent | spelled)
    return profiles


def find_frequent_words(lang: str, script: str) -> frozenset[str]:
    """The frequent words of a language in a script, folded, in all its orthographies."""
    return _profiles()[script][lang][1]


def find_script(text: str) -> str | None:
    """The script most letters belong to, ISO 15924, or None without letters."""
    sample = text[:_SAMPLE]
    counts: dict[str, int] = {}
    for name, pattern in _SCRIPTS:
        counts[name] = sum(map(len, pattern.findall(sample)))
        if counts[name] * 2 > len(sample):
            return name  # no other can have more
    best = max(counts, key=lambda name: counts[name])
    return best if counts[best] >= 2 else None


def find_language(text: str) -> Language:
    """Language and script of a text; short texts are judged by what they hold."""
    script = find_script(text)
    if script is None:
        return Language(None, None)
    if script in _ALONE:
        return Language(_ALONE[script], script)
    sample = text[:_SAMPLE].lower()
    words = list(map(fold, _WORD.findall(sample)))
    total = max(len(words), 1)
    letters = max(sum(map(len, words)), 1)
    scores = {}
    for lang, (own, frequent) in _profiles().get(script, {}).items():
        hits = sum(map(frequent.__contains__, words))
        telling = sum(map(sample.count, own))
        scores[lang] = 10 * hits / total + 8 * telling / letters
    if not scores or max(scores.values()) == 0:
        return Language({"Cyrl": "ru", "Latn": "en"}.get(script), script)
    return Language(max(scores, key=lambda lang: scores[lang]), script)
