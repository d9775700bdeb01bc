"""Tokens: made on the account page or the command line, shown once, and what they open."""

import datetime as dt

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.utils import timezone

from ainalym.ledger import models
from ainalym.portal.api.models import ApiToken
from ainalym.portal.api.rates import find_address, name_address
from ainalym.portal.api.tokens import BadToken, find_token, make_token, revoke_token
from tests.ledger.conftest import TURNOVER

from .signing import make_person, sign_in

pytestmark = pytest.mark.django_db


def bearer(secret):
    return {"authorization": f"Bearer {secret}"}


def post(client, secret=None, **body):
    headers = bearer(secret) if secret else {}
    return client.post("/api/v1/documents", {"text": TURNOVER} | body, content_type="application/json", headers=headers)


@pytest.fixture
def adder():
    user = get_user_model().objects.create_user("aida")
    user.user_permissions.add(Permission.objects.get(content_type__app_label="ledger", codename="add_document"))
    return user


def test_a_token_is_kept_as_a_hash_and_found_by_its_secret():
    token, secret = make_token("harvester")
    assert secret.startswith(f"ain_{token.prefix}_")
    row = ApiToken.objects.values().get()
    assert not any(secret.split("_", 2)[2] in str(value) for value in row.values())
    assert find_token(secret) == token


@pytest.mark.parametrize(
    "change",
    [
        lambda secret: secret + "x", lambda secret: secret[:-1], lambda secret: secret.replace("ain_", "abc_"),
        lambda secret: "", lambda secret: "ain__", lambda secret: secret.split("_")[0], lambda secret: "ain_" * 200,
        lambda secret: secret[:13] + "A" * 43, lambda secret: "ain_ä_ö",
    ],
)  # fmt: skip
def test_a_forged_token_opens_nothing(client, change):
    _, secret = make_token("harvester")
    with pytest.raises(BadToken):
        find_token(change(secret))


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
@pytest.mark.parametrize(
    "header",
    ["Bearer ain_00000000_x", "Bearer", "Bearer  ", "Basic YTpi", "ain_x", "Bearer \xff", ""],
)
def test_a_bad_token_is_told_and_does_not_pass_for_none(client, header, lang):
    response = client.get("/api/v1/claims", headers={"authorization": header, "accept-language": lang})
    assert response.status_code == 401
    assert response["WWW-Authenticate"].startswith("Bearer")
    assert response["Content-Language"] == lang


def test_expired_and_revoked_tokens_say_so(client):
    token, secret = make_token("harvester")
    ApiToken.objects.update(expires=timezone.now() - dt.timedelta(seconds=1))
    expired = client.get("/api/v1/claims", headers=bearer(secret) | {"accept-language": "en"})
    ApiToken.objects.update(expires=None)
    assert client.get("/api/v1/claims", headers=bearer(secret)).status_code == 200
    revoke_token(token)
    revoked = client.get("/api/v1/claims", headers=bearer(secret) | {"accept-language": "en"})
    assert (expired.status_code, revoked.status_code) == (401, 401)
    assert "expired" in expired.json()["detail"]
    assert "revoked" in revoked.json()["detail"]


def test_a_token_dies_with_its_owners_account(client, adder):
    _, secret = make_token("newsroom", owner=adder)
    adder.is_active = False
    adder.save()
    assert client.get("/api/v1/claims", headers=bearer(secret)).status_code == 401


def test_the_last_use_is_noted_once_an_hour(client):
    _, secret = make_token("harvester")
    client.get("/api/v1/claims", headers=bearer(secret))
    first = ApiToken.objects.get().last_used
    assert first
    client.get("/api/v1/claims", headers=bearer(secret))
    assert ApiToken.objects.get().last_used == first
    ApiToken.objects.update(last_used=first - dt.timedelta(hours=2))
    client.get("/api/v1/claims", headers=bearer(secret))
    assert ApiToken.objects.get().last_used > first


def test_scopes_are_held_to(client):
    _, check = make_token("checker", scopes=["check"])
    _, read = make_token("reader", scopes=["read"])
    draft = {"text": "a"}
    assert client.get("/api/v1/claims", headers=bearer(check)).status_code == 403
    assert client.get("/api/v1/claims", headers=bearer(read)).status_code == 200
    refused = client.post("/api/v1/check", draft, content_type="application/json", headers=bearer(read))
    assert refused.status_code == 403
    assert (
        client.post("/api/v1/check", draft, content_type="application/json", headers=bearer(check)).status_code == 200
    )


