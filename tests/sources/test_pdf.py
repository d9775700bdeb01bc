from __future__ import annotations

import datetime as dt

import pytest

from ainalym.errors import SourceError
from ainalym.model import Document
from ainalym.sources import Limits, load_bytes
from ainalym.sources.lines import drop_furniture, join_lines

from .pages import make_pdf

LINES = [
    "Айналым өсті",
    "7 Қараша 2023, 13:12",
    "",
    "Қазақстан мен Тәжікстан арасындағы тауар айналымы 2023 жылы",
    "1,3 млрд долларға жетті, деп хабарлады министрлік. Сауда-экономи-",
    "калық байланыс ЕАЭО-",
    "ға мүше елдермен де өсті.",
]


def load(data: bytes, limits: Limits | None = None) -> Document:
    (found,) = load_bytes(data, "a.pdf", limits=limits or Limits())
    assert isinstance(found, Document), str(found)
    return found


def refuse(data: bytes, limits: Limits | None = None) -> str:
    (found,) = load_bytes(data, "a.pdf", limits=limits or Limits())
    assert isinstance(found, SourceError)
    return str(found)


def test_lines_flow_and_cut_words_are_joined() -> None:
    found = load(make_pdf([LINES], title="Айналым", lang="kk-KZ"))
    assert found.text.splitlines() == [
        "Айналым өсті",
        "7 Қараша 2023, 13:12",
        "Қазақстан мен Тәжікстан арасындағы тауар айналымы 2023 жылы 1,3 млрд долларға жетті, деп хабарлады министрлік."
        " Сауда-экономикалық байланыс ЕАЭО-ға мүше елдермен де өсті.",
    ]
    assert (found.title, found.lang, found.published) == ("Айналым", "kk-KZ", dt.date(2023, 11, 7))


def test_running_heads_and_page_numbers_go() -> None:
    pages = [
        ["Сауда министрлігі", f"Бірінші бөлімнің {name} бетіндегі мәтін осында тұр.", f"{number} / 3"]
        for number, name in enumerate(["алғашқы", "екінші", "соңғы"], 1)
    ]
    text = load(make_pdf(pages)).text
    assert text.count("Сауда министрлігі") == 1
    assert "/ 3" not in text
    assert text.count("бетіндегі мәтін") == 3


def test_a_sentence_goes_on_over_the_page() -> None:
    pages = [["Айналым туралы жаңа мәліметтер осында жарияланып отыр, олар"], ["бойынша экспорт өсті."]]
    assert (
        load(make_pdf(pages)).text
        == "Айналым туралы жаңа мәліметтер осында жарияланып отыр, олар бойынша экспорт өсті."
    )


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("Обсудили вопросы экономи-", "ческого роста", "Обсудили вопросы экономического роста"),
        ("Обсудили торгово-", "экономическое дело", "Обсудили торгово-экономическое дело"),
        ("План на 2025-", "2030 годы принят", "План на 2025-2030 годы принят"),
        ("Айналым 50-", "ден асты", "Айналым 50-ден асты"),
        ("Полёт в Нью-", "Йорк открыт", "Полёт в Нью-Йорк открыт"),
        ("Рост \u2013 5 %, спад -", "2 %", "Рост \u2013 5 %, спад -\n2 %"),
    ],
)
def test_hyphens_at_the_end_of_a_line(first: str, second: str, joined: str) -> None:
    assert join_lines([[first, second]]) == joined


def test_a_number_on_a_page_that_is_no_page_number_stays() -> None:
    assert drop_furniture([["Кесте", "", "2023", "1 200", "мың тонна", "барлығы"]])[0][2:4] == ["2023", "1 200"]


def test_a_scan_says_so() -> None:
    assert "OCR" in refuse(make_pdf([[]]))


def test_damaged_and_oversized_files() -> None:
    whole = make_pdf([LINES])
    assert "damaged" in refuse(b"%PDF-1.7 no more")
    assert "damaged" in refuse(b"junk" * 100) or "is none" in refuse(b"junk" * 100)
    assert "pages, more than 1" in refuse(make_pdf([LINES, LINES]), Limits(pages=1))
    assert "of text" in refuse(whole, Limits(text_characters=50))
