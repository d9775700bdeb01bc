"""What editors can do, and others not."""

import base64
import gc
import hashlib
import io
import re
import warnings

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image as Picture
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Locale
from wagtail.rich_text import RichText

from ainalym.portal.sites.models import ContentPage, HomePage, NewsPage
from ainalym.portal.sites.translations import count_states, list_translations
from tests.portal.signing import make_person, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("first_pages")]

KAZAKH = (
    "Екі тарап <b>астық</b> саудасын талқылап, шекарада тағы екі өткізу бекетін ашуға келісті. "
    "Министрлер келесі жылдың жоспарына қол қойды."
)


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture
def editor(client):
    return sign_in(client, make_person("editor"))


@pytest.fixture
def viewer(client):
    return sign_in(client, make_person("viewer"))


def add_kazakh(**fields):
    page = ContentPage(
        title="Астық саудасы", slug="grain", lead="Шекарадағы жаңалық", locale=Locale.objects.get(language_code="kk"),
        body=[
            ("heading", {"text": "Келісім", "level": "2"}),
            ("text", RichText(f'<p>{KAZAKH} <a href="https://example.org/сауда">сілтеме</a></p>')),
            ("table", {"columns": [{"type": "text", "heading": "Тауар"}], "rows": [{"values": ["бидай"]}],
                       "caption": "Тауарлар"}),
            ("number", {"pair": "KZ-UZ", "indicator": "exports", "year": 2023}),
        ],
        **fields,
    )  # fmt: skip
    HomePage.objects.get(locale__language_code="kk").add_child(instance=page)
    page.save_revision().publish()
    return ContentPage.objects.get(pk=page.pk)


ADDRESSES = ["/cms/", "/cms/pages/", "/ru/translations/"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_who_is_not_signed_in_is_sent_to_sign_in(client, address):
    answer = client.get(address)
    assert answer.status_code == 302
    assert re.match(r"/(kk|ru)/account/login/\?next=/", answer["Location"])


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_viewer_is_refused(client, viewer, address):
    assert client.get(address).status_code == 403


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_editor_gets_in(client, editor, address):
    assert client.get(address).status_code == 200


def test_the_account_leads_to_what_an_editor_may_do(client, editor):
    text = client.get("/ru/account/").content.decode()
    assert 'href="/cms/"' in text
    assert 'href="/ru/translations/"' in text


def test_an_editor_has_no_say_over_users_and_sites(client, editor):
    for address in ("/cms/users/", "/cms/sites/", "/cms/locales/"):
        assert client.get(address).status_code in (302, 403, 404)


def test_only_editors_pages_have_a_wider_policy(client, editor):
    public = client.get("/ru/")["Content-Security-Policy"]
    cms = client.get("/cms/")["Content-Security-Policy"]
    board = client.get("/ru/translations/")["Content-Security-Policy"]
    assert board == public
    assert "unsafe" not in public
    assert "'unsafe-inline'" in re.search("style-src ([^;]*)", cms)[1]
    assert re.search("script-src ([^;]*)", cms)[1].strip() == "'self'"
    assert "http" not in cms
    assert client.get("/ru/")["X-Frame-Options"] == "DENY"


def test_a_preview_can_be_shown_within_the_editor_alone(client, editor):
    page = add_kazakh()
    client.post(reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk]), form_of(page, **{"body-count": "0"}))
    answer = client.get(reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk]))
    assert "<h1>Астық саудасы</h1>" in answer.content.decode()
    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "SAMEORIGIN"


def test_only_wagtails_own_calls_run_as_scripts_in_a_page(client, editor):
    page = add_kazakh()
    page.title = "<script>alert(1)</script>"
    page.save_revision()
    answer = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    inline = re.findall(r"<script>(.+?)</script>", answer.content.decode(), re.S)
    policy = re.search("script-src ([^;]*)", answer["Content-Security-Policy"])[1].split()
    hashes = [f"'sha256-{base64.b64encode(hashlib.sha256(call.encode()).digest()).decode()}'" for call in inline]
    assert len(inline) == 2
    assert sorted(policy) == sorted(["'self'", *hashes])


