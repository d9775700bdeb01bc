"""Formulas on made-up trade: identities, known packages' answers, and that another engine runs the same SQL."""

from __future__ import annotations

import datetime as dt
import doctest
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ainalym.errors import UsageError
from ainalym.statistics import targets
from ainalym.statistics.measures import load_measures, make_sql, run_measure
from ainalym.statistics.store import open_duckdb
from ainalym.statistics.targets import forecast_band, measure_target

AREAS = ("KZ", "UZ", "TJ", "RU", "CN")
GOODS = tuple(f"HS{n:06}" for n in (100190, 260300, 270900, 710812, 840734, 870323))
Trade = list[tuple[str, str, str, int, float]]
_EMPTY = {
    "flows": "reporter VARCHAR, partner VARCHAR, kind VARCHAR, year INTEGER, month INTEGER, months INTEGER, "
    "exports DOUBLE, imports DOUBLE, source VARCHAR",
    "sides": "reporter VARCHAR, partner VARCHAR, flow VARCHAR, year INTEGER, partner_type VARCHAR, valuation VARCHAR, "
    "value DOUBLE, source VARCHAR, vintage DATE",
    "trade": "exporter VARCHAR, importer VARCHAR, commodity VARCHAR, year INTEGER, value DOUBLE",
    "growth": "area VARCHAR, gdp DOUBLE, pop DOUBLE",
    "tariff": "importer VARCHAR, exporter VARCHAR, commodity VARCHAR, rate DOUBLE",
    "distance": "exporter VARCHAR, importer VARCHAR, km DOUBLE",
}


def make_trade(seed: int = 1, density: float = 0.7) -> Trade:
    draw = random.Random(seed)  # noqa: S311
    return [
        (i, j, k, year, round(draw.lognormvariate(3, 1.5), 3) + 0.001)
        for i in AREAS for j in AREAS if i != j for k in GOODS for year in (2022, 2023) if draw.random() < density
    ]  # fmt: skip


def connect(**tables: list[tuple[Any, ...]]) -> Any:
    """A connection with the measures' inputs as tables."""
    con = open_duckdb()
    for name, columns in _EMPTY.items():
        con.execute(f"CREATE TABLE {name} ({columns})")
        if tables.get(name):
            con.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(tables[name][0]))})", tables[name])
    return con


def flow(year: int, exports: float, imports: float, partner: str = "RU", **more: Any) -> tuple[Any, ...]:
    return ("KZ", partner, more.get("kind", "country"), year, 1, more.get("months", 12), exports, imports, "s")


PAIR = {"reporter": "KZ", "partner": "UZ", "year": 2023}


def test_every_measure_says_what_it_is() -> None:
    assert len(load_measures()) == 14
    for measure in load_measures().values():
        assert all((measure.title, measure.unit, measure.formula, measure.source)), measure.name
        assert set(measure.inputs) <= set(_EMPTY)
    with pytest.raises(UsageError, match="rca needs"):
        make_sql("rca", year=2023)
    with pytest.raises(UsageError, match="no measure"):
        make_sql("happiness")


def test_turnover_growth_and_mean_growth() -> None:
    con = connect(flows=[flow(2021, 7, 17), flow(2022, 9, 18), flow(2023, 14, 10), flow(2023, 5, 5, months=6)])
    rows = run_measure(con, "turnover", reporter="KZ", partner="RU")
    assert [(r["year"], r["months"], r["turnover"], r["balance"]) for r in rows] == [
        (2021, 12, 24, -10), (2022, 12, 27, -9), (2023, 6, 10, 0), (2023, 12, 24, 4),
    ]  # fmt: skip
    growth = run_measure(con, "growth", reporter="KZ", partner="RU")
    # Six months have no like period a year before, so they have no growth.
    assert [(r["year"], r["months"], round(float(str(r["turnover_growth"])), 3)) for r in growth] == [
        (2022, 12, 0.125), (2023, 12, -0.111),
    ]  # fmt: skip
    (mean,) = run_measure(con, "cagr", reporter="KZ", partner="RU", start=2021, end=2023)
    assert mean["exports_cagr"] == pytest.approx(2**0.5 - 1)
    assert mean["turnover_cagr"] == pytest.approx(0)


