import gzip
from pathlib import Path

import pytest

pytest.importorskip("daft", reason="the corpus runner needs Daft")

from ainalym.corpus.parts import Part, find_files, plan_batches, plan_parts
from ainalym.corpus.records import Bad, read_part
from ainalym.errors import SourceError

from .conftest import NOTHING, REPORT, make_page, make_record, write_warc


def read_all(path: Path, partitions: int) -> list:
    return [record for part in plan_parts(find_files([str(path)]), partitions=partitions) for record in read_part(part)]


def bad_of(records: list) -> list[str]:
    return [record.reason for record in records if isinstance(record, Bad)]


@pytest.fixture
def pages() -> list[bytes]:
    return [make_record(f"https://a.example/{n}", make_page(REPORT.format(growth=n) * (1 + n % 4))) for n in range(60)]


@pytest.mark.parametrize("name", ["a.warc.gz", "a.warc"])
@pytest.mark.parametrize("partitions", [1, 2, 3, 7])
def test_each_page_is_in_one_part_however_the_file_is_cut(tmp_path: Path, pages, name: str, partitions: int):
    path = write_warc(tmp_path / name, pages)
    records = read_all(path, partitions)
    assert [record.url for record in records] == [f"https://a.example/{n}" for n in range(60)]
    assert len({record.place for record in records}) == 60


def test_a_file_that_was_packed_whole_is_read_whole(tmp_path: Path, pages):
    many = [make_record(f"https://a.example/{n}", make_page(NOTHING * 400)) for n in range(160)]
    path = write_warc(tmp_path / "whole.warc.gz", many, members=False)
    assert [record.url for record in read_all(path, 1)] == [f"https://a.example/{n}" for n in range(160)]


@pytest.mark.parametrize("partitions", [1, 4])
def test_a_broken_member_costs_itself_alone(tmp_path: Path, pages, partitions: int):
    members = [bytearray(gzip.compress(page)) for page in pages]
    members[20][30:] = b"\xff" * (len(members[20]) - 30)
    path = tmp_path / "broken.warc.gz"
    path.write_bytes(b"".join(members))
    records = read_all(path, partitions)
    assert bad_of(records) == ["is a broken gzip member"]
    assert len(records) == 60


def test_a_cut_file_says_so(tmp_path: Path, pages):
    path = tmp_path / "cut.warc.gz"
    path.write_bytes(b"".join(map(gzip.compress, pages))[:-40])
    records = read_all(path, 1)
    assert bad_of(records) == ["is cut off"]
    assert len(records) == 60


def test_a_wrong_length_in_a_plain_file_costs_itself_alone(tmp_path: Path, pages):
    wrong = pages[5].replace(b"Content-Length: ", b"Content-Length: 9", 1)
    path = write_warc(tmp_path / "wrong.warc", [*pages[:5], wrong, *pages[6:9]])
    urls = [record.url for record in read_all(path, 1) if not isinstance(record, Bad)]
    assert {f"https://a.example/{n}" for n in (0, 1, 2, 3, 4, 6, 7, 8)} <= set(urls)


def test_what_is_no_page_is_passed_over_and_what_is_huge_is_bad(tmp_path: Path):
    records = [
        make_record("https://a.example/1", b"\x89PNG", "image/png"),
        make_record("https://a.example/2", make_page(REPORT), status="404 Not Found"),
        make_record("https://a.example/3", b"<html>" + b"x" * 11_000_000),
        make_record("https://a.example/4", b"<html>" + b"x" * 60_000_000),
        make_record("https://a.example/5", make_page(REPORT)),
    ]
    for name in ("a.warc.gz", "a.warc"):
        found = read_all(write_warc(tmp_path / name, records), 1)
        assert bad_of(found) == ["is larger than 10 MB"] * 2
        assert [record.url for record in found if not isinstance(record, Bad)] == ["https://a.example/5"]


@pytest.mark.parametrize("partitions", [1, 2, 5])
def test_lines_of_json_are_cut_between_lines(tmp_path: Path, partitions: int):
    path = tmp_path / "a.jsonl"
    path.write_text("".join(f'{{"id": {n}, "text": "{REPORT}"}}\n' for n in range(100)), encoding="utf-8")
    records = read_all(path, partitions)
    assert len({record.id for record in records}) == 100
    assert not bad_of(records)


def test_a_bad_line_is_named(tmp_path: Path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"{broken\n" * 30 + b'{"text": "' + b"a" * 11_000_000 + b'"}\n' + b'{"text": "good"}')
    records = read_all(path, 1)
    assert [record.text for record in records if not isinstance(record, Bad)] == ["good"]
    assert len(bad_of(records)) == 31
    assert bad_of(records)[-1] == "the line is longer than 10 MB"


def test_parquet_by_column(tmp_path: Path):
    import pyarrow as pa
    import pyarrow.parquet as pq

    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"page_html": [make_page(REPORT)], "url": ["https://a.example"]}), path)
    assert "has no column" in bad_of(read_all(path, 1))[0]
    part = plan_parts(find_files([str(path)]))[0]
    (record,) = read_part(part, text_column="page_html")
    assert record.is_html
    path.write_bytes(b"PAR1 but broken")
    assert "no sound Parquet" in bad_of(read_all(path, 1))[0]


def test_what_is_not_there_is_told(tmp_path: Path):
    with pytest.raises(SourceError, match="does not exist"):
        find_files([str(tmp_path / "none.warc")])
    with pytest.raises(SourceError, match="holds no file that is read"):
        find_files([str(tmp_path)])
    assert [record.reason for record in read_part(Part(0, "files", paths=(str(tmp_path / "gone"),)))] == [
        "cannot be read: No such file or directory"
    ]


def test_patterns_and_addresses(tmp_path: Path):
    for name in ("a.jsonl", "b.jsonl", "c.txt", "d.jpg"):
        (tmp_path / name).write_text("{}")
    assert len(find_files([str(tmp_path / "*.jsonl"), str(tmp_path)])) == 3
    remote = find_files([f"file://{tmp_path}/*.jsonl"])
    assert len(remote) == 2
    assert bad_of(read_all(tmp_path / "a.jsonl", 1)) == [bad.reason for bad in read_part(plan_parts(remote)[0])]


def test_batches_depend_on_numbers_alone():
    parts = [Part(number, "files") for number in range(5)]
    batches = plan_batches(zip(parts, (15000, 10000, 1000, 0, 25000), strict=True))
    assert [batch.parts for batch in batches] == [(0,), (1,), (2, 3, 4)]
    assert [batch.parts for batch in plan_batches(zip(parts, (5, 4, 2, 0, 9), strict=True))] == [(0, 1, 2), (3, 4)]
