import re
import string
import tomllib
from importlib.resources import files

import pytest

from ainalym.checking import check
from ainalym.checking.explain import LANGS, Explainer
from ainalym.checking.intervals import Interval
from ainalym.errors import UsageError
from ainalym.model import Indicator

from .claims import YEAR, make_claim, make_growth, make_report


def load(lang):
    return tomllib.loads(files("ainalym.checking").joinpath("explain", f"{lang}.toml").read_text(encoding="utf-8"))


def fields(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("lang", LANGS)
def test_every_language_has_every_sentence(lang):
    english, other = load("en"), load(lang)
    assert {s: set(rows) for s, rows in other.items()} == {s: set(rows) for s, rows in english.items()}
    for section, rows in english.items():
        for key, text in rows.items():
            assert fields(other[section][key]) == fields(text)
    assert set(other["flow"]) == set(Indicator.__args__)


@pytest.mark.parametrize("lang", LANGS)
def test_no_word_mixes_alphabets(lang):
    for rows in load(lang).values():
        for text in rows.values():
            for word in re.findall(r"[^\W\d_]+", re.sub(r"{\w+}", "", text)):
                assert len({"Cyrl" if "\u0400" <= letter <= "\u052f" else "Latn" for letter in word}) == 1, word


def test_numbers_are_written_in_the_scale_that_suits_them():
    english, russian = Explainer([], "en"), Explainer([], "ru")
    assert english.interval(Interval(2_340_000, 2_345_000), "USD") == "[2.34; 2.345] mln USD"
    assert russian.interval(Interval(2_340_000, 2_345_000), "USD") == "[2,34; 2,345] млн USD"
    assert english.interval(Interval(-1500, 2000), "t") == "[−1.5; 2] thousand t"
    assert english.interval(Interval(float("-inf"), float("inf"))) == "[−∞; ∞]"


def test_a_growth_rate_is_explained():
    claims = [
        make_claim("154.3", "154300000"),
        make_growth("40", "0.4"),
        make_claim("146.9", "146900000", period=YEAR[2022]),
    ]
    (found,) = check([make_report(*claims)])
    assert found.steps == (
        "“154.3” [a]: turnover KZ–TJ 2023 = [154.25; 154.35] mln USD (half a unit of the last digit)",
        "“40” [a]: ratio to the year before of turnover KZ–TJ 2023 = [1.395; 1.405] (half a unit of the last digit)",
        "“146.9” [a]: turnover KZ–TJ 2022 = [146.85; 146.95] mln USD (half a unit of the last digit)",
        "[154.25; 154.35] mln USD / [146.85; 146.95] mln USD = [1.04968; 1.05107]; the stated ratio is [1.395; 1.405]",
    )
    assert found.why == f"{found.steps[-1]}: no common value"


def test_a_chain_is_explained_to_its_end():
    claims = [
        make_claim("30", "30000000", indicator="exports"),
        make_growth("50", "0.5", indicator="exports"),
        make_claim("12", "12000000", period=YEAR[2022]),
    ]
    (found, *_) = check([make_report(*claims)])
    assert found.verdict == "contradicts"
    assert found.steps[-1].endswith("at least 19.6013 mln USD by the one, at most 12.5 mln USD by the other")


def test_other_languages_are_refused():
    with pytest.raises(UsageError):
        check([], lang="fr")
