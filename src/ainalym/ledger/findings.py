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
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any, NamedTuple

from django.db.models import Count, F, Max, Min, Q, QuerySet, Value, Window
from django.db.models.functions import Concat, RowNumber
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
_PAIRS_AT_ONCE = 16
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

    pairs: set[str]
    judged: set[int]
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

    A few pairs are one change: stopped at any moment, the rest is done at the next call. Nobody waits while they are
    checked.
    `only` are pairs: what others left to do of the rest is left.
    """
    written, done = 0, 0
    stale = models.Stale.objects.all() if only is None else models.Stale.objects.filter(pair__in=only)
    total = stale.count()
    while rows := _take_stale(stale):
        written += _refresh_rows(rows, official, author)
        done += len(rows)
        tell(min(done, total), total)
    return written


def _take_stale(stale: QuerySet) -> list[models.Stale]:
    """The marks of the next few pairs."""
    rows = list(stale.order_by("pair", "pk")[:_REPORTS_AT_ONCE])
    pairs = list(dict.fromkeys(row.pair for row in rows))[:_PAIRS_AT_ONCE]
    return [row for row in rows if row.pair in pairs]


def _refresh_rows(rows: Sequence[models.Stale], official: OfficialOf | None, author: str) -> int:
    """Check first and write then; once more where a pair changed meanwhile, in the end with the others waiting."""
    changed: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        changed[row.pair] |= {row.document_id} - {None}
    marks = [row.pk for row in rows]
    for _ in range(_TRIES):
        newest = models.Stale.objects.aggregate(newest=Max("pk"))["newest"]
        checked = _check_pairs(changed, official)
        with change("refresh", author=author) as made:
            if _is_as_it_was(changed, marks, newest):
                return _write(checked, marks, made)
    with change("refresh", author=author) as made:
        return _write(_check_pairs(changed, official), marks, made)


def _is_as_it_was(pairs: Iterable[str], marks: Sequence[int], newest: int | None) -> bool:
    """Whether nobody changed the pairs since, nor made their findings."""
    rows = models.Stale.objects
    later = rows.filter(pair__in=list(pairs), pk__gt=newest or 0).exists()
    return not later and rows.filter(pk__in=marks).count() == len(marks)


def _check_pairs(changed: Mapping[str, set[int]], official: OfficialOf | None) -> _Checked:
    noted: dict[str, tuple[Finding, Callable[[Finding, str], Finding]]] = {}
    found: dict[str, Finding] = {}
    members: dict[str, list[models.Claim]] = {}
    scopes = _load_scopes({pair: documents for pair, documents in changed.items() if documents})
    texts = _load_documents(claim.document_id for claims in scopes.values() for claim in claims)
    for pair, claims in scopes.items():
        places, readings = _gather(claims, texts)
        unsaid, tell = check_once(readings, official=official)
        for finding in unsaid:
            rows = [places[figure.document, figure.claim] for figure in finding.figures]
            if any(row.pair == pair for row in rows):
                said = tell(finding, "en")
                key = _name(said, rows)
                noted[key], found[key], members[key] = (finding, tell), said, rows
    held = _find_held({pair: {claim.pk for claim in claims} for pair, claims in scopes.items()}, changed)
    fresh = found.keys() - held.values()
    words = {key: _put_into_words(found[key], *noted[key]) for key in sorted(fresh)}
    judged = {claim.pk for pair, claims in scopes.items() for claim in claims if claim.verdict and claim.pair == pair}
    return _Checked(set(changed), judged, found, members, words, held)


def _load_scopes(changed: Mapping[str, set[int]]) -> dict[str, list[models.Claim]]:
    """The claims to check for each pair: those of its changed reports, and of reports that stand for all its others.

    Figures without a pair are checked with all that their report says.
    """
    alike = _find_alike([pair for pair in changed if pair])
    reports = {pair: documents | alike[pair] for pair, documents in changed.items()}
    own: dict[int, list[models.Claim]] = defaultdict(list)
    wanted = models.Claim.objects.current().exclude(state="rejected")
    if models.NO_PAIR not in changed:
        wanted = wanted.filter(pair__in={wide for pair in changed for wide in (pair, *_wider(pair))})
    for claim in _in_parts(wanted, "document", set().union(*reports.values())):
        own[claim.document_id].append(claim)
    return {
        pair: [
            claim
            for document in sorted(reports[pair])
            for claim in own[document]
            if pair == models.NO_PAIR or claim.pair == pair or claim.pair in _wider(pair)
        ]
        for pair in changed
    }


def _in_parts(rows: QuerySet, field: str, ids: Iterable[int]) -> Iterator[Any]:
    """The rows whose field is among many ids, asked for in parts: databases take only so many values at once."""
    waiting = iter(sorted(ids))
    while part := list(islice(waiting, _IDS_AT_ONCE)):
        yield from rows.filter(**{f"{field}__in": part})


def _find_alike(pairs: Sequence[str]) -> dict[str, set[int]]:
    """For each pair, the reports of which each figure has the first few that print it so."""
    same = [F("pair"), *(F(name) for name in _STATEMENT)]
    number = Window(RowNumber(), partition_by=same, order_by=["published", "document_id"])
    rows = models.Claim.objects.current().exclude(state="rejected").filter(pair__in=pairs)
    found: dict[str, set[int]] = defaultdict(set)
    for pair, document in rows.annotate(place=number).filter(place__lte=ALIKE).values_list("pair", "document_id"):
        found[pair].add(document)
    return found


@lru_cache(maxsize=10_000)
def _wider(pair: str) -> frozenset[str]:
    """The pairs of which this one is a part: either side with the world, or with a group that the other belongs to."""
    first, second = split_pair(pair)
    groups = {side: {name for name, own in load_flows().members.items() if side in own} for side in (first, second)}
    pairs = {(first, "WORLD"), (second, "WORLD")}
    pairs |= {(first, group) for group in groups[second]} | {(second, group) for group in groups[first]}
    return frozenset({"-".join(sorted(sides)) for sides in pairs if sides[0] != sides[1]} - {pair})


def _find_held(scopes: Mapping[str, set[int]], changed: Mapping[str, set[int]]) -> dict[int, str]:
    """The current findings on these claims that are to be made anew with a pair, and those whose claims are no more.

    A finding that names a report beyond is left: what was looked at does not tell that it no longer holds.
    """
    claims, documents = set().union(*scopes.values()), set().union(*changed.values())
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
        or any(
            own in scopes and all(claim in scopes[own] for claim, _, _ in named_rows)
            for own in {own for _, own, _ in named_rows}
        )
    }


def _values(links: QuerySet, field: str, ids: Iterable[int]) -> Iterator[int]:
    return _in_parts(links.values_list("finding_id", flat=True), field, ids)


def _write(checked: _Checked, marks: Sequence[int], made: models.Change) -> int:
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
    _set_verdicts(named | checked.judged)
    filed = _in_parts(models.Finding.objects.values_list("pair", flat=True), "pk", gone)
    sum_up({*checked.pairs, *filed, *(row.pair for row in fresh)}, made)
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


def _load_documents(ids: Iterable[int]) -> dict[int, models.Document]:
    rows = _in_parts(models.Document.objects.defer("folded"), "pk", set(ids))
    return {row.pk: row for row in rows}


def _gather(
    claims: Sequence[models.Claim], texts: Mapping[int, models.Document]
) -> tuple[dict[tuple[str, int], models.Claim], list[Reading]]:
    """Readings made of the claims, in an order that does not depend on the ledger's own; the claim at each place."""
    by_document: dict[int, list[models.Claim]] = defaultdict(list)
    for claim in claims:
        by_document[claim.document_id].append(claim)
    documents = [texts[pk] for pk in by_document]
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
    turnover = _sum_up_turnover(codes)
    rows = []
    for code in codes:
        first, second = split_pair(code)
        row = claims.get(code, {})
        rows.append(
            models.Pair(
                code=code, first=first, second=second, reports=row.get("reports", 0), claims=row.get("claims", 0),
                newest=row.get("newest"), open_commitments=deals.get(code, 0),
                contradictions=clashes.get(code, 0), changed=made.pk, **turnover[code],
            )
        )  # fmt: skip
    fields = [field.name for field in models.Pair._meta.concrete_fields if field.name not in ("id", "code")]
    models.Pair.objects.bulk_create(rows, update_conflicts=True, unique_fields=["code"], update_fields=fields)


def _sum_up_turnover(pairs: Sequence[str]) -> dict[str, dict[str, Any]]:
    """The turnover of full years in money between the two countries themselves: of several the surest, then newest."""
    dash = Value("-")
    told = (
        models.Claim.objects.current()
        .exclude(state="rejected")
        .filter(
            Q(pair=Concat("reporter", dash, "partner")) | Q(pair=Concat("partner", dash, "reporter")),
            pair__in=pairs, indicator="turnover", kind="level", modality="actual", product=None,
            period_start__month=1, period_start__day=1, period_end__month=12, period_end__day=31,
            period_start__year=F("year"), unit__regex="^[A-Z]{3}$",
        )
        .values_list("pair", "year", "unit", "value_exact")
        .annotate(surest=Max("confidence"), newest=Max("published"), claim=Min("pk"))
    )  # fmt: skip
    sums: dict[str, dict[str, Any]] = {pair: {"turnover_id": None, "yearly": {}} for pair in pairs}
    for pair, year, unit, value, _, _, claim in sorted(
        told, key=lambda row: (row[1], row[4], row[5] or dt.date.min, -row[6])
    ):
        sums[pair]["turnover_id"] = claim
        if unit == "USD":
            sums[pair]["yearly"][str(year)] = value
    return sums
