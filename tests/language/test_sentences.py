"""Sentences: each case is a text with | where a sentence ends."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ainalym.language.sentences import find_paragraphs, find_sentences
from ainalym.language.tokens import find_tokens


def _cut(text: str) -> list[str]:
    tokens = find_tokens(text)
    return [text[tokens[first].start : tokens[stop - 1].end] for first, stop in find_sentences(text, tokens)]


@pytest.mark.parametrize(
    "marked",
    [
        "Экспорт өсті. |Импорт азайды.",
        "Айналым 9,5 млрд. АҚШ долларына тең. |Келесі сөйлем.",
        "Товарооборот составил 5 млрд долл. США. |Экспорт вырос.",
        "Товарооборот составил 5 млрд долл. |Экспорт вырос на 3,5%.",
        "В 2023 г. экспорт вырос, в г. Алматы – нет.",
        "Договор подписан в 2023 г. |Экспорт вырос.",
        "А. Смайылов пен К.К. Тоқаев кездесті. |Олар келісті.",
        "«Біз дайынбыз!» – деді министр. |Ол қайтты.",
        "«Жұмыс бар», – деді ол. |«Тағы да болады».",
        "— Есть фундамент. – отметил посол.",
        "«Рост продолжится». |Экспорт вырос.",
        "Сауда артты… |— Қытай дайын.",
        "What next? |Trade grew 5.3 percent. |Mr. Ahmed met Dr. Lee.",
        "He flew to the U.S. |The trade grew.",
        "The U.S. Secretary of State came.",
        "Шет ел, т.б. бағыттар қаралды.",
        "1. Экспорт вырос.",
        "ساۋدا ءوستى. |ەكسپورت ارتتى.",
        "Тақырып нүктесіз\n|Мәтін осы жерден басталады.",
        "Kólem artty. |Bul jaqsy.",
    ],
)
def test_sentences_end_where_marked(marked: str) -> None:
    assert _cut(marked.replace("|", "")) == [part.strip() for part in marked.split("|")]


def test_paragraphs_are_lines() -> None:
    text = "Бір. Екі.\n\nҮш."
    tokens = find_tokens(text)
    assert [text[tokens[a].start : tokens[b - 1].end] for a, b in find_paragraphs(text, tokens)] == ["Бір. Екі.", "Үш."]


def test_nothing_has_no_sentences() -> None:
    assert find_sentences("", []) == []


@given(st.text())
def test_sentences_cover_all_tokens_in_order(text: str) -> None:
    tokens = find_tokens(text)
    ranges = find_sentences(text, tokens)
    assert [i for first, stop in ranges for i in range(first, stop)] == list(range(len(tokens)))
    assert all(first < stop for first, stop in ranges)


def test_a_list_without_full_stops_is_cut_at_its_commas() -> None:
    text = "Қытайға 5 млн доллар, " * 200
    tokens = find_tokens(text)
    ranges = find_sentences(text, tokens)
    assert [first for first, _ in ranges[1:]] == [stop for _, stop in ranges[:-1]]
    assert all(stop - first < 160 and tokens[stop - 1].folded == "," for first, stop in ranges)
    assert find_paragraphs(text, tokens) == [(0, len(tokens))]


def test_signs_without_spaces_are_cut_too() -> None:
    text = "(" * 1000
    assert max(stop - first for first, stop in find_sentences(text, find_tokens(text))) <= 300
