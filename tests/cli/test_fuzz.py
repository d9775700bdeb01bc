"""Any text is read and written in every format; any bytes as a file give a reading or one line, never a traceback."""

import contextlib
import csv
import io
import json
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ainalym.cli.app import run
from ainalym.model import Document
from ainalym.output import FORMATS, Style, write_readings
from ainalym.reading import read_document

ROOT = Path(__file__).parent.parent.parent
REPORTS = [
    json.loads(line)["text"]
    for name in ("dev-kk", "dev-ru", "dev-en")
    for line in (ROOT / "evals" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
]
WORDS = sorted({word for report in REPORTS for word in report.split()})

# Pure noise seldom gets past the first rule; words of real reports in odd orders, and reports cut anywhere, do.
noise = st.text()
shuffled = st.lists(st.sampled_from(WORDS) | st.text(max_size=5), max_size=60).map(" ".join)
cut = st.builds(
    lambda report, start, stop: report[start : start + stop],
    st.sampled_from(REPORTS),
    st.integers(0, 400),
    st.integers(0, 900),
)
spliced = st.builds(lambda first, middle, last: first + middle + last, cut, noise, cut)
texts = noise | shuffled | cut | spliced


@settings(max_examples=150, deadline=None)
@given(texts, st.sampled_from(["kk", "ru", "en", "uz", None]), st.sampled_from(["kk", "ru", "en"]))
@example("\ud800", None, "en")
@example("9" * 5000 + " млрд долларов экспорт", "ru", "ru")
@example("экспорт " + "1 000 " * 500, "ru", "kk")
def test_any_text_is_read_and_written_in_every_format(text: str, lang: str | None, ui_lang: str):
    reading = read_document(Document("any", text, title=text[:50], lang=lang))
    for claim in reading.claims:
        assert text[claim.evidence.start : claim.evidence.end] == claim.evidence.quote
    for form in FORMATS:
        for width in (None, 60):
            out = io.StringIO(newline="")
            write_readings([reading], out, form=form, style=Style(ui_lang=ui_lang, explain=True, width=width))
            out.getvalue().encode("utf-8", "replace" if form == "table" else "strict")
            if form == "jsonl":
                assert len(json.loads(out.getvalue())["claims"]) == len(reading.claims)
            if form == "csv":
                assert len(list(csv.reader(io.StringIO(out.getvalue(), newline="")))) == len(reading.claims) + 1
            if form == "html":
                HTMLParser().feed(out.getvalue())


files = st.binary(max_size=3000) | texts.map(lambda text: text.encode("utf-8", "replace")) | shuffled.map(str.encode)
heads = st.sampled_from(
    [
        b"",
        b"%PDF-1.7\n",
        b"PK\x03\x04",
        b"<html><body>",
        b"<?xml version='1.0'?><rss>",
        b'{"id": "a", "text": "',
        b"\xff\xfe",
        b"\xef\xbb\xbf",
    ]
)


@pytest.mark.filterwarnings("default")
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(head=heads, body=files, suffix=st.sampled_from([".txt", ".html", ".pdf", ".docx", ".jsonl", ".xml", ""]))
def test_any_bytes_as_a_file_give_no_traceback(tmp_path: Path, head: bytes, body: bytes, suffix: str):
    path, out = tmp_path / f"input{suffix}", tmp_path / "out" / "found.jsonl"
    out.parent.mkdir(exist_ok=True)
    path.write_bytes(head + body)
    err = io.StringIO()
    with contextlib.redirect_stderr(err):
        status = run(["read", str(path), "--out", str(out)])
    assert status in (0, 1)
    lines = err.getvalue().splitlines()
    assert all(line.startswith("ainalym: ") for line in lines)
    assert "the program failed" not in err.getvalue()
    if status == 1:
        assert any("input" in line for line in lines)
    for line in out.read_text(encoding="utf-8").splitlines():
        json.loads(line)
