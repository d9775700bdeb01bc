from __future__ import annotations

import codecs

import pytest

from ainalym.errors import SourceError
from ainalym.sources.decode import decode

KK = "Қазақстан мен Ресей арасындағы тауар айналымы өткен жылы 26 млрд долларға жетті, деп хабарлады Үкімет."
RU = "Товарооборот между Казахстаном и Россией в 2022 году вырос на 10 процентов и достиг рекорда."
EN = "Trade between the two countries grew by 5% – “a record”, the ministry said on Monday."


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(KK, "utf-8"), (KK, "kz1048"), (KK, "ptcp154"), (KK, "utf-16-le"), (KK, "utf-16-be"), (RU, "cp1251"),
     (RU, "koi8_r"), (RU, "cp866"), (RU, "utf-16-le"), (EN, "cp1252")],
)  # fmt: skip
def test_encodings_are_told_apart(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [(codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
     (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be")],
)  # fmt: skip
def test_the_mark_says_it_and_is_no_part_of_the_text(mark: bytes, encoding: str) -> None:
    assert decode(mark + KK.encode(encoding)) == KK


def test_a_declaration_is_followed_unless_it_is_wrong() -> None:
    assert decode("Рост".encode("koi8_r"), declared="KOI8-R") == "Рост"
    assert decode(KK.encode(), declared="utf-16") == KK
    assert decode(KK.encode(), declared="zlib_codec") == KK
    assert decode(RU.encode("cp1251"), declared="utf-8") == RU
    assert decode(EN.encode("cp1252"), declared="iso-8859-1") == EN


def test_a_broken_byte_is_named() -> None:
    data = KK.encode()
    with pytest.raises(SourceError, match="byte 0xff at offset 10"):
        decode(data[:10] + b"\xff" + data[10:])
    with pytest.raises(SourceError, match=f"byte 0xd1 at offset {len('Тауар айналымы өсті'.encode()) - 2}"):
        decode("Тауар айналымы өсті".encode()[:-1])
    assert "\ufffd" in decode(data[:10] + b"\xff" + data[10:], lenient=True)
    with pytest.raises(SourceError, match="byte 0x00 at offset"):
        decode(codecs.BOM_UTF16_LE + KK.encode("utf-16-le") + b"\x00")


@pytest.mark.parametrize("data", [bytes(range(32)) * 20, b"\0" * 1000, b"abc\0\1\2\3\4\5\6" * 50])
def test_binary_data_is_refused(data: bytes) -> None:
    with pytest.raises(SourceError, match="binary data"):
        decode(data)
