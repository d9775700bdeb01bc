"""Findings over the ledger, made anew only where claims changed.

The unit is a cell: two countries and a year. What can contradict a claim of a cell lies in cells of the same countries
(with their regions, groups and the world) at most two years away, and in the claims of the same report. Findings that
name no claim of a changed cell are left as they are.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db.models import Count, F, Max, Min, Q
from msgspec import structs

from ..checking import OfficialOf, check
from ..model import Finding, Reading
from . import models
from .changes import change
from .records import split_pair, to_reading

OPEN = ("proposed", "planned", "agreed", "signed", "under way")
_YEARS = 2
_CELLS_AT_ONCE = 200
_GRAVITY = ("contradicts", "reports disagree", "implies", "consistent")

Told = Callable[[int, int], None]  # cells done, cells in all


def refresh(*, official: OfficialOf | None = None, tell: Told = lambda *_: None, author: str = "ainalym") -> int:
    """Make anew the findings of all cells that changed since the last call; gives the number of findings written.

    Each batch of cells is one change: stopped at any moment, the rest is done at the next call.
    """
    written, done = 0, 0
    total = models.Stale.objects.count()
    while batch := list(models.Stale.objects.order_by("pair", "year", "pk")[:_CELLS_AT_ONCE]):
        with change("refresh", author=author) as made:
            # Another process may have taken them meanwhile.
            held = list(models.Stale.objects.filter(pk__in=[row.pk for row in batch]))
            written += _refresh_cells(held, official, made)
            models.Stale.objects.filter(pk__in=[row.pk for row in held]).delete()
        done += len(batch)
        tell(min(done, total), total)
    return written


def _refresh_cells(rows: Sequence[models.Stale], official: OfficialOf | None, made: models.Change) -> int:
    years: dict[str, set[int | None]] = defaultdict(set)
    for row in rows:
        if row.pair:
            years[row.pair].add(row.year)
    written = 0
    for pair, changed in years.items():
        claims = _load_scope(pair, changed)
        touched = {claim.pk for claim in claims if claim.pair == pair and (claim.year in changed or None in changed)}
        written += _replace(pair, claims, touched, official, made)
    documents = {row.document_id for row in rows if row.document_id}
    if documents:
        claims = list(models.Claim.objects.current().filter(document__in=documents).exclude(state="rejected"))
        touched = {claim.pk for claim in claims if not claim.pair}
        written += _replace(models.NO_PAIR, claims, touched, official, made)
    _sum_up(years, made)
    return written


def _load_scope(pair: str, years: set[int | None]) -> list[models.Claim]:
    """The claims that can bear on the cells of this pair in these years."""
    first, second = split_pair(pair)
    near = sorted({year + step for year in years if year is not None for step in range(-_YEARS, _YEARS + 1)})
    wide = {f"{min(side, 'WORLD')}-{max(side, 'WORLD')}" for side in (first, second)}
    in_time = Q(year__in=near) | Q(year=None)
    if None in years:
        in_time = Q()
    query = Q(pair=pair) & in_time
    claims = models.Claim.objects.current().exclude(state="rejected")
    own = list(claims.filter(query))
    # What these reports say of the whole trade of both sides; of other reports it bears on too much to be of use here.
    documents = {claim.document_id for claim in own}
    return own + list(claims.filter(pair__in=wide, document__in=documents).filter(in_time).exclude(pair=pair))


def _replace(
    pair: str, claims: Sequence[models.Claim], touched: set[int], official: OfficialOf | None, made: models.Change
) -> int:
    """End the findings on the touched claims that no longer hold, and write those that are new."""
    places, readings = _gather(claims)
    told = check(readings, official=official, lang="en")
    found: dict[str, int] = {}
    members: dict[str, list[models.Claim]] = {}
    for index, finding in enumerate(told):
        rows = [places[figure.document, figure.claim] for figure in finding.figures]
        if any(row.pk in touched for row in rows):
            key = _name(finding, rows)
            found[key], members[key] = index, rows
    held = models.Finding.objects.current().filter(Q(claims__in=touched) | Q(pair=pair, claims__ended__isnull=False))
    old = dict(held.values_list("key", "pk").distinct())
    beyond = _reach_beyond(old.values(), {claim.pk for claim in claims})
    gone = [row for key, row in old.items() if key not in found and row not in beyond]
    models.Finding.objects.filter(pk__in=gone).update(ended=made)
    words = _put_into_words(told, readings, official) if found.keys() - old.keys() else []
    fresh = [
        models.Finding(
            key=key, pair=pair, verdict=told[index].verdict, severity=told[index].severity, words=words[index],
            implied=_implied(told[index]), made=made,
        )
        for key, index in found.items()
        if key not in old
    ]  # fmt: skip
    models.Finding.objects.bulk_create(fresh)
    through = models.Finding.claims.through
    through.objects.bulk_create(
        [
            through(finding_id=row.pk, claim_id=claim)
            for row in fresh
            for claim in dict.fromkeys(claim.pk for claim in members[row.key])
        ],
        batch_size=2_000,
    )
    _set_verdicts(touched | {claim.pk for rows in members.values() for claim in rows} | _claims_of(gone))
    return len(fresh)


def _reach_beyond(findings: Iterable[int], claims: set[int]) -> set[int]:
    """Those of these findings that name a current claim beyond `claims`: what was looked at does not end them."""
    through = models.Finding.claims.through
    named = through.objects.filter(finding_id__in=list(findings), claim__ended=None).exclude(claim__state="rejected")
    return {finding for finding, claim in named.values_list("finding_id", "claim_id") if claim not in claims}


def _gather(claims: Sequence[models.Claim]) -> tuple[dict[tuple[str, int], models.Claim], list[Reading]]:
    """Readings made of the claims, and the claim at each place in them."""
    by_document: dict[int, list[models.Claim]] = defaultdict(list)
    for claim in claims:
        by_document[claim.document_id].append(claim)
    places: dict[tuple[str, int], models.Claim] = {}
    readings = []
    for document in models.Document.objects.filter(pk__in=by_document).order_by("pk"):
        own = sorted(by_document[document.pk], key=lambda claim: claim.number)
        readings.append(to_reading(document, own))
        places.update({(document.hash, index): claim for index, claim in enumerate(own)})
    return places, readings


def _name(finding: Finding, rows: Sequence[models.Claim]) -> str:
    """What makes two findings the same: what is said of which claims."""
    parts = (finding.verdict, finding.severity, finding.why, *finding.steps, *sorted(str(row.pk) for row in rows))
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def _put_into_words(
    told: Sequence[Finding], readings: Sequence[Reading], official: OfficialOf | None
) -> list[dict[str, Any]]:
    """Each finding in every language: the same readings give the same findings in the same order."""
    by_lang = {"en": told} | {lang: check(readings, official=official, lang=lang) for lang in ("kk", "ru")}
    return [
        {lang: {"why": found[index].why, "steps": list(found[index].steps)} for lang, found in by_lang.items()}
        for index in range(len(told))
    ]


def _implied(finding: Finding) -> dict[str, Any] | None:
    if finding.implied is None:
        return None
    fields = structs.asdict(finding.implied)
    period = fields.pop("period")
    return {
        **fields,
        "low": str(fields["low"]),
        "high": str(fields["high"]),
        "period": [day.isoformat() if day else None for day in period] if period else None,
    }


def _claims_of(findings: Iterable[int]) -> set[int]:
    through = models.Finding.claims.through
    return set(through.objects.filter(finding_id__in=list(findings)).values_list("claim_id", flat=True))


def _set_verdicts(claims: set[int]) -> None:
    """The gravest current verdict on each claim."""
    through = models.Finding.claims.through
    gravest: dict[int, str] = {}
    rows = through.objects.filter(claim_id__in=claims, finding__ended=None).values_list("claim_id", "finding__verdict")
    for claim, verdict in rows:
        if claim not in gravest or _GRAVITY.index(verdict) < _GRAVITY.index(gravest[claim]):
            gravest[claim] = verdict
    by_verdict: dict[str, list[int]] = defaultdict(list)
    for claim in claims:
        by_verdict[gravest.get(claim, "")].append(claim)
    for verdict, some in by_verdict.items():
        models.Claim.objects.filter(pk__in=some).exclude(verdict=verdict).update(verdict=verdict)


def _sum_up(pairs: Iterable[str], made: models.Change) -> None:
    """The sums of these pairs."""
    codes = [pair for pair in pairs if pair]
    claims = {
        row["pair"]: row
        for row in models.Claim.objects.current()
        .filter(pair__in=codes)
        .exclude(state="rejected")
        .values("pair")
        .annotate(claims=Count("pk"), reports=Count("document", distinct=True), newest=Max("published"))
    }
    deals = dict(
        models.Commitment.objects.current()
        .filter(pair__in=codes, status__in=OPEN)
        .values_list("pair")
        .annotate(Count("pk"))
    )
    clashes = dict(
        models.Finding.objects.current()
        .filter(pair__in=codes, verdict="contradicts")
        .values_list("pair")
        .annotate(Count("pk"))
    )
    for code in codes:
        first, second = split_pair(code)
        row = claims.get(code, {})
        models.Pair.objects.update_or_create(
            code=code,
            defaults={
                "first": first, "second": second, "reports": row.get("reports", 0), "claims": row.get("claims", 0),
                "newest": row.get("newest"), "open_commitments": deals.get(code, 0),
                "contradictions": clashes.get(code, 0), **_sum_up_turnover(code),
            },
        )  # fmt: skip


def _sum_up_turnover(pair: str) -> dict[str, Any]:
    """The turnover of full years in money between the two countries themselves: of several the surest, then newest."""
    first, second = split_pair(pair)
    told = (
        models.Claim.objects.current()
        .exclude(state="rejected")
        .filter(
            Q(reporter=first, partner=second) | Q(reporter=second, partner=first),
            pair=pair, indicator="turnover", kind="level", modality="actual", product=None,
            period_start__month=1, period_start__day=1, period_end__month=12, period_end__day=31,
            period_start__year=F("year"), unit__regex="^[A-Z]{3}$",
        )
        .values_list("year", "unit", "value_exact")
        .annotate(surest=Max("confidence"), newest=Max("published"), claim=Min("pk"))
    )  # fmt: skip
    ordered = sorted(told, key=lambda row: (row[0], row[3], row[4] or dt.date.min, -row[5]))
    return {
        "turnover_id": ordered[-1][5] if ordered else None,
        "yearly": {str(year): value for year, unit, value, *_ in ordered if unit == "USD"},
    }
