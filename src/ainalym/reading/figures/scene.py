"""The scene: all that stands in one text, laid out by sentence, and what it costs to reach a mention from a figure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import partial
from itertools import accumulate
from typing import NamedTuple, Protocol, TypeVar

from ...language.tokens import Token
from ...lexicon import Hit
from ..context import Context
from ..periods import Mention, find_periods
from ..places import Side, find_sides
from ..quantities import Quantity, find_quantities
from ..view import find_cues
from .hits import figure_hits
from .mainsides import MainSides, find_main_sides
from .marks import Mark, add_intents, find_marks
from .regions import find_meant_sides

FAR = 10_000
_NO_WORDS = [""] * 16  # a step outside the text, on either side, reads as no word
_SIGN_COSTS = {",": 3, ";": 9, ":": 3, "(": 4, ")": 4, "–": 2, "—": 2, ".": 3}
_TALK = frozenset(("turnover", "exports", "imports", "supplies", "investment", "turnover-world", "freight", "transit"))


class Stretch(Protocol):
    """Anything that takes up the tokens `[first, last]`: a figure, a mark, a side, a mention of time."""

    @property
    def first(self) -> int: ...
    @property
    def last(self) -> int: ...


class Scene(NamedTuple):
    """One text; what is listed by sentence is in the order of the text."""

    context: Context
    lang: str
    tokens: list[Token]
    words: list[str]  # folded; indexes a little outside the text read as ""
    hit_at: dict[int, Hit]
    sentence_of: list[int]
    paragraph_of: list[int]
    bracket_of: list[int]  # the number of the bracket that a token stands in, 0 outside
    crossing: list[int]  # what it costs to cross all tokens before this one
    figures_before: list[int]
    quantities: list[Quantity]
    figures: list[list[Quantity]]  # the quantities by sentence
    times: list[list[Mention]]
    sides: list[list[Side]]
    marks: list[list[Mark]]
    main: MainSides
    money: str  # the currency of money without one
    trades: bool  # does the report speak of trade at all?
    named: bool  # does it name any indicator?
    spans: int  # how many different times it speaks of
    starts: frozenset[int]  # the first tokens of the sentences


def make_scene(context: Context) -> Scene:
    """Everything found in a text, ready for composing."""
    context = context._replace(hits=figure_hits(context))
    mentions, taken = find_periods(context)
    quantities = find_quantities(context, taken)
    sides = find_meant_sides(context, find_sides(context))
    count = len(context.sentences)
    sentence_of = _ranges(context.sentences, len(context.tokens))
    marks = find_marks(context.hits, sentence_of, count)
    if context.lang == "kk":
        add_intents(context.tokens, sentence_of, marks)
    crossing, figures_before = _crossing(context.tokens, quantities)
    figures = _by_sentence(quantities, sentence_of, count)
    return Scene(
        context=context,
        lang=context.lang,
        tokens=context.tokens,
        words=[token.folded for token in context.tokens] + _NO_WORDS,
        hit_at={hit[0]: hit for hit in context.hits},
        sentence_of=sentence_of,
        paragraph_of=_ranges(context.paragraphs, len(context.tokens)),
        bracket_of=_brackets(context.tokens, sentence_of),
        crossing=crossing,
        figures_before=figures_before,
        quantities=quantities,
        figures=figures,
        times=_by_sentence(mentions, sentence_of, count),
        sides=_by_sentence(sides, sentence_of, count),
        marks=marks,
        main=find_main_sides(sides, sentence_of, figures, context.lang, within=partial(_speaks_within, context)),
        money=_usual_money(quantities),
        trades=any(m.kind == "flow" or (m.kind == "indicator" and m.value in _TALK) for ms in marks for m in ms),
        named=any(m.kind in ("indicator", "flow") for ms in marks for m in ms),
        spans=len({time.period for time in mentions if time.role == "own" and time.period}),
        starts=frozenset(first for first, _ in context.sentences),
    )


def _ranges(ranges: list[tuple[int, int]], tokens: int) -> list[int]:
    """For each token the number of the range it lies in."""
    of = [0] * tokens
    for number, (first, stop) in enumerate(ranges):
        of[first:stop] = [number] * (stop - first)
    return of


_S = TypeVar("_S", bound=Stretch)


def _by_sentence(stretches: Iterable[_S], sentence_of: list[int], sentences: int) -> list[list[_S]]:
    found: list[list[_S]] = [[] for _ in range(sentences)]
    for stretch in stretches:
        found[sentence_of[stretch.first]].append(stretch)
    return found


def _brackets(tokens: list[Token], sentence_of: list[int]) -> list[int]:
    """For each token the number of the bracket it stands in, 0 outside; a bracket does not outlast its sentence."""
    of, number, sentence = [0] * len(tokens), 0, 0
    stack: list[int] = []
    for i, token in enumerate(tokens):
        if sentence_of[i] != sentence:
            stack, sentence = [], sentence_of[i]
        if token.folded in ("(", "["):
            number += 1
            stack.append(number)
        if stack:
            of[i] = stack[-1]
            if token.folded in (")", "]"):
                stack.pop()
    return of


def _crossing(tokens: list[Token], quantities: list[Quantity]) -> tuple[list[int], list[int]]:
    """Running sums of what each token costs to cross, and of the figures passed."""
    costs = [_SIGN_COSTS.get(token[3], 1) if token[2] == "sign" else 1 for token in tokens]
    starts = [0] * len(tokens)
    for q in quantities:
        costs[q.first : q.last + 1] = [0] * (q.last + 1 - q.first)
    for q in quantities:
        costs[q.first], starts[q.first] = 4, 1
    return _sums(costs), _sums(starts)


def _sums(values: list[int]) -> list[int]:
    return [0, *accumulate(values)]


def _usual_money(quantities: list[Quantity]) -> str:
    """The currency that the report counts in most often, US dollars where it names none."""
    used = Counter(q.unit for q in quantities if q.unit and is_money(q.unit) and q.code)
    return max(used, key=lambda code: used[code]) if used else "USD"


def is_money(unit: str | None) -> bool:
    """Is a unit a currency (three capitals)?"""
    return unit is not None and len(unit) == 3 and unit.isupper()


def sentence_at(scene: Scene, stretch: Stretch) -> int:
    return scene.sentence_of[stretch.first]


def opening_of(scene: Scene, here: Stretch) -> int:
    """The token that opens the bracket of a stretch inside one."""
    first = here.first
    while first > 0 and scene.bracket_of[first - 1] == scene.bracket_of[here.first]:
        first -= 1
    return first


def crossed(scene: Scene, here: Stretch, there: Stretch) -> int:
    """How many other figures lie between two stretches."""
    if there.last < here.first:
        return scene.figures_before[here.first] - scene.figures_before[there.last + 1]
    return scene.figures_before[there.first] - scene.figures_before[here.last + 1] if there.first > here.last else 0


def cost(scene: Scene, here: Stretch, there: Stretch, after: int = 4, before: int = 0) -> int:
    """What it costs to get from one stretch to another; `after` and `before` are paid for the side it lies on."""
    first = there.first
    if there.last < here.first:
        total = scene.crossing[here.first] - scene.crossing[there.last + 1] + before
    elif first > here.last:
        total = scene.crossing[first] - scene.crossing[here.last + 1] + after
    else:
        return 0
    bracket = scene.bracket_of[first]
    return total + 15 if bracket and bracket != scene.bracket_of[here.first] else total


def nearest(
    scene: Scene, q: Quantity, kind: str, *, after: int = 4, before: int = 0, values: frozenset[str] | None = None
) -> tuple[Mark | None, int]:
    """The mark of a kind that costs least to reach from the figure, and its cost."""
    best, least = None, FAR
    for mark in scene.marks[scene.sentence_of[q.first]]:
        if mark.kind != kind or (values is not None and mark.value not in values):
            continue
        if mark.last < q.first or mark.first > q.last:
            price = cost(scene, q, mark, after, before)
            if price < least:
                best, least = mark, price
    return best, least


def word_before(scene: Scene, q: Quantity) -> int:
    """Index of the last token before the figure that is no hedge: "на" in «на более чем 5%»."""
    ends = {m.last: m.first for m in reversed(_fixed_hedges(scene, q))}
    i = q.first - 1
    while i in ends and scene.words[i] not in ("до", "на", "up", "to"):
        i = ends[i] - 1
    return i


def _fixed_hedges(scene: Scene, q: Quantity) -> list[Mark]:
    return [m for m in scene.marks[scene.sentence_of[q.first]] if m.kind == "hedge" and m.pos == "fixed"]


def _speaks_within(context: Context, sentence: int) -> bool:
    """Does a sentence speak of trade inside a group?"""
    first, stop = context.sentences[sentence]
    return any("within" in find_cues(context.lang, token.folded) for token in context.tokens[first:stop])


def has_cue(scene: Scene, i: int, *cues: str) -> bool:
    """Is the word at token i one of the small words that the lexicon lists as cues?"""
    word = scene.words[i]
    if "-" in word:  # looked up with its parts, as the hits have it
        hit = scene.hit_at.get(i)
        return hit is not None and any(s.kind == "cue" and s.value in cues for s in hit.senses)
    return bool(word) and not find_cues(scene.lang, word).isdisjoint(cues)


def is_of_part(scene: Scene, q: Quantity, there: Stretch) -> bool:
    """«4,3 млрд, в том числе в Румынию на 1,2 млрд»: what stands behind "including" is of the parts alone."""
    marks = scene.marks[sentence_at(scene, q)]
    return any(m.kind == "part" and m.value == "including" and q.last < m.first < there.first for m in marks)


def gap_words(scene: Scene, here: Stretch, there: Stretch) -> list[str]:
    """The words between two stretches, in either order."""
    left, right = (here.last, there.first) if here.first < there.first else (there.last, here.first)
    return scene.words[left + 1 : right] if right > left else []


def points_back(scene: Scene, sentence: int, *values: str) -> bool:
    """Does a sentence point back at what was named ("the two countries", "there")?"""
    return any(m.kind == "anaphora" and m.value in values for m in scene.marks[sentence])
