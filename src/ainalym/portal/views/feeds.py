"""Atom feeds: what came into the ledger last, overall or of one pair of countries."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html_join

from ...ledger import models
from ...output.words import clean_line
from ..context import TAGS
from ..freshness import answer_fresh
from ..names import name_sides
from ..paging import get_pair
from ..told import claim_address, name_document, report_address, with_claims
from ..words import adapt, base_lang, current_lang, say

MOST = 50
_SECONDS = 300
_HASH = re.compile(r"[0-9a-f]{32}")
_NO_XML = re.compile("[\ufffe\uffff]")
_LONG_AGO = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


class _Feed(Atom1Feed):
    """Atom whose entries say their own language, and whose day does not change while nothing else does."""

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        return {"xml:lang": item["lang"]} if item.get("lang") else {}

    def latest_post_date(self) -> dt.datetime:
        return max((item["updateddate"] for item in self.items), default=_LONG_AGO)


def reports(request: HttpRequest) -> HttpResponse:
    """New reports."""
    pair = get_pair(request)
    rows = models.Document.objects.defer("text", "folded").select_related("added").order_by("-pk")
    if pair:
        rows = rows.filter(pk__in=models.Claim.objects.current().filter(pair=pair).values("document"))
    return answer_fresh(request, lambda: _answer_reports(request, pair, rows[:MOST]), seconds=_SECONDS)


def clashes(request: HttpRequest) -> HttpResponse:
    """New contradictions."""
    pair = get_pair(request)
    rows = with_claims(models.Finding.objects.current().filter(verdict="contradicts").select_related("made"))
    rows = (rows.filter(pair=pair) if pair else rows).order_by("-pk")
    return answer_fresh(request, lambda: _answer_clashes(request, pair, rows[:MOST]), seconds=_SECONDS)


def _answer_reports(request: HttpRequest, pair: str, rows: Iterable[models.Document]) -> HttpResponse:
    feed = _make_feed(request, "reports", pair)
    for document in rows:
        feed.add_item(
            title=_line(document.title or "") or say("feeds.untitled"),
            link=request.build_absolute_uri(report_address(document)),
            description=" · ".join(
                _line(part) for part in (document.publisher, document.url, str(document.published or "")) if part
            ),
            unique_id=f"urn:ainalym:report:{document.hash}",
            pubdate=_to_moment(document.published),
            updateddate=document.added.made,
            author_name=_line(document.publisher) if document.publisher else None,
            lang="-".join(filter(None, (document.lang, document.script if document.lang == "kk" else None))),
        )
    return _write(feed)


def _answer_clashes(request: HttpRequest, pair: str, rows: Iterable[models.Finding]) -> HttpResponse:
    feed = _make_feed(request, "clashes", pair)
    for finding in rows:
        claims = list(finding.claims.all())
        names = {claim.document.hash: _line(name_document(claim.document)) for claim in claims}
        said = finding.words.get(base_lang()) or next(iter(finding.words.values()))
        steps = [_name_reports(adapt(step), names) for step in said["steps"]]
        feed.add_item(
            title=_name_reports(adapt(said["why"]), names),
            link=request.build_absolute_uri(claim_address(claims[-1]) if claims else reverse("home")),
            description=format_html_join("", "<p>{}</p>", ((step,) for step in steps)),
            # The same finding in another language is another text.
            unique_id=f"urn:ainalym:finding:{finding.key}:{current_lang()}",
            pubdate=finding.made.made,
            updateddate=finding.made.made,
        )
    return _write(feed)


def _name_reports(text: str, names: dict[str, str]) -> str:
    """A sentence of a finding with the names of reports instead of their ids."""
    return _line(_HASH.sub(lambda found: names.get(found[0], found[0]), text))


def _line(text: str) -> str:
    """One line without the characters that XML has no place for."""
    return clean_line(_NO_XML.sub(" ", text))


def _make_feed(request: HttpRequest, name: str, pair: str) -> _Feed:
    title = say(f"feeds.{name}")
    address = request.build_absolute_uri()
    return _Feed(
        title=f"{say('portal.name')}: {say('feeds.of', title=title, sides=name_sides(pair)) if pair else title}",
        link=request.build_absolute_uri(reverse("reports") if name == "reports" else reverse("home")),
        description="",
        subtitle=say(f"feeds.{name}_about"),
        language=TAGS[current_lang()],
        author_name=say("portal.name"),
        feed_url=address,
        feed_guid=address,
    )


def _to_moment(day: dt.date | None) -> dt.datetime | None:
    return dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC) if day else None


def _write(feed: _Feed) -> HttpResponse:
    response = HttpResponse(content_type="application/atom+xml; charset=utf-8")
    feed.write(response, "utf-8")
    return response
