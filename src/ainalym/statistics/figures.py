"""What checking asks of statistics: the official figures for a cell, of every reporter, vintage and principle at hand.

`official(flow, reporter, partner, product, period, unit)` is the whole interface. With nothing in the store, or without
DuckDB, the small table that ships with the package answers.
"""

from __future__ import annotations

import calendar
import datetime as dt
import threading
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

from ..errors import AinalymError
from ..model import OfficialInterval
from .areas import load_areas
from .products import find_commodity
from .providers.base import load_declaration
from .records import Declaration
from .store import Store
from .totals import load_totals

Period = tuple[dt.date, dt.date]
FLOWS = ("turnover", "exports", "imports", "balance")
# The embedded table prints millions to one decimal.
EMBEDDED_STEP = Decimal(100_000)


class Figure(NamedTuple):
    """One flow of one reporter in one vintage."""

    reporter: str
    partner: str
    flow: str
    year: int
    month: int
    months: int
    value: Decimal
    partner_type: str
    valuation: str
    status: str
    source: str
    vintage: dt.date
    rank: int
    step: Decimal
    publisher: str


class OfficialFigures:
    """The official figures of a store, by pair of sides; figures of a pair are read once."""

    def __init__(self, root: Path | None = None) -> None:
        self.store = Store(root)
        self.manifests = {m.id: m for m in self.store.datasets()} if self.store.index_path.exists() else {}
        self._con: Any = None
        self._pairs: dict[tuple[str, str, str], list[Figure]] = {}
        self._ranks: dict[tuple[str, str, str], list[OfficialInterval]] = {}
        # A connection answers one question at a time, and a web server asks from many threads.
        self._turn = threading.RLock()

    @property
    def con(self) -> Any:
        """The connection to the store; None when it is empty or DuckDB is not there."""
        if self._con is None and self.manifests:
            try:
                self._con = self.store.connect()
            except AinalymError:
                self.manifests = {}
        return self._con

    def figures(self, reporter: str, partner: str, commodity: str = "TOTAL") -> list[Figure]:
        """All figures that `reporter` published on its trade with `partner`, every vintage."""
        key = (reporter, partner, commodity)
        with self._turn:
            if key not in self._pairs:
                found = self._from_store(*key)
                if not found and commodity == "TOTAL":
                    found = _embedded().get((reporter, partner), [])
                self._pairs[key] = found
            return self._pairs[key]

    def _from_store(self, reporter: str, partner: str, commodity: str) -> list[Figure]:
        if self.con is None:
            return []
        view, value, where = "pair_vintage", "value", ""
        if commodity != "TOTAL":
            view, value, where = "obs", "obs_value", " AND commodity = ?"
        rows = self.con.execute(
            f"SELECT trade_flow, year, month, months, {value}, partner_type, valuation, obs_status, dataset "
            f"FROM {view} WHERE ref_area = ? AND counterpart_area = ?{where}",
            [reporter, partner, *([commodity] if where else [])],
        ).fetchall()
        found = []
        for flow, year, month, months, number, partner_type, valuation, status, dataset in rows:
            m = self.manifests[dataset]
            d = m.declaration
            found.append(Figure(reporter, partner, flow, year, month, months, Decimal(number), partner_type, valuation,
                                status, m.source, m.vintage, d.rank, d.step, d.publisher))  # fmt: skip
        return found

    def official(
        self, flow: str, reporter: str | None, partner: str | None, product: str | None, period: Period | None,
        unit: str,
    ) -> list[OfficialInterval]:  # fmt: skip
        """Every official figure for a cell: the reporter's own first, newest vintage first, then the partner's.

        `flow` is turnover, exports, imports or balance; `product` a word or an HS code, None for all goods; `period`
        None for every period at hand; `unit` must be USD. An empty list means that nothing is known.
        """
        commodity = find_commodity(product) if product else "TOTAL"
        if flow not in FLOWS or unit != "USD" or reporter is None or commodity is None:
            return []
        other = partner or "WORLD"
        span = find_span(period) if period else None
        if period and span is None:
            return []
        own = _make_intervals(self.figures(reporter, other, commodity), flow, "own", span, product)
        turned = {"exports": "imports", "imports": "exports"}.get(flow, flow)
        # A balance seen from the other side has the other sign, so only the three other flows have a mirror.
        mirrored = [] if flow == "balance" else self.figures(other, reporter, commodity)
        return own + _make_intervals(mirrored, turned, "other", span, product)

    def ranks(self, reporter: str | None, partner: str | None, flow: str) -> list[OfficialInterval]:
        """The partner's place in the reporter's list by year; nothing without a whole list."""
        if reporter is None or partner is None:
            return []
        key = (reporter, partner, flow)
        with self._turn:
            if key not in self._ranks:
                self._ranks[key] = self._find_ranks(*key) if self.con else []
            return self._ranks[key]

    def _find_ranks(self, reporter: str, partner: str, flow: str) -> list[OfficialInterval]:
        from .cards import find_ranks, find_sources
        from .measures import make_inputs

        make_inputs(self.con)
        column = f"{flow}_rank" if flow in ("exports", "imports") else "turnover_rank"
        places = {
            year: Decimal(row[column]) for year, row in find_ranks(self.con, reporter, partner).items() if row[column]
        }
        sources = find_sources(self.con, reporter, partner)
        publishers = {m.source: m.declaration.publisher for m in self.manifests.values()}
        return [
            OfficialInterval(
                flow=flow, reporter=reporter, partner=partner, product=None, period=make_period(year), unit="rank",
                value=place, low=place, high=place, side="own", source=sources[year][0],
                publisher=publishers[sources[year][0]], vintage=sources[year][1], valuation="", partner_type="",
            )
            for year, place in sorted(places.items())
        ]  # fmt: skip


