import io
import json
import re
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from ainalym.language.identity import hash_text
from ainalym.ledger import models
from tests.ledger.conftest import TURNOVER

from .conftest import LANGS

pytestmark = pytest.mark.django_db

CLASH = TURNOVER.replace("4,4", "5,9")
EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>"
ITSELF = (
    "В 2023 году экспорт Казахстана в Узбекистан составил 3 млрд долларов, импорт 1 млрд долларов, "
    "а товарооборот Казахстана и Узбекистана 9 млрд долларов."
)
DOCX = """<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>
<w:p><w:r><w:t>{}</w:t></w:r></w:p></w:body></w:document>"""


def send(client, text: str = "", *, file=None, lang: str = "ru", **fields):
    data = {"text": text, **fields}
    if file:
        data["file"] = file
    return client.post(f"/{lang}/check/", data)


def body(answer) -> str:
    return answer.content.decode()


def make_docx(xml: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", xml)
    return out.getvalue()


def make_pdf(*, password: str = "") -> bytes:
    """A PDF of one page with a sentence; with a password it says that it is encrypted."""
    stream = b"BT /F1 12 Tf 20 100 Td (Turnover of Kazakhstan and Uzbekistan was 4.4 billion dollars in 2023.) Tj ET"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 200] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>" % (b"41" * 32, b"42" * 32),
    ]
    out = b"%PDF-1.4\n"
    places = []
    for number, item in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, item)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    locked = b" /Encrypt 6 0 R /ID [<00><00>]" if password else b""
    start = len(out)
    out += b"xref\n0 7\n0000000000 65535 f \n" + table
    return out + b"trailer\n<< /Size 7 /Root 1 0 R%s >>\nstartxref\n%d\n%%%%EOF" % (locked, start)


def upload(data: bytes, name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


@pytest.mark.parametrize("lang", LANGS)
def test_the_page_answers_in_every_language(client, lang):
    answer = client.get(f"/{lang}/check/")
    assert answer.status_code == 200
    assert "<textarea" in body(answer)
    answer = send(client, ITSELF, lang=lang)
    assert answer.status_code == 200
    assert answer["Cache-Control"].count("no-store")


def test_a_draft_is_marked_and_held_against_itself(client):
    page = body(send(client, ITSELF))
    marks = [re.sub(r"<sup>.*?</sup>|<[^>]+>", "", piece) for piece in re.findall(r"<mark><a.*?</mark>", page)]
    assert marks == ["3", "1", "9"]
    assert "Противоречие" in page
    for link in set(re.findall(r'href="#([cpk]\d+t?)"', page)):
        assert f'id="{link}"' in page


def test_a_draft_is_held_against_the_ledger_and_leads_there(client, keep):
    keep(TURNOVER, title="Итоги года")
    page = body(send(client, CLASH))
    assert re.search("Противоречие|расходятся", page)
    assert f'href="/ru/reports/{hash_text(TURNOVER)}/#c1t"' in page
    assert "Итоги года" in page


def test_a_draft_is_held_against_official_figures(client):
    page = body(send(client, "В 2023 году товарооборот Казахстана и Китая составил 60 млрд долларов."))
    assert "Противоречие" in page
    assert re.search(r"<td>kz-bns|<td>[^<]*\(kz-bns", page)


def test_only_findings_on_the_draft_are_shown(client, keep):
    keep(TURNOVER, place="one.txt", title="Первый")
    keep(CLASH, place="two.txt", title="Второй")
    page = body(send(client, TURNOVER.replace("товарооборот", "число туристов").replace("4,4 млрд долларов", "8")))
    assert "Противоречие" not in page


def test_nothing_of_a_draft_is_kept(client, keep):
    keep(TURNOVER)
    before = [table.objects.count() for table in (models.Document, models.Claim, models.Finding, models.Change)]
    send(client, CLASH)
    send(client, file=upload(CLASH.encode(), "a.txt"))
    assert [table.objects.count() for table in (models.Document, models.Claim, models.Finding, models.Change)] == before


def test_a_stranger_cannot_keep_a_draft(client):
    assert send(client, CLASH, keep="1").status_code == 403
    assert not models.Document.objects.exists()


def test_an_analyst_keeps_a_draft_by_ticking_only(client, analyst):
    assert 'name="keep"' in body(client.get("/ru/check/"))
    send(client, CLASH)
    assert not models.Document.objects.exists()
    answer = send(client, CLASH, keep="1", published="2024-02-09")
    assert (answer.status_code, answer["Location"]) == (303, f"/ru/reports/{hash_text(CLASH)}/")
    document = models.Document.objects.get()
    assert (str(document.published), document.added.author, document.added.user) == ("2024-02-09", "Айгүл", analyst)
    assert client.get(answer["Location"]).status_code == 200


def test_a_text_that_the_ledger_has_is_named_and_not_held_against_itself(client, keep):
    keep(TURNOVER, title="Итоги года")
    page = body(send(client, TURNOVER))
    assert "Этот текст уже есть в реестре" in page
    assert "2 цифры" not in page


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (TURNOVER.encode(), "a.txt"),
        (TURNOVER.encode("cp1251"), "a.txt"),
        (f"# Итоги\n\n{TURNOVER}\n".encode(), "a.md"),
        (f"<html><body><article><h1>Итоги</h1><p>{TURNOVER * 5}</p></article></body></html>".encode(), "a.html"),
        (make_docx(DOCX.format(TURNOVER)), "a.docx"),
        (make_pdf(), "a.pdf"),
    ],
)  # fmt: skip
def test_files_are_read(client, data, name):
    answer = send(client, file=upload(data, name))
    assert answer.status_code == 200
    assert re.search(r"<mark><a[^>]*>4[.,]4", body(answer))


