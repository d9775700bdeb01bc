import pytest
from django.core.cache import cache

from tests.ledger.conftest import keep  # noqa: F401

LANGS = ("kk", "kk-latn", "ru", "en")


@pytest.fixture(autouse=True)
def no_cache():
    """Nothing that another test looked up."""
    cache.clear()
