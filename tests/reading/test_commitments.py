"""Commitments: the sentence, its state, its parties, by when."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from ainalym.model import Claim, Commitment, Span
from ainalym.reading.commitments import find_commitments
from ainalym.reading.people import find_people
from ainalym.reading.periods import find_periods
from tests.reading.samples import make


def _commitments(
    text: str, lang: str, script: str | None = None, claims: tuple[Claim, ...] = ()
) -> tuple[Commitment, ...]:
    context = make(text, lang, script or ("Latn" if lang == "en" else "Cyrl"))
    return find_commitments(context, find_people(context), claims, find_periods(context)[0])


@pytest.mark.parametrize(
    ("text", "lang", "status"),
    [
        ("Тараптар Қазақстан мен Грузия арасында тікелей рейс ашуға уағдаласты.", "kk", "agreed"),
        ("Екі ел жүк тасымалы туралы меморандумға қол қойды.", "kk", "signed"),
        ("Министр Грузияға астық жеткізуді ұсынды.", "kk", "proposed"),
        ("Қазақстан Иранға ет жеткізуге дайын.", "kk", "proposed"),
        ("Қазақстан Қытайға бал экспорттауды жоспарлап отыр, алдағы жылдары зауыт салмақ.", "kk", "planned"),
        ("Qazaqstan Gruzııaǵa astyq jetkizýge daıyn.", "kk", "proposed"),
        ("Стороны договорились открыть прямые рейсы между Астаной и Тбилиси.", "ru", "agreed"),
        ("Казахстан и Грузия подписали соглашение о перевозках.", "ru", "signed"),
        ("Министр предложил Грузии нарастить поставки зерна.", "ru", "proposed"),
        ("До конца года стороны планируют открыть торговый дом.", "ru", "planned"),
        ("Сейчас прорабатывается вопрос о соглашении между Казахстаном и Грузией.", "ru", "under way"),
        ("The two countries agreed to open a joint venture.", "en", "agreed"),
        ("Kazakhstan and Georgia signed a memorandum on transport.", "en", "signed"),
        ("Georgia plans to increase supplies of wine to Kazakhstan next year.", "en", "planned"),
        ("Kazakhstan offered to build a terminal in Poti.", "en", "proposed"),
    ],
)
def test_status(text: str, lang: str, status: str) -> None:
    found = _commitments(text, lang)
    assert [c.status for c in found] == [status]
    assert found[0].evidence.quote == text
    assert found[0].surface in text


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Тауар айналымы 2023 жылы 12%-ға өсіп, 1,4 млрд долларға жетті.", "kk"),
        ("Товарооборот Казахстана и Грузии вырос на 12% и достиг 1,4 млрд долларов.", "ru"),
        ("Trade between Kazakhstan and Georgia grew by 12% to $1.4 billion.", "en"),
        ("", "ru"),
    ],
)
def test_figures_alone_are_no_commitment(text: str, lang: str) -> None:
    assert _commitments(text, lang) == ()


def test_due_date_and_parties() -> None:
    text = "К 2030 году Казахстан и Узбекистан планируют довести товарооборот до 10 млрд долларов."
    found = _commitments(text, "ru")[0]
    assert found.due == dt.date(2030, 12, 31)
    assert found.parties == ("KZ", "UZ")


def test_parties_come_from_the_report_when_the_sentence_names_none() -> None:
    text = "Казахстан торгует с Грузией. Стороны договорились открыть прямые рейсы."
    assert _commitments(text, "ru")[0].parties == ("KZ", "GE")


def test_claims_inside_are_linked() -> None:
    text = "Стороны договорились довести товарооборот до 10 млрд долларов."
    span = Span(45, 47, "10")
    claim = Claim(
        surface="10", indicator="turnover", reporter="KZ", partner="UZ", product=None, period=None, kind="level",
        value=Decimal(10_000_000_000), unit="USD", bound="exact", modality="target", speaker=None, evidence=span,
    )  # fmt: skip
    assert text[45:47] == "10"
    assert _commitments(text, "ru", claims=(claim,))[0].claims == (0,)


def test_parts_between_semicolons_are_commitments_of_their_own() -> None:
    text = "Стороны договорились открыть рейсы в Тбилиси; Казахстан предложил Грузии построить терминал."
    assert [c.status for c in _commitments(text, "ru")] == ["agreed", "proposed"]
