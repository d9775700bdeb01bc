"""Language and script, of texts and of short paragraphs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ainalym.language.detect import find_language, find_script
from ainalym.language.orthography import ORTHOGRAPHIES, write

KAZAKH = "Биыл көрші елмен сауда көлемі өсті, ал келесі жылы бұл көрсеткіш тағы да көбейеді деп күтілуде."


@pytest.mark.parametrize(
    ("text", "lang", "script"),
    [
        (KAZAKH, "kk", "Cyrl"),
        ("В этом году торговля с соседней страной выросла, и это не предел.", "ru", "Cyrl"),
        ("Trade with the neighbouring country grew this year, and it will grow further.", "en", "Latn"),
        ("Цього року торгівля з сусідньою країною зросла, і це не межа.", "uk", "Cyrl"),
        ("Bu yil qoʻshni davlat bilan savdo hajmi oʻsdi va bu oxiri emas.", "uz", "Latn"),
        ("Bu yıl komşu ülke ile ticaret arttı ve daha da artacak.", "tr", "Latn"),
        ("Бул жылы коңшу өлкө менен соода өстү, эки өлкө жана дагы болгон.", "ky", "Cyrl"),
        ("今年贸易增长了。", "zh", "Hans"),
        ("ვაჭრობა გაიზარდა", "ka", "Geor"),
        ("12 345 – 6", None, None),
        ("", None, None),
    ],
)
def test_languages(text: str, lang: str | None, script: str | None) -> None:
    assert find_language(text) == (lang, script)


@pytest.mark.parametrize("orthography", ORTHOGRAPHIES)
def test_kazakh_in_every_orthography(orthography: str) -> None:
    script = orthography if orthography in ("Cyrl", "Arab") else "Latn"
    assert find_language(write(KAZAKH, orthography)) == ("kk", script)


def test_a_name_in_another_script_does_not_turn_the_text() -> None:
    assert find_script("Компания International Trading Group подписала договор о поставках зерна в порт.") == "Cyrl"


@given(st.text(max_size=300))
def test_any_text_has_both_or_neither(text: str) -> None:
    found = find_language(text)
    assert (found.script is None) <= (found.lang is None)
