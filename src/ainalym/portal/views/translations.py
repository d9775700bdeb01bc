"""The translation board: every written page by language, for editors."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST
from wagtail.models import Page

from ..roles import EDIT_PAGES, requires
from ..sites.latin import make_latin
from ..sites.translations import STATES, count_states, list_translations
from ..words import say

_ROWS = 50


@requires(EDIT_PAGES)
def translations(request: HttpRequest) -> HttpResponse:
    """Every page by language: published, a draft, missing, or older than what it was translated from."""
    rows = list_translations()
    counts = count_states(rows)
    state = request.GET.get("state", "")
    if state in STATES:
        rows = [row for row in rows if any(entry.state == state for entry in row.entries)]
    context = {
        "page": Paginator(rows, _ROWS).get_page(request.GET.get("page")),
        "counts": [
            {"lang": code, "name": name, "numbers": [counts[code][state] for state in STATES]}
            for code, name in settings.LANGUAGES
        ],
        "states": STATES,
        "state": state,
    }
    return render(request, "portal/sites/translations.html", context)


@requires("simple_translation.submit_translation")
@require_POST
def write_latin(request: HttpRequest, pk: int) -> HttpResponse:
    """The Latin page of a Kazakh one, as a draft; then on to editing it."""
    page = get_object_or_404(Page, pk=pk, locale__language_code="kk", content_type__app_label="sites_pages").specific
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    made = make_latin(page, request.user)
    messages.success(request, say("sites.latin_made"))
    return HttpResponseRedirect(reverse("wagtailadmin_pages:edit", args=[made.pk]))
