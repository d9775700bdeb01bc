"""Meetings: who, where, when, of what kind."""

from __future__ import annotations

import datetime as dt

import pytest

from ainalym.model import Meeting
from ainalym.reading.meetings import find_meetings
from ainalym.reading.people import find_people
from tests.reading.samples import make


def _meetings(text: str, lang: str, script: str = "Cyrl", published: str | None = None) -> tuple[Meeting, ...]:
    context = make(text, lang, script, published=published)
    return find_meetings(context, find_people(context))


@pytest.mark.parametrize(
    ("text", "lang", "kind", "place", "participants"),
    [
        (
            "Сауда министрі Арман Шаққалиев Бакуде Әзербайжан экономика министрі Микаил Джаббаровпен кездесті.",
            "kk", "bilateral", "Баку", ("Арман Шаққалиев", "Микаил Джаббаров"),
        ),
        (
            "Премьер-министр Олжас Бектенов принял в Астане посла Узбекистана Бахтиёра Ибрагимова.",
            "ru", "bilateral", "Астана", ("Олжас Бектенов", "Бахтиёр Ибрагимов"),
        ),
        (
            "Президент Садыр Жапаров прибыл с официальным визитом в Минск.",
            "ru", "visit", "Минск", ("Садыр Жапаров",),
        ),
        (
            "Deputy Prime Minister Serik Zhumangarin spoke at a business forum in Tbilisi.",
            "en", "forum", "Tbilisi", ("Serik Zhumangarin",),
        ),
        (
            "Мурат Нуртлеу по телефону поговорил с министром иностранных дел Турции Хаканом Фиданом.",
            "ru", "call", None, ("Мурат Нуртлеу", "Хакан Фидан"),
        ),
    ],
)  # fmt: skip
def test_one_meeting(text: str, lang: str, kind: str, place: str | None, participants: tuple[str, ...]) -> None:
    meetings = _meetings(text, lang, "Latn" if lang == "en" else "Cyrl")
    assert [(m.kind, m.place, m.participants) for m in meetings] == [(kind, place, participants)]


def test_a_second_person_comes_from_the_next_sentence() -> None:
    text = (
        "The minister of trade Arman Shakkaliev held talks in Doha on Monday. "
        "Minister Mohammed Al Thani promised to open the market."
    )
    assert _meetings(text, "en", "Latn")[0].participants == ("Arman Shakkaliev", "Mohammed Al Thani")


def test_the_day_stands_in_the_text() -> None:
    text = "18 апреля 2024 года президент Садыр Жапаров принял в Бишкеке министра Сергея Лаврова."
    assert _meetings(text, "ru")[0].date == dt.date(2024, 4, 18)
    today = "Бүгін премьер-министр Олжас Бектенов елші Али Джоукармен кездесті."
    assert _meetings(today, "kk", published="2025-03-01")[0].date == dt.date(2025, 3, 1)
    assert _meetings(today, "kk")[0].date is None


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Экспорт вырос, сообщил вице-министр Тимур Жаксылыков.", "ru"),
        ("Сарапшы Асылбек Жәкиев баға өседі деп болжайды.", "kk"),
        ("Грузию посетили 62,1 тысячи граждан России.", "ru"),
        ("Trade grew by 5%, the ministry says.", "en"),
    ],
)
def test_no_meeting(text: str, lang: str) -> None:
    assert _meetings(text, lang, "Latn" if lang == "en" else "Cyrl") == ()


def test_press_secretaries_and_experts_do_not_take_part() -> None:
    text = "Президент Садыр Жапаров встретился с Сергеем Лавровым, сообщил пресс-секретарь Аскат Алагозов."
    assert _meetings(text, "ru")[0].participants == ("Садыр Жапаров", "Сергей Лавров")
