"""PDF with a text layer, by PDFium. Scanned pages hold no text and are named as such."""

from __future__ import annotations

import re
import threading
from typing import Any

from ..errors import SourceError
from .content import Content, clean_lang, clean_line
from .limits import Limits, say_size
from .lines import join_lines

_LOCK = threading.Lock()  # PDFium must not be called from two threads at once
_LEAST_LETTERS = 20
# PDFium writes one of these for a hyphen and the line's end after it, whether the hyphen belongs to the word or not.
_CUT = re.compile(r"[\x02\ufffe](?:\r?\n)?")


def _open(data: bytes) -> Any:
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            raise SourceError("is locked with a password; save it without one", kind="locked") from None
        raise SourceError("is a damaged PDF; open it and save it again", kind="damaged") from None


def _page_lines(document: Any, number: int) -> list[str]:
    """The lines of a page; a page that cannot be read counts as empty."""
    import pypdfium2

    try:
        page = document[number]
    except (pypdfium2.PdfiumError, IndexError):
        return []
    try:
        textpage = page.get_textpage()
        try:
            text: str = textpage.get_text_bounded()
        finally:
            textpage.close()
    except pypdfium2.PdfiumError:
        return []
    finally:
        page.close()
    return re.sub(r"\r\n?", "\n", _CUT.sub("-\n", text)).split("\n")


def _read_pages(document: Any, limits: Limits) -> list[list[str]]:
    if len(document) > limits.pages:
        raise SourceError(
            f"has {len(document)} pages, more than {limits.pages}; split it into single reports", kind="long"
        )
    pages, size = [], 0
    for number in range(len(document)):
        pages.append(_page_lines(document, number))
        size += sum(map(len, pages[-1]))
        if size > limits.text_characters:
            raise SourceError(
                f"holds more than {say_size(limits.text_characters)} of text; split it into single reports", kind="long"
            )
    return pages


def _language(document: Any) -> str | None:
    """The catalogue's `Lang`, which older builds of PDFium do not tell."""
    import ctypes

    import pypdfium2.raw as raw

    ask = getattr(raw, "FPDFCatalog_GetLanguage", None)
    if ask is None:
        return None
    size = ask(document, None, 0)
    if not 2 < size <= 200:
        return None
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    ask(document, buffer, size)
    return clean_lang(bytes(buffer)[: size - 2].decode("utf-16-le", errors="ignore"))


def read_pdf(data: bytes, limits: Limits) -> Content:
    """The running text of a PDF, a paragraph a line.

    The day when the file was made is not the day of publication, so the file's own dates are not used.
    """
    with _LOCK:
        document = _open(data)
        try:
            pages = _read_pages(document, limits)
            title, lang = document.get_metadata_dict().get("Title"), _language(document)
        finally:
            document.close()
    text = join_lines(pages)
    if sum(sign.isalpha() for sign in text) < _LEAST_LETTERS:
        raise SourceError("is a PDF without text, probably a scan; recognise its text (OCR) first", kind="picture")
    is_file_name = (title or "").lower().endswith((".doc", ".docx", ".pdf", ".rtf", ".indd"))
    return Content(text=text, title=None if is_file_name else clean_line(title), lang=lang)
