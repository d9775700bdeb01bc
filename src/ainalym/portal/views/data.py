"""What can be taken away, and how: the API as its own description tells it, feeds, terms."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from ..api.openapi import say_parameter
from ..api.problems import PLAIN
from ..api.service import api
from ..freshness import find_freshness
from ..jsonld import describe_ledger, to_script
from ..words import say

_ROOT = "/api/v1"
_ERRORS = sorted({*PLAIN, 401, 403, 415, 429})
_RESOURCES = ("documents", "claims", "findings", "pairs", "meetings", "commitments", "people", "search", "check")


class Parameter(NamedTuple):
    """A parameter of an address or a field of a body."""

    name: str
    values: str
    required: bool


class Operation(NamedTuple):
    """An address of the API."""

    name: str
    method: str
    path: str
    parameters: tuple[Parameter, ...]
    fields: tuple[Parameter, ...]


def data(request: HttpRequest) -> HttpResponse:
    """Data and API."""
    groups = [
        {
            "name": tag,
            "operations": [
                {
                    "it": operation,
                    "gives": say(f"api.op_{operation.name}"),
                    "parameters": [(item, say_parameter(item.name)) for item in operation.parameters],
                }
                for operation in operations
            ],
        }
        for tag, operations in _list_operations().items()
    ]
    root = request.build_absolute_uri("/").rstrip("/")
    return render(
        request,
        "portal/data.html",
        {
            "groups": groups, "root": root, "address": root + _ROOT, "errors": _ERRORS,
            "anonymous": settings.API_RATE_ANONYMOUS, "with_token": settings.API_RATE_TOKEN,
            "licence": settings.DATA_LICENCE,
            "openapi": reverse("api:openapi-json"),
            "described": to_script([describe_ledger(request, find_freshness(request))]),
        },
    )  # fmt: skip


@cache
def _list_operations() -> dict[str, list[Operation]]:
    """The operations by resource; what writes comes after what reads."""
    schema = api.get_openapi_schema(path_prefix=f"{_ROOT}/")
    found: dict[str, list[Operation]] = {tag: [] for tag in _RESOURCES}
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            parameters = tuple(
                Parameter(item["name"], _tell_values(item["schema"]), item["required"])
                for item in operation["parameters"]
            )
            found[operation["tags"][0]].append(
                Operation(operation["operationId"], method.upper(), path, parameters, _find_fields(operation, schema))
            )
    return {tag: sorted(own, key=lambda item: (item.path, item.method)) for tag, own in found.items()}


def _find_fields(operation: dict[str, Any], schema: dict[str, Any]) -> tuple[Parameter, ...]:
    if "requestBody" not in operation:
        return ()
    name = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
    body = schema["components"]["schemas"][name]
    return tuple(
        Parameter(field, _tell_values(kind), field in body["required"]) for field, kind in body["properties"].items()
    )


def _tell_values(schema: dict[str, Any]) -> str:
    """The values of a parameter in the signs of programs: what is in `code` needs no translation."""
    schema = schema.get("items", schema)
    known = [kind for kind in schema.get("anyOf", ()) if kind.get("type") != "null"]
    values = [*schema.get("enum", ()), *(value for kind in known for value in kind.get("enum", ()))]
    values += [schema["const"]] if "const" in schema else []
    values += [kind["const"] for kind in known if "const" in kind]
    if values:
        return " | ".join(map(str, values))
    if "minimum" in schema and "maximum" in schema and schema["maximum"] < 10**9:
        return f"{schema['minimum']}…{schema['maximum']}"
    formats = [kind["format"] for kind in (schema, *known) if "format" in kind]
    if formats:
        return " | ".join({"date": "2024-01-31", "date-time": "2024-01-31T12:00:00Z"}.get(f, f) for f in formats)
    return str(next((kind["type"] for kind in (schema, *known) if "type" in kind), ""))
