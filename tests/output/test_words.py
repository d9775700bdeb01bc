import datetime as dt
from decimal import Decimal

import pytest

from ainalym.output.words import clean_line, describe_period, describe_sides, describe_value, format_number

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("number", "lang", "text"),
    [
        ("160700000", "en", "160,700,000"),
        ("160700000", "ru", f"160{NBSP}700{NBSP}000"),
        ("0.0532", "kk", "0,0532"),
        ("-12.50", "en", "-12.5"),
        ("1E+8", "en", "100,000,000"),
    ],
)
def test_numbers_keep_all_digits(number: str, lang: str, text: str):
    assert format_number(Decimal(number), lang) == text


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"value": Decimal("160700000")}, "160,7 млн USD"),
        ({"value": Decimal("2526000000"), "bound": "over"}, "> 2,526 млрд USD"),
        ({"value": Decimal("53200"), "bound": "about"}, f"≈ 53{NBSP}200 USD"),
        ({"value": Decimal("4542530920")}, f"4{NBSP}542{NBSP}530{NBSP}920 USD"),
        ({"value": Decimal("-5000000"), "kind": "difference"}, "-5 млн USD"),
        ({"value": Decimal("2000000000"), "kind": "difference"}, "+2 млрд USD"),
        ({"value": Decimal("0.089"), "kind": "growth"}, "+8,9%"),
        ({"value": Decimal("-0.03"), "kind": "growth"}, "-3%"),
        ({"value": Decimal("0.57"), "kind": "share"}, "57%"),
        ({"value": Decimal("68.6"), "kind": "multiple"}, "× 68,6"),
        ({"value": Decimal(4), "kind": "rank"}, "№ 4"),
        ({"value": Decimal(10), "kind": "rank", "bound": "under"}, "≤ № 10"),
        ({"value": Decimal(85), "unit": "count"}, "85 ед."),
        ({"value": Decimal(5), "unit": None}, "5"),
    ],
)
def test_values_read_as_a_person_writes_them(claim, fields, text: str):
    assert describe_value(claim("$160,7 млн", **fields), "ru") == text


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        ("2023-01-01", "2023-12-31", "2023"),
        ("2022-01-01", "2022-06-30", "2022-H1"),
        ("2022-07-01", "2022-12-31", "2022-H2"),
        ("2022-07-01", "2022-09-30", "2022-Q3"),
        ("2022-02-01", "2022-04-30", "2022-02…2022-04"),
        ("2024-02-01", "2024-02-29", "2024-02"),
        ("2022-01-01", "2022-09-30", "2022-01…2022-09"),
        ("2018-01-01", "2022-12-31", "2018…2022"),
        ("2024-01-01", "2024-05-17", "2024-01-01…2024-05-17"),
        ("2024-05-17", "2024-05-17", "2024-05-17"),
        (None, "2030-12-31", "by 2030-12-31"),
        ("2022-07-01", None, "since 2022-07-01"),
        (None, None, "–"),
    ],
)
def test_periods_take_their_shortest_name(start: str | None, end: str | None, text: str):
    days = tuple(day and dt.date.fromisoformat(day) for day in (start, end))
    assert describe_period(days, "en") == text


def test_arrows_show_where_the_goods_go(claim):
    sides = {"exports": "KZ → RU-SA", "imports": "KZ ← RU-SA", "turnover": "KZ ↔ RU-SA"}
    assert {name: describe_sides(claim("$160,7 млн", indicator=name)) for name in sides} == sides
    assert describe_sides(claim("$160,7 млн", reporter=None)) == "? → RU-SA"
    assert describe_sides(claim("$160,7 млн", reporter=None, partner=None)) == "–"


def test_a_line_cannot_steer_a_terminal():
    assert clean_line("a\x1b[31m\nb\u202ec\ud800") == "a [31m b c?"
