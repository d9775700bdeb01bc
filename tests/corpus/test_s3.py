"""Sources behind s3:// addresses: a server on this machine that speaks S3, and the same output as from local files."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("daft", reason="the corpus runner needs Daft")
pytest.importorskip("moto.server", reason="a local S3 server needs moto")

from ainalym.corpus.parts import find_files
from ainalym.corpus.store import DATASETS, Store

from .test_run import run


@pytest.fixture(scope="module")
def bucket(corpus: Path) -> Iterator[str]:
    """The corpus of the tests in a bucket, and where to find the server and its keys in the environment."""
    import boto3
    from moto.server import ThreadedMotoServer

    running = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    running.start()
    host, port = running.get_host_and_port()
    given = {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}", "AWS_ACCESS_KEY_ID": "aid", "AWS_SECRET_ACCESS_KEY": "a",
        "AWS_REGION": "us-east-1", "AWS_DEFAULT_REGION": "us-east-1", "AWS_EC2_METADATA_DISABLED": "true",
    }  # fmt: skip
    before = {name: os.environ.get(name) for name in given}
    os.environ.update(given)
    client = boto3.client("s3")
    client.create_bucket(Bucket="archive")
    for path in corpus.iterdir():
        client.upload_file(str(path), "archive", f"news/2024/{path.name}")
    yield "s3://archive/news"
    for name, value in before.items():
        os.environ.pop(name) if value is None else os.environ.update({name: value})
    running.stop()


def test_a_folder_a_file_and_a_pattern_are_found(bucket: str, corpus: Path):
    everything = find_files([bucket])
    assert len(everything) == len(list(corpus.iterdir()))
    assert all(file.path.startswith("s3://archive/news/2024/") and file.size and file.stamp for file in everything)
    assert [f.path for f in find_files([f"{bucket}/2024/plain.warc"])] == [f"{bucket}/2024/plain.warc"]
    assert {f.path for f in find_files([f"{bucket}/*/*.warc*"])} == {
        f"{bucket}/2024/crawl.warc.gz", f"{bucket}/2024/plain.warc",
    }  # fmt: skip


def test_what_is_not_there_is_said(bucket: str):
    for source in ("s3://archive/nothing", "s3://nowhere/at-all", f"{bucket}/*.nothing"):
        status, err = run("read", source, "--out", "never")
        assert status != 0
        assert source in err


def test_the_output_is_that_of_local_files(bucket: str, corpus: Path, tmp_path: Path):
    near, far = tmp_path / "near", tmp_path / "far"
    assert run("read", corpus, "--out", near, "--jobs", 2, "--partitions", 4)[0] == 0
    status, err = run("read", bucket, "--out", far, "--jobs", 2, "--partitions", 4)
    assert status == 0, err
    for name in DATASETS:
        assert list_rows(far, name) == list_rows(near, name), name
    assert list_rows(far, "claims")


def list_rows(folder: Path, name: str) -> list[str]:
    """The rows of a dataset, whatever the place that a text was found at."""
    rows = Store(folder).load(name).to_pylist()
    return sorted(repr({key: value for key, value in row.items() if key != "place"}) for row in rows)
