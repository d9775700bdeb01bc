"""What a route asks of the caller's token."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja.security.base import AuthBase

from .models import ApiToken
from .problems import Problem, answer_problem
from .tokens import ADD_PERMISSION


class Bearer(AuthBase):
    """A token with a scope; where `is_open`, no token will do as well. The middleware has found the token by then."""

    openapi_type = "http"
    openapi_scheme = "bearer"

    def __init__(self, scope: str, *, is_open: bool = False) -> None:
        super().__init__()
        self.scope, self.is_open = scope, is_open

    def __call__(self, request: HttpRequest) -> Any:
        token: ApiToken | None = request.api_token
        if token is None:
            if self.is_open:
                return True
            raise Problem(401, "token_missing", scope=self.scope)
        if self.scope not in token.scopes:
            raise Problem(403, "scope", scope=self.scope)
        if self.scope == "add" and token.owner and not token.owner.has_perm(ADD_PERMISSION):
            raise Problem(403, "right")
        return token


def takes_json(run: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Refuse a body of another type: for `decorate_view`, which comes before all else."""

    @wraps(run)
    def call(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.content_type != "application/json":
            return answer_problem(request, Problem(415, "media_type"))
        return run(request, *args, **kwargs)

    return call


OPEN_READ = Bearer("read", is_open=True)
OPEN_CHECK = Bearer("check", is_open=True)
ADD = Bearer("add")
