import re

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.core.cache import cache

from ainalym.ledger import models
from ainalym.portal.accounts import add_user, make_password_link
from tests.portal.signing import PASSWORD, make_code, make_person, sign_in

pytestmark = pytest.mark.django_db
LANGS = ("kk", "kk-latn", "ru", "en")


@pytest.fixture(autouse=True)
def no_limits():
    cache.clear()


def post_login(client, user, password=PASSWORD, **rest):
    return client.post("/ru/account/login/", {"login": user.username, "password": password}, **rest)


def test_nobody_makes_an_account_alone(client):
    assert "закрыта" in client.get("/ru/account/signup/").text
    client.post("/ru/account/signup/", {"username": "x", "password1": PASSWORD, "password2": PASSWORD})
    assert not get_user_model().objects.exists()


def test_a_viewer_signs_in_with_a_password_alone(client):
    user = make_person("viewer", factor=False, password=PASSWORD)
    answer = post_login(client, user, follow=True)
    assert answer.redirect_chain[-1][0] == "/ru/account/"
    assert "читатель" in answer.text
    assert models.Change.objects.filter(kind="sign-in", user=user, reason="password").exists()


def test_an_analyst_must_show_a_code_too(client):
    user = make_person("analyst", password=PASSWORD)
    answer = post_login(client, user)
    assert answer.url == "/ru/account/2fa/authenticate/"
    assert client.get("/ru/account/").status_code == 302
    wrong = client.post(answer.url, {"code": "000000"})
    assert wrong.status_code == 200
    assert "_auth_user_id" not in client.session
    client.post(answer.url, {"code": make_code()})
    assert client.get("/ru/account/").status_code == 200
    assert models.Change.objects.filter(kind="sign-in", user=user, reason="password + totp").exists()


@pytest.mark.parametrize("role", ["analyst", "editor", "administrator"])
def test_without_a_second_factor_nothing_opens_but_its_setup(client, role):
    user = make_person(role, factor=False, password=PASSWORD)
    post_login(client, user)
    for path in ("/ru/", "/ru/partners/", "/ru/account/"):
        assert client.get(path).url == "/ru/account/2fa/"
    assert client.get("/cms/").status_code in (302, 403, 404)
    assert client.post("/ru/partners/").status_code == 403
    page = client.get("/ru/account/2fa/")
    assert page.status_code == 200
    assert "нужен второй фактор" in page.text


def test_a_superuser_needs_a_second_factor(client):
    get_user_model().objects.create_superuser("root", password=PASSWORD)
    client.post("/en/account/login/", {"login": "root", "password": PASSWORD})
    assert client.get("/en/").url == "/en/account/2fa/"


@pytest.mark.django_db(transaction=True)
def test_setting_up_an_authenticator_app_opens_the_rest(client):
    user = make_person("analyst", factor=False, password=PASSWORD)
    post_login(client, user)
    page = client.get("/ru/account/2fa/totp/activate/")
    assert 'src="data:image/svg+xml;base64,' in page.text
    secret = re.search(r'id="authenticator_secret".*?value="(\w+)"', page.text, re.S)[1]
    answer = client.post("/ru/account/2fa/totp/activate/", {"code": make_code(secret)})
    assert answer.url == "/ru/account/2fa/recovery-codes/"
    assert client.get(answer.url).status_code == 200
    assert client.get("/ru/partners/").status_code == 200
    assert models.Change.objects.filter(kind="account", user=user, reason="analyst: +totp").exists()


def test_a_session_that_never_showed_the_factor_must_show_it(client):
    sign_in(client, make_person("analyst"), factor=False)
    answer = client.get("/ru/partners/?of=KZ")
    assert answer.url.startswith("/ru/account/2fa/reauthenticate/?next=")
    answer = client.post(answer.url, {"code": make_code()})
    assert answer.url == "/ru/partners/?of=KZ"
    assert client.get(answer.url).status_code == 200


def test_an_analyst_who_removes_the_last_factor_is_back_at_the_door(client):
    user = sign_in(client, make_person("analyst"))
    assert client.get("/en/partners/").status_code == 200
    Authenticator.objects.filter(user=user).delete()
    assert client.get("/en/partners/").url == "/en/account/2fa/"


