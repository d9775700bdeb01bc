"""People of a report: names with their posts, in the nominative, one key for one person in every script.

In alphabets with capitals a name is a run of capitalised words that no other word of the lexicon explains, and that
something speaks for: a post before it, a known given name, the ending of a surname. In Arabic script posts, given
names and endings alone decide.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ainalym.model import Person
from ainalym.reading.context import Context
from ainalym.reading.names.folding import neutral, person_key, rough
from ainalym.reading.names.given import given_gender, stands_first
from ainalym.reading.names.nominative import (
    SURNAME,
    Bare,
    find_russian_nominative,
    strip_english,
    strip_kazakh,
)

_BLOCKING = frozenset(
    ["role", "organisation", "honorific", "place", "demonym", "capital", "city", "region", "group", "month", "meeting", "occasion", "document", "commitment", "attendance", "indicator", "currency", "calendar", "saying", "ahead", "when", "period", "deed", "product", "will"]
)
# Places are names of people too (Алтай, Абай, Владимир); a post or a body never is.
_PLACES = frozenset(["place", "demonym", "capital", "city", "region", "group", "product", "indicator", "currency", "deed", "when"])
_ROLES = frozenset({"role", "honorific"})
_PARTICLES = frozenset(["бин", "ибн", "аль", "әл", "ал", "де", "ван", "фон", "дер", "да", "bin", "ibn", "al", "van", "von", "de", "der", "da", "el"])
_REACH = {"kk": 2, "ru": 8, "en": 6}
_CONJUNCTIONS = frozenset(["мен", "пен", "бен", "және", "и", "men", "pen", "ben", "and", "jáne", "jäne", "مەن", "پەن", "بەن", "جانە"])
_WITH = frozenset(("с", "со"))


class Mention(NamedTuple):
    """One place where a person is named: tokens `[first, stop)`, the case, the post if one stands with the name."""

    person: int
    first: int
    stop: int
    case: str | None
    role: str | None
    full: bool


class People(NamedTuple):
    """All persons of a report in the order of their first full naming, and every place that names them."""

    persons: tuple[Person, ...]
    mentions: tuple[Mention, ...]


class _Name(NamedTuple):
    """A found name before it is known whose: words in the nominative."""

    first: int
    stop: int
    given: str | None
    family: str
    text: str
    case: str | None
    role: tuple[int, int, str] | None  # first token, last token, sort of post


def find_people(context: Context) -> People:
    """The persons that the text names, and where it names them."""
    marks = _mark(context)
    names = _find_arabic(context, marks) if context.script == "Arab" else _find_capitalised(context, marks)
    return _unite(context, marks, names)


# ---- marks: what the lexicon says of each token


class _Marks(NamedTuple):
    kinds: list[frozenset[str] | None]  # kinds of the hit over a token
    role_at: dict[int, tuple[int, int, str, str | None]]  # last token of a post → first, last, sort, case
    role_from: dict[int, tuple[int, int, str]]  # first token of a post
    sentence: list[int]


def _mark(context: Context) -> _Marks:
    count = len(context.tokens)
    kinds: list[frozenset[str] | None] = [None] * count
    role_at, role_from = {}, {}
    for hit in context.hits:
        found = frozenset(sense.kind for sense in hit.senses)
        for i in range(hit.first, hit.last + 1):
            kinds[i] = found
        if found & _ROLES:
            sense = next(s for s in hit.senses if s.kind in _ROLES)
            cases = {s.case for s in hit.senses if s.kind in _ROLES}
            case = None if len(cases) > 1 and "nom" in cases else sense.case
            role_at[hit.last] = (hit.first, hit.last, sense.value, case)
            role_from[hit.first] = (hit.first, hit.last, sense.value)
    sentence = [0] * count
    for number, (first, stop) in enumerate(context.sentences):
        sentence[first:stop] = [number] * (stop - first)
    return _Marks(kinds, role_at, role_from, sentence)


# ---- alphabets with capitals


def _find_capitalised(context: Context, marks: _Marks) -> list[_Name]:
    names = []
    i, count = 0, len(context.tokens)
    while i < count:
        if not _may_be_name(context, marks, i):
            i += 1
            continue
        stop = _run_end(context, marks, i)
        names.extend(_read_run(context, marks, i, stop))
        i = stop
    return names


def _word(context: Context, i: int) -> str:
    token = context.tokens[i]
    return context.document.text[token.start : token.end]


def _may_be_name(context: Context, marks: _Marks, i: int) -> bool:
    token = context.tokens[i]
    if token.kind != "word":
        return False
    text = context.document.text
    letter = text[token.start]
    if not letter.isupper() and not (letter in "ıi" and text[token.start + 1 : token.start + 2].isupper()):
        return False
    length = token.end - token.start
    if length > 1 and text[token.start : token.end].isupper():
        return False
    if length == 1 and not (i + 1 < len(context.tokens) and _glued_stop(context, i + 1)):
        return False
    kinds = marks.kinds[i]
    if not kinds or not kinds & _BLOCKING:
        return True
    return kinds <= _PLACES and given_gender(_word(context, i)) is not None and _next_is_surname(context, i)


def _glued_stop(context: Context, i: int) -> bool:
    return context.tokens[i].folded == "." and context.tokens[i].start == context.tokens[i - 1].end


def _next_is_surname(context: Context, i: int) -> bool:
    if i + 1 >= len(context.tokens) or context.tokens[i + 1].kind != "word":
        return False
    word = _word(context, i + 1)
    return word[0].isupper() and SURNAME.search(rough(strip_kazakh(word)[0])) is not None


def _run_end(context: Context, marks: _Marks, first: int) -> int:
    """The token after the run of name words that begins at `first`; initials and particles belong to it."""
    text, tokens = context.document.text, context.tokens
    i = first + 1
    while i < len(tokens) and i - first < 7:
        gap = text[tokens[i - 1].end : tokens[i].start]
        if gap not in ("", " ", "\u00a0"):
            break
        if (_glued_stop(context, i) and tokens[i - 1].end - tokens[i - 1].start == 1) or (gap and _may_be_name(context, marks, i)):
            i += 1
        elif (
            tokens[i].folded in _PARTICLES
            and i + 1 < len(tokens)
            and tokens[i + 1].kind == "word"
            and _may_be_name(context, marks, i + 1)
        ):
            i += 2
        elif gap == "" and _may_be_name(context, marks, i) and tokens[i - 1].folded == ".":
            i += 1
        else:
            break
    return i


def _read_run(context: Context, marks: _Marks, first: int, stop: int) -> list[_Name]:
    """The name in a run of capitalised words, or none when nothing speaks for one."""
    role = _role_before(context, marks, first)
    start = _skip_opening(context, marks, first, stop, role)
    if start != first:
        first, role = start, _role_before(context, marks, start)
    cut = _second_name(context, first, stop)
    if cut:
        return _read_run(context, marks, first, cut) + _read_run(context, marks, cut, stop)
    words = [i for i in range(first, stop) if context.tokens[i].kind == "word"]
    if not words:
        return []
    if len(words) == 1:
        return _read_single(context, marks, words[0], role)
    role_after = _role_after(context, marks, stop)
    if not _is_person(context, marks, words, role, role_after):
        return []
    texts = [_word(context, i) for i in words]
    bare = _bare(context, texts, _hint(context, marks, first, role))
    return [_name(context, first, stop, bare, role or role_after)]


def _skip_opening(context: Context, marks: _Marks, first: int, stop: int, role: object) -> int:
    """Past a capitalised word that is no part of the name: "Кеше Серік Жұманғарин", "Приамурья Павел Пузанов"."""
    if stop - first < 3 or len(_word(context, first)) == 1:
        return first
    opening, second = _word(context, first), _word(context, first + 1)
    if _known_given(context, opening) or stands_first(opening) or not _known_given(context, second):
        return first
    return (
        first if SURNAME.search(rough(opening)) and first not in _sentence_starts(context, marks, first) else first + 1
    )


def _second_name(context: Context, first: int, stop: int) -> int | None:
    """Where a second person begins in a run of four: "Серік Жұманғарин Владимир Путиннің келетінін айтты"."""
    if stop - first != 4 or not all(context.tokens[i].kind == "word" for i in range(first, stop)):
        return None
    given = [_known_given(context, _word(context, i)) for i in range(first, stop)]
    surname = SURNAME.search(rough(_word(context, first + 1))) is not None
    return first + 2 if given[0] and given[2] and not given[1] and surname else None


def _sentence_starts(context: Context, marks: _Marks, i: int) -> tuple[int, ...]:
    start = context.sentences[marks.sentence[i]][0]
    while start < i and context.tokens[start].kind == "sign":
        start += 1
    return (start,)


def _known_given(context: Context, word: str) -> bool:
    if given_gender(word):
        return True
    if context.lang == "ru":
        return given_gender(find_russian_nominative((word,), None).words[0]) is not None
    if context.lang == "en":
        return given_gender(strip_english(word)[0]) is not None
    return False


def _is_person(context: Context, marks: _Marks, words: Sequence[int], role: object, role_after: object) -> bool:
    first, last = _word(context, words[0]), _word(context, words[-1])
    if len(first) == 1:
        return len(last) > 2
    if role or role_after:
        return True
    if _known_given(context, first) and len(words) < 4 and not _after_place(context, marks, words[0]):
        return True
    opens = words[0] in _sentence_starts(context, marks, words[0])
    ends_like_surname = SURNAME.search(rough(_bare(context, [last], None).words[-1])) is not None
    if ends_like_surname and len(words) < 4 and (not opens or len(words) == 3):
        return True
    if len(words) < 4 and any(_known_given(context, _word(context, i)) for i in words[1:]) and not opens:
        return True
    return stands_first(first) and len(words) in (2, 3) and len(first) < 5 and not opens and context.lang != "en"


def _after_place(context: Context, marks: _Marks, first: int) -> bool:
    """Right after a place in capitals comes more of a body's name ("Қазақстан Темір Жолы"), not a person."""
    kinds = marks.kinds[first - 1] if first and marks.sentence[first - 1] == marks.sentence[first] else None
    if not kinds or "place" not in kinds:
        return False
    return context.document.text[context.tokens[first - 1].end : context.tokens[first].start] == " "


