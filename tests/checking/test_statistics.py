"""Claims against the table of official statistics that ships with the package: the verdict and what it rests on."""

import datetime as dt
import doctest
import json
from decimal import Decimal

import msgspec
import pytest

from ainalym import official
from ainalym.checking import check
from ainalym.official import compare, make_comparer
from ainalym.output.comparisons import make_rows
from ainalym.output.findings_json import make_finding
from ainalym.statistics import OfficialFigures

from .claims import YEAR, make_claim, make_growth, make_rank, make_report, make_share


@pytest.fixture(scope="module")
def figures(tmp_path_factory):
    return OfficialFigures(tmp_path_factory.mktemp("none"))


def tell(figures, *claims, lang="en", **fields):
    """The findings of official statistics on claims of one report."""
    report = make_report(*claims, **fields)
    found = check([report], compare=make_comparer(figures, lang=lang), lang=lang)
    return [finding for finding in found if finding.comparison]


def turnover(text, value, year, **fields):
    period = YEAR[year] if year else None
    return make_claim(text, value, **{"partner": "RU", "period": period, **fields})


# The figure, its year, what official statistics say, and how grave that is.
VERDICTS = [
    (("24,62", "24.62e9", 2021), "agrees", "consistent", "note"),
    (("24,2", "24.2e9", 2021), "agrees with an earlier vintage", "consistent", "note"),
    (("25,6", "25.6e9", 2021), "agrees with the other side's figure", "consistent", "note"),
    (("26,97", "26.97e9", 2021), "agrees with another period", "reports disagree", "warning"),
    (("31,5", "31.5e9", 2021), "contradicts all", "contradicts", "error"),
    (("28", "28e9", 2021), "contradicts all", "reports disagree", "warning"),  # within what sources differ by
    (("12,5", "12.5e9", 2021), "contradicts all", "reports disagree", "warning"),  # it may be a part
    (("2,46", "2.46e9", 2021), "contradicts all", "contradicts", "warning"),  # a tenth
    (("246", "246e9", 2021), "contradicts all", "contradicts", "error"),
    (("27", "27e9", None), "agrees", "consistent", "note"),
    (("31", "31e9", None), "no data", "no data", "note"),
    (("24,62", "24.62e9", 2001), "no data", "no data", "note"),
]


@pytest.mark.parametrize(("claim", "answer", "verdict", "severity"), VERDICTS, ids=lambda value: str(value))
def test_verdicts(figures, claim, answer, verdict, severity):
    (finding,) = tell(figures, turnover(*claim))
    assert (finding.comparison.answer, finding.verdict, finding.severity) == (answer, verdict, severity)
    assert set(finding.comparison.matched) <= set(finding.comparison.compared)


def test_a_figure_without_a_period_finds_its_year(figures):
    comparison = compare(turnover("27", "27e9", None), figures=figures, published=dt.date(2023, 11, 7))
    assert comparison.period == YEAR[2022]
    assert "it is 2022" in comparison.why


def test_a_tenfold_slip_is_called_one(figures):
    found = tell(figures, turnover("246", "246e9", 2021))[0].comparison
    assert (found.slip, "10 times too large" in found.why) == (-1, True)


def test_the_freedom_of_writers_is_given(figures):
    over = compare(turnover("26,98", "26.98e9", 2022, bound="over"), figures=figures)
    assert over.answer.startswith("agrees")


@pytest.mark.parametrize(
    "claim",
    [
        make_claim("2", "2e9", modality="target"),
        make_claim("2", "2e6", unit="t"),
        make_claim("2", "2e9", indicator="investment"),
        make_claim("2", "2e9", partner=None),
        make_claim("2", "2e9", period=(dt.date(2020, 1, 1), None)),
        make_claim("2", "2e9", period=(dt.date(2019, 5, 1), dt.date(2022, 3, 1))),
        make_growth("5", "0.05", period=(dt.date(2019, 5, 1), dt.date(2022, 3, 1))),
        make_claim("2", "NaN"),
        make_rank("4", 4),
        make_share("85", "0.85"),
        make_claim("3,9", "3.9e9", reporter="RU", partner="KZ", product="wheat"),
    ],
    ids=lambda claim: f"{claim.surface} {claim.kind} {claim.unit}",
)
def test_what_cannot_be_compared_is_no_data(figures, claim):
    for lang in ("kk", "ru", "en"):
        comparison = compare(claim, figures=figures, lang=lang)
        assert (comparison.answer, bool(comparison.why)) == ("no data", True)


def test_only_the_silence_on_trade_in_dollars_is_told(figures):
    claims = [make_claim("7", "7", unit="t", product="wheat"), make_claim("8", "8e6", partner="JP")]
    assert [finding.figures[0].quote for finding in tell(figures, *claims)] == ["8"]


def test_a_target_is_not_asked_about(figures):
    assert tell(figures, make_claim("2", "2e9", modality="target")) == []


def test_a_figure_that_the_text_calls_preliminary_accuses_nobody(figures):
    finding = tell(figures, turnover("31,5", "31.5e9", 2021), intro="By preliminary data ")[0]
    assert (finding.verdict, finding.severity) == ("reports disagree", "note")


def test_two_figures_on_one_cell_in_one_report_accuse_nobody(figures):
    claims = [turnover("31,5", "31.5e9", 2021), turnover("41,5", "41.5e9", 2021)]
    assert [finding for finding in tell(figures, *claims) if finding.verdict == "contradicts"] == []


@pytest.mark.parametrize(("lang", "word"), [("kk", "ресми"), ("ru", "официальным"), ("en", "official")])
def test_the_reason_is_in_the_users_language(figures, lang, word):
    finding = tell(figures, turnover("31,5", "31.5e9", 2021), lang=lang)[0]
    assert word in finding.why
    assert word in finding.steps[-1]


def test_the_table_names_source_and_vintage(figures):
    comparison = compare(turnover("26,97", "26.97e9", 2021), figures=figures)
    rows = make_rows(comparison, "en")
    assert [(row[0], row[2], row[3], row[-1]) for row in rows] == [
        ("2021", "KZ ↔ RU", "24,624.2 mln USD", ""),
        ("2021", "RU ↔ KZ", "25,631 mln USD", ""),
        ("2022", "KZ ↔ RU", "26,972 mln USD", "✓"),
    ]
    assert "kz-bns, 2023-07-25" in rows[0][4]


def test_json_has_the_comparison(figures):
    fields = make_finding(tell(figures, turnover("246", "246e9", 2021))[0])
    comparison = json.loads(msgspec.json.encode(fields))["comparison"]
    assert (comparison["answer"], comparison["slip"]) == ("contradicts all", -1)
    assert comparison["period"] == ["2021-01-01", "2021-12-31"]
    assert {"value", "low", "high", "source", "vintage", "side", "matched"} <= set(comparison["compared"][0])
    assert comparison["compared"][0]["value"] == Decimal("24624200000")


def test_the_example_of_the_module():
    assert doctest.testmod(official).failed == 0
