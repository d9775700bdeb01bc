"""The API as a program meets it."""

import datetime as dt
import json
from decimal import Decimal

import pytest
from django.db import OperationalError

from ainalym.ledger import models
from tests.ledger.conftest import TURNOVER

pytestmark = pytest.mark.django_db

TAJIK = "In 2023 Kazakhstan exported wheat worth $3.1 million to Tajikistan. By 2030 turnover is to reach $2 billion."


@pytest.fixture
def get(client):
    """The JSON of an address."""

    def call(address: str, **headers):
        response = client.get(f"/api/v1/{address}", headers=headers)
        assert response.status_code == 200, response.content
        return json.loads(response.content, parse_float=Decimal)

    return call


def walk(client, address):
    """All items of a list, page by page."""
    items, pages = [], 0
    while address:
        page = client.get(address).json()
        items += page["items"]
        address = page["next"]
        pages += 1
    return items, pages


def test_a_claim_has_the_public_names_and_all_digits(keep, get):
    keep(TURNOVER.replace("4,4 млрд", "4 400 000 000,07"), publisher="Agency")
    (claim,) = get("claims")["items"]
    assert claim["value"] == Decimal("4400000000.07")
    assert claim["period"] == ["2023-01-01", "2023-12-31"]
    assert (claim["reporter"], claim["partner"], claim["pair"]) == ("KZ", "UZ", "KZ-UZ")
    assert claim["publisher"] == "Agency"
    report = get(f"documents/{claim['document']}")
    evidence = claim["evidence"]
    assert report["text"][evidence["start"] : evidence["end"]] == evidence["quote"]
    assert report["claims"] == [get(f"claims/{claim['id']}")] == [claim]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 3),
        ("pair=KZ-UZ", 1),
        ("pair=uz-kz", 1),
        ("pair=KZ-TJ", 2),
        ("pair=KZ-DE", 0),
        ("reporter=KZ&partner=TJ&indicator=exports", 1),
        ("indicator=exports&indicator=turnover", 3),
        ("modality=target", 1),
        ("product=wheat", 1),
        ("period_from=2024-01-01", 1),
        ("period_to=2022-12-31", 1),
        ("period_from=2023-06-01&period_to=2023-06-30", 3),
        ("lang=en", 2),
        ("lang=en&lang=ru", 3),
        ("publisher=Agency", 2),
        ("published_from=2024-02-10", 2),
        ("published_to=2024-02-10", 1),
        ("unit=USD", 3),
        ("min_confidence=1", 0),
        ("state=accepted", 0),
        ("state=read&state=rejected", 3),
        ("verdict=contradicts", 0),
        ("verdict=none", 3),
        ("since=2001-01-01", 3),
        ("since=2199-01-01T00:00:00Z", 0),
    ],
)
def test_claims_are_filtered(keep, get, query, count):
    keep(TURNOVER, place="one.txt")
    keep(TAJIK, place="two.txt", published="2024-03-01", publisher="Agency")
    assert len(get(f"claims?{query}")["items"]) == count


def test_rejected_claims_come_only_when_asked_for(keep, get):
    keep(TURNOVER)
    models.Claim.objects.update(state="rejected")
    assert get("claims")["items"] == []
    assert len(get("claims?state=rejected")["items"]) == 1


def test_a_claim_that_ended_is_still_found_by_its_id(keep, get):
    keep(TURNOVER)
    claim = models.Claim.objects.get()
    claim.ended = models.Change.objects.create(kind="correct", author="test")
    claim.save()
    assert get("claims")["items"] == []
    assert get(f"claims/{claim.pk}")["ended"] is not None


