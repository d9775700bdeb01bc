"""What Wagtail's own pages do differently here."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem

from .texts import find_foreign
from .words import label


@hooks.register("before_publish_page")
def refuse_foreign(request: HttpRequest, page: Any) -> HttpResponse | None:
    """A page in another language's text stays a draft; the editor is told why."""
    if not hasattr(page, "body") or not (problem := find_foreign(page)):
        return None
    page.save_revision(user=request.user)
    messages.error(request, problem)
    return HttpResponseRedirect(reverse("wagtailadmin_pages:edit", args=[page.pk]))


@hooks.register("before_bulk_action")
def refuse_foreign_many(request: HttpRequest, action_type: str, objects: list[Any], view: Any) -> HttpResponse | None:
    """The same for several pages at once."""
    if action_type != "publish":
        return None
    for page in objects:
        draft = page.specific.get_latest_revision_as_object()
        if hasattr(draft, "body") and (problem := find_foreign(draft)):
            messages.error(request, f"{draft.title}: {problem}")
            return HttpResponseRedirect(request.get_full_path())
    return None


@hooks.register("register_admin_menu_item")
def add_board() -> MenuItem:
    """The way to the translation board."""
    return MenuItem(label("sites.board"), reverse("translations"), name="translations", icon_name="globe", order=150)
