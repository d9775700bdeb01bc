"""Where a report names a person: runs of name words, each put into the nominative, with the post beside it.

In alphabets with capitals a name is a run of capitalised words that no other word of the lexicon explains, and that
something speaks for: a post before it, a known given name, the ending of a surname. In Arabic script posts, given
names and endings alone decide.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ainalym.lexicon import Sense
from ainalym.reading.context import Context
from ainalym.reading.memo import per_senses
from ainalym.reading.names.folding import neutral, rough
from ainalym.reading.names.given import given_gender, opens_sentences, stands_first
from ainalym.reading.names.nominative import (
    STRONG,
    SURNAME,
    Bare,
    find_russian_nominative,
    strip_english,
    strip_kazakh,
)
from ainalym.reading.names.tagger import Tagger


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Places are names of people too (Алтай, Абай, Владимир); a post or a body never is.
_PLACES = _words("place demonym capital city region group product indicator currency deed when")
_BLOCKING = _PLACES | _words(
    "role organisation honorific month meeting occasion document commitment attendance calendar saying ahead period"
    " will body"
)
_ROLES = frozenset({"role", "honorific"})
_ENDS_POST = frozenset({"saying", "meeting", "attendance", "commitment"})
_PARTICLES = _words("бин ибн аль әл ал де ван фон дер да bin ibn al van von de der da el")
_REACH = {"kk": 2, "ru": 8, "en": 6}
_CONJUNCTIONS = _words("мен пен бен және и men pen ben and jáne jäne مەن پەن بەن جانە")
_WITH = frozenset(("с", "со"))
# Without capitals the endings -ин and -ан prove nothing: many words have them in some case.
_ARABIC_SURNAME = re.compile(r"(?:[oei]v|[oei]va|ski+|uli|kizi|bai|bek|enko|vili)$")
_INSIDE_POST = frozenset('«»"-–“”')
_BEFORE_POST = frozenset(",(–-—")

Post = tuple[int, int, str]  # first token, last token, sort of post


class Name(NamedTuple):
    """A name before it is known whose; `given` is None for a bare surname."""

    first: int
    stop: int
    given: str | None
    family: str
    text: str
    case: str | None
    post: Post | None


class _Brief(NamedTuple):
    """What matters here of a hit's senses."""

    kinds: frozenset[str]
    blocking: bool
    place_only: bool
    post: str | None
    case: str | None
    ends_post: bool


@per_senses
def _brief(senses: tuple[Sense, ...]) -> _Brief:
    kinds = frozenset(sense.kind for sense in senses)
    posts = [sense for sense in senses if sense.kind in _ROLES]
    cases = {sense.case for sense in posts}
    case = None if not posts or (len(cases) > 1 and "nom" in cases) else posts[0].case
    return _Brief(
        kinds,
        bool(kinds & _BLOCKING),
        kinds <= _PLACES,
        posts[0].value if posts else None,
        case,
        bool(kinds & _ENDS_POST) and "organisation" not in kinds,
    )


def find_names(context: Context, tagger: Tagger | None = None) -> tuple[list[Name], list[int]]:
    """All names that something speaks for, and the capitalised single words that may be bare surnames.

    A tagger adds names that the rules have no grounds for; where both see one, the rules' reading stands.
    """
    marks = _mark(context)
    if context.script == "Arab":
        return _find_arabic(context, marks), []
    names, singles = _find_capitalised(context, marks)
    if tagger:
        names += _find_tagged(context, marks, tagger, {i for name in names for i in range(name.first, name.stop)})
        names.sort(key=lambda name: name.first)
    return names, singles


def _find_tagged(context: Context, marks: _Marks, tagger: Tagger, taken: set[int]) -> list[Name]:
    """Persons of two to four words that the tagger sees outside the tokens already taken."""
    names = []
    for begin, end in context.sentences:
        for first, stop, label in tagger.find([_word(context, i) for i in range(begin, end)]):
            span = range(begin + first, begin + stop)
            if label != "PERSON" or not 1 < len(span) < 5 or taken.intersection(span):
                continue
            if all(context.tokens[i].kind == "word" for i in span):
                bare = _bare(context, tuple(_word(context, i) for i in span), None)
                post = _post_before(context, marks, span.start) or _post_after(context, marks, span.stop)
                names.append(_name(context, span.start, span.stop, bare, post))
    return names


# ---- marks: what the lexicon says of each token


