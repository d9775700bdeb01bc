"""Periods: what a text says of time, as inclusive dates with a role.

Roles: `own` (the figure's time), `by` (a date to reach), `since` (open start), `base` (what a change is measured
against), `prior` (the same months a year before), `ago` (a year before). A relative period is null while the year is unknown.
"""

from __future__ import annotations

import calendar
import datetime as dt
from typing import NamedTuple

from ..model import Period
from .context import Context
from .quantities import _DASHES, Scanner

_FIRST_YEAR, _LAST_YEAR = 1985, 2069
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "і": 1, "іі": 2, "ііі": 3, "іv": 4, "ıı": 2, "ı": 1, "ııı": 3}
_CONNECTORS = frozenset(
    "в во за на по с со из of in the for from to and и год года году г гг годы годов годах жылы жылғы жылдың жыл ж жж "
    "айында айы айларында айларындағы месяцев месяца месяцы месяц months month период периода кезеңінде кезеңі итогам "
    "первые первых первым первому прошлом прошлого нынешнего нынешнем тот том тех тем те же самый первый весь прошедшие алғашқы бірінші ішінде бойы ғана өзінде этот этого ағымдағы год- этом".split()
)
_DATIVES = ("му", "у", "ю", "ам", "ям")
_ABLATIVES = (
    "тан",
    "тен",
    "нан",
    "нен",
    "дан",
    "ден",
    "tan",
    "ten",
    "nan",
    "nen",
    "dan",
    "den",
    "تان",
    "تەن",
    "نان",
    "نەن",
    "دان",
    "دەن",
)
_YEAR_ENDINGS = frozenset("го м й му е х жыл жылы жылғы жылдың ж года году".split())


class Mention(NamedTuple):
    """One mention of time: tokens `[first, last]`, its dates, its role."""

    first: int
    last: int
    period: Period | None
    role: str
    year: int | None = None
    months: tuple[int, int] | None = None
    explicit: bool = False


class Atom(NamedTuple):
    first: int
    last: int
    kind: str  # year month months quarter half count when compare years date
    value: int | str | tuple[int, int] | tuple[int, int, int]


