"""Kazakh written out in every orthography, and the Latin ones told apart."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ainalym.language.orthography import ORTHOGRAPHIES, detect_orthography, write, write_all, write_ways

# Real texts lie beside the project where it is developed; they are not part of it.
SHARED = Path(os.environ.get("AINALYM_SHARED", Path(__file__).parents[3] / "shared"))
needs_shared = pytest.mark.skipif(not (SHARED / "bench").exists(), reason="the shared data are not here")

# Cyrillic, 2017, 2018, 2021, QazAqparat, ASCII, Arabic
SPELLINGS = """\
тауар tay'ar taýar tauar tawar tauar تاۋار
сөз so'z sóz söz söz soz ءسوز
шығыс s'yg'ys shyǵys şyğys şığıs shygys شىعىس
дейін dei'in deıin deiın deyin deiin دەيىن
жаңа jan'a jańa jaña jaña jana جاڭا
ұлғаю ulg'ai'y' ulǵaıý ūlğaiu ulğayw ulgaiu ۇلعايۋ
үкімет u'kimet úkimet ükımet ükimet ukimet ۇكىمەت
әріптес a'riptes áriptes ärıptes äriptes ariptes ارىپتەس
Өзбекстан O'zbekstan Ózbekstan Özbekstan Özbekstan Ozbekstan وزبەكستان
Қазақстан Qazaqstan Qazaqstan Qazaqstan Qazaqstan Qazaqstan قازاقستان
Ресей Resei' Reseı Resei Resey Resei رەسەي
АҚШ AQS' AQSH AQŞ AQŞ AQSH اقش
Шымкент S'ymkent Shymkent Şymkent Şımkent Shymkent شىمكەنت
экспорт eksport eksport eksport éksport eksport ەكسپورت
доллар dollar dollar dollar dollar dollar دوللار
миллиард mi'lli'ard mıllıard milliard mïllïard milliard ميلليارد
министрі mi'ni'stri mınıstri ministrı mïnïstri ministri ءمينيسترى
Израиль I'zrai'l Izraıl İzrail Ïzraïl Izrail يزرايل
""".splitlines()


@pytest.mark.parametrize("row", SPELLINGS, ids=lambda row: row.split()[0])
def test_words_in_every_orthography(row):
    word, *expected = row.split()
    assert [write(word, orthography) for orthography in ORTHOGRAPHIES] == [word, *expected]


@pytest.mark.parametrize(
    ("word", "orthography", "expected"),
    [
        ("цифрландыру", "Latn-2018", {"tsıfrlandyrý", "sıfrlandyrý"}),
        ("позиция", "Latn-2018", {"pozıtsııa", "pozısııa"}),
        ("Азия", "Latn-2021", {"Aziia", "Azia", "Aziya"}),
        ("бастауды", "QazAqparat", {"bastawdı", "bastaudı"}),
        ("ұсынды", "QazAqparat", {"usındı", "wsındı"}),
        ("инвестиция", "Arab", {"ينۆەستيسيا", "ينۆەستيتسيا"}),
        ("тиіс", "Arab", {"ءتيىس", "تيىس"}),
        ("АҚ-ны", "Arab", {"اق-نى", "ا ق-نى"}),
    ],
)
def test_spellings_that_vary_are_all_given(word, orthography, expected):
    assert write_all(word, orthography) == expected


def test_plain_letters_as_they_are_typed():
    spellings = write_all("тауар айналымы", "ASCII")
    assert {"tauar ainalymy", "tayar ainalymy", "tauar aynalymy", "tauar aynalimi"} <= spellings
    assert {"jana", "zhana", "zhanga"} <= write_all("жаңа", "ASCII")
    assert {"qazaqstannyn", "kazakstannyn"} <= write_all("қазақстанның", "ASCII")


def test_hamza_stands_once_in_each_part_of_a_word_with_front_vowels():
    assert write("емес-ті", "Arab") == "ەمەس-ءتى"
    assert write("сөз бен іс", "Arab") == "ءسوز بەن ءىس"
    assert write("жүк ішіне", "Arab") == "جۇك ىشىنە"


def test_text_that_is_not_kazakh_stays():
    text = "«$2 mlrd-қа дейін», 8,9%-ға"
    assert write(text, "Latn-2018") == "«$2 mlrd-qa deıin», 8,9%-ǵa"


def test_an_unknown_orthography_is_named():
    with pytest.raises(ValueError, match="Latn-2018"):
        write("сөз", "Latn")


@given(st.text(alphabet="абвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюяә -", max_size=30), st.sampled_from(ORTHOGRAPHIES))
def test_the_usual_spelling_is_one_of_all_and_the_first_way(text, orthography):
    assert write(text, orthography) in write_all(text, orthography)
    if orthography != "Cyrl":
        ways = list(write_ways([text, text], orthography))
        assert ways[0] == [write(text, orthography)] * 2
        assert {way[0] for way in ways} <= write_all(text, orthography)


@given(st.text(max_size=40), st.sampled_from(ORTHOGRAPHIES))
def test_any_text_can_be_written(text, orthography):
    assert isinstance(write(text, orthography), str)


SENTENCE = "Биылғы тоғыз айда екі елдің өзара саудасы он пайызға ұлғайып, жаңа межеге жетті."


@pytest.mark.parametrize("orthography", ORTHOGRAPHIES[1:6])
def test_latin_orthographies_are_told_apart(orthography):
    for spelling in write_all(SENTENCE, orthography):
        assert detect_orthography(spelling) == orthography


def test_variants_of_letters_and_foreign_names():
    assert (
        detect_orthography("Elımızdıŋ Mäskeuge jıberetın tauary bıyl üş esege azaidy, aldaǧy jyly ösedı") == "Latn-2021"
    )
    assert detect_orthography("Täjik eli jaña jobanı qarawdı wsınıp, qarjı böldi") == "QazAqparat"
    assert detect_orthography("Qazaqstan men Resei " * 20 + "São Paulo") == "ASCII"
    assert detect_orthography("Қазақстан мен Ресей, 2023") is None
    assert detect_orthography("") is None


def _records(script):
    for name in ("train-kk", "dev-kk"):
        for line in (SHARED / "bench" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            if record["script"] == script:
                yield record["id"], record["text"]


@needs_shared
def test_real_latin_texts_are_recognised():
    found = {number: detect_orthography(text) for number, text in _records("Latn")}
    assert found.pop("kk-041") == "Latn-2021"
    assert found.pop("kk-045") == "QazAqparat"
    assert set(found.values()) == {"Latn-2018"}


@needs_shared
@pytest.mark.parametrize(
    ("number", "orthography", "words"),
    [
        ("kk-109", "Latn-2018", "ауыл шаруашылығы министрі жөнелтуге ветеринарлық желтоқсанда Қытайға"),
        ("kk-111", "Latn-2018", "бейресми саммитіне экономика пандемияның миллиард долларға президент көлемі"),
        ("kk-129", "Latn-2018", "мұнайының Германияға партиясын энергетика тонна"),
        ("kk-044", "Latn-2018", "Әзербайжан бюджеті цифрландыратын"),
        ("kk-041", "Latn-2021", "делегация Азияны қарай бекіткішін"),
        ("kk-045", "QazAqparat", "сәуірде Орталық Азия байланысына конференция ұсынды бастауды жүздесті"),
        ("kk-110", "Arab", "үкімет көлік министрі вагондармен миллион дақыл деңгейден экспортқа қыркүйекте дейін"),
        ("kk-112", "Arab", "мемлекеттік мән бір экономикалық юань бөлді инвестиция транзиттік контейнер түсті"),
        ("kk-131", "Arab", "шығыс газын миллиард тоқтайды үкімет магистралды"),
        ("kk-135", "Arab", "станциясына өсім Түркияның мерсин жүк әрі"),
        ("kk-046", "Arab", "Өзбекстан Тоқаевтың сауда тауар біздің ірі өзара үшін"),
    ],
)  # fmt: skip
def test_spellings_are_those_of_real_texts(number, orthography, words):
    text = next(text for script in ("Latn", "Arab") for each, text in _records(script) if each == number).lower()
    for word in words.split():
        assert any(spelling.lower() in text for spelling in write_all(word, orthography)), word