def _read_single(context: Context, marks: _Marks, i: int, role: tuple[int, int, str] | None) -> list[_Name]:
    """One capitalised word: a surname when a post stands right before it, or when it ends like one."""
    word = _word(context, i)
    bare = _bare(context, [word], role and _hint(context, marks, i, role))
    if role and role[1] == i - 1 and len(word) > 2:
        return [_Name(i, i + 1, None, bare.words[0], bare.words[0], bare.case, role)]
    return [_Name(i, i + 1, None, bare.words[0], "", bare.case, None)] if len(word) > 2 else []


def _hint(context: Context, marks: _Marks, first: int, role: tuple[int, int, str] | None) -> str | None:
    """The case that the words before a Russian name ask for."""
    if context.lang != "ru":
        return None
    if role and role[1] in marks.role_at:
        case = marks.role_at[role[1]][3]
        if case:
            return case
    return "ins" if first and context.tokens[first - 1].folded in _WITH else None


def _role_before(context: Context, marks: _Marks, first: int) -> tuple[int, int, str] | None:
    """The post that ends before the name, with nothing but the body and the country that it belongs to between."""
    if not marks.role_at:
        return None
    reach = _REACH.get(context.lang, 4)
    sentence = marks.sentence[first]
    for i in range(first - 1, max(-1, first - 2 - reach), -1):
        if marks.sentence[i] != sentence:
            return None
        found = marks.role_at.get(i)
        if found:
            return found[:3] if context.lang != "en" or i == first - 1 else None
        token = context.tokens[i]
        if token.kind == "sign" and token.folded not in '«»"-–“”':
            return None
        kinds = marks.kinds[i]
        if kinds and kinds & {"saying", "meeting", "attendance", "commitment"} and "organisation" not in kinds:
            return None
        if token.folded in _CONJUNCTIONS and context.lang != "ru":
            return None
    return None


