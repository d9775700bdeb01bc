"""Errors as RFC 9457 has them (application/problem+json), in the caller's language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from http import HTTPStatus
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ..context import TAGS
from ..words import current_lang, load_words, say
from .rates import Rate

MEDIA_TYPE = "application/problem+json"
RETRY_SECONDS = 30
# What pydantic calls an error, and our words for it; anything else is "not a value that can be used here".
_WORDS = (
    ("missing", "missing"),
    ("unknown_parameter", "unknown_parameter"),
    ("bad_value", "value"),
    ("literal_error|enum", "choice"),
    (".*too_long", "too_long"),
    (".*too_short", "too_short"),
    ("greater_than.*|less_than.*", "range"),
    ("int_.*|float_.*|decimal_.*|finite_number", "number"),
    ("date_.*|datetime_.*|date_from.*|timezone_.*", "date"),
    ("string_pattern_mismatch", "pattern"),
    ("extra_forbidden", "unknown_field"),
    ("json_.*|dict_type|model_.*", "object"),
)  # fmt: skip


class Problem(Exception):
    """Anything the API refuses. `slug` names the words `api.problem_SLUG`; `values` are put into them."""

    def __init__(
        self, status: int, slug: str, *, errors: Sequence[dict[str, str]] = (), retry: int | None = None, **values: Any
    ) -> None:
        super().__init__(status, slug)
        self.status, self.slug, self.errors, self.retry, self.values = status, slug, errors, retry, values
        # Where the caller stands, when that is what was refused.
        self.rate: Rate | None = None


def answer_problem(request: HttpRequest, problem: Problem) -> HttpResponse:
    """The response of a problem."""
    lang = current_lang()
    body: dict[str, Any] = {
        "type": request.build_absolute_uri(f"{_find_data_page()}#problem-{problem.status}"),
        "title": say(f"api_status.{problem.status}"),
        "status": problem.status,
        "detail": say(f"api.problem_{problem.slug}", **problem.values),
        "instance": request.path,
    }
    if problem.errors:
        body["errors"] = problem.errors
    response = HttpResponse(msgspec.json.encode(body), status=problem.status, content_type=MEDIA_TYPE)
    response["Content-Language"] = TAGS[lang]
    response["Cache-Control"] = "no-store"
    if problem.status == HTTPStatus.UNAUTHORIZED:
        response["WWW-Authenticate"] = 'Bearer realm="ainalym"'
    if problem.retry is not None:
        response["Retry-After"] = str(problem.retry)
    return response


def _find_data_page() -> str:
    address: str = reverse("data")
    return address


# Responses of Django itself that become problems: status to words.
PLAIN = {400: "request", 404: "not_found", 405: "method", 413: "too_large", 500: "internal", 503: "unavailable"}


def tell_errors(errors: Iterable[dict[str, Any]]) -> list[dict[str, str]]:
    """What is wrong with each parameter or field, from pydantic's errors."""
    return [_tell_error(error) for error in errors][:50]


def _tell_error(error: dict[str, Any]) -> dict[str, str]:
    where, *path = [str(part) for part in error.get("loc", ())] or ["body"]
    word = next((word for kind, word in _WORDS if re.fullmatch(kind, str(error.get("type", "")))), "value")
    values = {key: _cut(value) for key, value in (error.get("ctx") or {}).items()}
    values |= {"low": values.get("ge", values.get("gt", "")), "high": values.get("le", values.get("lt", ""))}
    if "expected" in values:
        values["expected"] = values["expected"].replace("'", "").replace(" or ", ", ")
    text = load_words(current_lang())[f"api.error_{word}"].format_map(_Lenient(values))
    if word == "unknown_parameter":
        return {"parameter": values["name"], "detail": text}
    # The name of our own argument is nothing that a caller knows.
    if path[:1] == ["filters"] and len(path) > 1:
        path = path[1:]
    if where == "body":
        return {"pointer": "".join(f"/{part}" for part in path[1:]), "detail": text}
    return {"parameter": path[0] if path else where, "detail": text}


class _Lenient(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""


def _cut(value: Any) -> str:
    return str(value)[:200]
