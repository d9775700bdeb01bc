"""Backups as a user makes them, between the databases that are there."""

import json
import zipfile

import pytest

from ainalym.ledger.backup import BrokenArchive, read_manifest, write_backup

from .conftest import TURNOVER, is_postgres, run

DEAL = " Стороны договорились открыть центр торговли до 2027 года. Переговоры прошли в Астане."


@pytest.fixture
def filled(own_ledger, tmp_path):
    folder = tmp_path / "reports"
    folder.mkdir()
    for number, value in enumerate(("4,4", "5,9", "4,4")):
        text = f"{TURNOVER.replace('4,4', value)}{DEAL} Сообщение {number} «кавычки» \u2028 😀."
        (folder / f"{number}.txt").write_text(text, "utf-8")
    run(own_ledger, "add", str(folder))
    return own_ledger


@pytest.fixture
def other_ledger(filled, tmp_path):
    """An empty SQLite ledger beside; where the tests run on PostgreSQL, the way there and back is between the two."""
    kept = {name: value for name, value in filled.items() if name != "DATABASE_URL"}
    return kept | {"XDG_DATA_HOME": str(tmp_path / "other")}


def _tables(path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if name.startswith("tables/")]
        return {name: archive.read(name) for name in names if name != "tables/ledger.change.jsonl"}


def _changes(path) -> list[dict]:
    with zipfile.ZipFile(path) as archive:
        return [json.loads(line) for line in archive.read("tables/ledger.change.jsonl").splitlines()]


def test_there_and_back_is_the_same(filled, other_ledger, tmp_path):
    first, second, third = (tmp_path / f"{name}.zip" for name in ("first", "second", "third"))
    assert "rows" in run(filled, "backup", str(first))
    assert first.stat().st_mode & 0o077 == 0
    run(other_ledger, "restore", str(first))
    assert "--force" in run(other_ledger, "restore", str(first), status=1)
    run(other_ledger, "backup", str(second), "--quiet")
    assert _tables(second) == _tables(first)
    assert len(_tables(first)["tables/ledger.claim.jsonl"].splitlines()) >= 3
    *before, last = _changes(second)
    assert before == _changes(first)
    assert last["kind"] == "restore"
    run(filled, "restore", str(second), "--force")
    run(filled, "backup", str(third))
    assert _tables(third) == _tables(first)
    # The restored ledger goes on: numbers of new rows do not meet old ones.

    assert "3 known; 0 findings" in run(other_ledger, "add", str(tmp_path / "reports"))
    (tmp_path / "reports" / "new.txt").write_text(TURNOVER.replace("4,4", "7,7"), "utf-8")
    assert "1 new" in run(other_ledger, "add", str(tmp_path / "reports"))
    assert len(run(other_ledger, "export").splitlines()) > len(run(filled, "export").splitlines())


def test_a_broken_archive_touches_nothing(filled, tmp_path):
    good, bad = tmp_path / "good.zip", tmp_path / "bad.zip"
    run(filled, "backup", str(good))
    bad.write_bytes(good.read_bytes()[: good.stat().st_size // 2])
    told = run(filled, "restore", str(bad), "--force", status=1)
    assert "bad.zip: is no whole archive" in told
    assert "Traceback" not in told
    run(filled, "backup", str(tmp_path / "again.zip"))
    assert _tables(tmp_path / "again.zip") == _tables(good)
    assert "cannot write" in run(filled, "backup", str(tmp_path / "none" / "x.zip"), status=1)
    assert not list(tmp_path.glob(".*.part"))


@pytest.fixture
def archive(db, keep, tmp_path):
    keep(TURNOVER)
    with (tmp_path / "good.zip").open("wb") as out:
        write_backup(out)
    read_manifest(tmp_path / "good.zip")
    return tmp_path / "good.zip"


def _flip(data: bytes) -> bytes:
    middle = len(data) // 2
    return data[:middle] + bytes(byte ^ 0xFF for byte in data[middle : middle + 20]) + data[middle + 20 :]


@pytest.mark.parametrize("harm", [_flip, lambda data: data[:-1], lambda data: b"", lambda data: b"not a zip" * 100])
def test_broken_archives_are_refused(archive, harm):
    archive.write_bytes(harm(archive.read_bytes()))
    with pytest.raises(BrokenArchive):
        read_manifest(archive)


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(BrokenArchive, match="does not exist"):
        read_manifest(tmp_path / "none.zip")


@pytest.mark.parametrize(
    ("name", "make", "why"),
    [
        ("manifest.json", lambda data: data.replace(b"ainalym ledger 1", b"ainalym ledger 9"), "another format"),
        ("manifest.json", lambda data: data.replace(b'"ledger.0001_initial"', b'"ledger.9999_later"'), "newer version"),
        ("manifest.json", lambda data: data.replace(b'"ledger.claim"', b'"ledger.nonsense"'), "no whole archive"),
        ("manifest.json", lambda data: b"{}", "no whole archive"),
        ("tables/ledger.claim.jsonl", lambda data: data.replace(b"4,4", b"9,9"), "damaged"),
        ("tables/ledger.claim.jsonl", lambda data: b"", "damaged"),
    ],
)
def test_an_archive_that_is_not_what_it_says_is_refused(archive, tmp_path, name, make, why):
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(tmp_path / "bad.zip", "w") as new:
        for item in old.namelist():
            data = old.read(item)
            new.writestr(item, make(data) if item == name else data)
    with pytest.raises(BrokenArchive, match=why):
        read_manifest(tmp_path / "bad.zip")


@pytest.mark.skipif(not is_postgres(), reason="between two databases only where PostgreSQL is there")
def test_the_other_ledger_is_another_database(filled, other_ledger):
    assert "DATABASE_URL" in filled
    assert "DATABASE_URL" not in other_ledger
