"""The page about data and API."""

import re

import pytest

from .conftest import LANGS

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("lang", LANGS)
def test_every_address_of_the_api_is_told_with_its_parameters(client, lang):
    page = client.get(f"/{lang}/data/").content.decode()
    schema = client.get("/api/v1/openapi.json").json()
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            assert f"{method.upper()} {path}</code>" in page
            assert f'id="{operation["operationId"]}"' in page
    for status in (400, 401, 404, 429, 503):
        assert f'id="problem-{status}"' in page


def test_the_page_is_in_its_own_language(client):
    told = {lang: client.get(f"/{lang}/data/").content.decode() for lang in LANGS}
    leads = {re.search(r'class="lead">(.*?)</p>', page)[1] for page in told.values()}
    assert len(leads) == len(LANGS)
    assert not re.search(r"[а-яәғқңөұүһі]", re.search(r"<h1>(.*?)</h1>", told["kk-latn"])[1], re.IGNORECASE)


def test_problems_lead_to_their_place_on_the_page(client):
    address = client.get("/api/v1/claims/1", headers={"accept-language": "kk-Latn"}).json()["type"]
    path, _, anchor = address.removeprefix("http://testserver").partition("#")
    assert path == "/kk-latn/data/"
    assert f'id="{anchor}"' in client.get(path).content.decode()


def test_limits_and_licence_are_those_of_the_installation(client, settings):
    settings.API_RATE_ANONYMOUS, settings.DATA_LICENCE = 77, "https://example.org/licence"
    page = client.get("/en/data/").content.decode()
    assert "77 requests" in page
    assert 'href="https://example.org/licence"' in page


def test_the_page_asks_the_database_only_how_new_it_is(client, django_assert_num_queries):
    client.get("/en/data/")
    with django_assert_num_queries(1):
        client.get("/en/data/")
