"""The API held against its own description with made-up requests: good ones, bad ones, nonsense."""

import hypothesis
import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck
from msgspec.structs import replace
from schemathesis.specs.openapi.checks import positive_data_acceptance

from ainalym.portal.api.routes import check
from ainalym.portal.api.service import api
from ainalym.portal.wsgi import application
from ainalym.reading import read_document
from tests.ledger.conftest import TURNOVER

pytestmark = pytest.mark.django_db

# No schema can tell a cursor that we wrote from one that somebody made up, or a pair from two other codes.
PASSED_OVER = [positive_data_acceptance]
schema = schemathesis.openapi.from_dict(
    dict(api.get_openapi_schema(path_prefix="/api/v1/")), config=schemathesis.Config.from_dict({"seed": 1})
)
schema.app = application


@pytest.fixture
def ledger(keep, settings, tmp_path, monkeypatch):
    """A ledger with something in it, no statistics but our own, and nobody who counts."""
    monkeypatch.setenv("AINALYM_STATISTICS", str(tmp_path))
    # Texts as long as may be take seconds each, and reading them is tested elsewhere.
    monkeypatch.setattr(check, "read_document", lambda text: read_document(replace(text, text=text.text[:500])))
    settings.ALLOWED_HOSTS = ["*"]
    settings.API_RATE_ANONYMOUS = settings.API_RATE_TOKEN = 10**9
    keep(TURNOVER, place="one.txt")
    keep(TURNOVER.replace("4,4", "5,9"), place="two.txt")
    # A server closes its connection between requests; here it would take the test's transaction along.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.usefixtures("ledger")
@schema.parametrize()
@hypothesis.settings(
    max_examples=10, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)
def test_no_request_makes_the_api_fail(case):
    case.call_and_validate(excluded_checks=PASSED_OVER)
