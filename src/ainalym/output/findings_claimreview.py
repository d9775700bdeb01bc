"""Findings as schema.org ClaimReview records (JSON-LD), one for each sentence that a finding speaks about.

An implied figure was claimed by nobody and has no review. A record's `url` is the page that publishes the review, as
named by the user, else the report itself.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, TextIO

import msgspec

from ainalym.model import Document, Figure, Finding, Reading

from .comparisons import make_rows
from .findings_text import name_verdict

if TYPE_CHECKING:
    from .findings import FindingStyle

# How true, from worst to best, as ClaimReview has it.
_RATINGS = {"contradicts": 1, "reports disagree": 3, "consistent": 5}
_BEST, _WORST = 5, 1
_ENDS = ".!?\n"
_LONGEST = 300  # characters of a sentence to either side of the figure


def write(findings: Sequence[Finding], readings: Sequence[Reading], out: TextIO, style: FindingStyle) -> None:
    """One JSON-LD graph."""
    documents = {reading.document.id: reading.document for reading in readings}
    graph = list(make_reviews(findings, documents, style))
    text = msgspec.json.encode({"@context": "https://schema.org", "@graph": graph})
    out.write(msgspec.json.format(text, indent=1).decode() + "\n")


def make_reviews(
    findings: Sequence[Finding], documents: dict[str, Document], style: FindingStyle
) -> Iterator[dict[str, Any]]:
    """The records; what a report does not tell (publisher, date, address) is left out."""
    for finding in findings:
        if finding.verdict not in _RATINGS:
            continue
        for figure in finding.figures:
            if figure.document in documents:
                yield _make_review(finding, figure, documents[figure.document], style)


def _make_review(finding: Finding, figure: Figure, document: Document, style: FindingStyle) -> dict[str, Any]:
    # The same finding on the same figure keeps its name, whatever else is found in another run.
    name = hashlib.sha256(f"{document.id}\0{figure.start}\0{finding.why}".encode("utf-8", "replace")).hexdigest()[:16]
    base = style.url or document.url
    claim: dict[str, Any] = {"@type": "Claim", "text": _find_sentence(document.text, figure)}
    if document.publisher:
        claim["author"] = {"@type": "Organization", "name": _mend(document.publisher)}
    if document.published:
        claim["datePublished"] = document.published.isoformat()
    if document.url:
        claim["appearance"] = {"@type": "CreativeWork", "url": document.url}
    return {
        "@type": "ClaimReview",
        "@id": f"urn:ainalym:review:{name}",
        "url": f"{base.partition('#')[0]}#{name}" if base else f"urn:ainalym:review:{name}",
        "claimReviewed": claim["text"],
        "itemReviewed": claim,
        "author": {"@type": "Organization", "name": "Ainalym"},
        "inLanguage": style.ui_lang,
        "reviewBody": _mend("\n".join((*finding.steps, finding.why, *_list_compared(finding, style.ui_lang)))),
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": _RATINGS[finding.verdict],
            "bestRating": _BEST,
            "worstRating": _WORST,
            "alternateName": name_verdict(finding, style.ui_lang),
        },
    }


def _list_compared(finding: Finding, lang: str) -> list[str]:
    """The official figures, one a line."""
    rows = make_rows(finding.comparison, lang) if finding.comparison else []
    return [" · ".join(filter(None, row)) for row in rows]


def _find_sentence(text: str, figure: Figure) -> str:
    """The words around the figure from one full stop to the next; a point inside a number ends nothing."""
    start, end = figure.start, figure.end
    while start > 0 and figure.start - start < _LONGEST and not _is_end(text, start - 1):
        start -= 1
    while end < len(text) and end - figure.end < _LONGEST and not _is_end(text, end):
        end += 1
    return _mend(" ".join(text[start : end + 1].split()))


def _is_end(text: str, place: int) -> bool:
    return text[place] in _ENDS and (place + 1 == len(text) or text[place + 1].isspace() or text[place] == "\n")


def _mend(text: str) -> str:
    return text.encode("utf-8", "replace").decode()
