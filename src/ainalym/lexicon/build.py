"""Compiles the lexicon: `python -m ainalym.lexicon.build` writes the tables, `--check` tells whether they are current.

Needs PyYAML and pymorphy3 (the extra `build`); the tables that it writes need neither.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from ainalym.errors import LexiconError
from ainalym.language.orthography import ORTHOGRAPHIES, space_abbreviations, write, write_all, write_ways
from ainalym.lexicon import forms_en, forms_kk, forms_ru, verbs_kk
from ainalym.lexicon.entries import SOURCES, WORD_FIELDS, Entry, find_sources, load_entries
from ainalym.lexicon.forms import Form
from ainalym.lexicon.match import BUILT, LANGUAGES
from ainalym.lexicon.table import Analysis, Reader, Writer, make_canonical, make_key

_POS = {"nouns": "noun", "verbs": "verb", "adjectives": "adjective", "fixed": "fixed"}
_INFLECTIONS = {
    "kk": (forms_kk.inflect_noun, verbs_kk.inflect_verb, forms_kk.inflect_adjective),
    "ru": (forms_ru.inflect_noun, forms_ru.inflect_verb, forms_ru.inflect_adjective),
    "en": (forms_en.inflect_noun, forms_en.inflect_verb, forms_en.inflect_adjective),
}
_EDGE = re.compile(r"'(?=\s|$)")
_CODE = (
    "build.py", "entries.py", "forms_en.py", "forms_kk.py", "forms_ru.py", "irregular_en.yaml", "table.py",
    "verbs_kk.py",
)  # fmt: skip


def make_forms(lang: str, kind: str, field: str, word: str) -> Iterable[Form]:
    """All forms of one word of an entry; the field says what sort of word it is."""
    noun, verb, adjective = _INFLECTIONS[lang]
    if field == "nouns":
        return noun(word, kind)
    if field == "verbs":
        return verb(word)
    return adjective(word) if field == "adjectives" else [Form(word)]


def build_table(lang: str, folder: Path = SOURCES) -> tuple[bytes, bytes]:
    """The packed trie and tables of one language."""
    writer = Writer()
    for path in find_sources(lang, folder):
        for entry in load_entries(path):
            _add_entry(writer, lang, entry)
    if lang == "kk":
        _add_endings(writer)
    return writer.pack(make_digest(lang, folder))


def _add_entry(writer: Writer, lang: str, entry: Entry) -> None:
    if entry.codes:
        writer.add_codes(entry.value, entry.codes)
    for field in WORD_FIELDS:
        for word in entry.words.get(field, ()):
            try:
                forms = list(make_forms(lang, entry.kind, field, " ".join(word.split())))
            except ValueError as error:
                raise LexiconError(str(error), place=f"{entry.place}, {field}") from error
            for spellings in _spell(lang, forms, _POS[field]):
                writer.add((entry.kind, entry.value), spellings)


def _add_endings(writer: Writer) -> None:
    """The case endings of Kazakh under keys with a hyphen in front, which no word of a text has."""
    for form in forms_kk.list_endings():
        analysis: Analysis = ("fixed", form.case, None, form.possessor, form.form)
        for orthography in ORTHOGRAPHIES:
            for text in write_all(form.text, orthography):
                writer.add(("ending", form.case or ""), [(make_canonical(text.rstrip("'")), analysis)])


def _spell(lang: str, forms: list[Form], pos: str) -> Iterator[list[tuple[str, Analysis]]]:
    """The keys of the forms with their analyses: one list for each way of writing, so that the endings of equal words
    come out equal and are stored once."""
    analyses = [(pos, form.case, form.number, form.possessor, form.form) for form in forms]
    keys = [make_key(form.text) for form in forms]
    yield _pair(keys, analyses)
    if lang != "kk":
        return
    for orthography in ORTHOGRAPHIES[1:]:
        for spellings in write_ways(keys, orthography):
            yield _pair(spellings, analyses)
    spaced = [space_abbreviations(form.text) for form in forms]
    if spaced[0] != forms[0].text:
        yield _pair([make_key(write(text, "Arab")) for text in spaced], analyses)


def _pair(keys: list[str], analyses: list[Analysis]) -> list[tuple[str, Analysis]]:
    # An apostrophe at the end of a word is no part of it for `fold`; only the alphabet of 2017 has one there.
    joined = _EDGE.sub("", make_canonical("\n".join(keys)))
    return list(zip(joined.split("\n"), analyses, strict=True))


def make_digest(lang: str, folder: Path = SOURCES) -> str:
    """A digest of all that a table is made from: the sources and the code that inflects, spells and packs."""
    digest = hashlib.sha256()
    code = [SOURCES / name for name in _CODE] + [SOURCES.parent / "language" / "orthography.py"]
    for path in [*find_sources(lang, folder), *code]:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def is_current(lang: str) -> bool:
    """Whether the built table was made from the sources and the code as they are now."""
    try:
        return Reader(BUILT / f"{lang}.trie", BUILT / f"{lang}.msgpack").digest == make_digest(lang)
    except LexiconError:
        return False


def _replace(path: Path, content: bytes) -> None:
    """A reader that has the old table mapped keeps it; none sees half a table."""
    part = path.with_suffix(path.suffix + ".part")
    part.write_bytes(content)
    part.replace(path)


def main(arguments: list[str] | None = None) -> int:
    """Builds all tables, or only checks them; 0 when all is well."""
    parser = argparse.ArgumentParser(prog="python -m ainalym.lexicon.build", description=__doc__)
    parser.add_argument("--check", action="store_true", help="only tell whether the tables are current")
    parser.add_argument("languages", nargs="*", default=list(LANGUAGES), help="which languages (default: all)")
    options = parser.parse_args(arguments)
    if options.check:
        stale = [lang for lang in options.languages if not is_current(lang)]
        if stale:
            print(f"not current: {', '.join(stale)}; run python -m ainalym.lexicon.build", file=sys.stderr)
        return 1 if stale else 0
    BUILT.mkdir(exist_ok=True)
    for lang in options.languages:
        trie, tables = build_table(lang)
        for suffix, content in (("trie", trie), ("msgpack", tables)):
            _replace(BUILT / f"{lang}.{suffix}", content)
        print(f"{lang}: {len(trie) + len(tables):,} bytes")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except LexiconError as error:
        sys.exit(str(error))
