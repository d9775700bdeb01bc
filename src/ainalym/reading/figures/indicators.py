"""Indicators: what a figure is a figure of: the noun or verb of trade that fits it and costs least to reach."""

from __future__ import annotations

from typing import NamedTuple

from ...lexicon import lookup
from ..quantities import Quantity
from ..view import DASHES
from .amounts import COUNTED, MASS
from .marks import OTHER, Mark, name_of
from .measure import Measure
from .memory import Frame, Memory
from .scene import FAR, Scene, cost, crossed, has_cue, is_money, opening_of, sentence_at

_LATE = {"kk": 6, "ru": 13, "en": 8}  # what it costs to look for an indicator behind the figure
_CLOSE = {"kk": 1, "ru": 0, "en": 2}  # how many words may stand before one that follows at once
_HEADS = frozenset(("people", "count"))
_NUMBERED = frozenset(("companies", "projects", "products"))
_RELATIVE = frozenset(("growth", "multiple", "share"))
_COSTLY = frozenset(("works", "services"))  # indicators of money alone
_RANKED = {"buyer": "exports", "supplier": "imports", "investor": "investment"}
_OF_WHOLE = frozenset(("of", "of a whole"))
_WITHIN = frozenset(("в", "во", "in", "of"))


class Named(NamedTuple):
    """An indicator, the word that named it in the figure's own sentence, where it was taken from and at what cost."""

    indicator: str
    mark: Mark | None
    source: str
    price: int = 0


def find_indicator(scene: Scene, memory: Memory, q: Quantity, measure: Measure) -> Named:
    """By the thing counted, a phrase that tells, the nearest word, the claim before, a sentence near."""
    return (
        _by_noun(q, measure)
        or _surplus(scene, q)
        or _by_rank(scene, q, measure)
        or _by_sentence(scene, memory, q, measure)
        or _named_since(scene, memory, q, measure)
        or _carried(scene, memory, q, measure)
        or _near(scene, q, measure)
        or _goods(scene, measure)
        or _partner(scene, q, measure)
        or Named("other", None, "default")
    )


def _by_noun(q: Quantity, measure: Measure) -> Named | None:
    """ "250 companies", "1.2 million tourists": the counted noun itself."""
    if q.noun is None or measure.unit not in _HEADS:
        return None
    for s in q.noun.senses:
        if s.kind == "indicator" and (s.value in COUNTED or s.value.startswith(OTHER)):
            mark = Mark(q.noun.first, q.noun.last, "indicator", s.value, s.pos, s.form, s.case)
            return Named(name_of(mark), mark, "noun")
    return None


def _surplus(scene: Scene, q: Quantity) -> Named | None:
    """«экспорт превысил импорт на 80 млн»: the figure is the balance, negative where imports are the greater."""
    kinds = ("indicator", "reach", "change")
    marks = [m for m in scene.marks[sentence_at(scene, q)] if m.last < q.first and m.kind in kinds]
    for greater, verb, less in zip(marks, marks[1:], marks[2:], strict=False):
        if (
            {greater.value, less.value} != {"exports", "imports"}
            or q.first - less.last > 4
            or crossed(scene, q, greater)
        ):
            continue
        if verb.kind != "indicator" and has_cue(scene, verb.first, "exceeds"):
            value = "balance" if greater.value == "exports" else "balance-negative"
            return Named("balance", greater._replace(value=value), "surplus")
    return None


def _by_rank(scene: Scene, q: Quantity, measure: Measure) -> Named | None:
    """What a rank is of, where the noun says: the second buyer, the third supplier, the largest investor."""
    if measure.kind != "rank":
        return None
    for mark in scene.marks[sentence_at(scene, q)]:
        if mark.kind == "rank" and mark.value in _RANKED and 0 < mark.first - q.last <= 4:
            return Named(_RANKED[mark.value], None, "rank noun")
    return None


def _by_sentence(scene: Scene, memory: Memory, q: Quantity, measure: Measure) -> Named | None:
    """The word of trade that costs least; one far behind the figure gives way to the claim before."""
    host = _host(scene, memory, q)
    best, least = _cheapest(scene, q, measure, inside=host is not None)
    if best is None:
        fits = host is not None and not is_misfit(host.indicator, measure)
        return Named(host.indicator, None, "host of the bracket") if host is not None and fits else None
    if least >= 60:
        return None
    last = memory.last
    if last is not None and not is_misfit(last.indicator, measure) and _goes_on(scene, q, measure, best, least, last):
        return None
    return Named(name_of(best), best, "sentence", least)


def _goes_on(scene: Scene, q: Quantity, measure: Measure, mark: Mark, price: int, last: Frame) -> bool:
    """Does the figure rather go on about the claim before than about a word far behind it?"""
    if last.indicator == "investment" and mark.kind == "flow" and mark.value == "receive":
        return True  # «оттуда поступило 4,3 млрд»
    if measure.kind == "rank" or mark.first <= q.last:
        return False
    return price > 22 or ";" in scene.words[q.last + 1 : mark.first]


