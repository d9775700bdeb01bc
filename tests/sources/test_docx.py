from __future__ import annotations

import datetime as dt
import io
import struct
import zipfile

import pytest

from ainalym.errors import SourceError
from ainalym.model import Document
from ainalym.sources import Limits, load_bytes

from .pages import STORY, make_docx, make_raw_docx


def load(data: bytes) -> Document:
    (found,) = load_bytes(data, "a.docx")
    assert isinstance(found, Document), str(found)
    return found


def refuse(data: bytes, limits: Limits | None = None) -> str:
    (found,) = load_bytes(data, "a.docx", limits=limits or Limits())
    assert isinstance(found, SourceError)
    return str(found)


def test_paragraphs_are_lines_and_the_file_is_no_day() -> None:
    found = load(make_docx(STORY, title="Айналым", language="kk-KZ"))
    assert found.text.splitlines() == list(STORY)
    assert (found.title, found.lang, found.published) == ("Айналым", "kk-KZ", None)
    assert load(make_docx(["7 Қараша 2023, 13:12", *STORY])).published == dt.date(2023, 11, 7)


def test_tables_are_rows_with_tabs() -> None:
    import docx

    document, out = docx.Document(), io.BytesIO()
    document.add_paragraph("Кесте")
    table = document.add_table(2, 2)
    for row, words in zip(table.rows, [("Ел", "млн"), ("Тәжікстан", "1 300")], strict=True):
        for cell, word in zip(row.cells, words, strict=True):
            cell.text = word
    document.add_paragraph("Соңы")
    document.save(out)
    assert load(out.getvalue()).text == "Кесте\nЕл\tмлн\nТәжікстан\t1 300\nСоңы"


def test_what_the_reader_of_the_page_does_not_see_is_left_out() -> None:
    body = (
        "<w:p><w:r><w:t>Айналым </w:t></w:r><w:del><w:r><w:delText>азайды</w:delText><w:t>кеміді</w:t></w:r></w:del>"
        "<w:ins><w:r><w:t>өсті</w:t></w:r></w:ins><w:r><w:instrText>PAGE 1</w:instrText>"
        "<w:tab/><w:t>2</w:t><w:br/></w:r>"
        "<w:r><w:t>ЕАЭО</w:t><w:noBreakHyphen/><w:t>ға</w:t></w:r></w:p>"
        "<w:p><mc:AlternateContent><mc:Choice><w:r><w:txbxContent><w:p><w:r><w:t>қорап</w:t></w:r></w:p></w:txbxContent>"
        "</w:r></mc:Choice><mc:Fallback><w:p><w:r><w:t>қорап</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent></w:p>"
    )
    assert load(make_raw_docx(body)).text.split("\n") == ["Айналым өсті\t2", "ЕАЭО\u2011ға", "қорап"]


def test_a_cut_file_is_damaged_wherever_it_is_cut() -> None:
    whole = make_docx(STORY)
    for part in (30, 200, len(whole) // 2, len(whole) - 30):
        assert "damaged" in refuse(whole[:part])


def test_an_archive_that_is_no_docx() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/workbook.xml", "<a/>")
    assert "no DOCX" in refuse(out.getvalue())


def test_a_bomb_by_its_declared_size() -> None:
    data = make_raw_docx("", others={"word/media/1.bin": b"\0" * 5_000_000})
    assert "unpacks to more than 4 MB" in refuse(data, Limits(file_bytes=1_000_000))


def test_a_bomb_that_lies_about_its_size() -> None:
    data = bytearray(make_raw_docx(" " * 5_000_000))
    entry = data.index(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = struct.pack("<I", 1000)
    message = refuse(bytes(data), Limits(file_bytes=1_000_000))
    assert "damaged" in message or "unpacks" in message


@pytest.mark.parametrize(
    "body",
    ["<w:p>" * 100_000, "<w:p></w:tr></w:p>", "&boom;", "<w:tc><w:p/></w:tc><w:tr><w:tr></w:tr></w:tr>" * 3],
)
def test_broken_and_hostile_markup(body: str) -> None:
    assert refuse(make_raw_docx(body))


def test_entities_are_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    assert "damaged" in refuse(out.getvalue())


def test_too_much_text_and_none() -> None:
    assert "of text; split" in refuse(make_docx(STORY), Limits(text_characters=50))
    assert "without text" in refuse(make_docx([]))
