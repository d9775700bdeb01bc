"""Russian inflection through pymorphy3, which is needed only while the tables are built."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from ainalym.lexicon.forms import Form

_CASES = {
    "nomn": "nom", "gent": "gen", "gen1": "gen", "datv": "dat", "accs": "acc", "acc1": "acc", "acc2": "acc",
    "ablt": "ins", "loct": "loc", "loc1": "loc", "loc2": "loc",
}  # fmt: skip
_CASE_NAMES = {"nom": "nomn", "gen": "gent", "dat": "datv", "acc": "accs", "ins": "ablt", "loc": "loct"}
_NUMBERS = {"sing": "sg", "plur": "pl"}
_ADJECTIVES = ("ADJF", "PRTF")
_PERSONAL = frozenset({"Name", "Surn", "Patr"})
_ANIMATE = frozenset({"role", "demonym", "honorific"})
_SINGLE = frozenset({"place", "capital", "city", "month"})  # spoken of in one number only
_NAMED = frozenset({"город", "порт", "посёлок", "село"})
_VERB_FORMS = {
    ("VERB", "past"): "past", ("VERB", "pres"): "present", ("VERB", "futr"): "future", ("INFN", None): "infinitive",
    ("GRND", "pres"): "converb", ("GRND", "past"): "converb",
}  # fmt: skip
# For nouns that pymorphy3 does not know: by the end of the word the gender, then the endings of nom gen dat acc ins
# loc; 0 is no ending.
_RULES = {
    "[бвгдзклмнпрстфх]": ("masc", "0 а у 0 ом е", "ы ов ам ы ами ах"),
    "[жшчщ]": ("masc", "0 а у 0 ем е", "и ей ам и ами ах"),
    "ц": ("masc", "0 а у 0 ем е", "ы ев ам ы ами ах"),
    "й": ("masc", "й я ю й ем е", "и ев ям и ями ях"),
    "ь": ("femn", "ь и и ь ью и", "и ей ям и ями ях"),
    "ия": ("femn", "я и и ю ей и", "и й ям и ями ях"),
    "я": ("femn", "я и е ю ей е", "и ь ям и ями ях"),
    "а": ("femn", "а ы е у ой е", "ы 0 ам ы ами ах"),
    "ье": ("neut", "е я ю е ем е", "я й ям я ями ях"),
}

Parse = Any  # pymorphy3 has no types


class _Item(NamedTuple):
    """One form of the noun that heads a phrase."""

    word: str
    case: str
    number: str
    gender: str
    animate: bool


@lru_cache(maxsize=1)
def _analyzer() -> Any:
    import pymorphy3

    return pymorphy3.MorphAnalyzer(lang="ru")


@lru_cache(maxsize=20_000)
def _parse(word: str) -> tuple[Parse, ...]:
    return tuple(_analyzer().parse(word))


def inflect_noun(phrase: str, kind: str = "") -> Iterator[Form]:
    """All forms of a noun phrase in the nominative; adjectives that agree decline with the head, its tail stays."""
    words = phrase.split(" ")
    at = _find_head(words)
    items = [] if at is None else _decline_head(words[at], words[:at], kind)
    forms = dict.fromkeys(
        Form(" ".join([*(_agree(word, item) for word in words[:at]), item.word, *tail]), item.case, item.number)
        for item in items
        for tail in _tails(words[at or 0 :], item)
    )
    if len({form.text.lower() for form in forms}) < 2:  # what does not decline says nothing of its case
        numbers = {form.number for form in forms}
        yield Form(phrase, None, numbers.pop() if len(numbers) == 1 else None)
        return
    yield from forms


def inflect_adjective(phrase: str) -> Iterator[Form]:
    """All forms of an adjective, short and comparative ones too, and the stem of compounds (казахстанско-).

    In a phrase the last word inflects.
    """
    head, space, word = phrase.rpartition(" ")
    parses = _nominative(word, *_ADJECTIVES, "NPRO")
    if not parses:
        yield Form(phrase)
        return
    forms = {
        Form(head + space + item.word, _case(item), _NUMBERS.get(item.tag.number)): None
        for item in parses[0].lexeme
        if item.tag.POS in (*_ADJECTIVES, "ADJS", "PRTS", "COMP", "NPRO") and "V-ej" not in item.tag
    }
    yield from forms
    if word.endswith(("ский", "цкий")):
        yield Form(head + space + word[:-2] + "о")


# Verbs


def inflect_verb(phrase: str) -> Iterator[Form]:
    """All forms of a verb given in the infinitive, gerunds and participles too; words after it stay.

    A verb that has no infinitive in use may be given by any form of its own (пришлись, равен).
    """
    word, space, tail = phrase.partition(" ")
    infinitives = [parse for parse in _parse(word) if parse.tag.POS == "INFN"]
    parses = infinitives or [parse for parse in _parse(word) if parse.tag.POS in ("VERB", "ADJS", "PRTS")][:1]
    if not parses:
        raise ValueError(f"{phrase!r} does not begin with a verb")
    forms: dict[Form, None] = {}
    for parse in parses:
        for item in parse.lexeme:
            form = "participle" if item.tag.POS == "ADJS" else _verb_form(item)
            if form and (infinitives or item.tag.POS != "ADJF"):
                forms[Form(item.word + space + tail, _case(item), _NUMBERS.get(item.tag.number), None, form)] = None
    yield from forms


def _verb_form(item: Parse) -> str | None:
    pos = item.tag.POS
    if pos in ("PRTF", "PRTS"):
        return "participle"
    if pos == "VERB" and item.tag.mood == "impr":
        return "imperative"
    return _VERB_FORMS.get((pos, item.tag.tense if pos != "INFN" else None))


def _case(item: Parse) -> str | None:
    return _CASES.get(item.tag.case)


# Noun phrases


def _nominative(word: str, *parts: str) -> list[Parse]:
    """The readings of a word as one of these parts of speech in the nominative, or as a word that does not decline.

    pymorphy3 takes unknown words that end in a consonant for such; those are left to the rules.
    """
    return [
        parse
        for parse in _parse(word)
        if parse.tag.POS in parts
        and (parse.tag.case == "nomn" or "Fixd" in parse.tag)
        and not ("Fixd" in parse.tag and not parse.is_known and word[-1].lower() not in "аеёиоуыэюя")
        and not ("Fixd" in parse.tag and parse.tag.POS in _ADJECTIVES)
    ]


def _is_adjective(word: str) -> bool:
    return bool(_nominative(word, *_ADJECTIVES)) or bool(re.search(r"-\w+(?:ий|ый|ая|ое|ие|ые)$", word))


def _find_head(words: list[str]) -> int | None:
    """The place of the first noun in the nominative; before it stand adjectives only (чрезвычайный и полномочный)."""
    for at, word in enumerate(words):
        if at == len(words) - 1 or not (_is_adjective(word) or (word == "и" and at)):
            return at if word[-1:].isalpha() else None
        follower = words[at + 1]
        if _nominative(word, "NOUN") and not (follower == "и" or _nominative(follower, "NOUN", *_ADJECTIVES)):
            return at  # поверенный в делах
    return None


def _decline_head(word: str, before: list[str], kind: str) -> list[_Item]:
    nouns = _nominative(word, "NOUN")
    if not any(noun.is_known for noun in nouns):
        nouns = [noun for noun in nouns if not _is_person(noun)]
    if nouns:
        return _list_items(max(nouns, key=lambda noun: _rank(noun, before, kind)), before, kind)
    adjectives = _nominative(word, *_ADJECTIVES)
    if adjectives:
        return _list_items(adjectives[0], before, kind)
    if word.isupper() or (word[-1].lower() in "еёиоуыэю" and not word.endswith("ье")):
        gender = _gender(before) or "neut"
        return [_Item(word, case, number, gender, False) for number in ("sg", "pl") for case in _CASE_NAMES]
    prefix, hyphen, last = word.rpartition("-")
    if hyphen:
        return [item._replace(word=prefix + hyphen + item.word) for item in _decline_head(last, before, kind)]
    return list(_decline_by_rule(word, kind))


def _is_person(noun: Parse) -> bool:
    return bool(_PERSONAL & set(noun.tag.grammemes))


def _rank(noun: Parse, before: list[str], kind: str) -> tuple[bool | float, ...]:
    """Which reading of a noun is meant: one that agrees, a place for a place, a thing and no person's name."""
    return (
        all(_agrees(word, noun) for word in before),
        not _is_person(noun),
        "Geox" in noun.tag and kind in _SINGLE,
        noun.is_known,
        ("anim" in noun.tag) == (kind in _ANIMATE),
        noun.score,
    )


