"""Findings over the ledger, made anew only where claims changed.

The unit is a pair of countries. Its figures are checked with what the same reports say of the whole trade of both sides
and of the groups that they belong to; figures without a pair are checked within their report. Where many reports print
the same figure, some stand for all: every changed report is held against them, and findings that name other reports are
left as they are. The same ledger has the same findings, in whatever order it was filled.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

from django.db.models import Count, F, Max, Min, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from msgspec import structs

from ..checking import OfficialOf, check_once
from ..checking.cells import load_flows
from ..model import Finding, Reading
from . import models
from .changes import change
from .records import split_pair, to_reading

OPEN = ("proposed", "planned", "agreed", "signed", "under way")
# So many reports stand for all that print the same figure.
ALIKE = 6
_REPORTS_AT_ONCE = 2_000
_IDS_AT_ONCE = 10_000
_TRIES = 3
_GRAVITY = ("contradicts", "reports disagree", "implies", "consistent")
_STATEMENT = (
    "indicator", "reporter", "partner", "product", "period_start", "period_end", "kind", "modality", "value_exact",
    "unit", "bound", "surface",
)  # fmt: skip

Told = Callable[[int, int], None]  # changed reports done, and in all


class _Checked(NamedTuple):
    """What checking found in a part of the ledger, and the rows behind it."""

    claims: dict[int, models.Claim]
    found: dict[str, Finding]
    members: dict[str, list[models.Claim]]
    words: dict[str, dict[str, Any]]
    held: dict[int, str]


def refresh(
    *,
    official: OfficialOf | None = None,
    tell: Told = lambda *_: None,
    author: str = "ainalym",
    only: Collection[str] | None = None,
) -> int:
    """Make anew the findings of all pairs that changed since the last call; gives the number of findings written.

    Each pair is one change: stopped at any moment, the rest is done at the next call. Nobody waits while it is checked.
    `only` are pairs: what others left to do of the rest is left.
    """
    written, done = 0, 0
    stale = models.Stale.objects.all() if only is None else models.Stale.objects.filter(pair__in=only)
    total = stale.count()
    while (first := stale.order_by("pair", "pk").first()) is not None:
        rows = list(models.Stale.objects.filter(pair=first.pair).order_by("pk")[:_REPORTS_AT_ONCE])
        written += _refresh_pair(first.pair, rows, official, author)
        done += len(rows)
        tell(min(done, total), total)
    return written


def _refresh_pair(pair: str, rows: Sequence[models.Stale], official: OfficialOf | None, author: str) -> int:
    """Check first and write then; once more where the pair changed meanwhile, in the end with the others waiting."""
    documents = {row.document_id for row in rows if row.document_id}
    marks = [row.pk for row in rows]
    for _ in range(_TRIES):
        checked = _check_pair(pair, documents, official)
        with change("refresh", author=author) as made:
            if _is_as_it_was(pair, rows):
                return _write(pair, checked, marks, made)
    with change("refresh", author=author) as made:
        return _write(pair, _check_pair(pair, documents, official), marks, made)


def _is_as_it_was(pair: str, rows: Sequence[models.Stale]) -> bool:
    later = models.Stale.objects.filter(pair=pair, pk__gt=rows[-1].pk).exists() and len(rows) < _REPORTS_AT_ONCE
    return not later and models.Stale.objects.filter(pk__in=[row.pk for row in rows]).count() == len(rows)


def _check_pair(pair: str, documents: set[int], official: OfficialOf | None) -> _Checked:
    claims = list(_load_scope(pair, documents)) if documents else []
    places, readings = _gather(claims)
    unsaid, tell = check_once(readings, official=official)
    noted: dict[str, Finding] = {}
    found: dict[str, Finding] = {}
    members: dict[str, list[models.Claim]] = {}
    for finding in unsaid:
        rows = [places[figure.document, figure.claim] for figure in finding.figures]
        if any(row.pair == pair for row in rows):
            said = tell(finding, "en")
            key = _name(said, rows)
            noted[key], found[key], members[key] = finding, said, rows
    held = _find_held(pair, {claim.pk for claim in claims}, documents)
    fresh = found.keys() - held.values()
    words = {key: _put_into_words(found[key], noted[key], tell) for key in sorted(fresh)}
    return _Checked({claim.pk: claim for claim in claims}, found, members, words, held)


def _load_scope(pair: str, documents: set[int]) -> Iterator[models.Claim]:
    """The claims to check: those of the changed reports, and of reports that stand for all others of the pair."""
    now = models.Claim.objects.current().exclude(state="rejected")
    if pair == models.NO_PAIR:
        yield from _in_parts(now, "document", documents)
        return
    some = documents | _find_alike(pair)
    yield from _in_parts(now.filter(pair__in=(pair, *_wider(pair))), "document", some)


def _in_parts(rows: QuerySet, field: str, ids: Iterable[int]) -> Iterator[Any]:
    """The rows whose field is among many ids, asked for in parts: databases take only so many values at once."""
    waiting = iter(sorted(ids))
    while part := list(islice(waiting, _IDS_AT_ONCE)):
        yield from rows.filter(**{f"{field}__in": part})


def _find_alike(pair: str) -> set[int]:
    """Reports of which each figure of the pair has the first few that print it so."""
    number = Window(RowNumber(), partition_by=[F(name) for name in _STATEMENT], order_by=["published", "document_id"])
    rows = models.Claim.objects.current().exclude(state="rejected").filter(pair=pair)
    return set(rows.annotate(place=number).filter(place__lte=ALIKE).values_list("document_id", flat=True))


def _wider(pair: str) -> list[str]:
    """The pairs of which this one is a part: either side with the world, or with a group that the other belongs to."""
    first, second = split_pair(pair)
    groups = {side: {name for name, own in load_flows().members.items() if side in own} for side in (first, second)}
    pairs = {(first, "WORLD"), (second, "WORLD")}
    pairs |= {(first, group) for group in groups[second]} | {(second, group) for group in groups[first]}
    return sorted({"-".join(sorted(sides)) for sides in pairs if sides[0] != sides[1]} - {pair})


def _find_held(pair: str, claims: set[int], documents: set[int]) -> dict[int, str]:
    """The current findings on these claims that are the pair's to make anew, and those whose claims are no more.

    A finding that names a report beyond is left: what was looked at does not tell that it no longer holds.
    """
    through = models.Finding.claims.through
    links = through.objects.filter(finding__ended=None)
    is_gone = Q(claim__ended__isnull=False) | Q(claim__state="rejected")
    named = {*_values(links, "claim_id", claims), *_values(links.filter(is_gone), "claim__document", documents)}
    rows: dict[int, list[tuple[int, str, bool]]] = defaultdict(list)
    keys: dict[int, str] = {}
    columns = ("finding_id", "finding__key", "claim_id", "claim__pair", "claim__ended", "claim__state")
    for finding, key, claim, own, ended, state in _in_parts(links.values_list(*columns), "finding_id", named):
        keys[finding] = key
        rows[finding].append((claim, own, ended is not None or state == "rejected"))
    return {
        finding: keys[finding]
        for finding, named_rows in rows.items()
        if any(gone for _, _, gone in named_rows)
        or (any(own == pair for _, own, _ in named_rows) and all(claim in claims for claim, _, _ in named_rows))
    }


def _values(links: QuerySet, field: str, ids: Iterable[int]) -> Iterator[int]:
    return _in_parts(links.values_list("finding_id", flat=True), field, ids)


def _write(pair: str, checked: _Checked, marks: Sequence[int], made: models.Change) -> int:
    """End the findings that no longer hold, and write those that are new."""
    kept = set(checked.held.values()) & checked.found.keys()
    gone = [row for row, key in checked.held.items() if key not in kept]
    named = {claim.pk for key in checked.words for claim in checked.members[key]} | _claims_of(gone)
    for row in _chunks(gone):
        models.Finding.objects.filter(pk__in=row).update(ended=made)
    fresh = [_make_row(checked, key, made) for key in checked.words]
    models.Finding.objects.bulk_create(fresh, batch_size=_IDS_AT_ONCE)
    through = models.Finding.claims.through
    through.objects.bulk_create(
        [
            through(finding_id=row.pk, claim_id=claim)
            for row in fresh
            for claim in dict.fromkeys(claim.pk for claim in checked.members[row.key])
        ],
        batch_size=_IDS_AT_ONCE,
    )
    _set_verdicts(named | {claim.pk for claim in checked.claims.values() if claim.verdict and claim.pair == pair})
    filed = _in_parts(models.Finding.objects.values_list("pair", flat=True), "pk", gone)
    sum_up({pair, *filed, *(row.pair for row in fresh)}, made)
    for part in _chunks(marks):
        models.Stale.objects.filter(pk__in=part).delete()
    return len(fresh)


def _chunks(ids: Iterable[int]) -> Iterator[list[int]]:
    waiting = iter(ids)
    while part := list(islice(waiting, _IDS_AT_ONCE)):
        yield part


def _make_row(checked: _Checked, key: str, made: models.Change) -> models.Finding:
    finding = checked.found[key]
    return models.Finding(
        key=key, pair=_main_pair(checked.members[key]), verdict=finding.verdict, severity=finding.severity,
        words=checked.words[key], implied=_implied(finding), made=made,
    )  # fmt: skip


def _main_pair(rows: Sequence[models.Claim]) -> str:
    """The pair that a finding is filed under: the narrowest of those that its claims are about."""
    pairs = {row.pair for row in rows if row.pair}
    narrow = {pair for pair in pairs if not any(pair in _wider(other) for other in pairs)}
    return min(narrow, default=models.NO_PAIR)


def _gather(claims: Sequence[models.Claim]) -> tuple[dict[tuple[str, int], models.Claim], list[Reading]]:
    """Readings made of the claims, in an order that does not depend on the ledger's own; the claim at each place."""
    by_document: dict[int, list[models.Claim]] = defaultdict(list)
    for claim in claims:
        by_document[claim.document_id].append(claim)
    documents = _in_parts(models.Document.objects.defer("folded"), "pk", by_document)
    places: dict[tuple[str, int], models.Claim] = {}
    readings = []
    for document in sorted(documents, key=lambda row: (str(row.published or ""), row.hash)):
        own = sorted(by_document[document.pk], key=lambda claim: claim.number)
        readings.append(to_reading(document, own))
        places.update({(document.hash, index): claim for index, claim in enumerate(own)})
    return places, readings


