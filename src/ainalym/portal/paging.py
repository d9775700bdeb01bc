"""Lists page by page without counting them: each page begins behind the last row of the one before."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet
from django.http import HttpRequest

from .faults import BadInput
from .words import say

_LARGEST = 2**63 - 1


class Sheet(NamedTuple):
    """The rows of one page; the queries that lead to the next page and back to the first, empty where there is none."""

    rows: list[Any]
    next: str
    first: str


def take_newest(request: HttpRequest, rows: QuerySet[Any], size: int) -> Sheet:
    """Rows with a `published` day, newest first, those without a day last."""
    cursor = request.GET.get("after", "")
    day, number = _parse_cursor(cursor)
    found: list[Any] = []
    if not cursor or day:
        dated = rows.filter(published__isnull=False).order_by("-published", "-id")
        if day:
            dated = dated.filter(Q(published__lt=day) | Q(published=day, id__lt=number), published__lte=day)
        found = list(dated[: size + 1])
    if len(found) <= size:
        undated = rows.filter(published=None).order_by("-id")
        if cursor and not day:
            undated = undated.filter(id__lt=number)
        found += undated[: size + 1 - len(found)]
    last = found[size - 1] if len(found) > size else None
    return _sheet(request, found[:size], f"{last.published or ''}.{last.pk}" if last else "")


def take_latest(request: HttpRequest, rows: QuerySet[Any], size: int) -> Sheet:
    """Rows in the order in which they came, the last one first."""
    cursor = request.GET.get("after", "")
    rows = rows.order_by("-id")
    if cursor:
        rows = rows.filter(id__lt=_parse_cursor(cursor)[1])
    found = list(rows[: size + 1])
    return _sheet(request, found[:size], f".{found[size - 1].pk}" if len(found) > size else "")


def _parse_cursor(cursor: str) -> tuple[dt.date | None, int]:
    if not cursor:
        return None, 0
    parts = re.fullmatch(r"(\d{4}-\d\d-\d\d)?\.(\d{1,19})", cursor, re.ASCII)
    try:
        if parts is None or int(parts[2]) > _LARGEST:
            raise ValueError(cursor)
        return dt.date.fromisoformat(parts[1]) if parts[1] else None, int(parts[2])
    except ValueError:
        raise BadInput(say("fault.bad_page")) from None


def _sheet(request: HttpRequest, rows: list[Any], cursor: str) -> Sheet:
    query = request.GET.copy()
    is_first = not query.pop("after", None)
    first = query.urlencode()
    query["after"] = cursor
    return Sheet(rows, f"?{query.urlencode()}" if cursor else "", "" if is_first else f"?{first}")


def get_choice(request: HttpRequest, name: str, choices: Any) -> str:
    """A parameter that must be one of the choices, or empty."""
    value = request.GET.get(name, "")
    if value and value not in choices:
        raise BadInput(say("fault.bad_value", name=name, value=value[:60]))
    return value


def get_words(request: HttpRequest, name: str, most: int) -> str:
    """A parameter of free words."""
    value = request.GET.get(name, "").strip()
    if len(value) > most or "\0" in value:
        raise BadInput(say("fault.bad_value", name=name, value=value[:60].replace("\0", "")))
    return value


def get_day(request: HttpRequest, name: str) -> dt.date | None:
    """A parameter that is a day (YYYY-MM-DD), or empty."""
    value = request.GET.get(name, "")
    try:
        return dt.date.fromisoformat(value) if value else None
    except ValueError:
        raise BadInput(say("fault.bad_value", name=name, value=value[:60])) from None


def get_number(request: HttpRequest, name: str, most: int) -> int:
    """A parameter that is a whole number from 1 to the most; 1 where it is not there."""
    value = request.GET.get(name, "") or "1"
    if not re.fullmatch(r"\d{1,9}", value, re.ASCII) or not 1 <= int(value) <= most:
        raise BadInput(say("fault.bad_value", name=name, value=value[:60]))
    return int(value)


def get_pair(request: HttpRequest) -> str:
    """The parameter `pair`: a code such as KZ-UZ, or empty. One that the ledger does not hold finds nothing."""
    value = request.GET.get("pair", "")
    if value and not re.fullmatch(r"[A-Z0-9]{2,20}(-[A-Z0-9]{1,20}){1,4}", value):
        raise BadInput(say("fault.bad_value", name="pair", value=value[:60]))
    return value