@pytest.mark.parametrize("sort", ["-published", "published", "-id", "id"])
def test_pages_are_complete_in_every_order_and_stable_while_rows_are_added(client, keep, sort):
    for number in range(7):
        day = None if number in (2, 5) else f"2024-02-{number // 2 + 10}"
        keep(TURNOVER.replace("4,4", f"4,{number}"), place=f"{number}.txt", published=day)
    before = [claim["id"] for claim in client.get(f"/api/v1/claims?sort={sort}").json()["items"]]
    first = client.get(f"/api/v1/claims?sort={sort}&limit=2").json()
    keep(TURNOVER.replace("4,4", "9,9"), place="late.txt", published="2024-02-11")
    rest, _ = walk(client, first["next"])
    walked = [claim["id"] for claim in first["items"] + rest]
    late = models.Claim.objects.get(value=9.9e9).pk
    assert [number for number in walked if number != late] == before
    assert len(walked) == len(set(walked))
    every, pages = walk(client, f"/api/v1/claims?sort={sort}&limit=3")
    assert (len(every), pages) == (8, 3)


@pytest.mark.parametrize("resource", ["documents", "meetings", "commitments", "people", "findings", "pairs"])
def test_every_list_is_walked_whole(client, keep, resource):
    for number in range(3):
        keep(
            f"День {number}. Министр Казахстана Ержан Сулейменов встретился с министром Узбекистана Шухратом Назаровым."
            f" Решили построить завод до 2030 года. {TURNOVER.replace('4,4', f'{number + 1},4')}",
            place=f"{number}.txt",
        )
    whole, _ = walk(client, f"/api/v1/{resource}?limit=200")
    walked, pages = walk(client, f"/api/v1/{resource}?limit=1")
    assert whole
    assert walked == whole
    assert pages == len(whole)


@pytest.mark.parametrize(
    ("address", "parameter"),
    [
        ("claims?pairr=KZ-UZ", "pairr"),
        ("claims?pair=Kazakhstan", "pair"),
        ("claims?pair=", "pair"),
        ("claims?indicator=profit", "indicator"),
        ("claims?limit=0", "limit"),
        ("claims?limit=201", "limit"),
        ("claims?limit=many", "limit"),
        ("claims?period_from=2023", "period_from"),
        ("claims?period_from=2023-02-30", "period_from"),
        ("claims?min_confidence=nan", "min_confidence"),
        ("claims?since=0001-01-01T00:00:00%2B14:00", "since"),
        ("claims?sort=value", "sort"),
        ("claims?document=..", "document"),
        ("findings?claim=99999999999999999999", "claim"),
        ("search", "q"),
    ],
)
@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_bad_parameters_are_named_in_the_callers_language(client, address, parameter, lang):
    response = client.get(f"/api/v1/{address}", headers={"accept-language": lang})
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert response["Content-Language"] == lang
    problem = response.json()
    assert problem["status"] == 400
    assert problem["type"] == f"http://testserver/{lang}/data/#problem-400"
    (error,) = problem["errors"]
    assert error["parameter"] == parameter
    assert error["detail"]


def test_problems_differ_by_language(client):
    said = {
        client.get("/api/v1/claims/1", headers={"accept-language": lang}).json()["detail"]
        for lang in ("kk", "kk-Latn", "ru", "en")
    }
    assert len(said) == 4


@pytest.mark.parametrize(
    "cursor", ["x", "W10", "!!!", "WyJpZCIsMSwxXQ", "bnVsbA", "e30", "A" * 401, "WyItcHVibGlzaGVkIiwieCIsMV0"]
)
def test_forged_cursors_are_refused(client, cursor):
    assert client.get(f"/api/v1/claims?cursor={cursor}").status_code == 400


@pytest.mark.parametrize(
    "address",
    [
        "nothing", "claims/0", "claims/-1", "claims/99999999999999999999", "claims/x", "documents/x",
        "documents/" + "0" * 32, "findings/1", "meetings/1", "commitments/1", "people/nobody", "people/nobody/mentions",
        "pairs/XX", "pairs/KZ-ZZ", "pairs/KZ-ZZ-QQ-VV-WW/official/x",
    ],
)  # fmt: skip
def test_forged_ids_are_not_found(client, address):
    response = client.get(f"/api/v1/{address}")
    assert response.status_code == 404
    assert response.json()["status"] == 404


def test_zero_characters_are_refused(client):
    assert client.get("/api/v1/claims?publisher=a%00b").status_code == 400
    assert client.get("/api/v1/people/a%00b").status_code == 400


