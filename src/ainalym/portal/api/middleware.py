"""What every request to the API goes through: token, rate, freshness; and every error leaves it as a problem."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import unquote

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from ..freshness import answer_fresh
from .models import ApiToken
from .problems import MEDIA_TYPE, PLAIN, RETRY_SECONDS, Problem, answer_problem
from .rates import POST_COST, Rate, count_request, name_address
from .tokens import BadToken, find_token, note_use

PREFIX = "/api/"
_EXPOSED = "ETag, Last-Modified, Link, Location, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After"
_Next = Callable[[HttpRequest], HttpResponse]


class ApiMiddleware:
    """Leaves all other addresses alone."""

    def __init__(self, get_response: _Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(PREFIX):
            return self.get_response(request)
        is_head = request.method == "HEAD"
        if is_head:
            # The routes know only GET; what HEAD must leave out is left out below.
            request.method = "GET"
        response = self._answer(request)
        # Anybody's page may read what is public: nothing here depends on cookies.
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = _EXPOSED
        patch_vary_headers(response, ["Authorization", "Accept-Language"])
        if is_head:
            length = len(response.content)
            response.content = b""
            response["Content-Length"] = str(length)
        return response

    def _answer(self, request: HttpRequest) -> HttpResponse:
        if request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers:
            return _answer_preflight()
        rate: Rate | None = None
        try:
            _refuse_nonsense(request)
            rate = self._admit(request)
            response = self._find(request)
        except Problem as problem:
            response = answer_problem(request, problem)
            rate = problem.rate or rate
        except (OperationalError, InterfaceError):
            response = answer_problem(request, Problem(503, "unavailable", retry=RETRY_SECONDS))
        if rate:
            rate.write_headers(response)
        return response

    def _admit(self, request: HttpRequest) -> Rate:
        """Count the request for its token, or for its address where it has none or a bad one."""
        cost = 1 if request.method == "GET" else POST_COST
        token, why = _identify(request)
        if token:
            rate = count_request(f"t:{token.pk}", settings.API_RATE_TOKEN, cost)
        else:
            rate = count_request(name_address(request), settings.API_RATE_ANONYMOUS, cost)
        problem = Problem(429, "rate", limit=rate.limit, seconds=rate.reset) if rate.is_over else None
        if problem is None and why:
            problem = Problem(401, f"token_{why}")
        if problem:
            problem.rate = rate
            raise problem
        if token:
            note_use(token)
        request.api_token = token
        return rate

    def _find(self, request: HttpRequest) -> HttpResponse:
        """The answer, or that the caller has it already."""
        if request.method != "GET":
            response = _as_problem(request, self.get_response(request))
            response["Cache-Control"] = "no-store"
            return response
        whose = "private" if "Authorization" in request.headers else "public"
        return answer_fresh(request, lambda: _as_problem(request, self.get_response(request)), whose=whose)


def _refuse_nonsense(request: HttpRequest) -> None:
    # No database takes zero characters, and no address of ours has one.
    if "\0" in request.path or "\0" in unquote(request.META.get("QUERY_STRING", "")):
        raise Problem(400, "request")
    if request.method == "POST":
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length) > settings.API_BODY_BYTES:
            raise Problem(413, "too_large", most=settings.API_BODY_BYTES)


def _identify(request: HttpRequest) -> tuple[ApiToken | None, str]:
    """The token, or why it opens nothing: unknown, expired, revoked; neither for a caller without one."""
    header = request.headers.get("Authorization")
    if header is None:
        return None, ""
    scheme, _, text = header.strip().partition(" ")
    if scheme.lower() != "bearer":
        return None, "unknown"
    try:
        return find_token(text.strip()), ""
    except BadToken as bad:
        return None, bad.why


def _as_problem(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Django's own pages of errors, as problems."""
    if response.status_code not in PLAIN or response["Content-Type"].startswith(MEDIA_TYPE):
        return response
    problem = answer_problem(
        request, Problem(response.status_code, PLAIN[response.status_code], most=settings.API_BODY_BYTES)
    )
    for name in ("Allow", "Retry-After"):
        if name in response:
            problem[name] = response[name]
    return problem


def _answer_preflight() -> HttpResponse:
    response = HttpResponse(status=204)
    response["Access-Control-Allow-Methods"] = "GET, HEAD, POST"
    response["Access-Control-Allow-Headers"] = "Accept-Language, Authorization, Content-Type, If-None-Match"
    response["Access-Control-Max-Age"] = "86400"
    return response
