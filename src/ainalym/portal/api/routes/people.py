"""People, and where they are named."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from ....ledger import models
from ..filters import MentionFilters, PersonFilters
from ..paging import take_page
from ..problems import Problem
from ..records import MENTION, make_mention
from ..schemas import Many, Mention, Person

router = Router(tags=["people"])


@router.get("", response=Many[Person], operation_id="list_people")
def list_people(request: HttpRequest, response: HttpResponse, filters: Query[PersonFilters]) -> dict[str, Any]:
    """People whom reports name."""
    rows = filters.narrow(models.Person.objects).values("id", "key", "name")
    found, address = take_page(request, response, rows, sort=filters.sort, cursor=filters.cursor, limit=filters.limit)
    return {"items": found, "next": address}


@router.get("/{key}", response=Person, operation_id="get_person")
def get_person(request: HttpRequest, key: str) -> dict[str, Any]:
    """One person."""
    return _find_person(key)


@router.get("/{key}/mentions", response=Many[Mention], operation_id="list_mentions")
def list_mentions(
    request: HttpRequest, response: HttpResponse, key: str, filters: Query[MentionFilters]
) -> dict[str, Any]:
    """The reports that name a person."""
    person = _find_person(key)
    rows = models.Mention.objects.current().filter(person=person["id"]).values(*MENTION)
    found, address = take_page(request, response, rows, sort=filters.sort, cursor=filters.cursor, limit=filters.limit)
    return {"items": [make_mention(row) for row in found], "next": address}


def _find_person(key: str) -> dict[str, Any]:
    row: dict[str, Any] | None = models.Person.objects.filter(key=key).values("id", "key", "name").first()
    if row is None:
        raise Problem(404, "not_found")
    return row
