"""What pages say of themselves to other programs: schema.org for a report and the ledger, DCAT for the catalogue.

A page writes `<script type="application/ld+json">{{ data }}</script>` with what `to_script` gives: a block of data that
no browser runs, so that it needs no exception from the content security policy.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from ..ledger import models
from .context import TAGS
from .freshness import Freshness
from .told import report_address
from .words import UI_LANGS, current_lang, say

_RIGHTS = "http://publications.europa.eu/resource/authority/access-right/PUBLIC"
_FILE_TYPES = "http://publications.europa.eu/resource/authority/file-type/"
_DCAT = {
    "dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/", "foaf": "http://xmlns.com/foaf/0.1/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}  # fmt: skip


def to_script(graph: Iterable[dict[str, Any]]) -> SafeString:
    """Things of schema.org as the content of a script element. Whatever a report says, it cannot end the element."""
    things = [{name: value for name, value in thing.items() if value not in (None, "", [])} for thing in graph]
    text = json.dumps({"@context": "https://schema.org", "@graph": things}, ensure_ascii=False)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return mark_safe(text)  # noqa: S308 - see above


def describe_report(request: HttpRequest, document: models.Document) -> dict[str, Any]:
    """A report as schema.org's Report; its address is that of our page, `isBasedOn` that of the publisher's."""
    return {
        "@type": "Report",
        "url": request.build_absolute_uri(report_address(document)),
        "identifier": document.hash,
        "headline": document.title,
        "inLanguage": "-".join(filter(None, (document.lang, document.script if document.lang == "kk" else None))),
        "datePublished": document.published.isoformat() if document.published else None,
        "publisher": {"@type": "Organization", "name": document.publisher} if document.publisher else None,
        "isBasedOn": document.url,
    }


def describe_ledger(request: HttpRequest, fresh: Freshness) -> dict[str, Any]:
    """The ledger as schema.org's Dataset in its catalogue, with the ways to get it."""
    return {
        "@type": "Dataset",
        "@id": request.build_absolute_uri(reverse("catalogue")) + "#ledger",
        "name": say("data.catalogue_title"),
        "description": say("api.lead"),
        "url": request.build_absolute_uri(reverse("data")),
        "inLanguage": TAGS[current_lang()],
        "dateModified": fresh.changed.isoformat() if fresh.changed else None,
        "isAccessibleForFree": True,
        "license": settings.DATA_LICENCE,
        "creator": {"@type": "Organization", "name": say("portal.name")},
        "includedInDataCatalog": {
            "@type": "DataCatalog", "name": say("data.title"), "url": request.build_absolute_uri(reverse("data"))
        },
        "distribution": [
            {"@type": "DataDownload", "name": name, "contentUrl": address, "encodingFormat": kind}
            for name, address, kind, _ in _list_ways(request)
        ],
    }  # fmt: skip


def _list_ways(request: HttpRequest) -> list[tuple[str, str, str, str]]:
    """Each way to get the ledger: its name, address, media type, and the EU's name of the format."""
    atom = "application/atom+xml"
    ways = (
        ("data.distribution_api", "/api/v1/claims", "application/json", "JSON"),
        ("data.distribution_reports", reverse("feed_reports"), atom, "ATOM"),
        ("data.distribution_clashes", reverse("feed_clashes"), atom, "ATOM"),
    )
    return [(say(key), request.build_absolute_uri(address), kind, form) for key, address, kind, form in ways]


def make_catalogue(request: HttpRequest, fresh: Freshness) -> dict[str, Any]:
    """The catalogue of this installation's own data (DCAT-AP 3), in all languages."""
    page = request.build_absolute_uri(reverse("data"))
    name = request.build_absolute_uri(reverse("catalogue"))
    changed = {"@value": fresh.changed.isoformat(), "@type": "xsd:dateTime"} if fresh.changed else None
    common: dict[str, Any] = {"dct:title": _in_all("data.catalogue_title"), "dct:description": _in_all("api.lead")}
    common |= {"dct:publisher": {"@type": "foaf:Agent", "foaf:name": _in_all("portal.name")}}
    common |= {"dct:modified": changed} if changed else {}
    dataset = {
        "@id": f"{name}#ledger",
        "@type": "dcat:Dataset",
        **common,
        "dct:identifier": "ledger",
        "dct:accessRights": {"@id": _RIGHTS},
        "dcat:landingPage": {"@id": page},
        "dcat:theme": [{"@id": "http://publications.europa.eu/resource/authority/data-theme/ECON"}],
        "dcat:distribution": [_make_distribution(name, way) for way in _list_ways(request)],
    }
    service = {
        "@id": f"{name}#api",
        "@type": "dcat:DataService",
        "dct:title": _in_all("data.distribution_api"),
        "dcat:endpointURL": {"@id": request.build_absolute_uri("/api/v1/")},
        "dcat:endpointDescription": {"@id": request.build_absolute_uri(reverse("api:openapi-json"))},
        "dcat:servesDataset": {"@id": f"{name}#ledger"},
    }
    return {
        "@context": _DCAT, "@id": name, "@type": "dcat:Catalog", **common, "foaf:homepage": {"@id": page},
        "dcat:dataset": [dataset], "dcat:service": [service],
    }  # fmt: skip


def _make_distribution(catalogue: str, way: tuple[str, str, str, str]) -> dict[str, Any]:
    name, address, kind, form = way
    found: dict[str, Any] = {
        "@type": "dcat:Distribution",
        "dct:title": {"@value": name, "@language": TAGS[current_lang()]},
        "dcat:accessURL": {"@id": address},
        "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{kind}"},
        "dct:format": {"@id": _FILE_TYPES + form},
    }
    if form == "JSON":
        found["dcat:accessService"] = {"@id": f"{catalogue}#api"}
    return found | ({"dct:license": {"@id": settings.DATA_LICENCE}} if settings.DATA_LICENCE else {})


def _in_all(key: str) -> list[dict[str, str]]:
    """A text of ours in every language."""
    return [{"@value": say(key, lang=lang), "@language": TAGS[lang]} for lang in UI_LANGS]
