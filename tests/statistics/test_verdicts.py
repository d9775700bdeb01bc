"""Claims of the press against official figures: the verdict each should get, from the table of the package."""

from __future__ import annotations

import datetime as dt
import doctest
import time
from decimal import Decimal
from pathlib import Path

import pytest

from ainalym.model import Comparison
from ainalym.statistics import areas, products, totals, verdicts
from ainalym.statistics.figures import OfficialFigures, make_period, official
from ainalym.statistics.store import Store
from ainalym.statistics.verdicts import Asked, judge, printed_interval


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> OfficialFigures:
    """No store at all: what everyone has."""
    return OfficialFigures(tmp_path_factory.mktemp("none"))


def ask(
    figures: OfficialFigures, surface: str, value: str, flow: str = "turnover", sides: str = "KZ RU",
    year: int | None = None, *, kind: str = "level", bound: str = "exact", published: str | None = None,
) -> Comparison:  # fmt: skip
    low, high = printed_interval(surface, Decimal(value), bound=bound)
    reporter, partner = sides.split()
    return judge(
        Asked(flow, reporter, partner, low, high, kind=kind, period=make_period(year) if year else None,
              published=dt.date.fromisoformat(published) if published else None),
        figures,
    )  # fmt: skip


EARLIER, OTHER, PERIOD = (
    "agrees with an earlier vintage", "agrees with the other side's figure", "agrees with another period"
)  # fmt: skip
# surface, value, flow, sides, year, kind, bound, verdict
PRESS = [
    ("24,2", "24.2e9", "turnover", "KZ RU", 2021, "level", "exact", EARLIER),
    ("треть", "0.3333", "turnover", "KZ RU", 2021, "growth", "exact", EARLIER),
    ("$791 million", "791e6", "turnover", "KZ TJ", 2020, "level", "exact", "agrees"),
    ("3.7", "0.037", "turnover", "KZ TJ", 2020, "growth", "exact", "agrees"),
    ("$693 million", "693e6", "exports", "KZ TJ", 2020, "level", "exact", "agrees"),
    ("6", "0.06", "exports", "KZ TJ", 2020, "growth", "over", "agrees"),
    ("18.5", "0.185", "turnover", "KZ TJ", 2022, "growth", "exact", EARLIER),
    ("877.6", "877.6e6", "exports", "KZ TJ", 2022, "level", "exact", EARLIER),
    ("501.4", "501.4e6", "imports", "KZ TJ", 2022, "level", "exact", EARLIER),
    ("37.9", "0.379", "imports", "KZ TJ", 2022, "growth", "exact", EARLIER),
    ("25,6", "25.6e9", "turnover", "KZ RU", 2021, "level", "exact", OTHER),
    ("26,97", "26.97e9", "turnover", "KZ RU", 2021, "level", "exact", PERIOD),
    ("31", "31e9", "turnover", "KZ RU", 2021, "level", "exact", "contradicts all"),
    ("19,9", "0.199", "turnover", "KZ RU", 2022, "share", "exact", "agrees"),
    ("1,33", "1.33", "turnover", "KZ RU", 2021, "multiple", "about", "agrees"),
    ("2,35", "2.35e9", "turnover", "KZ RU", 2022, "difference", "exact", "agrees"),
    ("8,8", "-8.8e9", "balance", "KZ RU", 2022, "level", "exact", "agrees"),
]


@pytest.mark.parametrize("case", PRESS, ids=lambda case: f"{case[2]} {case[3]} {case[0]}")
def test_figures_of_the_press(shipped: OfficialFigures, case: tuple[str, str, str, str, int, str, str, str]) -> None:
    surface, value, flow, sides, year, kind, bound, answer = case
    verdict = ask(shipped, surface, value, flow, sides, year, kind=kind, bound=bound)
    assert verdict.answer == answer, verdict.why
    assert verdict.compared


def test_a_figure_without_a_period_finds_its_year(shipped: OfficialFigures) -> None:
    for published in ("2023-11-07", None):
        verdict = ask(shipped, "27", "27e9", published=published)
        assert (verdict.answer, verdict.period) == ("agrees", make_period(2022))
        assert "it is 2022" in verdict.why
    verdict = ask(shipped, "9", "9e9", "exports", published="2023-11-07")
    assert (verdict.answer, verdict.period) == ("agrees", make_period(2022))