def month_end(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def months_of(year: int, first: int, last: int) -> Period:
    """Months `first` to `last`; a season that runs over the new year ends in the next one."""
    return dt.date(year, first, 1), month_end(year + (last < first), last)


def shift_years(period: Period | None, years: int) -> Period | None:
    """The same dates some years later (29 February becomes the last of February)."""
    if period is None:
        return None
    moved = []
    for date in period:
        if date is None:
            moved.append(None)
        elif date.month == 2 and date == month_end(date.year, 2):
            moved.append(month_end(date.year + years, 2))
        else:
            moved.append(date.replace(year=date.year + years))
    return moved[0], moved[1]


class PeriodFinder:
    """Finds the mentions of time of one context."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.scan = Scanner(context, set())
        self.tokens = context.tokens
        self.published = context.document.published
        self.taken: set[int] = set()

    # atoms

    def year_at(self, i: int) -> tuple[int, int] | None:
        """A calendar year at token i: (last token, year)."""
        token = self.tokens[i]
        if token.kind != "number" or len(token.folded) != 4 or not token.folded.isdigit():
            return None
        year = int(token.folded)
        if not _FIRST_YEAR <= year <= _LAST_YEAR:
            return None
        if (
            self.scan.adjacent(i)
            and self.scan.folded(i + 1) in ".,،"
            and i + 2 < len(self.tokens)
            and self.tokens[i + 2].kind == "number"
            and self.scan.adjacent(i + 1)
        ):
            return None
        if (
            i
            and self.scan.folded(i - 1) in (".", ",", "،")
            and self.tokens[i - 1].end == token.start
            and i > 1
            and self.tokens[i - 2].kind == "number"
        ):
            return None
        if (
            i
            and self.tokens[i - 1].kind == "number"
            and self.tokens[i - 1].end + 1 == token.start
            and len(self.tokens[i - 1].folded) < 3
            and False
        ):
            return None
        if self.scan.currency_before(i):
            return None
        last = i
        joined = self.scan.sense(i + 2, "calendar", "duration") if self.scan.folded(i + 1) in _DASHES else None
        if joined is not None and joined.value == "year" and self.tokens[i + 2].start - token.end <= 3:
            return self.scan.at[i + 2].last, year
        if self.scan.folded(i + 1) in _DASHES and self.scan.folded(i + 2) in _YEAR_ENDINGS:
            last = i + 2
        after = self.scan.sense(last + 1, "calendar", "duration")
        if after is not None and after.value == "year":
            return self.scan.at[last + 1].last, year
        if (
            self.scan.sense(last + 1, "scale", "currency", "unit", "times", "multiplier", "amount")
            or self.scan.folded(last + 1) == "%"
        ):
            return None
        follower = self.scan.at.get(last + 1)
        if (
            last == i
            and follower
            and any(
                s.kind == "indicator" and s.value in ("companies", "projects", "tourism", "products")
                for s in follower.senses
            )
        ):
            return None
        return last, year

    def atom_at(self, i: int) -> Atom | None:
        token, scan = self.tokens[i], self.scan
        if token.kind == "number":
            date = self._numeric_date(i)
            if date:
                return date
            span = self._year_span(i)
            if span:
                return span
            year = self.year_at(i)
            if year:
                return Atom(i, year[0], "year", year[1])
            return self._counted(i)
        hit = scan.at.get(i)
        if hit is None:
            roman = _ROMAN.get(token.folded)
            if roman and (part := scan.sense(i + 1, "calendar", "duration")) and part.value in ("quarter", "half"):
                return Atom(i, scan.at[i + 1].last, part.value, roman)
            return None
        months = list(dict.fromkeys(int(s.value) for s in hit.senses if s.kind == "month"))
        if months and not (
            self.context.lang == "en"
            and token.folded in ("may", "march")
            and self.context.document.text[token.start].islower()
        ):
            if len(months) > 1:
                return Atom(i, hit.last, "months", (months[0], months[-1]))
            if self._day_after(hit.last):
                return Atom(i, hit.last + 1, "date", (0, months[0], int(scan.folded(hit.last + 1))))
            return Atom(i, hit.last, "month", months[0])
        for sense in hit.senses:
            if sense.kind == "when" or (
                sense.kind == "compare" and sense.value in ("same-period", "year-before", "year-on-year")
            ):
                return Atom(i, hit.last, sense.kind, sense.value)
            if sense.kind in ("calendar", "duration") and sense.value == "half" and self.context.lang != "en":
                return Atom(i, hit.last, "when", "half-1")
        ordinal = scan.sense(i, "ordinal")
        if ordinal and (part := scan.sense(hit.last + 1, "calendar", "duration")) and part.value in ("quarter", "half"):
            return Atom(i, scan.at[hit.last + 1].last, part.value, int(ordinal.value))
        if scan.sense(i, "number"):
            return self._counted(i)
        return None

    def _day_after(self, last: int) -> bool:
        """English "August 7": a day follows the month."""
        word = self.scan.folded(last + 1)
        if self.context.lang != "en" or not word.isdigit() or len(word) > 2 or not 1 <= int(word) <= 31:
            return False
        return self.scan.folded(last + 2) not in ("%", ".") or not self.scan.adjacent(last + 1)

    def _numeric_date(self, i: int) -> Atom | None:
        """24.11.2022; or 24 November 2022, 9 қараша."""
        scan, tokens = self.scan, self.tokens
        if (
            scan.adjacent(i) and scan.folded(i + 1) == "." and scan.adjacent(i + 1) and i + 4 < len(tokens)
            and tokens[i + 2].kind == "number" and scan.folded(i + 3) == "." and tokens[i + 4].kind == "number"
            and scan.adjacent(i + 2) and scan.adjacent(i + 3) and len(tokens[i + 4].folded) == 4
        ):  # fmt: skip
            return Atom(i, i + 4, "date", (int(tokens[i + 4].folded), int(tokens[i + 2].folded), int(tokens[i].folded)))
        if len(tokens[i].folded) <= 2 and 1 <= int(tokens[i].folded) <= 31:
            j = i + 1
            if (
                scan.folded(j) in _DASHES
                and j + 1 < len(tokens)
                and tokens[j + 1].kind == "number"
                and len(tokens[j + 1].folded) <= 2
            ):
                j += 2  # 21–23 сәуірде
            if (month := scan.sense(j, "month")) is not None:
                return Atom(i, scan.at[j].last, "date", (0, int(month.value), int(tokens[j - 1].folded)))
        return None

    def _year_span(self, i: int) -> Atom | None:
        """2016-2017 годах, 2025–2028, 2025-26."""
        scan = self.scan
        left = self.tokens[i].folded
        if (
            len(left) != 4
            or scan.folded(i + 1) not in _DASHES | {"/"}
            or i + 2 >= len(self.tokens)
            or self.tokens[i + 2].kind != "number"
        ):
            return None
        right = self.tokens[i + 2].folded
        if (
            not left.isdigit()
            or not right.isdigit()
            or not _FIRST_YEAR <= int(left) <= _LAST_YEAR
            or len(right) not in (2, 4)
        ):
            return None
        end = int(right) if len(right) == 4 else int(left[:2] + right)
        if not int(left) < end <= _LAST_YEAR:
            return None
        last = i + 2
        if (sense := scan.sense(last + 1, "calendar", "duration")) and sense.value in ("year", "season"):
            last = scan.at[last + 1].last
            before = [scan.sense(j, "calendar", "duration") for j in range(max(0, i - 3), i)]
            crop = sense.value == "season" or any(s is not None and s.value == "season" for s in before)
            return Atom(i, last, "season" if crop else "years", (int(left), end))
        seasons = [self.scan.sense(j, "calendar", "duration") for j in range(max(0, i - 3), i)]
        if any(s is not None and s.value == "season" for s in seasons):
            return Atom(i, last, "season", (int(left), end))
        return Atom(i, last, "season" if len(right) == 2 or scan.folded(i + 1) == "/" else "years", (int(left), end))

    def _counted(self, i: int) -> Atom | None:
        """9 месяцев, екі айы, 1 тоқсан, five years."""
        scan = self.scan
        if self.tokens[i].kind == "number":
            found = scan.digits(i)
            if found is None or found[1] is None or found[1] != int(found[1]):
                return None
            last, number = found[0], int(found[1])
        else:
            worded = scan.words(i)
            if worded is None or worded[1] != int(worded[1]):
                return None
            last, number = worded[0], int(worded[1])
        step = last + 1
        if scan.folded(step) in _DASHES and scan.folded(step + 1) in (
            "ші",
            "шы",
            "й",
            "м",
            "го",
            "х",
            "ти",
            "st",
            "nd",
            "rd",
            "th",
        ):
            step += 2
        unit = scan.sense(step, "calendar", "duration")
        if unit is None or number > 100:
            return None
        end = scan.at[step].last
        if unit.value == "month" and 1 <= number <= 12:
            return Atom(i, end, "count", number)
        if unit.value == "quarter" and 1 <= number <= 4:
            return Atom(i, end, "quarter", number)
        if unit.value == "half" and number in (1, 2):
            return Atom(i, end, "half", number)
        if unit.value == "year":
            return Atom(i, end, "span", number)
        return Atom(i, end, "skip", number)

    # mentions

    def find(self) -> list[Mention]:
        raw: list[tuple[list[Atom], int]] = []
        for number, (first, stop) in enumerate(self.context.sentences):
            i = first
            group: list[Atom] = []
            while i < stop:
                atom = self.atom_at(i)
                if atom is None:
                    i += 1
                    continue
                self.taken.update(range(atom.first, atom.last + 1))
                if group and self._joins(group, atom):
                    group.append(atom)
                else:
                    if group:
                        raw.append((group, number))
                    group = [atom]
                i = atom.last + 1
            if group:
                raw.append((group, number))
        figured = {n for n, (first, stop) in enumerate(self.context.sentences) if self._has_figure(first, stop)}
        self.reference = self._reference_year([g for g, n in raw if n in figured])
        mentions: list[Mention] = []
        year: int | None = None
        for group, _ in raw:
            mention = self._mention(group, year)
            if mention is not None:
                mentions.append(mention)
                if mention.role == "own" and mention.year:
                    year = max(mention.year, year or 0)
        return mentions

    def _has_figure(self, first: int, stop: int) -> bool:
        return any(
            self.tokens[i].folded in ("%", "$", "€")
            or self.scan.sense(i, "scale", "currency", "times", "multiplier", "unit")
            for i in range(first, stop)
        )

    def _joins(self, group: list[Atom], atom: Atom) -> bool:
        """Does the atom continue the mention: only small words between, and it adds something?"""
        left = group[-1]
        gap = [self.tokens[i].folded for i in range(left.last + 1, atom.first)]
        if len(gap) > 3 or any(word not in _CONNECTORS and word not in _DASHES and word != "." for word in gap):
            return False
        kinds = {a.kind for a in group}
        if atom.kind == "months":
            return left.kind in ("year", "when", "compare")
        if atom.kind == "month":
            return (
                left.kind in ("month", "year", "when", "count")
                and (left.kind != "month" or bool(gap))
                and sum(a.kind == "month" for a in group) < 2
            )
        if atom.kind in ("year", "years"):
            if "year" in kinds or "years" in kinds:
                return False
            return (
                kinds & {"month", "months", "quarter", "half", "count", "date"} != set()
                or any(a.kind == "when" and str(a.value).startswith("half") for a in group)
                or any(a.kind == "compare" for a in group)
            )
        if atom.kind in ("quarter", "half", "count"):
            return left.kind in ("year", "when", "compare") and not kinds & {"quarter", "half", "count", "month"}
        if atom.kind == "when":
            value = str(atom.value)
            if value.startswith("half"):
                return left.kind in ("year", "when") and not kinds & {"half", "count", "quarter"}
            return (
                left.kind in ("month", "months", "quarter", "half", "count", "compare", "date", "when")
                and not kinds & {"year"}
                and value not in ("today",)
            )
        if atom.kind == "compare":
            return atom.value == "same-period" and left.kind in ("year", "when", "compare")
        if atom.kind == "date":
            return left.kind in ("year", "when")
        return False

    def _planned(self) -> set[int]:
        """Tokens of the sentences that speak of aims and expectations: a year named there is not over yet."""
        tokens: set[int] = set()
        for first, stop in self.context.sentences:
            cues = [self.scan.sense(i, "modality") for i in range(first, stop)]
            if any(s is not None and s.value in ("target", "forecast") for s in cues):
                tokens.update(range(first, stop))
        return tokens

    def _reference_year(self, groups: list[list[Atom]]) -> int | None:
        """The year that «this year» means: the publication's, else what the text itself fixes."""
        if self.published:
            return self.published.year
        this, parts, whole, base = set(), set(), set(), set()
        planned = self._planned()
        for k, group in enumerate(groups):
            years = [a.value for a in group if a.kind == "year"]
            values = {str(a.value) for a in group if a.kind == "when"}
            if not years:
                continue
            year = int(years[0])  # type: ignore[arg-type]
            role = self._role(group, year)
            if "this-year" in values:
                this.add(year)
            elif role == "base" or any(a.kind == "compare" for a in group):
                base.add(year)
            elif role == "own" and len(group) > 1:
                parts.add(year)
            elif role == "own" and group[0].first in planned:
                this.add(year)
            elif role == "own":
                whole.add(year)
        if this:
            return max(this)
        if base and not parts and not whole:
            return max(base) + 1
        spoken = {str(a.value) for g in groups for a in g if a.kind == "when"}
        if (
            parts
            and whole
            and max(parts) == max(whole)
            and "last-year" in spoken
            and not spoken & {"this-year", "year-to-date"}
        ):
            return max(whole) + 1
        if parts and (not whole or max(parts) > max(whole)):
            return max(parts)
        uses = {str(a.value) for g in groups for a in g if a.kind == "when"}
        if whole and uses & {"this-year", "year-to-date", "last-year"}:
            return max(whole) + 1
        return None

    def _role(self, group: list[Atom], year: int | None) -> str:
        """own, by, since or base, from the words around."""
        scan = self.scan
        first, last = group[0].first, group[-1].last
        before = [scan.folded(i) for i in range(max(0, first - 4), first)]
        after = [scan.folded(i) for i in range(last + 1, min(len(self.tokens), last + 6))]
        near = before[-1] if before else ""
        lang = self.context.lang
        if lang == "kk":
            return self._role_kk(group, after)
        compare = self._compare_before(first)
        if compare:
            return "base"
        if lang == "ru":
            for back in range(2, min(4, len(before)) + 1):
                if before[-back] in ("к", "ко") and all(w.endswith(_DATIVES) for w in before[len(before) - back + 1 :]):
                    return "base"
            if near == "к" or (near in ("концу", "началу", "середине") and "к" in before):
                future = year is not None and (self.published is None or year >= self.published.year)
                dative_words = {"уровню", "году"} & set(after[:1])
                return "by" if future and not dative_words else "base" if not future else "by"
            if near == "начала" and before[-2:-1] in (["с"], ["со"]):
                return "since"
            if near == "до" or (near in ("конца",) and "до" in before):
                return "by"
            if (
                near in ("с", "со")
                and group[0].kind in ("year", "years")
                and len(group) == 1
                and not (after[:1] == ["по"])
            ):
                return (
                    "base" if any(w.startswith(("рекорд", "впервые", "максим", "миним")) for w in before) else "since"
                )
            return "own"
        if (
            near in ("by", "until", "till")
            or before[-4:-1] == ["by", "the", "end"]
            or before[-3:] == ["by", "end", "of"]
        ):
            return "by"
        if near == "since":
            return "since"
        beside = before[-2] if near == "the" and len(before) > 1 else near
        if beside in ("above", "below", "than", "against", "versus", "exceeding") or (beside == "on" and near == "the"):
            return "base"
        if near == "than" or before[-2:] in (["than", "in"], ["from", "the"], ["on", "the"]):
            return "base"
        if near in ("on", "over", "against", "from", "versus") and (group[-1].kind == "year" or group[-1].value == "last-year") and len(group) == 1:
            return "base"
        return "own"

    def _compared_after(self, last: int) -> bool:
        return any(
            (s := self.scan.sense(i, "compare")) is not None and s.value == "base-after"
            for i in range(last + 1, min(last + 4, len(self.tokens)))
        )

    def _compare_before(self, first: int) -> bool:
        for i in range(max(0, first - 4), first):
            hit = self.scan.at.get(i)
            if hit and hit.last < first:
                for sense in hit.senses:
                    if sense.kind == "compare" and sense.value == "base":
                        gap = [self.scan.folded(j) for j in range(hit.last + 1, first)]
                        if all(word in _CONNECTORS for word in gap):
                            return True
        return False

    def _role_kk(self, group: list[Atom], after: list[str]) -> str:
        scan = self.scan
        last = group[-1].last
        for i in range(last + 1, min(len(self.tokens), last + 5)):
            sense = scan.sense(i, "compare")
            if sense is not None and sense.value == "base-after":
                return "base"
            if self.tokens[i].kind == "sign" and self.tokens[i].folded in ",;":
                break
        word = scan.folded(last)
        case = next(
            (
                s.case
                for hit in (scan.at.get(i) for i in range(group[-1].first, last + 1))
                if hit and hit.last == last
                for s in hit.senses
                if s.case
            ),
            None,
        )
        nxt = after[0] if after else ""
        stem = nxt[:4]
        if stem in ("бері", "берг", "baст", "баст", "beri", "berg", "bast", "بەرى", "بەرگ", "باست"):
            return "since"
        if stem in ("қара", "дейі", "шейі", "qara", "deıi", "deii", "deyi", "قارا", "دەيى") and case in ("dat", None):
            return "by"
        if case == "abl" or word.endswith(
            ("дан", "ден", "тан", "тен", "нан", "нен", "dan", "den", "nan", "nen", "دان", "دەن", "نان", "نەن")
        ):
            return "base"
        if case == "ins":
            return "base"
        if group[-1].kind == "year" and self._measured_against(last):
            return "base"
        return "own"

    def _measured_against(self, last: int) -> bool:
        """«2021 жылғы көрсеткіштен 14%-ға артық»: a noun in the ablative and a ratio behind it."""
        for i in range(last + 1, min(last + 4, len(self.tokens) - 2)):
            token = self.tokens[i]
            if token.kind != "word":
                return False
            hit = self.scan.at.get(i)
            ablative = any(s.case == "abl" for s in hit.senses) if hit else token.folded.endswith(_ABLATIVES)
            if ablative:
                return any(
                    self.scan.folded(j) == "%" or self.scan.sense(j, "times", "multiplier") or self.scan.unit_after(j)
                    for j in range(i + 1, min(i + 6, len(self.tokens)))
                )
        return False

    def _mention(self, group: list[Atom], carried: int | None) -> Mention | None:
        first, last = group[0].first, group[-1].last
        years = [a.value for a in group if a.kind == "year"]
        whens = [str(a.value) for a in group if a.kind == "when"]
        compares = [str(a.value) for a in group if a.kind == "compare"]
        year: int | None = int(years[0]) if years else None  # type: ignore[arg-type]
        explicit = year is not None
        reference = self.reference
        if year is None and reference is not None:
            if "last-year" in whens:
                year = reference - 1
            elif "this-year" in whens or "year-to-date" in whens or "end-of-year" in whens:
                year = reference
            elif "next-year" in whens:
                year = carried + 1 if carried is not None and carried < reference else reference + 1
        elif year is None and "next-year" in whens and carried is not None:
            year = carried + 1
        relative = bool(set(whens) & {"last-year", "this-year", "next-year", "year-to-date", "end-of-year"})
        role = self._role(group, year)
        if "year-before" in compares:
            return Mention(first, last, None, "ago")
        if "same-period" in compares:
            if role != "base" and "last-year" not in whens and not years and not self._compared_after(last):
                return None  # «за тот же срок»: the time already spoken of
            return Mention(first, last, None, "prior", year)
        if compares and not years and not whens and len(group) == len(compares):
            return None
        spans = [a for a in group if a.kind == "years"]
        if spans:
            start, end = spans[0].value  # type: ignore[misc]
            return Mention(first, last, (dt.date(start, 1, 1), dt.date(end, 12, 31)), role, None, None, True)  # type: ignore[arg-type]
        seasons = [a for a in group if a.kind == "season"]
        if seasons:
            start, end = seasons[0].value  # type: ignore[misc]
            return Mention(first, last, (dt.date(start, 7, 1), dt.date(end, 6, 30)), role, None, None, True)  # type: ignore[arg-type]
        months = self._months(group)
        dates = [a.value for a in group if a.kind == "date"]
        if dates:
            return self._dated(first, last, dates[0], year, role)  # type: ignore[arg-type]
        if any(a.kind == "span" for a in group) and not years:
            return self._years_back(group, first, last)
        if any(a.kind == "skip" for a in group) and not months and year is None:
            return None
        if year is None and months and not relative:
            year = self._year_of(months, carried)
        if "year-to-date" in whens and not months:
            if year is None:
                return Mention(first, last, None, "own", None, None, False)
            end = self.published if self.published and self.published.year == year else None
            return Mention(first, last, (dt.date(year, 1, 1), end), "own", year, (1, 12))
        if "end-of-year" in whens and not months:
            return Mention(first, last, (None, dt.date(year, 12, 31)) if year else None, "by", year)
        if year is None and not months and not relative:
            return None
        if year is None:
            return Mention(first, last, None, role if role != "own" else "own", None, months)
        period = months_of(year, *months) if months else (dt.date(year, 1, 1), dt.date(year, 12, 31))
        if role == "by":
            period = (None, period[1])
        elif role == "since":
            period = (period[0], self.published)
        return Mention(first, last, period, role, year, months or (1, 12), explicit)

    def _year_of(self, months: tuple[int, int], carried: int | None) -> int | None:
        """The year of months named without one: the running year, or the one before if they are not over yet."""
        if self.published is None:
            return carried if carried is not None else self.reference
        year = (
            carried
            if carried is not None and carried == self.published.year - 1 and months[1] > self.published.month
            else self.published.year
        )
        over = dt.date(year, months[1], 1) <= self.published
        if months[1] < months[0]:
            return year - 1 if over else year - 2
        return year if over else year - 1

    def _months(self, group: list[Atom]) -> tuple[int, int] | None:
        named = [int(a.value) for a in group if a.kind == "month"]  # type: ignore[arg-type]
        if named:
            return named[0], named[-1]
        for atom in group:
            if atom.kind == "months":
                return atom.value  # type: ignore[return-value]
            if atom.kind == "count":
                return 1, int(atom.value)  # type: ignore[arg-type]
            if atom.kind == "quarter":
                number = int(atom.value)  # type: ignore[arg-type]
                return 3 * number - 2, 3 * number
            if atom.kind == "half" or (atom.kind == "when" and str(atom.value).startswith("half")):
                number = int(str(atom.value)[-1])
                return 6 * number - 5, 6 * number
        return None

    def _dated(self, first: int, last: int, value: tuple[int, int, int], year: int | None, role: str) -> Mention | None:
        known = value[0] or year or self.reference
        if role != "by":
            return None  # a day is when something was said; `taken` keeps its digits from being figures
        try:
            day = dt.date(known, value[1], value[2]) if known else None
        except ValueError:
            return None
        return Mention(first, last, (None, day) if day else None, "by", known)

    def _years_back(self, group: list[Atom], first: int, last: int) -> Mention | None:
        """«за последние пять лет»: back from the day of publication."""
        count = next(int(a.value) for a in group if a.kind == "span")  # type: ignore[arg-type]
        before = [self.scan.folded(i) for i in range(max(0, first - 3), first)]
        cues = {
            "последние",
            "последних",
            "past",
            "last",
            "over",
            "соңғы",
            "за",
            "ішінде",
            "soń",
            "sońǵy",
            "soñğy",
            "سوڭعى",
        }
        if not cues & set(before) or self.published is None or not 1 < count <= 35:
            return None
        try:
            start = self.published.replace(year=self.published.year - count)
        except ValueError:
            start = self.published.replace(year=self.published.year - count, day=28)
        return Mention(first, last, (start, self.published), "own")


def find_periods(context: Context) -> tuple[list[Mention], set[int]]:
    """All mentions of time in order, and the tokens that belong to dates and durations (no figures there)."""
    finder = PeriodFinder(context)
    mentions = finder.find()
    return mentions, finder.taken
