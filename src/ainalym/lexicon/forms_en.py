"""English inflection: plurals and possessives, the forms of verbs by spelling rule, irregular ones from a data file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from ainalym.lexicon.forms import Form

_IRREGULAR = Path(__file__).parent / "irregular_en.yaml"
_DOUBLED = re.compile(r"[^aeiou]?[^aeiou\W][aeiou][bdgklmnprtvz]$")
_SINGLE = frozenset({"place", "capital", "city", "month"})


@lru_cache(maxsize=1)
def _load_irregular() -> tuple[dict[str, tuple[str, str]], dict[str, str], frozenset[str]]:
    """Verbs with past and participle, nouns with their plurals, and verbs of several syllables that double their last
    consonant."""
    import yaml

    data = yaml.load(_IRREGULAR.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)  # noqa: S506
    verbs = {base: (past, participle) for base, (past, participle) in data["verbs"].items()}
    return verbs, dict(data["nouns"]), frozenset(data["doubled"])


def inflect_noun(phrase: str, kind: str = "") -> Iterator[Form]:
    """Singular and plural with their possessives; the head is the word before a preposition, else the last."""
    words = phrase.split(" ")
    at = next(
        (index for index, word in enumerate(words) if index and word in ("of", "in", "for", "on", "to", "by")), None
    )
    head = " ".join(words[: at or len(words)])
    tail = "" if at is None else " " + " ".join(words[at:])
    for text, number in ((head, "sg"), (make_plural(head), "pl")):
        if number == "sg" or (kind not in _SINGLE and text != head):
            yield Form(text + tail, "nom", number)
            yield Form(text + tail + ("'" if (text + tail).endswith("s") and number == "pl" else "'s"), "gen", number)
            if (text + tail).endswith("s"):
                yield Form(text + tail + "'", "gen", number)


def inflect_adjective(phrase: str) -> Iterator[Form]:
    """Adjectives as they are; as names of people also in the plural."""
    yield Form(phrase)
    if phrase[:1].isupper() and phrase.endswith(("an", "i", "k", "kh", "r", "t")):
        yield Form(phrase + "s", number="pl")
        yield Form(phrase + "s'", "gen", "pl")


def inflect_verb(phrase: str) -> Iterator[Form]:
    """The base form and its -s, -ed and -ing forms; the first word inflects."""
    word, space, tail = phrase.partition(" ")
    past, participle = _load_irregular()[0].get(word) or (_add_ed(word), _add_ed(word))
    for text, form in (
        (word, "infinitive"),
        (_add_s(word), "present"),
        (_add_ing(word), "converb"),
        *((each, "past") for each in past.split("/")),
        *((each, "participle") for each in participle.split("/")),
    ):
        yield Form(text + space + tail, form=form)


def make_plural(phrase: str) -> str:
    """The plural of a noun or of the last word of a phrase."""
    head, space, word = phrase.rpartition(" ")
    plural = _load_irregular()[1].get(word.lower())
    return head + space + (plural if plural else _add_s(word))


def _add_s(word: str) -> str:
    if re.search(r"[^aeiou]y$", word):
        return word[:-1] + "ies"
    return word + ("es" if re.search(r"(?:s|x|z|ch|sh|[^aeiou]o)$", word) else "s")


def _double(word: str) -> str:
    if word in _load_irregular()[2] or (_DOUBLED.search(word) and len(re.findall(r"[aeiouy]+", word)) == 1):
        return word + word[-1]
    return word


def _add_ed(word: str) -> str:
    if word.endswith("e"):
        return word + "d"
    if re.search(r"[^aeiou]y$", word):
        return word[:-1] + "ied"
    return _double(word) + "ed"


def _add_ing(word: str) -> str:
    if word.endswith("ie"):
        return word[:-2] + "ying"
    if re.search(r"[^eoy]e$", word):
        return word[:-1] + "ing"
    return _double(word) + "ing"
