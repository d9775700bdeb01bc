"""Names of sides (countries, groups, regions) in the language of the page."""

from __future__ import annotations

from ..ledger.records import split_pair
from ..statistics.areas import load_areas, load_regions
from .words import LATIN, base_lang, current_lang, say, to_latin


def name_side(code: str | None) -> str:
    """The name of a side by its code; the code itself where there is no name."""
    if not code:
        return say("portal.unknown_side")
    lang = base_lang()
    area = load_areas().get(code)
    region = load_regions().get(code)
    name = (getattr(area, lang) if area else region[lang] if region else "") or code
    return to_latin(name) if current_lang() == LATIN else name


def name_sides(pair: str) -> str:
    """Both names of a pair's code."""
    return " – ".join(map(name_side, split_pair(pair))) if pair else say("portal.unknown_side")
