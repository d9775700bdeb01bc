"""People of a report: each person once, with the post and the country, one key in every script and language."""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

from ainalym.lexicon import Sense
from ainalym.model import Person
from ainalym.reading.context import Context
from ainalym.reading.memo import per_senses
from ainalym.reading.names.folding import neutral, person_key
from ainalym.reading.names.tagger import Tagger
from ainalym.reading.naming import Name, find_names, find_surnames, read_surname


class Mention(NamedTuple):
    """One place where a person is named: tokens `[first, stop)`, the case, the post if one stands with the name."""

    person: int
    first: int
    stop: int
    case: str | None
    role: str | None
    full: bool


class People(NamedTuple):
    """All persons of a report in the order of their first full naming, and every place that names them."""

    persons: tuple[Person, ...]
    mentions: tuple[Mention, ...]


def find_people(context: Context, tagger: Tagger | None = None) -> People:
    """The persons that the text names, and where it names them.

    Full names become persons; a later bare surname is the person of that surname; a surname that only ever stands with
    a post ("министр Қасымбек") is a person too. A tagger (`names.tagger.load_tagger()` for Kazakh in Cyrillic) adds
    persons whom the rules have no grounds for; it costs about twenty times the rules.
    """
    names, singles = find_names(context, tagger)
    if not names:
        return People((), ())
    cast = _Cast()
    for name in names:
        if name.given is not None:
            cast.add(context, name)
    for name in names:
        if name.given is None and name.post and neutral(name.family) not in cast.by_family:
            cast.add(context, name)
    families = frozenset(cast.by_family)
    if context.script == "Arab":
        taken = frozenset(i for name in names for i in range(name.first, name.stop))
        names += find_surnames(context, taken, families)
    else:
        names += [name for name in (read_surname(context, i) for i in singles) if neutral(name.family) in families]
    names.sort(key=lambda name: name.first)
    return People(tuple(cast.persons), tuple(m for name in names if (m := cast.find(name))))


class _Cast:
    """The persons met so far, by key and by surname."""

    def __init__(self) -> None:
        self.persons: list[Person] = []
        self.by_family: dict[str, int] = {}
        self.by_key: dict[str, int] = {}

    def add(self, context: Context, name: Name) -> None:
        key = person_key(name.family, name.given)
        if key in self.by_key:
            return
        self.by_key[key] = len(self.persons)
        self.by_family.setdefault(neutral(name.family), len(self.persons))
        role = context.text(name.post[0], name.post[1] + 1) if name.post else None
        side = _side(context, name)
        self.persons.append(Person(name.text, key, role, side, context.span(name.first, name.stop)))

    def find(self, name: Name) -> Mention | None:
        person = self.by_family.get(neutral(name.family))
        if name.given is not None:
            person = self.by_key.get(person_key(name.family, name.given), person)
        if person is None:
            return None
        post = name.post[2] if name.post else None
        return Mention(person, name.first, name.stop, name.case, post, name.given is not None)


@per_senses
def _code(senses: tuple[Sense, ...]) -> str | None:
    return next((sense.value for sense in senses if sense.kind in ("place", "demonym")), None)


def _side(context: Context, name: Name) -> str | None:
    """The country of the post: between the post and the name, else right before the post."""
    if name.post is None:
        return None
    first, last, _ = name.post
    low, high = (first - 4, max(name.first, last + 5)) if last < name.first else (name.stop, last + 6)
    start = bisect_left(context.hits, low, key=lambda hit: hit.last)
    stop = bisect_left(context.hits, high, key=lambda hit: hit.first)
    near = [_code(hit.senses) for hit in context.hits[start:stop]]
    return next((code for code in reversed(near) if code), None)
