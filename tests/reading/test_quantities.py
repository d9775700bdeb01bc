"""Numbers with their units: every way of writing one, and what is none."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ainalym.reading.periods import find_periods
from ainalym.reading.quantities import Quantity, find_quantities
from tests.reading.samples import make


def read(text: str, lang: str, script: str = "Cyrl") -> list[Quantity]:
    context = make(text, lang, script)
    _, taken = find_periods(context)
    return find_quantities(context, taken)


def show(text: str, lang: str, script: str = "Cyrl") -> list[str]:
    """Each quantity as «the number as printed = value unit»."""
    return [f"{text[q.start : q.end]} = {format(q.value.normalize(), 'f')} {q.unit}" for q in read(text, lang, script)]


# Digits with every kind of separator, and with a scale.
DIGITS = """
ru | Завод отгрузил 13 800 тонн муки. | 13 800 = 13800 t
ru | Сумма составила 60 435,9 тыс. долларов. | 60 435,9 = 60435900 USD
ru | Оборот достиг 1.844.036.360,12 рубля. | 1.844.036.360,12 = 1844036360.12 RUB
ru | Отгрузили 12'500 тонн риса. | 12'500 = 12500 t
ru | Цена выросла до 2,345 млрд тенге. | 2,345 = 2345000000 KZT
ru | Завезли 13.800 тонн риса, на 4,5% больше. | 13.800 = 13800 t; 4,5 = 0.045 percent
ru | Завезли 13.800 тонн риса. |
kk | Көлемі 13.800 тонна болды. |
en | Mills shipped 14,700 tonnes. | 14,700 = 14700 t
en | Trade came to $ 1,481 billion. | 1,481 = 1481000000 USD
en | Trade came to $1,250 million. |
en | Trade came to $1,250 million, up 4.5%. | 1,250 = 1250000000 USD; 4.5 = 0.045 percent
en | Trade came to $1,250 million, up 4,5%. | 1,250 = 1250000 USD; 4,5 = 0.045 percent
en | Output was 1,234,567 tonnes, or 12.5 thousand wagons. | 1,234,567 = 1234567 t; 12.5 = 12500 count
en | Farmers sold 5 m tonnes and got €3m and US$5.2bn. | 5 = 5000000 t; 3 = 3000000 EUR; 5.2 = 5200000000 USD
"""

# Words, and digits mixed with words.
WORDS = """
ru | Двести пятьдесят три тонны риса. | Двести пятьдесят три = 253 t
ru | Один миллион двести тысяч тонн. | Один миллион двести тысяч = 1200000 t
ru | Поставки на 2 млрд 526 млн тенге. | 2 млрд 526 = 2526000000 KZT
ru | Заработано 343 с половиной млн долларов. | 343 с половиной = 343500000 USD
ru | Продали 2 миллиона с половиной тонн. | 2 миллиона с половиной = 2500000 t
ru | Выпустили 1 тысячи 800 тонн. | 1 тысячи 800 = 1800 t
ru | Въехали 6 миллионов 350,8 тысячи туристов. | 6 миллионов 350,8 = 6350800 people
ru | Собрали 4 миллиарда 542 миллиона 530 тысяч 920 рублей. | 4 миллиарда 542 миллиона 530 тысяч 920 = 4542530920 RUB
ru | Объём превысил полтора миллиарда евро. | полтора миллиарда = 1500000000 EUR
ru | Сделка на полмиллиарда долларов. | полмиллиарда = 500000000 USD
ru | Потратили четверть миллиона рублей. | четверть = 250000 RUB
ru | Взята пятимиллиардная отметка. | пятимиллиардная = 5000000000 None
ru | Продали 20 с лишним тысяч тонн. | 20 = 20000 t
ru | Вывезли миллион тонн и обещают миллиарды рублей. | миллион = 1000000 t
kk | Жүз он бес миллион доллар тартылды. | Жүз он бес миллион = 115000000 USD
kk | Екі мың бес жүз тонна ұн. | Екі мың бес жүз = 2500 t
kk | Көлемі 7 жарым млн тонна. | 7 жарым = 7500000 t
kk | Инвестиция жарты миллиард доллар. | жарты = 500000000 USD
en | It sold two hundred and five tonnes. | two hundred and five = 205 t
en | It is two and a half million tons. | two and a half million = 2500000 t
en | It cost half a billion dollars. | half = 500000000 USD
en | A billion dollars came, not several billions. | billion = 1000000000 USD
"""

# Shares, multiples, fractions, and units that are worth another.
UNITS = """
ru | Рост (+118%) и падение (-50,3%). | 118 = 1.18 percent; 50,3 = 0.503 percent
ru | Вдвое больше, на треть меньше, на 1/4 дороже. | Вдвое = 2 times; треть = 0.3333 fraction; 1/4 = 0.25 fraction
ru | Вес 500 кг, 300 центнеров и 20 ГВт-ч. | 500 = 0.5 t; 300 = 30 t; 20 = 20000000 kWh
ru | Цена выросла на 75 центов. | 75 = 0.75 USD
ru | Это 5-миллиардный контракт на 5-м месте. | 5 = 5000000000 count; 5 = 5 ordinal
kk | Сауда екі жарым есе өсті. | екі жарым есе = 2.5 times
kk | Бағасы -50 пайызға төмендеді, Иранға- 16 есе көп. | 50 = 0.5 percent; 16 = 16 times
kk | Үштен біріне азайды. | Үштен біріне = 0.3333 fraction
en | Exports rose 68.6-fold and prices 5-percent. | 68.6 = 68.6 times; 5 = 0.05 percent
"""

# Numbers that count nothing.
NONE = """
ru | Дом № 5, рейс 10:30, работа 24/7, тел. 8-727-250, Су-30, закон 123-ФЗ. |
ru | Счёт 3:1 в пользу гостей. |
en | Two countries signed one time; dial 0800. |
kk | Екі ел келісті. |
"""


def rows(table: str) -> list[tuple[str, str, str]]:
    split = [line.split(" | ") for line in table.strip().splitlines()]
    return [(lang, text.removesuffix(" |"), rest[0] if rest else "") for lang, text, *rest in split]


@pytest.mark.parametrize(("lang", "text", "expected"), rows(DIGITS + WORDS.strip() + UNITS + NONE.strip()))
def test_numbers(lang: str, text: str, expected: str) -> None:
    assert "; ".join(show(text, lang, "Latn" if lang == "en" else "Cyrl")) == expected


@pytest.mark.parametrize(
    ("text", "script", "expected"),
    [
        ("Kólemi 7 jarym mln tonna, eksport 5%-ǵa ósti.", "Latn", ["7 jarym = 7500000 t", "5 = 0.05 percent"]),
        ("Kölemi 7 jarım mln tonna, eksport 5%-ğa östi.", "Latn", ["7 jarım = 7500000 t", "5 = 0.05 percent"]),
        ("كولەمى ٣٫٥ ميلليون توننا.", "Arab", ["٣٫٥ = 3500000 t"]),
        ("كولەمى 1،3 ميلليون توننا.", "Arab", ["1،3 = 1300000 t"]),
    ],
)
def test_every_script_of_kazakh(text: str, script: str, expected: list[str]) -> None:
    assert show(text, "kk", script) == expected


@pytest.mark.parametrize(
    ("lang", "text", "roles"),
    [
        ("ru", "Экспорт вырос с 1,5 до 78 млн долларов.", ["from 1500000 USD", "to 78000000 USD"]),
        ("ru", "Рост от 3 до 5 процентов.", ["low 0.03 percent", "high 0.05 percent"]),
        ("ru", "Продали 1,2-1,3 млн тонн.", ["low 1200000 t", "high 1300000 t"]),
        ("ru", "Ввезли 8 млн тонн против 5 млн.", [" 8000000 t", "from 5000000 t"]),
        ("ru", "Было 5, стало 8 млн тонн.", ["from 5000000 t", " 8000000 t"]),
        ("ru", "Вырос в два-три раза.", ["low 2 times", "high 3 times"]),
        ("ru", "Обещают пять-шесть миллионов тонн.", ["low 5000000 t", "high 6000000 t"]),
        ("kk", "Сауда екі-үш есе өсті.", ["low 2 times", "high 3 times"]),
        ("kk", "Көлем 10 мың тоннадан 15 мың тоннаға жетті.", ["from 10000 t", "to 15000 t"]),
        ("en", "Sales rose from 22 to 46 million euros.", ["from 22000000 EUR", "to 46000000 EUR"]),
        ("en", "Between 3 and 5 percent.", ["low 0.03 percent", "high 0.05 percent"]),
    ],
)
def test_pairs(lang: str, text: str, roles: list[str]) -> None:
    found = read(text, lang, "Latn" if lang == "en" else "Cyrl")
    assert [f"{q.role} {format(q.value.normalize(), 'f')} {q.unit}" for q in found] == roles


@pytest.mark.parametrize(
    ("text", "case"),
    [("5%-ға өсті", "dat"), ("5%-дан астам", "abl"), ("12 пайызды құрады", "acc"), ("7 млн тоннаның бағасы", "gen")],
)
def test_kazakh_cases(text: str, case: str) -> None:
    assert [q.case for q in read(text, "kk")] == [case]


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u202f", "\u2009"])
@given(st.integers(0, 10**12), st.integers(0, 99))
def test_russian_digits_with_spaces(space: str, whole: int, cents: int) -> None:
    text = f"{whole:,}".replace(",", space) + f",{cents:02} рубля"
    assert [(q.value, q.unit) for q in read(text, "ru")] == [(Decimal(whole) + Decimal(cents) / 100, "RUB")]


@given(st.integers(10**6, 10**15), st.integers(0, 99))
def test_russian_digits_with_points(whole: int, cents: int) -> None:
    text = f"{whole:,}".replace(",", ".") + f",{cents:02} рубля"
    assert [q.value for q in read(text, "ru")] == [Decimal(whole) + Decimal(cents) / 100]


@given(st.integers(0, 10**15), st.integers(0, 99))
def test_english_digits(whole: int, cents: int) -> None:
    text = f"{whole:,}.{cents:02} dollars"
    assert [q.value for q in read(text, "en", "Latn")] == [Decimal(whole) + Decimal(cents) / 100]


@given(st.integers(0, 10**9))
def test_arabic_digits(whole: int) -> None:
    digits = str(whole).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert [q.value for q in read(f"{digits},5 پايىز", "kk", "Arab")] == [(whole + Decimal("0.5")) / 100]


ONES = ["нөл", "бір", "екі", "үш", "төрт", "бес", "алты", "жеті", "сегіз", "тоғыз"]
TENS = ["_", "он", "жиырма", "отыз", "қырық", "елу", "алпыс", "жетпіс", "сексен", "тоқсан"]


def spell(number: int) -> str:
    """A number below a thousand in Kazakh words."""
    hundreds, rest = divmod(number, 100)
    words = [ONES[hundreds], "жүз"] if hundreds > 1 else ["жүз"] * hundreds
    words += [TENS[rest // 10]] if rest >= 10 else []
    return " ".join(words + ([ONES[rest % 10]] if rest % 10 else []))


@given(st.integers(2, 999), st.integers(1, 999))
def test_kazakh_words(thousands: int, rest: int) -> None:
    text = f"{spell(thousands)} мың {spell(rest)} тонна"
    assert [(q.value, q.unit) for q in read(text, "kk")] == [(Decimal(1000 * thousands + rest), "t")]


@given(st.text(max_size=80), st.sampled_from(["kk", "ru", "en"]))
def test_any_text_is_read_without_error(text: str, lang: str) -> None:
    for q in read(text, lang):
        assert 0 <= q.start < q.end <= len(text)