def test_reports_are_added_by_those_who_may(client, adder):
    _, secret = make_token("newsroom", owner=adder, scopes=["add"])
    response = post(client, secret, url="https://example.org/1", published="2024-02-09", reason="archive")
    assert response.status_code == 201
    document = models.Document.objects.get()
    assert response["Location"] == f"http://testserver/api/v1/documents/{document.hash}"
    assert response.json() == {
        "id": document.hash,
        "outcome": "new",
        "claims": 1,
        "findings": response.json()["findings"],
    }
    assert document.added.user == adder
    assert "archive" in document.added.reason
    assert models.Pair.objects.get(code="KZ-UZ").reports == 1
    assert (post(client, secret, url="https://example.org/1").status_code, models.Sighting.objects.count()) == (200, 1)
    seen = post(client, secret, url="https://example.org/2")
    assert (seen.status_code, seen.json()["outcome"]) == (200, "seen")
    assert models.Claim.objects.count() == 1


def test_nobody_else_adds(client, adder):
    assert post(client).status_code == 401
    assert post(client, make_token("reader")[1]).status_code == 403
    _, secret = make_token("newsroom", owner=adder, scopes=["add"])
    adder.user_permissions.clear()
    assert post(client, secret).status_code == 403
    assert not models.Document.objects.exists()


@pytest.mark.parametrize("body", [{"text": ""}, {"url": "javascript:alert(1)"}, {"url": "https://a b"}, {"x": 1}])
def test_bad_additions_leave_nothing(client, adder, body):
    _, secret = make_token("newsroom", owner=adder, scopes=["add"])
    assert post(client, secret, **body).status_code == 400
    assert not models.Document.objects.exists()


def test_a_text_with_scripts_and_zeros_is_kept_inert(client):
    _, secret = make_token("newsroom", scopes=["add"])
    assert post(client, secret, text="<script>alert(1)</script>\0 " + TURNOVER).status_code == 201
    assert "\0" not in models.Document.objects.get().text


# Limits.


