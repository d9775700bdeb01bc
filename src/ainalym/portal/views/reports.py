"""All reports, and one report with what was read in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.core.cache import cache
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Length, Substr
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString

from ...ledger import models
from ...ledger.records import to_claim, to_commitment, to_document
from ...model import Figure, Finding
from ...output.findings import FindingStyle
from ...output.findings_claimreview import make_reviews
from .. import paging
from ..jsonld import describe_report, to_script
from ..marked import Entry, Numbered, make_entry, mark
from ..names import name_sides
from ..told import PAGE, Told, tell_row, with_claims
from ..words import base_lang

_LIST_SIZE = 25
_MOST_ROWS = 50  # of meetings, sightings, corrections, findings in a page's data
_MOST_FINDINGS = 300  # looked at for one page of a text
_SLACK = 1_000
# Languages as reports have them; Kazakh by its letters too.
LANGS = ("kk", "kk-Cyrl", "kk-Latn", "kk-Arab", "ru", "en")


# The list.


def reports(request: HttpRequest) -> HttpResponse:
    """The newest reports, by partners, publisher and language."""
    pair = paging.get_pair(request)
    lang = paging.get_choice(request, "lang", LANGS)
    publisher = paging.get_words(request, "publisher", 300)
    rows = models.Document.objects.defer("text", "folded")
    if pair:
        rows = rows.filter(pk__in=models.Claim.objects.current().filter(pair=pair).values("document"))
    rows = in_language(rows, lang)
    if publisher:
        rows = rows.filter(publisher=publisher)
    sheet = paging.take_newest(request, rows, _LIST_SIZE)
    add_counts(sheet.rows)
    return render(
        request,
        "portal/reports.html",
        {
            "sheet": sheet, "pairs": pair_choices(pair), "publishers": publisher_choices(), "langs": LANGS,
            "pair": pair, "chosen_lang": lang, "publisher": publisher,
        },
    )  # fmt: skip


def find_newest(count: int) -> list[models.Document]:
    """The newest reports with their counts; those without a day come behind all others."""
    rows = models.Document.objects.defer("text", "folded")
    found = list(rows.filter(published__isnull=False).order_by("-published", "-id")[:count])
    if len(found) < count:
        found += rows.filter(published=None).order_by("-id")[: count - len(found)]
    add_counts(found)
    return found


def in_language(rows: QuerySet[models.Document], lang: str) -> QuerySet[models.Document]:
    """The reports in a language, or in one of its scripts."""
    code, _, script = lang.partition("-")
    if code:
        rows = rows.filter(lang=code)
    return rows.filter(script=script) if script else rows


def add_counts(documents: Sequence[models.Document]) -> None:
    """Give each document `claim_count` and `clash_count`."""
    counted = (
        models.Claim.objects.current()
        .filter(document__in=[document.pk for document in documents])
        .values("document")
        .annotate(claims=Count("pk"), clashes=Count("pk", filter=Q(verdict="contradicts")))
    )
    by_document = {row["document"]: row for row in counted}
    for document in documents:
        row = by_document.get(document.pk, {})
        document.claim_count, document.clash_count = row.get("claims", 0), row.get("clashes", 0)


def pair_choices(chosen: str) -> list[tuple[str, str]]:
    """Codes and names of the pairs that the ledger holds reports on, by name."""
    codes = set(models.Pair.objects.filter(reports__gt=0).order_by("-reports").values_list("code", flat=True)[:500])
    return sorted(((code, name_sides(code)) for code in codes | ({chosen} - {""})), key=lambda item: item[1])


def publisher_choices() -> list[str]:
    """Publishers by name; looked up every few minutes, for there is no short way to list them."""
    known: list[str] | None = cache.get("publishers")
    if known is None:
        rows = models.Document.objects.exclude(publisher=None).order_by("publisher")
        known = list(rows.values_list("publisher", flat=True).distinct()[:500])
        cache.set("publishers", known, 300)
    return known


# One report.


class Window(NamedTuple):
    """The stretch of a text that one page shows."""

    start: int
    text: str
    page: int
    pages: int
    length: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def report(request: HttpRequest, name: str) -> HttpResponse:
    """The text with its marks, what was read beside it, where it was seen, and how its reading changed."""
    document, window = _find_window(name, paging.get_number(request, "page", 1_000_000))
    reading = models.Reading.objects.current().filter(document=document).select_related("made").first()
    held = {"document": document, "start__lt": window.end, "end__gt": window.start}
    claims = list(models.Claim.objects.current().filter(**held).order_by("number"))
    deals = list(models.Commitment.objects.current().filter(**held).order_by("number"))
    mentions = models.Mention.objects.current().filter(document=document).select_related("person").order_by("start")
    people = [
        Numbered(number, row)
        for number, row in enumerate(mentions, 1)
        if row.start < window.end and row.end > window.start
    ]
    findings = _findings_of(claims)
    standing = [claim for claim in claims if claim.state != "rejected"]
    spans = [
        *((f"c{claim.number + 1}", claim.start, claim.end) for claim in standing),
        *((f"k{deal.number + 1}", deal.start, deal.end) for deal in deals),
        *((f"p{number}", row.start, row.end) for number, row in people),
    ]
    meetings = models.Meeting.objects.current().filter(document=document).order_by("number")
    return render(
        request,
        "portal/report.html",
        {
            "document": document, "window": window, "text": mark(window.text, spans, offset=window.start),
            "entries": _make_entries(standing, findings),
            "deals": [Numbered(deal.number + 1, to_commitment(deal)) for deal in deals], "people": people,
            "reading": reading,
            "meetings": meetings[:_MOST_ROWS],
            "sightings": document.sightings.select_related("added").order_by("pk")[:_MOST_ROWS],
            "earlier": _earlier(document), "corrections": _corrections(document), "moves": _moves(document),
            "data": _make_data(request, document, window, findings),
        },
    )  # fmt: skip


def _find_window(name: str, page: int) -> tuple[models.Document, Window]:
    """A long text is cut into pages at the ends of lines, and only the page is taken from the database."""
    number = page - 1
    first = max(0, number * PAGE - _SLACK)
    rows = models.Document.objects.defer("text", "folded").select_related("added")
    wanted = (number + 1) * PAGE + _SLACK - first
    document = rows.annotate(length=Length("text"), part=Substr("text", first + 1, wanted)).filter(hash=name).first()
    if document is None:
        raise Http404
    pages = max(1, -(-document.length // PAGE))
    if number >= pages:
        raise Http404
    part = document.part
    stop = _cut(part, len(part) - _SLACK) if number < pages - 1 else len(part)
    start = _cut_before(part, number * PAGE - first) if number else 0
    return document, Window(first + start, part[start:stop], number + 1, pages, document.length)


def _cut(text: str, place: int) -> int:
    """The end of the line at this place, else of the word, else the place itself."""
    for sign in ("\n", " "):
        found = text.find(sign, place)
        if found >= 0:
            return found
    return place


def _cut_before(text: str, place: int) -> int:
    """Where the line that goes on at this place begins, else the word, else the place itself."""
    return text.rfind("\n", 0, place) + 1 or text.rfind(" ", 0, place) + 1 or place


def _findings_of(claims: Sequence[models.Claim]) -> list[models.Finding]:
    """The current findings that name one of the claims, the newest first."""
    found = models.Finding.objects.current().filter(claims__in=[claim.pk for claim in claims]).distinct()
    return list(with_claims(found).order_by("-id")[:_MOST_FINDINGS])


def _make_entries(claims: Iterable[models.Claim], findings: Iterable[models.Finding]) -> list[Entry]:
    by_claim: dict[int, list[Told]] = defaultdict(list)
    for finding in findings:
        told = tell_row(finding)
        for claim in finding.claims.all():
            by_claim[claim.pk].append(told)
    return [
        make_entry(claim.number + 1, to_claim(claim), by_claim[claim.pk], state=claim.state, pk=claim.pk)
        for claim in claims
    ]  # fmt: skip


def _earlier(document: models.Document) -> QuerySet[models.Reading]:
    """Readings that a newer reader took the place of."""
    old = models.Reading.objects.filter(document=document, ended__isnull=False)
    return old.select_related("made", "ended").annotate(count=Count("claims")).order_by("-pk")[:_MOST_ROWS]


def _corrections(document: models.Document) -> QuerySet[models.Claim]:
    """Claims that a person accepted, corrected or rejected, with what they replaced; the last one first."""
    rows = models.Claim.objects.filter(document=document, replaces__isnull=False)
    return rows.select_related("made", "replaces").order_by("-pk")[:_MOST_ROWS]


def _moves(document: models.Document) -> QuerySet[models.Commitment]:
    """Commitments that a person moved to another status; the last one first."""
    rows = models.Commitment.objects.filter(document=document, replaces__isnull=False)
    return rows.select_related("made", "replaces").order_by("-pk")[:_MOST_ROWS]


def _make_data(
    request: HttpRequest, document: models.Document, window: Window, findings: Iterable[models.Finding]
) -> SafeString:
    """The report, and a review for each figure of it that is contradicted, as schema.org JSON-LD."""
    about = describe_report(request, document)
    return to_script([about, *_make_reviews(about["url"], document, window, findings)])


def _make_reviews(
    url: str, document: models.Document, window: Window, findings: Iterable[models.Finding]
) -> list[dict[str, Any]]:
    clashes = [finding for finding in findings if finding.verdict == "contradicts"][:_MOST_ROWS]
    if not clashes:
        return []
    # The stretch stands where it does in the whole text, so that offsets and the reviews' names are those of exports.
    document.text = " " * window.start + window.text
    record = to_document(document)
    told = [_to_finding(finding, document, window) for finding in clashes]
    return list(make_reviews(told, {record.id: record}, FindingStyle(ui_lang=base_lang(), url=url)))


def _to_finding(row: models.Finding, document: models.Document, window: Window) -> Finding:
    said = row.words.get(base_lang()) or next(iter(row.words.values()))
    figures = tuple(
        Figure(document.hash, claim.start, claim.end, claim.quote, claim.number)
        for claim in row.claims.all()
        if claim.document_id == document.pk and window.start <= claim.start and claim.end <= window.end
    )
    return Finding(row.verdict, row.severity, said["why"], tuple(said["steps"]), figures)
