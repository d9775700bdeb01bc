"""Who may do what: roles are Django's groups, rights its permissions.

A migration makes the groups; an installation may change what each may do. Whoever may do more than look must sign in
with a second factor (middleware.py).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required, permission_required

VIEWER, ANALYST, EDITOR, ADMINISTRATOR = ROLES = ("viewer", "analyst", "editor", "administrator")
REVIEW = "ledger.review_claim"
MOVE = "ledger.move_commitment"
KEEP = "ledger.add_document"
SEE_CHANGES = "ledger.view_change"
MANAGE_USERS = "auth.change_user"
EDIT_PAGES = "wagtailadmin.access_admin"
# What a role may do when its group is made. Wagtail's own rights of editors come with its pages (sites).
RIGHTS = {
    VIEWER: (),
    ANALYST: (REVIEW, MOVE, KEEP, SEE_CHANGES),
    EDITOR: (SEE_CHANGES,),
    ADMINISTRATOR: ("auth.add_user", MANAGE_USERS, "auth.view_user", SEE_CHANGES),
}

View = Callable[..., Any]


def requires(right: str) -> Callable[[View], View]:
    """A page for those who have this right: others are sent to sign in, or refused (403) when they have."""

    def wrap(view: View) -> View:
        return login_required(permission_required(right, raise_exception=True)(view))

    return wrap


def list_roles(user: Any) -> list[str]:
    """The roles of a user in the order of ROLES; asked for once a request."""
    if not hasattr(user, "_roles"):
        held = set(user.groups.values_list("name", flat=True)) if user.pk else set()
        user._roles = [role for role in ROLES if role in held]
        user._other_groups = bool(held - set(ROLES))
    return list(user._roles)


def needs_second_factor(user: Any) -> bool:
    """All but viewers and people without a role."""
    if user.is_superuser or user.is_staff:
        return True
    return any(role != VIEWER for role in list_roles(user)) or user._other_groups
