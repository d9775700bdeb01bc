import re

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import OperationalError
from wagtail.models import Locale, Page, Site
from wagtail.rich_text import RichText

from ainalym.ledger.models import Pair
from ainalym.portal.sites import live
from ainalym.portal.sites.models import ContentPage, HomePage, NewsPage, PartnerIntroductionPage, find_introduction
from ainalym.portal.sites.start import make_first_pages

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("first_pages")]

LANGS = ("kk", "kk-latn", "ru", "en")
RUSSIAN = (
    "Стороны обсудили торговлю зерном и договорились открыть ещё два пункта пропуска на границе. "
    "Министры подписали план на будущий год, и рабочая группа соберётся весной."
)
ENGLISH = (
    "Both sides discussed trade in grain and agreed to open two more crossings at the border. "
    "The ministers signed a plan for the coming year, and the working group will meet in spring."
)


def find(model, lang, slug):
    return model.objects.get(locale__language_code=lang, slug=slug)


def add_page(lang, title, text, **fields):
    home = HomePage.objects.get(locale__language_code=lang)
    page = ContentPage(
        title=title, body=[("text", RichText(f"<p>{text}</p>"))], locale=Locale.objects.get(language_code=lang),
        live=False, **fields,
    )  # fmt: skip
    home.add_child(instance=page)
    return page


def publish(page):
    page.save_revision().publish()
    page.refresh_from_db()


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("path", ["", "news/", "news/open/", "uzbekistan/"])
def test_a_new_portal_opens_with_pages_in_every_language(client, django_assert_max_num_queries, lang, path):
    with django_assert_max_num_queries(20):
        answer = client.get(f"/{lang}/{path}")
    text = answer.content.decode()
    assert answer.status_code == 200
    main = text[text.index("<main") : text.index("</main>")]
    letters = re.sub(r"<[^>]*>", "", main)
    has_cyrillic = re.search("[а-яәіңғүұқөһ]", letters, re.I) is not None
    assert has_cyrillic == (lang in ("kk", "ru"))
    assert 'style="' not in text
    assert "<script" not in text


def test_first_pages_are_made_once_and_never_again():
    page = find(NewsPage, "ru", "open")
    page.title = "Свой заголовок"
    publish(page)
    HomePage.objects.get(locale__language_code="en").delete()
    assert not make_first_pages()
    assert find(NewsPage, "ru", "open").title == "Свой заголовок"
    assert not HomePage.objects.filter(locale__language_code="en").exists()


def test_who_took_all_pages_away_does_not_get_them_back():
    for home in HomePage.objects.all():
        Page.objects.get(pk=home.pk).delete()
    assert not Site.objects.exists()
    assert not make_first_pages()


def test_without_a_written_home_the_portal_has_its_own(client):
    home = HomePage.objects.get(locale__language_code="ru")
    home.unpublish()
    answer = client.get("/ru/")
    assert answer.status_code == 200
    assert "Новые противоречия" in answer.content.decode()
    assert client.get("/ru/news/").status_code == 404


def test_pages_of_data_come_before_written_ones(client):
    assert "Партнёры:" in client.get("/ru/partners/").content.decode()


def test_an_untranslated_page_is_told_missing_with_its_languages(client):
    publish(add_page("ru", "Зерно", RUSSIAN, slug="grain"))
    assert client.get("/ru/grain/").status_code == 200
    answer = client.get("/en/grain/")
    text = answer.content.decode()
    assert answer.status_code == 404
    assert "no such page in this language" in text
    assert 'href="/ru/grain/"' in text
    assert "Министры" not in text


def test_an_address_that_nobody_wrote_is_missing(client):
    answer = client.get("/kk/no-such-page/")
    assert answer.status_code == 404
    assert "Мұндай бет жоқ" in answer.content.decode()


def test_addresses_of_machines_are_not_taken_for_pages(client):
    assert client.get("/api/v1/nothing/").status_code == 404
    assert client.get("/media/nothing/").status_code == 404
    assert client.get("/ru/api/").status_code == 404


def test_a_draft_in_the_language_does_not_hide_that_the_page_is_elsewhere(client):
    page = add_page("ru", "Зерно", RUSSIAN, slug="grain")
    publish(page)
    page.copy_for_translation(Locale.objects.get(language_code="en"))
    answer = client.get("/en/grain/")
    assert answer.status_code == 404
    assert 'href="/ru/grain/"' in answer.content.decode()


def test_an_alias_does_not_bring_one_language_under_anothers_address(client):
    page = add_page("ru", "Зерно", RUSSIAN, slug="grain")
    publish(page)
    page.copy_for_translation(Locale.objects.get(language_code="en"), alias=True)
    answer = client.get("/en/grain/")
    assert answer.status_code == 404
    assert "Министры" not in answer.content.decode()


def test_the_switcher_leads_to_translations_and_marks_what_is_not_translated(client):
    page = add_page("ru", "Зерно", RUSSIAN, slug="grain")
    publish(page)
    other = page.copy_for_translation(Locale.objects.get(language_code="en"))
    other.title, other.slug = "Grain", "grain-trade"
    other.body = [("text", RichText(f"<p>{ENGLISH}</p>"))]
    publish(other)
    text = client.get("/ru/grain/").content.decode()
    assert 'href="/en/grain-trade/" lang="en"' in text
    assert re.search(r'href="/kk/" lang="kk" hreflang="kk">Қазақша</a> <span class="quiet">\(нет перевода\)', text)
    assert '<link rel="alternate" hreflang="kk"' not in text
    assert '<link rel="alternate" hreflang="en" href="/en/grain-trade/">' in text