def test_a_tenfold_slip_is_called_one(shipped: OfficialFigures) -> None:
    verdict = ask(shipped, "80", "80e6", sides="KZ TJ", year=2018)
    assert (verdict.answer, verdict.slip) == ("contradicts all", 1)
    assert "10 times too small" in verdict.why
    assert ask(shipped, "24,6", "24.6e12", year=2021).slip == -3
    assert ask(shipped, "31", "31e9", year=2021).slip is None


def test_the_period_of_another_year_is_named(shipped: OfficialFigures) -> None:
    assert "the figure of 2022, not of 2021" in ask(shipped, "26,97", "26.97e9", year=2021).why


def test_no_data_is_said(shipped: OfficialFigures) -> None:
    assert ask(shipped, "5", "5e9", sides="KZ JP", year=2022).answer == "no data"
    assert ask(shipped, "77", "77e6", "imports", "KZ RU-SA", 2022).answer == "no data"
    assert ask(shipped, "5", "5e9", year=1999).answer == "no data"
    assert ask(shipped, "5", "5e9", published="2001-01-01").answer == "no data"
    tonnes = judge(Asked("exports", "KZ", "RU", Decimal(1), Decimal(2), unit="t", period=make_period(2022)), shipped)
    assert (tonnes.answer, "in t" in tonnes.why) == ("no data", True)
    assert ask(shipped, "1", "1", kind="rank").answer == "no data"


def test_ranks_hold_in_the_list_of_the_one_that_has_it(real_store: Store) -> None:
    figures = OfficialFigures(real_store.root)
    assert ask(figures, "1", "1", kind="rank", published="2023-11-07").answer == "agrees"
    assert ask(figures, "1", "1", kind="rank", year=2023).answer == PERIOD
    verdict = ask(figures, "4", "4", sides="TJ KZ", kind="rank", year=2023)
    assert verdict.answer == "no data"
    assert "in the list of Kazakhstan, Tajikistan is number 20" in verdict.why
    assert ask(figures, "5", "5", kind="rank", year=2022).answer == "contradicts all"


def test_press_verdicts_are_the_same_over_the_publications(real_store: Store) -> None:
    figures = OfficialFigures(real_store.root)
    for surface, value, flow, sides, year, kind, bound, answer in PRESS:
        assert ask(figures, surface, value, flow, sides, year, kind=kind, bound=bound).answer == answer, surface


def test_months_are_added_up_when_none_is_missing(real_store: Store) -> None:
    figures = OfficialFigures(real_store.root)
    found = figures.official("exports", "RU", "KZ", None, make_period(2021, 1, 9), "USD")
    assert [i.source for i in found] == ["ru-fts-month"]
    assert figures.official("exports", "RU", "KZ", None, make_period(2022, 1, 9), "USD") == []


def test_official_gives_every_reporter_vintage_and_principle(shipped: OfficialFigures, real_store: Store) -> None:
    found = shipped.official("turnover", "KZ", "RU", None, make_period(2021), "USD")
    assert [(i.side, i.source, round(i.value / 10**6)) for i in found] == [
        ("own", "kz-bns", 24624),
        ("other", "ru-fts", 25631),
    ]
    assert all(i.low < i.value < i.high for i in found)
    full = OfficialFigures(real_store.root).official("turnover", "KZ", "RU", None, make_period(2021), "USD")
    assert [(i.side, i.source, i.vintage.year) for i in full] == [
        ("own", "kz-bns", 2023), ("own", "kz-bns", 2022), ("other", "ru-fts", 2022), ("other", "ru-fts-month", 2022),
    ]  # fmt: skip
    for wrong in (("transit", "KZ", "RU", None, None, "USD"), ("exports", None, "RU", None, None, "USD"),
                  ("exports", "KZ", "RU", None, None, "KZT"), ("exports", "KZ", "RU", "hopes", None, "USD"),
                  ("exports", "KZ", "RU", None, (dt.date(2021, 1, 1), dt.date(2021, 5, 9)), "USD")):  # fmt: skip
        assert shipped.official(*wrong) == []


def test_the_module_function_reads_the_users_store(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert official("exports", "KZ", "TJ", None, make_period(2022), "USD", root=tmp_path)[0].source == "kz-bns"


def test_a_thousand_claims_a_second(shipped: OfficialFigures) -> None:
    start = time.perf_counter()
    for _ in range(200):
        ask(shipped, "24,2", "24.2e9", year=2021)
    assert time.perf_counter() - start < 2


@pytest.mark.parametrize("module", [areas, products, totals, verdicts])
def test_doctests(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]
