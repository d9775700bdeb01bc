"""Written pages under their language's address."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.i18n import JavaScriptCatalog
from django.views.static import serve as serve_file
from wagtail import views
from wagtail.admin.localization import get_localized_response
from wagtail.models import Page

from ..sites.models import HomePage
from ..words import current_lang

# No address of machines: Django would lead there whoever asks for one that does not exist.
PATTERN = r"^(?!(?:accounts|api|cms|documents|media|static)/)((?:[\w-]+/)*)$"


def find_home(lang: str) -> HomePage | None:
    """The published home of a language."""
    return HomePage.objects.live().filter(locale__language_code=lang, alias_of=None).first()


def serve_page(request: HttpRequest, path: str = "") -> HttpResponse:
    """The page at an address, or that there is none in this language and in which there is."""
    lang = current_lang()
    found = Page.route_for_request(request, path) if find_home(lang) else None
    # A copy that follows a page of another language holds that language's text.
    if found is None or found[0].locale.language_code != lang or found[0].alias_of_id:
        return _tell_missing(request, path, lang)
    request.written_page = found[0]
    return views.serve(request, path)


def find_addresses(page: Any) -> dict[str, str]:
    """The addresses of a page and its published translations by language."""
    own = Page.objects.filter(translation_key=page.translation_key, live=True, alias_of=None).select_related("locale")
    return {other.locale.language_code: other.url for other in own}


def _tell_missing(request: HttpRequest, path: str, lang: str) -> HttpResponse:
    """404, with the languages in which the page at this address can be read where there are any."""
    homes = Page.objects.filter(depth=2).exclude(locale__language_code=lang).values_list("url_path", flat=True)
    there = Page.objects.filter(url_path__in=[f"{home}{path}" for home in homes]).first() if path else None
    addresses = find_addresses(there) if there else {}
    if lang in addresses:
        addresses = {lang: addresses[lang]}
    if not addresses:
        raise Http404
    names = dict(settings.LANGUAGES)
    others = [{"code": code, "name": names[code], "address": addresses[code]} for code in names if code in addresses]
    return render(request, "portal/sites/missing.html", {"others": others}, status=404)


def serve_image(request: HttpRequest, path: str) -> HttpResponse:
    """A picture as pages show it; what was uploaded is not handed out."""
    response = serve_file(request, path, document_root=Path(settings.MEDIA_ROOT) / "images")
    response["Cache-Control"] = "public, max-age=604800"
    return response


def list_script_texts(request: HttpRequest) -> HttpResponse:
    """The texts of Wagtail's scripts: its own, with our Kazakh ones."""
    return get_localized_response(_catalog, request)


_catalog = JavaScriptCatalog.as_view(packages=["wagtail.admin", "ainalym.portal"])
