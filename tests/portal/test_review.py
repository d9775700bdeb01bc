import threading

import pytest
from django.db import connection
from django.test import Client

from ainalym.ledger import models
from ainalym.ledger.review import decide
from tests.ledger.conftest import TURNOVER
from tests.portal.conftest import LANGS
from tests.portal.signing import make_person, sign_in

pytestmark = pytest.mark.django_db
VALUES = {
    "decision": "correct", "indicator": "turnover", "reporter": "KZ", "partner": "UZ", "period_start": "2023-01-01",
    "period_end": "2023-12-31", "kind": "level", "value": "4,4", "scale": "1e9", "unit": "USD", "bound": "exact",
    "modality": "actual", "speaker": "", "product": "", "reason": "",
}  # fmt: skip


@pytest.fixture
def analyst(client):
    return sign_in(client, make_person("analyst"))


def keep_two(keep):
    keep(TURNOVER, place="one.txt", publisher="A")
    keep("Экспорт Казахстана в Кыргызстан составил 3,1 млрд долларов.", place="two.txt", publisher="B")
    sure, doubtful = models.Claim.objects.order_by("-confidence")
    assert sure.confidence > doubtful.confidence
    return sure, doubtful


@pytest.mark.parametrize("lang", LANGS)
def test_the_most_doubtful_claim_comes_first_with_its_figure_marked(client, analyst, keep, lang):
    _, doubtful = keep_two(keep)
    answer = client.get(f"/{lang}/review/")
    assert answer.status_code == 200
    assert answer.context["claim"] == doubtful
    assert "<mark" in answer.text
    assert ">3,1<" in answer.text.replace("<sup>1</sup>", "")
    assert f'action="/{lang}/review/{doubtful.pk}/decision/"' in answer.text


def test_filters_and_skipping_lead_on(client, analyst, keep):
    sure, doubtful = keep_two(keep)
    assert client.get("/ru/review/?pair=KZ-UZ").context["claim"] == sure
    assert client.get("/ru/review/?publisher=A").context["claim"] == sure
    assert "нечего проверять" in client.get("/ru/review/?lang=en").text
    assert client.get(f"/ru/review/?after={doubtful.pk}").context["claim"] == sure
    assert "нечего проверять" in client.get(f"/ru/review/?after={sure.pk}").text


@pytest.mark.parametrize("query", ["lang=xx", "after=-1", "after=abc", "after=²", "pair=..", "publisher=" + "x" * 400])
def test_bad_filters_are_said(client, analyst, query):
    assert client.get(f"/ru/review/?{query}").status_code == 400


def test_accepting_keeps_the_author_and_goes_on_under_the_same_filters(client, analyst, keep):
    sure, _ = keep_two(keep)
    answer = client.post(f"/ru/review/{sure.pk}/decision/?pair=KZ-UZ", {"decision": "accept", "reason": "да"})
    assert answer.url == "/ru/review/?pair=KZ-UZ"
    row = models.Claim.objects.current().get(replaces=sure)
    assert (row.state, row.made.user, row.made.reason) == ("accepted", analyst, "да")
    assert "Принято" in client.get(answer.url).text
    assert models.Claim.objects.current().count() == 2


def test_a_correction_is_a_new_row_with_new_findings(client, analyst, keep):
    keep(TURNOVER, place="one.txt")
    keep(TURNOVER.replace("4,4", "5,9"), place="two.txt")
    wrong = models.Claim.objects.get(value_exact="5900000000")
    clashes = models.Finding.objects.current().filter(verdict__in=("contradicts", "reports disagree"))
    assert clashes.exists()
    answer = client.post(f"/kk/review/{wrong.pk}/decision/", {**VALUES, "reason": "кесте"}, follow=True)
    assert answer.status_code == 200
    row = models.Claim.objects.current().get(replaces=wrong)
    assert (row.state, row.value_exact, row.made.kind) == ("corrected", "4400000000", "correct")
    assert not clashes.all().exists()
    assert not models.Stale.objects.exists()


