"""A run goes into the ledger without being read anew."""

import json
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

pytest.importorskip("daft", reason="the corpus runner needs Daft")


@pytest.fixture(scope="module")
def finished(corpus, tmp_path_factory):
    folder = tmp_path_factory.mktemp("run") / "out"
    command = [sys.executable, "-m", "ainalym.cli", "corpus", "read", str(corpus), "--out", str(folder), "--jobs", "1"]
    subprocess.run(command, check=True, capture_output=True)
    return folder


@pytest.fixture
def ledger(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return tmp_path / "ainalym" / "ledger.sqlite3"


def _add(folder, *options: str, status: int = 0) -> str:
    command = [sys.executable, "-m", "ainalym.cli", "corpus", "add", str(folder), *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == status, done.stderr
    return done.stderr


def _ask(path, sql: str) -> list[tuple]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()


def _count(folder, name: str) -> int:
    import pyarrow.parquet as pq

    return sum(pq.ParquetFile(path).metadata.num_rows for path in (folder / name).rglob("part-*.parquet"))


def test_all_of_a_run_once(finished, ledger):
    documents = _count(finished, "documents")
    assert f"{documents} new" in _add(finished)
    assert _ask(ledger, "SELECT count(*) FROM ledger_document") == [(documents,)]
    assert _ask(ledger, "SELECT count(*) FROM ledger_claim") == [(_count(finished, "claims"),)]
    assert _ask(ledger, "SELECT count(*) FROM ledger_sighting") == [(_count(finished, "sightings"),)]
    joined = "ledger_claim c JOIN ledger_document d ON d.id = c.document_id"
    quotes = _ask(ledger, f"SELECT d.text, c.start, c.quote FROM {joined}")  # noqa: S608
    assert all(text[start : start + len(quote)] == quote for text, start, quote in quotes)
    version = json.loads((finished / "run.json").read_text())["versions"]["ainalym"]
    assert _ask(ledger, "SELECT DISTINCT version FROM ledger_reading") == [(version,)]
    assert _ask(ledger, "SELECT count(*) FROM ledger_finding")[0][0] > 0
    changes = _ask(ledger, "SELECT count(*) FROM ledger_change")
    assert f"0 new, 0 seen in a new place, {documents} known; 0 findings" in _add(finished)
    assert _ask(ledger, "SELECT count(*) FROM ledger_change") == changes


def test_a_selection(finished, ledger):
    _add(finished, "--where", "lang = 'kk'")
    assert _ask(ledger, "SELECT DISTINCT lang FROM ledger_document") == [("kk",)]
    before = _ask(ledger, "SELECT count(*) FROM ledger_document")[0][0]
    _add(finished, "--min-confidence", "0.5")
    assert _ask(ledger, "SELECT count(*) FROM ledger_document")[0][0] > before
    sure = _ask(ledger, "SELECT max(confidence) FROM ledger_claim GROUP BY document_id HAVING max(confidence) < 0.5")
    assert len(sure) <= before


@pytest.mark.parametrize("where", ["nonsense =", "nothing = 1", "1; DROP TABLE documents"])
def test_a_condition_that_is_none_is_told(finished, ledger, where):
    assert "--where" in _add(finished, "--where", where, status=2)


def test_no_run_is_told(tmp_path, ledger):
    assert "no finished run" in _add(tmp_path, status=1)
