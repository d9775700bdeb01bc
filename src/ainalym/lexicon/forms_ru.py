"""Russian inflection through pymorphy3, which is needed only while the tables are built."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from ainalym.lexicon.forms import Form

_CASES = {
    "nomn": "nom", "gent": "gen", "gen1": "gen", "gen2": "gen", "datv": "dat", "accs": "acc", "acc1": "acc",
    "acc2": "acc", "ablt": "ins", "loct": "loc", "loc1": "loc", "loc2": "loc",
}  # fmt: skip
_NUMBERS = {"sing": "sg", "plur": "pl"}
_ADJECTIVES = frozenset({"ADJF", "PRTF", "NUMR"})
# Kinds of which one speaks in one number only.
_SINGLE = frozenset({"place", "capital", "city", "month"})
_FORMS = {
    ("VERB", "past"): "past", ("VERB", "pres"): "present", ("VERB", "futr"): "future", ("INFN", None): "infinitive",
    ("GRND", "pres"): "converb", ("GRND", "past"): "converb",
}  # fmt: skip
_ABBREVIATION = re.compile(r"[^а-яё]*[А-ЯЁA-Z]{2,}[^а-яё]*|[бвгджзклмнпрстфхцчшщ]+|[A-Za-z'’]+")

Parse = Any  # pymorphy3 has no types


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
    head = _find_head(words)
    if head is None:
        yield Form(phrase)
        return
    at, noun = head
    yield from _decline_phrase(words, at, noun, kind)


def inflect_adjective(phrase: str) -> Iterator[Form]:
    """All forms of an adjective, short and comparative ones too, and the stem of compounds (казахстанско-).

    In a phrase the last word inflects.
    """
    head, space, word = phrase.rpartition(" ")
    parses = [parse for parse in _parse(word) if parse.tag.POS in _ADJECTIVES | {"NPRO"} and _is_nominative(parse)]
    if not parses:
        yield Form(phrase)
        return
    seen = set()
    for parse in parses[:1]:
        for item in parse.lexeme:
            if item.tag.POS not in _ADJECTIVES | {"ADJS", "PRTS", "COMP", "NPRO"} or "V-ej" in item.tag:
                continue
            seen.add(Form(head + space + item.word, _case(item), _NUMBERS.get(item.tag.number)))
    if word.endswith(("ский", "цкий")):
        seen.add(Form(head + space + word[:-2] + "о"))
    yield from sorted(seen, key=str)


def inflect_verb(phrase: str) -> Iterator[Form]:
    """All forms of a verb given in the infinitive, gerunds and participles too; words after it stay."""
    word, space, tail = phrase.partition(" ")
    seen = set()
    parses = [parse for parse in _parse(word) if parse.tag.POS == "INFN"]
    parses = parses or [parse for parse in _parse(word) if parse.tag.POS == "VERB"]
    if not parses:
        short = next((parse for parse in _parse(word) if parse.tag.POS in ("ADJS", "PRTS")), None)
        if short is None:
            raise ValueError(f"{phrase!r} begins with neither a verb nor a short form (равен)")
        for item in short.lexeme:
            if item.tag.POS == short.tag.POS:
                yield Form(item.word + space + tail, None, _NUMBERS.get(item.tag.number), None, "participle")
        return
    aspects = parses if all(parse.normal_form == parses[0].normal_form for parse in parses) else parses[:1]
    for parse in aspects:
        for item in parse.lexeme:
            form = _verb_form(item)
            if form:
                seen.add(Form(item.word + space + tail, _case(item), _number(item, form), None, form))
    yield from sorted(seen, key=str)


def _verb_form(item: Parse) -> str | None:
    pos = item.tag.POS
    if pos in ("PRTF", "PRTS"):
        return "participle"
    if pos == "VERB" and item.tag.mood == "impr":
        return "imperative"
    return _FORMS.get((pos, item.tag.tense if pos != "INFN" else None))


def _number(item: Parse, form: str) -> str | None:
    return _NUMBERS.get(item.tag.number) if form in ("participle", "past", "present", "future") else None


def _case(item: Parse) -> str | None:
    return _CASES.get(item.tag.case)


def _is_nominative(parse: Parse) -> bool:
    return bool(parse.tag.case == "nomn" or "Fixd" in parse.tag)


def _find_head(words: list[str]) -> tuple[int, Parse] | None:
    """The first noun in the nominative before any preposition, with all words before it adjectives."""
    for at, word in enumerate(words):
        nouns = [parse for parse in _parse(word) if parse.tag.POS == "NOUN" and _is_nominative(parse)]
        adjectives = [parse for parse in _parse(word) if parse.tag.POS in _ADJECTIVES and _is_nominative(parse)]
        last = at == len(words) - 1
        if nouns and (last or not adjectives or max(p.score for p in nouns) > max(p.score for p in adjectives)):
            return at, _best_noun(nouns, words[:at])
        if not adjectives:
            return None
        if last:
            return at, adjectives[0]  # an adjective that stands for a noun: данные, слагаемое
    return None


def _best_noun(nouns: list[Parse], before: list[str]) -> Parse:
    """The reading that agrees with the adjectives before it, a name of a place before others, a nominative singular."""
    agreeing = [noun for noun in nouns if all(_agrees(word, noun) for word in before)] or nouns
    return max(agreeing, key=lambda noun: ("Geox" in noun.tag, noun.is_known, noun.score))


def _agrees(word: str, noun: Parse) -> bool:
    return any(
        parse.tag.POS in _ADJECTIVES
        and parse.tag.case == "nomn"
        and parse.tag.number == noun.tag.number
        and (parse.tag.number == "plur" or parse.tag.gender == noun.tag.gender)
        for parse in _parse(word)
    )


def _decline_phrase(words: list[str], at: int, noun: Parse, kind: str) -> Iterator[Form]:
    plural_only = noun.tag.number == "plur"
    seen = set()
    for item in noun.lexeme:
        case, number = _case(item), _NUMBERS.get(item.tag.number)
        if case is None or (plural_only and number == "sg") or (kind in _SINGLE and not plural_only and number == "pl"):
            continue
        if item.tag.POS != noun.tag.POS or (item.tag.POS != "NOUN" and item.tag.gender != noun.tag.gender):
            continue
        before = [_agreeing(word, item, noun) for word in words[:at]]
        for tail in _tails(words[at + 1 :], item):
            seen.add(Form(" ".join([*before, item.word, *tail]), case, number))
    texts = {form.text for form in seen}
    if len(texts) == 1:
        # Words that do not decline say nothing of their case.
        yield Form(" ".join(words), None, None if len({form.number for form in seen}) > 1 else next(iter(seen)).number)
        return
    yield from sorted(seen, key=str)


def _agreeing(word: str, item: Parse, noun: Parse) -> str:
    """The adjective in the case and number of the noun's form; a word that is no adjective stays."""
    adjective = next((parse for parse in _parse(word) if parse.tag.POS in _ADJECTIVES and _is_nominative(parse)), None)
    if adjective is None:
        return word
    case = next(name for name in ("nomn", "gent", "datv", "accs", "ablt", "loct") if _CASES[name] == _case(item))
    wanted = {case, item.tag.number}
    if item.tag.number == "sing":
        wanted.add(item.tag.gender or noun.tag.gender or "masc")
    if case == "accs" and (item.tag.number == "plur" or "masc" in wanted):
        wanted.add("anim" if "anim" in noun.tag else "inan")
    found = adjective.inflect(wanted)
    return str(found.word) if found else word


def _tails(tail: list[str], item: Parse) -> list[list[str]]:
    """The words after the head: they stay, but a second head joined by «и» declines too (Босния и Герцеговина)."""
    if len(tail) == 2 and tail[0] == "и":
        second = next((p for p in _parse(tail[1]) if p.tag.POS == "NOUN" and p.tag.case == "nomn"), None)
        found = second.inflect({item.tag.case}) if second else None
        if found:
            return [["и", str(found.word)]]
    return [tail]