def test_names_of_sides_are_understood_in_any_language(client, analyst, keep):
    keep(TURNOVER)
    claim = models.Claim.objects.get()
    growth = {"partner": "Кыргызстан", "kind": "growth", "value": "8,9", "scale": "0.01"}
    client.post(f"/ru/review/{claim.pk}/decision/", {**VALUES, **growth})
    row = models.Claim.objects.current().get()
    assert (row.partner, row.pair, row.value_exact, row.unit) == ("KG", "KG-KZ", "0.089", "fraction")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"value": "четыре"}, "Введите число"),
        ({"value": "1e99999999"}, "Введите число"),
        ({"value": "NaN"}, "Введите число"),
        ({"value": "1" * 61}, "60"),
        ({"value": ""}, "Требуется заполнить это поле"),
        ({"partner": "Нарния"}, "«Нарния» неизвестно"),
        ({"period_end": "2022-01-01"}, "кончается раньше"),
        ({"period_start": "вчера"}, "ГГГГ-ММ-ДД"),
        ({"indicator": "love"}, "Выберите корректный вариант"),
        ({"unit": "<b>"}, "Введите единицу"),
        ({"kind": "rank", "value": "2,5", "scale": "1"}, "целое число"),
        ({"speaker": "x" * 301}, "300"),
        ({"reason": "x" * 1001, "value": "5"}, "1000"),
        ({"speaker": "a\0b"}, "ноль-байт"),
        ({}, "Ничего не исправлено"),
    ],
)
def test_a_bad_correction_is_said_at_its_field_and_not_kept(client, analyst, keep, change, said):
    keep(TURNOVER)
    claim = models.Claim.objects.get()
    answer = client.post(f"/ru/review/{claim.pk}/decision/", {**VALUES, **change})
    assert answer.status_code == 422
    assert said in answer.text
    assert list(models.Claim.objects.all()) == [claim]
    for name, value in change.items():
        if value and "\0" not in value:
            assert answer.context["form"][name].value() == value


def test_the_form_of_a_reading_says_the_reading(client, analyst, keep):
    keep(TURNOVER)
    form = client.get("/ru/review/").context["form"]
    shown = {name: form[name].value() for name in VALUES if name not in ("decision", "reason")}
    assert {name: str(value or "") for name, value in shown.items()} == {
        name: VALUES[name] for name in shown
    } | {"value": "4.4"}  # fmt: skip


@pytest.mark.parametrize("path", ["review/{}/", "review/{}/decision/", "claims/{}/", "commitments/{}/status/"])
@pytest.mark.parametrize("pk", ["0", "999", "9" * 30])
def test_forged_ids_are_not_found(client, analyst, path, pk):
    path = "/en/" + path.format(pk)
    answer = client.post(path, VALUES) if path.endswith(("decision/", "status/")) else client.get(path)
    assert answer.status_code == 404


def test_a_decision_needs_a_known_word_a_post_and_a_token(client, analyst, keep):
    keep(TURNOVER)
    path = f"/en/review/{models.Claim.objects.get().pk}/decision/"
    assert client.post(path, {"decision": "burn"}).status_code == 400
    assert client.get(path).status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    assert strict.post(path, {"decision": "accept"}).status_code == 403
    assert models.Claim.objects.count() == 1


def test_the_second_reviewer_is_told_what_was_decided(client, analyst, keep):
    keep(TURNOVER)
    claim = models.Claim.objects.get()
    second = Client()
    sign_in(second, make_person("analyst", name="berik"))
    assert second.get("/ru/review/").context["claim"] == claim
    client.post(f"/ru/review/{claim.pk}/decision/", {**VALUES, "value": "4,5", "reason": "опечатка"})
    answer = second.post(f"/ru/review/{claim.pk}/decision/", {"decision": "reject", "reason": "моя причина"})
    assert answer.status_code == 409
    for words in ("уже принято решение", "analyst", "опечатка", "4,5 млрд", "моя причина", "значение"):
        assert words in answer.text
    assert not models.Change.objects.filter(kind="reject").exists()
    assert second.get(f"/ru/review/{claim.pk}/").status_code == 409


def test_a_claim_whose_reading_was_replaced_cannot_be_decided_on(client, analyst, keep, monkeypatch):
    keep(TURNOVER)
    claim = models.Claim.objects.get()
    monkeypatch.setattr("ainalym.ledger.add.VERSION", "99")
    keep(TURNOVER)
    answer = client.post(f"/en/review/{claim.pk}/decision/", {"decision": "accept"})
    assert answer.status_code == 409
    assert "newer reading" in answer.text
    assert client.get(f"/en/claims/{claim.pk}/").status_code == 200


def test_a_decision_made_in_the_very_moment_of_another_is_refused(client, analyst, keep, monkeypatch):
    keep(TURNOVER)
    claim = models.Claim.objects.get()

    def decide_second(pk, choice, **rest):
        decide(pk, "accept", author="berik", reason="first")
        return decide(pk, choice, **rest)

    monkeypatch.setattr("ainalym.portal.views.review.decide", decide_second)
    answer = client.post(f"/en/review/{claim.pk}/decision/", {"decision": "reject"})
    assert answer.status_code == 409
    assert "berik" in answer.text
    assert models.Claim.objects.current().get().state == "accepted"
    assert not models.Change.objects.filter(kind="reject").exists()


