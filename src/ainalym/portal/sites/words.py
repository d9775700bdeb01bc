"""Names for editors: said in the language of whoever looks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.utils.functional import lazy

from ...ledger.records import name_pair
from ...statistics.areas import load_areas
from ..names import name_side
from ..words import say

label: Any = lazy(say, str)

INDICATORS = ("turnover", "exports", "imports", "investment", "tourism", "companies")


def pair_choices() -> Iterator[tuple[str, str]]:
    """Pairs to write about: the home side with every country."""
    home = settings.HOME_SIDE
    partners = [area.code for area in load_areas().values() if area.kind == "country" and area.code != home]
    named = ((name_pair((home, code)), f"{name_side(home)} – {name_side(code)}") for code in partners)
    yield from sorted(named, key=lambda row: row[1])


def indicator_choices() -> Iterator[tuple[str, str]]:
    """Indicators by name."""
    return ((code, say(f"indicator.{code}")) for code in INDICATORS)
