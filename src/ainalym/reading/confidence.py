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


def find_signs(claims: Sequence[Claim], number: int, lang: str) -> Iterator[str]:
    """What speaks for or against the claim `number` of a report: its trace, its slots, and how crowded the report is."""
    claim = claims[number]
    yield from claim.trace
    yield f"lang: {lang}"
    yield f"kind of figure: {claim.kind}"
    yield f"about: {claim.indicator}"
    yield f"said as: {claim.modality}"
    yield f"time: {'none' if claim.period is None else 'open' if None in claim.period else 'closed'}"
    partner = claim.partner
    yield f"partner: {'none' if partner is None else 'world' if partner == 'WORLD' else 'named'}"
    partners = len({other.partner for other in claims} | {other.reporter for other in claims})
    yield f"sides in the report: {min(partners, 6)}"
    yield f"claims in the report: {min(len(claims) // 4, 5)}"
    yield f"place in the report: {min(number // 3, 4)}"
    if number:
        before = claims[number - 1]
        yield f"pair of the claim before: {(before.reporter, before.partner) == (claim.reporter, claim.partner)}"
        yield f"time of the claim before: {before.period == claim.period}"


def rate(claims: Sequence[Claim], lang: str) -> tuple[Claim, ...]:
    """The same claims, each with its confidence in [0, 1]."""
    model = _load()
    rated = []
    for number, claim in enumerate(claims):
        total = model.bias + math.fsum(model.weights.get(sign, 0.0) for sign in find_signs(claims, number, lang))
        rated.append(msgspec.structs.replace(claim, confidence=round(1 / (1 + math.exp(-total)), 3)))
    return tuple(rated)