def test_shares_ranks_and_concentration() -> None:
    con = connect(flows=[
        flow(2023, 60, 0), flow(2023, 30, 10, "CN"), flow(2023, 10, 90, "DE"),
        flow(2023, 90, 10, "CIS", kind="group"), flow(2023, 100, 100, "WORLD", kind="world"),
    ])  # fmt: skip
    rows = {r["partner"]: r for r in run_measure(con, "share", reporter="KZ")}
    assert set(rows) == {"RU", "CN", "DE"}
    assert [rows[p]["turnover_rank"] for p in ("DE", "RU", "CN")] == [1, 2, 3]
    assert [rows[p]["exports_rank"] for p in ("RU", "CN", "DE")] == [1, 2, 3]
    assert rows["RU"]["exports_share"] == pytest.approx(0.6)
    assert sum(float(str(r["turnover_share"])) for r in rows.values()) == pytest.approx(1)
    (index,) = run_measure(con, "concentration", reporter="KZ")
    assert index["hhi"] == pytest.approx(0.46)
    assert index["hhi_normalised"] == pytest.approx((0.46 - 1 / 3) / (2 / 3))


def test_mirror_removes_freight_only_from_cif() -> None:
    day = dt.date(2024, 1, 1)
    sides = [
        ("KZ", "AM", "X", 2022, "DEST", "FOB", 100.0, "kz", day),
        ("AM", "KZ", "M", 2022, "ORIGIN", "CIF", 106.0, "am", day),
        ("AM", "KZ", "M", 2022, "CONSIGN", "FOB", 50.0, "am", day),
    ]  # fmt: skip
    rows = {
        r["partner_type"]: r for r in run_measure(connect(sides=sides), "mirror", reporter="KZ", partner="AM", tau=0.06)
    }
    assert rows["ORIGIN"]["ratio"] == pytest.approx(1.06)
    assert rows["ORIGIN"]["corrected_gap"] == pytest.approx(0)
    assert rows["ORIGIN"]["symmetric_gap"] == pytest.approx(2 * 6 / 206)
    assert rows["CONSIGN"]["corrected_gap"] == pytest.approx(-0.5)


def matrix(trade: Trade, year: int = 2023) -> Any:
    import pandas as pd

    frame = pd.DataFrame(trade, columns=["i", "j", "k", "t", "v"])
    return frame[frame.t == year].pivot_table(index="i", columns="k", values="v", aggfunc="sum", fill_value=0.0)


def test_rca_and_the_inputs_of_complexity_are_econcomplexs() -> None:
    econcomplex = pytest.importorskip("econcomplex")
    trade = make_trade(density=0.4)
    con = connect(trade=trade)
    table = matrix(trade)
    theirs, binary = econcomplex.rca(table), econcomplex.rca(table, binary=True)
    rows = run_measure(con, "specialisation", year=2023)
    for row in rows:
        i, k = row["exporter"], row["commodity"]
        assert row["rca"] == pytest.approx(theirs.loc[i, k], abs=1e-9)
        assert row["special"] == binary.loc[i, k]
        assert row["diversity"] == binary.loc[i].sum()
        assert row["ubiquity"] == binary[k].sum()
    assert len(rows) == (table > 0).sum().sum()
    for row in run_measure(con, "rca", reporter="KZ", year=2023):
        rca = theirs.loc["KZ", row["commodity"]]
        assert row["rca"] == pytest.approx(rca, abs=1e-9)
        assert row["symmetric_rca"] == pytest.approx((rca - 1) / (rca + 1), abs=1e-9)


def test_contributions_add_up_to_the_growth() -> None:
    trade = make_trade()
    rows = run_measure(connect(trade=trade), "contribution", **PAIR)
    old, new = (sum(v for i, j, _, t, v in trade if (i, j, t) == ("KZ", "UZ", year)) for year in (2022, 2023))
    assert sum(float(str(r["contribution"])) for r in rows) == pytest.approx(new / old - 1)


