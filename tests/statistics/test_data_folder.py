"""The connectors on real publications, where they are at hand: all sums close, known figures come out."""

from __future__ import annotations

import csv
import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from ainalym.statistics.areas import find_area
from ainalym.statistics.cards import connect, find_target, make_card
from ainalym.statistics.diff import diff_vintages
from ainalym.statistics.figures import OfficialFigures
from ainalym.statistics.load import add_files
from ainalym.statistics.measures import run_measure
from ainalym.statistics.store import Store
from ainalym.statistics.totals import load_totals


def test_every_kazakh_sum_closes(real_store: Store) -> None:
    loads = [m for m in real_store.datasets() if m.source == "kz-bns"]
    assert len(loads) == 5
    assert sum(len(m.controls) for m in loads) > 2000
    assert all(control.closes for m in loads for control in m.controls)
    assert [m.vintage for m in loads] == [dt.date(year, 7, 25) for year in range(2020, 2025)]


def test_countries_add_up_to_the_total(real_store: Store) -> None:
    con = real_store.connect()
    gaps = con.execute(
        "SELECT year, trade_flow, sum(CASE WHEN NOT is_aggregate THEN value ELSE 0 END) "
        "- sum(CASE WHEN counterpart_area = 'WORLD' THEN value ELSE 0 END) FROM pair_year "
        "WHERE ref_area = 'KZ' GROUP BY ALL"
    ).fetchall()
    assert len(gaps) == 12
    # Thousands to some decimals: half of the last digit over two hundred rows.
    assert all(abs(gap) < 100_000 for _, _, gap in gaps)


@pytest.mark.parametrize(("partner", "year", "millions"), [
    ("RU", 2021, 24_624), ("RU", 2022, 26_972), ("RU", 2023, 27_054), ("TJ", 2023, 1_130), ("TJ", 2018, 842),
])  # fmt: skip
def test_known_turnovers(real_store: Store, partner: str, year: int, millions: int) -> None:
    rows = run_measure(real_store.connect(), "turnover", reporter="KZ", partner=partner)
    assert {r["year"]: round(Decimal(str(r["turnover"])) / 1_000_000) for r in rows}[year] == millions


MIRROR = {
    ("KZ", "RU"): {2018: 1.032, 2019: 1.022, 2020: 1.013, 2021: 1.017},
    ("RU", "KZ"): {2018: 1.006, 2019: 0.995, 2020: 0.976, 2021: 0.952},
    ("KZ", "UZ"): {2018: 0.956, 2019: 0.973, 2020: 0.981, 2021: 0.988, 2022: 0.892, 2023: 0.980},
    ("UZ", "KZ"): {2018: 0.854, 2019: 1.018, 2020: 0.873, 2021: 0.897, 2022: 0.914, 2023: 0.909},
    ("KZ", "KG"): {2018: 0.918, 2019: 1.041, 2020: 0.901, 2021: 0.981, 2022: 0.971},
    ("KG", "KZ"): {2018: 0.901, 2019: 0.910, 2020: 0.936, 2021: 0.983, 2022: 1.105},
}


@pytest.mark.parametrize("pair", MIRROR)
def test_mirror_ratios(real_store: Store, pair: tuple[str, str]) -> None:
    rows = run_measure(
        connect(real_store), "mirror", reporter="KZ", partner=max(pair, key=lambda c: c != "KZ"), tau=0.06
    )
    ratios = {r["year"]: float(str(r["ratio"])) for r in rows if r["exporter"] == pair[0]}
    for year, ratio in MIRROR[pair].items():
        assert ratios[year] == pytest.approx(ratio, abs=0.001)


def test_months_of_russia_add_up_to_its_years_where_the_vintage_is_one(real_store: Store) -> None:
    con = real_store.connect()
    found = dict(con.execute(
        "SELECT year, sum(CASE WHEN months = 1 THEN value END) / sum(CASE WHEN months = 12 THEN value END) "
        "FROM pair_year WHERE ref_area = 'RU' AND counterpart_area = 'KZ' AND year BETWEEN 2018 AND 2021 GROUP BY year"
    ).fetchall())  # fmt: skip
    assert float(found[2020]) == pytest.approx(1, abs=1e-4)
    assert float(found[2021]) == pytest.approx(1, abs=1e-4)
    assert 0.98 < float(found[2018]) < 0.994
    assert 0.98 < float(found[2019]) < 0.994


