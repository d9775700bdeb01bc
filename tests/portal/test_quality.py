import json

import pytest

from ainalym.ledger import models
from ainalym.ledger.review import decide
from tests.ledger.conftest import TURNOVER
from tests.portal.conftest import LANGS
from tests.portal.signing import make_person, sign_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("lang", LANGS)
def test_too_few_reviews_are_called_too_few(client, keep, lang):
    assert client.get(f"/{lang}/quality/").status_code == 200
    keep(TURNOVER, publisher="<b>Агентство</b>")
    decide(models.Claim.objects.get().pk, "accept", author="aida")
    page = client.get(f"/{lang}/quality/")
    assert page.status_code == 200
    few = {"kk": "тым аз", "kk-latn": "tym az", "ru": "слишком мало", "en": "too few"}[lang]
    assert few in page.text
    assert "&lt;b&gt;Агентство&lt;/b&gt;" in page.text
    assert "100%" not in page.text.split("<tbody>")[1].split("quality.interval")[0].split("–")[0]


def test_shares_and_intervals_are_shown_when_there_are_enough(client, keep):
    for number in range(32):
        keep(TURNOVER.replace("4,4", f"4,{number + 10}"), place=f"{number}.txt")
    for claim in list(models.Claim.objects.order_by("pk"))[:24]:
        decide(claim.pk, "accept", author="aida")
    for claim in list(models.Claim.objects.current().filter(state="read")):
        decide(claim.pk, "reject", author="aida")
    page = client.get("/ru/quality/")
    assert "75%" in page.text
    assert "57,9%–86,7%" in page.text
    assert "слишком мало" not in page.text


def test_gold_records_are_for_reviewers(client, keep):
    keep(TURNOVER)
    decide(models.Claim.objects.get().pk, "correct", values={"bound": "about"}, author="aida")
    assert client.get("/en/quality/gold.jsonl").status_code == 302
    assert "gold.jsonl" not in client.get("/en/quality/").text
    sign_in(client, make_person("analyst"))
    assert "gold.jsonl" in client.get("/en/quality/").text
    answer = client.get("/en/quality/gold.jsonl?complete=1")
    [line] = b"".join(answer.streaming_content).decode().splitlines()
    assert json.loads(line)["claims"][0]["bound"] == "about"


def test_changes_tell_who_did_what_and_why(client, keep):
    analyst = sign_in(client, make_person("analyst"))
    keep(TURNOVER)
    claim = models.Claim.objects.get()
    decide(claim.pk, "reject", user=analyst, reason="<i>нет такого</i>")
    page = client.get("/ru/changes/")
    assert "&lt;i&gt;нет такого&lt;/i&gt;" in page.text
    assert f'href="/ru/claims/{models.Claim.objects.current().get().pk}/"' in page.text
    for words in ("отклонено", "сообщений: 1", "завершено цифр: 1", "analyst: +analyst"):
        assert words in page.text
    only = client.get("/ru/changes/?kind=reject&author=analyst")
    assert [item["row"].kind for item in only.context["items"]] == ["reject"]
    assert client.get("/ru/changes/?kind=evil").status_code == 400
    assert client.get("/ru/changes/?after=x").status_code == 400


def test_changes_go_on_page_by_page(client):
    sign_in(client, make_person("editor"))
    for number in range(120):
        models.Change.objects.create(kind="refresh", author="ainalym", reason=f"no {number}")
    seen, path = [], "/en/changes/"
    while path:
        page = client.get(path)
        seen += [item["row"].pk for item in page.context["items"]]
        path = f"/en/changes/{page.context['sheet'].next}" if page.context["sheet"].next else ""
    assert seen == sorted(seen, reverse=True)
    assert len(seen) == models.Change.objects.count()
