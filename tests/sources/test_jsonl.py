from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Iterable
from typing import Any

from ainalym.errors import SourceError
from ainalym.model import Document
from ainalym.sources import Limits, load_bytes, load_documents


def load(data: bytes, name: str = "a.jsonl") -> list[Document | SourceError]:
    return list(load_bytes(data, name))


def messages(found: Iterable[Document | SourceError]) -> list[str]:
    return [str(item) for item in found if isinstance(item, SourceError)]


def test_all_fields_come_along_and_unknown_ones_are_passed_over() -> None:
    record: dict[str, Any] = {
        "id": "kk-1", "text": "Тауар айналымы\r\nөсті.", "published": "2023-11-07", "lang": "kk", "url": "https://www.a.kz/1",
        "title": "Айналым", "script": "Cyrl", "claims": [{"value": 1e300, "period": [None, None]}], "meetings": [],
    }  # fmt: skip
    assert load(json.dumps(record).encode()) == [
        Document(
            id="kk-1", text=record["text"], title="Айналым", url="https://www.a.kz/1", publisher="a.kz",
            published=dt.date(2023, 11, 7), lang="kk",
        )
    ]  # fmt: skip


def test_a_record_without_a_day_takes_it_from_its_text_only() -> None:
    lines = [
        '{"text": "Айналым өсті.\\n25.10.2019", "published": null}',
        '{"text": "Айналым өсті.", "published": null}',
    ]
    days = [document.published for document in load("\n".join(lines).encode()) if isinstance(document, Document)]
    assert days == [dt.date(2019, 10, 25), None]


def test_bad_lines_are_named_and_the_others_go_on() -> None:
    lines = [
        b'{"text": "one", "id": 7}', b"", b'{"id": "x"}', b'{"text": 5}', b"no json", b'{"text": "\xff"}',
        b'{"text": "a", "published": "soon"}', b"[1]", b'{"text": "a", "x": ' + b"[" * 100_000, b'{"text": " "}',
        b'{"text": "\\ud800"}', b'{"text": "two"}',
    ]  # fmt: skip
    found = load(b"\n".join(lines))
    assert [item.id for item in found if isinstance(item, Document)] == ["7", "a.jsonl:12"]
    assert [message.split(" ")[0] for message in messages(found)] == [
        f"a.jsonl:{line}:" for line in (3, 4, 5, 6, 7, 8, 9, 10, 11)
    ]
    assert all("\n" not in message for message in messages(found))
    assert "no field `text`" in messages(found)[0]
    assert "byte 0xff" in messages(found)[3]
    assert "YYYY-MM-DD" in messages(found)[4]


def test_a_file_of_nothing_but_junk_ends_early() -> None:
    found = messages(load(b"junk\n" * 1000))
    assert len(found) == 21
    assert "the rest is not read" in found[-1]


def test_one_object_and_a_list_are_read_too() -> None:
    assert [item.text for item in load(b'{\n "text": "a"\n}', "a.json") if isinstance(item, Document)] == ["a"]
    found = load(b'[{"text": "a"}, {"text": "b"}]', "a.json")
    assert [item.text for item in found if isinstance(item, Document)] == ["a", "b"]


def test_standard_input_is_read_line_by_line() -> None:
    class Endless(io.RawIOBase):
        """Gives records for ever: only a reader that takes them one by one can start."""

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: Any) -> int:
            line = b'{"text": "a b"}\n'
            buffer[: len(line)] = line
            return len(line)

    stream = load_documents(["-"], stdin=io.BufferedReader(Endless(), 64))
    assert [next(stream).id for _ in range(3)] == ["stdin:1", "stdin:2", "stdin:3"]  # type: ignore[union-attr]


def test_a_line_over_the_limit_ends_the_file(tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"text": "a"}\n{"text": "' + b"x" * 5000 + b'"}\n{"text": "b"}\n')
    found = list(load_documents([str(path)], limits=Limits(file_bytes=1000)))
    assert [item.id for item in found if isinstance(item, Document)] == [f"{path}:1"]
    assert "longer than 1 kB" in messages(found)[0]
    assert len(found) == 2