def test_the_editors_pages_ask_no_other_host(client, editor):
    text = client.get("/cms/").content.decode() + client.get("/cms/account/").content.decode()
    assert not re.search(r'(src|href|action)="(https?:)?//(?!localhost)(?!guide\.wagtail)[^"]*\.(js|css|png|svg)', text)
    assert "gravatar" not in text.lower()


def test_the_editors_pages_speak_kazakh_in_both_alphabets(client, editor):
    cyrillic = client.get("/cms/pages/", headers={"accept-language": "kk"}).content.decode()
    latin = client.get("/cms/pages/", headers={"accept-language": "kk-latn"}).content.decode()
    assert "Бүйір тақтаны ашу не жабу" in cyrillic
    assert "Büiır taqtany aşu ne jabu" in latin


def test_the_board_tells_how_each_translation_stands(client, editor):
    page = add_kazakh()
    states = {entry.lang: entry.state for row in list_translations() if row.source == page.pk for entry in row.entries}
    assert states == {"kk": "live", "kk-latn": "absent", "ru": "absent", "en": "absent"}
    draft = page.copy_for_translation(Locale.objects.get(language_code="ru"))
    states = {entry.lang: entry.state for row in list_translations() if row.source == page.pk for entry in row.entries}
    assert states["ru"] == "draft"
    draft.title, draft.lead = "Торговля зерном", "Новости с границы"
    draft.body = [("text", RichText("<p>Стороны договорились.</p>"))]
    draft.save_revision().publish()
    states = {entry.lang: entry.state for row in list_translations() if row.source == page.pk for entry in row.entries}
    assert states["ru"] == "live"
    page.refresh_from_db()
    page.title = "Астық саудасы туралы"
    page.save_revision().publish()
    states = {entry.lang: entry.state for row in list_translations() if row.source == page.pk for entry in row.entries}
    assert states == {"kk": "live", "kk-latn": "absent", "ru": "outdated", "en": "absent"}
    counts = count_states(list_translations())
    assert counts["kk"] == {"live": 5}
    assert counts["ru"] == {"live": 4, "outdated": 1}


def test_a_new_portal_has_nothing_outdated():
    assert {lang: dict(states) for lang, states in count_states(list_translations()).items()} == {
        lang: {"live": 4} for lang in ("kk", "kk-latn", "ru", "en")
    }


def test_the_board_marks_changes_that_wait(client, editor):
    page = add_kazakh()
    page.title = "Жаңа атау"
    page.save_revision()
    entry = next(row for row in list_translations() if row.source == page.pk).entries[0]
    assert (entry.state, entry.changed) == ("live", True)
    assert "есть неопубликованные правки" in client.get("/ru/translations/").content.decode()


def test_the_board_is_filtered_by_state_and_needs_few_queries(client, editor, django_assert_max_num_queries):
    add_kazakh()
    with django_assert_max_num_queries(20):
        everything = client.get("/en/translations/").content.decode()
    absent = client.get("/en/translations/?state=absent").content.decode()
    assert "Жаңалықтар" in everything
    assert "Жаңалықтар" not in absent
    assert "Астық саудасы" in absent
    assert client.get("/en/translations/?state=nonsense&page=99").status_code == 200


def test_one_action_writes_a_kazakh_page_in_latin_letters_as_a_draft(client, editor):
    page = add_kazakh()
    answer = client.post(f"/kk/translations/{page.pk}/latin/")
    latin = ContentPage.objects.get(locale__language_code="kk-latn", translation_key=page.translation_key)
    assert answer["Location"] == reverse("wagtailadmin_pages:edit", args=[latin.pk])
    assert not latin.live
    assert (latin.title, latin.lead, latin.slug) == ("Astyq saudasy", "Şekaradağy jañalyq", "grain")
    heading, text, table, number = latin.body
    assert heading.value["text"] == "Kelısım"
    assert "<b>astyq</b> saudasyn talqylap" in text.value.source
    assert 'href="https://example.org/сауда">sılteme' in text.value.source
    assert table.value.caption == "Tauarlar"
    assert table.value.row_data[0]["values"] == ["bidai"]
    assert dict(number.value) == {"pair": "KZ-UZ", "indicator": "exports", "year": 2023}
    assert client.get("/kk-latn/grain/").status_code == 404
    latin.save_revision().publish()
    assert client.get("/kk-latn/grain/").status_code == 200


