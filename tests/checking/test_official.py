import datetime as dt

import pytest

from ainalym.checking import check, parse_official
from ainalym.checking.official import parse_period
from ainalym.errors import SourceError

from .claims import YEAR, make_claim, make_report

HEAD = "indicator,reporter,partner,period,unit,value,source,vintage,side\n"
TABLE = HEAD + "turnover,KZ,RU,2022,USD,26972000000,BNS,2024-05,KZ\n"


def check_turnover(text, value, table=TABLE, **fields):
    claim = make_claim(text, value, partner="RU", period=YEAR[2022], **fields)
    (found,) = check([make_report(claim)], official=parse_official(table.splitlines()))
    return found.verdict, found.severity


def test_an_official_figure_agrees():
    assert check_turnover("27,0", "27000000000") == ("consistent", "note")


def test_the_order_of_the_sides_does_not_matter():
    table = TABLE.replace("KZ,RU", "RU,KZ")
    assert check_turnover("27,0", "27000000000", table) == ("consistent", "note")


def test_an_earlier_vintage_may_differ_a_little():
    assert check_turnover("26,5", "26500000000") == ("consistent", "note")


def test_the_other_sides_figure_may_differ_more():
    table = TABLE.replace(",KZ\n", ",RU\n")
    assert check_turnover("30,5", "30500000000", table) == ("reports disagree", "note")


def test_a_figure_against_all_official_ones():
    assert check_turnover("37,0", "37000000000") == ("contradicts", "error")


def test_the_nearest_of_several_figures_counts():
    table = TABLE + "turnover,KZ,RU,2022,USD,24624000000,BNS,2022-05,KZ\n"
    assert check_turnover("24,6", "24600000000", table) == ("consistent", "note")


def test_a_range_of_values():
    table = HEAD.replace("\n", ",high\n") + "turnover,KZ,RU,2022,USD,20000000000,BNS,,KZ,30000000000\n"
    assert check_turnover("24,6", "24600000000", table) == ("consistent", "note")


def test_what_has_no_official_figure_is_left_alone():
    claim = make_claim("5", "5000000")
    assert check([make_report(claim)], official=parse_official(TABLE.splitlines())) == []


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2023", "2023-01-01", "2023-12-31"),
        ("2023-Q3", "2023-07-01", "2023-09-30"),
        ("2023-H2", "2023-07-01", "2023-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023-01-01/2023-09-30", "2023-01-01", "2023-09-30"),
    ],
)
def test_periods(text, start, end):
    assert parse_period(text) == (dt.date.fromisoformat(start), dt.date.fromisoformat(end))


@pytest.mark.parametrize(
    "line",
    [
        "trade,KZ,RU,2022,USD,1,BNS",
        "turnover,KZ,RU,2022-13,USD,1,BNS",
        "turnover,KZ,RU,soon,USD,1,BNS",
        "turnover,KZ,RU,2022-09-30/2022-01-01,USD,1,BNS",
        "turnover,KZ,RU,2022,USD,much,BNS",
        "turnover,KZ,RU,2022,USD,1E+99999,BNS",
    ],
)
def test_a_wrong_line_is_named(line):
    with pytest.raises(SourceError, match="line 2"):
        parse_official([HEAD, line], place="official.csv")


def test_missing_columns_are_named():
    with pytest.raises(SourceError, match="value, source"):
        parse_official(["indicator,reporter,partner,period,unit"])
    with pytest.raises(SourceError, match="indicator"):
        parse_official([])
