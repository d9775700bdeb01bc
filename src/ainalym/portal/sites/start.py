"""The first written pages of a new portal, so that it opens with something to read."""

from __future__ import annotations

from importlib import resources
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.models import Locale, Page, Site
from wagtail.rich_text import RichText

from ...output.messages import load_folder
from .latin import make_latin
from .models import HomePage, NewsIndexPage, NewsPage, PartnerIntroductionPage

_LANGS = ("kk", "ru", "en")
_PAIR = "KZ-UZ"


@transaction.atomic
def make_first_pages() -> bool:
    """Home, news and one introduction in every language, published; False when the portal has had pages before.

    Wagtail's own page of welcome marks a portal without any: whoever writes a home, or takes ours away, moves it.
    """
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None or not _is_welcome(site.root_page) or HomePage.objects.exists():
        return False
    made: dict[str, list[Any]] = {lang: _make_tree(lang) for lang in _LANGS}
    for lang in _LANGS[1:]:
        for first, page in zip(made["kk"], made[lang], strict=True):
            Page.objects.filter(pk=page.pk).update(translation_key=first.translation_key)
    for pages in made.values():
        for page in pages:
            _publish(type(page).objects.get(pk=page.pk))
    for page in made["kk"]:
        _publish(make_latin(Page.objects.get(pk=page.pk).specific, None))
    welcome = site.root_page
    site.root_page = Page.objects.get(pk=made["kk"][0].pk)
    site.save()
    Page.objects.get(pk=welcome.pk).delete()
    return True


def _is_welcome(page: Page) -> bool:
    return page.specific_class is Page and page.depth == 2


def _publish(page: Any) -> None:
    page.save_revision().publish()


def _make_tree(lang: str) -> list[Any]:
    """The pages of one language as drafts, the one above first."""
    words = load_folder(resources.files(__package__).joinpath("texts"), lang)
    locale = Locale.objects.get(language_code=lang)
    common: dict[str, Any] = {"locale": locale, "live": False}

    def heads(section: str) -> dict[str, Any]:
        return {"title": words[f"{section}.title"], "lead": words[f"{section}.lead"], **common}

    def heading(key: str) -> tuple[str, dict[str, str]]:
        return "heading", {"text": words[key], "level": "2"}

    home = HomePage(
        slug=f"home-{lang}",
        body=[
            heading("home.about"), ("text", RichText(words["home.what"])),
            heading("home.how"), ("text", RichText(words["home.how_text"])),
        ],
        **heads("home"),
    )  # fmt: skip
    Page.objects.get(depth=1).add_child(instance=home)
    news = NewsIndexPage(slug="news", **heads("news"))
    home.add_child(instance=news)
    first = NewsPage(
        slug="open", date=timezone.localdate(), body=[("text", RichText(words["first.text"]))], **heads("first")
    )
    news.add_child(instance=first)
    partner = PartnerIntroductionPage(
        slug="uzbekistan", pair=_PAIR,
        body=[
            ("text", RichText(words["uzbekistan.text"])), ("turnover", {"pair": _PAIR}),
            heading("uzbekistan.claims"), ("claims", {"pair": _PAIR, "most": 10}),
            heading("uzbekistan.commitments"), ("commitments", {"pair": _PAIR, "most": 10}),
            heading("uzbekistan.clashes"), ("contradictions", {"pair": _PAIR, "most": 5}),
        ],
        **heads("uzbekistan"),
    )  # fmt: skip
    home.add_child(instance=partner)
    return [home, news, first, partner]