def test_a_wrong_method_is_told_what_is_right(client):
    response = client.delete("/api/v1/claims")
    assert (response.status_code, response["Allow"]) == (405, "GET")
    assert response.json()["status"] == 405


def test_what_is_known_is_not_sent_again(client, keep):
    keep(TURNOVER, place="one.txt")
    first = client.get("/api/v1/claims")
    held = {"if-none-match": first["ETag"]}
    again = client.get("/api/v1/claims", headers=held)
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/api/v1/claims", headers={"if-modified-since": first["Last-Modified"]}).status_code == 304
    assert client.get("/api/v1/claims?limit=1", headers=held).status_code == 200
    assert client.get("/api/v1/claims", headers=held | {"accept-language": "en"}).status_code == 200
    keep(TAJIK, place="two.txt")
    changed = client.get("/api/v1/claims", headers=held)
    assert changed.status_code == 200
    assert len(changed.json()["items"]) == 3
    assert "max-age" in changed["Cache-Control"]


def test_head_gives_the_headers_alone(client, keep):
    keep(TURNOVER)
    whole = client.get("/api/v1/claims")
    head = client.head("/api/v1/claims")
    assert (head.status_code, head.content) == (200, b"")
    assert head["Content-Length"] == str(len(whole.content))
    assert head["ETag"] == whole["ETag"]


def test_a_finding_is_told_in_the_language_asked_for(client, keep):
    keep(TURNOVER, place="one.txt")
    keep(TURNOVER.replace("4,4", "5,9"), place="two.txt")
    said = {}
    for lang in ("kk", "kk-Latn", "ru", "en"):
        items = client.get("/api/v1/findings?pair=KZ-UZ", headers={"accept-language": lang}).json()["items"]
        (finding,) = [item for item in items if item["verdict"] in ("contradicts", "reports disagree")]
        said[lang] = finding["why"]
        assert {figure["quote"] for figure in finding["figures"]} == {"4,4", "5,9"}
    assert len(set(said.values())) == 4
    number = finding["figures"][0]["claim_id"]
    assert client.get(f"/api/v1/findings?claim={number}").json()["items"]
    assert client.get(f"/api/v1/findings?document={finding['figures'][0]['document']}").json()["items"]
    assert client.get(f"/api/v1/findings/{finding['id']}").json()["verdict"] == finding["verdict"]


def test_a_pair_has_its_sums_targets_and_names(keep, get):
    keep(TURNOVER, place="one.txt")
    keep("К 2030 году товарооборот Казахстана и Узбекистана планируется довести до 10 млрд долларов.", place="two.txt")
    pair = get("pairs/UZ-KZ", **{"accept-language": "ru"})
    assert (pair["code"], pair["names"], pair["reports"]) == ("KZ-UZ", ["Казахстан", "Узбекистан"], 2)
    assert pair["turnover"]["value"] == 4400000000
    assert [claim["value"] for claim in pair["targets"]] == [10000000000]
    assert get("pairs?side=UZ")["items"][0]["code"] == "KZ-UZ"
    assert get("pairs?side=DE")["items"] == []


def test_official_figures_have_source_vintage_and_interval(get, monkeypatch, tmp_path):
    monkeypatch.setenv("AINALYM_STATISTICS", str(tmp_path))
    found = get("pairs/KZ-UZ/official?flow=exports&reporter=KZ&period_from=2023-01-01&period_to=2023-12-31")
    assert found["items"]
    for figure in found["items"]:
        assert (figure["flow"], figure["reporter"], figure["partner"]) == ("exports", "KZ", "UZ")
        assert figure["low"] < figure["value"] < figure["high"]
        assert figure["vintage"]
    assert {source["id"] for source in found["sources"]} == {figure["source"] for figure in found["items"]}


