"""What search engines and catalogues ask for: which pages there are, what these data are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, overload

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse

from ...ledger import models
from ...ledger.records import split_pair
from ..freshness import answer_fresh, find_freshness
from ..jsonld import make_catalogue
from ..told import report_address

_PAGES = ("home", "partners", "reports", "targets", "explorer", "check", "data")


def robots(request: HttpRequest) -> HttpResponse:
    """Everything public may be looked at; accounts and the API are no pages."""
    lines = ["User-agent: *", "Disallow: /api/", "Disallow: /*/account/", "Disallow: /*/review/", ""]
    lines += [f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def catalogue(request: HttpRequest) -> HttpResponse:
    """This installation's data as DCAT."""

    def make() -> HttpResponse:
        record = make_catalogue(request, find_freshness(request))
        return JsonResponse(record, content_type="application/ld+json", json_dumps_params={"ensure_ascii": False})

    return answer_fresh(request, make, seconds=300)


class _EachLanguage(Sequence[tuple[Any, str]]):
    """Every row in every language, fetched only for the page that is shown."""

    def __init__(self, rows: QuerySet[Any], langs: Sequence[str]) -> None:
        self.rows, self.langs = rows, langs

    def __len__(self) -> int:
        return int(self.rows.count()) * len(self.langs)

    @overload
    def __getitem__(self, place: int) -> tuple[Any, str]: ...
    @overload
    def __getitem__(self, place: slice) -> list[tuple[Any, str]]: ...
    def __getitem__(self, place: int | slice) -> Any:
        if isinstance(place, int):
            return self.rows[place // len(self.langs)], self.langs[place % len(self.langs)]
        first, stop = (place.start or 0) // len(self.langs), -(-(place.stop or 0) // len(self.langs))
        return [(row, lang) for row in self.rows[first:stop] for lang in self.langs]


class _Pages(Sitemap):
    """Pages in all languages, each with its translations."""

    i18n = alternates = x_default = True
    languages = [code for code, _ in settings.LANGUAGES]  # noqa: RUF012 - Django's way
    # So many addresses a file; a multiple of the number of languages.
    limit = 500 * len(settings.LANGUAGES)

    def get_latest_lastmod(self) -> None:
        """Not told: it would take a look at every page."""


class FixedPages(_Pages):
    """Those that are always there."""

    def items(self) -> list[str]:
        return list(_PAGES)

    def location(self, item: str) -> str:
        return reverse(item)


class PairPages(_Pages):
    """Dossiers of pairs."""

    def items(self) -> QuerySet[Any]:
        return models.Pair.objects.filter(reports__gt=0).order_by("pk")

    def _items(self) -> _EachLanguage:
        return _EachLanguage(self.items(), self.languages)

    def location(self, item: models.Pair) -> str:
        return reverse("dossier", args=split_pair(item.code))


class ReportPages(_Pages):
    """Reports."""

    def items(self) -> QuerySet[Any]:
        return models.Document.objects.only("hash").order_by("pk")

    def _items(self) -> _EachLanguage:
        return _EachLanguage(self.items(), self.languages)

    def location(self, item: models.Document) -> str:
        return report_address(item)


SITEMAPS = {"pages": FixedPages, "pairs": PairPages, "reports": ReportPages}
