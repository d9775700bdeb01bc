"""Times: the period of a figure, from its sentence, from a comparison ("a year earlier") or from the claim before."""

from __future__ import annotations

from typing import NamedTuple

from ...model import Period
from ..periods import Mention, shift_years
from ..quantities import Quantity
from ..view import DASHES
from .indicators import Named
from .memory import Memory
from .scene import FAR, Scene, cost, crossed, has_cue, is_of_part, opening_of, sentence_at

_COUNTED = frozenset(("companies", "projects", "products"))
_STANDING = frozenset(("other: capacity", "other: reserves", "other: flights", "other: jobs"))
_OWN = frozenset(("own", "by", "since"))
_SHIFTED = frozenset(("ago", "prior", "base"))
_BREAKS = frozenset((",", ";", ".", "–", "—"))


class When(NamedTuple):
    """A period, its role ("own", "by", "since", "none"), where it was taken from and at what cost."""

    period: Period | None
    role: str
    source: str
    price: int = 0
    whole: Period | None = None  # the whole of a running year, where `period` is only its months so far


class Spoken(NamedTuple):
    """The time that a figure's sentence names for it and the one that it is measured against, with their costs."""

    own: Mention | None
    own_cost: int
    base: Mention | None
    base_cost: int


_NONE = When(None, "none", "none")


def find_time(scene: Scene, memory: Memory, q: Quantity, kind: str, named: Named) -> When:
    """The period of a figure."""
    spoken = _look(scene, q)
    if kind in ("level", "share"):
        earlier = _earlier_value(scene, memory, q, spoken)
        if earlier is not None:
            return earlier
    if _is_stock(named, spoken):
        return When(_counting_day(memory, named), "none", "stock")
    if spoken.own is not None and not (_is_of_others(scene, q, spoken) and memory.last and memory.last.period):
        return _named(scene, memory, q, kind, spoken.own)._replace(price=spoken.own_cost)
    if kind == "level" and memory.earlier is not None and memory.earlier.sentence == sentence_at(scene, q):
        return When(memory.earlier.period, "own", "year before")
    return _carried(scene, memory, q, kind, spoken.base)


def _is_stock(named: Named, spoken: Spoken) -> bool:
    """Companies, projects, capacities are as they stand, unless a time is named beside them."""
    if named.indicator in _COUNTED:
        return spoken.own_cost > 14
    return named.mark is not None and named.mark.value in _STANDING and spoken.own is None


def _counting_day(memory: Memory, named: Named) -> Period | None:
    """The day on which companies were counted («на 1 февраля») holds for those counted next."""
    last = memory.last
    same = last is not None and last.indicator == named.indicator and last.period
    return last.period if last and same and last.period and last.period[0] == last.period[1] else None


def _look(scene: Scene, q: Quantity) -> Spoken:
    own, own_cost, base, base_cost = None, FAR, None, FAR
    for time in scene.times[sentence_at(scene, q)]:
        if _is_of_earlier(scene, q, time) or is_of_part(scene, q, time):
            continue
        price = _price(scene, q, time)
        if time.role in _OWN and price < own_cost:
            own, own_cost = time, price
        elif time.role in _SHIFTED and price < base_cost:
            base, base_cost = time, price
    return Spoken(own, own_cost, base, base_cost)


def _price(scene: Scene, q: Quantity, time: Mention) -> int:
    """A time behind the figure costs more, most beyond other figures; so does one right behind another figure."""
    if time.first > q.last:
        price = cost(scene, q, time, _late(scene, q, time)) + 25 * crossed(scene, q, time)
        return price + 25 if _is_parted(scene, q, time) else price
    price = cost(scene, q, time)
    return price + 10 if scene.lang != "kk" and _follows_other(scene, q, time) else price


def _late(scene: Scene, q: Quantity, time: Mention) -> int:
    """What a time behind the figure costs, by language: "$5 billion in 2023", «5 млрд в 2023 году» cost nothing."""
    gap = time.first - q.last
    if scene.lang == "kk":
        return 10
    if scene.lang == "en":
        return 0 if gap <= 3 else 5
    same_bracket = scene.bracket_of[time.first] == scene.bracket_of[q.first]
    dashed = scene.words[q.last + 1] in DASHES
    return 0 if gap <= 2 + dashed and same_bracket and scene.words[q.last + 1 + dashed] in ("в", "за") else 12


def _follows_other(scene: Scene, q: Quantity, time: Mention) -> bool:
    """Does a period stand right behind another figure ("24.7% in 2022 and another 41.3%")?"""
    reach = 3 if scene.lang == "en" else 2
    return any(
        other is not q
        and other.last < time.first <= other.last + reach
        and _BREAKS.isdisjoint(scene.words[other.last + 1 : time.first])
        for other in scene.figures[sentence_at(scene, q)]
    )


def _earlier_value(scene: Scene, memory: Memory, q: Quantity, spoken: Spoken) -> When | None:
    """«годом ранее – 9,5 млрд»: the figure is the earlier value itself."""
    own, base = spoken.own, spoken.base
    if base is None or not _belongs(scene, q, spoken):
        return None
    whole = base.months in (None, (1, 12)) and not base.explicit
    if base.role == "base" and base.period and not (whole and memory.last and memory.last.period):
        return When(base.period, "own", "base")
    if own is not None and own.period and own.role == "own":
        current: Period | None = own.period
    else:
        current = memory.last.period if memory.last else None
    return When(shift_years(current, -1), "own", "year before")