def test_text_of_another_language_cannot_be_published():
    page = add_page("ru", "Grain", ENGLISH, slug="grain")
    with pytest.raises(ValidationError, match=r"английский|ағылшын"):
        publish(page)
    page.refresh_from_db()
    assert not page.live


def test_cyrillic_cannot_be_published_as_latin():
    page = add_page("kk-latn", "Жаңалық", "Екі тарап сауда туралы келісті және жұмыс тобы көктемде жиналады. " * 3)
    with pytest.raises(ValidationError):
        publish(page)


def test_one_paragraph_left_untranslated_cannot_be_published():
    page = add_page("ru", "Зерно", RUSSIAN, slug="grain")
    publish(page)
    other = page.copy_for_translation(Locale.objects.get(language_code="en"))
    other.title = "Grain"
    other.body = [("text", RichText(f"<p>{ENGLISH} {ENGLISH}</p>")), ("text", RichText(f"<p>{RUSSIAN}</p>"))]
    with pytest.raises(ValidationError, match="Стороны обсудили"):
        publish(other)
    # A quotation stays in the language that it was said in.
    other.body = [("text", RichText(f"<p>{ENGLISH}</p>")), ("quote", {"text": RUSSIAN, "source": "", "lang": "ru"})]
    publish(other)
    assert other.live


def test_live_blocks_show_what_the_ledger_holds(client, keep):
    keep("В 2023 году товарооборот Казахстана и Узбекистана составил 4,4 млрд долларов.", title="Итоги года")
    text = client.get("/en/uzbekistan/").content.decode()
    assert "4.4 bn USD" in text
    assert "Kazakhstan ↔ Uzbekistan" in text
    assert '<bdi lang="ru">Итоги года</bdi>' in text
    assert '<time datetime="2024-02-09">9 February 2024</time>' in text
    assert "4,4 mlrd USD" in client.get("/kk-latn/uzbekistan/").content.decode()


def test_live_blocks_escape_what_reports_say(client, keep):
    keep(
        "В 2023 году товарооборот Казахстана и Узбекистана составил 4,4 млрд долларов.",
        title="<script>alert(1)</script>",
    )
    text = client.get("/ru/uzbekistan/").content.decode()
    assert "<script>" not in text
    assert "&lt;script&gt;alert(1)" in text


def test_live_blocks_are_kept_for_a_moment(client, keep):
    client.get("/en/uzbekistan/")
    keep("В 2023 году товарооборот Казахстана и Узбекистана составил 4,4 млрд долларов.")
    assert "4.4 bn" not in client.get("/en/uzbekistan/").content.decode()
    cache.clear()
    assert "4.4 bn" in client.get("/en/uzbekistan/").content.decode()


def test_a_page_outlives_a_ledger_that_does_not_answer(client, monkeypatch):
    def fail(*_):
        raise OperationalError("gone")

    for name in ("find_turnover", "find_claims", "find_commitments", "find_contradictions"):
        monkeypatch.setattr(live, name, fail)
    answer = client.get("/ru/uzbekistan/")
    assert answer.status_code == 200
    assert "В реестре нет данных" in answer.content.decode()


def test_a_number_block_takes_the_year_or_the_newest(keep):
    keep("В 2022 году экспорт Казахстана в Узбекистан составил 3,7 млрд долларов.")
    keep("В 2023 году экспорт Казахстана в Узбекистан составил 3,1 млрд долларов.", place="later.txt")
    assert live.find_number("KZ-UZ", "exports", None).value_exact == "3100000000"
    assert live.find_number("KZ-UZ", "exports", 2022).value_exact == "3700000000"
    assert live.find_number("KZ-UZ", "exports", 1999) is None
    assert live.find_turnover("KZ-ZZ") is None


def test_the_other_live_blocks_show_reports_and_numbers(client, keep):
    keep("В 2023 году экспорт Казахстана в Узбекистан составил 3,1 млрд долларов.", title="Итоги")
    page = find(PartnerIntroductionPage, "ru", "uzbekistan")
    page.body = [
        ("reports", {"pair": "KZ-UZ", "most": 3}),
        ("number", {"pair": "KZ-UZ", "indicator": "exports", "year": 2023}),
        ("table", {"columns": [{"type": "text", "heading": "Показатель"}], "rows": [{"values": ["зерно"]}],
                   "caption": "Товары"}),
        ("heading", {"text": "Ниже", "level": "3"}),
    ]  # fmt: skip
    publish(page)
    text = client.get("/ru/uzbekistan/").content.decode()
    assert "Итоги</bdi>" in text
    assert "3,1 млрд" in text
    assert "<caption>Товары</caption>" in text
    assert "<h3>Ниже</h3>" in text


def test_an_introduction_is_found_by_its_pair():
    assert find_introduction("KZ-UZ", "ru").title == "Казахстан и Узбекистан"
    assert find_introduction("KZ-TM", "ru") is None
    find(PartnerIntroductionPage, "en", "uzbekistan").unpublish()
    assert find_introduction("KZ-UZ", "en") is None
    assert not Pair.objects.exists()
