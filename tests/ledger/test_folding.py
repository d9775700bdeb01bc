import json
import re
from pathlib import Path

import pytest

from ainalym.language.orthography import ORTHOGRAPHIES, write, write_all
from ainalym.ledger.folding import LANGS, find_words, fold_word
from ainalym.lexicon.forms_kk import inflect_noun as inflect_kk
from ainalym.lexicon.forms_ru import inflect_noun as inflect_ru

EVALS = Path(__file__).parents[2] / "evals"


def _words() -> list[str]:
    texts = []
    for name in ("train-kk", "dev-kk"):
        records = map(json.loads, (EVALS / f"{name}.jsonl").read_text("utf-8").splitlines())
        texts += [record["text"].lower() for record in records if record["script"] == "Cyrl"]
    return sorted(set(re.findall("[а-яәғқңөұүһіё]+", " ".join(texts))))


@pytest.mark.parametrize("orthography", [name for name in ORTHOGRAPHIES if name != "Cyrl"])
def test_the_words_of_real_reports_are_one_in_every_orthography(orthography):
    words = _words()
    assert len(words) > 1_500
    different = [word for word in words if fold_word(write(word, orthography), "kk") != fold_word(word, "kk")]
    assert not different
    spellings = [(word, spelling) for word in words for spelling in write_all(word, orthography)]
    different = [(word, way) for word, way in spellings if fold_word(way, "kk") != fold_word(word, "kk")]
    assert len(different) / len(spellings) < 0.001, different[:20]


# The share of a word’s forms that keep its stem. Rare forms (менің тауарларыма) may go their own way.
@pytest.mark.parametrize(
    ("inflect", "lang", "words", "floor"),
    [
        (inflect_kk, "kk", "тауар экспорт сауда жыл мұнай астық келісім президент көлік зауыт теңге доллар", 0.75),
        (inflect_ru, "ru", "товар экспорт страна нефть товарооборот соглашение президент область завод рост", 0.95),
    ],
)
def test_the_forms_of_a_word_have_one_stem(inflect, lang, words, floor):
    forms = [(word, form.text) for word in words.split() for form in inflect(word)]
    same = sum(fold_word(form, lang) == fold_word(word, lang) for word, form in forms)
    assert same / len(forms) > floor


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Мирзиёев", "Mirziyoyev"),
        ("Жұманғарин", "Jumanğarin"),
        ("партнёр", "партнер"),
        ("и\u0306од", "йод"),
        ("сая\u00adси", "саяси"),
        ("aýmag'y", "аумағы"),
        ("ٴوندىرىس", "өндіріс"),
    ],
)
def test_spellings_of_one_word(one, other):
    assert fold_word(one, "kk")[:5] == fold_word(other, "kk")[:5]


@pytest.mark.parametrize(
    ("one", "other"), [("экспорт", "импорт"), ("мың", "мұнай"), ("тауар", "товарооборот"), ("Қазақстан", "қазақ")]
)
def test_different_words_stay_different(one, other):
    assert fold_word(one, "kk") != fold_word(other, "kk")


def test_numbers_are_words_whatever_their_digits_and_fraction_sign():
    assert fold_word("4,4", "ru") == fold_word("4.4", "en") == fold_word("٤.٤", "kk") != fold_word("44", "en")


def test_words_stand_where_they_stood():
    text = "Тауар айналымы «4,4 млрд» долл. ا ق ش-نىڭ s'ekara"
    found = [text[start:end] for start, end, _ in find_words(text, "kk")]
    assert found == ["Тауар", "айналымы", "4,4", "млрд", "долл", "ا ق ش", "نىڭ", "s'ekara"]


@pytest.mark.parametrize("text", ["", "«»—…", "'", "中文", "\ud800", "a" * 100_000, "1" * 100_000, "İİİ", "𝟜𝟜"])
@pytest.mark.parametrize("lang", [*LANGS, None, "uz"])
def test_odd_texts_are_folded_without_complaint(text, lang):
    assert all(re.fullmatch("[a-z0-9]{1,12}", stem) for _, _, stem in find_words(text, lang))
