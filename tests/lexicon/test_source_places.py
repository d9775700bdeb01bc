"""The sources of places, goods, currencies and numbers: codes are known, classes are whole, names are told apart."""

from __future__ import annotations

import importlib.util
import re
from collections import defaultdict
from functools import cache, lru_cache
from pathlib import Path
from types import ModuleType

import pytest
from babel import Locale

from ainalym.lexicon.entries import SOURCES, Entry, load_entries
from ainalym.lexicon.table import make_canonical, make_key

LANGUAGES = ("kk", "ru", "en")
PLACE_FILES = ("countries", "regions", "groups", "cities")
SEED = Path(__file__).parents[2] / "tools" / "seed_countries.py"

GROUPS = {
    "EAEU",
    "CIS",
    "C-ASIA",
    "EU",
    "EUROPE",
    "E-EUROPE",
    "SCO",
    "OTS",
    "ECO",
    "WORLD",
    "FAR-ABROAD",
    "NEAR-ABROAD",
    "ABROAD",
    "BRICS",
    "ASEAN",
    "GCC",
    "G7",
    "G20",
    "OPEC",
    "OECD",
    "EFTA",
    "MERCOSUR",
    "ARAB",
    "ISLAMIC",
    "V4",
    "CAREC",
    "TRACECA",
    "AFRICA",
    "N-AFRICA",
    "ASIA",
    "E-ASIA",
    "SE-ASIA",
    "S-ASIA",
    "MIDDLE-EAST",
    "APAC",
    "EURASIA",
    "S-CAUCASUS",
    "CAUCASUS",
    "BALTICS",
    "NORDICS",
    "BALKANS",
    "N-AMERICA",
    "LATAM",
    "OCEANIA",
    "USSR",
    "LDC",
}
# ISO 3166-2 as it was in 2024, for the countries all of whose regions are named.
REGIONS = {
    "KZ": "10 11 15 19 23 27 31 33 35 39 43 47 55 59 61 62 63 71 75 79",
    "RU": "AD AL ALT AMU ARK AST BA BEL BRY BU CE CHE CHU CU DA IN IRK IVA KAM KB KC KDA KEM KGD KGN KHA KHM KIR KK "
    "KL KLU KO KOS KR KRS KYA LEN LIP MAG ME MO MOS MOW MUR NEN NGR NIZ NVS OMS ORE ORL PER PNZ PRI PSK ROS RYA SA "
    "SAK SAM SAR SE SMO SPE STA SVE TA TAM TOM TUL TVE TY TYU UD ULY VGG VLA VLG VOR YAN YAR YEV ZAB",
    "CN": "AH BJ CQ FJ GD GS GX GZ HA HB HE HI HL HN JL JS JX LN NM NX QH SC SD SH SN SX TJ XJ XZ YN ZJ",
    "UZ": "AN BU FA JI NG NW QA QR SA SI SU TK TO XO",
    "KG": "B C GB GO J N O T Y",
    "TM": "A B D L M S",
    "BY": "BR HM HO HR MA MI VI",
}
# One name, several places: the reader tells them apart by what stands around.
AMBIGUOUS = {("ru", "рт"): {"TJ", "RU-TA"}, ("ru", "рб"): {"BY", "RU-BA"}}


@cache
def _load(lang: str, *names: str) -> list[Entry]:
    return [entry for name in names for entry in load_entries(SOURCES / lang / f"{name}.yaml")]


def _all_words(entry: Entry) -> list[str]:
    return [word for words in entry.words.values() for word in words]


@lru_cache(maxsize=1)
def _seed_tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("seed_countries", SEED)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _is_known(code: str, countries: set[str]) -> bool:
    country, dash, region = code.partition("-")
    if code in GROUPS or (not dash and code in countries):
        return True
    if country in REGIONS:
        return region in REGIONS[country].split()
    return country in countries and bool(re.fullmatch(r"[A-Z0-9]{1,3}", region))


def test_codes_of_iso_3166() -> None:
    codes = _seed_tool().country_codes()
    assert len(codes) == 249 + 1
    assert {"KZ", "NO", "TW", "XK", "AX"} < set(codes)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_country_has_a_name(lang: str) -> None:
    named = {entry.value for entry in _load(lang, "countries") if entry.kind == "place" and entry.words["nouns"]}
    assert named == set(_seed_tool().country_codes())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_countries_are_complete_by_cldr(lang: str) -> None:
    tool, path = _seed_tool(), SOURCES / lang / "countries.yaml"
    assert tool.completed_text(path, lang) == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_code_is_known(lang: str) -> None:
    countries = set(_seed_tool().country_codes())
    assert [entry for entry in _load(lang, *PLACE_FILES) if not _is_known(entry.value, countries)] == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("country", REGIONS)