def find_figures(root: Path | None = None) -> OfficialFigures:
    """The figures of the store at `root`, the user's own by default, as it is now: a load that came since counts."""
    index = Store(root).index_path
    return _open(index.parent, index.stat().st_mtime_ns if index.exists() else 0)


@lru_cache(maxsize=4)
def _open(root: Path, stamp: int) -> OfficialFigures:
    return OfficialFigures(root)


def official(
    flow: str, reporter: str | None, partner: str | None, product: str | None, period: Period | None, unit: str,
    *, root: Path | None = None,
) -> list[OfficialInterval]:  # fmt: skip
    """`OfficialFigures.official` over the store at `root`, the user's own by default."""
    return find_figures(root).official(flow, reporter, partner, product, period, unit)


@lru_cache(maxsize=1)
def _embedded() -> dict[tuple[str, str], list[Figure]]:
    found: dict[tuple[str, str], list[Figure]] = defaultdict(list)
    names = {"kz-bns": "kz_bns", "ru-fts": "ru_fts_year", "uz-stat": "uz_stat", "kg-nsc": "kg_nsc"}
    for t in load_totals().values():
        d: Declaration = load_declaration(names[t.source])
        terms = d.exports if t.flow == "X" else d.imports
        found[t.reporter, t.partner].append(
            Figure(t.reporter, t.partner, t.flow, t.year, 1, 12, t.value, terms.partner_type, terms.valuation, "A",
                   t.source, t.vintage, d.rank, EMBEDDED_STEP, d.publisher)
        )  # fmt: skip
    return dict(found)


def find_span(period: Period) -> tuple[int, int, int] | None:
    """(year, first month, months) of whole calendar months within one year; None for anything else."""
    start, end = period
    if start is None or end is None or start.year != end.year or start.day != 1:
        return None
    if end.day != calendar.monthrange(end.year, end.month)[1]:
        return None
    return start.year, start.month, end.month - start.month + 1


def make_period(year: int, month: int = 1, months: int = 12) -> Period:
    """The inclusive dates of some months of a year."""
    last = month + months - 1
    return dt.date(year, month, 1), dt.date(year, last, calendar.monthrange(year, last)[1])


def _make_intervals(
    figures: Iterable[Figure], flow: str, side: Literal["own", "other"], span: tuple[int, int, int] | None,
    product: str | None,
) -> list[OfficialInterval]:  # fmt: skip
    """Intervals of one side: single flows as they are, turnover and balance from both flows of one vintage."""
    series: dict[tuple[str, dt.date, str], dict[tuple[int, int, int], list[Figure]]] = defaultdict(dict)
    principles: dict[tuple[str, dt.date], set[str]] = defaultdict(set)
    for figure in figures:
        if figure.flow == "M":
            principles[figure.source, figure.vintage].add(figure.partner_type)
    for figure in figures:
        # Exports have one principle and belong to every reading of the imports.
        kinds = {figure.partner_type}
        if flow in ("turnover", "balance"):
            kinds = principles[figure.source, figure.vintage] if figure.flow == "X" else {figure.partner_type}
        for kind in kinds:
            cell = (figure.year, figure.month, figure.months)
            series[figure.source, figure.vintage, kind].setdefault(cell, []).append(figure)
    found = []
    for cells in series.values():
        for cell in [span] if span else sorted(cells):
            chosen = _choose(cells, cell, flow)
            if chosen:
                found.append(_make_interval(chosen, flow, side, cell, product))
    return [interval for _, _, interval in sorted(found, key=lambda f: (f[0], -f[1].toordinal()))]


def _choose(cells: dict[tuple[int, int, int], list[Figure]], cell: tuple[int, int, int], flow: str) -> list[Figure]:
    """The figures that make a cell: as published, else its months added up when none is missing."""
    year, month, months = cell
    parts = [cells.get(cell, [])]
    if not parts[0]:
        parts = [cells.get((year, month + n, 1), []) for n in range(months)]
    wanted = {"exports": {"X"}, "imports": {"M"}}.get(flow, {"X", "M"})
    chosen = []
    for part in parts:
        kept = [figure for figure in part if figure.flow in wanted]
        if {figure.flow for figure in kept} != wanted:
            return []
        chosen += kept
    return chosen


def _make_interval(
    figures: list[Figure], flow: str, side: Literal["own", "other"], cell: tuple[int, int, int], product: str | None
) -> tuple[int, dt.date, OfficialInterval]:
    figures = sorted(figures, key=lambda f: f.flow == "M")
    first = figures[0]
    imports_sign = -1 if flow == "balance" else 1
    value = sum((f.value * (imports_sign if f.flow == "M" else 1) for f in figures), Decimal(0))
    reach = sum((f.step / 2 for f in figures), Decimal(0))
    imports = next((f for f in figures if f.flow == "M"), first)
    interval = OfficialInterval(
        flow=flow, reporter=first.reporter, partner=first.partner, product=product, period=make_period(*cell),
        unit="USD",
        value=value, low=value - reach, high=value + reach, side=side, source=first.source, publisher=first.publisher,
        vintage=first.vintage, valuation="/".join(dict.fromkeys(f.valuation for f in figures)),
        partner_type=imports.partner_type, status=max(f.status for f in figures),
    )  # fmt: skip
    return first.rank, first.vintage, interval


def area_name(code: str | None, lang: str = "en") -> str:
    """A country's or group's name; the code itself when it is not known."""
    area = load_areas().get(code or "")
    return getattr(area, lang) if area else str(code)
