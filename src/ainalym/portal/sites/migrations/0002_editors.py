"""The languages of written pages, and what the groups `editor` and `administrator` may do with them."""

from typing import Any

from django.conf import settings
from django.db import migrations

_ALL = {
    ("wagtailadmin", "admin", "access_admin"),
    ("simple_translation", "simpletranslation", "submit_translation"),
    ("wagtailimages", "image", "add_image"),
    ("wagtailimages", "image", "change_image"),
    ("wagtailimages", "image", "delete_image"),
    ("wagtailimages", "image", "choose_image"),
    ("wagtaildocs", "document", "add_document"),
    ("wagtaildocs", "document", "change_document"),
    ("wagtaildocs", "document", "delete_document"),
    ("wagtaildocs", "document", "choose_document"),
}
_PAGES = ("add_page", "change_page", "publish_page", "bulk_delete_page", "lock_page", "unlock_page")


def _find_permission(apps: Any, app: str, model: str, codename: str) -> Any:
    """Django itself makes permissions only after all migrations."""
    kind, _ = apps.get_model("contenttypes.ContentType").objects.get_or_create(app_label=app, model=model)
    name = f"Can {codename.replace('_', ' ')}"
    permission, _ = apps.get_model("auth.Permission").objects.get_or_create(
        content_type=kind, codename=codename, defaults={"name": name}
    )
    return permission


def give_permissions(apps: Any, schema_editor: Any) -> None:
    Group = apps.get_model("auth.Group")
    root = apps.get_model("wagtailcore.Page").objects.get(depth=1)
    collection = apps.get_model("wagtailcore.Collection").objects.get(depth=1)
    on_page = apps.get_model("wagtailcore.GroupPagePermission").objects
    on_collection = apps.get_model("wagtailcore.GroupCollectionPermission").objects
    for name in ("editor", "administrator"):
        group, _ = Group.objects.get_or_create(name=name)
        for app, model, codename in sorted(_ALL):
            permission = _find_permission(apps, app, model, codename)
            if model in ("image", "document"):
                on_collection.get_or_create(group=group, collection=collection, permission=permission)
            else:
                group.permissions.add(permission)
        for codename in _PAGES:
            permission = _find_permission(apps, "wagtailcore", "page", codename)
            on_page.get_or_create(group=group, page=root, permission=permission)
    # Wagtail's own groups would stand beside ours.
    Group.objects.filter(name__in=("Editors", "Moderators"), user=None).delete()


def make_locales(apps: Any, schema_editor: Any) -> None:
    for code, _ in settings.LANGUAGES:
        apps.get_model("wagtailcore.Locale").objects.get_or_create(language_code=code)


class Migration(migrations.Migration):
    dependencies = [
        ("sites_pages", "0001_pages"),
        # The roles get their other rights there, when their groups are made.
        ("portal", "0001_roles"),
        ("simple_translation", "0001_initial"),
        ("wagtailadmin", "0006_formstate"),
        ("wagtailimages", "0027_image_description"),
    ]

    operations = [
        migrations.RunPython(make_locales, migrations.RunPython.noop),
        migrations.RunPython(give_permissions, migrations.RunPython.noop),
    ]