def _agrees(word: str, noun: Parse) -> bool:
    return word == "и" or any(
        parse.tag.number == noun.tag.number and (parse.tag.number == "plur" or parse.tag.gender == noun.tag.gender)
        for parse in _nominative(word, *_ADJECTIVES)
    )


def _list_items(noun: Parse, before: list[str], kind: str) -> list[_Item]:
    fixed = "Fixd" in noun.tag
    plural_only = noun.tag.number == "plur" and not fixed
    items = []
    for form in noun.lexeme:
        case, number = _case(form), _NUMBERS.get(form.tag.number)
        if case is None or number is None or form.tag.POS != noun.tag.POS:
            continue
        if (plural_only and number == "sg") or (kind in _SINGLE and not plural_only and number == "pl" and not fixed):
            continue
        if noun.tag.POS != "NOUN" and number == "sg" and form.tag.gender != noun.tag.gender:
            continue
        # Words that do not decline take the gender of their adjective: аргентинский песо.
        gender = _gender(before) if fixed else form.tag.gender or noun.tag.gender
        items.append(_Item(form.word, case, number, gender or "masc", "anim" in noun.tag))
    return items


def _gender(before: list[str]) -> str | None:
    return next((str(parse.tag.gender) for word in before for parse in _nominative(word, *_ADJECTIVES)), None)