class _Marks(NamedTuple):
    briefs: list[_Brief | None]  # of the hit over each token
    post_at: dict[int, Post]  # by the last token of a post
    post_from: dict[int, Post]  # by the first
    sentence: list[int]


def _mark(context: Context) -> _Marks:
    count = len(context.tokens)
    briefs: list[_Brief | None] = [None] * count
    post_at: dict[int, Post] = {}
    post_from: dict[int, Post] = {}
    for first, last, senses in context.hits:
        brief = _brief(senses)
        if first == last:
            briefs[first] = brief
        else:
            briefs[first : last + 1] = [brief] * (last + 1 - first)
        if brief.post:
            post_at[last] = post_from[first] = (first, last, brief.post)
    sentence: list[int] = []
    for number, (first, stop) in enumerate(context.sentences):
        sentence += [number] * (stop - first)
    return _Marks(briefs, post_at, post_from, sentence)


# ---- alphabets with capitals


def _find_capitalised(context: Context, marks: _Marks) -> tuple[list[Name], list[int]]:
    names: list[Name] = []
    singles: list[int] = []
    text, done = context.document.text, 0
    for i, token in enumerate(context.tokens):
        if token[2] != "word" or i < done:
            continue
        letter = text[token[0]]
        if not (letter.isupper() or letter in "ıi") or not _may_be_name(context, marks, i):
            continue
        done = _run_end(context, marks, i)
        _read_run(context, marks, i, done, names, singles)
    return names, singles


def _word(context: Context, i: int) -> str:
    token = context.tokens[i]
    return context.document.text[token.start : token.end]


def _may_be_name(context: Context, marks: _Marks, i: int) -> bool:
    """A word with a capital first, no abbreviation, that the lexicon does not explain otherwise."""
    token = context.tokens[i]
    text = context.document.text
    if token.kind != "word":
        return False
    if not text[token.start].isupper() and not text[token.start + 1 : token.start + 2].isupper():
        return False
    length = token.end - token.start
    if length == 1:
        return i + 1 < len(context.tokens) and _glued_stop(context, i + 1)
    if text[token.start + 1].isupper() and text[token.start : token.end].split("-", 1)[0].isupper():
        return False  # an abbreviation, its ending behind a hyphen: БҰҰ-ның
    brief = marks.briefs[i]
    if brief is None or not brief.blocking:
        return not (opens_sentences(token.folded, context.lang) and _opens_sentence(context, marks, i))
    return brief.place_only and given_gender(_word(context, i)) is not None and _next_is_surname(context, i)


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
        initial = tokens[i - 1].end - tokens[i - 1].start == 1
        if (initial and (_glued_stop(context, i) or tokens[i - 1].folded == ".")) or gap:
            if not (_glued_stop(context, i) and not gap) and not _may_be_name(context, marks, i):
                if tokens[i].folded in _PARTICLES and i + 1 < len(tokens) and _may_be_name(context, marks, i + 1):
                    i += 2
                    continue
                break
            i += 1
        else:
            break
    # The full stop of a sentence is not the one of an initial ("с главой МИД КНР Ван И.").
    ends = i == len(tokens) or context.sentences[marks.sentence[first]][1] == i
    return i - 1 if ends and tokens[i - 1].folded == "." else i


def _read_run(context: Context, marks: _Marks, first: int, stop: int, names: list[Name], singles: list[int]) -> None:
    """Adds the names in a run of capitalised words, none when nothing speaks for one."""
    post = _post_before(context, marks, first)
    words = [i for i in range(first, stop) if context.tokens[i].kind == "word"]
    if len(words) == 1:
        _read_single(context, marks, words[0], post, names, singles)
        return
    start = _skip_opening(context, marks, first, stop)
    cut = _second_name(context, first, stop)
    if start != first or cut:
        if cut:
            _read_run(context, marks, first, cut, names, singles)
        _read_run(context, marks, cut or start, stop, names, singles)
        return
    post = post or _post_after(context, marks, stop)
    if _is_person(context, marks, words, post):
        bare = _bare(context, tuple(_word(context, i) for i in words), _hint(context, marks, first, post))
        names.append(_name(context, first, stop, bare, post))


