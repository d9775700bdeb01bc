"""What a mention of time is to its sentence, from the words around: own, by, since or base."""

from __future__ import annotations

from typing import NamedTuple

from .atom_groups import Group, case_at, ending_of, is_small
from .view import FAMILIES, View

_POINTS = ("start", "middle", "end")


class Lead(NamedTuple):
    """The small words before a mention: token of the word that governs it, and the point it names («к концу»)."""

    at: int
    point: str


def find_lead(view: View, group: Group) -> Lead:
    """Steps back over articles and «начала», «середине», "the end of"."""
    at, point = group.first - 1, "middle" if view.has(group.first, "cue", "middle") else ""
    while view.cue(at, "article"):
        at -= 1
    named = next((point for point in _POINTS if view.cue(at, point)), "")
    if named:
        point, at = named, at - 1
        while view.cue(at, "article"):
            at -= 1
    return Lead(at, point)


def _is_compared_before(view: View, first: int) -> bool:
    """«по сравнению с», «против», "than in" before the mention, with small words between at most."""
    for i in range(max(0, first - 4), first):
        if view.has(i, "compare", "base") and view.last(i) < first:
            return all(is_small(view, j) or view.cue(j, "article") for j in range(view.last(i) + 1, first))
    return False


def _is_measured_to(view: View, first: int) -> bool:
    """«к уровню 2016-го», «к аналогичному показателю 2020 года»: «к» and its noun before the mention."""
    for back in range(2, 5):
        at = first - back
        if at < 0 or view.kinds[at + 1] != "word" or view.cue(at + 1, "preposition", *_POINTS):
            return False
        if view.cue(at, "toward"):
            return True
    return False


def _role_ru(view: View, group: Group, *, future: bool) -> str:
    if _is_compared_before(view, group.first) or _is_measured_to(view, group.first):
        return "base"
    if view.cue(group.last, "of-last-year") and (
        view.kinds[group.last + 1] != "word" or is_small(view, group.last + 1)
    ):
        return "base"  # «больше прошлогоднего на 5%», but «прошлогодний урожай»
    lead = find_lead(view, group)
    if view.cue(lead.at, "toward"):
        if lead.point in ("middle", "end"):
            return "by" if future else "own"
        return "by" if future and lead.point != "start" else "base"
    if view.cue(lead.at, "by"):
        return "by"
    if view.cue(lead.at, "since") and not view.cue(group.last + 1, "until"):
        if lead.point:
            return "since"
        if len(group.atoms) == 1 and group.kinds & {"year", "years"}:
            recorded = any(view.cue(i, "record") for i in range(max(0, group.first - 4), group.first))
            return "base" if recorded else "since"
        if group.kinds <= {"day", "month", "year"} and len(group.of_kind("day", "month")) == 1:
            return "since"
    return "own"


def _role_en(view: View, group: Group, *, future: bool) -> str:
    if _is_compared_before(view, group.first):
        return "base"
    lead, near = find_lead(view, group), group.first - 1
    if view.cue(lead.at, "by"):
        return "own" if lead.point in ("middle", "end") and not future else "by"
    if view.cue(lead.at, "since"):
        return "since"
    if view.cue(near, "connector") and view.cue(near - 1, "measured"):
        return "base"  # "more than in 2003"
    if view.cue(lead.at, "measured") or (near != lead.at and view.cue(lead.at, "measured-the")):
        return "base"
    alone = len(group.atoms) == 1 and (group.year is not None or "last-year" in group.values)
    return "base" if alone and view.cue(near, "measured-from") else "own"


def _role_kk(view: View, group: Group, *, future: bool) -> str:
    last = group.last
    for i in range(last + 1, last + 5):
        if view.words[i] in (",", ";") or not view.words[i]:
            break
        if view.has(i, "compare", "base-after"):
            return "base"
    case, after = case_at(view, group.atoms[-1]), last + 1
    point = next((point for point in _POINTS if view.cue(after, point)), "")
    after += bool(point)
    if view.cue(after, "since"):
        return "since"
    if view.cue(after, "toward") and (case in ("dat", None) or point):
        return "by"
    if case in ("abl", "ins") or (group.atoms[-1].kind == "year" and _is_measured_against(view, last)):
        return "base"
    return "own"


def _is_measured_against(view: View, last: int) -> bool:
    """«2021 жылғы көрсеткіштен 14%-ға артық»: a noun in the ablative and a ratio behind it."""
    for i in range(last + 1, last + 4):
        if view.kinds[i] != "word":
            return False
        hit = view.hits[i]
        known = any(sense.case for sense in hit.senses) if hit else False
        if view.has(i, "place") or view.has(i, "demonym"):
            return False  # «2023 жылы Қазақстаннан 5 мың тонна»: where it came from
        ablative = any(s.case == "abl" for s in hit.senses) if hit and known else ending_of(view.words[i]) == "abl"
        if ablative:
            return any(
                view.words[j] == "%" or not view.facts[j].keys().isdisjoint(FAMILIES["amount"])
                for j in range(i + 1, i + 6)
            )
    return False


ROLES = {"kk": _role_kk, "ru": _role_ru, "en": _role_en}
