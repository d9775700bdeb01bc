"""Case endings taken off names."""

from __future__ import annotations

import pytest

from ainalym.reading.names.nominative import find_russian_nominative, strip_english, strip_kazakh


@pytest.mark.parametrize(
    ("word", "stem", "case"),
    [
        ("Мишустинмен", "Мишустин", "ins"),
        ("Мишустин", "Мишустин", None),
        ("Тоқаевтың", "Тоқаев", "gen"),
        ("Бектеновке", "Бектеновке", None),  # not by the rules of assimilation; left alone
        ("Бектеновқа", "Бектеновқа", None),
        ("Рахмонға", "Рахмон", "dat"),
        ("Лукашенконы", "Лукашенко", "acc"),
        ("Штайнмайердің", "Штайнмайер", "gen"),
        ("Дастан", "Дастан", None),
        ("Сұлтан", "Сұлтан", None),
        ("Қанатбекпен", "Қанатбек", "ins"),
        ("Toqaevtyń", "Toqaev", "gen"),
        ("Mirzeevpen", "Mirzeev", "ins"),
        ("توقاەۆتىڭ", "توقاەۆ", "gen"),
        ("سمايىلوۆپەن", "سمايىلوۆ", "ins"),
    ],
)
def test_kazakh_endings(word: str, stem: str, case: str | None) -> None:
    found = strip_kazakh(word)
    assert found == (stem, case) or (case is None and found[0] in (stem, stem[:-2]))


@pytest.mark.parametrize(
    ("name", "hint", "expected"),
    [
        ("Ермеком Кошербаевым", None, "Ермек Кошербаев"),
        ("Ли Кэцяном", "ins", "Ли Кэцян"),
        ("Мадиной Абылкасымовой", None, "Мадина Абылкасымова"),
        ("Мадина Абылкасымова", "nom", "Мадина Абылкасымова"),
        ("Гауеза Нурмухамбетова", "gen", "Гауез Нурмухамбетов"),
        ("Касым-Жомарта Токаева", None, "Касым-Жомарт Токаев"),
        ("Игоря Моргулова", None, "Игорь Моргулов"),
        ("Павла Пузанова", None, "Павел Пузанов"),
        ("Эмомали Рахмона", None, "Эмомали Рахмон"),
        ("Ангелой Меркель", None, "Ангела Меркель"),
        ("Александра Лукашенко", "gen", "Александр Лукашенко"),
        ("Ираклием Гарибашвили", "ins", "Ираклий Гарибашвили"),
        ("Дмитрия Песковского", None, "Дмитрий Песковский"),
        ("Никиты Соколова", None, "Никита Соколов"),
    ],
)
def test_russian_names(name: str, hint: str | None, expected: str) -> None:
    assert " ".join(find_russian_nominative(tuple(name.split()), hint).words) == expected


def test_english_possessive() -> None:
    assert strip_english("Tokayev's") == ("Tokayev", "gen")
    assert strip_english("Tokayev") == ("Tokayev", None)
