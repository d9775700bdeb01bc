"""Reading a whole document: languages by paragraph, messages, what the reading says of the text."""

from __future__ import annotations

import ainalym

KAZAKH = "Қазақстан мен Өзбекстан арасындағы тауар айналымы 2023 жылы 4,4 млрд долларды құрады, деп хабарлады Үкімет."
RUSSIAN = (
    "В 2023 году экспорт Казахстана в Грузию составил 90 млн долларов, сообщила пресс-служба правительства страны."
)
TURKISH = (
    "Türkiye ile Kazakistan arasındaki ticaret hacmi 2023 yılında yüzde on arttı ve altı milyar dolara ulaştı, "
    "bakanlık memnun."
)


def test_each_paragraph_is_read_in_its_language() -> None:
    reading = ainalym.read(f"{KAZAKH}\n\n{RUSSIAN}")
    assert reading.lang == "kk"
    assert [(claim.indicator, claim.partner) for claim in reading.claims] == [("turnover", "UZ"), ("exports", "GE")]
    for claim in reading.claims:
        evidence = claim.evidence
        assert reading.document.text[evidence.start : evidence.end] == evidence.quote


def test_a_paragraph_in_another_language_is_named_and_passed_over() -> None:
    reading = ainalym.read(f"{KAZAKH}\n\n{TURKISH}")
    assert reading.messages == ("paragraph 2: language tr: not read",)
    assert len(reading.claims) == 1


def test_a_document_in_another_language_is_named_and_passed_over() -> None:
    reading = ainalym.read(TURKISH)
    assert (reading.lang, reading.claims, reading.messages) == ("tr", (), ("language tr: not read",))


def test_the_orthography_of_latin_kazakh_is_told() -> None:
    reading = ainalym.read("Qazaqstan men Ózbekstannyń taýar aınalymy 2023 jyly 4,4 mlrd dollarǵa jetti.")
    assert (reading.lang, reading.script, reading.orthography) == ("kk", "Latn", "Latn-2018")
    assert [str(claim.value) for claim in reading.claims] == ["4400000000"] or reading.claims[0].value == 4_400_000_000


def test_a_text_without_letters_has_nothing_to_read() -> None:
    assert ainalym.read("12 345 – 67%").messages == ("no text to read",)
    assert ainalym.read("").claims == ()