def _decline_by_rule(word: str, kind: str) -> Iterator[_Item]:
    """A noun that pymorphy3 does not know or takes for a form of another word (драм, сум, Семей)."""
    rule = next((rule for ending, rule in _RULES.items() if re.search(ending + "$", word)), None)
    if rule is None:
        return
    gender, *numbers = rule
    stem = re.sub("[аяйье]$", "", word)
    for number, endings in zip(("sg", "pl"), numbers, strict=True):
        if number == "pl" and kind in _SINGLE:
            continue
        for case, ending in zip(_CASE_NAMES, endings.split(), strict=True):
            ending = ending.replace("0", "")
            if stem[-1] in "гкхжшчщ" and ending == "ы":
                ending = "и"
            yield _Item(stem + ending, case, number, gender, False)


def _agree(word: str, item: _Item) -> str:
    """The adjective in the case and number of the noun's form; a word that is no adjective stays."""
    prefix, hyphen, last = word.rpartition("-")
    adjective = next(iter(_nominative(last, *_ADJECTIVES)), None)
    if adjective is None:
        return word
    wanted = {_CASE_NAMES[item.case], "sing" if item.number == "sg" else "plur"}
    if item.number == "sg":
        wanted.add(item.gender)
    if item.case == "acc" and (item.number == "pl" or item.gender == "masc"):
        wanted.add("anim" if item.animate else "inan")
    found = adjective.inflect(wanted)
    return prefix + hyphen + str(found.word) if found else word


def _tails(words: list[str], item: _Item) -> list[list[str]]:
    """The words after the head. They stay; but a second noun joined by «и» declines too (Босния и Герцеговина), and so
    may the name of a city (города Москва, города Москвы)."""
    head, *tail = words
    if len(tail) == 2 and tail[0] == "и":
        second = [other.word for other in _decline_head(tail[1], [], "place") if other.case == item.case]
        return [["и", word] for word in second] or [tail]
    if len(tail) == 1 and head.lower() in _NAMED:
        names = [other.word for other in _decline_head(tail[0], [], "place") if other.case == item.case]
        return [tail, *([name] for name in names)]
    return [tail]
