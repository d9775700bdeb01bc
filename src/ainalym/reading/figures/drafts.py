"""Drafts: one figure with all its slots filled, and what it leaves to the next one."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple, get_args

from ...model import Bound, Indicator, Modality, Period
from ..quantities import Quantity
from ..view import find_cues
from .codes import GROUPS, VAGUE, is_home
from .indicators import Named, find_indicator
from .marks import OTHER, Mark
from .measure import Measure
from .memory import Earlier, Frame, Growth, Memory, remember_current
from .modality import find_bound, find_modality
from .pairs import Pair, find_pair
from .scene import Scene, cost, has_cue, is_money, sentence_at
from .sidelists import chain_of
from .times import When, find_time

_INDICATORS: dict[str, Indicator] = {name: name for name in get_args(Indicator)}
_NEAR = 9  # what it may cost to reach the goods behind a figure
_AIMS = frozenset(("target", "forecast", "potential"))
_JOINING = frozenset(("side-and", "side-and:and"))
_OF_GOODS = frozenset(("exports", "imports", "freight", "transit", "output", "other"))
_YEAR_BEFORE = frozenset(("year before", "base"))


class Draft(NamedTuple):
    """A claim in the making; `named`, `pair` and `when` also say where they were taken from."""

    q: Quantity
    measure: Measure
    named: Named
    pair: Pair
    when: When
    indicator: Indicator
    modality: Modality
    bound: Bound
    product: str | None


def make_draft(scene: Scene, memory: Memory, q: Quantity, measure: Measure) -> Draft | None:
    """The figure's slots one after another; None for money in a report that does not speak of trade."""
    named = find_indicator(scene, memory, q, measure)
    if named.source == "default" and not (is_money(q.unit) and scene.trades):
        return None
    named = _in_transit(scene, q, named)
    named, pair = _bought_from_us(scene, named, find_pair(scene, memory, q, named, measure.kind))
    when = find_time(scene, memory, q, measure.kind, named)
    modality = find_modality(scene, q, when.role, named.indicator, goes_on=_modality_before(scene, memory, q, named))
    when = when._replace(period=_aimed_period(scene, memory, q, when, modality))
    bound: Bound = "under" if measure.rule == "top" else find_bound(scene, q, modality, measure.kind)
    return Draft(
        q=q,
        measure=measure._replace(value=_signed_balance(named, measure)),
        named=named,
        pair=pair,
        when=when,
        indicator=_INDICATORS.get(named.indicator, "other"),
        modality=modality,
        bound=bound,
        product=_find_product(scene, memory, q, named),
    )


def share_rank(scene: Scene, draft: Draft) -> Iterator[Draft]:
    """«пятёрку замыкают Турция и Южная Корея»: one claim more for each further side that shares a rank."""
    pair = draft.pair
    if draft.measure.rule != "top" or pair.source != "sentence":
        return
    led = pair.partner and not is_home(scene.main.home, pair.partner)
    ranked = pair.partner if led else pair.reporter
    named = next((side for side in scene.sides[sentence_at(scene, draft.q)] if side.code == ranked), None)
    for side in chain_of(scene, named) if named is not None else ():
        if side.code != ranked and not is_home(scene.main.home, side.code):
            shared = pair._replace(partner=side.code) if led else pair._replace(reporter=side.code)
            yield draft._replace(pair=shared)


def _modality_before(scene: Scene, memory: Memory, q: Quantity, named: Named) -> Modality | None:
    """The modality of the claim before where the figure goes on about the same thing."""
    last = memory.last
    same = last is not None and last.indicator == named.indicator
    return last.modality if last and same and (named.mark is None or last.sentence == sentence_at(scene, q)) else None


def _find_product(scene: Scene, memory: Memory, q: Quantity, named: Named) -> str | None:
    """The goods named nearest to the figure, else those that the text goes on about; none for goods of all sorts."""
    marks = [m for m in scene.marks[sentence_at(scene, q)] if m.kind == "product"]
    before = [m for m in marks if m.last < q.first]
    behind = [m for m in marks if m.first > q.last and cost(scene, q, m, 0) <= _NEAR and not _is_parted(scene, q, m)]
    if behind and (not before or cost(scene, q, behind[0], 2) < cost(scene, q, before[-1])):
        return _one_of(behind[0].value)
    if before:
        return None if _is_mixed(scene, before) else _one_of(before[-1].value)
    if named.mark is not None and named.mark.value.startswith(OTHER):
        return named.mark.value.removeprefix(OTHER)
    return _carried_product(scene, memory, q) if named.indicator in _OF_GOODS else None


def _one_of(product: str) -> str | None:
    return None if product == "goods" else product


def _is_mixed(scene: Scene, marks: list[Mark]) -> bool:
    """«нефтепродуктов, тракторов, шин и прочего на $147 млн», "mostly rice": goods in a list or for an instance."""
    last, rows = marks[-1], 1
    for mark in reversed(marks[:-1]):
        gap = scene.words[mark.last + 1 : last.first]
        if len(gap) > 2 or not any(word == "," or find_cues(scene.lang, word) & _JOINING for word in gap):
            break
        last, rows = mark, rows + 1
    return rows > 2 or any(has_cue(scene, i, "mostly") for i in range(last.first - 2, last.first))


