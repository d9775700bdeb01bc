"""Who gets where: each address for each sort of visitor."""

import pytest
from django.contrib.auth import get_user_model

from ainalym.ledger import models
from tests.ledger.conftest import TURNOVER
from tests.portal.conftest import LANGS
from tests.portal.signing import make_person, sign_in

pytestmark = pytest.mark.django_db
OK, SIGN_IN, SET_UP, NO, GONE = 200, "sign in", "set up", 403, 409
VISITORS = ("anonymous", "viewer", "analyst without factor", "analyst", "editor", "administrator")
# An address, whether it is posted to, and what each of VISITORS gets.
MATRIX = {
    ("/ru/", False): (OK, OK, SET_UP, OK, OK, OK),
    ("/ru/partners/", False): (OK, OK, SET_UP, OK, OK, OK),
    ("/ru/reports/", False): (OK, OK, SET_UP, OK, OK, OK),
    ("/ru/quality/", False): (OK, OK, SET_UP, OK, OK, OK),
    ("/ru/claims/{claim}/", False): (OK, OK, SET_UP, OK, OK, OK),
    ("/ru/commitments/{deal}/", False): (OK, OK, SET_UP, OK, OK, OK),
    ("/ru/account/", False): (SIGN_IN, OK, SET_UP, OK, OK, OK),
    ("/ru/account/2fa/", False): (SIGN_IN, OK, OK, OK, OK, OK),
    ("/ru/account/sessions/", False): (SIGN_IN, OK, SET_UP, OK, OK, OK),
    ("/ru/review/", False): (SIGN_IN, NO, SET_UP, OK, NO, NO),
    ("/ru/review/{claim}/", False): (SIGN_IN, NO, SET_UP, OK, NO, NO),
    ("/ru/review/{claim}/decision/", True): (SIGN_IN, NO, NO, 400, NO, NO),
    ("/ru/commitments/{deal}/status/", True): (SIGN_IN, NO, NO, 422, NO, NO),
    ("/ru/quality/gold.jsonl", False): (SIGN_IN, NO, SET_UP, OK, NO, NO),
    ("/ru/changes/", False): (SIGN_IN, NO, SET_UP, OK, OK, OK),
}


def enter(client, visitor):
    role, _, lacking = visitor.partition(" ")
    if role != "anonymous":
        has_factor = not lacking and role != "viewer"
        sign_in(client, make_person(role, factor=has_factor), factor=has_factor)


def get_outcome(client, path, posted):
    answer = client.post(path, {}) if posted else client.get(path)
    if answer.status_code != 302:
        return answer.status_code
    if answer.url.startswith("/ru/account/login/?next="):
        return SIGN_IN
    return SET_UP if answer.url == "/ru/account/2fa/" else answer.url


@pytest.mark.parametrize("visitor", VISITORS)
def test_every_visitor_gets_where_the_roles_say(client, keep, visitor):
    keep(TURNOVER + " Казахстан и Узбекистан подписали меморандум о поставках муки.")
    names = {"claim": models.Claim.objects.first().pk, "deal": models.Commitment.objects.first().pk}
    enter(client, visitor)
    found = {key: get_outcome(client, key[0].format(**names), key[1]) for key in MATRIX}
    assert found == {key: row[VISITORS.index(visitor)] for key, row in MATRIX.items()}
    assert not models.Change.objects.filter(kind__in=("accept", "correct", "reject", "status")).exists()


@pytest.mark.parametrize("lang", LANGS)
def test_a_refusal_speaks_the_language_of_the_page(client, lang):
    enter(client, "viewer")
    answer = client.get(f"/{lang}/review/")
    assert answer.status_code == 403
    title = {"kk": "рұқсат", "kk-latn": "rūqsat", "ru": "нет прав", "en": "not allowed"}[lang]
    assert title in answer.text


def test_someone_in_no_group_may_only_look(client):
    user = make_person(name="nobody", factor=False)
    sign_in(client, user, factor=False)
    assert client.get("/en/partners/").status_code == 200
    assert client.get("/en/review/").status_code == 403


def test_a_superuser_with_a_factor_may_do_everything(client):
    user = make_person(name="root")
    get_user_model().objects.filter(pk=user.pk).update(is_superuser=True)
    sign_in(client, get_user_model().objects.get(pk=user.pk))
    for path in ("review/", "changes/", "quality/gold.jsonl"):
        assert client.get(f"/en/{path}").status_code == 200


def test_a_right_taken_away_is_gone_at_once(client):
    user = sign_in(client, make_person("analyst"))
    assert client.get("/en/review/").status_code == 200
    user.groups.clear()
    assert client.get("/en/review/").status_code == 403


def test_an_account_switched_off_is_signed_out(client):
    user = sign_in(client, make_person("analyst"))
    user.is_active = False
    user.save()
    assert client.get("/en/review/").url == "/en/account/login/?next=/en/review/"