@pytest.mark.parametrize(
    ("data", "name", "status", "words"),
    [
        (b"", "a.txt", 400, "Проверять нечего|нет текста"),
        (b"  \n", "a.txt", 400, "нет текста"),
        (b"\x89PNG\r\n\x1a\n" + b"0" * 99, "a.txt", 400, "изображения"),
        (bytes(range(256)) * 40, "a.txt", 400, "двоичные"),
        (b"MZ", "a.exe", 400, "этого вида"),
        (b"{}", "a.json", 400, "этого вида"),
        (b"PK\x03\x04" + b"0" * 99, "a.docx", 400, "повреждён"),
        (make_docx(DOCX.format("")), "a.docx", 400, "изображения"),
        (make_docx("<w:document>"), "a.docx", 400, "повреждён"),
        (make_docx("<!DOCTYPE x [<!ENTITY a 'b'>]>" + DOCX.format("&a;")), "a.docx", 400, "повреждён"),
        (make_docx(DOCX.format("a" * 50_000_000)), "a.docx", 413, "распаковывается"),
        (b"%PDF-1.4 nothing", "a.pdf", 400, "повреждён"),
        (make_pdf(password="x"), "a.pdf", 400, "паролем"),  # noqa: S106
        (("слово " * 30_000).encode(), "a.txt", 413, "длиннее"),
        (b"<html><script>x()</script></html>", "a.html", 400, "не нашлось"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told(client, data, name, status, words):
    answer = send(client, file=upload(data, name))
    assert answer.status_code == status
    alert = re.search(r'role="alert"[^>]*>([^<]+)<', body(answer))
    assert re.search(words, alert[1]), alert[1]


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"text": ""}, 400),
        ({"text": "x", "published": "2024-13-01"}, 400),
        ({"text": "x", "lang": "de"}, 400),
        ({"text": "x", "form": "pdf"}, 400),
        ({"text": "я" * 100_001}, 413),
        ({"text": "\0" * 10}, 400),
        ({}, 400),
    ],
)  # fmt: skip
def test_a_form_that_makes_no_sense_is_told(client, fields, status):
    answer = client.post("/kk/check/", fields)
    assert answer.status_code == status
    assert 'role="alert"' in body(answer)


def test_a_text_and_a_file_at_once_are_refused(client):
    assert send(client, TURNOVER, file=upload(b"x", "a.txt")).status_code == 400


def test_an_upload_over_the_limit_is_refused_before_it_is_read(client, settings):
    settings.UPLOAD_BYTES, settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000, 2_000
    assert send(client, file=upload(b"a" * 1_500, "a.txt")).status_code == 413
    answer = send(client, file=upload(b"a" * 5_000, "a.txt"))
    assert answer.status_code == 413
    assert "<h1>Слишком много данных</h1>" in body(answer)


def test_reading_that_takes_too_long_is_refused(client, settings):
    settings.DRAFT_SECONDS = 0.01
    answer = send(client, TURNOVER)
    assert answer.status_code == 400
    assert "остановлено" in body(answer)


def test_a_stranger_may_not_check_without_end(client, settings):
    settings.DRAFTS_A_MINUTE = 2
    assert [send(client, "").status_code for _ in range(3)] == [400, 400, 429]
    assert send(Client(REMOTE_ADDR="192.0.2.7"), "").status_code == 400


def test_an_analyst_may(client, settings, analyst):
    settings.DRAFTS_A_MINUTE = 1
    assert [send(client, "").status_code for _ in range(3)] == [400, 400, 400]


def test_scripts_in_a_draft_are_inert(client):
    page = body(send(client, f"{EVIL}</textarea>{EVIL}\n{TURNOVER}"))
    assert "<script>alert" not in page
    assert "<img" not in page
    assert page.count("</textarea>") == 1
    page = body(send(client, file=upload(TURNOVER.encode(), f"{EVIL}.txt")))
    assert "<script>alert" not in page


def test_the_text_comes_back_as_it_was(client):
    text = f"\nПервая строка\n\n{TURNOVER}"
    page = body(send(client, text.replace("\n", "\r\n")))
    assert f'dir="auto">\n{text}</textarea>' in page


def test_the_result_is_downloaded(client, keep):
    keep(TURNOVER)
    page = send(client, CLASH, form="html")
    assert page["Content-Disposition"] == 'attachment; filename="ainalym-draft.html"'
    assert "<mark>" in body(page)
    assert "<script" not in body(page)
    data = send(client, CLASH, form="json")
    found = json.loads(data.content)
    assert found["documents"] == [{"id": "draft", "claims": 1}]
    assert {figure["document"] for item in found["findings"] for figure in item["figures"]} >= {
        "draft", hash_text(TURNOVER),
    }  # fmt: skip


def test_a_forged_form_is_refused_in_the_page_s_language():
    answer = Client(enforce_csrf_checks=True).post("/en/check/", {"text": "x"})
    assert answer.status_code == 403
    assert "The form was open for too long" in body(answer)


def test_other_methods_are_refused(client):
    assert client.put("/ru/check/").status_code == 405


def test_a_check_takes_few_queries(client, keep, django_assert_max_num_queries):
    for number in range(4):
        keep(f"{TURNOVER} Пример {number}.", place=f"{number}.txt")
    with django_assert_max_num_queries(20):
        assert send(client, CLASH).status_code == 200