def test_official_figures_that_may_not_be_passed_on_are_withheld(get, monkeypatch, tmp_path):
    monkeypatch.setenv("AINALYM_STATISTICS", str(tmp_path))
    from ainalym.portal.api.routes import pairs

    shipped = dict(pairs._shipped())
    shipped["kz-bns"] = type(shipped["kz-bns"])(
        **{f: getattr(shipped["kz-bns"], f) for f in shipped["kz-bns"].__struct_fields__} | {"reexport": "no"}
    )
    monkeypatch.setattr(pairs, "_shipped", lambda: shipped)
    found = get("pairs/KZ-UZ/official")
    assert {source["id"] for source in found["withheld"]} == {"kz-bns"}
    assert "kz-bns" not in {figure["source"] for figure in found["items"]}


def test_people_are_one_across_scripts(keep, get):
    keep("Президент Қазақстана Касым-Жомарт Токаев прибыл в Ташкент.", place="one.txt")
    keep("Президент Қасым-Жомарт Тоқаев Ташкентке келді.", place="two.txt")
    (person,) = get("people")["items"]
    mentions = get(f"people/{person['key']}/mentions")["items"]
    assert len({mention["document"] for mention in mentions}) == 2


def test_search_finds_other_scripts(keep, get):
    keep("2023 jyly Qazaqstan men Ózbekstannyń taýar aınalymy 4,4 mlrd dollar boldy.", place="latin.txt")
    found = get("search?q=Қазақстан")
    assert found["total"] == 1
    assert found["items"][0]["script"] == "Latn"
    assert get("search?q=Грузия")["items"] == []


def test_a_draft_is_checked_and_not_kept(client, keep):
    keep(TURNOVER)
    draft = {"text": TURNOVER.replace("4,4", "5,9"), "against_statistics": False}
    before = models.Change.objects.count()
    response = client.post("/api/v1/check", draft, content_type="application/json", headers={"accept-language": "ru"})
    assert response.status_code == 200
    answer = response.json()
    assert answer["claims"][0]["value"] == 5900000000
    finding = answer["findings"][0]
    assert finding["verdict"] in ("contradicts", "reports disagree")
    claims = {figure["claim_id"] for figure in finding["figures"]}
    assert claims == {None, models.Claim.objects.get().pk}
    assert [document["id"] for document in answer["documents"]] == [models.Document.objects.get().hash]
    assert models.Change.objects.count() == before
    assert response["Cache-Control"] == "no-store"


def test_a_draft_is_held_against_official_statistics(client, monkeypatch, tmp_path):
    monkeypatch.setenv("AINALYM_STATISTICS", str(tmp_path))
    answer = client.post("/api/v1/check", {"text": TURNOVER}, content_type="application/json").json()
    (finding,) = [finding for finding in answer["findings"] if finding["comparison"]]
    assert finding["comparison"]["compared"]


@pytest.mark.parametrize(
    ("body", "kind", "status", "pointer"),
    [
        ('{"text": ""}', "application/json", 400, "/text"),
        ("{}", "application/json", 400, "/text"),
        ('{"text": 1}', "application/json", 400, "/text"),
        ('{"text": "a", "published": "yesterday"}', "application/json", 400, "/published"),
        ('{"text": "a", "words": 1}', "application/json", 400, "/words"),
        ('{"text": "a", "lang": "русский"}', "application/json", 400, "/lang"),
        ("[]", "application/json", 400, ""),
        ("{", "application/json", 400, None),
        ("", "application/json", 415, None),
        ("\xff\xfe", "application/json", 400, None),
        ("[" * 100_000, "application/json", 400, None),
        ('{"text": "a"}', "text/plain", 415, None),
        ("text=a", "application/x-www-form-urlencoded", 415, None),
    ],
)
def test_bad_drafts_are_refused(client, body, kind, status, pointer):
    response = client.generic("POST", "/api/v1/check", body, content_type=kind)
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    if pointer is not None:
        assert [error["pointer"] for error in response.json()["errors"]] == [pointer]


def test_texts_that_are_too_long_are_refused(client, settings):
    long = {"text": "а" * (settings.API_TEXT + 1)}
    assert client.post("/api/v1/check", long, content_type="application/json").status_code == 400
    settings.API_BODY_BYTES = 1000
    response = client.post("/api/v1/check", long, content_type="application/json")
    assert (response.status_code, response.json()["status"]) == (413, 413)


