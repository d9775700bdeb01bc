"""Any bytes as any kind of file give documents and errors of one line, nothing else."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ainalym.errors import SourceError
from ainalym.model import Document
from ainalym.sources import load_bytes

from .pages import STORY, make_docx, make_page, make_pdf

SUFFIXES = st.sampled_from(["", ".txt", ".html", ".pdf", ".docx", ".jsonl", ".json", ".xml"])
SAMPLES = [
    STORY[0].encode(), make_page().encode(), make_pdf([STORY]), make_docx(STORY), b'{"text": "a b c"}\n{"text": "d"}',
    b"<?xml version='1.0'?><rss><channel><item><link>https://a.example/1</link></item></channel></rss>",
]  # fmt: skip
STARTS = st.sampled_from(
    [b"", b"%PDF-1.7\n", b"PK\x03\x04", b"<html>", b"<?xml ", b"{", b"[", b"\xff\xfe", b"\xef\xbb\xbf"]
)
UNHURRIED = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])


def check(data: bytes, name: str) -> None:
    for found in load_bytes(data, name):
        if isinstance(found, Document):
            assert found.text.strip()
            found.text.encode()
        else:
            assert isinstance(found, SourceError)
            assert "\n" not in str(found)
            assert "report this" not in str(found), "an error that no reader foresaw"


@UNHURRIED
@given(start=STARTS, rest=st.binary(max_size=400), suffix=SUFFIXES)
def test_any_bytes(start: bytes, rest: bytes, suffix: str) -> None:
    check(start + rest, f"file{suffix}")


@UNHURRIED
@given(text=st.text(max_size=300), suffix=SUFFIXES)
def test_any_text(text: str, suffix: str) -> None:
    check(text.encode("utf-8", errors="replace"), f"file{suffix}")


@UNHURRIED
@given(data=st.data(), sample=st.sampled_from(SAMPLES), suffix=SUFFIXES)
def test_any_damage(data: st.DataObject, sample: bytes, suffix: str) -> None:
    place = data.draw(st.integers(0, len(sample)))
    length = data.draw(st.integers(0, 40))
    put = data.draw(st.binary(max_size=40))
    check(sample[:place] + put + sample[place + length :], f"file{suffix}")
