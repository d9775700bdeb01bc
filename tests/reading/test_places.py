"""Sides: which places a text names, and in which role."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ainalym.reading.places import find_sides
from tests.reading.samples import make


def show(text: str, lang: str, script: str | None = None) -> str:
    script = script or ("Latn" if lang == "en" else "Cyrl")
    return "; ".join(f"{side.code} {side.role}" for side in find_sides(make(text, lang, script)))


ROLES = """
kk | Қазақстаннан Өзбекстанға бидай жеткізілді. | KZ from; UZ to
kk | Ресеймен сауда, Қытай арқылы транзит, Иранның импорты. | RU with; CN via; IR of
kk | Қазақстан мен Түркия арасындағы сауда. | KZ between; TR between
kk | Қазақстан мен Ресейге ұн сатылды. | KZ to; RU to
kk | Тауар иран нарығына шықты, қазақстандық ұн сатылды. | IR to; KZ from
kk | Түркітілдес мемлекеттермен сауда өсті. | OTS with
kk | Қазақстан-Ресей саудасы. | KZ subject; RU subject
kk | Өзбекстандағы кәсіпорындар. | UZ in
ru | Экспорт из Казахстана в Китай. | KZ from; CN to
ru | Торговля с Россией и соседним Узбекистаном. | RU with; UZ with
ru | Торговля между Казахстаном и Ираном через Туркменистан. | KZ between; IR between; TM via
ru | Казахстанско-китайский оборот. | KZ adjective; CN adjective
ru | Поставки на рынок Ирана и продажи на рынке Турции. | IR to; TR in
ru | Экспорт в тюркоязычные страны и в страны ЕАЭС. | OTS to; EAEU to
ru | Казахстанская мука едет в соседний Таджикистан. | KZ from; TJ to
ru | Китайцы купили уголь у казахстанцев. | CN subject; KZ of
ru | В республике Татарстан и из Республики Саха. | RU-TA in; RU-SA from
ru | Алтайский край и республика Алтай торгуют. | RU-ALT subject
ru | Между Алтайским краем и республикой Алтай. | RU-ALT between; RU-AL between
en | Kazakhstan's exports to China and India rose, imports from Russia fell. | KZ of; CN to; IN to; RU from
en | Kazakh wheat went to the Tajik market via Iran. | KZ from; TJ to; IR via
en | Trade between Kazakhstan and the US grew. | KZ between; US between
en | Sales to the neighbouring Republic of Uzbekistan. | UZ to
"""

# РТ is Tatarstan or Tajikistan, by what else the text names.
AMBIGUOUS = """
ru | Поставки в РТ из Казани выросли. | RU-TA to; RU-TA from
ru | Поставки в РТ выросли, заявили в Душанбе. | TJ to; TJ to
ru | Россия и РТ торгуют. | RU subject; RU-TA subject
"""

# Words that look like names.
NONE = """
en | Let us work and turn the page. |
"""


def rows(table: str) -> list[tuple[str, str, str]]:
    split = [line.split(" | ") for line in table.strip().splitlines()]
    return [(lang, text.removesuffix(" |"), rest[0] if rest else "") for lang, text, *rest in split]


@pytest.mark.parametrize(("lang", "text", "expected"), rows(ROLES + AMBIGUOUS.strip() + NONE))
def test_roles(lang: str, text: str, expected: str) -> None:
    assert show(text, lang) == expected


@pytest.mark.parametrize(
    ("script", "text"),
    [
        ("Cyrl", "Қазақстаннан Қытайға, Ресеймен, Иран арқылы."),
        ("Latn", "Qazaqstannan Qytaıǵa, Reseımen, Iran arqyly."),
        ("Latn", "Qazaqstannan Qytaiğa, Reseimen, İran arqyly."),
        ("Latn", "Qazaqstannan Qıtayğa, Reseymen, Ïran arqılı."),
        ("Arab", "قازاقستاننان قىتايعا، رەسەيمەن، يران ارقىلى."),
    ],
)
def test_every_orthography_of_kazakh(script: str, text: str) -> None:
    assert show(text, "kk", script) == "KZ from; CN to; RU with; IR via"


def test_a_country_is_no_common_word_in_lower_case() -> None:
    assert show("Osy elde jańa zaýyt ashyldy.", "kk", "Latn") == ""


def test_joined_sides_are_linked() -> None:
    sides = find_sides(make("Торговля с Россией, Китаем и Ираном.", "ru"))
    assert [(side.code, side.linked) for side in sides] == [("RU", False), ("CN", True), ("IR", True)]


@given(st.text(max_size=80), st.sampled_from(["kk", "ru", "en"]))
def test_any_text_is_read_without_error(text: str, lang: str) -> None:
    context = make(text, lang)
    for side in find_sides(context):
        assert 0 <= side.first <= side.last < len(context.tokens)