def test_a_text_of_odd_characters_is_read(client):
    response = client.generic(
        "POST", "/api/v1/check", r'{"text": "\u0000 5 млн \ud83d\ude00 <script>alert(1)</script>"}', "application/json"
    )
    assert response.status_code == 200


def test_a_text_that_takes_too_long_is_given_up(client, settings, monkeypatch):
    import threading

    from ainalym.portal.api.routes import check

    go = threading.Event()
    monkeypatch.setattr(check, "read_document", lambda document: go.wait(10))
    settings.API_SECONDS = 0.05
    response = client.post("/api/v1/check", {"text": "a"}, content_type="application/json")
    busy = [client.post("/api/v1/check", {"text": "a"}, content_type="application/json") for _ in range(2)]
    go.set()
    assert response.status_code == 503
    assert [answer.status_code for answer in busy] == [503, 503]
    assert response["Retry-After"]


def test_a_database_that_is_gone_is_a_503(client, monkeypatch):
    def gone(*args, **kwargs):
        raise OperationalError("gone")

    monkeypatch.setattr("ainalym.portal.freshness.find_freshness", gone)
    response = client.get("/api/v1/claims")
    assert (response.status_code, response["Retry-After"]) == (503, "30")
    monkeypatch.undo()
    monkeypatch.setattr("ainalym.portal.api.routes.claims.take_page", gone)
    assert client.get("/api/v1/claims").status_code == 503


def test_a_failure_tells_nothing_of_the_program(client, monkeypatch):
    monkeypatch.setattr("ainalym.portal.api.routes.claims.take_page", lambda *a, **k: 1 / 0)
    client.raise_request_exception = False
    response = client.get("/api/v1/claims")
    assert (response.status_code, response["Content-Type"]) == (500, "application/problem+json")
    assert "ZeroDivision" not in response.content.decode()


def test_any_page_may_read(client):
    assert client.get("/api/v1/claims")["Access-Control-Allow-Origin"] == "*"
    preflight = client.options("/api/v1/check", headers={"access-control-request-method": "POST"})
    assert preflight.status_code == 204
    assert "Authorization" in preflight["Access-Control-Allow-Headers"]


@pytest.mark.parametrize(
    "address",
    [
        "documents", "claims", "claims?pair=KZ-UZ", "meetings", "commitments", "people", "findings", "pairs",
        "pairs/KZ-UZ", "pairs/KZ-UZ/official", "search?q=торговля", "openapi.json", "documents/{document}",
        "documents?pair=KZ-UZ", "findings?document={document}",
    ],
)  # fmt: skip
def test_no_address_asks_the_database_more_than_ten_times(client, keep, address, django_assert_max_num_queries):
    for number in range(6):
        keep(TURNOVER.replace("4,4", f"4,{number}"), place=f"{number}.txt")
    address = address.format(document=models.Document.objects.first().hash)
    with django_assert_max_num_queries(10):
        assert client.get(f"/api/v1/{address}").status_code == 200


def test_lists_do_not_fetch_texts(client, keep, django_assert_max_num_queries):
    keep(TURNOVER)
    with django_assert_max_num_queries(10) as asked:
        client.get("/api/v1/claims")
        client.get("/api/v1/documents")
    assert not any('"text"' in query["sql"] for query in asked.captured_queries)


def test_the_description_is_openapi_with_words_for_everything(client):
    schema = client.get("/api/v1/openapi.json").json()
    assert schema["openapi"].startswith("3.1")
    for path in schema["paths"].values():
        for operation in path.values():
            assert operation["summary"]
            assert operation["responses"]["default"]
            assert all(parameter["description"] for parameter in operation["parameters"])


def test_since_is_a_moment_of_the_ledger(client, keep):
    keep(TURNOVER, place="one.txt")
    between = dt.datetime.now(dt.UTC).isoformat()
    keep(TAJIK, place="two.txt")
    later = client.get("/api/v1/claims", {"since": between}).json()["items"]
    assert {claim["lang"] for claim in later} == {"en"}
    assert len(client.get("/api/v1/documents", {"since": between}).json()["items"]) == 1
