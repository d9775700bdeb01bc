"""English forms by the rules of spelling and from the table of irregular words."""

import pytest

from ainalym.lexicon.forms_en import inflect_adjective, inflect_noun, inflect_verb, make_plural


@pytest.mark.parametrize(
    ("word", "plural"),
    [
        ("country", "countries"), ("delivery", "deliveries"), ("day", "days"), ("tax", "taxes"), ("box", "boxes"),
        ("person", "people"), ("memorandum", "memoranda"), ("spokesman", "spokesmen"), ("bottle", "bottles"),
        ("free trade zone", "free trade zones"), ("potato", "potatoes"), ("branch", "branches"),
    ],
)  # fmt: skip
def test_plurals(word, plural):
    assert make_plural(word) == plural


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        ("grow", "grow grows growing grew grown"),
        ("ship", "ship ships shipping shipped shipped"),
        ("increase", "increase increases increasing increased increased"),
        ("supply", "supply supplies supplying supplied supplied"),
        ("transfer", "transfer transfers transferring transferred transferred"),
        ("reach", "reach reaches reaching reached reached"),
        ("gain", "gain gains gaining gained gained"),
        ("deliver", "deliver delivers delivering delivered delivered"),
        ("go up", "go up|goes up|going up|went up|gone up"),
        ("agree", "agree agrees agreeing agreed agreed"),
    ],
)
def test_verbs(base, expected):
    texts = expected.split("|") if "|" in expected else expected.split()
    names = ("infinitive", "present", "converb", "past", "participle")
    assert {(form.text, form.form) for form in inflect_verb(base)} == set(zip(texts, names, strict=True))


def test_ways_of_one_form():
    assert {form.text for form in inflect_verb("forecast") if form.form == "past"} == {"forecast", "forecasted"}


def test_possessives():
    forms = {(form.text, form.case, form.number) for form in inflect_noun("country")}
    assert {("country's", "gen", "sg"), ("countries'", "gen", "pl"), ("countries", "nom", "pl")} == forms - {
        ("country", "nom", "sg")
    }
    assert {"United States'", "United States's"} <= {form.text for form in inflect_noun("United States", "place")}


def test_the_word_before_a_preposition_is_the_head():
    assert "volumes of trade" in {form.text for form in inflect_noun("volume of trade")}
    assert "Ministries of Trade" in {form.text for form in inflect_noun("Ministry of Trade")}


def test_names_of_peoples():
    assert "Kazakhs" in {form.text for form in inflect_adjective("Kazakh")}
    assert {form.text for form in inflect_adjective("bilateral")} == {"bilateral"}
    assert {form.text for form in inflect_adjective("Chinese")} == {"Chinese"}
