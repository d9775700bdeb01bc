"""The optional tagger: its model ships with the package."""

from __future__ import annotations

import pytest

pytest.importorskip("pycrfsuite")

from ainalym.reading.names.tagger import MODEL, Entity, load_tagger, read_labels
from ainalym.reading.people import find_people
from tests.reading.samples import make


def test_labels_become_entities() -> None:
    labels = ["B-PERSON", "I-PERSON", "O", "B-GPE", "B-GPE", "I-PERSON"]
    assert read_labels(labels) == [
        Entity(0, 2, "PERSON"),
        Entity(3, 4, "GPE"),
        Entity(4, 5, "GPE"),
        Entity(5, 6, "PERSON"),
    ]


def test_model_is_small_and_finds_persons_and_places() -> None:
    assert MODEL.stat().st_size < 4_000_000
    words = ["Мемлекет", "басшысы", "Қасым-Жомарт", "Тоқаев", "Қазақстан", "халқына", "жолдау", "жасады", "."]
    found = load_tagger().find(words)
    assert Entity(2, 4, "PERSON") in found
    assert Entity(4, 5, "GPE") in found


def test_tagger_adds_to_the_rules() -> None:
    context = make("Кеңесті Серік Жұманғарин ашты.", "kk")
    assert [person.name for person in find_people(context, load_tagger()).persons] == ["Серік Жұманғарин"]


def test_no_words_no_names() -> None:
    assert load_tagger().find([]) == []
