"""The catalogue: every load as a DCAT-AP 3 dataset in JSON-LD, with licence, vintage, coverage, columns and quality."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from .records import Manifest, Reexport
from .views import FACT

CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "dqv": "http://www.w3.org/ns/dqv#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "oa": "http://www.w3.org/ns/oa#",
    "csvw": "http://www.w3.org/ns/csvw#",
    "adms": "http://www.w3.org/ns/adms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_FILE_TYPES = "http://publications.europa.eu/resource/authority/file-type/"
_RIGHTS = "http://publications.europa.eu/resource/authority/access-right/"
_ACCESS: dict[Reexport, str] = {"yes": "PUBLIC", "attribution": "PUBLIC", "unstated": "RESTRICTED", "no": "RESTRICTED"}
_PASSING_ON: dict[Reexport, str] = {
    "yes": "may be passed on", "attribution": "may be passed on with the source named",
    "unstated": "no licence is named: ask before passing on", "no": "may not be passed on",
}  # fmt: skip


def make_catalogue(manifests: Sequence[Manifest]) -> dict[str, Any]:
    """The catalogue as a JSON-LD document."""
    return {
        "@context": CONTEXT,
        "@id": "urn:ainalym:catalogue",
        "@type": "dcat:Catalog",
        "dct:title": {"@value": "Official trade statistics in this store", "@language": "en"},
        "dct:description": {"@value": "Dated vintages of trade by partner as loaded by Ainalym", "@language": "en"},
        "dct:publisher": _make_agent("The keeper of this store", ""),
        "dct:modified": _date(max((m.loaded.date() for m in manifests), default=dt.date(2026, 1, 1))),
        "dcat:dataset": [make_dataset(m) for m in manifests],
    }


def make_dataset(m: Manifest) -> dict[str, Any]:
    """One load."""
    d = m.declaration
    years = sorted({year for _, _, year in m.coverage})
    reporters = sorted({area for area, _, _ in m.coverage if area != "*"})
    return {
        "@id": f"urn:ainalym:load:{m.id}",
        "@type": "dcat:Dataset",
        "dct:identifier": m.id,
        "dct:title": {"@value": d.title, "@language": "en"},
        "dct:description": {"@value": " ".join([d.title + ".", *d.notes]), "@language": "en"},
        "dct:publisher": _make_agent(d.publisher, d.homepage),
        "dct:issued": _date(m.vintage),
        "dct:modified": _date(m.loaded.date()),
        "dcat:version": f"{m.vintage}",
        "adms:versionNotes": {"@value": m.vintage_note, "@language": "en"},
        "dct:accessRights": {"@id": _RIGHTS + _ACCESS[m.reexport]},
        "dcat:landingPage": {"@id": d.homepage} if d.homepage else [],
        "dct:temporal": {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": _date(dt.date(years[0], 1, 1)),
            "dcat:endDate": _date(dt.date(years[-1], 12, 31)),
        },
        "dct:spatial": [{"@type": "dct:Location", "dct:identifier": code} for code in reporters],
        "dcat:distribution": [_make_distribution(m)],
        "dqv:hasQualityAnnotation": [
            {"@type": "dqv:QualityAnnotation", "oa:hasBody": {"@value": note, "@language": "en"}}
            for note in [*_make_control_notes(m), *d.notes, *m.notes]
        ],
    }  # fmt: skip


def _make_control_notes(m: Manifest) -> list[str]:
    if not m.controls:
        return ["The publication prints no sums to check against."]
    closing = sum(control.closes for control in m.controls)
    return [f"{closing} of {len(m.controls)} printed sums close."]


def _make_distribution(m: Manifest) -> dict[str, Any]:
    d = m.declaration
    licence = {"@id": d.licence_url} if d.licence_url else {"@type": "dct:LicenseDocument", "dct:title": d.licence}
    return {
        "@id": f"urn:ainalym:load:{m.id}:parquet",
        "@type": "dcat:Distribution",
        "dcat:accessURL": {"@id": d.homepage or f"urn:ainalym:load:{m.id}"},
        "dct:format": {"@id": _FILE_TYPES + "PARQUET"},
        "dct:license": licence,
        "dct:rights": {"@type": "dct:RightsStatement", "dct:title": _PASSING_ON[m.reexport]},
        "csvw:tableSchema": {
            "csvw:column": [{"csvw:name": name, "csvw:datatype": kind} for name, kind in FACT.items()],
        },
    }


def _make_agent(name: str, homepage: str) -> dict[str, Any]:
    agent: dict[str, Any] = {"@type": "foaf:Agent", "foaf:name": name}
    return agent | ({"foaf:homepage": {"@id": homepage}} if homepage else {})


def _date(day: dt.date) -> dict[str, str]:
    return {"@value": day.isoformat(), "@type": "xsd:date"}
