"""The kinds of written pages. Each language has its own tree under its address: home, and the rest below.

A page and its translations share a translation key. What is published in a language must be written in it: see
`texts.find_foreign`.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils import timezone, translation
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from ..words import say
from .blocks import BodyField
from .words import label, pair_choices

PAGE_OF_NEWS = 20


def is_free(slug: str) -> bool:
    """Whether no page of the portal's own stands at this address."""
    try:
        with translation.override("en"):
            return bool(resolve(f"/en/{slug}/").url_name == "wagtail_serve")
    except Resolver404:
        return False


class WrittenPageForm(WagtailAdminPageForm):
    """Wagtail's form of a page."""

    def clean(self) -> Any:
        """No page may stand where the portal's own pages do."""
        cleaned = super().clean()
        slug = cleaned.get("slug")
        if slug and self.parent_page.depth == 2 and not is_free(slug):
            self.add_error("slug", say("sites.slug_taken"))
        return cleaned


class WrittenPage(Page):
    """What all written pages have: a title, a lead and a body."""

    lead = models.TextField(label("sites.lead"), max_length=1_000, blank=True)
    body = BodyField(blank=True, verbose_name=label("sites.body"))

    content_panels = (*Page.content_panels, FieldPanel("lead"), FieldPanel("body"))
    base_form_class = WrittenPageForm

    class Meta:
        abstract = True

    def publish(self, revision: Any, *args: Any, **kwargs: Any) -> Any:
        """Publish a revision unless its text is another language's."""
        from .texts import find_foreign

        if problem := find_foreign(revision.as_object()):
            raise ValidationError(problem)
        return super().publish(revision, *args, **kwargs)


class HomePage(WrittenPage):
    """The first page of a language."""

    template = "portal/sites/home.html"
    parent_page_types = ("wagtailcore.Page",)
    subpage_types = (
        "sites_pages.NewsIndexPage",
        "sites_pages.PartnerIntroductionPage",
        "sites_pages.DocumentPage",
        "sites_pages.ContentPage",
    )

    class Meta:
        verbose_name = label("sites.home_page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """What the ledger holds now, as the portal's own home shows it."""
        from ..views.home import gather

        return {**super().get_context(request, *args, **kwargs), **gather()}

    def clean(self) -> None:
        """One home a language."""
        super().clean()
        if self.locale_id and HomePage.objects.filter(locale=self.locale_id).exclude(pk=self.pk).exists():
            raise ValidationError(say("sites.one_home"))


class NewsIndexPage(WrittenPage):
    """All news, newest first."""

    template = "portal/sites/news_index.html"
    parent_page_types = ("sites_pages.HomePage",)
    subpage_types = ("sites_pages.NewsPage",)

    class Meta:
        verbose_name = label("sites.news_index_page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """One page of the list as `news`."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        news = NewsPage.objects.child_of(self).live().order_by("-date", "-pk")
        context["news"] = Paginator(news, PAGE_OF_NEWS).get_page(request.GET.get("page"))
        return context


class NewsPage(WrittenPage):
    """One piece of news."""

    date = models.DateField(label("sites.date"), default=timezone.localdate)

    template = "portal/sites/news.html"
    content_panels = (*Page.content_panels, FieldPanel("date"), *WrittenPage.content_panels[-2:])
    parent_page_types = ("sites_pages.NewsIndexPage",)
    subpage_types = ()

    class Meta:
        verbose_name = label("sites.news_page")


class PartnerIntroductionPage(WrittenPage):
    """Two countries introduced in words, beside what the ledger knows of them."""

    pair = models.CharField(label("sites.pair"), max_length=40, choices=pair_choices, db_index=True)

    template = "portal/sites/partner.html"
    content_panels = (*Page.content_panels, FieldPanel("pair"), *WrittenPage.content_panels[-2:])
    parent_page_types = ("sites_pages.HomePage", "sites_pages.ContentPage")
    subpage_types = ()

    class Meta:
        verbose_name = label("sites.partner_page")


class DocumentPage(WrittenPage):
    """A document to read here, and its file to take away."""

    date = models.DateField(label("sites.date"), null=True, blank=True)
    file = models.ForeignKey(
        "wagtaildocs.Document",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=label("sites.file"),
    )

    template = "portal/sites/document.html"
    content_panels = (*Page.content_panels, FieldPanel("date"), *WrittenPage.content_panels[-2:], FieldPanel("file"))
    parent_page_types = ("sites_pages.HomePage", "sites_pages.ContentPage")
    subpage_types = ()

    class Meta:
        verbose_name = label("sites.document_page")


class ContentPage(WrittenPage):
    """Anything else."""

    template = "portal/sites/content.html"
    parent_page_types = ("sites_pages.HomePage", "sites_pages.ContentPage")

    class Meta:
        verbose_name = label("sites.content_page")


def find_introduction(pair: str, lang: str) -> PartnerIntroductionPage | None:
    """The published introduction of two countries in a language."""
    return PartnerIntroductionPage.objects.live().filter(pair=pair, locale__language_code=lang).order_by("pk").first()
