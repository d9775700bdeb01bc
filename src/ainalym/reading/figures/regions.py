"""Regions: which of the sides named are only part of another's name, and which stand for a region named before."""

from __future__ import annotations

from ..context import Context
from ..places import Side
from ..view import find_cues
from .codes import GROUPS


def find_meant_sides(context: Context, sides: list[Side]) -> list[Side]:
    """The sides that are meant.

    «Омская область России» is the region alone; "the Russian republic" is the region of Russia that was named before,
    and "the Central Asian republic" a country named before, which the claims look for themselves.
    """
    meant: list[Side] = []
    latest: dict[str, str] = {}  # the last region named of each country
    for n, side in enumerate(sides):
        if any(_is_region_of(side, other) for other in sides[max(0, n - 1) : n + 2]):
            continue
        if side.kind == "demonym" and _before_region_noun(context, side):
            if side.code in GROUPS:
                continue
            side = side._replace(code=latest.get(side.code, side.code))
        if "-" in side.code:
            latest[side.code.partition("-")[0]] = side.code
        meant.append(side)
    return meant


def _is_region_of(country: Side, region: Side) -> bool:
    """Does a country's name only say where the region beside it lies?"""
    if "-" in country.code or region.kind == "city" or not region.code.startswith(country.code + "-"):
        return False
    first, second = (country, region) if country.first < region.first else (region, country)
    return second.first - first.last == 1 and (country.role == "of" or country is second)


def _before_region_noun(context: Context, side: Side) -> bool:
    """Does a noun such as "republic" or "region" follow an adjective?"""
    after = side.last + 1
    return after < len(context.tokens) and "region-noun" in find_cues(context.lang, context.tokens[after].folded)
