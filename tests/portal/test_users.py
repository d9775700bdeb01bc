import re

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client

from ainalym.ledger import models
from tests.portal.conftest import LANGS
from tests.portal.signing import PASSWORD, make_person, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client):
    return sign_in(client, make_person("administrator"))


def find(name):
    return get_user_model().objects.get(username=name)


def test_an_administrator_makes_an_account_and_its_owner_sets_the_password(client, administrator):
    page = client.post("/ru/users/", {"name": "aida", "roles": ["analyst", "viewer"]})
    link = re.search(r"<code>http://testserver(/ru/account/password/[^<]+)</code>", page.text)[1]
    assert set(find("aida").groups.values_list("name", flat=True)) == {"analyst", "viewer"}
    other = Client()
    form = other.get(link).url
    other.post(form, {"password1": PASSWORD, "password2": PASSWORD})
    assert find("aida").check_password(PASSWORD)
    assert models.Change.objects.filter(kind="account", user=administrator, reason="aida: new").exists()
    assert models.Change.objects.filter(kind="roles", user=administrator, reason="aida: +analyst").exists()


@pytest.mark.parametrize("change", [{"name": ""}, {"name": "no spaces"}, {"name": "x" * 151}, {"roles": ["king"]},
                                    {"name": "administrator"}])  # fmt: skip
def test_a_bad_account_is_refused(client, administrator, change):
    before = get_user_model().objects.count()
    assert client.post("/ru/users/", {"name": "aida", "roles": ["viewer"], **change}).status_code == 422
    assert get_user_model().objects.count() == before


def test_roles_change_and_other_groups_stay(client, administrator):
    user = make_person("analyst", name="aida")
    user.groups.add(Group.objects.create(name="ministry"))
    client.post(f"/en/users/{user.pk}/", {"action": "roles", "roles": ["editor"]})
    assert set(user.groups.values_list("name", flat=True)) == {"editor", "ministry"}
    assert models.Change.objects.filter(user=administrator, reason="aida: −analyst").exists()


def test_lost_factors_are_taken_and_an_account_is_switched_off(client, administrator):
    user = make_person("analyst", name="aida")
    client.post(f"/en/users/{user.pk}/", {"action": "factors"})
    assert not Authenticator.objects.filter(user=user).exists()
    client.post(f"/en/users/{user.pk}/", {"action": "off"})
    assert not find("aida").is_active
    assert models.Change.objects.filter(user=administrator, reason="aida: −is_active").exists()


def test_nobody_changes_a_superuser_or_themselves(client, administrator):
    root = get_user_model().objects.create_superuser("root")
    for user in (root, administrator):
        for action in ("link", "roles", "factors", "off"):
            assert client.post(f"/en/users/{user.pk}/", {"action": action}).status_code == 403
    assert find("root").is_active


def test_an_old_session_proves_itself_again_before_a_change(client, administrator):
    user = make_person("viewer", name="aida", factor=False)
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 3_600
    session.save()
    answer = client.post(f"/en/users/{user.pk}/", {"action": "off"})
    assert "/reauthenticate/" in answer.url
    assert find("aida").is_active


@pytest.mark.parametrize("role", ["viewer", "analyst", "editor"])
def test_others_see_nothing_of_users(client, role):
    has_factor = role != "viewer"
    user = sign_in(client, make_person(role, factor=has_factor), factor=has_factor)
    for path in ("/en/users/", f"/en/users/{user.pk}/"):
        assert client.get(path).status_code == 403
        assert client.post(path, {"action": "off"}).status_code == 403


@pytest.mark.parametrize("lang", LANGS)
def test_the_pages_of_users_are_there_in_every_language(client, administrator, lang, django_assert_max_num_queries):
    for number in range(5):
        make_person("analyst", name=f"analyst{number}")
    with django_assert_max_num_queries(20):
        assert client.get(f"/{lang}/users/").status_code == 200
    with django_assert_max_num_queries(20):
        assert client.get(f"/{lang}/users/{find('analyst1').pk}/").status_code == 200
    assert client.get(f"/{lang}/users/{'9' * 25}/").status_code == 404
    assert client.post(f"/{lang}/users/{find('analyst1').pk}/", {"action": "evil"}).status_code == 400
