"""How likely a claim is right in every slot: a logistic sum over what reading it took.

The weights stand in confidence.json; `tools/train_confidence.py` learns them from the public evaluation records.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import msgspec

from ..model import Claim


class _Weights(msgspec.Struct, frozen=True):
    bias: float
    weights: dict[str, float]


@cache
def _load() -> _Weights:
    return msgspec.json.decode(Path(__file__).with_name("confidence.json").read_bytes(), type=_Weights)


def count_sides(claims: Sequence[Claim]) -> int:
    """How many sides the claims of a report name."""
    return len({other.partner for other in claims} | {other.reporter for other in claims})


def join_signs(claims: Sequence[Claim], signs: Sequence[str], number: int, lang: str, sides: int) -> Iterator[str]:
    """The signs of claim `number` with those that its report gives: its slots, its neighbours, how crowded it is.

    `sides` is `count_sides(claims)`, counted once for all.
    """
    claim = claims[number]
    yield from signs
    yield f"lang: {lang}"
    yield f"figure: {claim.kind}"
    yield f"about: {claim.indicator}"
    yield f"said as: {claim.modality}"
    yield f"time: {'none' if claim.period is None else 'open' if None in claim.period else 'closed'}"
    yield f"partner: {claim.partner if claim.partner in (None, 'WORLD') else 'named'}"
    yield f"sides claimed: {min(sides, 6)}"
    yield f"claims: {min(len(claims) // 4, 5)}"
    if number:
        before = claims[number - 1]
        yield f"same pair as before: {(before.reporter, before.partner) == (claim.reporter, claim.partner)}"
        yield f"same time as before: {before.period == claim.period}"


def rate(claims: Sequence[Claim], signs: Sequence[Sequence[str]], lang: str) -> tuple[Claim, ...]:
    """The same claims, each with its confidence in [0, 1]; `signs` has those of each claim."""
    model, sides = _load(), count_sides(claims)
    rated = []
    for number, claim in enumerate(claims):
        found = join_signs(claims, signs[number], number, lang, sides)
        total = model.bias + math.fsum(model.weights.get(sign, 0.0) for sign in found)
        rated.append(msgspec.structs.replace(claim, confidence=round(1 / (1 + math.exp(-total)), 3)))
    return tuple(rated)
