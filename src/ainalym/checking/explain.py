"""The arithmetic of a finding in words: Kazakh, Russian or English. The sentences stand in explain/*.toml."""

from __future__ import annotations

import calendar
import tomllib
from collections.abc import Callable, Iterable, Sequence
from decimal import Context, Decimal
from fractions import Fraction
from functools import cache
from importlib.resources import files
from math import inf

from ..errors import UsageError
from ..model import Reading
from .cells import Cell, Evidence
from .intervals import Interval, Number, divide, is_loose, load_hedges
from .propagation import Bound, Product, Relation, Step, Sum

LANGS = ("kk", "ru", "en")

_SHOWN = Context(prec=6)
_SCALES = (("milliard", 10**9), ("million", 10**6), ("thousand", 10**3))
IntervalOf = Callable[[Cell], Interval]


@cache
def _sentences(lang: str) -> dict[str, str]:
    if lang not in LANGS:
        raise UsageError(f"no sentences in the language {lang!r}; there are {', '.join(LANGS)}")
    text = files(__package__).joinpath("explain", f"{lang}.toml").read_text(encoding="utf-8")
    return {f"{section}.{key}": value for section, rows in tomllib.loads(text).items() for key, value in rows.items()}


class Explainer:
    """Writes cells, intervals, relations and bounds in one language; `readings` give the names of the documents."""

    def __init__(self, readings: Sequence[Reading], lang: str) -> None:
        self.readings = readings
        self.sentences = _sentences(lang)

    def say(self, key: str, **values: object) -> str:
        return self.sentences[key].format(**values)

    def number(self, value: Number) -> str:
        """At most six digits that count."""
        if isinstance(value, float):
            return "−∞" if value < 0 else "∞"
        shown = _SHOWN.divide(Decimal(value.numerator), Decimal(value.denominator)).normalize()
        return f"{shown:f}".replace(".", self.sentences["number.decimal"]).replace("-", "−")

    def interval(self, interval: Interval, unit: str | None = None, *, plain: bool = False) -> str:
        """[2.2, 2.4] bn USD: both bounds in one scale that suits them; without scale words when `plain`."""
        size = max(bound if bound >= 0 else -bound for bound in interval)
        name, scale = "", 1
        for key, power in () if plain else _SCALES:
            if power <= size < inf:
                name, scale = self.sentences[f"number.{key}"], power
                break
        low, high = (bound if isinstance(bound, float) else Fraction(bound, scale) for bound in interval)
        text = self.number(low) if low == high else f"[{self.number(low)}; {self.number(high)}]"
        return " ".join(part for part in (text, name, unit) if part)

    def value(self, cell: Cell, interval: Interval) -> str:
        """An interval in the unit of a cell; ratios and shares have none."""
        if cell.measure in ("ratio", "share"):
            return self.interval(interval, plain=True)
        return self.interval(interval, cell.unit)

    def cell(self, cell: Cell) -> str:
        arrow = "→" if cell.flow in ("exports", "investment", "tourism", "companies") else "–"
        arrow = "←" if cell.flow == "imports" else arrow
        sides = f"{cell.a or '?'}{arrow}{cell.b or '?'}"
        label = " ".join(filter(None, (self.say(f"flow.{cell.flow}"), sides, cell.product, _period(cell))))
        return label if cell.measure == "level" else self.say(f"measure.{cell.measure}", cell=label)

    def figure(self, evidence: Evidence) -> str:
        """How one printed figure is read."""
        hedge: str = evidence.said.bound
        if hedge == "exact" and is_loose(evidence.said):
            hedge = "words"
        return self.say(
            "read.figure",
            quote=evidence.said.surface,
            document=self.readings[evidence.reading].document.id,
            cell=self.cell(evidence.cell),
            interval=self.value(evidence.cell, evidence.interval),
            hedge=self.say(f"bound.{hedge}"),
        )

    def relation(self, relation: Relation, of: IntervalOf) -> str:
        """A relation as arithmetic over the intervals of its cells."""
        if isinstance(relation, Product):
            return self._product(relation, of)
        return self._sum(relation, of)

    def _product(self, relation: Product, of: IntervalOf) -> str:
        out, base = of(relation.out), of(relation.base)
        return self.say(
            f"draw.{relation.name}",
            out=self.value(relation.out, out),
            base=self.value(relation.base, base),
            left=self.interval(quotient(out, base), plain=True),
            right=self.value(relation.ratio, of(relation.ratio)),
        )

    def _sum(self, relation: Sum, of: IntervalOf) -> str:
        whole, terms = relation.whole, [of(part) for part in relation.parts]
        if relation.name in ("balance", "difference"):
            # Told as the subtraction that readers know: exports - imports, now - before.
            known, said = relation.parts
            left, right = _minus(of(whole), of(known)), of(said)
            parts = f"{self.value(whole, of(whole))} − {self.value(known, of(known))}"
        else:
            left, right = _add(terms), of(whole)
            parts = " + ".join(self.value(whole, term) for term in terms)
        return self.say(
            f"draw.{relation.name}",
            parts=parts,
            left=self.value(whole, left),
            right=self.value(whole, right),
            part=self.cell(relation.parts[0]),
            whole=self.cell(whole),
        )

    def bounds(self, bounds: Iterable[Bound]) -> list[str]:
        """The narrowings that led to bounds, the earliest first, each once."""
        lines: dict[str, None] = {}
        for step in _steps(bounds):
            name = "draw.low" if step.is_low else "draw.high"
            value = self.value(step.cell, Interval(step.value, step.value))
            lines.setdefault(self.say(name, cell=self.cell(step.cell), value=value))
        return list(lines)


def _steps(bounds: Iterable[Bound]) -> list[Step]:
    found: list[Step] = []
    waiting, seen = list(bounds), set[int]()
    while waiting:
        bound = waiting.pop()
        if isinstance(bound, Step) and id(bound) not in seen:
            seen.add(id(bound))
            found.append(bound)
            waiting.extend(bound.causes)
    return found[::-1]


def _add(intervals: Iterable[Interval]) -> Interval:
    low: Number = 0
    high: Number = 0
    for interval in intervals:
        low, high = low + interval.lo, high + interval.hi
    return Interval(low, high)


def quotient(out: Interval, base: Interval) -> Interval:
    """The quotients of two ranges of amounts; open above when the base may be zero."""
    low = divide(out.lo, base.hi) if base.hi not in (0, inf) else 0
    return Interval(low, divide(out.hi, base.lo) if base.lo > 0 and out.hi != inf else inf)


def _minus(one: Interval, other: Interval) -> Interval:
    return Interval(one.lo - other.hi, one.hi - other.lo)


def _period(cell: Cell) -> str:
    """2023, 2022-01/2022-09, 2024-03, or the dates; nothing when unknown."""
    if not cell.is_dated:
        return ""
    start, end = cell.start, cell.end
    if start.day != 1 or end.day != calendar.monthrange(end.year, end.month)[1]:
        return f"{start}/{end}"
    if (start.month, end.month) == (1, 12):
        return str(start.year) if start.year == end.year else f"{start.year}–{end.year}"
    first, last = f"{start.year}-{start.month:02}", f"{end.year}-{end.month:02}"
    return first if first == last else f"{first}/{last}"


def mirror_percent() -> str:
    return f"{float(load_hedges()[1]['mirror']):.0%}"
