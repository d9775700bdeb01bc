"""Who says what: the speaker of a claim."""

from __future__ import annotations

import pytest

import ainalym

CASES = [
    ("Товарооборот Казахстана и Грузии в 2023 году вырос на 12%, сообщил министр Серик Омаров.", "Серик Омаров"),
    (
        "По данным Комитета по статистике, экспорт Казахстана в Китай в 2023 году составил 9 млрд долларов.",
        "Комитета по статистике",
    ),
    ("В 2023 году экспорт Казахстана в Китай составил 9 млрд долларов.", None),
    (
        "«2023 жылы Өзбекстанмен тауар айналымы 4 млрд долларға жетті», – деді министр Арман Жақсыбеков.",
        "Арман Жақсыбеков",
    ),
    ("Trade with Georgia rose by 12% in 2023, Serik Omarov said.", "Serik Omarov"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "speaker"), CASES)
def test_the_speaker_is_named(text: str, speaker: str | None) -> None:
    claims = ainalym.read(text).claims
    assert claims
    assert {claim.speaker for claim in claims} == {speaker}


def test_a_quotation_has_the_speaker_of_its_last_sentence() -> None:
    text = (
        "«Біздің тауар айналымымыз 2023 жылы 5%-ға өсті. Экспорт 2 млрд доллар болды», – деді министр Арман Жақсыбеков."
    )
    assert [claim.speaker for claim in ainalym.read(text).claims] == ["Арман Жақсыбеков"] * 2
