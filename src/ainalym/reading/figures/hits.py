"""The lexicon hits that bear on figures."""

from __future__ import annotations

from collections.abc import Iterator

from ...lexicon import Hit, Sense, lookup
from ..context import Context
from ..memo import per_senses

_FIGURE_KINDS = frozenset((
    "indicator", "flow", "change", "share", "rank", "extent", "modality", "reach", "part", "hedge", "product", "top",
    "ordinal", "order", "times", "compare", "anaphora", "rank-cue", "place", "demonym", "capital", "city", "currency",
    "subunit", "unit", "scale", "number", "month", "fraction", "multiplier", "amount", "duration", "calendar", "when",
    "place-head", "organisation",
))  # fmt: skip


@per_senses
def _bears(senses: tuple[Sense, ...]) -> bool:
    return any(sense.kind in _FIGURE_KINDS for sense in senses)


def figure_hits(context: Context) -> list[Hit]:
    """The hits that bear on figures; phrases of other vocabularies ("want it at") are opened to the words inside."""
    kept: list[Hit] = []
    for hit in context.hits:
        if hit[0] == hit[1] or _bears(hit[2]):
            kept.append(hit)
        else:
            kept.extend(_open(context, hit))
    return kept


def _open(context: Context, hit: Hit) -> Iterator[Hit]:
    """The longest shorter phrases inside a hit, left to right."""
    i = hit.first
    while i <= hit.last:
        for j in range(hit.last - (i == hit.first), i - 1, -1):
            senses = lookup(context.lang, " ".join(token.folded for token in context.tokens[i : j + 1]))
            if _bears(senses):
                yield Hit(i, j, senses)
                i = j
                break
        i += 1