def test_every_region_of_the_neighbours_has_a_name(lang: str, country: str) -> None:
    named = {entry.value for entry in _load(lang, "regions") if entry.kind == "place"}
    assert {f"{country}-{region}" for region in REGIONS[country].split()} <= named


@pytest.mark.parametrize("lang", LANGUAGES)
def test_languages_name_the_same_groups(lang: str) -> None:
    assert {entry.value for entry in _load(lang, "groups")} == GROUPS


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_name_stands_for_one_place(lang: str) -> None:
    values: dict[str, set[str]] = defaultdict(set)
    for entry in _load(lang, *PLACE_FILES):
        if entry.kind != "demonym":
            for word in _all_words(entry):
                values[make_canonical(make_key(word))].add(entry.value)
    several = {(lang, key): found for key, found in values.items() if len(found) > 1}
    assert several == {key: found for key, found in AMBIGUOUS.items() if key[0] == lang}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_adjective_stands_for_one_place(lang: str) -> None:
    values: dict[str, set[str]] = defaultdict(set)
    for entry in _load(lang, *PLACE_FILES):
        if entry.kind == "demonym":
            for word in _all_words(entry):
                values[make_canonical(make_key(word))].add(entry.value)
    assert {key: found for key, found in values.items() if len(found) > 1} == {}


@pytest.mark.parametrize(
    ("lang", "kind", "word", "value"),
    [
        ("kk", "place", "Оңтүстік Корея", "KR"),
        ("kk", "place", "Корея", "KR"),
        ("kk", "place", "Солтүстік Корея", "KP"),
        ("kk", "place", "Сыр елі", "KZ-43"),
        ("kk", "place", "Саха Республикасы", "RU-SA"),
        ("kk", "demonym", "латыш", "LV"),
        ("kk", "demonym", "қазақстандық", "KZ"),
        ("kk", "demonym", "катарлық", "QA"),
        ("kk", "city", "Шолпан-Ата", "KG-Y"),
        ("kk", "capital", "Нұр-Сұлтан", "KZ"),
        ("ru", "place", "Республика Казахстан", "KZ"),
        ("ru", "place", "дальнее зарубежье", "FAR-ABROAD"),
        ("ru", "demonym", "россияне", "RU"),
        ("ru", "demonym", "казахстанско", "KZ"),
        ("ru", "demonym", "свердловский", "RU-SVE"),
        ("ru", "city", "Семипалатинск", "KZ-10"),
        ("en", "demonym", "Kazakhstani", "KZ"),
        ("en", "place", "Norway", "NO"),
        ("en", "place", "North Kazakhstan", "KZ-59"),
    ],
)
def test_names_and_what_they_stand_for(lang: str, kind: str, word: str, value: str) -> None:
    found = {entry.value for entry in _load(lang, *PLACE_FILES) if entry.kind == kind and word in _all_words(entry)}
    assert found == {value}


@pytest.mark.parametrize(
    ("name", "adjectives"),
    [
        ("Қазақстан", ["қазақстандық"]),
        ("Өзбекстан", ["өзбекстандық"]),
        ("Ресей", ["ресейлік"]),
        ("Кувейт", ["кувейттік"]),
        ("Ирак", ["ирактық"]),
        ("Катар", ["катарлық"]),
        ("Израиль", ["израильдық", "израильдік"]),
        ("Оңтүстік Корея", ["оңтүстік кореялық", "оңтүстіккореялық"]),
        ("Қазақстан Республикасы", []),
        ("Нидерландтар", []),
        ("АҚШ", []),
    ],
)
def test_kazakh_adjectives_of_places(name: str, adjectives: list[str]) -> None:
    assert _seed_tool().kazakh_adjectives(name) == adjectives


def test_currencies_are_iso_4217() -> None:
    for lang in (*LANGUAGES, "common"):
        entries = _load(lang, "currencies")
        assert {entry.kind for entry in entries} == {"currency"}
        assert {entry.value for entry in entries} <= set(Locale("en").currencies)
        assert {"USD", "EUR", "RUB", "KZT", "CNY", "UZS", "KGS", "TJS", "AZN", "TRY"} <= {e.value for e in entries}
