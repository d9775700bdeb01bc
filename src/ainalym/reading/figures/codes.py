"""Codes of sides: which are groups, which are vague, which belong to one country."""

from __future__ import annotations

# Sides without a code of their own (evals/SCHEMA.md): the lexicon names them, a claim leaves them out.
VAGUE = frozenset((
    "FAR-ABROAD", "NEAR-ABROAD", "AFRICA", "APAC", "ARAB", "ASEAN", "ASIA", "BALKANS", "BALTICS", "BRICS", "CAREC",
    "CAUCASUS", "E-ASIA", "E-EUROPE", "EFTA", "EURASIA", "EUROPE", "G20", "G7", "GCC", "ISLAMIC", "LATAM", "LDC",
    "MERCOSUR", "MIDDLE-EAST", "N-AFRICA", "N-AMERICA", "NORDICS", "OCEANIA", "OECD", "OPEC", "S-ASIA", "S-CAUCASUS",
    "SE-ASIA", "TRACECA", "USSR", "V4",
))  # fmt: skip
GROUPS = frozenset(("EAEU", "CIS", "C-ASIA", "EU", "SCO", "OTS", "ECO", "WORLD"))
CITY_REGIONS = frozenset(("KZ-71", "KZ-75", "KZ-79", "RU-MOW", "RU-SPE", "CN-BJ", "CN-SH", "UZ-TK", "KG-GB"))


def is_country(code: str) -> bool:
    """A country or a region of one: no group, no "far abroad", no "abroad"."""
    return code not in GROUPS and code not in VAGUE and code != "ABROAD"


def same_country(a: str | None, b: str | None) -> bool:
    """Are they the same side, or is one a region of the other: RU-SA and RU, but not RU-SA and RU-MOW?"""
    if not a or not b or a in GROUPS or b in GROUPS:
        return False
    return a[:2] == b[:2] and (len(a) != len(b) or a == b)


def code_of(code: str) -> str | None:
    """The code that a claim gives: none for a vague side, the world for "abroad"."""
    if code in VAGUE:
        return None
    return "WORLD" if code == "ABROAD" else code


def is_home(home: str | None, code: str) -> bool:
    """Is a side the report's own, a region of it, or the country that it lies in?"""
    return code == home or same_country(code, home)
