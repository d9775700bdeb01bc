"""What the dossier of two countries shows, gathered in a bounded number of queries however much the ledger holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Count, F, Min, Q, Window
from django.db.models.functions import RowNumber

from ..ledger import models
from ..ledger.findings import OPEN
from ..ledger.records import name_pair
from ..statistics import OfficialInterval, printed_interval
from ..statistics.targets import forecast_band
from . import charts
from .official import Yearly, find_yearly
from .targets import Aim, list_targets, newest_deadline
from .templatetags.ainalym import claim_period, claim_value, rounded
from .told import Told, tell_row, with_claims
from .words import say

STATUSES = ("proposed", "planned", "agreed", "signed", "under way", "done")
_EACH = 12
_MEETINGS = 30
_FINDINGS = 20
_POINTS = 120
_NO_TEXT = ("document__text", "document__folded")


class Said(NamedTuple):
    """A figure that was claimed: who said it first, how many claims say it, the interval of its printing."""

    claim: models.Claim
    told: int
    low: Decimal
    high: Decimal
    is_part: bool


class Goods(NamedTuple):
    """A product with its newest figures by direction."""

    product: str
    claims: list[models.Claim]


class Lane(NamedTuple):
    """The commitments of one status: the newest, and how many there are."""

    status: str
    total: int
    deals: list[models.Commitment]


class Line(NamedTuple):
    """A year of official figures: the figure and its growth, first of the viewer's side, then of the other."""

    year: int
    sides: tuple[tuple[OfficialInterval | None, float | None], ...]


def gather(home: str, other: str, flow: str, today: dt.date) -> dict[str, Any]:
    """Everything on the dossier of `home` on `other`, as its template names it."""
    pair = name_pair((home, other))
    yearly = find_yearly(flow, home, other)
    told = list_told(pair, home, other, flow)
    aims, _ = list_targets(models.Claim.objects.filter(pair=pair), size=20, viewer=home)
    meetings = list_meetings(pair)
    board = list_board(pair, today)
    return {
        "chart": draw(told, yearly, aims, flow, home),
        "told": told,
        "years": list_years(yearly),
        "aims": aims,
        "board": board,
        "meetings": meetings,
        "people": list_people(meetings),
        "goods": list_goods(pair),
        "findings": list_findings(pair),
        "newest": list_newest(pair, meetings, [deal for lane in board for deal in lane.deals]),
    }


def list_told(pair: str, home: str, other: str, flow: str) -> list[Said]:
    """What was claimed of a flow between the two countries themselves, each figure once, in order of time."""
    groups = (
        models.Claim.objects.current()
        .exclude(state="rejected")
        .filter(_seen_from(home, other, flow), pair=pair, kind="level", modality="actual", product=None, unit="USD")
        .filter(period_start__isnull=False, period_end__isnull=False)
        .values_list("period_start", "period_end", "value_exact", "bound")
        .annotate(told=Count("pk"), first=Min("pk"))
        .order_by("-told", "-period_end")[:_POINTS]
    )
    counts = {row[-1]: row[-2] for row in groups}
    claims = models.Claim.objects.select_related("document").defer(*_NO_TEXT).in_bulk(list(counts))
    found = [_tell(claims[pk], count) for pk, count in counts.items()]
    return sorted(found, key=lambda item: (item.claim.period_end, item.claim.period_start, item.claim.value))


def _tell(claim: models.Claim, count: int) -> Said:
    low, high = printed_interval(claim.surface, Decimal(claim.value_exact), bound=claim.bound)
    start, end = claim.period_start, claim.period_end
    full = start.year == end.year and (start.month, start.day, end.month, end.day) == (1, 1, 12, 31)
    return Said(claim, count, low, high, not full)


def _seen_from(home: str, other: str, flow: str) -> Q:
    """One side's exports are the other side's imports."""
    if flow == "turnover":
        return Q(indicator="turnover", reporter__in=(home, other), partner__in=(home, other))
    turned = {"exports": "imports", "imports": "exports"}[flow]
    return Q(indicator=flow, reporter=home, partner=other) | Q(indicator=turned, reporter=other, partner=home)


def list_years(yearly: Yearly) -> list[Line]:
    """Newest year first."""
    return [
        Line(year, tuple((series.get(year), grow(series, year)) for series in (yearly.own, yearly.other)))
        for year in sorted({*yearly.own, *yearly.other}, reverse=True)
    ]


def grow(series: Mapping[int, OfficialInterval], year: int | None) -> float | None:
    """Growth on the year before, where both are known."""
    if year is None:
        return None
    now, before = series.get(year), series.get(year - 1)
    return float(now.value / before.value) - 1 if now and before and before.value else None


def draw(told: Sequence[Said], yearly: Yearly, aims: Sequence[Aim], flow: str, home: str) -> charts.Chart | None:
    """Claimed figures with their intervals beside both sides' official ones, targets, and a forecast."""
    aimed = [aim for aim in aims if aim.claim.indicator == flow and aim.state and aim.claim.period_end]
    return charts.draw_chart(
        [
            charts.Series("official", "square", _official_points(yearly.own), line=True),
            charts.Series("other", "triangle", _official_points(yearly.other), line=True),
            charts.Series("claimed", "circle", [_told_point(item) for item in told if not item.is_part]),
            charts.Series("part", "ring", [_told_point(item) for item in told if item.is_part]),
            charts.Series("target", "diamond", [_target_point(aim) for aim in aimed]),
        ],
        band=_fan(newest_deadline(aims, flow)),
    )


