"""Periods: what a text says of time, as inclusive dates with a role.

Roles: `own` (the figure's time), `by` (a date to reach), `since` (open start), `base` (what a change is measured
against), `prior` (the same months a year before), `ago` (a year before). A relative period is null while the year is
unknown.
"""

from __future__ import annotations

import calendar
import datetime as dt
from bisect import bisect_left
from typing import NamedTuple

from ..model import Period
from .atom_groups import RELATIVE, Group, case_at, group_atoms
from .atoms import Atom
from .context import Context
from .time_roles import ROLES, find_lead
from .view import view_of

_LATE_MONTH = 11  # figures up to November come out in January
_LONGEST = 35  # years that a figure looks back


class Mention(NamedTuple):
    """One mention of time: tokens `[first, last]`, its dates, its role."""

    first: int
    last: int
    period: Period | None
    role: str
    year: int | None = None
    months: tuple[int, int] | None = None
    explicit: bool = False


# ---- dates


def month_end(year: int, month: int) -> dt.date:
    """The last day of a month."""
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def months_of(year: int, first: int, last: int) -> Period:
    """Months `first` to `last`; a season that runs over the new year ends in the next one."""
    return dt.date(year, first, 1), month_end(year + (last < first), last)


def _shift(date: dt.date, years: int) -> dt.date:
    if date.month == 2 and date == month_end(date.year, 2):
        return month_end(date.year + years, 2)
    return date.replace(year=date.year + years)


def shift_years(period: Period | None, years: int) -> Period | None:
    """The same dates some years later (29 February becomes the last of February)."""
    if period is None:
        return None
    start, end = period
    return _shift(start, years) if start else None, _shift(end, years) if end else None


def _make_date(year: int | None, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day) if year else None
    except ValueError:
        return None


# ---- the year that a text speaks of


class _Years(NamedTuple):
    """The years that a text names beside its figures, by what they are to it."""

    this: set[int]
    parts: set[int]  # with a month, a quarter, a half
    whole: set[int]
    base: set[int]


