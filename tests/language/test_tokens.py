"""Tokens with their offsets, and words in the form they are looked up in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ainalym.language.tokens import find_tokens, fold


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Сауда-экономикалық байланыс", ["Сауда-экономикалық", "байланыс"]),
        ("ЕАЭО-ға 5%-ға", ["ЕАЭО-ға", "5", "%", "-", "ға"]),
        ("13 800,5 т.", ["13", "800", ",", "5", "т", "."]),
        ("$5.2bn", ["$", "5", ".", "2", "bn"]),
        ("O'zbekiston qatty’", ["O'zbekiston", "qatty’"]),
        ("ءتورت مىڭ", ["ءتورت", "مىڭ"]),
        ("٣٫٥ پايىز", ["٣", "٫", "٥", "پايىز"]),
        ("Су-30", ["Су", "-", "30"]),
        ("", []),
        (" \n\t", []),
    ],
)
def test_tokens(text: str, tokens: list[str]) -> None:
    assert [text[token.start : token.end] for token in find_tokens(text)] == tokens


@pytest.mark.parametrize(
    ("text", "kind"), [("сөз", "word"), ("42", "number"), ("٤٢", "number"), ("%", "sign"), ("_", "sign")]
)
def test_kinds(text: str, kind: str) -> None:
    assert [token.kind for token in find_tokens(text)] == [kind]


@pytest.mark.parametrize(
    ("word", "folded"),
    [
        ("Қазақстан", "қазақстан"),
        ("и\u0306од", "йод"),  # й in two characters
        ("экс\u00adпорт", "экспорт"),  # a soft hyphen
        ("Pоссия", "россия"),  # a Latin P
        ("сауда\u2011саттық", "сауда-саттық"),  # a hyphen that does not break
        ("O’zbekiston", "o'zbekiston"),
        ("İran", "iran"),
        ("Eksроrt", "eksport"),  # Cyrillic р and о
        ("'tirnaq'", "tirnaq"),
    ],
)
def test_folding(word: str, folded: str) -> None:
    assert fold(word) == folded


@given(st.text(max_size=200))
def test_tokens_cover_all_but_spaces_and_stand_in_order(text: str) -> None:
    tokens = find_tokens(text)
    ends = [0, *(token.end for token in tokens)]
    starts = [*(token.start for token in tokens), len(text)]
    assert all(end <= start for end, start in zip(ends, starts, strict=True))
    assert all(token.start < token.end for token in tokens)
    assert not any(c.isalnum() and not 0x300 <= ord(c) < 0x370 for c in between(text, ends, starts) if c.isascii())


def between(text: str, ends: list[int], starts: list[int]) -> str:
    return "".join(text[end:start] for end, start in zip(ends, starts, strict=True))


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(word: str) -> None:
    assert fold(fold(word)) == fold(word)