def test_writing_it_again_leaves_what_is_published_and_makes_a_new_draft(client, editor):
    page = add_kazakh()
    client.post(f"/kk/translations/{page.pk}/latin/")
    latin = ContentPage.objects.get(locale__language_code="kk-latn", slug="grain")
    latin.save_revision().publish()
    page.title = "Бидай саудасы"
    page.save_revision().publish()
    client.post(f"/kk/translations/{page.pk}/latin/")
    latin.refresh_from_db()
    assert latin.title == "Astyq saudasy"
    assert latin.get_latest_revision_as_object().title == "Bidai saudasy"
    assert latin.has_unpublished_changes


def test_the_pages_above_come_along(client, editor):
    parent = add_kazakh()
    child = ContentPage(title="Бөлім", slug="part", locale=parent.locale)
    parent.add_child(instance=child)
    client.post(f"/kk/translations/{child.pk}/latin/")
    made = ContentPage.objects.get(locale__language_code="kk-latn", slug="part")
    assert made.get_parent().title == "Astyq saudasy"
    assert not made.get_parent().live
    assert made.alias_of_id is None


def test_only_editors_write_latin_and_only_from_kazakh(client, editor):
    page = add_kazakh()
    russian = NewsPage.objects.get(locale__language_code="ru")
    assert client.post(f"/kk/translations/{russian.pk}/latin/").status_code == 404
    assert client.post("/kk/translations/999999/latin/").status_code == 404
    assert client.get(f"/kk/translations/{page.pk}/latin/").status_code == 405
    sign_in(client, make_person("analyst"))
    assert client.post(f"/kk/translations/{page.pk}/latin/").status_code == 403


def form_of(page, **changed):
    values = {
        "title": page.title, "slug": page.slug, "lead": page.lead, "seo_title": "", "search_description": "",
        "body-count": "1", "body-0-deleted": "", "body-0-order": "0", "body-0-type": "heading", "body-0-id": "",
        "body-0-value-text": "", "body-0-value-level": "2", "go_live_at": "", "expire_at": "",
        "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0", "comments-MIN_NUM_FORMS": "0",
        "comments-MAX_NUM_FORMS": "", "comment_notifications": "",
    }  # fmt: skip
    return values | changed


def test_publishing_a_copy_that_is_not_translated_is_refused_with_a_word(client, editor):
    page = add_kazakh()
    copy = page.copy_for_translation(Locale.objects.get(language_code="ru"))
    values = form_of(copy, lead=re.sub("<[^>]*>", "", KAZAKH), **{"body-0-value-text": "Келісім"})
    answer = client.post(
        reverse("wagtailadmin_pages:edit", args=[copy.pk]), values | {"action-publish": "1"}, follow=True
    )
    copy.refresh_from_db()
    assert answer.status_code == 200
    assert not copy.live
    assert "казахский" in answer.content.decode() or "қазақ" in answer.content.decode()
    assert client.get("/ru/grain/").status_code == 404


def test_an_editor_publishes_a_translation(client, editor):
    page = add_kazakh()
    copy = page.copy_for_translation(Locale.objects.get(language_code="ru"))
    values = form_of(copy, title="Торговля зерном", lead="Новости", **{"body-0-value-text": "Договорённость"})
    client.post(reverse("wagtailadmin_pages:edit", args=[copy.pk]), values | {"action-publish": "1"})
    assert "Договорённость" in client.get("/ru/grain/").content.decode()


