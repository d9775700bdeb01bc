"""`ainalym add` as a program: killed, run twice at once, without its database."""

import json
import random
import time

import pytest

from ainalym.language.identity import hash_text

from .conftest import is_postgres, run, start

MILLIONS = [f"{value},{value % 10}" for value in range(100, 400)]
WORDS = (
    "В {year} году товарооборот Казахстана и {partner} составил {one} млн долларов. "
    "Экспорт в {partner} достиг {two} млн долларов. Стороны договорились открыть центр торговли до 2027 года."
)
PARTNERS = ("Узбекистана", "Кыргызстана", "Таджикистана", "Азербайджана", "Китая")


@pytest.fixture(scope="module")
def texts():
    chance = random.Random(7)  # noqa: S311
    return [
        WORDS.format(
            year=2020 + number % 4, partner=PARTNERS[number % 5], one=chance.choice(MILLIONS),
            two=chance.choice(MILLIONS),
        )
        + f" Сообщение {number}."
        for number in range(160)
    ]  # fmt: skip


@pytest.fixture
def archive(tmp_path, texts):
    path = tmp_path / "archive.jsonl"
    lines = [json.dumps({"id": number, "text": text, "published": "2024-03-01"}) for number, text in enumerate(texts)]
    path.write_text("\n".join(lines), "utf-8")
    return str(path)


CONTENT = {
    "documents": "SELECT hash, text FROM ledger_document",
    "sightings": "SELECT d.hash, s.place FROM ledger_sighting s JOIN ledger_document d ON d.id = s.document_id",
    "readings": "SELECT d.hash FROM ledger_reading r JOIN ledger_document d ON d.id = r.document_id",
    "claims": """SELECT d.hash, c.number, c.surface, c.value_exact, c.pair, c.verdict, c.ended_id IS NULL
                 FROM ledger_claim c JOIN ledger_document d ON d.id = c.document_id""",
    "commitments": """SELECT d.hash, c.number, c.surface, c.ended_id IS NULL
                      FROM ledger_commitment c JOIN ledger_document d ON d.id = c.document_id""",
    "pairs": "SELECT code, reports, claims, open_commitments, contradictions FROM ledger_pair",
    "stale": "SELECT count(*) FROM ledger_stale",
    "changes without a row": """SELECT count(*) FROM ledger_change c WHERE kind = 'add' AND NOT EXISTS
                                (SELECT 1 FROM ledger_sighting s WHERE s.added_id = c.id)""",
}
FINDINGS = """SELECT f.id, f.verdict, f.severity, f.pair, d.hash, c.number
              FROM ledger_finding f JOIN ledger_finding_claims l ON l.finding_id = f.id
              JOIN ledger_claim c ON c.id = l.claim_id JOIN ledger_document d ON d.id = c.document_id
              WHERE f.ended_id IS NULL"""


def content_of(ask) -> dict:
    found = {name: sorted(ask(sql)) for name, sql in CONTENT.items()}
    findings: dict[int, list] = {}
    for row, *rest in ask(FINDINGS):
        findings.setdefault(row, []).append(tuple(rest))
    return {**found, "findings": sorted(sorted(rows) for rows in findings.values())}


@pytest.fixture(scope="module")
def unbroken(texts):
    """What the ledger holds after a run that nothing disturbs: filled by the first test that has one."""
    return {}


def _expect(unbroken: dict, ask, texts) -> None:
    content = content_of(ask)
    assert [name for name, _ in content["documents"]] == sorted(hash_text(text) for text in texts)
    assert len(content["findings"]) > 20
    assert content["stale"] == content["changes without a row"] == [(0,)]
    # Places lie in a folder of each test's own.
    content["sightings"] = [(name, place.rpartition("/")[2]) for name, place in content["sightings"]]
    unbroken.setdefault("content", content)
    assert content == unbroken["content"]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_run_and_its_rerun(own_ledger, ask, archive, texts, unbroken, jobs):
    assert "160 new" in run(own_ledger, "add", archive, "--jobs", jobs)
    _expect(unbroken, ask, texts)
    assert "0 new, 0 read again, 0 seen in a new place, 160 known; 0 findings" in run(own_ledger, "add", archive)
    _expect(unbroken, ask, texts)


def _progress(ask) -> tuple[int, int]:
    try:
        return ask("SELECT count(*) FROM ledger_document")[0][0], ask("SELECT count(*) FROM ledger_finding")[0][0]
    except Exception:  # no database yet, no table yet
        return -1, -1


