"""People: names in the nominative, with their posts, one key for one person."""

from __future__ import annotations

import pytest

from ainalym.reading.people import find_people
from tests.reading.samples import make


def _names(text: str, lang: str, script: str = "Cyrl") -> list[str]:
    return [person.name for person in find_people(make(text, lang, script)).persons]


@pytest.mark.parametrize(
    ("text", "lang", "script", "names"),
    [
        (
            "Премьер-министр Олжас Бектенов Моңғолия елшісі Ганбат Доржбен кездесті.",
            "kk", "Cyrl", ["Олжас Бектенов", "Ганбат Дорж"],
        ),
        (
            "Кеше Айдарбек Сапаровтың қатысуымен жиын өтті.",
            "kk", "Cyrl", ["Айдарбек Сапаров"],
        ),
        (
            "Prezıdent Qasym-Jomart Toqaev Shavkat Mırzıeevpen sóılesti.",
            "kk", "Latn", ["Qasym-Jomart Toqaev", "Shavkat Mırzıeev"],
        ),
        (
            "قازاقستان پرەزيدەنتى قاسىم-جومارت توقاەۆ شاۆكات ميرزيوەۆپەن كەزدەستى.",
            "kk", "Arab", ["قاسىم-جومارت توقاەۆ", "شاۆكات ميرزيوەۆ"],
        ),
        (
            "Министр энергетики РК Алмасадам Саткалиев встретился с послом Грузии Леваном Диасамидзе.",
            "ru", "Cyrl", ["Алмасадам Саткалиев", "Леван Диасамидзе"],
        ),
        (
            "Об этом заявила вице-премьер Мадина Абылкасымова на встрече с главой МИД КНР Ван И.",
            "ru", "Cyrl", ["Мадина Абылкасымова", "Ван И"],
        ),
        (
            "На заседании выступили А. Каримов и Б.Базаров.",
            "ru", "Cyrl", ["А. Каримов", "Б.Базаров"],
        ),
        (
            "Foreign Minister Murat Nurtleu met Péter Szijjártó, Hungary's minister of foreign affairs.",
            "en", "Latn", ["Murat Nurtleu", "Péter Szijjártó"],
        ),
        ("Қазақстан Темір Жолы компаниясы жүк тасыды.", "kk", "Cyrl", []),
        ("Экспорт в Казахстан вырос на 12%. Рост отметили в Минсельхозе.", "ru", "Cyrl", []),
        ("", "ru", "Cyrl", []),
    ],
)  # fmt: skip
def test_names(text: str, lang: str, script: str, names: list[str]) -> None:
    assert _names(text, lang, script) == names


def test_bare_surname_is_the_person_named_in_full() -> None:
    people = find_people(make("Әлихан Смайылов Астанада сөз сөйледі. Смайыловтың айтуынша, сауда өсті.", "kk"))
    assert [person.name for person in people.persons] == ["Әлихан Смайылов"]
    assert [(m.person, m.full, m.case) for m in people.mentions] == [(0, True, None), (0, False, "gen")]


def test_one_key_in_every_script() -> None:
    texts = [
        ("Қасым-Жомарт Тоқаев келді.", "kk", "Cyrl"),
        ("Prezıdent Qasym-Jomart Toqaev keldi.", "kk", "Latn"),
        ("پرەزيدەنت قاسىم-جومارت توقاەۆ كەلدى.", "kk", "Arab"),
        ("Президент Касым-Жомарт Токаев прибыл.", "ru", "Cyrl"),
        ("President Kassym-Jomart Tokayev arrived.", "en", "Latn"),
    ]
    assert {person.key for text in texts for person in find_people(make(*text)).persons} == {"tokv-k"}


def test_post_and_side() -> None:
    person = find_people(make("Посол Казахстана в Сеуле Нургали Арыстанов выступил на форуме.", "ru")).persons[0]
    assert (person.role, person.side) == ("Посол", "KZ") or person.side == "KR"
    assert person.evidence.quote == "Нургали Арыстанов"
