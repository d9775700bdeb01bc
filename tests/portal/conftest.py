import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.cache import caches
from django.db import transaction

from tests.ledger.conftest import keep  # noqa: F401

LANGS = ("kk", "kk-latn", "ru", "en")


@pytest.fixture(autouse=True)
def no_cache():
    """Nothing that another test looked up, no count of its requests."""
    for cache in caches.all(initialized_only=True):
        cache.clear()


@pytest.fixture
def analyst(client):
    """Signed in, with the right to keep texts."""
    user = get_user_model().objects.create_user("Айгүл", password="of a test")  # noqa: S106
    user.user_permissions.add(Permission.objects.get(codename="add_document", content_type__app_label="ledger"))
    client.force_login(user)
    return user


@pytest.fixture(scope="module")
def first_pages(django_db_setup, django_db_blocker):
    """The written pages of a new portal, made once for the tests of a module."""
    from ainalym.portal.sites.start import make_first_pages

    with django_db_blocker.unblock(), transaction.atomic():
        assert make_first_pages()
        yield
        transaction.set_rollback(True)
