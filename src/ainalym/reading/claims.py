"""Claims: every figure bound to its indicator, sides, period and modality.

Each slot takes the mention that costs least to reach from the figure: tokens between cost one each, commas, brackets
and other figures more, a mention on the unusual side of the figure more still. What a sentence leaves out comes from
the claim before, then from the report's main pair of sides; the trace says which.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import NamedTuple

from ..lexicon import Hit, lookup
from ..model import Claim, Period, Span
from .context import Context
from .periods import Mention, find_periods, shift_years
from .places import Side, find_sides
from .quantities import _DASHES, Quantity, find_quantities

_INDICATORS = frozenset(
    "turnover exports imports balance investment transit freight tourism projects companies products output other".split()
)
_PAIRED = frozenset(("turnover", "balance", "transit", "freight", "projects", "companies"))
_COUNTED = frozenset(("companies", "projects", "products", "tourism", "transit"))
_MASS = frozenset(("t", "m3", "kWh", "ha"))
_IGNORED_UNITS = frozenset(("MW", "kW", "GW", "km", "m", "km2", "m2", "l", "g", "barrel"))
_FLOW_INDICATOR = {"sell": "exports", "buy": "imports", "trade": "turnover", "visit": "tourism", "receive": "imports"}
_PAST = frozenset(("past", "participle", "converb"))
_VAGUE = frozenset(
    ("FAR-ABROAD", "NEAR-ABROAD", "EUROPE", "ASIA", "AFRICA", "MIDDLE-EAST", "G7", "AMERICA", "LATIN-AMERICA")
)
_GROUPS = frozenset(("EAEU", "CIS", "C-ASIA", "EU", "SCO", "OTS", "ECO", "WORLD"))
_COUNTING = frozenset("насчитывалось было осталось стало вместо после прежних против саны саны: болды were was from".split())
_BUYERS = ("покупат", "потреб", "импортёр", "импортер", "мукомол", "переработч", "buyer", "consumer", "importer", "сатып алушы", "тұтынушы", "кәсіпкер")
_RANKED = {
    "exports": ("покупат", "импорт", "получат", "потребит", "алушы", "тұтын", "buyer", "import", "customer", "alýshy", "tutyn"),
    "imports": ("поставщ", "экспорт", "жеткізуш", "supplier", "export", "jetkizýsh"),
    "investment": ("инвест", "invest", "ınvest", "ينۆەست"),
}
_CITY_REGIONS = frozenset(("KZ-71", "KZ-75", "KZ-79", "RU-MOW", "RU-SPE", "CN-BJ", "CN-SH", "UZ-TK", "KG-GB"))
_FAR = 10_000
_ROMAN_PLACES = frozenset(("ii", "iii", "iv", "vi", "vii"))


_FIGURE_KINDS = frozenset(
    "indicator flow change share rank extent modality reach part hedge product top ordinal order times compare anaphora "
    "rank-cue place demonym capital city currency subunit unit scale number month fraction multiplier amount duration "
    "calendar when place-head".split()
)


class Mark(NamedTuple):
    """A word of the lexicon in a sentence: tokens `[first, last]`, what it is and what it means."""

    first: int
    last: int
    kind: str
    value: str
    pos: str
    form: str | None
    case: str | None


class Frame(NamedTuple):
    """What a claim says beside its number; the next claim inherits it."""

    indicator: str
    reporter: str | None
    partner: str | None
    period: Period | None
    modality: str
    product: str | None
    kind: str
    sentence: int
    paragraph: int
    world: bool = False


class Reader:
    """Reads the claims of one context."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.tokens = context.tokens
        self.lang = context.lang
        self.mentions, taken = find_periods(context)
        self.quantities = find_quantities(context, taken)
        self.sides = find_sides(context)
        self.sentence_of = self._ranges(context.sentences)
        self.paragraph_of = self._ranges(context.paragraphs)
        self.marks = self._marks()
        self.group = self._brackets()
        self.weight = self._weights()
        self.main, self.other = self._main_sides()
        self.money = self._usual_money()
        self.last: Frame | None = None
        self.partners: dict[int, set[str | None]] = {}  # the other sides of each sentence's claims
        self.earlier: tuple[int, Period | None] | None = None  # a sentence that has turned to the year before
        self.after_list = False  # was the last sentence that named partners a list of them?
        self.topic: Frame | None = None  # the first claim of the last sentence that had one
        self.current: Period | None = None  # the latest time that the report speaks of
        self.last_turn: tuple[Mark | None, bool] | None = None  # the mark of the last claim and how it was turned
        self.last_growth: tuple[int, int] | None = None  # sentence and sign of the last growth

    # the ground

    def _ranges(self, ranges: list[tuple[int, int]]) -> list[int]:
        of = [0] * len(self.tokens)
        for number, (first, stop) in enumerate(ranges):
            for i in range(first, stop):
                of[i] = number
        return of

    def _marks(self) -> list[list[Mark]]:
        marks: list[list[Mark]] = [[] for _ in self.context.sentences]
        kinds = frozenset(
            (
                "indicator",
                "flow",
                "change",
                "share",
                "rank",
                "extent",
                "modality",
                "reach",
                "part",
                "hedge",
                "product",
                "top",
                "ordinal",
                "order",
                "times",
                "stop",
                "compare",
                "anaphora",
                "rank-cue",
            )
        )
        for hit in self.context.hits:
            seen = set()
            for s in hit.senses:
                if s.kind in kinds and (s.kind, s.value) not in seen:
                    seen.add((s.kind, s.value))
                    marks[self.sentence_of[hit.first]].append(
                        Mark(hit.first, hit.last, s.kind, s.value, s.pos, s.form, s.case)
                    )
        return marks

    def _brackets(self) -> list[int]:
        """For each token the number of the bracket it stands in, 0 outside."""
        group, stack, number = [0] * len(self.tokens), [], 0
        for i, token in enumerate(self.tokens):
            if i and self.sentence_of[i] != self.sentence_of[i - 1]:
                stack = []
            if token.folded in "([" and token.kind == "sign":
                number += 1
                stack.append(number)
            group[i] = stack[-1] if stack else 0
            if token.folded in ")]" and token.kind == "sign" and stack:
                stack.pop()
        return group

    def _weights(self) -> list[int]:
        """Prefix sums of what each token costs to cross."""
        costs = []
        in_quantity = set()
        for q in self.quantities:
            in_quantity.update(range(q.first, q.last + 1))
        starts = {q.first for q in self.quantities}
        for i, token in enumerate(self.tokens):
            if i in starts:
                cost = 4
            elif i in in_quantity:
                cost = 0
            elif token.kind == "sign":
                cost = {",": 3, ";": 9, ":": 3, "(": 4, ")": 4, "–": 2, "—": 2, ".": 3, "«": 1, "»": 1}.get(
                    token.folded, 1
                )
            else:
                cost = 1
            costs.append(cost)
        sums = [0]
        self.figures_before = [0]
        for i, cost in enumerate(costs):
            sums.append(sums[-1] + cost)
            self.figures_before.append(self.figures_before[-1] + (i in starts))
        return sums

    def crossed(self, q: Quantity, first: int, last: int) -> int:
        """How many other figures lie between the figure and a mention."""
        if last < q.first:
            return self.figures_before[q.first] - self.figures_before[last + 1]
        return self.figures_before[first] - self.figures_before[q.last + 1] if first > q.last else 0

    def cost(self, q: Quantity, first: int, last: int, after: int = 4, before: int = 0) -> int:
        """What it costs to reach the mention `[first, last]` from the figure."""
        if last < q.first:
            crossed = self.weight[q.first] - self.weight[last + 1] + before
        elif first > q.last:
            crossed = self.weight[first] - self.weight[q.last + 1] + after
        else:
            return 0
        here, there = self.group[q.first], self.group[first]
        if there and there != here:
            crossed += 15
        return crossed

    def _main_sides(self) -> tuple[str | None, str | None]:
        """The side whose report it is and the one it speaks of most."""
        scores: dict[str, float] = {}
        figured = {self.sentence_of[q.first] for q in self.quantities if q.unit}
        counted: dict[tuple[str, int], int] = {}
        for n, side in enumerate(self.sides):
            if side.code in _VAGUE or side.code in ("WORLD", "ABROAD") or side.role == "via":
                continue
            sentence = self.sentence_of[side.first]
            value = {"place": 1.0, "demonym": 0.9, "capital": 0.35, "city": 0.3}[side.kind]
            if side.code in _GROUPS:
                value *= 0.35
            if sentence in figured:
                value *= 1.5
            if sentence == 0:
                value *= 1.4
            counted[side.code, sentence] = counted.get((side.code, sentence), 0) + 1
            value /= counted[side.code, sentence]
            if side.role in ("of", "adjective", "subject", "from"):
                value *= 1.15
            scores[side.code] = scores.get(side.code, 0.0) + value * (1.0 - 0.002 * n)
        if self.lang == "kk":
            scores["KZ"] = scores.get("KZ", 0.0) + 0.4
        ranked = sorted(scores, key=lambda code: -scores[code])
        main = self._pick_main(scores, ranked)
        others = [c for c in ranked if c != main and not self._same_country(c, main)]
        countries = [c for c in others if c not in _GROUPS]
        total = sum(scores[c] for c in countries)
        self.paired = bool(countries) and scores[countries[0]] >= 0.6 * total
        return main, countries[0] if self.paired else others[0] if others else None

    def _pick_main(self, scores: dict[str, float], ranked: list[str]) -> str | None:
        main = ranked[0] if ranked else None
        if main is None:
            return None
        known = [s for s in self.sides if s.code in scores and s.code not in _GROUPS]
        if self.lang == "kk":
            regions = [
                c for c in ranked if c.startswith("KZ-") and any(s.code == c and s.kind != "city" for s in known)
            ]
            if regions and scores[regions[0]] >= 0.8 * scores["KZ"]:
                return regions[0]
            return "KZ" if scores["KZ"] >= 0.4 else main
        if (
            known
            and "-" in known[0].code
            and known[0].kind in ("place", "demonym")
            and scores[known[0].code] >= 0.25 * scores[main]
        ):
            return known[0].code
        for side in known:
            if (
                self.sentence_of[side.first] == 0
                and "-" in side.code
                and side.kind == "place"
                and side.role in ("of", "subject", "by", "between")
                and scores[side.code] >= 0.25 * scores[main]
            ):
                return side.code
        if main in _GROUPS:
            country = next((c for c in ranked if c not in _GROUPS), None)
            if country and scores[country] >= 0.6 * scores[main]:
                main = country
        if known and known[0].code != main and scores[known[0].code] >= 0.75 * scores[main] and known[0].kind != "city":
            return known[0].code
        return main

    @staticmethod
    def _same_country(a: str | None, b: str | None) -> bool:
        return (
            bool(a and b) and a not in _GROUPS and b not in _GROUPS and a[:2] == b[:2] and (len(a) != len(b) or a == b)
        )

    def _usual_money(self) -> str:
        used: dict[str, int] = {}
        for q in self.quantities:
            if q.unit and len(q.unit) == 3 and q.unit.isupper() and q.code:
                used[q.unit] = used.get(q.unit, 0) + 1
        return max(used, key=lambda code: used[code]) if used else "USD"

    # words around

    def near(
        self, q: Quantity, *kinds: str, after: int = 4, before: int = 0, values: frozenset[str] | None = None
    ) -> tuple[Mark | None, int]:
        best, least = None, _FAR
        for mark in self.marks[self.sentence_of[q.first]]:
            if (
                mark.kind in kinds
                and (values is None or mark.value in values)
                and (mark.last < q.first or mark.first > q.last)
            ):
                cost = self.cost(q, mark.first, mark.last, after, before)
                if cost < least:
                    best, least = mark, cost
        return best, least

    def word(self, i: int) -> str:
        return self.tokens[i].folded if 0 <= i < len(self.tokens) else ""

    def before(self, q: Quantity) -> int:
        """Index of the last token before the figure that is no hedge."""
        i = q.first - 1
        moved = True
        while moved and i >= 0:
            moved = False
            for mark in self.marks[self.sentence_of[q.first]]:
                if (
                    mark.kind == "hedge"
                    and mark.last == i
                    and mark.pos == "fixed"
                    and self.word(i) not in ("до", "up", "to")
                ):
                    i = mark.first - 1
                    moved = True
                    break
        return i

    def after(self, q: Quantity) -> int:
        return q.last + 1

    # kinds

    def kind(self, q: Quantity) -> tuple[str, Decimal, str | None, str] | None:
        """(kind, value, unit, rule), or None where the number is no claim."""
        if q.unit in _IGNORED_UNITS:
            return None
        if q.unit == "percent":
            return self._percent(q)
        if q.unit == "fraction":
            return self._fraction(q)
        if q.unit == "times":
            return self._multiple(q)
        if q.unit == "ordinal":
            return self._rank(q)
        return self._amount(q)

    def _direction(self, q: Quantity) -> tuple[str | None, int, Mark | None]:
        after = 1 if self.lang == "kk" else 3
        mark, cost = self.near(q, "change", after=after, values=frozenset(("up", "down")))
        return (mark.value if mark else None), cost, mark

    def _percent(self, q: Quantity) -> tuple[str, Decimal, str | None, str] | None:
        direction, change_cost, mark = self._direction(q)
        share, share_cost = self.near(q, "share", after=2 if self.lang == "kk" else 4)
        prior = self.word(q.first - 1)
        value = q.value
        sign = self.word(q.first - 1)
        inside = self.group[q.first] != 0
        if sign in ("+", "плюс", "plus"):
            return "growth", value, "fraction", "signed"
        if sign in ("-", "–", "−", "минус", "minus") and (
            inside and self.word(q.first - 2) == "(" or sign in ("минус", "minus", "−")
        ):
            return "growth", -value, "fraction", "signed"
        if (
            self.lang == "ru"
            and self.word(q.last + 1)
            in (
                "всего",
                "общего",
                "от",
                "из",
                "внешнеторгового",
                "экспорта",
                "импорта",
                "товарооборота",
                "оборота",
                "поставок",
                "совокупного",
                "всей",
                "всех",
                "внешней",
                "торговли",
            )
            and self.word(self.before(q)) != "на"
        ):
            return "share", value, "fraction", "of"
        index = self.lang == "ru" and any(self.word(i) in ("уровню", "уровня") for i in range(q.last + 1, q.last + 4))
        if index and value > Decimal("0.8"):
            return "growth", value - 1, "fraction", "index"
        factor = -1 if direction == "down" else 1
        if (
            mark is not None
            and self.crossed(q, mark.first, mark.last)
            and self.last_growth is not None
            and self.last_growth[0] == self.sentence_of[q.first]
        ):
            if mark.last < q.first and self.word(self.before(q)) in ("на", "by", "–", "—", "-"):
                return "growth", self.last_growth[1] * value, "fraction", "ellipsis"
        if self.lang == "ru":
            comes = self.word(self.before(q))
            if comes == "на" and not (share and share_cost < change_cost - 6 and share.pos == "verb" and share_cost < 9):
                if change_cost < 25:
                    return "growth", factor * value, "fraction", "on"
                if self.last and self.last.kind in ("growth", "multiple", "difference") and self.last.sentence == self.sentence_of[q.first]:
                    return "growth", value, "fraction", "ellipsis"
            if comes != "на" and not inside and self._of_a_whole(q):
                return "share", value, "fraction", "of a whole"
        if self.lang == "kk":
            if q.case == "dat" and mark and mark.first > q.last and change_cost < 14:
                return "growth", factor * value, "fraction", "dative"
            if q.case in ("acc", "nom", None) and q.noun and self._possessed(q) and share_cost <= change_cost + 6:
                return "share", value, "fraction", "possessed"
        if self.lang == "en":
            if self.word(self.before(q)) == "by" and change_cost < 20:
                return "growth", factor * value, "fraction", "by"
            follow = self.word(q.last + 1)
            if follow in ("of", "share") and change_cost > 6:
                return "share", value, "fraction", "of"
        if share is not None and share_cost < change_cost:
            return "share", value, "fraction", "share"
        if direction is not None and change_cost < 30:
            return "growth", factor * value, "fraction", "change"
        if (
            self.last is not None
            and self.last.kind in ("share", "growth")
            and self.last.sentence == self.sentence_of[q.first]
        ):
            return self.last.kind, value, "fraction", "ellipsis"
        if share is not None:
            return "share", value, "fraction", "share"
        if prior in ("(", ",") and inside:
            return "share", value, "fraction", "bracket"
        compared = any(
            m.role in ("base", "prior", "ago")
            for m in self.mentions
            if self.sentence_of[m.first] == self.sentence_of[q.first]
        )
        if compared:
            return "growth", value, "fraction", "compared"
        if self.lang != "en" and not inside:
            return "share", value, "fraction", "alone"
        return ("share", value, "fraction", "alone") if not inside else ("growth", value, "fraction", "alone")

    def _of_a_whole(self, q: Quantity) -> bool:
        """«80% этого экспорта», «23% внешней торговли»: an indicator in the genitive follows."""
        for mark in self.marks[self.sentence_of[q.first]]:
            if mark.kind == "indicator" and mark.pos == "noun" and 0 < mark.first - q.last <= 4:
                between = range(q.last + 1, mark.first)
                return all(self.tokens[i].kind == "word" and self.word(i) not in ("в", "на", "за", "и") for i in between) and self._genitive(mark)
        return False

    def _genitive(self, mark: Mark) -> bool:
        hit = next((h for h in self.context.hits if h.first == mark.first), None)
        return hit is not None and any(s.kind == "indicator" and s.case == "gen" for s in hit.senses)

    def _possessed(self, q: Quantity) -> bool:
        """A Kazakh figure that is a part of something: «15%-ы», «60 пайызын»."""
        for hit in (h for h in self.context.hits if q.first <= h.first <= q.last):
            if any(s.possessor == "3" for s in hit.senses):
                return True
        return self.word(q.last) in ("ы", "і", "ын", "ін", "сы", "y", "i", "yn", "in")

    def _fraction(self, q: Quantity) -> tuple[str, Decimal, str | None, str] | None:
        direction, change_cost, mark = self._direction(q)
        share, share_cost = self.near(q, "share", after=3)
        if self.lang == "kk":
            if q.case == "dat" and mark and mark.first > q.last and change_cost < 12:
                return "growth", q.value * (-1 if direction == "down" else 1), "fraction", "fraction"
            if share and share_cost < 12 or self._possessed(q):
                return "share", q.value, "fraction", "fraction"
            return None
        comes = self.word(self.before(q))
        if (comes in ("на", "by") or change_cost < 3) and change_cost < 16 and direction:
            return "growth", q.value * (-1 if direction == "down" else 1), "fraction", "fraction"
        if share and share_cost < 16:
            return "share", q.value, "fraction", "fraction"
        if self.word(q.last + 1) == "of" and self.word(q.last + 2) in ("the", "all", "its", "this", "that"):
            return "share", q.value, "fraction", "fraction"
        follows = next(
            (
                h
                for h in self.context.hits
                if q.last < h.first <= q.last + 3 and any(s.kind == "indicator" and s.case == "gen" for s in h.senses)
            ),
            None,
        )
        if follows and self.lang == "ru":
            return "share", q.value, "fraction", "fraction"
        return None

    def _multiple(self, q: Quantity) -> tuple[str, Decimal, str | None, str] | None:
        direction, cost, mark = self._direction(q)
        value = q.value
        if value <= 0 or (value < 1 and not q.words):
            return None
        if q.ratio and self.word(q.last + 1) in ("тарифа", "налогообложения", "taxation", "гражданства", "назначения"):
            return None
        if direction == "down" and cost < 12 and not (mark and self._reversed(q, mark)):
            return "multiple", (1 / value).quantize(Decimal("0.0001")), "ratio", "fall"
        return "multiple", value, "ratio", "multiple"

    def _reversed(self, q: Quantity, mark: Mark) -> bool:
        """«A year earlier it had been 3.1 times lower»: the earlier value measured against the later."""
        sentence = self.sentence_of[q.first]
        return (
            any(m.role in ("ago", "prior") and m.last < q.first and self.sentence_of[m.first] == sentence for m in self.mentions)
            and mark.pos == "fixed"
        )

    def _rank(self, q: Quantity) -> tuple[str, Decimal, str | None, str] | None:
        for mark in self.marks[self.sentence_of[q.first]]:
            if mark.kind == "rank" and mark.value in ("place", "partner") and 0 < mark.first - q.last <= 5:
                return "rank", q.value, "rank", "rank"
        return None

    def _amount(self, q: Quantity) -> tuple[str, Decimal, str | None, str] | None:
        unit = q.unit
        money = unit is not None and len(unit) == 3 and unit.isupper()
        if unit is None:
            recent = self._recent_unit(q)
            if q.scale == 1 and q.value >= 10 and self._counts_on(q):
                return "level", q.value, "count", "companies"
            follows = self.tokens[q.last + 1].kind if q.last + 1 < len(self.tokens) else "sign"
            if q.scale >= 1_000_000 and recent in (*_MASS, "count", "people"):
                unit = recent
            elif q.scale >= 1_000_000:
                unit, money = self.money, True
            elif q.scale == 1 and self.group[q.first] and follows == "word":
                return None
            elif (
                (q.scale == 1000 or self.group[q.first] or q.role)
                and (previous := self._previous(q))
                and previous.unit in (*_MASS, "people", "count")
            ):
                unit = previous.unit if previous.unit else None
            elif q.role == "from" or (q.role == "to" and q.scale >= 1000):
                unit, money = self.money, True
            else:
                return None
        if unit == "count" or unit == "people":
            if not self._countable(q):
                return None
        if self._is_difference(q, money):
            direction, _, _ = self._direction(q)
            return "difference", q.value * (-1 if direction == "down" else 1), unit, "difference"
        return "level", q.value, unit, "level"

    def _counts_on(self, q: Quantity) -> bool:
        """«китайских компаний 3467, год назад их насчитывалось 2432»: a bare number that goes on counting companies."""
        last = self.last
        if last is None or last.indicator != "companies" or self.sentence_of[q.first] - last.sentence > 1:
            return False
        return self.word(q.first - 1) in _COUNTING or self.word(q.first - 1) in _DASHES

    def _recent_unit(self, q: Quantity) -> str | None:
        """The unit of the last amount before, in this sentence or the one before."""
        k = self.quantities.index(q)
        for other in reversed(self.quantities[:k]):
            if self.sentence_of[q.first] - self.sentence_of[other.first] > 1:
                return None
            if other.unit and other.unit not in ("percent", "times", "ordinal", "fraction"):
                return other.unit if other.unit not in ("count", "people") or self._countable(other) else None
        return None

    def _previous(self, q: Quantity) -> Quantity | None:
        k = self.quantities.index(q)
        for other in reversed(self.quantities[:k]):
            if self.sentence_of[q.first] - self.sentence_of[other.first] > 1:
                return None
            if other.unit in _MASS or other.unit in ("people", "count"):
                return other
        return None

    def _countable(self, q: Quantity) -> bool:
        noun = q.noun
        if q.unit == "people" and (
            any(m.kind == "flow" and m.value == "visit" for m in self.marks[self.sentence_of[q.first]])
            or (self.last is not None and self.last.indicator == "tourism")
        ):
            return True
        if noun is None:
            return self._previous(q) is not None
        if any(s.kind == "indicator" and s.value in (*_COUNTED, "freight") for s in noun.senses):
            return True
        folded = self.word(noun.first)
        return folded.startswith(
            (
                "контейнер",
                "вагон",
                "поезд",
                "пойыз",
                "пуойз",
                "бутыл",
                "бөтелке",
                "konteıner",
                "konteiner",
                "container",
                "train",
                "bottle",
                "كونتەينەر",
                "پويىز",
                "автомобил",
                "трактор",
                "голов",
                "car",
                "рабоч",
                "job",
            )
        )

    def _is_difference(self, q: Quantity, money: bool) -> bool:
        if q.role in ("from", "to", "low", "high"):
            return False
        direction, cost, mark = self._direction(q)
        if mark is None:
            return False
        if self.lang == "kk":
            reach, reach_cost = self.near(q, "reach", after=0, before=30)
            limit = self.word(q.last + 1)
            if (
                q.case == "dat"
                and mark.first > q.last
                and mark.pos == "verb"
                and cost < reach_cost
                and cost <= 6
                and not limit.startswith(("дейін", "deıin", "deiin", "دەيىن", "шейін", "жуық", "жет"))
            ):
                return True
            return (
                q.case in (None, "nom")
                and mark.first == q.last + 1
                and mark.pos == "verb"
                and self.word(mark.first)[:3] in ("қос", "qos", "قوس")
                or (
                    mark.last < q.first
                    and mark.pos == "noun"
                    and mark.case in (None, "nom")
                    and self.word(mark.first)[:4] in ("үсте", "qosy", "қосы")
                    and cost <= 6
                )
            )
        comes = self.word(self.before(q))
        going_on = self.last is not None and self.last.kind == "difference" and self.last.sentence == self.sentence_of[q.first]
        if going_on and comes not in ("to", "до", "at", "в") and not self.group[q.first]:
            spoken = self._predicate_before(q)
            if spoken is not None and self.crossed(q, spoken.first, spoken.last):
                return True  # "rail added $7.5 million, scrap $5.3 million"
        if self.lang == "ru":
            predicate = self._predicate_before(q)
            if comes == "на":
                follow = self.word(q.last + 1)
                if follow in ("больше", "меньше", "выше", "ниже") or follow.startswith("превы"):
                    return True
                return predicate is not None and predicate.kind == "change" and predicate.last < q.first
            if comes in ("до", "в", "от"):
                return False
            taking = ("прибав", "добав", "потеря", "недосчит", "приплюс")
            if (
                predicate is not None
                and predicate.kind == "change"
                and self.word(predicate.first).startswith(taking)
                and self.crossed(q, predicate.first, predicate.last) == 0
            ):
                return True
            if (
                predicate is not None
                and predicate.kind == "reach"
                and mark.pos == "noun"
                and mark.last < q.first
                and self.cost(q, mark.first, mark.last) <= 4
                and mark.value in ("up", "down")
            ):
                return True
            return False
        follow = self.word(q.last + 1)
        if comes == "by" and cost < 14:
            return True
        if follow in ("more", "less", "higher", "lower") and self.word(q.last + 2) in ("than", ""):
            return True
        predicate = self._predicate_before(q)
        if (
            predicate is not None
            and predicate.kind == "change"
            and predicate.last >= self.before(q) - 1
            and comes not in ("to", "at", "of", "from")
            and predicate.pos == "verb"
        ):
            return True
        return comes == "of" and mark.pos == "noun" and mark.last == self.before(q) - 1

    def _predicate_before(self, q: Quantity) -> Mark | None:
        """The last verb of change, reach or flow before the figure; a noun of change counts too."""
        found = None
        for mark in self.marks[self.sentence_of[q.first]]:
            if mark.last < q.first and mark.kind in ("change", "reach", "flow"):
                if mark.kind == "change" and mark.value not in ("up", "down"):
                    continue
                if mark.kind == "reach" and mark.pos == "fixed":
                    if self.word(mark.last) in ("сумму",):
                        found = mark
                    continue
                if mark.kind == "change" and mark.pos == "fixed":
                    continue
                if found is None or mark.first >= found.first:
                    found = mark
        return found

    # slots

    def indicator(self, q: Quantity, kind: str, unit: str | None) -> tuple[str, Mark | None, str]:
        """(indicator, its mark, from where)."""
        if q.noun is not None and unit in ("count", "people"):
            for s in q.noun.senses:
                if s.kind == "indicator" and s.value == "payments":
                    return "other", None, "noun"
                if s.kind == "indicator" and s.value in _COUNTED:
                    return s.value, Mark(q.noun.first, q.noun.last, "indicator", s.value, s.pos, s.form, s.case), "noun"
        if (surplus := self._surplus(q)) is not None:
            return "balance", surplus, "surplus"
        if kind == "rank" and (ranked := self._ranked_as(q)) is not None:
            return ranked
        host = self._host(q)
        best, least = None, _FAR
        late = {"kk": 6, "ru": 13, "en": 8}[self.lang]
        for mark in self.marks[self.sentence_of[q.first]]:
            if mark.kind not in ("indicator", "flow"):
                continue
            name = self._name(mark)
            penalty = self._misfit(name, mark, kind, unit)
            if penalty >= _FAR:
                continue
            if mark.kind == "flow" and self.lang == "kk" and self._raises(mark):
                continue
            if self._complement(mark) or (host is not None and self.group[mark.first] != self.group[q.first]):
                continue
            gap = [self.word(i) for i in range(q.last + 1, mark.first)] if 0 <= mark.first - q.last - 1 <= 2 else None
            close = gap is not None and (
                len(gap) <= (2 if self.lang == "en" else 1 if self.lang == "kk" else 0)
                or all(w in _DASHES for w in gap)
            )
            cost = self.cost(q, mark.first, mark.last, 0 if close else late) + penalty
            if cost < least:
                best, least = mark, cost
        if best is None and host is not None and not self._misfit_name(host.indicator, kind, unit):
            return host.indicator, None, "host of the bracket"
        carried = self.last
        same_paragraph = carried is not None and carried.paragraph == self.paragraph_of[q.first]
        beyond = best is not None and best.first > q.last and least > 22 and carried is not None
        if best is not None and least < 60 and not (beyond and carried is not None and not self._misfit_name(carried.indicator, kind, unit)):
            return self._name(best), best, "sentence"
        if (
            carried is not None
            and self.topic is not None
            and carried.sentence != self.sentence_of[q.first]
            and self.topic.sentence == carried.sentence
            and self.topic.indicator == "turnover"
        ):
            carried = self.topic
        if (
            carried is not None
            and not self._misfit_name(carried.indicator, kind, unit)
            and carried.indicator not in ("companies", "products")
        ):
            return carried.indicator, None, "claim before" if same_paragraph else "paragraph before"
        for step in (-1, 1, -2, 2):
            there = self.sentence_of[q.first] + step
            for mark in self.marks[there] if 0 <= there < len(self.marks) else ():
                if (
                    mark.kind == "indicator"
                    and self._misfit(self._name(mark), mark, kind, unit) < 6
                    and mark.value not in ("companies", "products", "projects")
                ):
                    return self._name(mark), None, "sentence near"
        if unit in ("t", "m3", "kWh") and any(m.kind in ("indicator", "flow") for ms in self.marks for m in ms):
            return "exports", None, "goods"
        return "other", None, "default"

    def _host(self, q: Quantity) -> Frame | None:
        """The claim right before the bracket that a figure stands in: what the bracket leaves out comes from it."""
        here = self.group[q.first]
        if not here or self.last is None or self.last.sentence != self.sentence_of[q.first]:
            return None
        opening = q.first
        while opening > 0 and self.group[opening - 1] == here:
            opening -= 1
        return self.last if any(o.last < opening and self.sentence_of[o.first] == self.last.sentence for o in self.quantities) else None

    def _ranked_as(self, q: Quantity) -> tuple[str, Mark | None, str] | None:
        """What a rank is of, where the noun says: the second buyer, the third supplier, the largest investor."""
        for mark in self.marks[self.sentence_of[q.first]]:
            if mark.kind == "rank" and mark.value == "partner" and 0 < mark.first - q.last <= 4:
                word = self.word(mark.last)
                for name, stems in _RANKED.items():
                    if word.startswith(stems):
                        return name, None, "rank noun"
        return None

    def _raises(self, mark: Mark) -> bool:
        """«5 млрд доллар деңгейіне шығармақ»: the verb brings the figure up, it sells nothing."""
        before = self.word(mark.first - 1)
        return before.startswith(("деңгей", "дейін", "deńgeı", "deıin", "دەڭگەي", "دەيىن", "шек", "меже"))

    def _surplus(self, q: Quantity) -> Mark | None:
        """«экспорт превысил импорт на $80,2 млн»: the figure is the balance."""
        marks = [
            m
            for m in self.marks[self.sentence_of[q.first]]
            if m.last < q.first and m.kind in ("indicator", "reach", "change")
        ]
        for a, b, c in zip(marks, marks[1:], marks[2:], strict=False):
            if (
                a.value == "exports"
                and b.kind in ("reach", "change")
                and self.word(b.first).startswith(("превы", "exceed", "асып", "асты"))
                and c.value == "imports"
                and q.first - c.last <= 4
            ):
                return a
        return None

    def _complement(self, mark: Mark) -> bool:
        """«сальдо в торговле», «доля экспорта в обороте»: the noun only completes the indicator before it."""
        if self.lang == "kk":
            return False
        for other in self.marks[self.sentence_of[mark.first]]:
            if (
                other.kind == "indicator"
                and other is not mark
                and 0 < mark.first - other.last <= 2
                and other.pos == "noun"
            ):
                between = self.word(mark.first - 1) if mark.first - other.last == 2 else ""
                if between in ("в", "во", "in", "of") or (mark.first - other.last == 1 and mark.case == "gen"):
                    return True
        return False

    def _name(self, mark: Mark) -> str:
        if mark.kind == "flow":
            return _FLOW_INDICATOR[mark.value]
        return {
            "turnover-world": "turnover",
            "balance-negative": "balance",
            "supplies": "exports",
            "price": "other",
            "payments": "other",
        }.get(mark.value, mark.value)

    def _misfit(self, name: str, mark: Mark, kind: str, unit: str | None) -> int:
        """How badly an indicator fits a unit; _FAR where it cannot be."""
        penalty = 0
        if mark.kind == "indicator" and mark.value in ("companies", "projects", "products") and unit != "count":
            penalty += 8 if mark.value in ("projects", "products") and unit and len(unit) == 3 else _FAR
        if mark.kind == "flow":
            penalty += 4 if mark.value != "trade" else 0
            if mark.value in ("receive", "visit") and unit != "people":
                penalty += 8
        if mark.value in ("price", "payments", "output"):
            penalty += 8
        if mark.value in ("transit", "freight") and mark.pos == "adjective":
            penalty += 2
        if self._misfit_name(name, kind, unit):
            penalty += 30 if kind in ("growth", "multiple", "share") else _FAR
        return penalty

    @staticmethod
    def _misfit_name(name: str, kind: str, unit: str | None) -> bool:
        if kind == "rank":
            return name in ("products", "other", "companies", "projects")
        if unit == "people":
            return name != "tourism"
        if unit == "count":
            return name in ("turnover", "balance", "investment")
        if unit in _MASS:
            return name in ("balance", "investment", "tourism", "companies", "products") or (name == "turnover")
        if unit and len(unit) == 3 and unit.isupper():
            return name in ("tourism", "companies", "output", "freight", "transit")
        if kind in ("growth", "multiple", "share"):
            return name in ("products",)
        return False

    def pair(self, q: Quantity, indicator: str, mark: Mark | None, kind: str) -> tuple[str | None, str | None, str]:
        """(reporter, partner, from where): the report's own side and the nearest other one, turned by their roles."""
        options = [(cost, side) for cost, side in self._side_options(q, mark) if cost < 45]
        if indicator in ("investment", "tourism") and any(s.code != "ABROAD" for _, s in options):
            options = [(cost, side) for cost, side in options if side.code != "ABROAD"]
        home_side = next((s for _, s in options if self._is_home(s.code)), None)
        home = self._home_code(home_side)
        ordered = self._respective(q)
        other = ordered if ordered is not None else next((s for _, s in options if not self._is_home(s.code) and s.code != home), None)
        if indicator == "tourism" and q.noun is not None and (other is None or other.role != "from"):
            if self.word(q.noun.first).startswith(("иностран", "шетел", "foreign", "shetel")):
                return "WORLD", home, "foreigners"
        if other is not None and other.code in _GROUPS and home_side is None and self._inside(q):
            return other.code, other.code, "inside"
        if (
            other is not None
            and other.linked is False
            and (chain := self._chain(other))
            and len(chain) > 1
            and home_side is None
            and not any(self._is_home(s.code) for s in chain)
        ):
            first, second = self._code(chain[0].code), self._code(chain[1].code)
            paired = chain[0].first == chain[1].first  # «азербайджано-турецкие вложения»
            if paired or (indicator in ("turnover", "freight", "transit") and self.word(chain[1].first - 1) in _DASHES):
                return first, second, "chain"
        if other is not None:
            chain = self._chain(other)
            if (
                home_side is not None
                and home_side in chain
                and len(chain) > 2
                and self.word(chain[1].first - 1) in _DASHES
            ):
                k = chain.index(home_side)
                other = chain[k + 1] if k + 1 < len(chain) else chain[k - 1]
            elif len([s for s in chain if not self._is_home(s.code)]) >= 3 and self._listed(chain):
                other = other._replace(code="NEAR-ABROAD")
        world = mark is not None and mark.value == "turnover-world" and kind not in ("share", "rank")
        if world and (other is None or other.role not in ("with",)):
            return (
                (
                    self._code(other.code)
                    if other is not None and home_side is None and other.role in ("of", "adjective", "subject")
                    else home
                ),
                "WORLD",
                "world",
            )
        if other is None:
            partner, source = self._carried_partner(q, indicator)
            if (
                partner is None
                and source == "claim before"
                and self.last is not None
                and indicator in ("exports", "imports", "turnover", "balance")
            ):
                partner = self.last.partner
            if indicator in ("transit", "freight") and source == "claim before":
                if self.last is not None and self.last.indicator not in ("transit", "freight"):
                    return home, None, "no partner named"
            if indicator == "other" and (mark is None or mark.value != "price") and self.last is not None:
                if self.last.sentence != self.sentence_of[q.first] and self.last.indicator not in ("other", "projects", "companies", "investment"):
                    return home, None, "no partner named"
            if indicator in ("transit", "freight", "output") and source != "claim before":
                moved = any(
                    m.kind == "indicator" and m.value in ("transit", "freight")
                    for m in self.marks[max(0, self.sentence_of[q.first] - 1)]
                )
                moved = moved or self._points_back(self.sentence_of[q.first], "pair")
                if not (moved and indicator != "output" and source in ("named since", "sentence before")):
                    return home, None, source
            if (
                self.last is not None
                and source == "claim before"
                and self.last.partner == partner
                and indicator == self.last.indicator
                and home_side is None
            ):
                return self.last.reporter, self.last.partner, source
            turned = self._turned_by(home_side, indicator, mark, is_home=True)
            if (
                turned is None
                and self.last is not None
                and source == "claim before"
                and self.last.reporter == partner
                and indicator in ("exports", "imports")
                and self.last.indicator == indicator
            ):
                turned = False
        else:
            partner, source = self._code(other.code), "sentence"
            turned = self._turned(home_side, other, indicator, mark)
            if kind == "rank":
                turned = indicator not in ("investment", "tourism", "companies")
        if indicator == "output":
            return home, None, source
        if indicator == "other" and self.last is not None and other is not None and {partner, home} == {self.last.reporter, self.last.partner}:
            return self.last.reporter, self.last.partner, source
        if turned is None and mark is not None and self.last_turn is not None and self.last_turn[0] == mark:
            turned = self.last_turn[1]
        if turned is None:
            turned = indicator not in ("investment", "tourism", "companies")
        self.last_turn = (mark, turned)
        return (home, partner, source) if turned else (partner, home, source)

    def _respective(self, q: Quantity) -> Side | None:
        """«Иран мен Әзербайжанға … тиісінше 791 мың тонна және 459 мың тонна»: the n-th figure belongs to the n-th side."""
        sentence = self.sentence_of[q.first]
        word = next((m for m in self.marks[sentence] if m.kind == "order" and m.value == "respectively"), None)
        if word is None:
            return None
        _, stop = self.context.sentences[sentence]
        group = self.group[word.first]
        figures = [f for f in self.quantities if word.first < f.first < stop and self.group[f.first] == group and f.unit not in ("percent", "times")]
        if not figures and self.group[q.first] == 0:
            return None
        bracketed = [f for f in figures if f.last < q.first]
        figure = q if q in figures else (bracketed[-1] if self.group[q.first] != group and bracketed else None)
        before = [s for s in self.sides if self.sentence_of[s.first] == sentence and s.last < word.first and not self._is_home(s.code)]
        if figure is None or not before:
            return None
        chain = self._chain(before[-1])
        later = next((s.first for s in self.sides if s.first > word.first and self.sentence_of[s.first] == sentence and not self._is_home(s.code)), stop)
        figures = [f for f in figures if f.first < later]
        if figure not in figures:
            return None
        n = figures.index(figure)
        return chain[n] if len(chain) == len(figures) > 1 else None

    def _listed(self, chain: list[Side]) -> bool:
        """Three sides or more joined by commas share one figure: none of them is the partner."""
        return all(self.word(s.first - 1) not in _DASHES for s in chain[1:])

    def _is_home(self, code: str) -> bool:
        return code == self.main or self._same_country(code, self.main)

    def _home_code(self, side: Side | None) -> str | None:
        """The report's side; a region of it where the sentence or the claim before speaks of one."""
        if side is not None and "-" in side.code and side.code not in _GROUPS:
            if side.kind != "city" or (side.code in _CITY_REGIONS and side.role in ("of", "subject", "adjective")):
                return side.code
        if side is not None and side.kind == "place" and self.main is not None and "-" not in self.main:
            return side.code
        last = self.last
        if last is not None and side is None:
            for code in (last.reporter, last.partner):
                if code and self._is_home(code):
                    return code
        return self.main

    def _inside(self, q: Quantity) -> bool:
        words = (
            "внутри",
            "взаимн",
            "между",
            "бір-бір",
            "арасын",
            "ішкі",
            "intra",
            "within",
            "among",
            "internal",
            "одақ ішін",
            "внутренн",
        )
        first, stop = self.context.sentences[self.sentence_of[q.first]]
        return any(self.word(i).startswith(words) for i in range(first, stop))

    def _carried_partner(self, q: Quantity, indicator: str) -> tuple[str | None, str]:
        """The other side where the sentence names none: one named since the claim before, that claim's, else the world."""
        sentence = self.sentence_of[q.first]
        last = self.last
        named = self._named_since(last.sentence if last is not None else max(-1, sentence - 5), sentence)
        if last is not None:
            if named is not None and last.sentence < sentence:
                return named, "named since"
            partner = last.partner if last.reporter and self._is_home(last.reporter) else last.reporter
            if partner in _GROUPS and self.paired and last.sentence < sentence and self._points_back(sentence, "pair"):
                return self.other, "main pair"
            many = self.after_list and last.sentence < sentence
            if many and indicator in ("exports", "imports", "turnover", "balance"):
                if not self._points_back(sentence, "there", "pair"):
                    return "WORLD", "after a list"
            if (
                partner == "WORLD"
                and last.sentence != sentence
                and any(m.kind == "anaphora" and m.value == "there" for m in self.marks[sentence])
            ):
                before = [
                    s
                    for s in self.sides
                    if s.first < q.first and not self._is_home(s.code) and sentence - self.sentence_of[s.first] <= 3
                ]
                if before:
                    return self._code(before[-1].code), "named before"
            return partner, "claim before"
        if named is not None:
            return named, "sentence before"
        if indicator in ("tourism", "investment"):
            return "WORLD", "no partner near"
        partners = {
            s.code for s in self.sides if not self._is_home(s.code) and s.code not in _GROUPS and s.code not in _VAGUE
        }
        abroad = any(s.code == "ABROAD" and self.sentence_of[s.first] == sentence for s in self.sides)
        if self.other and self.other not in _GROUPS and not abroad:
            if self._points_back(sentence, "pair") or len(partners) == 1 or (self.paired and indicator == "turnover"):
                return self.other, "main pair"
        return "WORLD", "no partner near"

    def _named_since(self, since: int, sentence: int) -> str | None:
        """The other side that the latest sentence without a claim names, if it names one; the main one is preferred."""
        for n in range(sentence - 1, since, -1):
            sides = [
                s
                for s in self.sides
                if self.sentence_of[s.first] == n and not self._is_home(s.code) and s.role not in ("via",)
            ]
            sides = [s for s in sides if s.kind in ("place", "demonym") or (s.kind == "capital" and s.role != "in")]
            codes = list(
                dict.fromkeys(
                    s.code
                    for s in sides
                    if s.code not in _GROUPS and s.code not in _VAGUE and s.code not in ("ABROAD", "WORLD")
                )
            )
            if len(codes) == 1:
                return codes[0]
            if self.other in codes:
                return self.other
            if len(codes) > 1:
                return None
        return None

    def _turned(self, home: Side | None, other: Side, indicator: str, mark: Mark | None) -> bool | None:
        """Is the report's side the reporter? Told by the other side's role, then by its own; None where neither tells."""
        if (
            mark is None
            and self.last is not None
            and indicator == self.last.indicator
            and indicator in ("exports", "imports")
        ):
            if other.role not in ("to", "from"):
                return bool(self.last.reporter and self._is_home(self.last.reporter))
        if other.code in _VAGUE or other.code == "ABROAD":
            if mark is not None and mark.kind == "flow" and mark.value == "buy" and other.role == "subject":
                return False
            return indicator in ("exports", "imports", "turnover", "balance")
        told = self._turned_by(other, indicator, mark, is_home=False)
        own = self._turned_by(home, indicator, mark, is_home=True) if home is not None else None
        if told is not None and own is not None and told != own and mark is not None and home is not None:
            strong = ("to", "from", "in")
            if other.role not in strong and (
                home.role in strong or abs(home.first - mark.first) < abs(other.first - mark.first)
            ):
                return own
        return told if told is not None else own

    def _turned_by(self, side: Side | None, indicator: str, mark: Mark | None, *, is_home: bool) -> bool | None:
        """What one side's role says: True when the report's side is the reporter."""
        if side is None:
            return None
        if mark is not None and self._belongs_elsewhere(side, mark):
            return None
        role, flow = side.role, mark.value if mark is not None and mark.kind == "flow" else ""
        if role == "adjective" and self.word(side.last + 1).startswith(_BUYERS):
            role = "subject"
        if role == "subject" and indicator in ("exports", "imports") and (acts := self._verb_beside(side)) is not None:
            reports = acts == indicator
            return reports if is_home else not reports
        reports: bool | None = None  # does this side report?
        if indicator == "exports":
            if role in ("from", "by"):
                reports = True
            elif role in ("to", "with"):
                reports = False
            elif (
                role in ("adjective", "of", "subject")
                and mark is not None
                and (flow or abs(side.first - mark.first) <= (5 if role == "subject" else 3))
            ):
                reports = True
        elif indicator == "imports":
            if role == "from":
                reports = False
            elif role in ("to", "with", "in"):
                reports = role != "with"
            elif role == "adjective":
                reports = is_home and flow != "receive"
            elif (
                role in ("of", "subject", "by")
                and mark is not None
                and not (flow == "receive" and is_home)
                and (flow or abs(side.first - mark.first) <= 3)
            ):
                reports = True
        elif indicator in ("investment", "tourism", "companies"):
            if role in ("from", "adjective", "by", "with"):
                reports = True
            elif role in ("to", "in"):
                reports = False
            elif role in ("of", "subject"):
                reports = not is_home or indicator == "investment"
        else:
            return True
        if reports is None:
            return None
        return reports if is_home else not reports

    def _verb_beside(self, side: Side) -> str | None:
        """What the verb next to a subject makes of it: exports of one that sold, imports of one that bought."""
        for m in self.marks[self.sentence_of[side.first]]:
            if m.kind == "flow" and m.value in ("sell", "buy") and (0 < m.first - side.last <= 2 or 0 < side.first - m.last <= 1):
                return "exports" if m.value == "sell" else "imports"
        return None

    def _belongs_elsewhere(self, side: Side, mark: Mark) -> bool:
        """Does a side stand at another flow than the one in question ("$1,9 млрд дали продажи в КНР, $4,5 млрд – закупки там")?"""
        own = min(abs(side.first - mark.last), abs(mark.first - side.last))
        if own <= 3:
            return False
        others = [m for m in self.marks[self.sentence_of[side.first]] if m.kind in ("indicator", "flow") and m != mark and self._name(m) in ("exports", "imports")]
        return any(min(abs(side.first - m.last), abs(m.first - side.last)) <= 2 for m in others if self._name(m) != self._name(mark))

    def _side_options(self, q: Quantity, mark: Mark | None) -> list[tuple[int, Side]]:
        """Sides of the sentence by what it costs to reach them from the figure or from its indicator."""
        sentence = self.sentence_of[q.first]
        options = []
        marks = self.marks[sentence]
        two = self._points_back(sentence, "pair")
        some_before = any(
            self.sentence_of[s.first] == sentence and s.last < q.first and s.role != "via" and not self._is_home(s.code)
            for s in self.sides
        )
        received = {m.last + 1 for m in marks if m.kind == "flow" and m.value == "receive"} if self.lang != "kk" else ()
        for side in self.sides:
            if self.sentence_of[side.first] != sentence or side.role == "via":
                continue
            if (
                side.kind in ("capital", "city")
                and side.role in ("in", "to")
                and not mark_is(mark, "tourism", "companies", "investment", "projects")
            ):
                continue
            if side.kind in ("capital", "city") and self._dateline(side):
                continue
            if side.role == "in" and two and not mark_is(mark, "tourism", "companies", "investment", "projects", "visit"):
                continue
            ahead = side.first > q.last
            comma = ahead and any(self.word(i) in (",", ";", ":") for i in range(q.last + 1, side.first))
            cost = self.cost(q, side.first, side.last, 18 if comma else 3) + (
                30 if ahead and some_before else 10 if ahead else 7
            ) * self.crossed(q, side.first, side.last)
            if mark is not None:
                fake = q._replace(first=mark.first, last=mark.last)
                through = sum(
                    1
                    for m in marks
                    if m.kind == "indicator"
                    and m.pos == "noun"
                    and (mark.last < m.first < side.first or side.last < m.first < mark.first)
                )
                listed = 12 * self.crossed(q, mark.first, mark.last)
                cost = min(
                    cost,
                    self.cost(fake, side.first, side.last, 0)
                    + 1
                    + listed
                    + 12 * through
                    + 10 * self.crossed(fake, side.first, side.last),
                )
            if side.role == "in" and not mark_is(mark, "tourism", "companies", "investment", "projects", "visit"):
                cost += 12
            if side.code == "ABROAD":
                cost += 10
            if comma and side.role in ("subject", "object", "by") and not any(0 <= m.first - side.last <= 2 or 0 <= side.first - m.last <= 2 for m in marks if m.kind in ("flow", "indicator")):
                cost += 30
            if side.first in received and side.role == "to":
                cost = min(cost, 6 + 4 * self.crossed(q, side.first, side.last))
            owner = self._owner(side)
            if owner is not None:
                cost = 1 if owner is q else cost + 15
            options.append((cost, side))
        options.sort(key=lambda o: o[0])
        return options

    def _owner(self, side: Side) -> Quantity | None:
        """The figure that a side follows at once: «39,5 тысяч из Турции», «186,1 тоннасы Өзбекстанға»."""
        sentence = self.sentence_of[side.first]
        for other in self.quantities:
            if self.sentence_of[other.first] != sentence or not 0 <= side.first - other.last - 1 <= 2:
                continue
            gap = [self.word(i) for i in range(other.last + 1, side.first)]
            if gap and gap[0] in _DASHES:
                closing = self.word(side.last + 1)
                if closing in (",", ".", ";", "и", "and", "") and all(w in _DASHES or w in ("в", "с", "из") for w in gap):
                    return other
            elif self.lang == "kk" and not gap and other.case == "acc" and self.word(side.last + 1) in (",", "", ";"):
                return other
            elif side.role in ("from", "to") and len(gap) <= (1 if self.lang != "kk" else 0) and "," not in gap:
                return other
        return None

    def _dateline(self, side: Side) -> bool:
        """«АСТАНА. KAZINFORM», «Ташкент. 11 июля.»: a place of writing, no side."""
        first = self.context.sentences[self.sentence_of[side.first]][0]
        following = self.word(side.last + 1)
        return (
            side.first - first <= 1 and following in (".", ",", "–", "—", "-", ")") and self.sentence_of[side.first] < 2
        )

    def _code(self, code: str) -> str | None:
        if code in _VAGUE:
            return None
        return "WORLD" if code == "ABROAD" else code

    def _chain(self, side: Side) -> list[Side]:
        """The sides joined by dashes or "and" of which this one is a link: «Казахстан – Туркменистан – Иран»."""
        k = self.sides.index(side)
        first = k
        while first > 0 and self.sides[first].linked:
            first -= 1
        stop = k + 1
        while stop < len(self.sides) and self.sides[stop].linked:
            stop += 1
        return self.sides[first:stop]

    def _points_back(self, sentence: int, *values: str) -> bool:
        return any(m.kind == "anaphora" and m.value in values for m in self.marks[sentence])

    def _owned(self, m: Mention, q: Quantity) -> bool:
        """Does a period stand right behind another figure ("24.7% in 2022 and another 41.3%")?"""
        reach = 3 if self.lang == "en" else 2
        return any(
            0 <= m.first - other.last <= reach
            and all(self.word(i) not in (",", ";", ".", "–", "—") for i in range(other.last + 1, m.first))
            for other in self.quantities
            if other.last < m.first and other is not q and self.sentence_of[other.first] == self.sentence_of[q.first]
        )

    def period(self, q: Quantity, kind: str, indicator: str) -> tuple[Period | None, str, str]:
        """(period, role, from where)."""
        sentence = self.sentence_of[q.first]
        best, least = None, _FAR
        shift: tuple[Mention | None, int] = (None, _FAR)
        for m in self.mentions:
            if self.sentence_of[m.first] != sentence:
                continue
            ahead = m.first > q.last
            late = {"kk": 10, "ru": 0 if m.first - q.last <= 2 and self.group[m.first] == self.group[q.first] and self.word(q.last + 1) in ("в", "за") else 12, "en": 0 if m.first - q.last <= 3 else 5}[self.lang]
            cost = self.cost(q, m.first, m.last, late) + (25 * self.crossed(q, m.first, m.last) if ahead else 0)
            if not ahead and self.lang != "kk" and self._owned(m, q):
                cost += 10
            if m.role in ("own", "by", "since"):
                if cost < least:
                    best, least = m, cost
            elif m.role in ("ago", "prior", "base") and cost < shift[1]:
                shift = (m, cost)
        base, base_cost = shift
        if base is not None and kind == "level" and self._belongs(q, base, base_cost, least):
            if base.role == "base" and base.period:
                return base.period, "own", "base"
            current = (
                best.period
                if best is not None and best.period and best.role == "own"
                else (self.last.period if self.last else None)
            )
            return shift_years(current, -1), "own", "year before"
        if indicator in ("companies", "projects", "products") and (best is None or least > 14):
            return None, "none", "stock"
        if best is None and self.earlier is not None and self.earlier[0] == sentence and kind == "level":
            return self.earlier[1], "own", "year before"  # «в те же месяцы 2023-го вывезено 15,4 тонны, которые принесли $972 млн»
        if best is not None:
            period = best.period
            if (
                best.role == "own"
                and not best.explicit
                and best.months == (1, 12)
                and period
                and self.current
                and self.current[1]
                and period[1]
                and self.current[1].year == period[1].year
            ):
                period = self.current  # «биылғы» after «2025 жылғы 9 айда»: the months spoken of
            if q.role == "from" and best.role == "own":
                period = shift_years(period, -1)
            return period, best.role, "sentence"
        carried = self.last
        if kind == "rank" and (carried is None or carried.sentence != sentence):
            return None, "none", "none"
        if carried is not None:
            if (
                base is not None
                and base.year is not None
                and base.role == "base"
                and carried.period is None
                and base.months
            ):
                return shift_years(base.period, 1), "own", "base + 1"
            period = carried.period if carried.sentence == sentence else self.current
            if q.role == "from":
                period = shift_years(period, -1)
            return period, "own", "claim before"
        if base is not None and base.role == "base" and base.period and base.period[0]:
            period = shift_years(base.period, 1)
            if q.role == "from":
                period = base.period
            return period, "own", "base + 1"
        published = self.context.document.published
        return None, "none", "none"

    def _belongs(self, q: Quantity, base: Mention, base_cost: int, own_cost: int) -> bool:
        """Is the figure the earlier value itself ("a year earlier – 9.5 bn") rather than measured against it?"""
        if base_cost > 8 or base_cost > own_cost:
            return False
        if base.role == "base":
            return self.group[q.first] != 0 and self.group[base.first] == self.group[q.first]
        between = range(base.last + 1, q.first) if base.last < q.first else range(q.last + 1, base.first)
        blockers = any(m.kind in ("change",) and m.first in between for m in self.marks[self.sentence_of[q.first]])
        return not blockers

    def modality(self, q: Quantity, kind: str, role: str) -> str:
        best, least = "actual", _FAR
        after = 2 if self.lang == "kk" else 5
        for mark in self.marks[self.sentence_of[q.first]]:
            value = None
            if mark.kind == "modality":
                value = mark.value
            elif mark.kind in ("reach", "change", "flow", "indicator") and mark.pos == "verb":
                if mark.form in ("past", "participle", "present"):
                    value = "actual"
                elif mark.form == "intent":
                    value = "target"
                elif mark.form == "future" and self.lang != "kk":
                    value = "forecast"
            if value is None:
                continue
            cost = self.cost(q, mark.first, mark.last, after)
            if self.lang != "kk" and mark.first > q.last and any(self.word(i) in (",", ";") for i in range(q.last + 1, mark.first)):
                cost += 10
            if value == "actual":
                cost += 1 if self.lang != "kk" else 3
                if self.lang == "kk" and self.word(mark.last).endswith(("тын", "тін", "tyn", "tin", "تىن")):
                    continue
            elif self.lang == "kk" and mark.first > q.last:
                cost = cost * 2 // 3
            if cost < least:
                best, least = value, cost
        if role == "by" and best == "actual" and least < _FAR and not any(m.kind == "modality" and m.value != "actual" for m in self.marks[self.sentence_of[q.first]]):
            return "actual"
        if role == "by":
            return best if best in ("forecast", "potential") else "target"
        if best != "actual" and least > 20:
            return "actual"
        return best

    def bound(self, q: Quantity, modality: str) -> str:
        if q.role in ("low", "high"):
            return "about"
        best, least = "exact", 5
        for mark in self.marks[self.sentence_of[q.first]]:
            if mark.kind != "hedge":
                continue
            if mark.last < q.first:
                gap = q.first - mark.last - 1
                if self.lang == "kk" and mark.value != "about" and self.word(mark.last)[:3] not in ("кем", "бар"):
                    continue
                words = [self.word(i) for i in range(mark.last + 1, q.first)]
                ok = gap == 0 or (
                    gap <= 2
                    and all(
                        w in ("на", "в", "the", "a", "as", "much", "на", "до", "по", "за", "by", "to", "at", "с", "из")
                        for w in words
                    )
                )
                cost = gap
            else:
                gap = mark.first - q.last - 1
                ok = (
                    gap <= 1
                    if self.lang == "kk"
                    else gap == 0 and self.word(mark.last) in ("с", "лишним", "or", "so", "лишком")
                ) or (self.lang == "kk" and gap <= 2)
                cost = gap
                if self.lang != "kk" and "лишним" in self.word(mark.last):
                    ok = gap <= 1
            word = self.word(mark.first)
            if word in ("до", "up") and modality not in ("potential", "forecast") and not (word == "up"):
                continue
            if (
                self.lang == "kk"
                and word.startswith(("дейін", "deıin", "deiin", "دەيىن", "deyin"))
                and modality in ("actual", "target")
            ):
                continue
            if mark.value == "over" and self.lang == "en" and word in ("plus", "more"):
                continue
            if ok and cost < least:
                best, least = mark.value, cost
        return best

    def product(self, q: Quantity, kind: str) -> str | None:
        mark, cost = self.near(q, "product", after=3)
        return mark.value if mark and cost <= 9 else None

    # all together

    def read(self) -> list[Claim]:
        claims = []
        ranks = self._ranks()
        figures = sorted([*((q, None) for q in self.quantities), *ranks], key=lambda f: f[0].first)
        for q, forced in figures:
            found = forced or self.kind(q)
            if found is None:
                continue
            claim = self._claim(q, *found)
            if claim is not None:
                claims.append(claim)
        return claims

    def _ranks(self) -> list[tuple[Quantity, tuple[str, Decimal, str | None, str]]]:
        """Ordinals before a rank word: «первое место», «tórtinshi iri saýda seriktesi», «6-м месте»; top N."""
        found = []
        used = {q.first for q in self.quantities}
        for marks in self.marks:
            words = [m for m in marks if m.kind == "rank" and m.value in ("place", "partner")]
            for mark in marks:
                if mark.kind == "ordinal":
                    if (
                        self._rank_ellipsis(mark, words)
                        or any(0 < w.first - mark.last <= 5 for w in words)
                        or any(m.kind == "extent" and m.first == mark.last + 1 for m in marks)
                    ):
                        if mark.first not in used:
                            q = self._word_figure(mark, Decimal(mark.value), "ordinal")
                            found.append((q, ("rank", q.value, "rank", "ordinal")))
                elif mark.kind == "top" and self._top_place(mark):
                    q = self._word_figure(mark, Decimal(mark.value), "ordinal")
                    found.append((q, ("rank", q.value, "rank", "top")))
        return found

    def _rank_ellipsis(self, mark: Mark, words: list[Mark]) -> bool:
        """«на второй позиции, в феврале откатились на третью»; «второе у Казахстана»."""
        if self.lang != "ru" or not any(w.value == "place" for w in words):
            return False
        following = self.tokens[mark.last + 1] if mark.last + 1 < len(self.tokens) else None
        return following is None or following.kind == "sign" or following.folded in ("у", "за", "–", "и", "а")

    def _top_place(self, mark: Mark) -> bool:
        return self.lang != "ru" or any(
            self.word(i) in ("в", "замыкают", "замыкает", "входит", "входят", "попала", "попал", "первую", "первой")
            for i in range(max(0, mark.first - 3), mark.first)
        )

    def _word_figure(self, mark: Mark, value: Decimal, unit: str) -> Quantity:
        return Quantity(
            mark.first, mark.last, self.tokens[mark.first].start, self.tokens[mark.last].end, value, unit, words=True
        )

    def _claim(self, q: Quantity, kind: str, value: Decimal, unit: str | None, rule: str) -> Claim | None:
        sentence = self.sentence_of[q.first]
        indicator, mark, indicator_from = self.indicator(q, kind, unit)
        if indicator_from == "default" and not self._trade_talk(q):
            return None
        reporter, partner, sides_from = self.pair(q, indicator, mark, kind)
        if indicator == "imports" and mark is not None and mark.kind == "flow" and partner and self._is_home(partner):
            indicator, reporter, partner = "exports", partner, reporter  # they bought from us: we sold to them
        period, role, period_from = self.period(q, kind, indicator)
        modality = self.modality(q, kind, role)
        if (
            modality != "actual"
            and period_from == "claim before"
            and (self.last is None or self.last.sentence != sentence or self.last.modality != modality)
        ):
            period = None
        if modality == "target" and role == "own" and period and period_from == "sentence":
            period = (None, period[1])
        if role == "by" and modality in ("target", "forecast", "potential") and period and period[0] is not None:
            period = (None, period[1])
        if indicator == "balance" and mark is not None and mark.value == "balance-negative" and kind == "level":
            value = -abs(value)
        if indicator not in _INDICATORS:
            indicator = "other"
        bound = "under" if rule == "top" else self.bound(q, modality)
        product = self.product(q, kind)
        if kind == "growth":
            self.last_growth = (sentence, -1 if value < 0 else 1)
        frame = Frame(
            indicator, reporter, partner, period, modality, product, kind, sentence, self.paragraph_of[q.first]
        )
        if (
            modality == "actual"
            and period
            and period[0]
            and period_from != "base + 1"
            and (self.current is None or _ends(self.current) <= _ends(period))
        ):
            self.current = period
        named = self.partners.setdefault(sentence, set())
        named.add(partner if reporter and self._is_home(reporter) else reporter)
        if len(named) > 1:
            self.after_list = True
        elif sides_from == "sentence":
            self.after_list = False
        if self.topic is None or self.topic.sentence != sentence:
            self.topic = frame
        if period_from in ("year before", "base") and not self.group[q.first]:
            self.earlier = (sentence, period)
        elif kind in ("growth", "multiple", "difference"):
            self.earlier = None
        if q.role != "from" and period_from not in ("year before", "base") and kind != "rank":
            self.last = frame
        elif self.last is None:
            self.last = frame._replace(period=None)
        text = self.context.document.text
        surface = text[q.start : q.end]
        return Claim(
            surface=surface,
            indicator=indicator,  # type: ignore[arg-type]
            reporter=reporter,
            partner=partner,
            product=product,
            period=period
            if period and (period[0] or period[1]) and not (period[0] and period[1] and period[0] > period[1])
            else None,
            kind=kind,  # type: ignore[arg-type]
            value=value,
            unit=unit,
            bound=bound,  # type: ignore[arg-type]
            modality=modality,  # type: ignore[arg-type]
            speaker=None,
            evidence=Span(q.start, q.end, surface),
            confidence=0.5,
            trace=(f"kind: {rule}", f"indicator: {indicator_from}", f"sides: {sides_from}", f"period: {period_from}"),
        )

    def _trade_talk(self, q: Quantity) -> bool:
        """Money without an indicator near is a claim only in a report that speaks of trade at all."""
        money = bool(q.unit and len(q.unit) == 3 and q.unit.isupper())
        return money and any(
            m.kind == "flow"
            or (m.kind == "indicator" and m.value in ("turnover", "exports", "imports", "supplies", "investment", "turnover-world"))
            for marks in self.marks
            for m in marks
        )


def _ends(period: Period) -> dt.date:
    """When a period ends; one that is still open ends after all others that began before."""
    start, end = period
    return end or dt.date((start or dt.date.min).year, 12, 31)


def mark_is(mark: Mark | None, *names: str) -> bool:
    return mark is not None and mark.value in names


def find_claims(context: Context) -> tuple[Claim, ...]:
    """All figure claims of one document, in the order of the text."""
    if not context.tokens:
        return ()
    return tuple(Reader(context._replace(hits=figure_hits(context))).read())


def figure_hits(context: Context) -> list[Hit]:
    """The hits that bear on figures; phrases of other vocabularies ("want it at") are opened to the words inside."""
    kept = []
    for hit in context.hits:
        if hit.first == hit.last or any(sense.kind in _FIGURE_KINDS for sense in hit.senses):
            kept.append(hit)
            continue
        i = hit.first
        while i <= hit.last:
            for j in range(hit.last - (i == hit.first), i - 1, -1):
                senses = lookup(context.lang, " ".join(token.folded for token in context.tokens[i : j + 1]))
                if any(sense.kind in _FIGURE_KINDS for sense in senses):
                    kept.append(Hit(i, j, senses))
                    i = j
                    break
            i += 1
    return kept