def _skip_opening(context: Context, marks: _Marks, first: int, stop: int) -> int:
    """Past a capitalised word that is no part of the name: "Кеше Серік Жұманғарин", "Приамурья Павел Пузанов"."""
    if stop - first < 3 or len(_word(context, first)) == 1:
        return first
    opening, second = _word(context, first), _word(context, first + 1)
    if _known_given(context, opening) or stands_first(opening) or not _known_given(context, second):
        return first
    belongs = SURNAME.search(rough(opening)) and not _opens_sentence(context, marks, first)
    return first if belongs else first + 1


def _second_name(context: Context, first: int, stop: int) -> int | None:
    """Where a second person begins in a run of four: "Серік Жұманғарин Владимир Путиннің келетінін айтты"."""
    if stop - first != 4 or not all(context.tokens[i].kind == "word" for i in range(first, stop)):
        return None
    given = [_known_given(context, _word(context, i)) for i in range(first, stop)]
    surname = SURNAME.search(rough(_word(context, first + 1))) is not None
    return first + 2 if given[0] and given[2] and not given[1] and surname else None


def _opens_sentence(context: Context, marks: _Marks, i: int) -> bool:
    start = context.sentences[marks.sentence[i]][0]
    while start < i and context.tokens[start].kind == "sign":
        start += 1
    return start == i


def _known_given(context: Context, word: str) -> bool:
    if given_gender(word):
        return True
    if context.lang == "ru":
        return given_gender(find_russian_nominative((word,), None).words[0]) is not None
    if context.lang == "en":
        return given_gender(strip_english(word)[0]) is not None
    return False


def _is_person(context: Context, marks: _Marks, words: Sequence[int], post: Post | None) -> bool:
    first, last = _word(context, words[0]), _word(context, words[-1])
    if len(first) == 1:
        return len(last) > 2
    if post:
        return True
    if len(words) > 3:
        return False
    if _known_given(context, first) and not _after_place(context, marks, words[0]):
        return True
    opens = _opens_sentence(context, marks, words[0])
    ending = STRONG if opens else SURNAME
    if ending.search(rough(_bare(context, (last,), None).words[-1])):
        return True
    if opens:
        return False
    if any(_known_given(context, _word(context, i)) for i in words[1:]):
        return True
    return stands_first(first) and len(first) < 5 and context.lang != "en"


def _after_place(context: Context, marks: _Marks, first: int) -> bool:
    """Right after a place in capitals comes more of a body's name ("Қазақстан Темір Жолы"), not a person."""
    brief = marks.briefs[first - 1] if first and marks.sentence[first - 1] == marks.sentence[first] else None
    if brief is None or "place" not in brief.kinds:
        return False
    return context.document.text[context.tokens[first - 1].end : context.tokens[first].start] == " "


def _read_single(
    context: Context, marks: _Marks, i: int, post: Post | None, names: list[Name], singles: list[int]
) -> None:
    """One capitalised word: a person right after a post, else perhaps a surname known from elsewhere."""
    word = _word(context, i)
    if len(word) < 3:
        return
    if post and post[1] == i - 1:
        bare = _bare(context, (word,), _hint(context, marks, i, post))
        names.append(Name(i, i + 1, None, bare.words[0], bare.words[0], bare.case, post))
    else:
        singles.append(i)


def read_surname(context: Context, i: int) -> Name:
    """The word at token `i` as a bare surname."""
    bare = _bare(context, (_word(context, i),), None)
    return Name(i, i + 1, None, bare.words[0], "", bare.case, None)


def _hint(context: Context, marks: _Marks, first: int, post: Post | None) -> str | None:
    """The case that the words before a Russian name ask for."""
    if context.lang != "ru":
        return None
    brief = marks.briefs[post[1]] if post else None
    if brief and brief.case:
        return brief.case
    return "ins" if first and context.tokens[first - 1].folded in _WITH else None


def _post_before(context: Context, marks: _Marks, first: int) -> Post | None:
    """The post that ends before the name, with nothing but the body and the country that it belongs to between."""
    if not marks.post_at:
        return None
    sentence, tokens = marks.sentence[first], context.tokens
    for i in range(first - 1, max(-1, first - 2 - _REACH.get(context.lang, 4)), -1):
        if marks.sentence[i] != sentence:
            return None
        found = marks.post_at.get(i)
        if found:
            return found if context.lang != "en" or i == first - 1 else None
        if tokens[i].kind == "sign" and tokens[i].folded not in _INSIDE_POST:
            return None
        brief = marks.briefs[i]
        if (brief and brief.ends_post) or (context.lang != "ru" and tokens[i].folded in _CONJUNCTIONS):
            return None
    return None