def _role_after(context: Context, marks: _Marks, stop: int) -> tuple[int, int, str] | None:
    """The post after a comma: "Vladimir Putin, head of the Russian government"."""
    tokens = context.tokens
    if stop + 1 >= len(tokens) or tokens[stop].folded not in (",", "(", "–", "-", "—"):
        return None
    for i in range(stop + 1, min(stop + 6, len(tokens))):
        if tokens[i].kind != "word" or marks.sentence[i] != marks.sentence[stop]:
            return None
        if i in marks.role_from:
            return marks.role_from[i]
        kinds = marks.kinds[i]
        if context.lang != "en" and not (kinds and kinds & _BLOCKING):
            return None
    return None


def _bare(context: Context, words: Sequence[str], hint: str | None) -> Bare:
    if context.lang == "ru":
        return find_russian_nominative(words, hint)
    last, case = strip_kazakh(words[-1]) if context.lang == "kk" else strip_english(words[-1])
    return Bare((*words[:-1], last), case)


def _name(context: Context, first: int, stop: int, bare: Bare, role: tuple[int, int, str] | None) -> _Name:
    words = bare.words
    family, given = (words[0], words[1]) if _family_first(words) else (words[-1], words[0])
    return _Name(first, stop, given, family, _write(context, first, stop, words), bare.case, role)


