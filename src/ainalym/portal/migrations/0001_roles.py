"""Groups for the roles, with what each may do."""

from typing import Any

from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import migrations

from ainalym.portal.roles import RIGHTS


def make_groups(apps: Any, schema_editor: Any) -> None:
    """Roles that are there already keep what they may do."""
    # Django makes permissions when all migrations are done; the groups need theirs now.
    for label in ("auth", "ledger"):
        config = apps.get_app_config(label)
        config.models_module = True
        create_permissions(config, verbosity=0, apps=apps)
        config.models_module = None
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    for role, rights in RIGHTS.items():
        group, fresh = Group.objects.get_or_create(name=role)
        for right in rights if fresh else ():
            label, _, codename = right.partition(".")
            group.permissions.add(Permission.objects.get(content_type__app_label=label, codename=codename))


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("ledger", "0002_review"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
