"""Russian forms: phrases that agree, words that the dictionary lacks, participles."""

import pytest

from ainalym.lexicon.forms_ru import inflect_adjective, inflect_noun, inflect_verb

NOUNS = """
внешнеторговый оборот | внешнеторгового оборота | gen sg
внешнеторговый оборот | внешнеторговых оборотов | gen pl
взаимная торговля | взаимной торговлей | ins sg
взаимная торговля | взаимной торговле | loc sg
объём взаимной торговли | объёма взаимной торговли | gen sg
торговые связи | торговыми связями | ins pl
Республика Казахстан | республикой Казахстан | ins sg
Российская Федерация | российской федерации | dat sg
Соединённые Штаты Америки | соединённых штатов Америки | gen pl
Босния и Герцеговина | боснией и герцеговиной | ins sg
город Алматы | города Алматы | gen sg
город Москва | города москвы | gen sg
чрезвычайный и полномочный посол | чрезвычайным и полномочным послом | ins sg
поверенный в делах | поверенного в делах | gen sg
продажа за рубеж | продажи за рубеж | gen sg
Ахалский велаят | ахалского велаята | gen sg
Джалал-Абадская область | Джалал-абадской области | loc sg
аргентинский песо | аргентинского песо | gen sg
казахстанский тенге | казахстанских тенге | gen pl
болгарский лев | болгарских левов | gen pl
армянский драм | армянских драмов | gen pl
сум | сумов | gen pl
Семей | Семее | loc sg
год | году | loc sg
тонна | тонн | gen pl
зернобобовые | зернобобовых | gen pl
инвестор | инвесторов | acc pl
порт Актау | портом Актау | ins sg
""".strip().splitlines()


@pytest.mark.parametrize("row", NOUNS)
def test_nouns(row):
    lemma, text, grammar = (part.strip() for part in row.split("|"))
    kind = "role" if lemma in ("инвестор", "чрезвычайный и полномочный посол") else "currency"
    kind = "place" if lemma[0].isupper() else kind
    found = {(form.text.lower(), f"{form.case} {form.number}") for form in inflect_noun(lemma, kind)}
    assert (text.lower(), grammar) in found


def test_places_have_one_number():
    assert {form.number for form in inflect_noun("Россия", "place")} == {"sg"}
    assert {form.number for form in inflect_noun("Нидерланды", "place")} == {"pl"}


@pytest.mark.parametrize("word", ["США", "Баку", "тенге", "сальдо", "КНР", "Алматы"])
def test_words_that_do_not_decline_tell_no_case(word):
    assert [(form.text, form.case) for form in inflect_noun(word, "place")] == [(word, None)]


def test_forms_that_serve_several_cases_are_given_for_each():
    cases = {form.case for form in inflect_noun("Россия", "place") if form.text == "россии"}
    assert cases == {"gen", "dat", "loc"}


def test_verbs():
    forms = {(form.text, form.form, form.case) for form in inflect_verb("вырасти")}
    assert {
        ("вырасти", "infinitive", None),
        ("вырос", "past", None),
        ("вырастет", "future", None),
        ("выросший", "participle", "nom"),
        ("выросшего", "participle", "gen"),
        ("выросши", "converb", None),
    } <= forms
    assert ("растёт", "present") in {(form.text, form.form) for form in inflect_verb("расти")}
    assert "ушедшего на экспорт" in {form.text for form in inflect_verb("уйти на экспорт")}


def test_verbs_without_an_infinitive_in_use():
    assert {"пришёлся", "пришлось", "пришлись"} <= {form.text for form in inflect_verb("пришлись")}
    assert {form.text for form in inflect_verb("равен")} == {"равен", "равна", "равно", "равны"}
    with pytest.raises(ValueError, match="does not begin with a verb"):
        list(inflect_verb("экспорт"))


def test_adjectives():
    forms = {(form.text, form.case, form.number) for form in inflect_adjective("казахстанский")}
    assert {("казахстанского", "gen", "sg"), ("казахстанских", "loc", "pl"), ("казахстанско", None, None)} <= forms
    assert "крупнее" in {form.text for form in inflect_adjective("крупный")}