def _official_points(series: Mapping[int, OfficialInterval]) -> list[charts.Point]:
    return [
        charts.Point(
            year, float(item.value), float(item.low), float(item.high),
            say("chart.official_point", year=year, value=rounded(item.value), source=item.publisher,
                vintage=item.vintage),
        )
        for year, item in sorted(series.items())
    ]  # fmt: skip


def _told_point(item: Said) -> charts.Point:
    claim = item.claim
    start, end = claim.period_start, claim.period_end
    middle = start + (end - start) / 2
    year = float(end.year) if not item.is_part else middle.year - 0.5 + middle.timetuple().tm_yday / 366
    who = claim.speaker or claim.publisher or claim.document.title or ""
    label = say(
        "chart.claimed_point", period=claim_period(claim), value=claim_value(claim), who=who,
        day=claim.published or "–", count=item.told,
    )  # fmt: skip
    return charts.Point(year, claim.value, float(item.low), float(item.high), label)


def _target_point(aim: Aim) -> charts.Point:
    claim = aim.claim
    label = say("chart.target_point", year=claim.period_end.year, value=claim_value(claim))
    return charts.Point(claim.period_end.year, claim.value, claim.value, claim.value, label)


def _fan(aim: Aim | None) -> list[tuple[float, float, float]]:
    """The 80 % band from the last official figure to a target's deadline."""
    if aim is None or aim.state is None or aim.state.deadline is None:
        return []
    last = aim.state.year
    fan = [(float(last), aim.state.value, aim.state.value)]
    for years in range(1, aim.state.deadline - last + 1):
        band = forecast_band(aim.values, years)
        if band:
            fan.append((float(last + years), band[0], band[2]))
    return fan


def list_board(pair: str, today: dt.date) -> list[Lane]:
    """Commitments by status, the newest of each; `is_overdue` and `days` on those that have a day."""
    held = models.Commitment.objects.current().filter(pair=pair)
    places = (
        held.annotate(
            place=Window(RowNumber(), partition_by="status", order_by=[F("published").desc(nulls_last=True), "-pk"]),
            total=Window(Count("pk"), partition_by="status"),
        )
        .filter(place__lte=_EACH)
        .order_by("status", "place")
        .values_list("pk", "status", "total")
    )
    picked = list(places)
    rows = models.Commitment.objects.select_related("document").defer(*_NO_TEXT).in_bulk([pk for pk, *_ in picked])
    lanes: dict[str, Lane] = {}
    for pk, status, total in picked:
        deal = rows[pk]
        deal.is_overdue = bool(deal.due and deal.due < today and status in OPEN)
        deal.days = abs((deal.due - today).days) if deal.due else None
        lanes.setdefault(status, Lane(status, total, [])).deals.append(deal)
    return [lanes[status] for status in STATUSES if status in lanes]


def list_meetings(pair: str) -> list[models.Meeting]:
    """The newest meetings; `day` is when they took place, or when the report came out."""
    held = models.Meeting.objects.current().filter(pair=pair)
    rows = held.select_related("document").defer(*_NO_TEXT).newest(_MEETINGS)
    for row in rows:
        row.day = row.date or row.published
    return sorted(rows, key=lambda row: row.day or dt.date.min, reverse=True)


def list_people(meetings: Iterable[models.Meeting]) -> list[dict[str, Any]]:
    """Who took part in these meetings, by how often; with the role that was named last."""
    named = {(meeting.document_id, name): meeting for meeting in meetings for name in meeting.participants}
    mentions = (
        models.Mention.objects.current()
        .filter(document__in={document for document, _ in named})
        .select_related("person")
        .order_by("-document__published", "-pk")
        if named
        else []
    )
    found: dict[int, dict[str, Any]] = {}
    for mention in mentions:
        meeting = named.get((mention.document_id, mention.name))
        if meeting is None:
            continue
        row = found.setdefault(
            mention.person_id, {"name": mention.name, "role": None, "side": None, "last": meeting.day, "met": set()}
        )
        row["role"], row["side"] = row["role"] or mention.role, row["side"] or mention.side
        row["met"].add(meeting.pk)
    return sorted(found.values(), key=lambda row: -len(row["met"]))


def list_goods(pair: str) -> list[Goods]:
    """Products named in the newest claims, each with its newest figure by indicator and direction."""
    held = models.Claim.objects.current().exclude(state="rejected").filter(pair=pair, product__isnull=False)
    goods: dict[str, dict[tuple[Any, ...], models.Claim]] = {}
    for claim in held.select_related("document").defer(*_NO_TEXT).newest(300):
        way = (claim.indicator, claim.reporter, claim.partner, claim.kind, claim.modality)
        goods.setdefault(claim.product, {}).setdefault(way, claim)
    return [Goods(product, list(claims.values())[:6]) for product, claims in goods.items()][:40]


def list_findings(pair: str) -> list[Told]:
    """Contradictions, then where the sides' reports disagree; the newest first."""
    found = models.Finding.objects.current().filter(pair=pair, verdict__in=("contradicts", "reports disagree"))
    return [tell_row(row) for row in with_claims(found.order_by("verdict", "-pk")[:_FINDINGS])]


def list_newest(pair: str, meetings: Sequence[Any], deals: Sequence[Any], size: int = 12) -> list[models.Document]:
    """The newest reports on the pair: those with claims, meetings or commitments on it."""
    claims = models.Claim.objects.current().filter(pair=pair).only("document_id").newest(200)
    documents = {row.document_id for row in (*claims, *meetings, *deals)}
    rows = models.Document.objects.filter(pk__in=documents).defer("text", "folded")
    return sorted(rows, key=lambda row: (row.published or dt.date.min, row.pk), reverse=True)[:size]