def _carried_product(scene: Scene, memory: Memory, q: Quantity) -> str | None:
    """The goods of the claim before; for a report's first figure those that it opened with."""
    if memory.last is not None:
        return memory.last.product
    for n in range(sentence_at(scene, q) - 1, -1, -1):
        for mark in reversed(scene.marks[n]):
            if mark.kind == "product":
                return _one_of(mark.value)
    return None


def _is_parted(scene: Scene, q: Quantity, mark: Mark) -> bool:
    """«77 млн долларов, в основном за счёт концентратов»: goods behind a comma are not all of the figure."""
    return any(word in (",", ";", ":") for word in scene.words[q.last + 1 : mark.first])


def _in_transit(scene: Scene, q: Quantity, named: Named) -> Named:
    """«Қазақстан арқылы 800 мың контейнер өтеді»: freight that goes through the report's side is in transit."""
    if named.indicator != "freight" or named.mark is None:
        return named
    through = (s for s in scene.sides[sentence_at(scene, q)] if s.role == "via" and "-" not in s.code)
    return named._replace(indicator="transit") if any(is_home(scene.main.home, s.code) for s in through) else named


def _bought_from_us(scene: Scene, named: Named, pair: Pair) -> tuple[Named, Pair]:
    """They bought from the report's side: it sold to them."""
    if named.indicator != "imports" or named.mark is None or named.mark.kind != "flow":
        return named, pair
    if not pair.partner or not is_home(scene.main.home, pair.partner):
        return named, pair
    return named._replace(indicator="exports"), pair._replace(reporter=pair.partner, partner=pair.reporter)


def _aimed_period(scene: Scene, memory: Memory, q: Quantity, when: When, modality: str) -> Period | None:
    """An aim inherits the time of no fact, runs to the end of a year, and has an end but no beginning."""
    period, last = when.period, memory.last
    if modality != "actual" and when.whole is not None:
        period = when.whole
    alike = last is not None and last.sentence == sentence_at(scene, q) and last.modality == modality
    if period is None or (modality != "actual" and when.source == "claim before" and not alike):
        return None
    aimed = modality == "target" and when.role == "own" and when.source == "sentence"
    if aimed or (when.role == "by" and modality in _AIMS and period[0] is not None):
        return None, period[1]
    return period


def _signed_balance(named: Named, measure: Measure) -> Decimal:
    """A deficit is a negative balance."""
    deficit = named.indicator == "balance" and named.mark is not None and named.mark.value == "balance-negative"
    return -abs(measure.value) if deficit and measure.kind == "level" else measure.value


def remember(scene: Scene, memory: Memory, draft: Draft) -> Memory:
    """What the next figure may inherit."""
    q, kind, (reporter, partner, sides_from, turn, _) = draft.q, draft.measure.kind, draft.pair
    sentence = sentence_at(scene, q)
    frame = _frame(scene, memory, draft, sentence)
    begins = memory.topic is None or memory.topic.sentence != sentence
    other = partner if reporter and is_home(scene.main.home, reporter) else reporter
    partners = frozenset((other,)) if begins else memory.partners | {other}
    facts = draft.modality == "actual" and draft.when.source != "base + 1"
    return Memory(
        last=_last(memory, draft, frame),
        topic=frame if begins else memory.topic,
        current=remember_current(memory.current, frame.period) if facts else memory.current,
        earlier=_earlier(scene, memory, draft, sentence),
        growth=Growth(sentence, -1 if draft.measure.value < 0 else 1) if kind == "growth" else memory.growth,
        turn=turn or memory.turn,
        partners=partners,
        after_list=_is_list(partners) or (memory.after_list and sides_from != "sentence"),
    )


def _is_list(partners: frozenset[str | None]) -> bool:
    """Several other sides; a country beside the group that it belongs to is no list."""
    return len(partners) > 1 and len(partners - GROUPS - VAGUE - {None}) != 1


def _frame(scene: Scene, memory: Memory, draft: Draft, sentence: int) -> Frame:
    before = memory.last.unit if memory.last is not None else None
    unit = draft.measure.unit if draft.measure.kind in ("level", "difference") else before
    return Frame(
        indicator=draft.indicator,
        reporter=draft.pair.reporter,
        partner=draft.pair.partner,
        period=draft.when.period,
        modality=draft.modality,
        kind=draft.measure.kind,
        sentence=sentence,
        paragraph=scene.paragraph_of[draft.q.first],
        unit=unit,
        product=draft.product,
    )


def _last(memory: Memory, draft: Draft, frame: Frame) -> Frame:
    """The claim to inherit from: not a value of the year before, nor a rank."""
    if draft.q.role != "from" and draft.when.source not in _YEAR_BEFORE and draft.measure.kind != "rank":
        return frame
    return memory.last or frame._replace(period=None)


def _earlier(scene: Scene, memory: Memory, draft: Draft, sentence: int) -> Earlier | None:
    """Has the sentence turned to the year before? Growth turns it back."""
    if draft.when.source in _YEAR_BEFORE and not scene.bracket_of[draft.q.first]:
        return Earlier(sentence, draft.when.period)
    return None if draft.measure.kind in ("growth", "multiple", "difference") else memory.earlier
