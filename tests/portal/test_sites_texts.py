"""Interface texts in Kazakh, and dates and numbers of every language."""

import datetime as dt
import json

import pytest
from django.utils import formats, translation
from django.utils.timesince import timesince

from ainalym.portal.templatetags.ainalym import day_month, long_date

DAY = dt.date(2026, 11, 21)
LONG = {"kk": "21 қараша 2026 ж.", "kk-latn": "21 qaraşa 2026 j.", "ru": "21 ноября 2026 г.", "en": "21 November 2026"}
SHORT = {"kk": "21 қараша", "kk-latn": "21 qaraşa", "ru": "21 ноября", "en": "21 November"}
NUMBER = {"kk": "1\xa0234\xa0567,5", "kk-latn": "1\xa0234\xa0567,5", "ru": "1\xa0234\xa0567,5", "en": "1,234,567.5"}


@pytest.mark.parametrize("lang", LONG)
def test_days_are_written_as_the_language_writes_them(lang):
    with translation.override(lang):
        assert long_date(DAY) == LONG[lang]
        assert day_month(DAY) == SHORT[lang]
        assert long_date(None) == "–"


@pytest.mark.parametrize("lang", NUMBER)
def test_numbers_are_written_as_the_language_writes_them(lang):
    with translation.override(lang):
        assert formats.number_format(1234567.5, use_l10n=True, force_grouping=True) == NUMBER[lang]


def test_months_alone_keep_their_form():
    with translation.override("kk-latn"):
        assert formats.date_format(DAY, "YEAR_MONTH_FORMAT") == "2026 jylğy qaraşa"
    with translation.override("kk"):
        assert formats.date_format(DAY, "YEAR_MONTH_FORMAT") == "2026 жылғы қараша"


def test_what_the_libraries_lack_is_said_in_kazakh():
    now = dt.datetime(2026, 11, 21, 12)
    with translation.override("kk"):
        assert translation.gettext("Publish") == "Жариялау"
        assert translation.gettext("This field is required.") == "Бұл өрісті толтыру міндетті."
        assert timesince(now - dt.timedelta(days=3), now) == "3\xa0күн"
    with translation.override("kk-latn"):
        assert translation.gettext("Publish") == "Jariialau"
        assert translation.gettext("This field is required.") == "Būl örıstı toltyru mındettı."
        assert "%(limit_value)d tañbadan" in translation.ngettext(
            "Ensure this value has at most %(limit_value)d character (it has %(show_value)d).",
            "Ensure this value has at most %(limit_value)d characters (it has %(show_value)d).",
            5,
        )


def test_scripts_of_editors_speak_kazakh(client):
    answer = client.get("/cms/jsi18n/", headers={"accept-language": "kk"}).content.decode()
    assert json.dumps("Алдын ала көру") in answer
