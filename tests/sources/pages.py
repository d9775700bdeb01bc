"""Files for the tests, made on the spot: PDF with real text layers in any script, DOCX, web pages."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

STORY = (
    "Қазақстан мен Тәжікстан арасындағы тауар айналымы 2023 жылы 1,3 млрд долларға жетті, деп хабарлады министрлік.",
    "Оның ішінде экспорт 963 млн доллар болды, бұл бір жыл бұрынғыдан 4 пайызға көп.",
    "Тараптар 2030 жылға қарай айналымды 2 млрд долларға жеткізуді көздейді.",
)

_CMAP = """/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange
1 beginbfrange <0000> <FFFF> <0000> endbfrange
endcmap CMapName currentdict /CMap defineresource pop end end"""


def make_pdf(pages: Sequence[Sequence[str]], *, title: str | None = None, lang: str | None = None) -> bytes:
    """A PDF by hand: a composite font whose codes are UTF-16 and which says so, one line of text below the other."""
    count = len(pages)
    kids = " ".join(f"{10 + 2 * number} 0 R" for number in range(count))
    language = f"/Lang ({lang})" if lang else ""
    info = f"<< /Title <feff{title.encode('utf-16-be').hex()}> >>" if title else "<< >>"
    objects: dict[int, bytes] = {
        1: f"<< /Type /Catalog /Pages 2 0 R {language} >>".encode(),
        2: f"<< /Type /Pages /Kids [{kids}] /Count {count} >>".encode(),
        3: b"<< /Type /Font /Subtype /Type0 /BaseFont /Any /Encoding /Identity-H /DescendantFonts [4 0 R]"
        b" /ToUnicode 5 0 R >>",
        4: b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Any /CIDSystemInfo << /Registry (Adobe)"
        b" /Ordering (Identity) /Supplement 0 >> /DW 500 /FontDescriptor 6 0 R >>",
        5: _stream(_CMAP.encode()),
        6: b"<< /Type /FontDescriptor /FontName /Any /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0 /Ascent 800"
        b" /Descent -200 /CapHeight 700 /StemV 80 >>",
        7: info.encode(),
    }
    for number, lines in enumerate(pages):
        shown = "".join(f"<{line.encode('utf-16-be').hex()}> Tj T*\n" if line else "T*\n" for line in lines)
        objects[10 + 2 * number] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources << /Font << /F 3 0 R >> >>"
            f" /Contents {11 + 2 * number} 0 R >>"
        ).encode()
        objects[11 + 2 * number] = _stream(f"BT /F 10 Tf 14 TL 40 780 Td\n{shown}ET".encode())
    return _assemble(objects)


def _stream(data: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(data), data)


def _assemble(objects: dict[int, bytes]) -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, body in sorted(objects.items()):
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start, size = len(out), max(objects) + 1
    rows = [
        b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 65535 f \n" for number in range(size)
    ]
    out += b"xref\n0 %d\n%s" % (size, b"".join(rows))
    out += b"trailer\n<< /Size %d /Root 1 0 R /Info 7 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, start)
    return bytes(out)


def make_docx(lines: Sequence[str], *, title: str = "", language: str = "") -> bytes:
    """A DOCX by python-docx."""
    import docx

    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    document.core_properties.title = title
    document.core_properties.language = language
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def make_raw_docx(body: str, *, others: dict[str, bytes] | None = None) -> bytes:
    """A DOCX with the given inside of `w:body`."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        compatible = "http://schemas.openxmlformats.org/markup-compatibility/2006"
        archive.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{space}" xmlns:mc="{compatible}"><w:body>{body}</w:body></w:document>',
        )
        for name, data in (others or {}).items():
            archive.writestr(name, data)
    return out.getvalue()


def make_page(*, head: str = "", top: str = "", lines: Sequence[str] = STORY, lang: str = "kk") -> str:
    """A page as sites make them: navigation, the article, other news, a foot."""
    story = "".join(f"<p>{line}</p>" for line in lines)
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8">'
        f"<title>Айналым өсті | Хабар</title>{head}</head>"
        f'<body><nav><a href="/">Басты бет</a> <a href="/n">Жаңалықтар</a></nav>'
        f"<article><h1>Айналым өсті</h1>{top}{story}"
        f'</article><aside><a href="/x">Басқа жаңалық туралы ұзақ сілтеме мәтіні</a></aside><footer>© 2015</footer>'
        f"</body></html>"
    )