@pytest.mark.parametrize(("slug", "is_free"), [("partners", False), ("api", False), ("grain", True)])
def test_no_page_takes_the_address_of_the_portals_own(client, editor, slug, is_free):
    home = HomePage.objects.get(locale__language_code="ru")
    page = ContentPage(title="Партнёры", slug=slug)
    address = reverse("wagtailadmin_pages:add", args=["sites_pages", "contentpage", home.pk])
    client.post(address, form_of(page, **{"body-count": "0"}), headers={"accept-language": "ru"})
    assert ContentPage.objects.filter(slug=slug).exists() == is_free


def draw(kind, size=(40, 30), **options):
    out = io.BytesIO()
    Picture.new("RGB", size, "red").save(out, kind, **options)
    return out.getvalue()


def upload_image(client, name, content):
    return client.post(
        reverse("wagtailimages:add"), {"title": "Сурет", "file": SimpleUploadedFile(name, content), "tags": ""}
    )


def test_pictures_are_made_anew(client, editor):
    hidden = Picture.Exif()
    hidden[0x010E] = "secret place"
    upload_image(client, "a.jpg", draw("JPEG", exif=hidden) + b"<script>alert(1)</script>")
    kept = Image.objects.get()
    with kept.file.open() as file:
        content = file.read()
    assert b"secret place" not in content
    assert b"<script>" not in content
    assert (kept.width, kept.height) == (40, 30)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
        ("a.png", b"not a picture"),
        ("a.gif", draw("GIF")),
        ("a.html", b"<script>alert(1)</script>"),
        ("a.png", draw("PNG", size=(20_000, 2_600))),
        ("a.jpg", b"\xff\xd8" + b"0" * 10_000_001),
    ],
    ids=["svg", "broken", "gif", "html", "too many pixels", "too large"],
)
def test_other_pictures_are_refused(client, editor, name, content):
    answer = upload_image(client, name, content)
    assert answer.status_code == 200
    assert not Image.objects.exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.html", b"<script>"), ("a.pdf", b"<html>"), ("a.docx", b"%PDF-1.7"), ("a.txt", b"a\0b"), ("a.exe", b"MZ")],
)
def test_files_of_another_kind_are_refused(client, editor, name, content):
    file = SimpleUploadedFile(name, content)
    answer = client.post(reverse("wagtaildocs:add"), {"title": "Құжат", "file": file, "tags": ""})
    assert answer.status_code == 200
    assert not Document.objects.exists()


def test_files_that_are_too_large_are_refused(client, editor, settings):
    settings.WAGTAILDOCS_MAX_UPLOAD_SIZE = 10
    file = SimpleUploadedFile("a.txt", b"01234567890")
    client.post(reverse("wagtaildocs:add"), {"title": "Құжат", "file": file, "tags": ""})
    assert not Document.objects.exists()


def test_documents_are_handed_out_as_files_only(client, editor):
    file = SimpleUploadedFile("қаулы.pdf", b"%PDF-1.7 <script>")
    client.post(reverse("wagtaildocs:add"), {"title": "Қаулы", "file": file, "tags": ""})
    client.logout()
    answer = client.get(Document.objects.get().url)
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 <script>"


def test_pages_show_pictures_but_what_was_uploaded_is_not_handed_out(client, editor):
    upload_image(client, "a.png", draw("PNG"))
    picture = Image.objects.get()
    page = add_kazakh()
    page.body = [("picture", {"image": picture, "alt": "Қызыл төртбұрыш", "caption": "Сурет"})]
    page.save_revision().publish()
    client.logout()
    # Wagtail leaves the file open in which it draws the picture.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        text = client.get("/kk/grain/").content.decode()
        gc.collect()
    address = re.search(r'<img src="(/media/images/[^"]*)"', text)[1]
    assert 'alt="Қызыл төртбұрыш"' in text
    shown = client.get(address)
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/webp")
    assert b"".join(shown.streaming_content).startswith(b"RIFF")
    assert client.get(picture.file.url).status_code == 404
    assert client.get("/media/images/../documents/x.pdf").status_code in (400, 404)


def test_a_picture_without_words_is_refused():
    block = ContentPage.body.field.stream_block.child_blocks["picture"]
    assert block.child_blocks["alt"].required
