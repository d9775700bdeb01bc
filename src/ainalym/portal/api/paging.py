"""Lists page by page: each begins behind the last row of the one before, so that none is lost, doubled or slow.

A cursor is the last row's value and number. Rows without a value (reports without a day) come last.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
from typing import Any, NamedTuple

import msgspec
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse

from .problems import Problem

_LARGEST = 2**63 - 1


class Cursor(NamedTuple):
    """Behind which row a page begins, in which order."""

    sort: str
    value: str | int | None
    pk: int


def take_page(
    request: HttpRequest, response: HttpResponse, rows: QuerySet[Any], *, sort: str, cursor: str | None, limit: int
) -> tuple[list[Any], str | None]:
    """The rows of one page (dicts with `id` and the column sorted by), and the address of the next."""
    after = _read_cursor(cursor, sort) if cursor else None
    found = _take(rows, sort, after, limit + 1)
    if len(found) <= limit:
        return found, None
    last = found[limit - 1]
    column = sort.lstrip("-")
    value = last["id"] if column == "id" else last[column]
    query = request.GET.copy()
    query["cursor"] = _write_cursor(Cursor(sort, value, last["id"]))
    address = request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
    response["Link"] = f'<{address}>; rel="next"'
    return found[:limit], address


def _take(rows: QuerySet[Any], sort: str, after: Cursor | None, count: int) -> list[Any]:
    column, down = sort.lstrip("-"), sort.startswith("-")
    sign, beyond = ("-", "lt") if down else ("", "gt")
    order = (f"{sign}pk",) if column == "id" else (sort, f"{sign}pk")
    if column == "id":
        return list((rows.filter(**{f"pk__{beyond}": after.pk}) if after else rows).order_by(*order)[:count])
    dated = rows.filter(**{f"{column}__isnull": False})
    undated = rows.filter(**{f"{column}__isnull": True}).order_by(*order)
    if after and after.value is None:
        return list(undated.filter(**{f"pk__{beyond}": after.pk})[:count])
    if after:
        # The first condition is the one that an index can begin at.
        dated = dated.filter(**{f"{column}__{beyond}e": after.value})
        dated = dated.filter(Q(**{f"{column}__{beyond}": after.value}) | Q(**{f"pk__{beyond}": after.pk}))
    found = list(dated.order_by(*order)[:count])
    return found if len(found) == count else found + list(undated[: count - len(found)])


def _write_cursor(cursor: Cursor) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode(cursor)).decode().rstrip("=")


def _read_cursor(text: str, sort: str) -> Cursor:
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        cursor = msgspec.json.decode(raw, type=Cursor)
        column = sort.lstrip("-")
        if cursor.sort != sort or not 0 < cursor.pk <= _LARGEST:
            raise ValueError(text)
        if column == "published" and cursor.value is not None:
            dt.date.fromisoformat(str(cursor.value))
    except (ValueError, binascii.Error, msgspec.DecodeError):
        raise Problem(400, "cursor") from None
    return cursor
