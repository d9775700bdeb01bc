"""Kazakh verbs by rule: tenses, participles, converbs and verbal nouns from the bare stem."""

from __future__ import annotations

from collections.abc import Iterator

from ainalym.lexicon.forms import Form
from ainalym.lexicon.forms_kk import (
    EITHER,
    FIRST,
    VOICED_PAIR,
    VOWELS,
    attach,
    decline,
    drop_nominative,
    find_harmonies,
    find_sound_class,
    keep_cases,
    make_plural,
    possess_third,
    split_last,
)


def inflect_verb(phrase: str) -> Iterator[Form]:
    """All affirmative forms of a verb given as its bare stem, its plain passive too; the last word inflects.

    The bare stem itself is left out: as an imperative it does not occur in reports, and it often is another word.
    """
    head, stem = split_last(phrase)
    for harmony in find_harmonies(stem, kind="verb"):
        for voice in (stem, *_passives(stem, harmony)):
            yield from (form._replace(text=head + form.text) for form in _conjugate(voice, harmony))


def _passives(stem: str, harmony: str) -> list[str]:
    """The passive of stems of several syllables: арттырыл, көбейтіл, жоспарлан. Of short stems it often is another verb
    (жет, reach; жетіл, ripen), so the sources name those they want."""
    if sum(letter in VOWELS or letter in EITHER for letter in stem) < 2:
        return []
    if stem[-1] in "ае":
        return [stem + ("н" if "л" in stem[-3:] else "л")]
    if stem[-1] in "ртзсш":
        return [attach(stem, "ыл", harmony)]
    return []


def _conjugate(stem: str, harmony: str) -> Iterator[Form]:
    sound = find_sound_class(stem)
    vowel = sound == "vowel"
    first = FIRST[sound]

    def add(base: str, ending: str) -> str:
        return attach(base, ending, harmony)

    past = add(stem, first["past"] + "ы")
    for ending in ("", "м", "ңыз", "қ"):
        yield Form(add(past, ending), form="past")
    yield from _participles(add(stem, first["dat"] + "ан"), harmony)
    yield Form(add(stem, first["dat"] + "алы"), form="converb")
    yield Form(add(stem, first["dat"] + "анша"), form="converb")
    for text in _converbs_p(stem, harmony):
        yield Form(text, form="converb")
        yield Form(add(text, "ты"), form="past")
    stay = _converb_a(stem, harmony)
    yield Form(stay, form="converb")
    for ending in ("ды", "мын", "мыз", "сыз"):
        yield Form(add(stay, ending), form="present")
    habitual = add(stay if vowel else _joined(stem, "а", harmony), "тын")
    yield from _participles(habitual, harmony)
    aorist = add(stem, "р") if vowel else add(_joined(stem, "а", harmony), "р")
    yield Form(aorist, form="aorist")
    intent = add(stem, first["intent"] + "ақ")
    for ending in ("", "шы", "пын", "пыз"):
        yield Form(add(intent, ending), form="intent")
    condition = add(stem, "са")
    for ending in ("", "м", "қ"):
        yield Form(add(condition, ending), form="conditional")
    yield Form(add(stem, "сын"), form="imperative")
    yield Form(add(stay, "йық") if not vowel else add(stem, "йық"), form="imperative")
    yield from _infinitives(_joined(stem, "у", harmony), harmony)


def _participles(text: str, harmony: str) -> Iterator[Form]:
    """A participle in -ған or -атын: with cases, as a noun (өскенін, өскендігін), in the plural, with persons."""
    nouns = [*decline(text, harmony, "sg"), *possess_third(text, harmony, "sg")]
    nouns += decline(attach(text, "ымыз", harmony), harmony, "sg", "1pl")
    nouns += decline(make_plural(text, harmony), harmony, "pl")
    abstract = attach(text, "дық", harmony)
    nouns += [*drop_nominative(decline(abstract, harmony, "sg")), *possess_third(abstract, harmony, "sg")]
    yield from (noun._replace(form="participle") for noun in keep_cases(nouns))
    for ending in ("мын", "быз", "сыз"):
        yield Form(attach(text, ending, harmony), form="participle")


def _infinitives(text: str, harmony: str) -> Iterator[Form]:
    nouns = [*decline(text, harmony, "sg"), *possess_third(text, harmony, "sg")]
    nouns += decline(attach(text, "ымыз", harmony), harmony, "sg", "1pl")
    for noun in nouns:
        if noun.form is None or (noun.case == "loc" and noun.text[-1] in "ыі"):
            yield noun._replace(form="infinitive")
    yield Form(attach(text, "да", harmony), form="present")


def _joined(stem: str, vowel: str, harmony: str) -> str:
    """The stem with -а or -у: й merges (азаяды, көбею), a vowel gives way (тоқтау, кему), п к қ are voiced."""
    last = stem[-1]
    if last == "й" and vowel == "у":
        return stem[:-1] + "ю"
    if last == "й" and harmony == "back":
        return stem[:-1] + "я"
    if last == "и":
        return stem + ("ю" if vowel == "у" else "я" if harmony == "back" else "е")
    if last in "ыі" and vowel == "у":
        return stem[:-1] + "у"
    if last in VOICED_PAIR:
        stem = stem[:-1] + VOICED_PAIR[last]
    return attach(stem, vowel, harmony)


def _converb_a(stem: str, harmony: str) -> str:
    if stem[-1] in "ыі":
        return stem[:-1] + "и"  # оқы → оқиды
    return stem + "й" if find_sound_class(stem) == "vowel" else _joined(stem, "а", harmony)


def _converbs_p(stem: str, harmony: str) -> list[str]:
    if find_sound_class(stem) == "vowel":
        return [stem + "п"]
    if stem[-1] == "п":
        return [attach(stem[:-1] + "у", "ып", harmony)]  # тап → тауып
    base = stem[:-1] + VOICED_PAIR[stem[-1]] if stem[-1] in "кқ" else stem
    return [attach(base, "ып", harmony)]
