"""Checks claims against each other and says what was found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from fractions import Fraction
from math import inf
from typing import cast

from msgspec.structs import replace

from ..model import Comparison, Figure, Finding, Implied, Kind, Reading
from .cells import Cell, Evidence, Ranking, find_evidence, load_flows
from .conflicts import (
    find_clash,
    natural_range,
    shrink,
    split_claims,
    stated_range,
)
from .explain import Explainer, mirror_percent, quotient
from .intervals import Interval, Number, load_hedges
from .judgement import (
    FULL_TRUST,
    Severity,
    Verdict,
    find_doubtful,
    is_one_quantity,
    is_possible,
    judge,
    judge_comparison,
    widen,
)
from .languages import Notes
from .official import CompareOf, Official, OfficialOf
from .propagation import Conflict, Outcome, Product, Range, Relation, Sum, find_sources, find_used, propagate
from .ranks import Disorder, find_disorder
from .relations import Mirror, find_mirrors, find_relations, mirror_band
from .remainders import find_remainders
from .undated import find_steps

_TIGHT = Fraction(1, 5)  # an implied figure is told when its interval is no wider than this part of it
_MOST_FIGURES = 10  # a finding of agreement names no more figures than a reader would look at
_MOST_TIMES = 3  # that a part by weight may exceed what the report gives as its whole
_LEAST_TRUST = 0.2  # below this the reader itself doubts the claims too much to accuse anybody
# What a cell measures, in the words of claims.
_KINDS: dict[str, Kind] = {"level": "level", "ratio": "multiple", "difference": "difference", "share": "share"}
_OUTWARD = (Context(prec=12, rounding=ROUND_FLOOR), Context(prec=12, rounding=ROUND_CEILING))


def check(
    readings: Sequence[Reading], *, official: OfficialOf | None = None, compare: CompareOf | None = None,
    lang: str = "en",
) -> list[Finding]:  # fmt: skip
    """What the figures of the reports say of each other: contradictions first, then what they imply, then agreement.

    `official` gives official figures for a cell, `compare` the verdict of official statistics on a claim; `lang` is
    the language of the sentences (kk, ru or en). Nothing is read or written. The same readings always give the same
    findings.
    """
    return _Check(readings, Explainer(readings, lang)).run(official, compare)


def check_once(
    readings: Sequence[Reading], *, official: OfficialOf | None = None
) -> tuple[list[Finding], Callable[[Finding, str], Finding]]:
    """The findings of `check`, not yet in words, and what puts one of them into words of a language.

    Checking takes longer than telling: who needs several languages, or the words of few findings, checks once.
    """
    notes = Notes(readings)
    return _Check(readings, cast("Explainer", notes)).run(official, None), notes.tell


class _Check:
    """One run: the claims by cell, the relations between the cells, and what they left."""

    def __init__(self, readings: Sequence[Reading], text: Explainer) -> None:
        self.readings = readings
        self.text = text
        self.stated: dict[Cell, list[Evidence]] = defaultdict(list)
        self.by_reading: dict[int, list[Evidence]] = defaultdict(list)
        self.rankings: list[Ranking] = []
        for item in find_evidence(readings):
            if isinstance(item, Ranking):
                self.rankings.append(item)
            elif is_possible(item):
                self.stated[item.cell].append(item)
                self.by_reading[item.reading].append(item)
        self.standing: dict[Cell, list[Evidence]] = {}
        self.ranges: dict[Cell, Range] = {}
        self.troubled: set[Relation] = set()
        self.relations: list[Relation] = []
        self.accused: set[tuple[int, int]] = set()

    def run(self, official: OfficialOf | None, compare: CompareOf | None) -> list[Finding]:
        clashes = list(self._check_cells())
        self.relations = find_relations(self.standing)
        outcome = self._propagate()
        clashes += self._check_relations(outcome)
        clashes += [self._tell_disorder(disorder) for disorder in find_disorder(self.rankings, self.standing)]
        clashes += self._check_remainders()
        clashes += self._check_undated()
        mirrors = [self._tell_mirror(mirror) for mirror in find_mirrors(self.standing)]
        compared = list(self._check_official(official)) if official else []
        compared += self._check_statistics(compare) if compare else ()
        implied = list(self._tell_implied(outcome))
        agreed = [*self._tell_same(), *self._tell_holding()]
        order = {"contradicts": 0, "reports disagree": 1, "implies": 2, "consistent": 3, "no data": 4}
        weight = {"error": 0, "warning": 1, "note": 2}
        found = [finding for finding in (*clashes, *compared, *mirrors, *implied, *agreed) if finding is not None]
        return sorted(found, key=lambda finding: (order[finding.verdict], weight[finding.severity]))

    # Claims on one cell.

    def _check_cells(self) -> Iterator[Finding | None]:
        for cell, stated in self.stated.items():
            bounds = stated_range(cell, stated)
            if bounds.low.value <= bounds.high.value:
                self.standing[cell], self.ranges[cell] = stated, bounds
            elif is_one_quantity(cell):
                doubtful = find_doubtful(cell, stated)
                split = split_claims([evidence for evidence in stated if evidence.reading not in doubtful])
                if split.agreed:
                    self.standing[cell], self.ranges[cell] = split.agreed, stated_range(cell, split.agreed)
                for pair in split.clashes:
                    yield self._accuse(list(pair), [])
            # Else they may be of two years, by two routes, of two firms: then none is used.

    # Claims on cells that relations tie.

    def _propagate(self) -> Outcome:
        known: dict[Cell, Range] = {}
        for relation in self.relations:
            for cell in relation.cells:
                if cell not in known:
                    known[cell] = self.ranges.get(cell) or natural_range(cell)
        return propagate(known, self.relations)

    def _check_relations(self, outcome: Outcome) -> Iterator[Finding | None]:
        """Each conflict with the smallest claims behind it; those that only echo a smaller one are left out."""
        users: dict[Cell, list[Relation]] = defaultdict(list)
        if outcome.conflicts:
            for relation in self.relations:
                for cell in relation.cells:
                    users[cell].append(relation)
        cores: dict[frozenset[tuple[int, int]], tuple[list[Evidence], list[Relation]]] = {}
        for conflict in outcome.conflicts:
            sources, used = find_sources(*conflict), find_used(*conflict)
            if any(core <= {evidence.key for evidence in sources} for core in cores):
                continue
            relations = _relations_near(sources, used, users)
            core = shrink(sources, relations)
            clash = find_clash(core, relations)
            behind = find_used(*clash) if clash else used
            if len(behind) == 1:  # of a chain, each link by itself may hold
                self.troubled.update(behind)
            cores.setdefault(frozenset(evidence.key for evidence in core), (core, relations))
        told: list[frozenset[tuple[int, int]]] = []
        for keys, (core, relations) in sorted(cores.items(), key=lambda item: (len(item[0]), sorted(item[0]))):
            if not any(len(keys & other) > 1 for other in told):
                told.append(keys)
                yield self._accuse(core, relations)

    def _accuse(self, core: list[Evidence], relations: list[Relation]) -> Finding | None:
        trust = min(evidence.said.confidence for evidence in core)
        # Two undated figures may be of two years; a sum or a rate that fails with three is another matter.
        undated = any(evidence.cell.is_undated for evidence in core)
        if trust < _LEAST_TRUST or len(core) < (3 if undated else 2) or self._has_other_base(core, relations):
            return None
        if _are_other_goods(core, relations):
            return None
        verdict, severity, end = judge(core, relations, self.readings)
        if severity == "error" and trust < FULL_TRUST:
            severity = "warning"
        if verdict == "contradicts":
            self.accused |= {evidence.key for evidence in core}
        clash = find_clash(core, relations)
        used = find_used(*clash) if clash else []
        if end == "contradicts" and used and all(isinstance(item, Sum) and not item.complete for item in used):
            end = "too_much"
        steps = [self.text.figure(evidence) for evidence in core]
        steps += self._arithmetic(core, clash, used)
        return self._finding(verdict, severity, core, steps, end)

    def _has_other_base(self, core: Sequence[Evidence], relations: Sequence[Relation]) -> bool:
        """Whether a rate of change fits another earlier figure of its report: "down threefold since 2014"."""
        rates = [evidence for evidence in core if evidence.cell.measure == "ratio"]
        if len(rates) != 1 or [relation.name for relation in relations] != ["growth"]:
            return False
        (rate,) = rates
        now = rate.cell._replace(measure="level")
        amounts = [evidence for evidence in core if evidence.cell == now]
        return any(
            quotient(amount.interval, other.interval).meets(rate.interval)
            for other in self.by_reading[rate.reading]
            if other.cell.start < now.start and other.cell._replace(start=now.start, end=now.end) == now
            for amount in amounts
        )

    def _arithmetic(self, core: Sequence[Evidence], clash: Conflict | None, used: Sequence[Relation]) -> list[str]:
        """The lines that lead from the figures to the clash."""
        if clash is None:
            return []
        cell = core[0].cell
        if not used:
            first, second = (self.text.value(cell, evidence.interval) for evidence in core)
            return [self.text.say("draw.same", cell=self.text.cell(cell), first=first, second=second)]
        if len(used) == 1:
            stated = {evidence.cell: stated_range(evidence.cell, [evidence]).interval for evidence in core}
            return [self.text.relation(used[0], lambda cell: stated.get(cell) or natural_range(cell).interval)]
        low, high = (self.text.value(clash.low.cell, Interval(bound.value, bound.value)) for bound in clash)
        end = self.text.say("draw.clash", cell=self.text.cell(clash.low.cell), low=low, high=high)
        return [*self.text.bounds([clash.low, clash.high]), end]

    # Ranks, mirrors, official figures.

    def _tell_disorder(self, disorder: Disorder) -> Finding | None:
        rankings, amounts = disorder
        claims: list[Evidence | Ranking] = [*rankings, *amounts]
        if min(item.said.confidence for item in claims) < _LEAST_TRUST:
            return None
        steps = [self.text.figure(evidence) for evidence in amounts]
        values = [self.text.value(evidence.cell, evidence.interval) for evidence in amounts]
        if len(rankings) == 2:
            first, second = (int(ranking.said.value) for ranking in rankings)
            line = self.text.say("draw.rank", first_rank=first, second_rank=second, left=values[0], right=values[1])
        else:
            place = int(rankings[0].said.value)
            line = self.text.say("draw.below", first_rank=place, left=values[0], count=place, right=values[-1])
        self.accused |= {item.key for item in claims}
        return self._finding("contradicts", "error", claims, [*steps, line], "order")

    def _check_remainders(self) -> Iterator[Finding | None]:
        for whole, parts in find_remainders(self.readings, self.by_reading):
            # The parts may belong to other flows than the whole, so each figure is a cell of its own here.
            cells = [evidence.cell._replace(local=-1 - place) for place, evidence in enumerate((whole, *parts))]
            core = [replace(evidence, cell=cell) for evidence, cell in zip((whole, *parts), cells, strict=True)]
            relation = Sum("rest", cells[0], tuple(cells[1:]), True)
            if find_clash(core, [relation]):
                yield self._accuse(core, [relation])

    def _check_undated(self) -> Iterator[Finding | None]:
        for one, other, rate in find_steps(self.readings, self.by_reading):
            # Both stand in one undated cell; told apart, the rate may fit either way.
            other = replace(other, cell=other.cell._replace(local=-1))
            back: list[Relation] = [Product("growth", one.cell, rate.cell, other.cell)]
            forth: list[Relation] = [Product("growth", other.cell, rate.cell, one.cell)]
            core = [one, other, rate]
            if find_clash(core, back) and find_clash(core, forth):
                yield self._accuse(core, forth)

    def _tell_mirror(self, mirror: Mirror) -> Finding:
        sold, bought = (self.standing[cell] for cell in mirror)
        left, right = (self.ranges[cell].interval for cell in mirror)
        short, whole = (left, right) if _is_shorter(mirror.exports, mirror.imports) else (right, left)
        if (mirror.exports.start, mirror.exports.end) == (mirror.imports.start, mirror.imports.end):
            fits = within = mirror_band(left).meets(right)
        else:  # A part of the period can only be smaller; more than the whole is for the two sides to explain.
            fits, within = short.lo <= whole.hi, short.lo <= mirror_band(whole).hi
        line = self.text.say(
            "draw.mirror",
            left=self.text.value(mirror.exports, left),
            right=self.text.value(mirror.imports, right),
            ratio=self.text.interval(quotient(right, left), plain=True),
            band=mirror_percent(),
        )
        core = [sold[0], bought[0]]
        steps = [*(self.text.figure(evidence) for evidence in core), line]
        if fits:
            return self._finding("consistent", "note", core, steps, "within")
        return self._finding("reports disagree", "note" if within else "warning", core, steps, "disagree")

    def _check_official(self, official: OfficialOf) -> Iterator[Finding]:
        """Every stated level against the official figures of its cell: it agrees with one of them or with none."""
        for cell, stated in self.stated.items():
            figures = official(cell) if cell.measure == "level" and cell.is_dated else ()
            for evidence in stated if figures else ():
                yield self._compare(evidence, figures)

    def _compare(self, evidence: Evidence, figures: Sequence[Official]) -> Finding:
        said = evidence.interval
        nearest = min(figures, key=lambda figure: _gap(said, figure.interval))
        bands = load_hedges()[1]
        revised, mirrored = (widen(nearest.interval, bands[name]) for name in ("revision", "mirror"))
        line = self.text.say(
            "draw.official",
            left=self.text.value(evidence.cell, said),
            right=self.text.value(evidence.cell, nearest.interval),
            source=nearest.source,
            vintage=nearest.vintage or "–",
        )
        steps = [self.text.figure(evidence), line]
        if said.meets(nearest.interval):
            return self._finding("consistent", "note", [evidence], steps, "consistent")
        if said.meets(revised):
            return self._finding("consistent", "note", [evidence], steps, "revision")
        if nearest.side not in (None, evidence.said.reporter) and said.meets(mirrored):
            return self._finding("reports disagree", "note", [evidence], steps, "disagree")
        return self._finding("contradicts", "error", [evidence], steps, "contradicts")

    def _check_statistics(self, compare: CompareOf) -> Iterator[Finding]:
        """Every claim of trade against official statistics, in the order of the reports."""
        claims: list[Evidence | Ranking] = [*self.rankings]
        doubtful: set[tuple[Cell, int]] = set()
        for cell, stated in self.stated.items():
            claims += stated
            doubtful |= {(cell, reading) for reading in find_doubtful(cell, stated)}
        for item in sorted(claims, key=lambda item: item.key):
            comparison = compare(item.said, item.cell.unit, self.readings[item.reading].document.published)
            finding = self._tell_comparison(item, comparison)
            # Of two figures that look like one, the reader missed what the second is of: it accuses nobody.
            if finding and not (finding.verdict == "contradicts" and (item.cell, item.reading) in doubtful):
                yield finding

    def _tell_comparison(self, item: Evidence | Ranking, comparison: Comparison) -> Finding | None:
        said = item.said
        if comparison.answer == "no data" and not _is_of_trade(item):
            return None
        text = self.readings[item.reading].document.text
        verdict, severity = judge_comparison(said, comparison, text)
        if verdict == "contradicts" and said.confidence < _LEAST_TRUST:
            return None
        if severity == "error":
            self.accused.add(item.key)
        read = self.text.figure(item) if isinstance(item, Evidence) else self.text.cell(item.cell)
        why = f"{self.text.cell(item.cell)}: {comparison.why}"
        return Finding(verdict, severity, why, (read, why), self._figures([item]), comparison=comparison)

    # What follows, and what agrees.

    def _tell_implied(self, outcome: Outcome) -> Iterator[Finding]:
        """Figures that nobody printed but that the printed ones fix to within a fifth."""
        for cell, bounds in outcome.ranges.items():
            low, high = bounds.low.value, bounds.high.value
            if cell in self.stated or high == inf or low <= 0 or high - low > _TIGHT * high:
                continue
            sources = find_sources(bounds.low, bounds.high)
            if len(sources) < 2 or any(evidence.key in self.accused for evidence in sources):
                continue
            steps = [self.text.figure(evidence) for evidence in sources]
            steps += self.text.bounds([bounds.low, bounds.high])
            line = self.text.say(
                "draw.range", cell=self.text.cell(cell), interval=self.text.value(cell, bounds.interval)
            )
            yield self._finding("implies", "note", sources, [*steps, line], "implied", _implied(cell, low, high))

    def _tell_same(self) -> Iterator[Finding]:
        for cell, stated in self.standing.items():
            if len(stated) < 2 or not is_one_quantity(cell):
                continue
            interval = self.text.value(cell, self.ranges[cell].interval)
            line = self.text.say("draw.range", cell=self.text.cell(cell), interval=interval)
            end = self.text.say("end.reports", count=len(stated))
            yield Finding("consistent", "note", f"{line}: {end}", (line,), self._figures(stated[:_MOST_FIGURES]))

    def _tell_holding(self) -> Iterator[Finding]:
        """Relations whose cells are all printed and that hold."""
        for relation in self.relations:
            cells = relation.cells
            if relation in self.troubled or any(cell not in self.standing for cell in cells):
                continue
            core = [self.standing[cell][0] for cell in cells]
            line = self.text.relation(relation, lambda cell: self.ranges[cell].interval)
            steps = [*(self.text.figure(evidence) for evidence in core), line]
            yield self._finding("consistent", "note", core, steps, "consistent")

    # Findings.

    def _finding(
        self,
        verdict: Verdict,
        severity: Severity,
        claims: Sequence[Evidence | Ranking],
        steps: Sequence[str],
        end: str,
        implied: Implied | None = None,
    ) -> Finding:
        why = f"{steps[-1]}: {self.text.say(f'end.{end}')}" if steps else self.text.say(f"end.{end}")
        return Finding(verdict, severity, why, tuple(steps), self._figures(claims), implied)

    def _figures(self, claims: Iterable[Evidence | Ranking]) -> tuple[Figure, ...]:
        return tuple(self._figure(item) for item in sorted(claims, key=lambda item: item.key))

    def _figure(self, item: Evidence | Ranking) -> Figure:
        span, document = item.said.evidence, self.readings[item.reading].document
        return Figure(document.id, span.start, span.end, span.quote, item.claim)


def _relations_near(
    sources: Sequence[Evidence], used: Sequence[Relation], users: Mapping[Cell, Sequence[Relation]]
) -> list[Relation]:
    """The relations behind a conflict, and the others that lie wholly among the same cells."""
    cells = {cell for relation in used for cell in relation.cells} | {evidence.cell for evidence in sources}
    near = dict.fromkeys(used)
    for cell in cells:
        near.update(dict.fromkeys(relation for relation in users[cell] if cells.issuperset(relation.cells)))
    return list(near)


def _is_of_trade(item: Evidence | Ranking) -> bool:
    """Whether official statistics of trade could be expected to have the figure, so that their silence is told."""
    cell = item.cell
    known = cell.flow in load_flows().comparable and cell.a is not None and cell.b is not None and cell.product is None
    return known and (isinstance(item, Ranking) or cell.measure == "share" or cell.unit == "USD")


def _gap(one: Interval, other: Interval) -> Number:
    return max(one.lo - other.hi, other.lo - one.hi, 0)


def _is_shorter(one: Cell, other: Cell) -> bool:
    return (one.end - one.start) <= (other.end - other.start)


def _implied(cell: Cell, low: Number, high: Number) -> Implied:
    """The implied interval in decimals, rounded outward. A ratio is told as a multiple."""
    bounds = [
        context.divide(Decimal(value.numerator), Decimal(value.denominator))
        for context, value in zip(_OUTWARD, (low, high), strict=True)
        if not isinstance(value, float)
    ]
    kind = _KINDS[cell.measure]
    unit = {"ratio": "ratio", "share": "fraction"}.get(cell.measure, cell.unit)
    period = (cell.start, cell.end) if cell.is_dated else None
    return Implied(cell.flow, cell.a, cell.b, cell.product, period, kind, bounds[0], bounds[1], unit)


def _are_other_goods(core: Sequence[Evidence], relations: Sequence[Relation]) -> bool:
    """A weight far above its "whole" is of other goods of that name: iron ore and manganese ore, both read as ore."""
    if len(core) != 2 or [relation.name for relation in relations] != ["member"]:
        return False
    if core[0].cell.unit is None or core[0].cell.unit.isupper():
        return False
    low, high = sorted((evidence.interval for evidence in core), key=lambda interval: interval.lo)
    return low.hi * _MOST_TIMES < high.lo