def test_indexes_at_their_ends() -> None:
    # KZ sells just what UZ buys, in the same shares; its exports are those of TJ; trade with UZ is one-way.
    trade = [("KZ", "UZ", GOODS[0], 2023, 30.0), ("KZ", "UZ", GOODS[1], 2023, 70.0),
             ("TJ", "RU", GOODS[0], 2023, 3.0), ("TJ", "RU", GOODS[1], 2023, 7.0)]  # fmt: skip
    con = connect(trade=trade)
    assert run_measure(con, "complementarity", **PAIR)[0]["complementarity"] == pytest.approx(100)
    assert run_measure(con, "similarity", reporter="KZ", partner="TJ", year=2023)[0]["similarity"] == pytest.approx(1)
    assert run_measure(con, "grubel_lloyd", **PAIR)[0]["total_grubel_lloyd"] == pytest.approx(0)
    assert run_measure(con, "intensity", **PAIR)[0]["intensity"] == pytest.approx(1.1)
    both = connect(trade=[*trade, ("UZ", "KZ", GOODS[0], 2023, 30.0)])
    rows = {r["commodity"]: r for r in run_measure(both, "grubel_lloyd", **PAIR)}
    assert rows[GOODS[0]]["grubel_lloyd"] == pytest.approx(1)
    assert rows[GOODS[0]]["total_grubel_lloyd"] == pytest.approx(60 / 130)


# Export potential


def potential(con: Any, **more: Any) -> list[dict[str, Any]]:
    return run_measure(con, "potential", **(PAIR | {"balance": 0, "elasticity": 1.0} | more))


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000), density=st.floats(0.3, 1))
def test_neutral_potential_adds_up_to_trade(seed: int, density: float) -> None:
    trade = make_trade(seed, density)
    sold = sum(v for i, j, _, t, v in trade if (i, j, t) == ("KZ", "UZ", 2023))
    rows = potential(connect(trade=trade))
    if sold:
        assert sum(float(r["potential"]) for r in rows) == pytest.approx(sold)
    assert all(r["unrealised"] >= 0 for r in rows)


def test_potential_feels_growth_tariffs_distance_and_own_imports() -> None:
    trade = make_trade()
    plain = {r["commodity"]: r for r in potential(connect(trade=trade))}
    grown = potential(connect(trade=trade, growth=[("UZ", 1.5, 1.2)]))
    for row in grown:
        assert row["demand"] == pytest.approx(plain[row["commodity"]]["demand"] * 1.5)
    stretched = potential(connect(trade=trade, growth=[("UZ", 1.5, 1.2)]), elasticity=2.0)
    assert stretched[0]["demand"] == pytest.approx(plain[stretched[0]["commodity"]]["demand"] * 1.25**2 * 1.2)
    near = [(i, "UZ", 3000.0) for i in AREAS if i not in ("UZ", "KZ")] + [("KZ", "UZ", 3000.0)]
    same = {r["commodity"]: r["demand"] for r in potential(connect(trade=trade, distance=near))}
    assert same == pytest.approx({k: r["demand"] for k, r in plain.items()})
    far = [(i, "UZ", 3000.0) for i in AREAS if i not in ("UZ", "KZ")] + [("KZ", "UZ", 300.0)]
    assert all(r["demand"] < plain[r["commodity"]]["demand"] for r in potential(connect(trade=trade, distance=far)))
    taxed = {r["commodity"]: r for r in potential(connect(trade=trade, tariff=[("UZ", "KZ", GOODS[0], 0.25)]))}
    assert taxed[GOODS[1]]["potential"] == pytest.approx(plain[GOODS[1]]["potential"])
    assert taxed[GOODS[0]]["potential"] != pytest.approx(plain[GOODS[0]]["potential"])
    lowered = {r["commodity"]: r["supply"] for r in potential(connect(trade=trade), balance=1)}
    assert all(lowered[k] <= plain[k]["supply"] * (1 + 1e-12) for k in plain)
    assert any(lowered[k] < plain[k]["supply"] for k in plain)


