"""The description of the API: what ninja writes, made whole with words, examples and errors."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from ..words import load_words, say
from .problems import MEDIA_TYPE
from .schemas import ProblemSchema

_PROBLEM = {"$ref": "#/components/schemas/Problem"}


def describe(schema: dict[str, Any]) -> dict[str, Any]:
    """The same description with the words of `messages/api.en.toml`; ninja makes it anew at every call."""
    words = load_words("en")
    schema["info"]["description"] = words["api.lead"]
    if settings.DATA_LICENCE:
        schema["info"]["license"] = {"name": settings.DATA_LICENCE, "url": settings.DATA_LICENCE}
    schema["servers"] = [{"url": "/"}]
    schemas = schema["components"]["schemas"]
    schemas["Problem"] = ProblemSchema.model_json_schema()
    for path in schema["paths"].values():
        for operation in path.values():
            _describe_operation(operation, words)
    return schema


def _describe_operation(operation: dict[str, Any], words: dict[str, str]) -> None:
    name = operation["operationId"]
    operation["summary"] = words[f"api.op_{name}"]
    for parameter in operation["parameters"]:
        parameter["description"] = say_parameter(parameter["name"], "en")
        parameter["schema"] = _without_null(parameter["schema"])
        # A list of examples is JSON Schema's way; of a parameter there is one.
        parameter.pop("examples", None)
        if examples := parameter["schema"].pop("examples", None):
            parameter["example"] = examples[0]
    responses = operation["responses"]
    for response in responses.values():
        response.setdefault("headers", {})
    responses["default"] = {
        "description": words["api.problem"],
        "content": {MEDIA_TYPE: {"schema": _PROBLEM}},
    }
    if operation.get("security") and name != "add_document":
        operation["security"] = [{}, *operation["security"]]


def say_parameter(name: str, lang: str | None = None) -> str:
    """What a parameter means."""
    return say(f"api.param_{name}", lang=lang)


def _without_null(schema: dict[str, Any]) -> dict[str, Any]:
    """An address has no null: a parameter is there or not."""
    kinds = [kind for kind in schema.get("anyOf", ()) if kind.get("type") != "null"]
    if len(kinds) != 1:
        return schema
    return {**{key: value for key, value in schema.items() if key not in ("anyOf", "default")}, **kinds[0]}