def test_attempts_are_limited(client):
    user = make_person("viewer", factor=False, password=PASSWORD)
    for _ in range(5):
        assert "неверны" in post_login(client, user, "wrong").text
    assert "Слишком много" in post_login(client, user).text
    assert "_auth_user_id" not in client.session


def test_wagtails_own_way_in_leads_to_ours(client):
    for path in ("/cms/login/?next=/cms/", "/accounts/login/?next=/cms/"):
        assert client.get(path, headers={"accept-language": "ru"}).url == "/ru/account/login/?next=%2Fcms%2F"


def test_a_sign_in_does_not_send_to_another_host(client):
    user = make_person("viewer", factor=False, password=PASSWORD)
    answer = client.post(
        "/en/account/login/?next=https://evil.example/",
        {"login": user.username, "password": PASSWORD, "next": "https://evil.example/"},
    )
    assert answer.url == "/en/account/"


def test_a_link_sets_the_first_password_once(client):
    user = add_user("aida", roles=["viewer"])
    link = make_password_link(user, "en")
    form = client.get(link).url
    answer = client.post(form, {"password1": PASSWORD, "password2": PASSWORD}, follow=True)
    assert "Your password is now changed" in answer.text
    assert "no longer works" in client.get(link, follow=True).text
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    assert models.Change.objects.filter(kind="account", reason="aida: password").exists()


def test_a_weak_password_is_refused_in_the_language_of_the_page(client):
    link = make_password_link(add_user("aida", roles=["viewer"]), "kk")
    form = client.get(link).url
    answer = client.post(form, {"password1": "password", "password2": "password"})
    assert "Құпиясөз тым қысқа" in answer.text
    assert "Бұл құпиясөз тым кең таралған" in answer.text


def test_a_forged_link_is_dead(client):
    answer = client.get("/en/account/password/1-abc-def/")
    assert answer.status_code == 200
    assert "no longer works" in answer.text


def test_an_expired_session_leads_to_sign_in_and_back(client):
    sign_in(client, make_person("analyst"))
    client.session.flush()
    answer = client.get("/kk/account/")
    assert answer.url == "/kk/account/login/?next=/kk/account/"


def test_changes_of_roles_are_logged_with_who_made_them(client):
    user = make_person("analyst", name="berik")
    user.groups.clear()
    assert list(models.Change.objects.filter(kind="roles").order_by("pk").values_list("reason", flat=True)) == [
        "berik: +analyst",
        "berik: −analyst",
    ]
    user.is_superuser = True
    user.save()
    assert models.Change.objects.filter(kind="account", reason="berik: +is_superuser").exists()


@pytest.mark.parametrize("lang", LANGS)
def test_account_pages_speak_the_language_of_their_address(client, lang):
    english = ("Password", "Sign In", "Authenticator", "Recovery", "Sessions", "Security", "Name")
    russian = ("Войти", "Пароль", "Сеансы")
    texts = [client.get(f"/{lang}/account/login/").text]
    sign_in(client, make_person("analyst"))
    for path in (
        "", "2fa/", "2fa/recovery-codes/", "2fa/recovery-codes/generate/", "2fa/totp/deactivate/", "2fa/webauthn/",
        "2fa/webauthn/add/", "2fa/reauthenticate/", "reauthenticate/", "password/change/", "sessions/", "logout/",
        "inactive/",
    ):  # fmt: skip
        answer = client.get(f"/{lang}/account/{path}", follow=True)
        assert answer.status_code == 200, path
        texts.append(answer.text)
    for text in texts:
        main = re.sub(r"<script.*?</script>|<[^>]*>", " ", text[text.index("<main") : text.index("</main")], flags=re.S)
        if lang.startswith("kk"):
            assert not any(word in main for word in (*english, *russian)), main
        if lang == "kk-latn":
            main = main.replace("Қазақша", "").replace("Русский", "")
            assert not re.search("[а-яәіңғүұқөһ]", main, re.I), main


def test_no_account_page_needs_more_than_strict_csp(client):
    answer = client.get("/en/account/login/")
    policy = answer["Content-Security-Policy"]
    assert "script-src 'self';" in policy + ";"
    assert "unsafe" not in policy
    assert not re.search(r"<script(?![^>]*(src=|application/json))", answer.text)
    assert " style=" not in answer.text
    assert not re.search(r"\son\w+=", answer.text)