def test_an_address_without_a_token_is_held_to_its_limit(client, settings):
    settings.API_RATE_ANONYMOUS = 3
    answers = [client.get("/api/v1/pairs") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert [answer["RateLimit-Remaining"] for answer in answers] == ["2", "1", "0", "0"]
    last = answers[-1]
    assert last["RateLimit-Limit"] == "3"
    assert 0 < int(last["Retry-After"]) <= 60
    assert last.json()["status"] == 429
    assert client.get("/api/v1/pairs", REMOTE_ADDR="10.0.0.9").status_code == 200


def test_a_token_has_a_limit_of_its_own(client, settings):
    settings.API_RATE_ANONYMOUS, settings.API_RATE_TOKEN = 1, 2
    _, secret = make_token("harvester")
    assert client.get("/api/v1/pairs").status_code == 200
    codes = [client.get("/api/v1/pairs", headers=bearer(secret)).status_code for _ in range(3)]
    assert codes == [200, 200, 429]


def test_bad_tokens_count_against_the_address(client, settings):
    settings.API_RATE_ANONYMOUS = 2
    codes = [client.get("/api/v1/pairs", headers=bearer("ain_1_x")).status_code for _ in range(3)]
    assert codes == [401, 401, 429]


def test_a_text_weighs_as_much_as_ten_readings(client, settings):
    settings.API_RATE_ANONYMOUS = 15
    ask = {"data": {"text": "a"}, "content_type": "application/json"}
    codes = [client.post("/api/v1/check", **ask).status_code for _ in range(2)]
    assert codes == [200, 429]
    assert client.get("/api/v1/pairs").status_code == 200


def test_the_count_starts_anew_each_minute(client, settings, monkeypatch):
    settings.API_RATE_ANONYMOUS = 1
    monkeypatch.setattr("ainalym.portal.api.rates.time.time", lambda: 6000.0)
    assert [client.get("/api/v1/pairs").status_code for _ in range(2)] == [200, 429]
    monkeypatch.setattr("ainalym.portal.api.rates.time.time", lambda: 6060.0)
    assert client.get("/api/v1/pairs").status_code == 200


@pytest.mark.parametrize(
    ("proxies", "told", "address"),
    [
        (0, "1.1.1.1", "9.9.9.9"),
        (1, "1.1.1.1, 2.2.2.2", "2.2.2.2"),
        (2, "6.6.6.6, 1.1.1.1, 2.2.2.2", "1.1.1.1"),
        (2, "2.2.2.2", "9.9.9.9"),
        (1, "", "9.9.9.9"),
        (1, "<script>", "9.9.9.9"),
        (1, "2001:DB8::1", "2001:db8::1"),
    ],
)
def test_only_our_own_proxies_are_believed(rf, settings, proxies, told, address):
    settings.TRUSTED_PROXIES = proxies
    request = rf.get("/", REMOTE_ADDR="9.9.9.9", HTTP_X_FORWARDED_FOR=told)
    assert find_address(request) == address


def test_addresses_of_one_network_are_one_caller(rf):
    names = {name_address(rf.get("/", REMOTE_ADDR=address)) for address in ("2001:db8::1", "2001:db8::2:1")}
    assert len(names) == 1
    assert name_address(rf.get("/", REMOTE_ADDR="::ffff:1.2.3.4")) == name_address(rf.get("/", REMOTE_ADDR="1.2.3.4"))
    assert name_address(rf.get("/", REMOTE_ADDR="")) == "a:unknown"


# The account page.


def test_strangers_are_sent_to_sign_in(client):
    response = client.get("/ru/account/tokens/")
    assert response.status_code == 302
    assert "login" in response["Location"]
    assert client.post("/ru/account/tokens/x/revoke/").status_code == 302


@pytest.mark.parametrize("lang", ["kk", "kk-latn", "ru", "en"])
def test_a_token_is_made_and_shown_once(client, lang):
    sign_in(client, make_person("viewer"))
    form = {"name": "<b>harvester</b>", "scopes": ["read"], "days": "30"}
    made = client.post(f"/{lang}/account/tokens/", form)
    assert made.status_code == 200
    assert "no-store" in made["Cache-Control"]
    secret = made.context["secret"]
    assert find_token(secret).scopes == ["read"]
    page = made.content.decode()
    assert secret in page
    assert "<b>harvester" not in page
    assert secret not in client.get(f"/{lang}/account/tokens/").content.decode()
    assert models.Change.objects.filter(kind="account", reason__contains="harvester").exists()


@pytest.mark.parametrize(
    "form",
    [
        {"name": "", "scopes": ["read"], "days": "30"},
        {"name": "x" * 101, "scopes": ["read"], "days": "30"},
        {"name": "x\0", "scopes": ["read"], "days": "30"},
        {"name": "x", "days": "30"},
        {"name": "x", "scopes": ["add"], "days": "30"},
        {"name": "x", "scopes": ["everything"], "days": "30"},
        {"name": "x", "scopes": ["read"], "days": "9999"},
        {"name": "x", "scopes": ["read"]},
    ],
)
def test_bad_forms_make_no_token(client, form):
    sign_in(client, make_person("viewer"))
    response = client.post("/ru/account/tokens/", form)
    assert response.status_code == 400
    assert response.context["error"]
    assert not ApiToken.objects.exists()


def test_analysts_may_add_and_viewers_may_not(client):
    sign_in(client, make_person("analyst"))
    client.post("/ru/account/tokens/", {"name": "x", "scopes": ["read", "add"], "days": "30"})
    assert ApiToken.objects.get().scopes == ["read", "add"]


def test_nobody_hoards_tokens(client):
    user = sign_in(client, make_person("viewer"))
    for number in range(20):
        make_token(str(number), owner=user)
    assert client.post("/ru/account/tokens/", {"name": "x", "scopes": ["read"], "days": "30"}).status_code == 400


def test_one_revokes_ones_own_and_nobody_elses(client):
    user = sign_in(client, make_person("viewer"))
    own, _ = make_token("own", owner=user)
    other, _ = make_token("other", owner=get_user_model().objects.create_user("berik"))
    assert client.post(f"/ru/account/tokens/{other.prefix}/revoke/").status_code == 404
    assert client.get(f"/ru/account/tokens/{own.prefix}/revoke/").status_code == 405
    assert client.post(f"/ru/account/tokens/{own.prefix}/revoke/").status_code == 302
    assert ApiToken.objects.get(pk=own.pk).revoked
    assert not ApiToken.objects.get(pk=other.pk).revoked


# The command line.


@pytest.mark.django_db(transaction=True)
def test_the_command_line_makes_lists_and_revokes(capsys, monkeypatch):
    from ainalym.cli.app import run

    monkeypatch.setattr("ainalym.cli.token.open_ledger", lambda ctx: None)
    assert run(["token", "add", "harvester", "--scope", "read", "--scope", "add"]) == 0
    secret = capsys.readouterr().out.strip()
    token = find_token(secret)
    assert token.scopes == ["read", "add"]
    assert run(["token", "list"]) == 0
    assert token.prefix in capsys.readouterr().out
    assert run(["token", "revoke", token.prefix]) == 0
    with pytest.raises(BadToken):
        find_token(secret)
    assert run(["token", "revoke", "nothing"]) == 1
    assert run(["token", "add", "x", "--user", "nobody"]) == 1
    viewer = make_person("viewer", factor=False)
    assert run(["token", "add", "x", "--user", viewer.username, "--scope", "add"]) == 1
    assert ApiToken.objects.count() == 1
