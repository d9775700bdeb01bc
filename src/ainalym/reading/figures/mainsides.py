"""The main sides of a report: whose it is, and the other one that it speaks of most."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from ..places import Side
from ..quantities import Quantity
from .codes import GROUPS, VAGUE, is_home, same_country

_WORTH = {"place": 1.0, "demonym": 0.9, "capital": 0.35, "city": 0.3}
_PASSED_OVER = VAGUE | {"WORLD", "ABROAD"}
_TELLING = frozenset(("of", "adjective", "subject", "from"))
_ACTING = frozenset(("subject", "by"))
_LEADING = frozenset(("of", "subject", "by", "between"))


class MainSides(NamedTuple):
    """The report's own side, the other one, and whether that one outweighs all further countries."""

    home: str | None
    other: str | None
    paired: bool
    only_other: bool  # is there but one other country?
    others: int  # how many other sides of any sort are named
    lead: float  # how far the own side leads the next: 0.5 where they are named alike, 1 where there is no other


def find_main_sides(
    sides: list[Side],
    sentence_of: list[int],
    figures: list[list[Quantity]],
    lang: str,
    *,
    within: Callable[[int], bool],
) -> MainSides:
    """Told by how often, how early and in which role each side is named; sentences with figures weigh more.

    `within` says of a sentence whether it speaks of trade inside a group ("mutual trade of the EAEU").
    """
    scores = _scores(sides, sentence_of, figures)
    group = _leading_group(sides, sentence_of, figures, within)
    if group is not None:
        return MainSides(group, None, False, False, len(_others(sides, group)), _lead(scores, group))
    if lang == "kk":
        scores["KZ"] = scores.get("KZ", 0.0) + 0.4
    ranked = sorted(scores, key=lambda code: -scores[code])
    home = _pick_home(sides, sentence_of, scores, ranked, lang)
    others = [code for code in ranked if code != home and not same_country(code, home)]
    countries = [code for code in others if code not in GROUPS]
    paired = bool(countries) and scores[countries[0]] >= 0.6 * sum(scores[code] for code in countries)
    other = countries[0] if paired else others[0] if others else None
    named = _others(sides, home)
    return MainSides(home, other, paired, len(named - GROUPS - VAGUE) == 1, len(named), _lead(scores, home))


def _lead(scores: dict[str, float], home: str | None) -> float:
    own = scores.get(home or "", 0.0)
    foreign = max((score for code, score in scores.items() if not is_home(home, code)), default=0.0)
    return own / (own + foreign) if own + foreign else 0.0


def _others(sides: list[Side], home: str | None) -> set[str]:
    return {code for code in {side.code for side in sides} if not is_home(home, code)}


def _leading_group(
    sides: list[Side], sentence_of: list[int], figures: list[list[Quantity]], within: Callable[[int], bool]
) -> str | None:
    """The group whose report it is: its own trade opens it, or two groups do without a country beside them."""
    opening = next((n for n, found in enumerate(figures) if any(q.unit for q in found)), None)
    if opening is None:
        return None
    here = [s for s in sides if sentence_of[s.first] == opening and s.code not in _PASSED_OVER]
    groups = list(dict.fromkeys(s.code for s in here if s.code in GROUPS))
    if not groups or len(groups) < len({s.code for s in here}):
        return None
    return groups[0] if len(groups) > 1 or within(opening) else None


def _scores(sides: list[Side], sentence_of: list[int], figures: list[list[Quantity]]) -> dict[str, float]:
    scores: dict[str, float] = {}
    counted: dict[tuple[str, int], int] = {}
    for n, side in enumerate(sides):
        if side.code in _PASSED_OVER or side.role == "via":
            continue
        sentence = sentence_of[side.first]
        times = counted[side.code, sentence] = counted.get((side.code, sentence), 0) + 1
        worth = _WORTH[side.kind]
        if side.code in GROUPS:
            worth *= 0.35
        if any(q.unit for q in figures[sentence]):
            worth *= 1.5
        if sentence == 0:
            worth *= 1.4
        worth /= times
        if side.role in _TELLING:
            worth *= 1.15
        scores[side.code] = scores.get(side.code, 0.0) + worth * max(0.1, 1.0 - 0.002 * n)
    return scores


def _pick_home(
    sides: list[Side], sentence_of: list[int], scores: dict[str, float], ranked: list[str], lang: str
) -> str | None:
    if not ranked:
        return None
    known = [s for s in sides if s.code in scores and s.code not in GROUPS]
    if lang == "kk":
        return _kazakh_home(known, sentence_of, scores, ranked)
    region = _leading_region(known, sentence_of, scores, ranked[0])
    return region or _leading_country(known, scores, ranked)


def _kazakh_home(known: list[Side], sentence_of: list[int], scores: dict[str, float], ranked: list[str]) -> str:
    """A report in Kazakh is Kazakhstan's, or a region's where it names that nearly as often."""
    named = {s.code for s in known if s.kind != "city"}
    region = next((code for code in ranked if code.startswith("KZ-") and code in named), None)
    if region is not None and scores[region] >= 0.8 * scores["KZ"]:
        return region
    opening = [s for s in known if sentence_of[s.first] <= 1]
    if opening and all(s.kind == "city" and s.code == opening[0].code for s in opening) and "-" in opening[0].code:
        return opening[0].code  # a report that opens with a city alone is its region's
    first = known[0] if known else None
    if (
        first is not None
        and first.code == ranked[0]
        and first.role in _LEADING
        and sentence_of[first.first] <= 1  # a dateline is a sentence of its own
        and scores[first.code] >= 1.6 * scores["KZ"]
    ):
        return first.code  # «Өзбекстанның ең ірі серіктестері»: the report of another country
    return "KZ"


def _leading_region(known: list[Side], sentence_of: list[int], scores: dict[str, float], leader: str) -> str | None:
    """The region that the report opens with, if it does not drop it again."""
    enough = 0.25 * scores[leader]
    known = [side for side in known if side.kind != "city"]
    if known and "-" in known[0].code and known[0].kind in ("place", "demonym") and scores[known[0].code] >= enough:
        return known[0].code
    for side in known:
        if sentence_of[side.first] > 1:  # a dateline is a sentence of its own
            break
        if "-" in side.code and side.kind == "place" and side.role in _LEADING and scores[side.code] >= enough:
            return side.code
    return None


def _leading_country(known: list[Side], scores: dict[str, float], ranked: list[str]) -> str:
    """The side named most; rather a country than a group, and rather the first named where it comes near."""
    home = ranked[0]
    if home in GROUPS:
        country = next((code for code in ranked if code not in GROUPS), None)
        if country and scores[country] >= 0.6 * scores[home]:
            home = country
    first = known[0] if known else None
    enough = 0.68 if first is not None and first.role in _ACTING else 0.75
    if first is not None and first.kind != "city" and scores[first.code] >= enough * scores[home]:
        return first.code
    return home