def _post_after(context: Context, marks: _Marks, stop: int) -> Post | None:
    """The post after a comma: "Vladimir Putin, head of the Russian government"."""
    tokens = context.tokens
    if stop + 1 >= len(tokens) or tokens[stop].folded not in _BEFORE_POST:
        return None
    for i in range(stop + 1, min(stop + 6, len(tokens))):
        if tokens[i].kind != "word" or marks.sentence[i] != marks.sentence[stop]:
            return None
        if i in marks.post_from:
            return marks.post_from[i]
        brief = marks.briefs[i]
        if (brief and brief.ends_post) or (context.lang != "en" and not (brief and brief.blocking)):
            return None
    return None


def _bare(context: Context, words: tuple[str, ...], hint: str | None) -> Bare:
    if context.lang == "ru":
        return find_russian_nominative(words, hint)
    last, case = strip_kazakh(words[-1]) if context.lang == "kk" else strip_english(words[-1])
    return Bare((*words[:-1], last), case)


def _name(context: Context, first: int, stop: int, bare: Bare, post: Post | None) -> Name:
    words = bare.words
    family, given = (words[0], words[1]) if _family_first(words) else (words[-1], words[0])
    return Name(first, stop, given, family, _write(context, first, stop, words), bare.case, post)


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


def _find_arabic(context: Context, marks: _Marks) -> list[Name]:
    names: list[Name] = []
    done = 0
    for i in range(len(context.tokens) - 1):
        if i < done or context.tokens[i].kind != "word":
            continue
        post = marks.post_at.get(i - 1)
        if not post and names and names[-1].stop == i - 1 and context.tokens[i - 1].folded in _CONJUNCTIONS:
            post = names[-1].post  # "министрлердің орынбасарлары X пен Y"
        found = _read_arabic(context, marks, i, post)
        if found:
            names.append(found)
            done = found.stop
    return names


def _read_arabic(context: Context, marks: _Marks, i: int, post: Post | None) -> Name | None:
    """A given name or the word after a post, and the next word, if it ends like a surname or a post stands before."""
    given = _word(context, i)
    known = given_gender(given) is not None and (post is not None or len(neutral(given)) > 3)
    if not (known or post) or not _is_free(context, marks, i + 1):
        return None
    stem, case = strip_kazakh(_word(context, i + 1))
    if not post:
        sure = _ARABIC_SURNAME.search(rough(stem)) is not None
        return _name(context, i, i + 2, Bare((given, stem), case), None) if sure else None
    brief = marks.briefs[i]
    if brief and brief.blocking and not (brief.place_only and known):
        return None
    surname = SURNAME.search(rough(stem)) is not None
    first = stands_first(given)
    both = known and given_gender(_word(context, i + 1)) is not None
    if not surname and (first or both) and _is_unknown(context, marks, i + 2, bare=both):
        stem, case = strip_kazakh(_word(context, i + 2))
        return _name(context, i, i + 3, Bare((given, _word(context, i + 1), stem), case), post)
    return _name(context, i, i + 2, Bare((given, stem), case), post) if surname or known or first else None


def _is_free(context: Context, marks: _Marks, i: int) -> bool:
    """Can the word be part of a name: no sign, no conjunction, nothing that the lexicon explains otherwise?"""
    token, brief = context.tokens[i], marks.briefs[i]
    return token.kind == "word" and token.folded not in _CONJUNCTIONS and not (brief and brief.blocking)


def _is_unknown(context: Context, marks: _Marks, i: int, *, bare: bool) -> bool:
    """A word of the same sentence that the lexicon does not know at all, with a case ending unless `bare`."""
    if i >= len(context.tokens) or not _is_free(context, marks, i) or marks.briefs[i] is not None:
        return False
    if marks.sentence[i] != marks.sentence[i - 1]:
        return False
    stem, case = strip_kazakh(_word(context, i))
    return bare or case is not None or SURNAME.search(rough(stem)) is not None


def find_surnames(context: Context, taken: frozenset[int], families: frozenset[str]) -> list[Name]:
    """Words of a text without capitals that are the surname of someone named in full elsewhere."""
    found = []
    for i, token in enumerate(context.tokens):
        if token.kind == "word" and i not in taken and token.end - token.start > 3:
            stem, case = strip_kazakh(_word(context, i))
            if neutral(stem) in families:
                found.append(Name(i, i + 1, None, stem, stem, case, None))
    return found
