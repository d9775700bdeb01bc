"""Atoms of time joined to mentions: «январь–сентябрь» and «2022 года» are one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..lexicon import lookup
from .atoms import Atom, find_atoms
from .view import View

RELATIVE = frozenset(("last-year", "this-year", "next-year", "year-to-date", "end-of-year", "previous-year"))
_PARTS = frozenset(("month", "months", "quarter", "half", "count"))


class Group(NamedTuple):
    """The atoms of one mention, and what a mention is made from."""

    atoms: tuple[Atom, ...]
    first: int
    last: int
    kinds: frozenset[str]
    values: frozenset[str]  # of when and compare
    year: int | None

    def of_kind(self, *kinds: str) -> list[Atom]:
        return [atom for atom in self.atoms if atom.kind in kinds]


def _make_group(atoms: list[Atom]) -> Group:
    kinds = frozenset(atom.kind for atom in atoms)
    values = frozenset(atom.value for atom in atoms if atom.value)
    year = next((atom.number for atom in atoms if atom.kind == "year"), None)
    return Group(tuple(atoms), atoms[0].first, atoms[-1].last, kinds, values, year)


def group_atoms(view: View) -> Iterator[list[Group]]:
    """The groups of each sentence."""
    atoms = list(find_atoms(view))
    at = 0
    for first, stop in view.context.sentences:
        groups: list[list[Atom]] = []
        while at < len(atoms) and atoms[at].first < first:
            at += 1  # a paragraph in another language
        while at < len(atoms) and atoms[at].first < stop:
            if groups and _joins(view, groups[-1], atoms[at]):
                groups[-1].append(atoms[at])
            else:
                groups.append([atoms[at]])
            at += 1
        yield [_make_group(group) for group in groups]


def _joins(view: View, group: list[Atom], atom: Atom) -> bool:
    """Does the atom continue the mention: only small words between, and it adds something?"""
    left, kinds = group[-1], {a.kind for a in group}
    gap = range(left.last + 1, atom.first)
    if left.kind == "season" and atom.kind in ("month", "months"):
        return all(view.words[i] in ("(", ",") for i in gap)  # «2022/23 МГ (июль–ноябрь)»
    if len(gap) > 3 or not all(is_small(view, i) for i in gap):
        return False
    if left.kind == atom.kind == "year" and not _spans(view, left, atom):
        return False
    fits = _JOINED.get(atom.kind)
    return fits is not None and fits(group, left, kinds, len(gap), atom)


def _spans(view: View, left: Atom, right: Atom) -> bool:
    """«с 2019 по 2021 год», "from 2019 to 2021", «2019 жылдан 2021 жылға дейін»."""
    if view.lang == "kk":
        return right.first == left.last + 1 and case_at(view, left) == "abl" and view.cue(right.last + 1, "toward")
    return (
        right.first == left.last + 2
        and view.cue(left.last + 1, "until", "pair-to")
        and view.cue(left.first - 1, "since", "pair-from")
    )


def case_at(view: View, atom: Atom) -> str | None:
    """The case of a Kazakh atom: of its last word, or of the ending that hangs on it."""
    last = atom.last
    for i in range(last, atom.first - 1, -1):
        hit = view.hits[i]
        if hit is not None and hit.last == last:
            return next((sense.case for sense in hit.senses if sense.case), None)
    return ending_of(view.words[last]) if view.kinds[last] == "word" else None


def ending_of(word: str) -> str | None:
    """The case that the last letters of a Kazakh word look like: «-дан», «-ға»."""
    for size in (3, 2):
        senses = lookup("kk", "-" + word[-size:])
        if senses:
            return senses[0].value
    return None


def is_small(view: View, i: int) -> bool:
    """A word that may stand inside a mention of time: «в», «ішінде», "of the", a dash, «года», «ай»."""
    if view.is_dash(i) or view.words[i] == "." or view.cue(i, "connector"):
        return True
    return view.has(i, "calendar", "year", "month") or view.has(i, "duration", "year", "month")


def _joins_year(group: list[Atom], left: Atom, kinds: set[str], gap: int, atom: Atom) -> bool:
    if kinds & {"year", "years"}:
        return kinds == {"year"} and len(group) == 1 and atom.kind == "year"  # if `_joins` finds them to be a span
    halves = any(a.kind == "when" and a.value.startswith("half") for a in group)
    return halves or bool(kinds & (_PARTS | {"day", "compare"}))


def _joins_month(group: list[Atom], left: Atom, kinds: set[str], gap: int, atom: Atom) -> bool:
    if left.kind == "month" and not gap:
        return False
    return left.kind in ("month", "year", "when", "count") and sum(a.kind == "month" for a in group) < 2


def _joins_months(group: list[Atom], left: Atom, kinds: set[str], gap: int, atom: Atom) -> bool:
    return left.kind in ("year", "when", "compare")


def _joins_part(group: list[Atom], left: Atom, kinds: set[str], gap: int, atom: Atom) -> bool:
    return left.kind in ("year", "when", "compare") and not kinds & {"quarter", "half", "count", "month"}


def _joins_when(group: list[Atom], left: Atom, kinds: set[str], gap: int, atom: Atom) -> bool:
    if atom.value.startswith("half"):
        return left.kind in ("year", "when") and not kinds & {"half", "count", "quarter"}
    if left.kind == "when":
        return not {left.value, atom.value} <= RELATIVE and "year" not in kinds and atom.value != "today"
    return left.kind in _PARTS | {"compare", "day"} and "year" not in kinds and atom.value != "today"


def _joins_compare(group: list[Atom], left: Atom, kinds: set[str], gap: int, atom: Atom) -> bool:
    return atom.value == "same-period" and left.kind in ("year", "when", "compare")


def _joins_day(group: list[Atom], left: Atom, kinds: set[str], gap: int, atom: Atom) -> bool:
    return left.kind in ("year", "when") or (left.kind == "day" and sum(a.kind == "day" for a in group) < 2)


_JOINED = {
    "year": _joins_year, "years": _joins_year, "month": _joins_month, "months": _joins_months, "quarter": _joins_part,
    "half": _joins_part, "count": _joins_part, "when": _joins_when, "compare": _joins_compare, "day": _joins_day,
}  # fmt: skip
