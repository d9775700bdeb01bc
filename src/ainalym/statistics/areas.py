"""Countries, groups of countries and regions: codes, names in three languages, and the names that statistics print."""

from __future__ import annotations

import csv
import difflib
import re
from functools import cache
from importlib import resources

import msgspec

from ..language.tokens import fold

_WORD = re.compile(r"\w+")


class Area(msgspec.Struct, frozen=True):
    """`kind` is world, group, other (unspecified and the like, part of the total), country or region."""

    code: str
    iso3: str
    m49: str
    comtrade: str
    kind: str
    en: str
    ru: str
    kk: str


def load_table(name: str) -> list[dict[str, str]]:
    """The rows of a code table that ships with the package."""
    text = resources.files(__package__).joinpath("codes", name).read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


@cache
def load_areas() -> dict[str, Area]:
    """All countries and groups by code."""
    return {row["code"]: Area(**row) for row in load_table("areas.csv")}


@cache
def load_regions() -> dict[str, dict[str, str]]:
    """All regions by ISO 3166-2 code: okato, kato, kk, kk_latn, ru, en, aliases (separated by |)."""
    return {row["code"]: row for row in load_table("regions.csv")}


def normalize_name(name: str) -> str:
    """A printed name without case, signs, notes of footnotes and look-alike letters of another alphabet."""
    return " ".join(fold(word).replace("ё", "е") for word in _WORD.findall(name))


@cache
def _names() -> dict[str, str]:
    """Every known name of a country or group, normalised, to its code."""
    names: dict[str, str] = {}
    for area in load_areas().values():
        for name in (area.code, area.iso3, area.en, area.ru, area.kk):
            if name:
                names.setdefault(normalize_name(name), area.code)
    for row in load_table("aliases.csv"):
        names[normalize_name(row["alias"])] = row["code"]
    return names


@cache
def _numbers() -> dict[str, str]:
    numbers = {a.m49.lstrip("0"): a.code for a in load_areas().values() if a.m49}
    return numbers | {a.comtrade: a.code for a in load_areas().values() if a.comtrade} | {"0": "WORLD"}


@cache
def _region_names() -> dict[str, str]:
    names: dict[str, str] = {}
    for code, row in load_regions().items():
        for name in (code, row["kk"], row["kk_latn"], row["ru"], row["en"], *row["aliases"].split("|")):
            if name:
                names.setdefault(normalize_name(name), code)
    return names


def find_area(name: str) -> str | None:
    """The code of a country or group by code, ISO alpha-3, M49 or Comtrade number, or any printed name; else None."""
    text = " ".join(name.replace("*", " ").split())
    if text.isdigit():
        return _numbers().get(text.lstrip("0") or "0")
    return _names().get(normalize_name(text))


def find_region(name: str) -> str | None:
    """The ISO 3166-2 code of a region by code or name; else None."""
    return _region_names().get(normalize_name(name))


def find_okato(code: str) -> str | None:
    """The region of an OKATO code as Russian customs write it (five or eleven digits): 98000 is RU-SA."""
    by_okato = {row["okato"]: region for region, row in load_regions().items() if row["okato"]}
    return by_okato.get(code[:5].ljust(5, "0"))


def suggest_areas(name: str, count: int = 3) -> list[str]:
    """Codes with their English names for a name that is not known, likeliest first."""
    close = difflib.get_close_matches(normalize_name(name), _names(), n=count * 2, cutoff=0.6)
    codes = list(dict.fromkeys(_names()[match] for match in close))[:count]
    return [f"{code} {load_areas()[code].en}" for code in codes]


def is_aggregate(code: str) -> bool:
    """Whether a code stands for several countries, so that it must never be added to countries."""
    area = load_areas().get(code)
    return area.kind in ("world", "group") if area else code.startswith("?")
