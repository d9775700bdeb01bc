"""What keeps checking from accusing: another base year, a sibling among the parts, other goods of one name."""

import pytest

from ainalym import check, read


def _contradictions(text: str) -> list[list[str]]:
    found = check([read(text, published="2025-04-20")])
    return [[figure.quote for figure in finding.figures] for finding in found if finding.verdict == "contradicts"]


@pytest.mark.parametrize(
    "text",
    [
        "Exports of Pakistan to Uzbekistan came to $112 million in 2024, 9% less than a year before. "
        "In 2024 exports of Pakistan to Uzbekistan were 5.2 times as much as in 2019.",
        "За 2022 год оборот Башкортостана с Казахстаном составил 612 млн долларов, Узбекистан дал 207 млн, "
        "Таджикистан – 31,5 млн, остальные 11 млн принесла Туркмения.",
        "В 2021 году Казахстан экспортировал в Россию 5,5 млн тонн руды. "
        "Марганцевой руды за 2021 год Казахстан экспортировал 69,9 тыс. тонн.",
    ],
)
def test_nothing_is_accused(text: str):
    assert _contradictions(text) == []


def test_the_base_of_the_year_before_still_counts():
    text = (
        "В 2023 году экспорт Казахстана в Китай составил 20 млрд долларов, в 2022 году – 10 млрд долларов. "
        "За 2023 год экспорт Казахстана в Китай вырос на 15%."
    )
    assert len(_contradictions(text)) == 1