def _cheapest(scene: Scene, q: Quantity, measure: Measure, *, inside: bool) -> tuple[Mark | None, int]:
    best, least = None, FAR
    for mark in scene.marks[sentence_at(scene, q)]:
        if mark.kind not in ("indicator", "flow"):
            continue
        penalty = _penalty(mark, measure)
        if penalty >= FAR or _is_passed_over(scene, q, mark, inside=inside):
            continue
        late = 0 if _is_bound(scene, q, measure, mark) else _LATE[scene.lang]
        price = cost(scene, q, mark, late) + penalty
        price += 12 if late and mark.first > q.last and _leads_other(scene, q, mark) else 0
        if price < least:
            best, least = mark, price
    return best, least


def _is_bound(scene: Scene, q: Quantity, measure: Measure, mark: Mark) -> bool:
    """Does the word behind the figure belong to it: "$5 billion in exports", «21% таджикского экспорта»?"""
    whole = measure.rule in _OF_WHOLE and 0 < mark.first - q.last <= 4
    return whole or _follows_at_once(scene, q, mark) or _falls_to(scene, q, mark)


def _is_passed_over(scene: Scene, q: Quantity, mark: Mark, *, inside: bool) -> bool:
    """A word that only completes another, or that stands outside the bracket of a figure inside one."""
    if any(other.first <= mark.first <= other.last for other in scene.figures[sentence_at(scene, q)]):
        return mark.value.startswith(OTHER)  # «186 тоннасына» is no price of a tonne
    delivers = mark.kind == "flow" or mark.value == "supplies"
    if delivers and scene.lang == "kk" and _raises(scene, mark):
        return True
    if inside and scene.bracket_of[mark.first] != scene.bracket_of[q.first]:
        return True
    return _names_body(scene, mark) or (scene.lang != "kk" and _completes(scene, mark))


def _names_body(scene: Scene, mark: Mark) -> bool:
    """«Сауда және интеграция министрлігі», «министр торговли», "the investment ministry": part of a body's name."""
    if mark.pos == "verb":
        return False
    text = scene.context.document.text
    capital = text[scene.tokens[mark.first].start].isupper() and mark.first not in scene.starts
    reach = 4 if capital else 1 if scene.lang != "en" else 2
    ahead = scene.words[mark.last + 1 : mark.last + 1 + reach] if scene.lang != "ru" else []
    behind = scene.words[max(0, mark.first - reach) : mark.first] if scene.lang != "kk" else []
    return any(_is_body(scene.lang, word) for word in (*ahead, *behind))


def _is_body(lang: str, word: str) -> bool:
    """Does a word name a body or a post?"""
    senses = lookup(lang, word) if word.isalpha() else ()
    return any(s.kind in ("organisation", "role") and s.pos != "verb" for s in senses)


def _follows_at_once(scene: Scene, q: Quantity, mark: Mark) -> bool:
    """ "$5 billion in exports", «2 млн тонна экспорт», «5 млрд – экспорт»."""
    gap = mark.first - q.last - 1
    if not 0 <= gap <= 2:
        return False
    if gap == 2 and scene.words[q.last + 1] in DASHES and _has_adjective(scene, mark):
        return True
    between = scene.words[q.last + 1 : mark.first]
    return (gap <= _CLOSE[scene.lang] and "," not in between and "and" not in between) or all(
        word in DASHES for word in between
    )


def _has_adjective(scene: Scene, mark: Mark) -> bool:
    """«581 млн – иранский экспорт»: a side right before the word."""
    return any(side.last + 1 == mark.first for side in scene.sides[sentence_at(scene, mark)])


def _leads_other(scene: Scene, q: Quantity, mark: Mark) -> bool:
    """Does the word behind the figure stand right before another one: «вырос на 12%, ввоз – на 35%»?"""
    if scene.lang == "kk":
        return False
    return any(0 < other.first - mark.last <= 3 for other in scene.figures[sentence_at(scene, q)])


def _falls_to(scene: Scene, q: Quantity, mark: Mark) -> bool:
    """«3,1 млрд пришлось на казахстанский экспорт»: the verb behind the figure gives it to the word."""
    if scene.lang != "ru" or not 0 < mark.first - q.last <= 5:
        return False
    return any(m.kind == "share" and q.last < m.first < mark.first for m in scene.marks[sentence_at(scene, q)])


def _raises(scene: Scene, mark: Mark) -> bool:
    """«5 млрд доллар деңгейіне шығармақ»: the verb brings the figure up, it sells nothing."""
    return has_cue(scene, mark.first - 1, "mark-reached")


def _completes(scene: Scene, mark: Mark) -> bool:
    """«сальдо в торговле», «доля экспорта в обороте»: the noun only completes the indicator before it."""
    for other in scene.marks[sentence_at(scene, mark)]:
        gap = mark.first - other.last
        if other.kind != "indicator" or other.pos != "noun" or other is mark:
            continue
        if (gap == 2 and scene.words[mark.first - 1] in _WITHIN) or (gap == 1 and mark.case == "gen"):
            return True
    return False


