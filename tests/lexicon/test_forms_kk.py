"""Kazakh forms as they stand in print, with the grammar that their endings tell."""

import pytest

from ainalym.lexicon.forms_kk import find_harmonies, inflect_adjective, inflect_noun, is_possessed
from ainalym.lexicon.verbs_kk import inflect_verb

# lemma, form, case, number, possessor
NOUNS = """
тауар айналымы | тауар айналымын | acc sg 3
тауар айналымы | тауар айналымына | dat sg 3
тауар айналымы | тауар айналымының | gen sg 3
тауар айналымы | тауар айналымынан | abl sg 3
тауар айналымы | тауар айналымымен | ins sg 3
тауар айналымы | тауар айналымымыз | nom sg 1pl
тауар айналымы | тауар айналымымызды | acc sg 1pl
тауар айналымы | тауар айналымдары | nom pl 3
тауар айналымы | тауар айналымындағы | loc sg 3
ауыл шаруашылығы өнімі | ауыл шаруашылығы өнімдерін | acc pl 3
Сыртқы істер министрлігі | Сыртқы істер министрлігінің | gen sg 3
Саха Республикасы | Саха Республикасынан | abl sg 3
Саха Республикасы | Саха Республикасымен | ins sg 3
Біріккен Араб Әмірліктері | Біріккен Араб Әмірліктеріне | dat pl 3
ауыл шаруашылығы | ауыл шаруашылықтары | nom pl 3
қазақ халқы | қазақ халықтары | nom pl 3
тарап | тарабы | nom sg 3
тарап | тараптар | nom pl -
тарап | тараппен | ins sg -
көмек | көмегі | nom sg 3
көмек | көмекке | dat sg -
халық | халқының | gen sg 3
орын | орнында | loc sg 3
экспорт | экспортымыз | nom sg 1pl
экспорт | экспортқа | dat sg -
экспорт | экспорттың | gen sg -
импорт | импорттан | abl sg -
инвестиция | инвестицияның | gen sg -
инвестиция | инвестициясы | nom sg 3
миллиард | миллиардқа | dat sg -
миллиард | миллиардтан | abl sg -
доллар | долларды | acc sg -
доллар | долларға | dat sg -
тонна | тоннаны | acc sg -
тонна | тоннамен | ins sg -
теңге | теңгеден | abl sg -
заң | заңның | gen sg -
заң | заңды | acc sg -
заң | заңнан | abl sg -
қаз | қазбен | ins sg -
ел | елдер | nom pl -
ел | елдің | gen sg -
ел | еліміздің | gen sg 1pl
жыл | жылы | nom sg 3
жыл | жылдан | abl sg -
кәсіпорын | кәсіпорындар | nom pl -
завод | заводтар | nom pl -
завод | заводты | acc sg -
банк | банктер | nom pl -
банк | банктің | gen sg -
турист | туристер | nom pl -
турист | туристтер | nom pl -
турист | туристің | gen sg -
процесс | процестер | nom pl -
рубль | рублі | nom sg 3
рубль | рубльге | dat sg -
тариф | тарифтер | nom pl -
арттыру | арттыруды | acc sg -
министр | министрдің | gen sg -
министр | министрге | dat sg -
автомобиль | автомобильдер | nom pl -
этап | этаптан | abl sg -
АҚШ | АҚШ-тың | gen sg -
АҚШ | АҚШ-қа | dat sg -
АҚШ | АҚШ-пен | ins sg -
АҚШ | АҚШтан | abl sg -
ЕАЭО | ЕАЭО-ға | dat sg -
ЕАЭО | ЕАЭО-дағы | loc sg -
БАӘ | БАӘ-ге | dat sg -
БАӘ | БАӘ-мен | ins sg -
ҚХР | ҚХР-дан | abl sg -
ТМД | ТМД-ға | dat sg -
млн | млн-нан | abl sg -
млн | млн-ды | acc sg -
млрд | млрд-қа | dat sg -
USD | USD-ға | dat sg -
""".strip().splitlines()

PLACES = """
Қазақстан | Қазақстаннан | abl
Қазақстан | Қазақстанға | dat
Қазақстан | Қазақстанмен | ins
Қазақстан | Қазақстандағы | loc
Қазақстан | Қазақстандікі | gen
Өзбекстан | Өзбекстанда | loc
Ресей | Ресейдің | gen
Ресей | Ресеймен | ins
Қытай | Қытайдан | abl
Түркия | Түркияға | dat
Корея | Кореяны | acc
Беларусь | Беларуське | dat
Баку | Бакуде | loc
Баку | Бакуға | dat
Мәскеу | Мәскеуге | dat
Душанбе | Душанбеде | loc
Гонконг | Гонконгте | loc
Ирак | Иракқа | dat
Париж | Парижде | loc
Кипр | Кипрмен | ins
""".strip().splitlines()

