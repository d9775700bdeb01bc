"""Bytes to text: byte order mark, declared encoding, UTF-8, else what the letters look like.

Kazakh reports also come in windows-1251, KOI8-R, KZ-1048 and PT-154; what fits nothing is refused, with the byte named.
"""

from __future__ import annotations

import codecs
import re

from ..errors import SourceError

_MARKS = [
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
]
_GUESSES = [
    "cp1251", "koi8_r", "koi8_u", "kz1048", "ptcp154", "cp866", "iso8859_5", "mac_cyrillic",
    "cp1252", "cp1254", "cp1250", "cp1256",
]  # fmt: skip
# Declared names are looked up only among these: Python's codecs also hold some that unpack or run for ever.
_DECLARABLE = {codecs.lookup(name).name for name in [*_GUESSES, "utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]}
_SAMPLE = 200_000
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f\ue000-\uf8ff]")
_LIKELY = re.compile(r"[\t\n\r -~\u00a0-\u024f\u0400-\u052f\u0600-\u06ff\u2010-\u2122\ufb50-\ufdff\ufe70-\ufefe]")
ADVICE = "save it as UTF-8 and try again"


def _codec(declared: str | None) -> str | None:
    try:
        name = codecs.lookup((declared or "").strip("\"' ")).name
    except (LookupError, ValueError):
        return None
    # What calls itself Latin-1 is windows-1252, as browsers read it.
    return "cp1252" if name in ("iso8859-1", "ascii") and declared else name if name in _DECLARABLE else None


def _decode_wide(data: bytes) -> str | None:
    """UTF-16 without a mark: ASCII signs leave zero bytes on one side."""
    for name in ("utf-16-le", "utf-16-be"):
        text = data.decode(name, errors="replace")
        if text and len(_LIKELY.findall(text[:_SAMPLE])) >= 0.97 * len(text[:_SAMPLE]):
            return text
    return None


def _say_byte(error: UnicodeDecodeError) -> str:
    return f"byte 0x{error.object[error.start]:02x} at offset {error.start}"


def _almost_utf8(data: bytes) -> str | None:
    """The text with U+FFFD for broken bytes, if nearly all of it is UTF-8; one may be the cut end of a file."""
    text = data.decode("utf-8", errors="replace")
    wide = sum(sign > "\x7f" for sign in text[:_SAMPLE])
    broken = text[:_SAMPLE].count("\ufffd")
    return text if wide - broken >= 3 and broken <= max(1, 0.05 * wide) else None


def _guess(data: bytes, error: UnicodeDecodeError) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE], cp_isolation=_GUESSES, enable_fallback=False).best()
    if best is None:
        raise SourceError(f"{_say_byte(error)} fits no encoding that is known; {ADVICE}", kind="encoding")
    try:
        return data.decode(best.encoding)
    except UnicodeDecodeError as late:
        raise SourceError(
            f"looks like {best.encoding}, but {_say_byte(late)} does not fit; {ADVICE}", kind="encoding"
        ) from None


def check_text(text: str) -> str:
    """The text itself, unless it is full of signs that no text has."""
    sample = text[:_SAMPLE]
    if sample and len(_CONTROL.findall(sample)) > 0.005 * len(sample) + 1:
        raise SourceError("is no text but binary data; give a text, HTML, PDF, DOCX or JSON lines file", kind="binary")
    return text


def decode(data: bytes, *, declared: str | None = None, lenient: bool = False) -> str:
    """The text of `data`; `lenient` lets single broken bytes pass as U+FFFD, as browsers do."""
    for mark, name in _MARKS:
        if data.startswith(mark) and not (name == "utf-16-le" and data.startswith(codecs.BOM_UTF32_LE)):
            return check_text(_decode_as(data[len(mark) :], name, skipped=len(mark), lenient=lenient))
    if b"\0" in data[:4096]:
        return check_text(_decode_wide(data) or data.decode("latin-1"))
    try:
        # Bytes that are UTF-8 by accident are so rare that this goes before what is declared, which is often wrong.
        return check_text(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        return check_text(_decode_declared(data, declared) or _decode_broken(data, error, lenient=lenient))


def _decode_declared(data: bytes, declared: str | None) -> str | None:
    codec = _codec(declared)
    if codec is None or codec == "utf-8":
        return None
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return None


def _decode_as(data: bytes, name: str, *, skipped: int, lenient: bool) -> str:
    try:
        return data.decode(name, errors="replace" if lenient else "strict")
    except UnicodeDecodeError as error:
        place = f"byte 0x{data[error.start]:02x} at offset {error.start + skipped}"
        raise SourceError(f"is marked as {name.upper()}, but {place} does not fit; {ADVICE}", kind="encoding") from None


def _decode_broken(data: bytes, error: UnicodeDecodeError, *, lenient: bool) -> str:
    almost = _almost_utf8(data)
    if almost is None:
        return _guess(data, error)
    if lenient:
        return almost
    raise SourceError(f"is UTF-8, but {_say_byte(error)} is broken; {ADVICE}", kind="encoding")
