"""`/api/v1`: the routers of all resources, exact numbers, errors as problems, and the description of it all."""

from __future__ import annotations

from typing import Any

import msgspec
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.renderers import BaseRenderer

from ... import __version__
from .access import OPEN_READ
from .openapi import describe
from .problems import PLAIN, RETRY_SECONDS, Problem, answer_problem, tell_errors
from .routes import check, claims, commitments, documents, findings, meetings, pairs, people, search


class ExactRenderer(BaseRenderer):
    """JSON whose numbers keep all their digits."""

    media_type = "application/json"
    _encoder = msgspec.json.Encoder(decimal_format="number")

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        """UTF-8 without a byte order mark."""
        return self._encoder.encode(data)


class LedgerAPI(NinjaAPI):
    """Ninja with our own description of the API."""

    def get_openapi_schema(self, *args: Any, **kwargs: Any) -> Any:
        """OpenAPI 3.1."""
        return describe(super().get_openapi_schema(*args, **kwargs))


api = LedgerAPI(
    title="Ainalym", version=__version__, urls_namespace="api", docs_url=None, renderer=ExactRenderer(), auth=OPEN_READ
)
for prefix, module in {
    "/documents": documents,
    "/claims": claims,
    "/meetings": meetings,
    "/commitments": commitments,
    "/people": people,
    "/findings": findings,
    "/pairs": pairs,
    "/search": search,
    "/check": check,
}.items():
    api.add_router(prefix, module.router)


@api.exception_handler(Problem)
def on_problem(request: HttpRequest, problem: Problem) -> HttpResponse:
    """Ours."""
    return answer_problem(request, problem)


@api.exception_handler(ValidationError)
def on_invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Parameters and bodies that do not fit."""
    if any(item.get("loc", ("",))[0] == "path" for item in error.errors):
        # What cannot be an id is the id of nothing.
        return answer_problem(request, Problem(404, "not_found"))
    return answer_problem(request, Problem(400, "invalid", errors=tell_errors(error.errors)))


@api.exception_handler(HttpError)
def on_refused(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Ninja's own: a body that is no JSON."""
    return answer_problem(request, Problem(error.status_code, PLAIN.get(error.status_code, "request")))


@api.exception_handler(OperationalError)
@api.exception_handler(InterfaceError)
def on_database(request: HttpRequest, error: Exception) -> HttpResponse:
    """A database that is locked or gone."""
    return answer_problem(request, Problem(503, "unavailable", retry=RETRY_SECONDS))


@api.exception_handler(Http404)
def on_missing(request: HttpRequest, error: Http404) -> HttpResponse:
    """An address that leads nowhere."""
    return answer_problem(request, Problem(404, "not_found"))