def _family_first(words: Sequence[str]) -> bool:
    if stands_first(words[0]) and not given_gender(words[0]):
        return True
    return (
        SURNAME.search(rough(words[0])) is not None
        and given_gender(words[0]) is None
        and given_gender(words[1]) is not None
        and SURNAME.search(rough(words[-1])) is None
    )


def _write(context: Context, first: int, stop: int, words: Sequence[str]) -> str:
    """The name as written, each word in the nominative, with its initials' full stops and its particles."""
    out, pending = [], list(words)
    text, tokens = context.document.text, context.tokens
    for i in range(first, stop):
        gap = text[tokens[i - 1].end : tokens[i].start] if i > first else ""
        piece = text[tokens[i].start : tokens[i].end]
        out.append((" " if gap else "") + (pending.pop(0) if tokens[i].kind == "word" and pending else piece))
    return "".join(out)


# ---- Arabic script: no capitals


def _find_arabic(context: Context, marks: _Marks) -> list[_Name]:
    names, i = [], 0
    while i < len(context.tokens) - 1:
        found = _read_arabic(context, marks, i)
        if found:
            names.append(found)
            i = found.stop
        else:
            i += 1
    return names


def _read_arabic(context: Context, marks: _Marks, i: int) -> _Name | None:
    """A given name or the word after a post, and the next word, if it ends like a surname or a post stands before."""
    if context.tokens[i].kind != "word" or context.tokens[i + 1].kind != "word":
        return None
    role = _role_before(context, marks, i)
    adjacent = role if role and role[1] == i - 1 else None
    given, family = _word(context, i), _word(context, i + 1)
    stem, case = strip_kazakh(family)
    known = given_gender(given) is not None and (adjacent is not None or len(neutral(given)) > 3)
    surname = SURNAME.search(rough(stem)) is not None
    foreign = stands_first(given) and adjacent is not None
    free = all(not (kinds and kinds & _BLOCKING) for kinds in (marks.kinds[i], marks.kinds[i + 1]))
    if (known and surname) or (free and adjacent and (surname or known or foreign)):
        return _name(context, i, i + 2, Bare((given, stem), case), adjacent)
    return None


# ---- one person from several namings


def _unite(context: Context, marks: _Marks, names: list[_Name]) -> People:
    """Full names become persons; a bare surname is the person of that surname; one with a post alone is a person too."""
    persons: list[Person] = []
    by_family: dict[str, int] = {}
    by_key: dict[str, int] = {}
    for name in names:
        if name.given is not None:
            _add(context, persons, by_family, by_key, name)
    for name in names:
        if name.given is None and name.role and neutral(name.family) not in by_family:
            _add(context, persons, by_family, by_key, name)
    mentions = []
    if context.script == "Arab":
        names = names + _arabic_surnames(context, names, by_family)
    for name in sorted(names, key=lambda n: n.first):
        person = by_family.get(neutral(name.family))
        if name.given is not None:
            person = by_key.get(person_key(name.family, name.given), person)
        if person is not None:
            sort = name.role[2] if name.role else None
            mentions.append(Mention(person, name.first, name.stop, name.case, sort, name.given is not None))
    return People(tuple(persons), tuple(mentions))


def _add(
    context: Context, persons: list[Person], by_family: dict[str, int], by_key: dict[str, int], name: _Name
) -> None:
    key = person_key(name.family, name.given)
    if key in by_key:
        return
    by_key[key] = len(persons)
    by_family.setdefault(neutral(name.family), len(persons))
    role = context.text(name.role[0], name.role[1] + 1) if name.role else None
    side = _side(context, name) if name.role else None
    persons.append(Person(name.text, key, role, side, context.span(name.first, name.stop)))


def _side(context: Context, name: _Name) -> str | None:
    """The country of the post: between the post and the name, else right before the post."""
    assert name.role is not None
    first, last, _ = name.role
    low, high = (first - 4, max(name.first, last + 5)) if last < name.first else (name.stop, last + 6)
    best = None
    for hit in context.hits:
        if hit.last < low or hit.first >= high:
            continue
        sense = next((s for s in hit.senses if s.kind in ("place", "demonym")), None)
        if sense:
            best = sense.value
    return best


def _arabic_surnames(context: Context, names: list[_Name], by_family: dict[str, int]) -> list[_Name]:
    taken = {i for name in names for i in range(name.first, name.stop)}
    found = []
    for i, token in enumerate(context.tokens):
        if token.kind == "word" and i not in taken and token.end - token.start > 3:
            stem, case = strip_kazakh(_word(context, i))
            if neutral(stem) in by_family:
                found.append(_Name(i, i + 1, None, stem, stem, case, None))
    return found