def _name(finding: Finding, rows: Sequence[models.Claim]) -> str:
    """What makes two findings the same: what is said of which claims."""
    parts = (finding.verdict, finding.severity, finding.why, *finding.steps, *sorted(str(row.pk) for row in rows))
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def _put_into_words(said: Finding, noted: Finding, tell: Callable[[Finding, str], Finding]) -> dict[str, Any]:
    told = {"en": said, "kk": tell(noted, "kk"), "ru": tell(noted, "ru")}
    return {lang: {"why": said.why, "steps": list(said.steps)} for lang, said in told.items()}


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
    return set(_in_parts(through.objects.values_list("claim_id", flat=True), "finding_id", findings))


def _set_verdicts(claims: set[int]) -> None:
    """The gravest current verdict on each claim."""
    through = models.Finding.claims.through
    links = through.objects.filter(finding__ended=None).values_list("claim_id", "finding__verdict")
    gravest: dict[int, str] = {}
    for claim, verdict in _in_parts(links, "claim_id", claims):
        if claim not in gravest or _GRAVITY.index(verdict) < _GRAVITY.index(gravest[claim]):
            gravest[claim] = verdict
    by_verdict: dict[str, list[int]] = defaultdict(list)
    for claim in claims:
        by_verdict[gravest.get(claim, "")].append(claim)
    for verdict, some in by_verdict.items():
        for part in _chunks(some):
            models.Claim.objects.filter(pk__in=part).exclude(verdict=verdict).update(verdict=verdict)


def sum_up(pairs: Iterable[str], made: models.Change) -> None:
    """The sums of these pairs."""
    codes = sorted(pair for pair in pairs if pair)
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
                "contradictions": clashes.get(code, 0), "changed": made.pk, **_sum_up_turnover(code),
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
