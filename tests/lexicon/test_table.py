"""The packed table: whatever goes in is found again, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ainalym.errors import LexiconError
from ainalym.lexicon.table import Reader, Writer, make_canonical, make_key

words = st.text(alphabet="абвs' -", min_size=1, max_size=8)
analyses = st.tuples(st.sampled_from(["noun", "verb"]), st.sampled_from([None, "gen"]), st.none(), st.none(), st.none())
lemmas = st.lists(
    st.tuples(st.tuples(st.sampled_from("pq"), words), st.lists(st.tuples(words, analyses), max_size=6)), max_size=6
)


@given(lemmas, words)
def test_what_goes_in_is_found(tmp_path_factory, lemmas, other):
    writer = Writer()
    expected = {}
    for entry, forms in lemmas:
        writer.add(entry, forms)
        for key, analysis in forms:
            expected.setdefault(key, set()).add((entry, analysis))
    reader = _read(writer, tmp_path_factory.mktemp("table"))
    for key in {*expected, other}:
        found = {(reader.entries[entry], reader.analyses[analysis]) for entry, analysis in reader.find(key)}
        assert found == expected.get(key, set())


def _read(writer, folder):
    trie, tables = writer.pack("digest")
    (folder / "x.trie").write_bytes(trie)
    (folder / "x.msgpack").write_bytes(tables)
    return Reader(folder / "x.trie", folder / "x.msgpack")


def test_first_words_tell_the_longest_phrase(tmp_path):
    writer = Writer()
    noun = ("noun", None, None, None, None)
    writer.add(("place", "KZ"), [("республика казахстан", noun), ("казахстан", noun), ("республика саха якутия", noun)])
    assert _read(writer, tmp_path).firsts == {"республика": 3}


def test_a_missing_or_broken_table_says_what_to_do(tmp_path):
    with pytest.raises(LexiconError, match=r"python -m ainalym\.lexicon\.build"):
        Reader(tmp_path / "x.trie", tmp_path / "x.msgpack")
    _read(Writer(), tmp_path)
    (tmp_path / "x.msgpack").write_bytes(b"\x90")
    with pytest.raises(LexiconError, match="build it again"):
        Reader(tmp_path / "x.trie", tmp_path / "x.msgpack")


def test_keys():
    assert make_key("Сыртқы  істер\nминистрлігі") == "сыртқы істер министрлігі"
    assert make_key("куб. м") == "куб . м"
    assert make_canonical(make_key("Объём")) == "обьём".replace("ь", "ъ").replace("ё", "е")
    assert make_canonical("teŋge ǧylym") == "teñge ğylym"
