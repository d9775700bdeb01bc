"""The official yearly totals that ship with the package: Kazakhstan by main partner, and the partners' own figures.

A small table made by hand from the publications named in its `source` and `vintage` columns, in millions of US dollars
to one decimal. It answers for a cell when the store has nothing, and shows whether a file's unit is off.
"""

from __future__ import annotations

import datetime as dt
import math
import statistics
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from .areas import load_table

MILLION = Decimal(1_000_000)


class Total(NamedTuple):
    """One yearly figure in US dollars."""

    reporter: str
    partner: str
    flow: str
    year: int
    value: Decimal
    source: str
    vintage: dt.date


@cache
def load_totals() -> dict[tuple[str, str, str, int], Total]:
    """The table by (reporter, partner, flow, year)."""
    found = {}
    for row in load_table("official.csv"):
        total = Total(
            row["reporter"], row["partner"], row["flow"], int(row["year"]), Decimal(row["value_musd"]) * MILLION,
            row["source"], dt.date.fromisoformat(row["vintage"]),
        )  # fmt: skip
        found[total[:4]] = total
    return found


def find_total(reporter: str, partner: str, flow: str, year: int) -> Total | None:
    """The figure that ships with the package for a cell, or None."""
    return load_totals().get((reporter, partner, flow, year))


def find_power(ratio: float, *, tolerance: float = 0.05) -> int | None:
    """The power of ten (not 0) that a ratio is, within a factor of 10^tolerance; else None.

    >>> find_power(841.9 / 80)
    1
    """
    if ratio <= 0:
        return None
    power = math.log10(ratio)
    nearest = round(power)
    return nearest if nearest and abs(power - nearest) <= tolerance else None


def find_unit_slip(cells: Iterable[Sequence[object]]) -> tuple[int, str] | None:
    """Whether figures (reporter, flow, year, partner, value) are a power of ten off the known ones.

    Compares with the table directly and with the other side's figure; the median ratio decides, so that a single odd
    cell does not. Gives the power and an example.
    """
    ratios: list[tuple[float, str]] = []
    for reporter, flow, year, partner, value in cells:
        known = _known(str(reporter), str(flow), int(str(year)), str(partner))
        number = Decimal(str(value))
        if known and known > MILLION and number > 0:
            text = f"{reporter} {flow} {partner} {year} is {number / MILLION:,.1f} mln, known is {known / MILLION:,.1f}"
            ratios.append((float(number / known), text))
    if not ratios:
        return None
    middle = statistics.median(ratio for ratio, _ in ratios)
    power = find_power(middle, tolerance=0.3)
    if power is None:
        return None
    return power, min(ratios, key=lambda pair: abs(math.log(pair[0] / middle)))[1]


def _known(reporter: str, flow: str, year: int, partner: str) -> Decimal | None:
    total = find_total(reporter, partner, flow, year)
    total = total or find_total(partner, reporter, "M" if flow == "X" else "X", year)
    return total.value if total else None