# Targets


def test_targets_doctest() -> None:
    assert doctest.testmod(targets).failed == 0


def test_a_target_with_and_without_a_deadline() -> None:
    series = {2018: 841.9, 2019: 762.9, 2020: 791.4, 2021: 1163.8, 2022: 1384.9, 2023: 1130.0}
    state = measure_target(series, 2000, by=2026, base_year=2018)
    assert (state.progress, state.needed, state.way) == pytest.approx((0.565, 0.2097, 288.1 / 1158.1), abs=1e-4)
    assert state.band is not None
    assert state.band[0] < state.band[1] < state.band[2]
    open_end = measure_target(series, 2000)
    assert (open_end.needed, open_end.band, open_end.deadline) == (None, None, None)
    assert open_end.years_at_growth == pytest.approx(9.7, abs=0.1)
    assert measure_target(series, 1000).years_at_growth == 0
    assert measure_target({2023: 1.0}, 2, by=2020).needed is None
    with pytest.raises(UsageError):
        measure_target({}, 2)


@given(rate=st.floats(-0.3, 0.5), years=st.integers(1, 10))
def test_steady_growth_has_a_forecast_without_doubt(rate: float, years: int) -> None:
    band = forecast_band({2015 + n: 100 * (1 + rate) ** n for n in range(6)}, years)
    assert band == pytest.approx((100 * (1 + rate) ** (5 + years),) * 3, rel=1e-6)


# The same SQL on ClickHouse


@pytest.mark.parametrize("name", load_measures())
def test_clickhouse_runs_the_same_sql(name: str) -> None:
    chdb = pytest.importorskip("chdb.session")
    import json

    trade = make_trade()
    flows = [flow(y, 7.0 + y % 5, 17.0 - y % 3, p) for y in range(2019, 2024) for p in ("RU", "CN")]
    pairs = (("KZ", "RU", "X"), ("RU", "KZ", "M"), ("RU", "KZ", "X"), ("KZ", "RU", "M"))
    sides = [(*pair, 2022, "ORIGIN", "CIF", 5.0 + n, "s", dt.date(2024, 1, 1)) for n, pair in enumerate(pairs)]
    tables: dict[str, Any] = {"trade": trade, "flows": flows, "sides": sides}
    given = {"reporter": "KZ", "partner": "UZ" if "trade" in load_measures()[name].inputs else "RU", "year": 2023,
             "start": 2020, "end": 2023, "tau": 0.06, "balance": 1, "elasticity": 1.0}  # fmt: skip
    chosen = {p: given[p] for p in load_measures()[name].parameters}
    ours = run_measure(connect(**tables), name, **chosen)
    session = chdb.Session()
    session.query("CREATE DATABASE t")
    session.query("USE t")
    for table, columns in _EMPTY.items():
        typed = columns.replace("VARCHAR", "String").replace("INTEGER", "Int32").replace("DOUBLE", "Float64")
        session.query(f"CREATE TABLE {table} ({typed.replace('DATE', 'Date')}) ENGINE = Memory")
        if tables.get(table):
            rows = ", ".join("(" + ", ".join(repr(str(v)) if isinstance(v, (str, dt.date)) else str(v) for v in r) + ")"
                             for r in tables[table])  # fmt: skip
            session.query(f"INSERT INTO {table} VALUES {rows}")
    # Joins without a match give NULL, as in every other engine.
    answer = session.query(make_sql(name, **chosen) + " SETTINGS join_use_nulls = 1", "JSONEachRow").bytes().decode()
    theirs = [json.loads(line) for line in answer.splitlines()]
    session.close()
    assert len(theirs) == len(ours) > 0
    for mine, other in zip(ours, theirs, strict=True):
        for column, value in mine.items():
            if isinstance(value, str):
                assert other[column] == value
            elif value is not None:
                assert float(other[column]) == pytest.approx(float(str(value)), rel=1e-9), column