class _Finder:
    """Finds the mentions of time of one context."""

    def __init__(self, context: Context) -> None:
        self.view = view_of(context)
        self.context = context
        self.published = context.document.published
        self.taken: set[int] = set()
        self.reference: int | None = None

    def find(self) -> list[Mention]:
        groups: list[Group] = []
        figured: list[Group] = []
        for (first, stop), here in zip(self.context.sentences, group_atoms(self.view), strict=True):
            groups += here
            if here and self._has_figure(first, stop):
                figured += here
        for group in groups:
            for atom in group.atoms:
                self.taken.update(range(atom.first, atom.last + 1))
        self.reference = self._find_reference(figured)
        return self._date_all(groups)

    def _date_all(self, groups: list[Group]) -> list[Mention]:
        mentions: list[Mention] = []
        carried: int | None = None
        for group in groups:
            following = "next-year" in group.values and mentions and mentions[-1].role == "own"
            mention = self._date(group, mentions[-1].year or carried if following else carried)
            if mention is not None:
                mentions.append(mention)
                if mention.role == "own" and mention.year:
                    carried = max(mention.year, carried or 0)
        return mentions

    def _has_figure(self, first: int, stop: int) -> bool:
        amounts = self.view.firsts["amount"]
        at = bisect_left(amounts, first)
        return (at < len(amounts) and amounts[at] < stop) or "%" in self.view.words[first:stop]

    def _role(self, group: Group, year: int | None) -> str:
        """own, by, since or base, from the words around."""
        future = year is None or self.published is None or year >= self.published.year
        if future and year and self.published and "day" not in group.kinds and (months := _find_months(group)):
            end = month_end(year + (months[1] < months[0]), months[1])
            middle = months[0] == months[1] and find_lead(self.view, group).point == "middle"
            future = (end.replace(day=15) if middle else end) >= self.published
        return ROLES[self.view.lang](self.view, group, future=future)

    def _find_reference(self, groups: list[Group]) -> int | None:
        """The year that «this year» means: the publication's, else what the text itself fixes."""
        if self.published:
            return self.published.year
        years = self._sort_years(groups)
        spoken = frozenset[str]().union(*(group.values for group in groups))
        now = spoken & {"this-year", "year-to-date"}
        if years.this:
            return max(years.this)
        if years.base and not years.parts and not years.whole:
            return max(years.base) + 1
        if years.parts and years.whole and max(years.parts) == max(years.whole) and "last-year" in spoken and not now:
            return max(years.whole) + 1
        if years.parts and not now and "last-year" in spoken and self._is_nearly_over(groups, max(years.parts)):
            return max(years.parts) + 1
        if years.parts and (not years.whole or max(years.parts) > max(years.whole)):
            return max(years.parts)
        return max(years.whole) + 1 if years.whole and (now or "last-year" in spoken) else None

    def _is_nearly_over(self, groups: list[Group], year: int) -> bool:
        """«за 11 месяцев 2022 года» beside «в прошлом году»: told in the year after."""
        ends = [months[1] for group in groups if group.year == year and (months := _find_months(group)) is not None]
        return max(ends, default=0) >= _LATE_MONTH

    def _sort_years(self, groups: list[Group]) -> _Years:
        years = _Years(set(), set(), set(), set())
        planned = self._find_planned()
        for group in groups:
            if group.year is None:
                continue
            role = self._role(group, group.year)
            if "this-year" in group.values:
                years.this.add(group.year)
            elif role == "base" or "compare" in group.kinds:
                years.base.add(group.year)
            elif role == "own" and len(group.atoms) > 1:
                years.parts.add(group.year)
            elif role == "own":
                (years.this if group.first in planned else years.whole).add(group.year)
        return years

    def _find_planned(self) -> set[int]:
        """Tokens of the sentences that speak of aims and expectations: a year named there is not over yet."""
        aims = sorted(i for i in self.view.firsts["modality"] if self.view.has(i, "modality", "target", "forecast"))
        tokens: set[int] = set()
        for first, stop in self.context.sentences:
            if bisect_left(aims, first) < bisect_left(aims, stop):
                tokens.update(range(first, stop))
        return tokens

    # dates

    def _date(self, group: Group, carried: int | None) -> Mention | None:
        """The mention that a group of atoms makes, or None where it tells no time."""
        year = group.year if group.year is not None else self._relative_year(group, carried)
        months = _find_months(group)
        if year is None and months and not group.values & RELATIVE and "day" not in group.kinds:
            year = self._year_of_months(months, carried)
        role = self._role(group, year)
        if "compare" in group.kinds:
            return self._date_comparison(group, year, role)
        spans = group.of_kind("years", "season")
        named = group.of_kind("year")
        if len(named) == 2:
            spans = [named[0]._replace(kind="years", pair=(named[0].number, named[1].number))]
        if spans:
            return self._date_years(group, spans[0], "own" if named else role)
        if "day" in group.kinds:
            return self._date_days(group, year, role)
        if "span" in group.kinds and group.year is None:
            return self._date_years_back(group)
        if "vague" in group.values and year is None and months is None:
            return Mention(group.first, group.last, None, "own")
        if months is None and year is None and not group.values & RELATIVE:
            return self._date_recent_month(group, role)
        return self._date_months(group, year, months, role)

    def _relative_year(self, group: Group, carried: int | None) -> int | None:
        """The year that «былтыр», «в следующем году», "this year" name."""
        values, reference = group.values, self.reference
        if "next-year" in values:
            if carried is not None and (reference is None or carried < reference):
                return carried + 1
            return reference + 1 if reference is not None else None
        if "previous-year" in values and carried is not None:
            return carried - 1
        if reference is None:
            return None
        if values & {"last-year", "previous-year"}:
            return reference - 1
        return reference if values & {"this-year", "year-to-date", "end-of-year"} else None

    def _date_comparison(self, group: Group, year: int | None, role: str) -> Mention | None:
        """«за тот же период прошлого года», «бір жыл бұрын»: the months of the figure's own period, a year before."""
        if "year-before" in group.values:
            return Mention(group.first, group.last, None, "ago")
        if "same-period" not in group.values:
            return None
        last = group.last
        after = self.view.lang == "kk" and any(
            self.view.has(i, "compare", "base-after") for i in range(last + 1, last + 4)
        )
        if role != "base" and "last-year" not in group.values and group.year is None and not after:
            return None  # «за тот же срок»: the time already spoken of
        return Mention(group.first, group.last, None, "prior", year)

    def _date_years(self, group: Group, span: Atom, role: str) -> Mention:
        """2016–2018; a season 2022/23 from July to June, or the months of it that are named."""
        start, end = span.pair
        period: Period = dt.date(start, 1, 1), dt.date(end, 12, 31)
        months = _find_months(group)
        if span.kind == "season":
            low, high = months or (7, 6)
            period = dt.date(start if low >= 7 else end, low, 1), month_end(start if high >= 7 else end, high)
        return Mention(group.first, group.last, period, role, None, None, True)

    def _date_days(self, group: Group, year: int | None, role: str) -> Mention | None:
        """From one day to another, since a day, by a day, and the state on the first of a month. Other days are when
        something was said; `taken` keeps their digits from being figures."""
        days = group.of_kind("day")
        dated = [_make_date(atom.day[0] or year or self.reference, *atom.day[1:]) for atom in days]
        first, last = dated[0], dated[-1]
        known = first.year if first else None
        view, lead = self.view, find_lead(self.view, group)
        if len(days) == 2 and first and last and first < last:
            ranged = view.cue(lead.at, "since", "pair-from") or view.is_dash(days[0].last + 1)
            ranged = ranged or (view.lang == "kk" and case_at(view, days[0]) == "abl")
            return Mention(group.first, group.last, (first, last), "own", known) if ranged else None
        if role == "by":
            return Mention(group.first, group.last, (None, last) if last else None, "by", known)
        if role == "since" and first:
            return Mention(group.first, group.last, (first, self.published), "since", known)
        state = first and first.day == 1 and (view.cue(lead.at, "as-of") or view.cue(group.last + 1, "as-of"))
        return Mention(group.first, group.last, (first, first), "own", known) if state else None

    def _date_years_back(self, group: Group) -> Mention | None:
        """«за последние пять лет»: back from the day of publication; «пять лет назад»: that year."""
        count = group.of_kind("span")[0].number
        if self.published is None or not 1 < count <= _LONGEST:
            return None
        if self.view.cue(group.last + 1, "ago"):
            year = self.published.year - count
            return Mention(group.first, group.last, months_of(year, 1, 12), "own", None, (1, 12))
        around = (*range(group.first - 3, group.first), group.last + 1)
        if not any(self.view.cue(i, "lasting") for i in around):
            return None
        return Mention(group.first, group.last, (_shift(self.published, -count), self.published), "own")

    def _date_recent_month(self, group: Group, role: str) -> Mention | None:
        """«в прошлом месяце», "this month": by the day of publication."""
        if self.published is None or not group.values & {"last-month", "this-month"}:
            return None
        index = 12 * self.published.year + self.published.month - 1 - ("last-month" in group.values)
        year, month = index // 12, index % 12 + 1
        return Mention(group.first, group.last, months_of(year, month, month), role, year, (month, month))

    def _year_of_months(self, months: tuple[int, int], carried: int | None) -> int | None:
        """The year of months named without one: the running year, or the one before if they are not over yet."""
        if self.published is None:
            return carried if carried is not None else self.reference
        year = self.published.year
        if carried == year - 1 and months[1] > self.published.month:
            year -= 1
        over = dt.date(year, months[1], 1) <= self.published
        if months[1] < months[0]:
            return year - 1 if over else year - 2
        return year if over else year - 1

    def _date_months(self, group: Group, year: int | None, months: tuple[int, int] | None, role: str) -> Mention | None:
        """A year or its months, with the role that the words around give them."""
        first, last = group.first, group.last
        if "year-to-date" in group.values and not months:
            if year is None:
                return Mention(first, last, None, "own")
            end = self.published if self.published and self.published.year == year else None
            return Mention(first, last, (dt.date(year, 1, 1), end), "own", year, (1, 12))
        if "end-of-year" in group.values and not months:
            return Mention(first, last, (None, dt.date(year, 12, 31)) if year else None, "by", year)
        if year is None:
            return Mention(first, last, None, role, None, months)
        period = self._bound(group, months_of(year, *(months or (1, 12))), role)
        return Mention(first, last, period, role, year, months or (1, 12), group.year is not None)

    def _bound(self, group: Group, period: Period, role: str) -> Period:
        """The period as its role cuts it: up to its end, from its start, or the year up to its middle or end."""
        start, end = period
        if role == "by":
            return None, end
        if role == "since":
            return start, self.published
        lead = find_lead(self.view, group)
        if self.view.cue(lead.at, "toward", "by") and lead.point and start and end and role == "own":
            middle = start.replace(day=15) if start.month == end.month else dt.date(start.year, 6, 30)
            return dt.date(start.year, 1, 1), middle if lead.point == "middle" else end
        return period


def _find_months(group: Group) -> tuple[int, int] | None:
    """The months that a group names, counted or called by name."""
    named = group.of_kind("month")
    if named:
        return named[0].number, named[-1].number
    for atom in group.atoms:
        if atom.kind == "months":
            return atom.pair
        if atom.kind == "count":
            return 1, atom.number
        if atom.kind == "quarter":
            return 3 * atom.number - 2, 3 * atom.number
        if atom.kind == "half" or atom.value.startswith("half-"):
            number = atom.number or int(atom.value[-1])
            return 6 * number - 5, 6 * number
    return None


def find_periods(context: Context) -> tuple[list[Mention], set[int]]:
    """All mentions of time in order, and the tokens that belong to dates and durations (no figures there)."""
    finder = _Finder(context)
    mentions = finder.find()
    return mentions, finder.taken
