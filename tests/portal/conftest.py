import pytest
from django.core.cache import caches

from tests.ledger.conftest import keep  # noqa: F401

LANGS = ("kk", "kk-latn", "ru", "en")


@pytest.fixture(autouse=True)
def no_cache():
    """Nothing that another test looked up, no count of its requests."""
    for cache in caches.all(initialized_only=True):
        cache.clear()