def _belongs(scene: Scene, q: Quantity, spoken: Spoken) -> bool:
    """Is the figure the earlier value rather than measured against it? A word of change between them says no."""
    base, bracket = spoken.base, scene.bracket_of[q.first]
    if base is not None and bracket and base.last + 1 == opening_of(scene, q):
        # «в полтора раза меньше прошлогоднего (92,1 млн)»
        return spoken.own is None or scene.bracket_of[spoken.own.first] != bracket
    if base is None or spoken.base_cost > 8 or spoken.base_cost > spoken.own_cost:
        return False
    if base.role == "base":
        return scene.bracket_of[q.first] != 0 and scene.bracket_of[base.first] == scene.bracket_of[q.first]
    between = range(base.last + 1, q.first) if base.last < q.first else range(q.last + 1, base.first)
    return not any(m.kind == "change" and m.first in between for m in scene.marks[sentence_at(scene, q)])


def _is_of_earlier(scene: Scene, q: Quantity, time: Mention) -> bool:
    """Is the time, right behind an earlier value, that value's alone: "145 million from 157 in 2024"?"""
    return any(
        other is not q and other.role == "from" and _stands_behind(scene, other, time)
        for other in scene.figures[sentence_at(scene, q)]
    )


def _stands_behind(scene: Scene, q: Quantity, time: Mention) -> bool:
    """Is a named year or month right behind a figure: "98 in 2023", «55 млн в 2023 году»?"""
    gap = time.first - q.last
    return time.explicit and 0 < gap <= 3 and _BREAKS.isdisjoint(scene.words[q.last + 1 : time.first])


def _named(scene: Scene, memory: Memory, q: Quantity, kind: str, time: Mention) -> When:
    """The time named; a running year means the months of it that the report speaks of."""
    runs = _runs(scene, memory, time)
    period = memory.current if runs or _led_here(scene, memory, q, kind, time) else time.period
    if q.role == "from" and time.role == "own" and not _stands_behind(scene, q, time):
        period = shift_years(period, -1)
    return When(period, time.role, "sentence", whole=time.period if runs else None)


def _led_here(scene: Scene, memory: Memory, q: Quantity, kind: str, time: Mention) -> bool:
    """«За январь–июнь прошлого года их было 32,4 тыс., прибавка – 27,5%»: growth since then, up to now."""
    if kind not in ("growth", "multiple", "difference") or not memory.current or not crossed(scene, q, time):
        return False
    return time.last < q.first and shift_years(time.period, 1) == memory.current


def _runs(scene: Scene, memory: Memory, time: Mention) -> bool:
    """«биылғы» after «2025 жылғы 9 айда»."""
    if time.role != "own" or time.explicit or time.months != (1, 12) or not time.period or not memory.current:
        return False
    end, current = time.period[1], memory.current[1]
    return bool(end and current and end.year == current.year and _is_running(scene, end.year))


def _is_running(scene: Scene, year: int) -> bool:
    """Is a year not over yet on the day of publication, as far as that is known?"""
    published = scene.context.document.published
    return published is None or published.year == year


def _carried(scene: Scene, memory: Memory, q: Quantity, kind: str, base: Mention | None) -> When:
    """The time of the claim before, or the year after the one that the figure is measured against."""
    last, sentence = memory.last, sentence_at(scene, q)
    if kind == "rank" and (last is None or last.sentence < sentence - 1):
        return _NONE
    if last is not None:
        unknown = last.period is None and memory.current is None
        if base is not None and base.role == "base" and base.year is not None and base.months and unknown:
            return When(shift_years(base.period, 1), "own", "base + 1")
        period = last.period if last.sentence == sentence else memory.current
        return When(shift_years(period, -1) if q.role == "from" else period, "own", "claim before")
    if base is not None and base.role == "base" and base.period and base.period[0]:
        return When(base.period if q.role == "from" else shift_years(base.period, 1), "own", "base + 1")
    opened = _opened(scene, sentence)
    return When(opened, "own", "sentence before") if opened is not None else _NONE


def _is_of_others(scene: Scene, q: Quantity, spoken: Spoken) -> bool:
    """Does the only time of the sentence stand behind another figure further on, or in the next clause?"""
    own = spoken.own
    if own is None or own.first < q.last or spoken.own_cost < 30:
        return False
    return crossed(scene, q, own) > 0 or _is_parted(scene, q, own)


def _is_parted(scene: Scene, q: Quantity, time: Mention) -> bool:
    """«миллион тонн, хотя в 2023-м ограничились 740 тысячами»: a semicolon or a word of contrast stands between."""
    return any(scene.words[i] == ";" or has_cue(scene, i, "contrast") for i in range(q.last + 1, time.first))


def _opened(scene: Scene, sentence: int) -> Period | None:
    """The time that the sentence before the first figure sets by its trade: «2023 жылғы сауда қорытындыланды»."""
    if not sentence or scene.figures[sentence - 1]:
        return None
    times = [t for t in scene.times[sentence - 1] if t.role == "own" and t.period and t.period[1]]
    return times[-1].period if len(times) == 1 else None
