import pytest
from django.db import InterfaceError, OperationalError
from django.test import Client

from ainalym.ledger import models
from tests.ledger.conftest import TURNOVER

pytestmark = pytest.mark.django_db

LANGS = {"kk": "Мұндай бет жоқ", "kk-latn": "Mūndai bet joq", "ru": "Такой страницы нет", "en": "There is no such page"}


@pytest.fixture
def visitor():
    """A browser, which is shown the page that an error gives."""
    return Client(raise_request_exception=False)


def fail_with(monkeypatch, error: Exception) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("ainalym.portal.views.reports.find_newest", fail)
    monkeypatch.setattr("ainalym.portal.views.home.find_newest", fail)


@pytest.mark.parametrize(("lang", "words"), LANGS.items())
def test_a_page_that_is_not_there_says_so_in_its_language(visitor, lang, words):
    for path in (f"/{lang}/nothing/", f"/{lang}/reports/{'0' * 32}/"):
        answer = visitor.get(path)
        assert answer.status_code == 404
        assert f"<h1>{words}</h1>" in answer.content.decode()


@pytest.mark.parametrize("error", [OperationalError("database is locked"), InterfaceError("connection already closed")])
@pytest.mark.parametrize("lang", LANGS)
def test_a_database_that_is_locked_or_gone_is_a_clear_page(visitor, monkeypatch, error, lang):
    fail_with(monkeypatch, error)
    answer = visitor.get(f"/{lang}/")
    page = answer.content.decode()
    assert answer.status_code == 503
    assert answer["Retry-After"] == "30"
    assert "locked" not in page
    assert "Traceback" not in page
    assert f'<html lang="{"kk-Latn" if lang == "kk-latn" else lang}">' in page


def test_the_page_on_a_database_that_is_gone_asks_nothing_of_it(visitor, monkeypatch, django_assert_num_queries):
    fail_with(monkeypatch, OperationalError("server closed the connection unexpectedly"))
    from ainalym.portal.faults import failed

    try:
        raise OperationalError("gone")
    except OperationalError:
        with django_assert_num_queries(0):
            from django.test import RequestFactory

            assert failed(RequestFactory().get("/ru/")).status_code == 503


def test_a_failure_of_our_own_shows_no_trace(visitor, monkeypatch, caplog):
    fail_with(monkeypatch, ZeroDivisionError("secret of the program"))
    answer = visitor.get("/ru/")
    assert answer.status_code == 500
    assert "<h1>В портале произошёл сбой</h1>" in answer.content.decode()
    assert "secret" not in answer.content.decode()
    assert "secret" in caplog.text


def test_nothing_is_lost_or_half_kept_when_the_database_goes_in_the_middle(visitor, keep, monkeypatch, analyst):
    keep(TURNOVER)
    visitor.force_login(analyst)

    def fail(*_: object, **__: object) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr("ainalym.ledger.add._Writer._write_people", fail)
    answer = visitor.post("/ru/check/", {"text": TURNOVER.replace("4,4", "5,9"), "keep": "1"})
    assert answer.status_code == 503
    assert models.Document.objects.count() == 1
    assert models.Claim.objects.count() == 1


def test_a_body_over_the_limit_is_refused_everywhere(visitor):
    answer = visitor.generic("POST", "/ru/findings/", b"x", CONTENT_LENGTH="99999999999")
    assert answer.status_code == 413
    assert "<h1>Слишком много данных</h1>" in answer.content.decode()
