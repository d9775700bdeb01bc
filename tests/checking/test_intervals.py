from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ainalym.checking.intervals import Interval, load_hedges, read_interval

from .claims import make_claim, make_growth, make_multiple


def strict(claim):
    return tuple(float(bound) for bound in read_interval(claim))


@pytest.mark.parametrize(
    ("text", "value", "bound", "low", "high"),
    [
        ("78,5", "78500000", "exact", 78.45e6, 78.55e6),
        ("27", "27000000000", "exact", 26.5e9, 27.5e9),
        ("160", "160000000", "over", 160e6, 176e6),
        ("80", "80000000", "about", 76e6, 84e6),
        ("2", "2000000000", "about", 1.5e9, 2.5e9),
        ("90", "90", "under", 81, 90),
        ("8 400", "8400", "exact", 8399.5, 8400.5),
        ("126 000", "126000", "exact", 125500, 126500),
        ("1 481", "1481000000", "exact", 1480.5e6, 1481.5e6),
        ("2 млрд 26", "2026000000", "exact", 2025.5e6, 2026.5e6),
        ("٢٧", "27000000000", "exact", 26.5e9, 27.5e9),
        ("миллиард", "1000000000", "exact", 0.9e9, 1.1e9),
        ("жүз он бес", "115000000", "exact", 114.5e6, 115.5e6),
    ],
)
def test_levels(text, value, bound, low, high):
    assert strict(make_claim(text, value, bound=bound)) == pytest.approx((low, high))


@pytest.mark.parametrize(
    ("text", "value", "bound", "low", "high"),
    [
        ("5", "0.05", "exact", 1.045, 1.055),
        ("150", "1.5", "exact", 2.495, 2.505),
        ("3", "-0.03", "exact", 0.965, 0.975),
        ("3", "-0.03", "over", 0.96, 0.97),
        ("5", "0.05", "over", 1.05, 1.06),
        ("100,9", "0.009", "exact", 1.0085, 1.0095),
        ("0", "0", "exact", 0.995, 1.005),
        ("a third", "0.3333", "exact", 1.3, 1.3666),
    ],
)
def test_growth_is_a_ratio_to_the_year_before(text, value, bound, low, high):
    assert strict(make_growth(text, value, bound=bound)) == pytest.approx((low, high), rel=1e-4)


@pytest.mark.parametrize(
    ("text", "value", "bound", "low", "high"),
    [
        ("68,6", "68.6", "exact", 68.55, 68.65),
        ("2 есе", "2", "exact", 1.5, 2.5),
        ("doubled", "2", "under", 1.8, 2.0),
        ("doubled", "2", "over", 2.0, 2.2),
        ("2", "2", "over", 2.0, 3.0),
        ("12,3", "0.0813", "exact", 1 / 12.35, 1 / 12.25),
        ("втрое", "0.3333", "exact", 1 / 3.3, 1 / 2.7),
        ("0,8", "0.8", "exact", 0.75, 0.85),
    ],
)
def test_multiples(text, value, bound, low, high):
    assert strict(make_multiple(text, value, bound=bound)) == pytest.approx((low, high))


def test_a_figure_may_have_been_cut_off():
    claim = make_claim("374", "374000000")
    assert 374_900_000 not in read_interval(claim)
    assert 374_900_000 in read_interval(claim, slack=True)
    assert 373_100_000 not in read_interval(claim, slack=True)


def test_final_zeros_may_be_rounding():
    claim = make_claim("500", "500000000")
    assert 502_000_000 not in read_interval(claim)
    assert 502_000_000 in read_interval(claim, slack=True)
    assert 506_000_000 not in read_interval(claim, slack=True)
    assert 502 not in read_interval(make_claim("500,0", "500"), slack=True)


def test_a_hedge_may_stand_on_the_wrong_side():
    slack = read_interval(make_multiple("екі есеге", "2", bound="under"), slack=True)
    assert Fraction("2.05") in slack
    assert Fraction("2.5") not in slack


@pytest.mark.parametrize("value", ["NaN", "Infinity", "1E+1000000", "1E-1000000", "0." + "3" * 60])
def test_what_is_no_figure_is_not_compared(value):
    assert read_interval(make_claim("1", value)) is None


def test_a_fall_by_more_than_all_is_not_compared():
    assert read_interval(make_growth("120", "-1.2")) is None


def test_a_multiple_of_zero_is_not_compared():
    assert read_interval(make_multiple("0", "0")) is None


def test_every_width_has_its_reason():
    hedges, bands = load_hedges()
    assert set(hedges) == {"about", "over", "under", "words"}
    assert all(hedge.slack_below >= hedge.below and hedge.slack_above >= hedge.above for hedge in hedges.values())
    assert set(bands) == {"mirror", "revision"}


@given(st.integers(1, 10**9), st.integers(0, 3), st.sampled_from([1, 10**3, 10**6, 10**9]))
def test_a_rounded_number_lies_in_the_interval_of_its_print(truth, decimals, scale):
    printed = round(Decimal(truth) / scale, decimals)
    if not printed:
        return
    assert truth in read_interval(make_claim(str(printed), str(printed * scale)))


@given(
    st.text(max_size=12),
    st.decimals(allow_nan=True, allow_infinity=True),
    st.sampled_from(["level", "growth", "multiple", "share", "difference"]),
    st.sampled_from(["exact", "about", "over", "under"]),
)
def test_no_figure_is_too_odd(text, value, kind, bound):
    claim = make_claim(text, value, kind=kind, bound=bound)
    strict = read_interval(claim)
    if strict is not None:
        slack = read_interval(claim, slack=True)
        assert slack is None or slack.lo <= strict.lo <= strict.hi <= slack.hi


def test_meeting_at_one_point_is_meeting():
    assert Interval(Fraction(1), Fraction(2)).meets(Interval(Fraction(2), Fraction(3)))
    assert not Interval(Fraction(1), Fraction(2)).meets(Interval(Fraction(201, 100), Fraction(3)))
