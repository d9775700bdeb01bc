from __future__ import annotations

import datetime as dt
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ainalym.errors import SourceError
from ainalym.model import Document
from ainalym.sources import Limits, count_inputs, find_title, load_bytes, load_documents

from .pages import STORY, make_page


def load(*inputs: str | Path, **options: object) -> list[Document | SourceError]:
    return list(load_documents(map(str, inputs), **options))  # type: ignore[arg-type]


def ids(found: list[Document | SourceError]) -> list[str]:
    return [item.id for item in found if isinstance(item, Document)]


def errors(found: list[Document | SourceError]) -> list[str]:
    return [str(item) for item in found if isinstance(item, SourceError)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.txt", "a.txt", "sub/a.txt", "sub/c.html", ".hidden.txt", "sub/picture.png", ".git/x.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(make_page() if name.endswith("html") else f"{name} туралы мәтін", encoding="utf-8")
    return tmp_path


def test_a_text_is_handed_on_as_it_is(tmp_path: Path) -> None:
    text = "  Айналым\u00a0өсті\r\n\r\nсо\u0301ңы\u00ad \n"
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbf" + text.encode())
    (found,) = load(tmp_path / "a.txt")
    assert isinstance(found, Document)
    assert found.text == text


def test_a_folder_is_read_sorted_and_names_are_unique(folder: Path) -> None:
    assert ids(load(folder)) == ["a.txt", "b.txt", f"{folder}/sub/a.txt", "c.html"]
    again = ids(load(folder / "a.txt", folder / "a.txt", folder / "a.txt"))
    assert again == ["a.txt", f"{folder}/a.txt", f"{folder}/a.txt#2"]


def test_patterns(folder: Path) -> None:
    assert ids(load(folder / "*.txt")) == ["a.txt", "b.txt"]
    assert ids(load(folder / "**" / "*.html")) == ["c.html"]
    assert errors(load(folder / "*.pdf")) == [f"{folder}/*.pdf: no file matches this pattern; check it"]


def test_one_bad_input_does_not_stop_the_others(folder: Path) -> None:
    (folder / "junk.txt").write_bytes(b"\0\1\2" * 100)
    (folder / "empty.txt").write_bytes(b" \n")
    found = load(folder / "none.txt", folder / "junk.txt", "ftp://a.kz/x", folder / "empty.txt", "", folder / "a.txt")
    assert ids(found) == ["a.txt"]
    assert errors(found) == [
        f"{folder}/none.txt: does not exist; check the path",
        f"{folder}/junk.txt: is no text but binary data; give a text, HTML, PDF, DOCX or JSON lines file",
        "ftp://a.kz/x: only http:// and https:// addresses are read; give one, or a path",
        f"{folder}/empty.txt: is empty; nothing to read in it",
        "'': is no path; give a file, a folder, an address or -",
    ]


def test_an_empty_folder_says_what_is_read(tmp_path: Path) -> None:
    (message,) = errors(load(tmp_path))
    assert ".docx" in message


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file(folder: Path) -> None:
    (folder / "a.txt").chmod(0)
    assert "permissions" in errors(load(folder / "a.txt"))[0]


def test_a_file_of_200_megabytes_is_refused_unread(tmp_path: Path) -> None:
    with open(tmp_path / "a.txt", "wb") as stream:
        stream.truncate(200_000_000)
    assert errors(load(tmp_path / "a.txt")) == [f"{tmp_path}/a.txt: is larger than 50 MB; give the part to read"]


def test_too_much_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("сөз " * 300, encoding="utf-8")
    assert "more than 1 kB of text" in errors(load(tmp_path / "a.txt", limits=Limits(text_characters=1000)))[0]


def test_endless_devices_end() -> None:
    if os.path.exists("/dev/zero"):
        assert "larger than 1 MB" in errors(load("/dev/zero", limits=Limits(file_bytes=1_000_000)))[0]


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"\xd0\xcf\x11\xe0" + b"\0" * 600, "DOCX"), (b"{\\rtf1 a}", "RTF"), (b"\x1f\x8b\x08", "gzip"),
     (b"\x89PNG\r\n", "picture"), (b"<?xml version='1.0'?><svg/>", "XML")],
)  # fmt: skip
def test_known_formats_that_are_not_read_say_what_to_do(data: bytes, words: str) -> None:
    (found,) = load_bytes(data, "a")
    assert isinstance(found, SourceError)
    assert words in str(found)


def test_the_default_day_is_for_texts_that_name_none(folder: Path) -> None:
    (folder / "dated.txt").write_text("Айналым өсті деп хабарлады.\n25.10.2019", encoding="utf-8")
    found = load(folder / "a.txt", folder / "dated.txt", published=dt.date(2024, 1, 2))
    assert [item.published for item in found if isinstance(item, Document)] == [
        dt.date(2024, 1, 2),
        dt.date(2019, 10, 25),
    ]


@pytest.mark.parametrize(
    ("data", "count"),
    [("Айналым өсті деп хабарлады.".encode(), 1), (make_page().encode(), 1), (b'{"text": "a b"}\n{"text": "c d"}\n', 2),
     (b'[{"text": "a b"},\n{"text": "c d"}]', 2)],
)  # fmt: skip
def test_standard_input_is_sniffed(data: bytes, count: int) -> None:
    found = load("-", stdin=io.BytesIO(data))
    assert len(ids(found)) == count, errors(found)


def test_empty_standard_input() -> None:
    assert errors(load("-", stdin=io.BytesIO(b""))) == ["stdin: is empty; nothing to read in it"]


def test_names_that_are_no_utf8_and_no_line(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/\xff\n.txt"
    try:
        with open(path, "wb") as stream:
            stream.write("Айналым өсті.".encode())
    except OSError:
        pytest.skip("this file system takes no such name")
    (name,) = ids(load(os.fsdecode(path)))
    assert name.encode() == "\ufffd .txt".encode()


def test_counting(folder: Path) -> None:
    (folder / "r.jsonl").write_bytes(b'{"text": "a"}\n\n{"text": "b"}\n')
    assert count_inputs([str(folder)]) == 6
    assert count_inputs([str(folder), "-"]) is None


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Айналым екі есе өсті\n\n7 Қараша 2023, 13:12\n\n" + STORY[0], "Айналым екі есе өсті"),
        ("25 там, 2022 сағат 23:33\n\nАйналым екі есе өсті\n" + STORY[0], "Айналым екі есе өсті"),
        (STORY[0] + "\n" + STORY[1], None),
        ("Фото: a.kz сайты\n" + STORY[0], None),
        ("Айналым екі есе өсті", None),
    ],
)
def test_titles(text: str, title: str | None) -> None:
    assert find_title(text) == title


def test_starting_up_loads_no_format_library() -> None:
    code = (
        "import sys, ainalym.sources; heavy = 'trafilatura httpx httpcore pypdfium2 docx feedparser lxml defusedxml"
        " charset_normalizer'; print([name for name in heavy.split() if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_errors_of_readers_never_leak_and_nothing_is_logged(capfd: pytest.CaptureFixture[str]) -> None:
    list(load_bytes(b"<html><body><article></article></body></html>", "a.html"))
    list(load_bytes(make_page().encode(), "a.html"))
    assert capfd.readouterr() == ("", "")
