"""The build: what wrong sources are told, that tables are reproducible, and that the built ones are current."""

import subprocess
import sys
from pathlib import Path

import pytest

from ainalym.errors import LexiconError
from ainalym.lexicon import LANGUAGES, find_codes
from ainalym.lexicon.build import build_table, is_current, main, make_forms
from ainalym.lexicon.entries import SOURCES, find_sources, load_entries
from ainalym.lexicon.match import BUILT


@pytest.mark.parametrize("lang", LANGUAGES)
def test_built_tables_are_current(lang):
    assert is_current(lang), "run python -m ainalym.lexicon.build"


def test_check_says_so():
    assert main(["--check"]) == 0


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_tables_are_what_the_sources_give(lang):
    trie, tables = build_table(lang)
    assert trie == (BUILT / f"{lang}.trie").read_bytes()
    assert tables == (BUILT / f"{lang}.msgpack").read_bytes()


@pytest.mark.parametrize("seed", ["1", "2"])
def test_the_build_does_not_depend_on_the_hash_seed(seed, tmp_path):
    write_source(tmp_path, "kk", "- {kind: place, value: KZ, nouns: [Қазақстан, ҚР, Қазақстан Республикасы]}")
    code = (
        "from ainalym.lexicon.build import build_table; from pathlib import Path; import hashlib, sys;"
        "print(hashlib.sha256(b''.join(build_table('kk', Path(sys.argv[1])))).hexdigest())"
    )
    results = {
        subprocess.run(
            [sys.executable, "-c", code, str(tmp_path)],
            env={"PYTHONHASHSEED": each},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for each in (seed, "3")
    }
    assert len(results) == 1


def write_source(folder: Path, lang: str, text: str) -> Path:
    path = folder / lang / "words.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- {kind: place, value: KZ, nouns: [Қaзақстан]}", "mixes Latin and Cyrillic"),
        ("- {kind: place, value: KZ, noun: [Қазақстан]}", "unknown fields: noun"),
        ("- {kind: place, nouns: [Қазақстан]}", "needs a kind and a value"),
        ("- {kind: place, value: KZ}", "has no words"),
        ("- {kind: place, value: KZ, nouns: Қазақстан}", "must be a list of words"),
        ("- {kind: place, value: KZ, nouns: ['']}", "must be a list of words"),
        ("- {kind: product, value: rice, hs: [rice], nouns: [күріш]}", "hs must be a list of codes"),
        ("- Қазақстан", "must be a mapping"),
        ("kind: place", "must hold a list"),
        ("- {kind: place, value: KZ, nouns: [Қазақстан", "is not YAML"),
    ],
)
def test_wrong_sources_are_named(tmp_path, text, message):
    first = "" if "hold" in message else "- {kind: place, value: RU, nouns: [Ресей]}\n"
    path = write_source(tmp_path, "kk", first + text)
    with pytest.raises(LexiconError, match=message) as caught:
        build_table("kk", tmp_path)
    assert str(path) in str(caught.value)
    if "YAML" not in message and "hold" not in message:
        assert "entry 2" in str(caught.value)


def test_a_wrong_verb_is_named(tmp_path):
    write_source(tmp_path, "ru", "- {kind: flow, value: sell, verbs: [экспорт]}")
    with pytest.raises(LexiconError, match=r"entry 1 \(flow sell\), verbs: 'экспорт' does not begin with a verb"):
        build_table("ru", tmp_path)


def test_no_stands_for_norway(tmp_path):
    path = write_source(tmp_path, "en", "- {kind: place, value: NO, nouns: [Norway]}")
    assert [entry.value for entry in load_entries(path)] == ["NO"]


def test_an_empty_file_and_a_missing_folder_are_fine(tmp_path):
    path = write_source(tmp_path, "en", "# nothing yet\n")
    assert list(load_entries(path)) == []
    assert build_table("ru", tmp_path)


def test_all_sources_can_be_read():
    for lang in LANGUAGES:
        assert find_sources(lang)
        for path in find_sources(lang):
            assert all(entry.kind for entry in load_entries(path))


def test_fixed_words_stay_as_they_are():
    assert [form.text for form in make_forms("kk", "hedge", "fixed", "шамамен")] == ["шамамен"]


def test_goods_have_codes():
    assert find_codes("barley") == ("1003",)
    assert find_codes("no such goods") == ()


def test_the_kazakh_table_is_small():
    assert sum((BUILT / f"kk.{kind}").stat().st_size for kind in ("trie", "msgpack")) < 12_000_000
    assert (SOURCES / "kk").is_dir()
