"""Tables of true figures, printed with random rounding and hedges, never contradict; a moved figure always does."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ainalym.checking import check
from ainalym.model import Claim

from .claims import YEAR, make_claim, make_growth, make_multiple, make_report, make_share, of_verdict

H1 = (dt.date(2023, 1, 1), dt.date(2023, 6, 30))
H2 = (dt.date(2023, 7, 1), dt.date(2023, 12, 31))
NINE_MONTHS = (dt.date(2023, 1, 1), dt.date(2023, 9, 30))
PARTNERS = ("TJ", "UZ", "RU")
relaxed = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def printed(truth: Fraction, digits: int, scale: int, bound: str) -> tuple[str, Decimal, str]:
    """The truth as a writer prints it: so many digits of a scale, with a hedge that is right for it."""
    scale = min(scale, 10 ** (len(str(int(truth))) - 1))
    size = truth / scale
    decimals = max(0, digits - len(str(int(size))))
    step = Fraction(10) ** -decimals
    units = size / step
    if bound == "over":
        number = (units.numerator // units.denominator) * step
    elif bound == "under":
        number = -(-units.numerator // units.denominator) * step
    else:
        number = round(units) * step
    if bound in ("over", "under") and number == size:
        bound = "exact"
    text = f"{Decimal(number.numerator) / Decimal(number.denominator):f}"
    if "." not in text and decimals > 0:
        text += "." + "0" * decimals
    value = Decimal(number.numerator) / Decimal(number.denominator) * scale
    return text, value, bound


prints = st.tuples(
    st.integers(2, 5), st.sampled_from([10**6, 10**9, 10**3]), st.sampled_from(["exact", "about", "over", "under"])
)
small_prints = st.tuples(st.integers(0, 2), st.sampled_from(["exact", "about"]))


@st.composite
def amounts(draw: st.DrawFn) -> dict[str, dict[int, dict[str, Fraction]]]:
    """True exports and imports, half by half, with each partner in two years."""
    flow = st.integers(10**6, 10**10).map(Fraction)
    return {
        partner: {year: {name: draw(flow) for name in ("out1", "out2", "back1", "back2")} for year in (2022, 2023)}
        for partner in PARTNERS
    }


@st.composite
def true_claims(draw: st.DrawFn) -> list[Claim]:
    table = draw(amounts())
    claims: list[Claim] = []

    def level(truth: Fraction, **fields: object) -> None:
        if draw(st.booleans()):
            text, value, bound = printed(abs(truth), *draw(prints))
            claims.append(make_claim(text, value if truth > 0 else -value, bound=bound, **fields))

    def rate(truth: Fraction, make: object, **fields: object) -> None:
        if not draw(st.booleans()):
            return
        decimals, bound = draw(small_prints)
        shown = truth * (100 if make is not make_multiple else 1)
        number = round(shown, decimals)
        if not number or (make is make_multiple and number < 1):
            return
        text = f"{abs(Decimal(number.numerator) / Decimal(number.denominator)):.{decimals}f}"
        value = Decimal(text) / (100 if make is not make_multiple else 1)
        claims.append(make(text, value if number > 0 else -value, bound=bound, **fields))  # type: ignore[operator]

    world: dict[int, Fraction] = {2022: Fraction(0), 2023: Fraction(0)}
    for partner, years in table.items():
        totals = {}
        for year, flows in years.items():
            out, back = flows["out1"] + flows["out2"], flows["back1"] + flows["back2"]
            totals[year] = (out + back, out, back)
            world[year] += out + back
            level(out + back, partner=partner, period=YEAR[year])
            level(out, partner=partner, period=YEAR[year], indicator="exports")
            level(back, partner=partner, period=YEAR[year], indicator="imports")
            if out != back:
                level(out - back, partner=partner, period=YEAR[year], indicator="balance")
            level(out / 3, partner=partner, period=YEAR[year], indicator="exports", product="flour")
            level(out / 2, partner=partner, period=YEAR[year], indicator="exports", product="wheat")
            level((out + back) / 7, partner=partner, period=YEAR[year], reporter="KZ-59")
        now = years[2023]
        level(now["out1"] + now["back1"], partner=partner, period=H1)
        level(now["out2"] + now["back2"], partner=partner, period=H2)
        level(now["out1"] + now["out2"] / 2, partner=partner, period=NINE_MONTHS, indicator="exports")
        for place, name in enumerate(("turnover", "exports", "imports")):
            ratio = totals[2023][place] / totals[2022][place]
            rate(ratio - 1, make_growth, partner=partner, indicator=name)
            rate(ratio, make_multiple, partner=partner, indicator=name)
    for year in (2022, 2023):
        level(world[year], partner="WORLD", period=YEAR[year])
        for partner, years in table.items():
            rate(sum(years[year].values()) / world[year], make_share, partner=partner, period=YEAR[year])
    return claims


def split(draw: st.DrawFn, claims: list[Claim]) -> list:
    parts: dict[int, list[Claim]] = {}
    for claim in claims:
        parts.setdefault(draw(st.integers(0, 3)), []).append(claim)
    return [make_report(*parts[number], name=f"r{number}") for number in sorted(parts)]


@relaxed
@given(st.data())
def test_true_figures_never_contradict(data):
    claims = data.draw(true_claims())
    assert of_verdict(check(split(data.draw, claims)), "contradicts") == []


@relaxed
@given(st.data())
def test_a_moved_figure_always_contradicts(data):
    """Turnover, exports and imports stand printed, so any of them moved far enough is caught, whatever else is said."""
    claims = data.draw(true_claims())
    out, back = (Fraction(data.draw(st.integers(10**6, 10**10))) for _ in range(2))
    trio = []
    for truth, name in ((out + back, "turnover"), (out, "exports"), (back, "imports")):
        text, value, _ = printed(truth, 4, 10**6, "exact")
        trio.append(make_claim(text, value, indicator=name, partner="CN", period=YEAR[2021]))
    number = data.draw(st.integers(0, 2))
    moved = data.draw(st.sampled_from([Fraction(2, 5), Fraction(5, 2)])) * (out + back)
    text, value, _ = printed(Fraction(round(moved)) + (0, out, back)[number], 4, 10**6, "exact")
    trio[number] = msgspec.structs.replace(trio[number], surface=text, value=value)
    found = of_verdict(check(split(data.draw, claims + trio)), "contradicts")
    assert [len(finding.figures) for finding in found] in ([3], [2])


@relaxed
@given(st.data())
def test_explanations_are_minimal(data):
    """Dropping any one of the figures of a contradiction leaves figures that agree."""
    claims = data.draw(true_claims())
    if not claims:
        return
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(claims) - 1))
        claim = claims[place]
        if claim.kind == "level":
            claims[place] = msgspec.structs.replace(
                claim, value=claim.value * 10, surface=claim.surface.replace(".", "") + "0"
            )
    readings = split(data.draw, claims)
    for finding in of_verdict(check(readings), "contradicts"):
        core = [(figure.document, figure.claim) for figure in finding.figures]
        for dropped in core:
            kept = [key for key in core if key != dropped]
            assert of_verdict(check(only(readings, kept)), "contradicts") == []


def only(readings: list, keys: list[tuple[str, int]]) -> list:
    return [
        msgspec.structs.replace(
            reading,
            claims=tuple(c for i, c in enumerate(reading.claims) if (reading.document.id, i) in keys),
        )
        for reading in readings
    ]


@relaxed
@given(st.data())
def test_the_order_of_reports_does_not_matter(data):
    readings = split(data.draw, data.draw(true_claims()))
    forward, backward = check(readings), check(readings[::-1])
    assert len(forward) == len(backward)
    assert {finding.verdict for finding in forward} == {finding.verdict for finding in backward}
