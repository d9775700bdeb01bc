"""The same run on Ray: a cluster of two workers on this machine."""

from pathlib import Path

import pytest

pytest.importorskip("ray", reason="--runner ray needs Ray")
pytest.importorskip("daft", reason="the corpus runner needs Daft")

from .test_run import hash_all, kill, run, start


@pytest.fixture(scope="module")
def sources(corpus: Path) -> list[Path]:
    return [corpus / "reports.jsonl", corpus / "plain.warc"]


@pytest.fixture(scope="module")
def native(sources, tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("native") / "out"
    status, err = run("read", *sources, "--out", out, "--jobs", 2, "--partitions", 4)
    assert status == 0, err
    return out


def test_ray_gives_the_same_as_the_native_runner_even_when_killed(sources, native: Path, tmp_path: Path):
    import time

    out = tmp_path / "out"
    options = ("--runner", "ray", "--jobs", 2, "--partitions", 4, "--resume")
    process = start("read", *sources, "--out", out, *options)
    deadline = time.monotonic() + 120
    while not list(out.glob(".work/screened/*.json")) and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.05)
    assert process.poll() is None
    kill(process)
    process.communicate()
    status, err = run("read", *sources, "--out", out, *options)
    assert status == 0, err
    assert hash_all(out) == hash_all(native)
