"""The sources of numbers, scales, units, months and goods: values are well formed and agree between the languages."""

from __future__ import annotations

import re
from collections import defaultdict
from decimal import Decimal
from fractions import Fraction

import pytest

from ainalym.lexicon.entries import SOURCES, Entry, load_entries
from ainalym.lexicon.table import make_canonical, make_key

LANGUAGES = ("kk", "ru", "en")
# bcm is 1e9 m3, a centner 100 kg.
UNITS = {
    "t",
    "kg",
    "g",
    "centner",
    "ha",
    "m2",
    "m3",
    "bcm",
    "kWh",
    "MWh",
    "GWh",
    "TWh",
    "kW",
    "MW",
    "GW",
    "km",
    "m",
    "km2",
    "barrel",
    "l",
    "percent",
    "people",
    "count",
}
DURATIONS = {"year", "half", "quarter", "month", "week", "day", "decade"}


def _load(lang: str, name: str) -> list[Entry]:
    return list(load_entries(SOURCES / lang / f"{name}.yaml"))


def _words(entry: Entry) -> list[str]:
    return [word for words in entry.words.values() for word in words]


def _values(lang: str, name: str, kind: str) -> set[str]:
    return {entry.value for entry in _load(lang, name) if entry.kind == kind}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_twelve_months(lang: str) -> None:
    assert [entry.value for entry in _load(lang, "months")] == [str(number) for number in range(1, 13)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_numbers_are_decimals_and_none_is_missing(lang: str) -> None:
    numbers = {Decimal(value) for value in _values(lang, "numbers", "number")}
    assert {Decimal(number) for number in [*range(11), 20, 30, 40, 50, 60, 70, 80, 90, 100]} <= numbers
    assert Decimal("1.5") in numbers
    assert {Decimal(value) for value in _values(lang, "numbers", "ordinal")} >= set(map(Decimal, range(1, 21)))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_fractions_multipliers_and_amounts(lang: str) -> None:
    fractions = {Fraction(value) for value in _values(lang, "numbers", "fraction")}
    assert {Fraction(1, 2), Fraction(1, 3), Fraction(2, 3), Fraction(1, 4), Fraction(3, 4)} <= fractions
    assert all(0 < value < 1 for value in fractions)
    multipliers = _values(lang, "numbers", "multiplier")
    assert {"x", "2", "3", "4", "5", "10"} <= multipliers
    assert all(Decimal(value) > 0 for value in multipliers - {"x"})
    assert all(Decimal(value) >= 1000 for value in _values(lang, "numbers", "amount"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_scales(lang: str) -> None:
    assert [entry.value for entry in _load(lang, "scales")] == ["1e3", "1e6", "1e9", "1e12"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_units_and_durations(lang: str) -> None:
    assert UNITS - {"bcm"} <= _values(lang, "units", "unit") <= UNITS
    assert _values(lang, "units", "duration") == DURATIONS


@pytest.mark.parametrize("name", ["months", "numbers", "scales", "units", "goods", "currencies"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_word_of_one_kind_has_one_value(lang: str, name: str) -> None:
    values: dict[tuple[str, str], set[str]] = defaultdict(set)
    for entry in _load(lang, name):
        for word in _words(entry):
            values[entry.kind, make_canonical(make_key(word))].add(entry.value)
    assert {key: found for key, found in values.items() if len(found) > 1} == {}


def test_goods_are_the_same_in_all_languages() -> None:
    kk, ru, en = (_values(lang, "goods", "product") for lang in LANGUAGES)
    assert kk == ru == en
    assert len(en) >= 250
    assert all(re.fullmatch(r"(?:IT |[a-z])[a-z' ,-]+", value) for value in en)


@pytest.mark.parametrize(
    ("lang", "word", "value"),
    [
        ("kk", "шикізаттық емес тауар", "non-resource goods"),
        ("kk", "бағалы металл концентраты", "precious metal concentrates"),
        ("kk", "ауыл шаруашылығы өнімі", "agricultural goods"),
        ("ru", "сельхозпродукция", "agricultural goods"),
        ("ru", "машин, оборудования и транспортных средств", "machinery, equipment and vehicles"),
        ("ru", "пшеница", "wheat"),
        ("en", "flat-rolled products", "steel"),
    ],
)
def test_goods_by_name(lang: str, word: str, value: str) -> None:
    assert {entry.value for entry in _load(lang, "goods") if word in _words(entry)} == {value}
