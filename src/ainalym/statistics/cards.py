"""The screens of one pair of countries: the card, the mirror, a target."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ..errors import UsageError
from .areas import find_area, find_region, load_areas
from .measures import make_inputs, make_sql, run_measure
from .store import Store
from .targets import TargetState, measure_target
from .totals import load_totals

if TYPE_CHECKING:
    import duckdb

Row = dict[str, Any]
TAU = 0.06


def connect(store: Store, *, as_of: dt.date | None = None) -> duckdb.DuckDBPyConnection:
    """A connection for the screens; over the table that ships with the package while the store is empty."""
    con = store.connect(as_of=as_of)
    if not store.datasets():
        _use_embedded(con, as_of)
    make_inputs(con)
    return con


def _use_embedded(con: duckdb.DuckDBPyConnection, as_of: dt.date | None) -> None:
    con.execute("CREATE TABLE embedded AS SELECT * FROM pair_year")
    for t in load_totals().values():
        if as_of is None or t.vintage <= as_of:
            aggregate = load_areas()[t.partner].kind in ("world", "group")
            terms = ("DEST", "FOB") if t.flow == "X" else ("ORIGIN", "CIF")
            con.execute(
                "INSERT INTO embedded BY NAME SELECT ? AS ref_area, ? AS counterpart_area, ? AS trade_flow, ? AS year, "
                "1 AS month, 12 AS months, ? AS is_aggregate, ? AS partner_type, ? AS valuation, 'A' AS obs_status, "
                "? AS value, ? AS source, ? AS vintage, 'embedded' AS dataset, 1 AS source_rank",
                [t.reporter, t.partner, t.flow, t.year, aggregate, *terms, t.value, t.source, t.vintage],
            )
    con.execute("CREATE OR REPLACE VIEW pair_year AS SELECT * FROM embedded")


def resolve_area(name: str) -> str:
    """The code that a name or code on the command line means. Raises UsageError with suggestions."""
    from .areas import suggest_areas

    code = find_area(name) or find_region(name)
    if code is None:
        likely = ", ".join(suggest_areas(name)) or "none is near"
        raise UsageError(f"no country, group or region is called {name}; likely: {likely}")
    return code


def make_card(con: duckdb.DuckDBPyConnection, reporter: str, partner: str) -> list[Row]:
    """One row a year: both flows, growth, share, rank in both lists, and what the other side says."""
    growth = {g["year"]: g for g in run_measure(con, "growth", reporter=reporter, partner=partner) if g["months"] == 12}
    own = [t for t in run_measure(con, "turnover", reporter=reporter, partner=partner) if t["months"] == 12]
    other = {
        t["year"]: t for t in run_measure(con, "turnover", reporter=partner, partner=reporter) if t["months"] == 12
    }
    mirror: dict[tuple[int, str], float] = {}
    for m in run_measure(con, "mirror", reporter=reporter, partner=partner, tau=TAU):
        # Where a country counts imports both ways, the origin comes first.
        mirror.setdefault((m["year"], m["exporter"]), m["ratio"])
        if m["partner_type"] == "ORIGIN":
            mirror[m["year"], m["exporter"]] = m["ratio"]
    ours, theirs = find_ranks(con, reporter, partner), find_ranks(con, partner, reporter)
    sources = find_sources(con, reporter, partner)
    rows = []
    for t in own:
        year = int(t["year"])
        seen = [Decimal(str(v["turnover"])) for v in (t, other.get(year)) if v and v["turnover"] is not None]
        rows.append({
            "year": year, "exports": t["exports"], "imports": t["imports"], "turnover": t["turnover"],
            "balance": t["balance"], "growth": growth.get(year, {}).get("turnover_growth"),
            "share": ours.get(year, {}).get("turnover_share"),
            f"rank_in_{reporter}": ours.get(year, {}).get("turnover_rank"),
            f"rank_in_{partner}": theirs.get(year, {}).get("turnover_rank"),
            f"mirror_{reporter}_to_{partner}": mirror.get((year, reporter)),
            f"mirror_{partner}_to_{reporter}": mirror.get((year, partner)),
            "turnover_low": min(seen, default=None), "turnover_high": max(seen, default=None),
            "source": "{} {}".format(*sources[year]) if year in sources else None,
        })  # fmt: skip
    return rows


# A list of fewer partners than this is a selection, and no rank can be told from it.
WHOLE_LIST = 30


def find_ranks(con: duckdb.DuckDBPyConnection, reporter: str, partner: str) -> dict[int, Row]:
    """By year, a partner's shares and ranks in a reporter's list; no rank where the list holds only some partners."""
    sql = make_sql("share", reporter=reporter)
    found = con.execute(f"SELECT * FROM ({sql}) WHERE partner = ?", [partner])
    names = [column[0] for column in found.description or ()]
    ranks = {}
    for row in found.fetchall():
        values: Row = dict(zip(names, row, strict=True))
        if values["listed"] <= WHOLE_LIST:
            values |= dict.fromkeys(("exports_rank", "imports_rank", "turnover_rank"))
        ranks[int(values["year"])] = values
    return ranks


def find_sources(con: duckdb.DuckDBPyConnection, reporter: str, partner: str) -> dict[int, tuple[str, dt.date]]:
    """By year, the source and vintage that the screens take a reporter's figures from."""
    rows = con.execute(
        "SELECT year, source, max(vintage) FROM pair_year WHERE ref_area = ? AND counterpart_area = ? AND months = 12 "
        "GROUP BY year, source, source_rank QUALIFY row_number() OVER (PARTITION BY year ORDER BY source_rank) = 1",
        [reporter, partner],
    ).fetchall()
    return {int(year): (source, vintage) for year, source, vintage in rows}


def make_mirror(con: duckdb.DuckDBPyConnection, reporter: str, partner: str, *, tau: float = TAU) -> list[Row]:
    """Both directions, every year both sides report, every partner principle; see the measure `mirror`."""
    return run_measure(con, "mirror", reporter=reporter, partner=partner, tau=tau)


def find_target(
    con: duckdb.DuckDBPyConnection, reporter: str, partner: str, value: float, *, flow: str = "turnover",
    by: int | None = None, base_year: int | None = None,
) -> tuple[TargetState, list[Row]]:  # fmt: skip
    """A target against the reporter's yearly figures, and those figures."""
    rows = [t for t in run_measure(con, "turnover", reporter=reporter, partner=partner) if t["months"] == 12]
    series = {int(str(r["year"])): float(str(r[flow])) for r in rows if r[flow] is not None}
    return measure_target(series, value, by=by, base_year=base_year), rows