def _ready(ask, moment: str) -> bool:
    documents, findings = _progress(ask)
    return {
        "at the start": True,
        "once there are tables": documents >= 0,
        "amid the texts": documents >= 100,
        "after the texts": documents == 160,
        "amid the findings": findings > 0,
    }[moment]


@pytest.mark.parametrize(
    "moments",
    [
        ("at the start", "once there are tables"),
        ("amid the texts",),
        ("after the texts",),
        ("amid the findings", "at the start"),
    ],
)
def test_killed_and_run_again_loses_and_doubles_nothing(own_ledger, ask, archive, texts, unbroken, moments):
    for moment in moments:
        process = start(own_ledger, "add", archive)
        while not _ready(ask, moment) and process.poll() is None:
            time.sleep(0.005)
        process.kill()
        process.communicate()
    run(own_ledger, "add", archive)
    _expect(unbroken, ask, texts)


def test_two_runs_at_once_on_an_empty_ledger(own_ledger, ask, archive, texts, unbroken):
    processes = [start(own_ledger, "add", archive) for _ in range(2)]
    for process in processes:
        _, errors = process.communicate(timeout=300)
        assert process.returncode == 0, errors
    _expect(unbroken, ask, texts)


def test_the_same_name_in_two_folders_is_two_places_and_two_archives_may_use_the_same_ids(own_ledger, ask, tmp_path):
    for name, year in (("one", 2021), ("two", 2022)):
        (tmp_path / name).mkdir()
        text = WORDS.format(year=year, partner="Китая", one="1,5", two="1,2")
        (tmp_path / name / "report.txt").write_text(text, "utf-8")
        (tmp_path / name / "list.jsonl").write_text(json.dumps({"id": 1, "text": text + " Итог."}), "utf-8")
    run(own_ledger, "add", str(tmp_path / "one"), str(tmp_path / "two"))
    places = {place for (place,) in ask("SELECT place FROM ledger_sighting")}
    assert places == {str(tmp_path / name / file) for name in ("one", "two") for file in ("report.txt", "list.jsonl#1")}
    rows = ask("""SELECT DISTINCT d.text, c.year FROM ledger_claim c JOIN ledger_document d ON d.id = c.document_id
                  WHERE c.year < 2027""")
    assert len(rows) == 4
    assert all(str(year) in text for text, year in rows)


@pytest.mark.skipif(is_postgres(), reason="SQLite only: PostgreSQL has no lock on the whole database")
def test_a_locked_database_is_told_and_nothing_is_lost(own_ledger, ask, archive, texts, unbroken):
    import sqlite3

    run(own_ledger, "add", archive)
    path = f"{own_ledger['XDG_DATA_HOME']}/ainalym/ledger.sqlite3"
    environment = own_ledger | {"AINALYM_PATIENCE": "0.2"}
    lock = sqlite3.connect(path, isolation_level=None)
    lock.execute("BEGIN EXCLUSIVE")
    told = run(environment, "add", archive, status=1)
    assert "database is locked" in told
    assert "Traceback" not in told
    lock.execute("ROLLBACK")
    lock.close()
    run(environment, "add", archive)
    _expect(unbroken, ask, texts)


@pytest.mark.skipif(not is_postgres(), reason="PostgreSQL only: a file does not go away")
def test_a_server_that_goes_away_is_told_and_nothing_is_lost(own_ledger, ask, archive, texts, unbroken):
    process = start(own_ledger, "add", archive)
    while not _ready(ask, "amid the texts"):
        time.sleep(0.005)
    name = own_ledger["DATABASE_URL"].rpartition("/")[2]
    ask(f"""SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = '{name}' AND pid <> pg_backend_pid()""")  # noqa: S608
    _, errors = process.communicate(timeout=300)
    assert process.returncode == 1
    assert "the ledger's database gave up" in errors
    assert "Traceback" not in errors
    run(own_ledger, "add", archive)
    _expect(unbroken, ask, texts)


def test_no_database_is_told(own_ledger, archive):
    for address in ("postgres://nobody@127.0.0.1:1/none", "sqlite:////proc/none/ledger.sqlite3"):
        told = run(own_ledger | {"DATABASE_URL": address}, "add", archive, status=1)
        assert "does not open" in told
        assert "Traceback" not in told