VERBS = """
өс | өсті өстік | past
өс | өскен өскеннен өскенін өскеніне өскендігін | participle
өс | өсетін өсетінін | participle
өс | өсіп өсе өскелі | converb
өс | өседі өсеміз өсуде | present
өс | өсер | aorist
өс | өсу өсуге өсудің өсуі өсуіне | infinitive
өс | өспек өспекші | intent
өс | өссе | conditional
өс | өсіпті | past
арттыр | арттырды арттырылды | past
арттыр | арттыруға арттыруды арттырудың арттыруымыз арттыруымызға арттырылуы | infinitive
арттыр | арттырмақ арттырмақпыз арттырылмақ | intent
арттыр | арттырсын арттырайық арттырылсын | imperative
азай | азаяды азаюда | present
азай | азаю азаюы азаюына | infinitive
азай | азая азайып | converb
азай | азаятын азайған азайғанын | participle
көбей | көбейеді | present
көбей | көбею көбейіп | infinitive converb
тоқта | тоқтайды | present
тоқта | тоқтау тоқтауға | infinitive
тоқта | тоқтап тоқтай | converb
тоқта | тоқтайтын | participle
төменде | төмендеді төмендепті | past
кемі | кеміді | past
кемі | кемиді | present
кемі | кему | infinitive
кемі | кемімек | intent
тап | тапты тауыпты | past
тап | тауып таба | converb
тап | табады | present
тап | табу | infinitive
тап | таппақ | intent
шық | шығады | present
шық | шықты | past
шық | шығу | infinitive
бер | бермек | intent
сатып ал | сатып алды | past
сатып ал | сатып алған сатып алынған сатып алатын | participle participle participle
экспортта | экспортталды экспорттады | past
қабылда | қабылданды | past
жеткіз | жеткізіледі | present
""".strip().splitlines()


@pytest.mark.parametrize("row", NOUNS)
def test_nouns(row):
    lemma, text, grammar = (part.strip() for part in row.split("|"))
    case, number, possessor = (None if part == "-" else part for part in grammar.split())
    found = [form for form in inflect_noun(lemma) if form.text == text]
    assert (case, number, possessor) in {(form.case, form.number, form.possessor) for form in found}


@pytest.mark.parametrize("row", PLACES)
def test_places(row):
    lemma, text, case = (part.strip() for part in row.split("|"))
    forms = list(inflect_noun(lemma, "place"))
    assert case in {form.case for form in forms if form.text == text}
    assert {form.number for form in forms} == {"sg"}
    assert {form.possessor for form in forms} == {None, "3"}


@pytest.mark.parametrize("row", VERBS)
def test_verbs(row):
    stem, texts, expected = (part.strip() for part in row.split("|"))
    forms = list(inflect_verb(stem))
    names = expected.split()
    words = [f"{stem.rpartition(' ')[0]} {word}".strip() for word in texts.split() if word not in stem.split()[:-1]]
    if stem == "сатып ал":
        words = [word for word in words if word in {form.text for form in forms}]
    for index, word in enumerate(words):
        name = names[min(index, len(names) - 1)]
        assert name in {form.form for form in forms if form.text == word}, word


def test_the_case_of_participles_and_infinitives_is_kept():
    forms = {form.text: form for form in inflect_verb("өс")}
    assert (forms["өскеннен"].case, forms["өскенін"].possessor) == ("abl", "3")
    assert (forms["өсуге"].case, forms["өсуіміз"].possessor) == ("dat", "1pl")
    assert {form.form for form in inflect_verb("өс") if form.text == "өсуде"} == {"infinitive", "present"}


def test_the_bare_stem_is_no_form():
    assert "ал" not in {form.text for form in inflect_verb("ал")}


def test_short_stems_have_no_passive_of_their_own():
    assert "жетілді" not in {form.text for form in inflect_verb("жет")}


def test_time_words_have_an_attributive_of_their_own():
    forms = {form.text: form for form in inflect_noun("жыл", "calendar")}
    assert (forms["жылғы"].form, forms["жылғы"].case) == ("attributive", "nom")
    assert (forms["жылғыдан"].form, forms["жылғыдан"].case) == ("attributive", "abl")
    assert "күнгі" in {form.text for form in inflect_noun("күн", "duration")}
    assert "Ресейгі" not in {form.text for form in inflect_noun("Ресей", "place")}


def test_numbers_and_measures_have_ordinals_and_equatives():
    assert {"үшінші", "үштей"} <= {form.text for form in inflect_noun("үш", "number")}
    assert {"миллионыншы", "миллиондай", "миллиондық"} <= {form.text for form in inflect_noun("миллион", "scale")}
    assert "жиырмасыншы" in {form.text for form in inflect_noun("жиырма", "number")}
    assert "алтыншы" in {form.text for form in inflect_noun("алты", "number")}
    assert "долларлық" in {form.text for form in inflect_noun("доллар", "currency")}


def test_adjectives_stand_for_people_too():
    forms = {(form.text, form.case, form.number) for form in inflect_adjective("қытайлық")}
    assert {("қытайлық", None, None), ("қытайлықтар", "nom", "pl"), ("қытайлықтарға", "dat", "pl")} <= forms
    assert "ірісі" in {form.text for form in inflect_adjective("ірі")}


@pytest.mark.parametrize(
    ("word", "harmonies"),
    [
        ("өсім", ["front"]), ("сауда", ["back"]), ("Өзбекстан", ["back"]), ("арттыру", ["back"]), ("көбею", ["front"]),
        ("министр", ["front"]), ("тариф", ["back", "front"]), ("банк", ["back", "front"]), ("АҚШ", ["back"]),
        ("рубль", ["front", "back"]), ("млн", ["back", "front"]), ("комиссия", ["back"]),
    ],
)  # fmt: skip
def test_harmony(word, harmonies):
    assert list(find_harmonies(word)) == harmonies


def test_possessive_compounds_are_told_from_words_in_i():
    assert is_possessed("айналымы")
    assert is_possessed("Республикасы")
    assert is_possessed("министрлігі")
    assert not is_possessed("субъекті")
    assert not is_possessed("сауда")
