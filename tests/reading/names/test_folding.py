"""One key for one person, whatever the alphabet."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ainalym.reading.names.folding import neutral, person_key, rough


@pytest.mark.parametrize(
    "spellings",
    [
        "Тоқаев Токаев Toqaev Tokayev Tokaev توقاەۆ",
        "Мирзиёев Мирзияев Mirziyoyev Mırzıeev Mirzeev ميرزيوەۆ",
        "Смаилов Смайылов Smailov Smaiylov سمايىلوۆ",
        "Жұманғарин Жумангарин Zhumangarin Jumanǵarın Jūmanǧarin Jwmanğarin",
        "Көшербаев Кошербаев Kosherbayev Kósherbaev كوشەربايەۆ",
        "Бердімұхамедов Бердымухамедов Berdimuhamedov Berdymukhamedov",
        "Олжас Oljas Olzhas ولجاس",
        "Әлихан Алихан Alikhan Álıhan ءاليحان",
    ],
)
def test_spellings_of_one_name_fold_alike(spellings: str) -> None:
    assert len({neutral(word) for word in spellings.split()}) == 1


def test_different_names_stay_apart() -> None:
    names = [
        "Тоқаев",
        "Назарбаев",
        "Смаилов",
        "Бектенов",
        "Путин",
        "Мишустин",
        "Рахмон",
        "Мирзиёев",
        "Алиев",
        "Жапаров",
    ]
    assert len({neutral(name) for name in names}) == len(names)


def test_key_is_surname_and_initial() -> None:
    keys = {person_key("Тоқаев", "Қасым-Жомарт"), person_key("Tokayev", "Kassym-Jomart"), person_key("توقاەۆ", "قاسىم")}
    assert keys == {"tokv-k"}


@given(st.text(max_size=20))
def test_folding_takes_any_text(text: str) -> None:
    assert neutral(text) == neutral(text.upper().lower()) or not text.isascii()
    assert len(rough(text)) == len(text) or len(text.lower()) != len(text)
