"""Whole runs by the command line, in processes of their own, some of them killed."""

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytest.importorskip("daft", reason="the corpus runner needs Daft")

from ainalym.corpus.store import Store, hash_file

OUTPUTS = ("documents", "claims", "meetings", "commitments", "sightings", "skipped")


def start(*args: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "ainalym.cli", "corpus", *map(str, args)]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )  # fmt: skip


def run(*args: object) -> tuple[int, str]:
    process = start(*args)
    try:
        _, err = process.communicate(timeout=240)
    finally:
        kill(process)
    return process.returncode, err


def kill(process: subprocess.Popen[str]) -> None:
    """End the program and its workers at once, as the operating system would."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def hash_all(out: Path) -> dict[str, str]:
    return {str(path.relative_to(out)): hash_file(path) for name in OUTPUTS for path in Store(out).find_files(name)}


@pytest.fixture(scope="module")
def unbroken(corpus: Path, tmp_path_factory) -> tuple[Path, str]:
    out = tmp_path_factory.mktemp("unbroken") / "out"
    status, err = run("read", corpus, "--out", out, "--jobs", 2, "--partitions", 6)
    assert status == 0, err
    return out, err


def test_every_format_is_read_and_every_bad_record_is_named(corpus: Path, unbroken):
    out, err = unbroken
    store = Store(out)
    skipped = {Path(row["place"]).name.partition("@")[0]: row["reason"] for row in store.load("skipped").to_pylist()}
    reasons = [row["reason"] for row in store.load("skipped").to_pylist()]
    assert "is a broken gzip member" in reasons
    assert "is larger than 10 MB" in reasons
    assert "holds no text" in reasons
    assert any("is no JSON object" in reason for reason in reasons)
    assert any("has no field `text`" in reason for reason in reasons)
    assert skipped["binary.txt"]
    seen = {Path(row["place"]).name.partition("@")[0] for row in store.load("sightings").to_pylist()}
    assert seen == {"crawl.warc.gz", "plain.warc", "archive.parquet", "reports.jsonl", "note.txt"}
    assert "claims" in err
    assert "parts" in err


def test_claims_are_those_of_the_reader(unbroken):
    from ainalym import read
    from ainalym.corpus.rows import parse_claim

    store = Store(unbroken[0])
    claims: dict[str, list] = {}
    for row in store.load("claims").to_pylist():
        claims.setdefault(row["document"], []).append(parse_claim(row))
    assert len(claims) > 10
    for row in store.load("documents").to_pylist():
        reading = read(row["text"], published=row["published"], lang=None)
        assert tuple(claims.get(row["id"], ())) == reading.claims
        assert (row["lang"], row["claims"]) == (reading.lang, len(reading.claims))


def test_one_reading_for_the_same_text_on_three_sites(unbroken):
    store = Store(unbroken[0])
    sightings = store.load("sightings").to_pylist()
    (root,) = {row["document"] for row in sightings if row["url"] in ("https://b.example/same", "https://p.example/0")}
    same = [row for row in sightings if row["document"] == root]
    assert {row["url"] for row in same} == {"https://b.example/same", "https://c.example/twin", "https://p.example/0"}
    (document,) = [row for row in store.load("documents").to_pylist() if row["id"] == root]
    assert document["sightings"] == 3
    assert str(document["published"]) == "2024-05-16"


def test_reports_that_differ_in_a_figure_are_two(unbroken):
    texts = [row["text"] for row in Store(unbroken[0]).load("documents").to_pylist()]
    assert sum("достиг 3,1 млрд долларов, что на" in text for text in texts) >= 15


def test_the_manifest_tells_what_was_done(unbroken):
    out = unbroken[0]
    manifest = json.loads((out / "run.json").read_bytes())
    assert manifest["versions"].keys() >= {"ainalym", "daft", "python", "pyarrow"}
    assert manifest["files"] == hash_all(out)
    counts = manifest["counts"]
    assert counts["records"] == counts["texts"] + counts["skipped"] + sum(counts["screened"].values())
    assert len(manifest["plan"]["files"]) == 6


def test_a_finished_run_is_left_as_it_is(corpus: Path, unbroken):
    out = unbroken[0]
    before = hash_all(out)
    status, err = run("read", corpus, "--out", out, "--partitions", 6)
    assert status == 2
    assert "--resume" in err
    status, _ = run("read", corpus, "--out", out, "--partitions", 5, "--resume")
    assert status == 2
    status, _ = run("read", corpus, "--out", out, "--partitions", 6, "--resume")
    assert status == 0
    assert hash_all(out) == before


def is_under_way(out: Path, marks: int) -> bool:
    return sum(1 for _ in out.glob(".work/*/*.json")) >= marks


def test_a_run_killed_again_and_again_gives_the_same(corpus: Path, unbroken, tmp_path: Path):
    out = tmp_path / "out"
    rng = random.Random(5)  # noqa: S311 - no secret
    kills = 0
    for marks in (0, 1, 4, 8, 10, 10):
        process = start("read", corpus, "--out", out, "--jobs", 2, "--partitions", 6, "--resume")
        deadline = time.monotonic() + 120
        while not is_under_way(out, marks) and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.02)
        time.sleep(rng.random() * (3 if marks in (0, 10) else 0.3))
        kills += process.poll() is None
        kill(process)
        process.communicate()
    status, err = run("read", corpus, "--out", out, "--jobs", 1, "--partitions", 6, "--resume")
    assert status == 0, err
    assert kills >= 2
    assert hash_all(out) == hash_all(unbroken[0])
    assert not list(out.rglob(".part-*"))


def test_a_worker_that_dies_costs_its_part_only(corpus: Path, unbroken, tmp_path: Path):
    out = tmp_path / "out"
    process = start("read", corpus, "--out", out, "--jobs", 2, "--partitions", 6)
    killed = False
    deadline = time.monotonic() + 60
    while not killed and time.monotonic() < deadline and process.poll() is None:
        if is_under_way(out, 1):
            killed = kill_a_worker(process.pid)
        time.sleep(0.02)
    try:
        _, err = process.communicate(timeout=240)
    finally:
        kill(process)
    assert killed
    assert process.returncode == 0, err
    assert hash_all(out) == hash_all(unbroken[0])


def kill_a_worker(parent: int) -> bool:
    """Kill one of the processes that the program has started."""
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
            if int(fields[1]) == parent and "udf" in (path.parent / "cmdline").read_text():
                os.kill(int(path.parent.name), signal.SIGKILL)
                return True
        except (FileNotFoundError, ProcessLookupError):
            continue
    return False


def test_a_folder_that_holds_no_run_is_not_loaded_into_the_ledger(tmp_path: Path):
    status, err = run("add", tmp_path)
    assert status == 1
    assert "no finished run" in err


def test_a_folder_with_something_else_is_not_written_to(corpus: Path, tmp_path: Path):
    (tmp_path / "diary.txt").write_text("mine")
    status, err = run("read", corpus, "--out", tmp_path)
    assert (status, "something else" in err) == (2, True)
    assert [path.name for path in tmp_path.iterdir()] == ["diary.txt"]