@pytest.mark.skipif(connection.vendor == "sqlite", reason="tests keep SQLite in memory, where threads do not wait")
@pytest.mark.django_db(transaction=True)
def test_of_reviews_at_the_same_moment_one_holds(keep):
    keep(TURNOVER)
    claim = models.Claim.objects.get()
    clients = [Client(), Client(), Client()]
    for number, client in enumerate(clients):
        sign_in(client, make_person("analyst", name=f"analyst{number}"))
    start, statuses = threading.Barrier(len(clients)), []

    def post(client, choice):
        start.wait()
        try:
            statuses.append(client.post(f"/en/review/{claim.pk}/decision/", {"decision": choice}).status_code)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=post, args=pair) for pair in zip(clients, ("accept", "reject", "accept"), strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [302, 409, 409]
    assert models.Claim.objects.filter(replaces=claim).count() == 1
    assert models.Claim.objects.current().count() == 1
    assert models.Change.objects.filter(kind__in=("accept", "reject")).count() == 1


@pytest.mark.parametrize("lang", LANGS)
def test_the_page_of_a_claim_tells_its_history(client, keep, lang):
    keep(TURNOVER)
    old = models.Claim.objects.get()
    new = decide(old.pk, "correct", values={"bound": "about"}, author="aida", reason="<script>alert(1)</script>")
    answer = client.get(f"/{lang}/claims/{new.pk}/")
    assert answer.status_code == 200
    assert "aida" in answer.text
    assert "<script>alert" not in answer.text
    assert "&lt;script&gt;alert" in answer.text
    assert f"/claims/{new.pk}/" in client.get(f"/{lang}/claims/{old.pk}/").text


def test_scripts_in_a_report_are_shown_inert(client, analyst, keep):
    keep("<script>alert(1)</script> " + TURNOVER)
    answer = client.get("/en/review/")
    assert "<script>alert" not in answer.text
    assert "&lt;script&gt;alert" in answer.text


def test_a_long_report_is_shown_around_the_figure(client, analyst, keep):
    keep("Слово за слово. " * 3_000 + TURNOVER + " Конец." * 3_000)
    answer = client.get("/en/review/")
    assert "4,4" in answer.text
    assert len(answer.text) < 60_000


DEAL = "Казахстан и Узбекистан подписали меморандум о поставках муки."


def test_a_commitment_is_moved_by_analysts_alone_and_shows_its_history(client, keep):
    keep(DEAL)
    deal = models.Commitment.objects.get()
    page = client.get(f"/ru/commitments/{deal.pk}/")
    assert page.status_code == 200
    assert "Перевести в другой статус" not in page.text
    path = f"/ru/commitments/{deal.pk}/status/"
    assert client.post(path, {"status": "done"}).status_code == 302
    sign_in(client, make_person("viewer", factor=False), factor=False)
    assert client.post(path, {"status": "done"}).status_code == 403
    sign_in(client, make_person("analyst"))
    assert client.post(path, {"status": "signed"}).status_code == 422
    assert client.post(path, {"status": "forgotten"}).status_code == 422
    answer = client.post(path, {"status": "done", "reason": "мука доставлена"}, follow=True)
    assert "Статус изменён" in answer.text
    assert "мука доставлена" in answer.text
    late = client.post(path, {"status": "under way"})
    assert late.status_code == 409
    assert "тем временем" in late.text
    assert [row.status for row in models.Commitment.objects.order_by("pk")] == ["signed", "done"]
    assert models.Pair.objects.get(code="KZ-UZ").open_commitments == 0


def test_pages_of_review_need_few_queries(client, analyst, keep, django_assert_max_num_queries):
    for number in range(6):
        keep(TURNOVER.replace("4,4", f"{number + 4},4"), place=f"{number}.txt", publisher=f"P{number}")
    claim = models.Claim.objects.first()
    for path in ("review/", f"review/{claim.pk}/", f"claims/{claim.pk}/", "changes/", "quality/", "account/"):
        with django_assert_max_num_queries(20):
            assert client.get(f"/en/{path}").status_code == 200, path


def test_findings_that_many_claims_bear_on_are_made_behind_the_visitors_back(client, analyst, keep, monkeypatch):
    keep(TURNOVER, place="one.txt")
    keep(TURNOVER.replace("4,4", "5,9"), place="two.txt")
    left = []
    monkeypatch.setattr("ainalym.portal.refreshing._FEW", 1)
    monkeypatch.setattr("ainalym.portal.refreshing._worker.submit", lambda work, *args: left.append(args))
    wrong = models.Claim.objects.get(value_exact="5900000000")
    answer = client.post(f"/en/review/{wrong.pk}/decision/", {"decision": "reject"}, follow=True)
    assert "being made anew" in answer.text
    assert left == [({"KZ-UZ"},)]
    assert models.Stale.objects.filter(pair="KZ-UZ").exists()
