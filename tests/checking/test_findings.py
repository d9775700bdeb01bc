"""Each relation once where it holds and once where it does not, and what must never be held against a report."""

import datetime as dt

import pytest

from ainalym.checking import check
from ainalym.model import Document, Reading, Span

from .claims import (
    YEAR,
    make_claim,
    make_growth,
    make_multiple,
    make_rank,
    make_report,
    make_share,
    of_verdict,
    quotes,
)

H1 = (dt.date(2023, 1, 1), dt.date(2023, 6, 30))
H2 = (dt.date(2023, 7, 1), dt.date(2023, 12, 31))
NINE_MONTHS = (dt.date(2023, 1, 1), dt.date(2023, 9, 30))
TURNOVER = make_claim("5.0", "5000000")
EXPORTS = make_claim("3.0", "3000000", indicator="exports")
IMPORTS = make_claim("2.0", "2000000", indicator="imports")


def contradictions(*claims):
    return [quotes(finding) for finding in of_verdict(check([make_report(*claims)]), "contradicts")]


CASES = {
    "exports and imports make turnover": (
        [EXPORTS, IMPORTS, TURNOVER],
        [EXPORTS, IMPORTS, make_claim("6.0", "6000000")],
    ),
    "the other side's words for the same flows": (
        [TURNOVER, EXPORTS, make_claim("2.0", "2000000", indicator="exports", reporter="TJ", partner="KZ")],
        [TURNOVER, EXPORTS, make_claim("4.0", "4000000", indicator="exports", reporter="TJ", partner="KZ")],
    ),
    "balance": (
        [EXPORTS, IMPORTS, make_claim("1.0", "1000000", indicator="balance")],
        [EXPORTS, IMPORTS, make_claim("2.5", "2500000", indicator="balance")],
    ),
    "a deficit printed without its sign": (
        [
            make_claim("2.0", "2000000", indicator="exports"),
            make_claim("3.0", "3000000", indicator="imports"),
            make_claim("1.0", "1000000", indicator="balance"),
        ],
        [
            make_claim("2.0", "2000000", indicator="exports"),
            make_claim("3.0", "3000000", indicator="imports"),
            make_claim("2.5", "-2500000", indicator="balance"),
        ],
    ),
    "growth": (
        [make_claim("24.2", "24200000"), make_growth("5", "0.05"), make_claim("23.0", "23000000", period=YEAR[2022])],
        [make_claim("154.3", "154300"), make_growth("40", "0.4"), make_claim("146.9", "146900", period=YEAR[2022])],
    ),
    "a fall": (
        [make_claim("9", "9000000"), make_growth("10", "-0.1"), make_claim("10", "10000000", period=YEAR[2022])],
        [make_claim("9", "9000000"), make_growth("50", "-0.5"), make_claim("10", "10000000", period=YEAR[2022])],
    ),
    "multiples": (
        [make_multiple("50", "50"), make_claim("1.5", "1500000", period=YEAR[2022]), make_claim("78", "78000000")],
        [make_multiple("111", "111"), make_claim("8.4", "8400000", period=YEAR[2022]), make_claim("126", "126000000")],
    ),
    "growth and multiple of the same change": (
        [make_growth("150", "1.5"), make_multiple("2.5", "2.5")],
        [make_growth("50", "0.5"), make_multiple("2.5", "2.5")],
    ),
    "a difference": (
        [
            make_claim("9", "9000000"),
            make_claim("4", "4000000", kind="difference"),
            make_claim("5", "5000000", period=YEAR[2022]),
        ],
        [
            make_claim("9", "9000000"),
            make_claim("8", "8000000", kind="difference"),
            make_claim("5", "5000000", period=YEAR[2022]),
        ],
    ),
    "a product's share": (
        [EXPORTS, make_claim("1.5", "1500000", indicator="exports", product="flour"),
         make_share("50", "0.5", indicator="exports", product="flour")],
        [EXPORTS, make_claim("1.5", "1500000", indicator="exports", product="flour"),
         make_share("80", "0.8", indicator="exports", product="flour")],
    ),
    "a partner's share": (
        [TURNOVER, make_claim("50", "50000000", partner="WORLD"), make_share("10", "0.1")],
        [TURNOVER, make_claim("50", "50000000", partner="WORLD"), make_share("30", "0.3")],
    ),
    "goods in a list": (
        [EXPORTS] + [make_claim(f"1.0{i}", f"10{i}0000", indicator="exports", product=p)
                     for i, p in enumerate(("flour", "wheat"))],
        [EXPORTS] + [make_claim(f"1.{i}", f"1{i}00000", indicator="exports", product=p)
                     for i, p in enumerate(("flour", "wheat", "rails"), 1)],
    ),
    "nine months and the year": (
        [make_claim("4.9", "4900000", period=NINE_MONTHS), TURNOVER],
        [make_claim("5.9", "5900000", period=NINE_MONTHS), TURNOVER],
    ),
    "halves of a year": (
        [make_claim("2.2", "2200000", period=H1), make_claim("2.7", "2700000", period=H2), TURNOVER],
        [make_claim("1.2", "1200000", period=H1), make_claim("1.7", "1700000", period=H2), TURNOVER],
    ),
    "a region and its country": (
        [make_claim("4.4", "4400000", reporter="KZ-61"), TURNOVER],
        [make_claim("6.4", "6400000", reporter="KZ-61"), TURNOVER],
    ),
    "a member and its group": (
        [make_claim("7.4", "7400000", partner="C-ASIA"), TURNOVER],
        [make_claim("4.4", "4400000", partner="C-ASIA"), TURNOVER],
    ),
    "partners and the world": (
        [make_claim("9.4", "9400000", partner="WORLD"), TURNOVER, make_claim("4.0", "4000000", partner="UZ")],
        [make_claim("8.4", "8400000", partner="WORLD"), TURNOVER, make_claim("4.0", "4000000", partner="UZ")],
    ),
    "two places": (
        [make_rank("first", 1), TURNOVER, make_rank("second", 2, partner="UZ"),
         make_claim("4.0", "4000000", partner="UZ")],
        [make_rank("first", 1), TURNOVER, make_rank("second", 2, partner="UZ"),
         make_claim("6.0", "6000000", partner="UZ")],
    ),
    "a place and all who stand above it": (
        [make_rank("second", 2), TURNOVER, make_claim("6", "6000000", partner="UZ")],
        [make_rank("second", 2), TURNOVER, make_claim("6", "6000000", partner="UZ"),
         make_claim("7", "7000000", partner="CN")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_relation_holds(case):
    assert contradictions(*CASES[case][0]) == []


@pytest.mark.parametrize("case", CASES)
def test_relation_broken(case):
    claims = CASES[case][1]
    assert contradictions(*claims) == [sorted(claim.surface for claim in claims)]


APART = {
    "targets": [TURNOVER, make_claim("10", "10000000", modality="target")],
    "forecasts": [TURNOVER, make_claim("10", "10000000", modality="forecast")],
    "periods": [TURNOVER, make_claim("4.0", "4000000", period=YEAR[2022])],
    "partners": [TURNOVER, make_claim("4.0", "4000000", partner="UZ")],
    "sides": [TURNOVER, make_claim("4.0", "4000000", reporter="KG", partner="UZ")],
    "flows": [EXPORTS, make_claim("4.0", "4000000", indicator="imports")],
    "products": [
        make_growth("12,3", "-0.123", indicator="exports", product="wheat"),
        make_growth("9,4", "0.094", indicator="exports", product="flour"),
    ],
    "currencies": [TURNOVER, make_claim("2250", "2250000000", unit="KZT")],
    "weight and worth": [
        make_growth("7,7", "-0.077", indicator="exports", product="zinc"),
        make_growth("24,6", "0.246", indicator="exports", product="zinc"),
    ],
    "no period": [
        make_claim("154.3", "154300000", period=None),
        make_claim("146.9", "146900000", period=None),
    ],
    "no sides": [
        make_claim("1.5", "1500000", reporter=None, partner=None),
        make_claim("2.5", "2500000", reporter=None, partner=None),
    ],
    "what carries more than a claim holds": [
        make_claim("20", "20", indicator="projects", unit="count"),
        make_claim("30", "30", indicator="projects", unit="count"),
    ],
    "growth over several years": [
        make_multiple("2", "2", period=(dt.date(2018, 1, 1), dt.date(2023, 12, 31))),
        TURNOVER,
        make_claim("4.9", "4900000", period=YEAR[2022]),
    ],
    "goods within goods": [
        EXPORTS,
        make_claim("2.9", "2900000", indicator="exports", product="agricultural goods"),
        make_claim("1.9", "1900000", indicator="exports", product="wheat"),
    ],
}


@pytest.mark.parametrize("case", APART)
def test_what_never_contradicts(case):
    assert contradictions(*APART[case]) == []
    reports = [make_report(claim, name=str(i)) for i, claim in enumerate(APART[case]) if case != "weight and worth"]
    assert of_verdict(check(reports), "contradicts") == []


def test_reports_on_one_cell():
    reports = [
        make_report(make_claim("865,2", "865200000"), name="a"),
        make_report(make_claim("1,15", "1150000000"), name="b"),
    ]
    (found,) = of_verdict(check(reports), "contradicts")
    assert found.severity == "error"
    assert [figure.document for figure in found.figures] == ["a", "b"]


def test_a_figure_against_many():
    reports = [make_report(make_claim("5.0", "5000000"), name=f"r{i}") for i in range(1000)]
    reports.append(make_report(make_claim("6.0", "6000000"), name="odd"))
    (found,) = of_verdict(check(reports), "contradicts")
    assert quotes(found) == ["5.0", "6.0"]


def test_a_report_that_gives_two_figures_in_one_breath_is_left_aside():
    doubtful = make_report(make_claim("4.4", "4400000"), make_claim("3.1", "3100000"), name="a")
    sure = [make_report(make_claim("4.4", "4400000"), name="b"), make_report(make_claim("6.4", "6400000"), name="c")]
    (found,) = of_verdict(check([doubtful, *sure]), "contradicts")
    assert [figure.document for figure in found.figures] == ["b", "c"]
    assert of_verdict(check([doubtful, sure[0]]), "contradicts") == []


def test_a_part_larger_than_its_whole_is_called_so():
    (found,) = of_verdict(check([make_report(*CASES["a region and its country"][1])]), "contradicts")
    assert found.why.endswith("a part is larger than its whole")


def test_all_contradictions_are_found():
    claims = [TURNOVER, EXPORTS, make_claim("3.0", "3000000", indicator="imports")]
    others = [
        make_claim("7", "7000000", partner="UZ"),
        make_growth("70", "0.7", partner="UZ"),
        make_claim("6", "6000000", partner="UZ", period=YEAR[2022]),
    ]
    assert sorted(contradictions(*claims, *others)) == [["3.0", "3.0", "5.0"], ["6", "7", "70"]]


def test_a_contradiction_through_a_chain():
    # 2022 exports follow from growth, 2022 turnover is then too small for them.
    claims = [
        make_claim("30", "30000000", indicator="exports"),
        make_multiple("1.5", "1.5", indicator="exports"),
        make_claim("12", "12000000", period=YEAR[2022]),
    ]
    assert contradictions(*claims) == [["1.5", "12", "30"]]


@pytest.mark.parametrize(("rate", "is_wrong"), [("111", True), ("15", False)])
def test_a_rate_from_one_amount_to_another_without_a_period(rate, is_wrong):
    claims = [
        make_multiple(rate, rate, period=None),
        make_claim("8 400", "8400", period=None, unit="t", indicator="exports", product="wheat"),
        make_claim("126", "126000", period=None, unit="t", indicator="exports", product="wheat"),
    ]
    claims[0] = make_multiple(rate, rate, period=None, indicator="exports", product="wheat")
    assert contradictions(*claims) == ([["111", "126", "8 400"]] if is_wrong else [])


def test_undated_figures_need_three():
    claims = [make_claim("40", "40000000", period=None), make_claim("500", "5E+8", period=None, indicator="exports")]
    assert contradictions(*claims) == []


def test_a_rate_since_an_earlier_year():
    claims = [
        make_claim("302", "302000000"),
        make_multiple("threefold", "0.3333"),
        make_claim("422", "422000000", period=YEAR[2022]),
    ]
    assert contradictions(*claims) != []
    assert contradictions(*claims, make_claim("950", "950000000", period=YEAR[2014])) == []


def test_services_are_no_part_of_goods():
    claims = [EXPORTS, make_claim("4.0", "4000000", indicator="exports", product="services")]
    assert contradictions(*claims) == []


def test_an_amount_behind_those_of_goods_is_not_their_whole():
    claims = [make_claim("4.0", "4000000", indicator="exports", product="flour"), EXPORTS]
    assert contradictions(*claims) == []


@pytest.mark.parametrize(
    ("text", "is_wrong"),
    [
        ("1,27 млн т: 777 тыс. т на экспорт, остальные 258 тыс. т – на рынок", True),
        ("1,03 млн т: 777 тыс. т на экспорт, остальные 258 тыс. т – на рынок", False),
        ("1,27 млн т: 777 тыс. т на экспорт, 258 тыс. т – на рынок", False),
    ],
)
def test_a_whole_its_parts_and_the_rest(text, is_wrong):
    claims = []
    for quote, value, flow in (
        (text[:4], text[:4].replace(",", ".") + "E+6", "freight"),
        ("777", "777000", "exports"),
        ("258", "258000", "other"),
    ):
        start = text.index(quote)
        span = Span(start, start + len(quote), quote)
        claims.append(make_claim(quote, value, unit="t", indicator=flow, product="grain", evidence=span))
    reading = Reading(Document("a", text), "ru", "Cyrl", claims=tuple(claims))
    assert len(of_verdict(check([reading]), "contradicts")) == is_wrong


def test_hedge_on_the_wrong_side_is_a_note():
    claims = [
        make_multiple("екі есеге", "2", bound="under"),
        make_claim("160,7", "160700000"),
        make_claim("78,5", "78500000", period=YEAR[2022]),
    ]
    findings = check([make_report(*claims)])
    assert of_verdict(findings, "contradicts") == []
    (note,) = of_verdict(findings, "consistent")
    assert note.severity == "note"
    assert "hedge" in note.why


def test_two_sides_statistics_within_the_band():
    reports = [
        make_report(make_claim("444,2", "444200000", indicator="exports"), name="a"),
        make_report(make_claim("489,7", "489700000", indicator="imports", reporter="TJ", partner="KZ"), name="b"),
    ]
    (found,) = check(reports)
    assert (found.verdict, found.severity) == ("consistent", "note")


def test_two_sides_statistics_outside_the_band():
    reports = [
        make_report(make_claim("444,2", "444200000", indicator="exports"), name="a"),
        make_report(make_claim("889,7", "889700000", indicator="imports", reporter="TJ", partner="KZ"), name="b"),
    ]
    (found,) = check(reports)
    assert (found.verdict, found.severity) == ("reports disagree", "warning")


def test_nine_months_of_one_side_above_the_year_of_the_other():
    reports = [
        make_report(make_claim("77", "77000000", indicator="exports", period=NINE_MONTHS, bound="over"), name="a"),
        make_report(make_claim("76,2", "76200000", indicator="imports", reporter="TJ", partner="KZ"), name="b"),
    ]
    (found,) = check(reports)
    assert (found.verdict, found.severity) == ("reports disagree", "note")


@pytest.mark.parametrize("intro", ["By preliminary data: ", "По уточнённым данным: ", "Алдын ала дерек бойынша: "])
def test_revised_figures_are_no_error(intro):
    reports = [
        make_report(make_claim("5.0", "5000000"), name="a", intro=intro),
        make_report(make_claim("5.6", "5600000"), name="b"),
    ]
    (found,) = check(reports)
    assert (found.verdict, found.severity) == ("reports disagree", "note")


def test_a_small_gap_between_reports_is_a_warning():
    reports = [
        make_report(make_claim("24.2", "24200000000"), name="a"),
        make_report(make_claim("24.62", "24620000000"), name="b"),
    ]
    (found,) = check(reports)
    assert (found.verdict, found.severity) == ("contradicts", "warning")


def test_implied_figures():
    findings = check([make_report(TURNOVER, IMPORTS, make_growth("25", "0.25", indicator="imports"))])
    implied = {
        (item.indicator, item.period[0].year): (float(item.low), float(item.high))
        for item in (finding.implied for finding in of_verdict(findings, "implies"))
    }
    assert implied[("exports", 2023)] == pytest.approx((2.9e6, 3.1e6))
    assert implied[("imports", 2022)] == pytest.approx((1.95e6 / 1.255, 2.05e6 / 1.245))


def test_an_implied_fall():
    claims = [
        make_claim("53,2", "53200", indicator="imports"),
        make_claim("76,2", "76200000", indicator="imports", period=YEAR[2022]),
    ]
    (found,) = of_verdict(check([make_report(*claims)]), "implies")
    assert found.implied.kind == "multiple"
    assert float(found.implied.high) == pytest.approx(0.000699, rel=1e-3)


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_sentences_in_every_language(lang):
    for case in CASES.values():
        for finding in check([make_report(*case[1])], lang=lang) + check([make_report(*case[0])], lang=lang):
            assert finding.why.strip()
            assert "{" not in finding.why + "".join(finding.steps)


def test_nothing_to_check():
    assert check([]) == []
    assert check([make_report()]) == []


def test_odd_figures_do_no_harm():
    odd = [
        make_claim("0", "0"),
        make_claim("5", "-5000000"),
        make_growth("300", "-3"),
        make_growth("100", "-1"),
        make_multiple("0", "0"),
        make_share("105", "1.05"),
        make_claim("0", "0", period=YEAR[2022]),
        make_claim("1", "1E+999999"),
        make_claim("7", "7", unit=None),
        make_rank("0", 0),
    ]
    assert contradictions(*odd) == []
    assert contradictions(*odd, TURNOVER, make_growth("8", "0.08")) == []


def test_a_relation_beside_a_note_is_still_told_to_hold():
    claims = [
        make_multiple("екі есеге", "2", bound="under"),
        make_claim("160", "160000000", bound="over"),
        make_claim("78,5", "78500000", period=YEAR[2022]),
        make_claim("160,7", "160700000", indicator="exports"),
        make_claim("53,2", "53200", indicator="imports"),
    ]
    found = [quotes(finding) for finding in of_verdict(check([make_report(*claims)]), "consistent")]
    assert sorted(found) == [["160", "160,7", "53,2"], ["160", "78,5", "екі есеге"]]
