"""Complete the countries in the lexicon: names from CLDR, Kazakh adjectives in -лық, Russian first parts in -о.

    python tools/seed_countries.py            adds what the files lack
    python tools/seed_countries.py --check    says what they lack, and fails if it is anything

Written by hand stays: a name is only ever added. CLDR's names come in the spelling of a list ("о-ва Кука",
"Trinidad & Tobago"); a report writes them out, so they are written out here too. Names with brackets are left to
the hand, for what stands in the brackets differs.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path
from typing import Any

import yaml
from babel import Locale

LEXICON = Path(__file__).parent.parent / "src/ainalym/lexicon"
LANGUAGES = ("kk", "ru", "en")
KEYS = ("nouns", "verbs", "adjectives", "fixed")
# CLDR's own codes, which ISO 3166-1 does not assign; XK (Kosovo) is user-assigned and stays.
NOT_ISO = frozenset({"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"})
# Names that are common words of the language and would be found in every report: Того, «того же периода».
COMMON_WORDS = frozenset({("ru", "TG")})
_WRITTEN_OUT = (
    (r"\bо-ва\b", "острова"),
    (r"\bо-в\b", "остров"),
    (r"\bСв\.", "Святой"),
    (r"&", "and"),
    (r"\bSt\.", "Saint"),
    (r"\bU\.S\.", "US"),
    (r" (SAR China|АӘА)$", ""),
    (r" [-–—] ", "-"),
    (r"’", "'"),
)
_FRONT, _BACK = "әеөүіэи", "аоұыуяюё"
_NO_ADJECTIVE = re.compile(r"\bжәне\b|,|(лар|лер|дар|дер|[дктқ]тар|[дктқ]тер)$| .*(ы|і|Тақ|Корольдік)$")

Entry = dict[str, Any]


def country_codes() -> list[str]:
    """The 249 codes of ISO 3166-1 and XK, in order."""
    codes = [str(code) for code in Locale("en").territories]
    return sorted(code for code in codes if len(code) == 2 and code.isalpha() and code not in NOT_ISO)


def cldr_name(lang: str, code: str) -> str | None:
    """CLDR's name written out as a report would, or None where it needs a hand."""
    name = Locale(lang).territories.get(code)
    if name is None or "(" in name or (lang, code) in COMMON_WORDS:
        return None
    for pattern, plain in _WRITTEN_OUT:
        name = re.sub(pattern, plain, name)
    return str(name)


def kazakh_adjectives(name: str) -> list[str]:
    """Қазақстан → қазақстандық, Израиль → израильдік; nothing for names that take no such ending (… Республикасы)."""
    if name.isupper() or _NO_ADJECTIVE.search(name):
        return []
    word = name.lower()
    spellings = [word] if " " not in word else [word, word.replace(" ", "")]
    return [spelling + ending for spelling in spellings for ending in _endings(word)]


def _endings(word: str) -> list[str]:
    last = word.rstrip("ь")[-1]
    first = "л" if last in _FRONT + _BACK + "йр" else "д" if last in "лмнңзж" else "т"
    vowel = next((letter for letter in reversed(word) if letter in _FRONT + _BACK), "а")
    front, back = first + "ік", first + "ық"
    # A soft sign leaves the harmony open: both тайваньдық and тайваньдік are written.
    return [back, front] if word.endswith("ь") else [front if vowel in _FRONT else back]


def russian_first_parts(adjectives: list[str]) -> list[str]:
    """казахстанский → казахстанско (казахстанско-китайский)."""
    return [word[:-2] + "о" for word in adjectives if word.endswith(("ский", "цкий"))]


def complete(lang: str, entries: list[Entry]) -> list[Entry]:
    """The entries with what was missing added; places first, each part in order of code."""
    places = {entry["value"]: entry for entry in entries if entry["kind"] == "place"}
    demonyms = {entry["value"]: entry for entry in entries if entry["kind"] == "demonym"}
    for code in country_codes():
        place = places.setdefault(code, {"kind": "place", "value": code})
        name = cldr_name(lang, code)
        _add(place, "nouns", [name] if name else [], first=True)
    for code, place in places.items():
        demonym = demonyms.get(code, {"kind": "demonym", "value": code})
        if lang == "kk":
            _add(demonym, "adjectives", [word for name in place["nouns"] for word in kazakh_adjectives(name)])
        elif lang == "ru":
            _add(demonym, "fixed", russian_first_parts(demonym.get("adjectives", [])))
        if any(key in demonym for key in KEYS):
            demonyms[code] = demonym
    return [group[code] for group in (places, demonyms) for code in sorted(group)]


def _add(entry: Entry, key: str, words: list[str], *, first: bool = False) -> None:
    have = entry.get(key, [])
    known = {word for other in KEYS for word in entry.get(other, [])}
    new = [word for word in dict.fromkeys(words) if word not in known]
    if new:
        entry[key] = new + have if first else have + new


def write_entry(entry: Entry) -> str:
    """One entry on one line."""
    parts = [f"kind: {entry['kind']}", f'value: "{entry["value"]}"']
    parts += [f"{key}: [{', '.join(map(_quoted, entry[key]))}]" for key in KEYS if key in entry]
    return "- {" + ", ".join(parts) + "}"


def _quoted(word: str) -> str:
    plain = re.fullmatch(r"\w[\w '-]*\w|\w", word) and yaml.safe_load(f"[{word}]") == [word]
    return word if plain else f'"{word}"'


def completed_text(path: Path, lang: str) -> str:
    """The file as it should be: its leading comment, then the entries."""
    text = path.read_text(encoding="utf-8")
    head = "".join(re.match(r"(?:#.*\n)*", text)[0])  # type: ignore[index]
    return head + "".join(write_entry(entry) + "\n" for entry in complete(lang, yaml.safe_load(text)))


def main() -> int:
    """Complete the files or, with --check, say which are not complete."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--check", action="store_true", help="change nothing, fail if something is missing")
    only_check = parser.parse_args().check
    stale = 0
    for lang in LANGUAGES:
        path = LEXICON / lang / "countries.yaml"
        wanted = completed_text(path, lang)
        if wanted == path.read_text(encoding="utf-8"):
            continue
        stale += 1
        if only_check:
            print(f"{path.relative_to(LEXICON)} is not complete: run python tools/seed_countries.py")
        else:
            path.write_text(wanted, encoding="utf-8")
            print(f"completed {path.relative_to(LEXICON)}")
    return 1 if stale and only_check else 0


if __name__ == "__main__":
    sys.exit(main())
