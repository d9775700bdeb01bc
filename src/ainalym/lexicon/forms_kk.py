"""Kazakh inflection by rule: vowel harmony, assimilation of consonants, voicing of к қ п before vowels.

Endings are written for back vowels and turned to front ones. Where speakers differ (foreign names, abbreviations) all
endings are given: the lexicon has to recognise, not to correct.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ainalym.lexicon.forms import Form

_BACK = frozenset("аоұыяё")
_FRONT = frozenset("әөүіеэ")
EITHER = frozenset("иую")
VOWELS = _BACK | _FRONT  # и, у and ю end a word like consonants: судың, таксидің
_TO_FRONT = str.maketrans("аыұғқ", "еіүгк")
VOICED_PAIR = {"к": "г", "қ": "ғ", "п": "б"}
_BARE_PAIR = {"г": "к", "ғ": "қ", "б": "п"}

# The first sound of an ending after each class of last sounds. б в г д stand at the end of loans only, spoken
# voiceless: заводты, клубтар.
_SOUND_CLASSES = {"м н ң": "nasal", "з ж": "sibilant", "л": "л", "р й у и ю": "voiced"}
_CLASS = {sound: name for sounds, name in _SOUND_CLASSES.items() for sound in sounds.split()}
_ENDINGS = ("gen", "acc", "dat", "loc", "abl", "ins", "pl", "own", "past", "intent")
FIRST = {
    name: dict(zip(_ENDINGS, sounds, strict=True))
    for name, sounds in {
        "vowel": "ннғддмлндм",
        "nasal": "ндғднмдддб",
        "sibilant": "ддғддбдддб",
        "л": "ддғддмдддм",
        "voiced": "ддғддмлддм",
        "voiceless": "ттқттптттп",
    }.items()
}
_REST = {"gen": "ың", "acc": "ы", "dat": "а", "loc": "а", "abl": "ан"}
_AFTER_3 = {"gen": "ның", "dat": "на", "acc": "н", "loc": "нда", "abl": "нан"}
_AFTER_1SG = {"gen": "ның", "dat": "а", "acc": "ды", "loc": "да", "abl": "нан"}

# Words that lose their last vowel before a possessive ending.
_SHORTENED = {
    "халық": "халқ", "орын": "орн", "ауыз": "ауз", "ерік": "ерк", "қалып": "қалп", "көрік": "көрк", "құлық": "құлқ",
    "әріп": "әрп", "ғұрып": "ғұрп", "парық": "парқ", "мойын": "мойн", "мұрын": "мұрн",
}  # fmt: skip
_FULL = {short: full for full, short in _SHORTENED.items()}
# Words that end in ы or і of their own, so that a phrase ending in them is no possessive compound: those listed, doers
# in -шы (хатшы, сатып алушы, but ағашы), tools in -ғы (құрылғы, but шаруашылығы).
_OWN_VOWEL = {
    "объекті", "субъекті", "факті", "акті", "проспекті", "эффекті", "проекті", "конфликті", "продукті", "кісі", "кірпі",
    "екі", "алты", "жеті", "жарты", "тері", "жүгері", "көрші", "консерві", "челны",
}  # fmt: skip
_OWN_ENDING = re.compile(r"[^аәоөұүыіе]ш[ыі]$|[^аәоөұүыіеуинң]ғы$|[лрз]гі$")
_POSSESSED = re.compile(r"\w[ыі]$")
# Words in -ар and -ер that look like plurals before a possessive ending.
_NO_PLURAL = {"доллар", "гектар", "лидер", "тендер", "компьютер", "бағдар", "календар", "мастер", "принтер", "дилер"}
# What is spoken of in one number and without "my": no plural, no first or second person.
_SINGLE = frozenset({"place", "capital", "city", "month", "number", "ordinal", "fraction", "multiplier"})
_ORDERED = frozenset({"number", "scale"})  # also бірінші, миллионыншы
_MEASURED = frozenset({"number", "scale", "unit", "currency", "duration"})  # also миллиондай: about a million
_TEMPORAL = frozenset({"calendar", "duration", "month", "when"})  # also жылғы, маусымғы, жылғыдан
_HEADS = frozenset({"place-head"})  # what stands after a name with a possessive: нарығы, елі
_ABBREVIATION = re.compile(r"[A-Z0-9]+|[А-ЯӘҒҚҢӨҰҮҺІЁ0-9]{2,}|[бвгғджзкқлмнңпрстфхһцчшщ]{2,}|[A-Za-z]+")


def inflect_noun(phrase: str, kind: str = "") -> Iterator[Form]:
    """All forms of a noun or noun phrase; the last word inflects."""
    head, last = split_last(phrase)
    if _ABBREVIATION.fullmatch(last):
        forms = _inflect_abbreviation(last)
    elif (head or kind in _HEADS) and is_possessed(last):
        forms = _inflect_possessed(last, kind)
    else:
        forms = _inflect_plain(last, kind)
    return (form._replace(text=head + form.text) for form in forms)


def inflect_adjective(phrase: str) -> Iterator[Form]:
    """The bare adjective, and what it becomes when it stands for a noun (қытайлықтарға, ең ірісі)."""
    head, last = split_last(phrase)
    yield Form(phrase)
    for stem in _shapes(last):
        for harmony in find_harmonies(last):
            for number, base in (("sg", stem), ("pl", make_plural(stem, harmony))):
                forms = [*decline(base, harmony, number), *possess_third(base, harmony, number)]
                yield from (form._replace(text=head + form.text) for form in forms if form.text != last)


def split_last(phrase: str) -> tuple[str, str]:
    head, space, last = phrase.rpartition(" ")
    return head + space, last


# Sounds


def find_harmonies(word: str, kind: str = "") -> tuple[str, ...]:
    """Whether endings take `back` or `front` vowels, or both; и, у and ю tell nothing by themselves."""
    lower = word.lower()
    letters = [letter for letter in lower if letter in VOWELS or letter in EITHER]
    if not letters:
        return ("back", "front")
    if lower.endswith("ь"):
        return ("front", "back")
    definite = next((letter for letter in reversed(letters) if letter in VOWELS), "")
    if lower.endswith("ев") and len(letters) > 1 and letters[-2] in _BACK:
        return ("back", "front")  # Қонаевқа as Тоқаевқа
    if definite in _FRONT:
        return ("front",)
    if not definite:
        return ("front",) if letters[-1] == "и" else ("back", "front")
    foreign = kind != "verb" and (
        letters[-1] == "и"  # тарифі beside тарихы
        or lower.endswith(("к", "г"))  # банктер, Гонконгте beside Иракта
        or (letters[-1] != definite and kind in _SINGLE)  # Бакуге beside Бакуға
    )
    return ("back", "front") if foreign else ("back",)


def is_possessed(word: str) -> bool:
    """Whether the last word of a phrase carries the possessive ending of the third person (айналымы, Республикасы)."""
    lower = word.lower()
    return bool(_POSSESSED.search(lower)) and lower not in _OWN_VOWEL and not _OWN_ENDING.search(lower)


def find_sound_class(word: str) -> str:
    last = word.lower().rstrip("ьъ")[-1:]
    return "vowel" if last in VOWELS else _CLASS.get(last, "voiceless")


def attach(stem: str, ending: str, harmony: str) -> str:
    return stem + (ending.translate(_TO_FRONT) if harmony == "front" else ending)


def _first(stem: str, ending: str) -> str:
    return FIRST[find_sound_class(stem)][ending]


def make_plural(stem: str, harmony: str) -> str:
    return attach(stem, _first(stem, "pl") + "ар", harmony)


def _before_vowel(stem: str) -> list[str]:
    """The stem before an ending that begins with a vowel: тарап → тараб, көмек → көмег, рубль → рубл."""
    if stem.lower() in _SHORTENED:
        return [_SHORTENED[stem.lower()], stem[:-1] + VOICED_PAIR.get(stem[-1], stem[-1])]
    stem = stem.rstrip("ьъ")
    if stem[-1:] in VOICED_PAIR and stem[-2:-1].lower() in VOWELS | EITHER:
        voiced = stem[:-1] + VOICED_PAIR[stem[-1]]
        return [voiced, stem] if stem[-1] == "п" else [voiced]  # loans keep п: этапы beside этабы
    return [stem]


def _shapes(word: str) -> list[str]:
    """The word, and shortened where loans drop a last sound before consonants: туриске, процестер, килограмға."""
    if word[-2:] == "ст" or (len(word) > 3 and word[-1] == word[-2] and word[-1] not in VOWELS):
        return [word, word[:-1]]
    return [word]


# Nouns


def _inflect_plain(word: str, kind: str) -> Iterator[Form]:
    for harmony in find_harmonies(word, kind):
        for stem in _shapes(word):
            yield from decline(stem, harmony, "sg") if stem == word else drop_nominative(decline(stem, harmony, "sg"))
            if kind not in _SINGLE:
                plural = make_plural(stem, harmony)
                yield from decline(plural, harmony, "pl")
                yield from _possess(plural, harmony, "pl", kind)
        yield from _possess(word, harmony, "sg", kind)
        yield from _count(word, harmony, kind)
        if kind in _TEMPORAL:
            yield from _decline_temporal(word, harmony)


def drop_nominative(forms: Iterable[Form]) -> Iterator[Form]:
    return (form for form in forms if form.case != "nom")


def keep_cases(forms: Iterable[Form]) -> Iterator[Form]:
    return (form for form in forms if form.form is None)


def _count(word: str, harmony: str, kind: str) -> Iterator[Form]:
    if kind in _ORDERED:
        for stem in _before_vowel(word):
            vowel = find_sound_class(word) == "vowel"
            ending = "сыншы" if word == "жиырма" else "ншы" if vowel else "ыншы"
            yield Form(attach(stem, ending, harmony), form="ordinal")
    if kind in _MEASURED:
        # долларлық, тонналық: worth or weighing so much; after a numeral it stands for the genitive
        yield Form(attach(word, _first(word, "pl") + "ық", harmony), "gen", "sg", None, "attributive")
        yield Form(attach(word, _first(word, "loc") + "ай", harmony), number="sg", form="equative")


def decline(stem: str, harmony: str, number: str, possessor: str | None = None) -> Iterator[Form]:
    """The seven cases and the attributives of a stem that carries no possessive of the third or first singular."""
    yield Form(stem, "nom", number, possessor)
    first = FIRST[find_sound_class(stem)]
    for case, rest in _REST.items():
        yield Form(attach(stem, first[case] + rest, harmony), case, number, possessor)
    yield Form(stem + first["ins"] + "ен", "ins", number, possessor)
    yield from _attribute(attach(stem, first["loc"] + "ағы", harmony), harmony, number, possessor)
    yield Form(stem + first["own"] + "ікі", "gen", number, possessor, "attributive")


def _attribute(text: str, harmony: str, number: str, possessor: str | None) -> Iterator[Form]:
    """An attributive in -дағы; its case is the inner one, but when it is compared with the outer one counts."""
    yield Form(text, "loc", number, possessor, "attributive")
    yield Form(attach(text, "дай", harmony), "loc", number, possessor, "attributive")
    yield Form(attach(text, "дан", harmony), "abl", number, possessor, "attributive")


def _decline_temporal(word: str, harmony: str) -> Iterator[Form]:
    """жылғы, күнгі, and as a noun: жылғыдан, than that of the year."""
    text = attach(word, _first(word, "dat") + "ы", harmony)
    yield from (form._replace(form="attributive") for form in keep_cases(decline(text, harmony, "sg")))
    yield Form(attach(text, "дай", harmony), "nom", "sg", None, "attributive")


def _possess(stem: str, harmony: str, number: str, kind: str) -> Iterator[Form]:
    yield from possess_third(stem, harmony, number)
    if kind in _SINGLE:
        return
    vowel = find_sound_class(stem) == "vowel"
    for base in _before_vowel(stem):
        joint = "" if vowel else "ы"
        yield from decline(attach(base, joint + "мыз", harmony), harmony, number, "1pl")
        if number == "sg":
            yield from keep_cases(decline(attach(base, joint + "ңыз", harmony), harmony, number, "2"))
            yield from _decline_first(attach(base, joint + "м", harmony), harmony, number)


def possess_third(stem: str, harmony: str, number: str) -> Iterator[Form]:
    ending = "сы" if find_sound_class(stem) == "vowel" else "ы"
    for base in [stem] if ending == "сы" else _before_vowel(stem):
        yield from _decline_third(attach(base, ending, harmony), harmony, number)


def _decline_third(text: str, harmony: str, number: str) -> Iterator[Form]:
    yield Form(text, "nom", number, "3")
    for case, ending in _AFTER_3.items():
        yield Form(attach(text, ending, harmony), case, number, "3")
    yield Form(text + "мен", "ins", number, "3")
    yield from _attribute(attach(text, "ндағы", harmony), harmony, number, "3")
    yield Form(text + "нікі", "gen", number, "3", "attributive")


def _decline_first(text: str, harmony: str, number: str) -> Iterator[Form]:
    yield Form(text, "nom", number, "1sg")
    for case, ending in _AFTER_1SG.items():
        yield Form(attach(text, ending, harmony), case, number, "1sg")
    yield Form(text + "мен", "ins", number, "1sg")


def _inflect_possessed(word: str, kind: str) -> Iterator[Form]:
    """A compound such as тауар айналымы, whose last word keeps its possessive: айналымын, айналымымыз, айналымдары."""
    harmony = "back" if word[-1] == "ы" else "front"
    plural = bool(re.search(r"[лдт](?:ар|ер)[ыі]$", word)) and word[:-1].lower() not in _NO_PLURAL
    number = "pl" if plural else "sg"
    yield from _decline_third(word, harmony, number)
    if kind in _SINGLE:
        return
    for stem in _unpossess(word):
        joint = "" if find_sound_class(stem) == "vowel" else "ы"
        for base in [stem] if joint == "" else _before_vowel(stem):
            yield from decline(attach(base, joint + "мыз", harmony), harmony, number, "1pl")
            yield from keep_cases(decline(attach(base, joint + "ңыз", harmony), harmony, number, "2"))
        if not plural:
            yield from _decline_third(attach(make_plural(stem, harmony), "ы", harmony), harmony, "pl")


def _unpossess(word: str) -> list[str]:
    """What a word in the third person's possessive may be without it: айналым, қала, шаруашылық, рубль.

    A с after a vowel belongs to the ending or to the stem (қала-сы, облыс-ы): both are given.
    """
    short = word[:-1]
    if short.lower() in _FULL:
        return [_FULL[short.lower()]]
    stems = [short]
    if short[-1] in _BARE_PAIR and short[-2:-1].lower() in VOWELS | EITHER:
        stems = [short[:-1] + _BARE_PAIR[short[-1]]]
    if re.search("[аәоөұүыіеэяёиую]с$", short):
        stems.append(short[:-1])
    if re.search("[иеб]л$|юан$", short):
        stems.append(short + "ь")
    return stems


def _inflect_abbreviation(word: str) -> Iterator[Form]:
    """An abbreviation or a Latin name: endings after a hyphen or none, of every class, for the reading decides."""
    number = "sg"
    endings: dict[str, set[tuple[str, str | None]]] = {}
    yield Form(word, None if word.isascii() else "nom", number)
    for harmony in ("back", "front"):
        for first in FIRST.values():
            for case, rest in _REST.items():
                endings.setdefault(attach("", first[case] + rest, harmony), set()).add((case, None))
            endings.setdefault(first["ins"] + "ен", set()).add(("ins", None))
            endings.setdefault(attach("", first["loc"] + "ағы", harmony), set()).add(("loc", "attributive"))
            endings.setdefault(first["own"] + "ікі", set()).add(("gen", "attributive"))
        for ending in ("ы", "сы"):
            for form in _decline_third(attach("", ending, harmony), harmony, number):
                yield form._replace(text=f"{word}-{form.text}")
    for ending, meanings in endings.items():
        for case_, form_ in sorted(meanings, key=str):
            yield Form(f"{word}-{ending}", case_, number, None, form_)
            yield Form(word + ending, case_, number, None, form_)


def list_endings() -> Iterator[Form]:
    """The endings of cases as they stand after a figure or a sign: 5%-ға, 2 500-ден, 70%-ын."""
    for form in _inflect_abbreviation("%"):
        ending = form.text.removeprefix("%")
        if ending.startswith("-"):
            yield form._replace(text=ending)