def _host(scene: Scene, memory: Memory, q: Quantity) -> Frame | None:
    """The claim right before the bracket that a figure stands in: what the bracket leaves out comes from it."""
    bracket, last = scene.bracket_of[q.first], memory.last
    if not bracket or last is None or last.sentence != sentence_at(scene, q):
        return None
    opening = opening_of(scene, q)
    return last if any(other.last < opening for other in scene.figures[last.sentence]) else None


def _carried(scene: Scene, memory: Memory, q: Quantity, measure: Measure) -> Named | None:
    """The indicator of the claim before, or of the sentence before where that began with the turnover."""
    last, topic = memory.last, memory.topic
    if last is None:
        return None
    source = "claim before" if last.paragraph == scene.paragraph_of[q.first] else "paragraph before"
    indicator = last.indicator
    if topic is not None and topic.indicator == "turnover" and topic.sentence == last.sentence != sentence_at(scene, q):
        indicator = "turnover"
    here = last.sentence == sentence_at(scene, q) and measure.kind in _RELATIVE
    if (indicator in ("companies", "products") and not here) or is_misfit(indicator, measure):
        return None
    return Named(indicator, None, source)


def _named_since(scene: Scene, memory: Memory, q: Quantity, measure: Measure) -> Named | None:
    """«Сауда мәселесіне бөлек тоқталды.»: the indicator that a sentence without figures has turned to."""
    last, sentence = memory.last, sentence_at(scene, q)
    if last is None:
        return None
    for n in range(sentence - 1, last.sentence, -1):
        if scene.figures[n] or scene.paragraph_of[scene.context.sentences[n][0]] != scene.paragraph_of[q.first]:
            return None
        for mark in reversed(scene.marks[n]):
            told = mark.kind == "indicator" and mark.pos == "noun" and mark.value not in _NUMBERED
            if told and _penalty(mark, measure) < 6 and not _names_body(scene, mark):
                return Named(name_of(mark), None, "named since")
    return None


def _near(scene: Scene, q: Quantity, measure: Measure) -> Named | None:
    """A noun of one of the sentences around."""
    for step in (-1, 1, -2, 2):
        there = sentence_at(scene, q) + step
        for mark in scene.marks[there] if 0 <= there < len(scene.marks) else ():
            if mark.kind == "indicator" and mark.value not in _NUMBERED and _penalty(mark, measure) < 6:
                return Named(name_of(mark), None, "sentence near")
    return None


def _goods(scene: Scene, measure: Measure) -> Named | None:
    """Tonnes in a report that names any trade are exports."""
    return Named("exports", None, "goods") if measure.unit in ("t", "m3", "kWh") and scene.named else None


def _partner(scene: Scene, q: Quantity, measure: Measure) -> Named | None:
    """The rank of a trading partner is one of turnover where no indicator is named at all."""
    marks = scene.marks[sentence_at(scene, q)]
    ranked = measure.kind == "rank" and any(m.kind == "rank" and m.value == "partner" for m in marks)
    return Named("turnover", None, "partner") if ranked else None


def _penalty(mark: Mark, measure: Measure) -> int:
    """How badly an indicator fits a figure; FAR where it cannot be."""
    if is_misfit(name_of(mark), measure) and measure.kind not in _RELATIVE:
        return FAR
    if mark.kind == "flow":
        penalty = 4 if mark.value != "trade" else 0
        penalty += 8 if mark.value in ("receive", "visit") and measure.unit != "people" else 0
    else:
        penalty = _penalty_of_noun(mark, measure)
    return penalty + 30 if is_misfit(name_of(mark), measure) else penalty


def _penalty_of_noun(mark: Mark, measure: Measure) -> int:
    if mark.value in _NUMBERED and measure.unit != "count":
        return 8 if mark.value != "companies" and measure.unit and len(measure.unit) == 3 else FAR
    if mark.value in _COSTLY and not is_money(measure.unit):
        return FAR
    if mark.value == "output" or mark.value in _COSTLY or mark.value.startswith(OTHER):
        return 8
    return 2 if mark.value in ("transit", "freight") and mark.pos == "adjective" else 0


def is_misfit(name: str, measure: Measure) -> bool:
    """Can an indicator have no such figure: turnover in tonnes, tourism in dollars?"""
    unit = measure.unit
    if measure.kind == "rank":
        return name in ("products", "other", "companies", "projects")
    if unit == "people":
        return name != "tourism"
    if unit == "count":
        return name in ("turnover", "balance", "investment")
    if unit in MASS:
        return name in ("balance", "investment", "tourism", "companies", "products", "turnover")
    if is_money(unit):
        return name in ("tourism", "companies", "output", "freight", "transit")
    return measure.kind in _RELATIVE and name == "products"
