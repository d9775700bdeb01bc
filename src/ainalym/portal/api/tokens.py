"""Making, finding and revoking tokens: `ain_PREFIX_SECRET`."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Iterable
from typing import Any

from django.db import OperationalError
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from ...ledger.changes import change
from .models import SCOPES, ApiToken

MARK = "ain"
ADD_PERMISSION = "ledger.add_document"
MOST_PER_OWNER = 20
_NOBODY = hashlib.sha256(b"").hexdigest()


class BadToken(Exception):
    """A token that opens nothing; `why` is unknown, expired or revoked."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def allowed_scopes(owner: Any) -> tuple[str, ...]:
    """What a user's tokens may do: additions only by those who may add reports."""
    may_add = owner is None or owner.has_perm(ADD_PERMISSION)
    return SCOPES if may_add else tuple(scope for scope in SCOPES if scope != "add")


def make_token(
    name: str, *, owner: Any = None, scopes: Iterable[str] = ("read", "check"), days: int | None = 365
) -> tuple[ApiToken, str]:
    """A new token and its secret, which cannot be had again."""
    wanted = tuple(scope for scope in SCOPES if scope in set(scopes))
    if not set(wanted) <= set(allowed_scopes(owner)):
        raise PermissionError("add")
    prefix, secret = secrets.token_hex(4), secrets.token_urlsafe(32)
    with change("account", user=owner, reason=f"token {prefix} made: {name} ({', '.join(wanted)})"):
        token = ApiToken.objects.create(
            prefix=prefix, hash=_hash(secret), name=name, owner=owner, scopes=list(wanted),
            expires=timezone.now() + dt.timedelta(days=days) if days else None,
        )  # fmt: skip
    return token, f"{MARK}_{prefix}_{secret}"


def find_token(text: str) -> ApiToken:
    """The token that a program shows; raises BadToken. As long for an unknown one as for a wrong secret."""
    mark, _, rest = text.partition("_")
    prefix, _, secret = rest.partition("_")
    found = mark == MARK and len(prefix) <= 12 and len(text) <= 200 and prefix.isascii() and prefix.isalnum()
    token = ApiToken.objects.select_related("owner").filter(prefix=prefix).first() if found else None
    if not constant_time_compare(_hash(secret), token.hash if token else _NOBODY) or token is None:
        raise BadToken("unknown")
    if token.revoked or (token.owner and not token.owner.is_active):
        raise BadToken("revoked")
    if token.has_expired:
        raise BadToken("expired")
    return token


def note_use(token: ApiToken) -> None:
    """Keep when it was last used. That may fail where the database is busy: the next request notes it."""
    if token.is_idle:
        try:
            ApiToken.objects.filter(pk=token.pk).update(last_used=timezone.now())
        except OperationalError:
            return


def count_live(owner: Any) -> int:
    """How many tokens of a user open something."""
    now = timezone.now()
    live = ApiToken.objects.filter(Q(expires=None) | Q(expires__gt=now), owner=owner, revoked=None)
    return int(live.count())


def revoke_token(token: ApiToken, *, user: Any = None) -> None:
    """From now on it opens nothing; it stays in the list."""
    with change("account", user=user, reason=f"token {token.prefix} revoked: {token.name}"):
        ApiToken.objects.filter(pk=token.pk, revoked=None).update(revoked=timezone.now())


def _hash(secret: str) -> str:
    # 256 random bits need no slow hash: there is no dictionary to try.
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
