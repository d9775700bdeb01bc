"""What a stage makes of a lexicon hit's senses, made once: the lexicon hands out the same tuple for the same words."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from ainalym.lexicon import Sense

_T = TypeVar("_T")
_LIMIT = 200_000


def per_senses(make: Callable[[tuple[Sense, ...]], _T]) -> Callable[[tuple[Sense, ...]], _T]:
    """The function with a memory by the identity of its argument, which is faster than hashing all its senses.

    The tuple is kept with the result, so that its address cannot be given to another one meanwhile.
    """
    known: dict[int, tuple[tuple[Sense, ...], _T]] = {}

    def find(senses: tuple[Sense, ...]) -> _T:
        entry = known.get(id(senses))
        if entry is not None and entry[0] is senses:
            return entry[1]
        if len(known) >= _LIMIT:
            known.clear()
        result = make(senses)
        known[id(senses)] = (senses, result)
        return result

    return find