def test_months_of_kazakhstan_are_its_years(real_store: Store, trade_data: Path, tmp_path: Path) -> None:
    mapping = tmp_path / "months.toml"
    mapping.write_text(
        'source = "kz-months"\nunit_mult = 3\n[constants]\nreporter = "KZ"\n'
        '[columns]\nperiod = "period"\nexports = "export_kusd"\nimports = "import_kusd"\n'
    )
    store = Store(tmp_path / "store")
    from ainalym.statistics.load import Options

    add_files(
        store, [trade_data / "kz_bns_total_month.csv"], settings={"mapping": str(mapping)},
        options=Options(vintage=dt.date(2026, 7, 20)),
    )  # fmt: skip
    months = dict(
        store.connect()
        .execute("SELECT year, sum(value) FROM pair_year WHERE trade_flow = 'X' GROUP BY year HAVING count(*) = 12")
        .fetchall()
    )
    years = dict(
        real_store.connect()
        .execute(
            "SELECT year, value FROM pair_year WHERE trade_flow = 'X' AND ref_area = 'KZ' "
            "AND counterpart_area = 'WORLD'"
        )
        .fetchall()
    )
    for year in range(2019, 2024):
        assert float(months[year]) == pytest.approx(float(years[year]), rel=1e-6)


def test_armenia_keeps_both_principles(real_store: Store) -> None:
    figures = OfficialFigures(real_store.root)
    period = (dt.date(2022, 1, 1), dt.date(2022, 12, 31))
    found = {
        i.partner_type: i.value for i in figures.official("imports", "AM", "CN", None, period, "USD") if i.side == "own"
    }
    assert round(found["CONSIGN"] / 1_000_000) == 698
    assert round(found["ORIGIN"] / 1_000_000) == 1388


def test_vintages_of_kazakhstan_differ_by_rounding_only(real_store: Store) -> None:
    assert diff_vintages(real_store, "kz-bns@2021", "kz-bns@2022", tolerance=0.001) == []


def test_the_card_and_the_target(real_store: Store) -> None:
    con = connect(real_store)
    last = make_card(con, "KZ", "TJ")[-1]
    assert (last["year"], last["rank_in_KZ"], last["rank_in_TJ"]) == (2023, 20, None)
    card = make_card(con, "KZ", "UZ")[-1]
    assert (card["rank_in_KZ"], card["rank_in_UZ"]) == (7, 3)
    state, _ = find_target(con, "KZ", "TJ", 2e9, by=2028)
    assert state.progress == pytest.approx(0.565, abs=0.0005)
    assert state.needed == pytest.approx(0.12, abs=0.003)


def test_the_table_that_ships_is_what_the_publications_say(real_store: Store) -> None:
    con = real_store.connect()
    rows = con.execute(
        "SELECT ref_area, counterpart_area, trade_flow, year, value FROM pair_year WHERE months = 12"
    ).fetchall()
    published = {tuple(r[:4]): r[4] for r in rows}
    for key, total in load_totals().items():
        assert abs(published[key] - total.value) <= 50_000, key


def test_partners_are_mapped_as_by_hand(trade_data: Path) -> None:
    misses = set()
    for name in ("kz_bns_partner_year", "kg_nsc_partner_year", "uz_stat_partner_year", "ru_fts_partner_month"):
        with (trade_data / f"{name}.csv").open(encoding="utf-8") as file:
            for line in csv.DictReader(file):
                iso3 = line["partner_iso3"]
                if len(iso3) == 3 and iso3 not in ("WLD",) and find_area(line["partner_ru"]) != find_area(iso3):
                    misses.add((line["partner_ru"], iso3, find_area(line["partner_ru"])))
    assert misses == set()
