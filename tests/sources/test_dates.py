"""Each stamp stands among the first lines of a report, with the day it gives, or None."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ainalym.sources.dates import find_dates, find_published, parse_date

STORY = "Мәтін осылай басталады, ол біршама ұзын сөйлем.\nЕкінші жол.\nҮшінші жол осы.\nСоңғы жол."

STAMPS = {
    "25 там, 2022 сағат 23:33": "2022-08-25",
    "7 Қараша 2023, 13:12 1023": "2023-11-07",
    "05 Ақпан 2024 Қаралым: 1 023": "2024-02-05",
    "Сейсенбі, 7 қараша 2023, 10:00": "2023-11-07",
    "2022 жылғы 25 тамыз": "2022-08-25",
    "2022 ж. 25 тамыз": "2022-08-25",
    "2022 жылғы тамыздың 25-і": "2022-08-25",
    "2023 жылғы 9 қарашада жарияланды": "2023-11-09",
    "Жарияланды: 03/04/2022": "2022-04-03",
    "Миражан Махан, 7 Қараша 2023": "2023-11-07",
    "7 Qarasha 2023, 13:12": "2023-11-07",
    "8 sáýir 2024": "2024-04-08",
    "8 säuır 2024": "2024-04-08",
    "14 qyrku'i'ek 2018": "2018-09-14",
    "14 qırküyek 2018": "2018-09-14",
    "25 tamyz 2022": "2022-08-25",
    "2023 جىلعى 7 قاراشا": "2023-11-07",
    "٧ قاراشا ٢٠٢٣": "2023-11-07",
    "8 ءساۋىر 2024, 12:10": "2024-04-08",
    "25.10.2019": "2019-10-25",
    "25.10.19 14:22": "2019-10-25",
    "Опубликовано: 24 ноября 2022 года в 10:52": "2022-11-24",
    "Опубликовано 24.11.2022, обновлено 25.11.2022": "2022-11-24",
    "Дата публикации: 25.10.2019 | Автор: Иванов И.": "2019-10-25",
    "Астана, 7 ноября 2023 года": "2023-11-07",
    "Вторник, 7 мая 2024 г., 9:05": "2024-05-07",
    "This post was published on 24.11.2022 10:52": "2022-11-24",
    "20 march 2012": "2012-03-20",
    "November 7, 2023": "2023-11-07",
    "Nov. 7, 2023 10:30 AM": "2023-11-07",
    "7th of November 2023": "2023-11-07",
    "2022-11-24T10:52:00+06:00": "2022-11-24",
    "13/04/2022": "2022-04-13",
}

NO_STAMPS = [
    "АСТАНА, 8 сәуір",
    "03/04/2022",  # the 3rd of April or the 4th of March
    "25.10.19",  # may be a chapter
    "31.02.2022",
    "9–10 қараша 2023",
    "Путин 9 қараша 2023 жылы келеді",
    "Форум өтеді: 9 қараша 2023",
    "Владимир Путин Қостанайға 2023 жылғы 9 қарашада келеді",
    "Указ опубликован 5 марта 2023 года в газете",
    "Заявление опубликовано 5 марта 2023 года",
    "Обновлено: 24.11.2022",
    "Новости за 7 ноября 2023",
    "Товарооборот на 1 января 2023 года вырос вдвое",
]

HEADS = {
    "02.08.2007. Если темпы не снизятся, год будет рекордным": "2007-08-02",
    "АСТАНА. 8 апреля 2024 года. КАЗИНФОРМ – Товарооборот вырос": "2024-04-08",
    "АСТАНА, 8 сәуір 2024 — Айналым өсті, деп хабарлады үкімет": "2024-04-08",
    "25.10.2019 14:30 Министр встретился с послом и обсудил торговлю": "2019-10-25",
    "ASTANA, September 25. From January to July Russia and Kazakhstan traded more": None,
    "9 қараша 2023 жыл – Қостанай қаласында форум өтеді, оған екі ел қатысады": None,
    "24 ноября 2022 г. состоялась встреча министров двух стран в Астане": None,
    "8 апреля 2024 года премьер-министр провел встречу. Говорили о торговле.": None,
}


@pytest.mark.parametrize(("line", "day"), STAMPS.items())
def test_a_stamp_is_found_at_the_top_and_at_the_bottom(line: str, day: str) -> None:
    assert str(find_published(f"Тақырып жолы мұнда\n\n{line}\n\n{STORY}")) == day
    assert str(find_published(f"Тақырып жолы мұнда\n{STORY}\n{line}\n")) == day


@pytest.mark.parametrize("line", NO_STAMPS)
def test_a_date_of_the_story_is_no_stamp(line: str) -> None:
    assert find_published(f"Тақырып жолы мұнда\n\n{line}\n\n{STORY}") is None


@pytest.mark.parametrize(("line", "day"), HEADS.items())
def test_a_dateline_before_the_first_sentence(line: str, day: str | None) -> None:
    assert str(find_published(f"{line}\n{STORY}")) == str(day)


def test_a_stamp_in_the_middle_of_the_text_does_not_count() -> None:
    assert find_published(f"{STORY}\n25.10.2019\n{STORY}") is None


def test_published_goes_before_another_date() -> None:
    assert find_published(f"25.10.2019\n{STORY}\nОпубликовано: 26.10.2019") == dt.date(2019, 10, 26)


@pytest.mark.parametrize(
    ("value", "day"),
    [("2022-11-24", "2022-11-24"), ("2022-11-24T23:52:00Z", "2022-11-24"), ("24.11.2022", "2022-11-24"),
     ("Thu, 24 Nov 2022 10:52:00 +0600", "2022-11-24"), ("2022-11", None), ("soon", None), ("", None)],
)  # fmt: skip
def test_dates_of_metadata(value: str, day: str | None) -> None:
    assert str(parse_date(value)) == str(day)


@given(st.text())
def test_any_text_gives_a_day_or_none(text: str) -> None:
    found = find_published(text)
    assert found is None or isinstance(found, dt.date)


@given(st.dates(dt.date(1990, 1, 1), dt.date(2099, 12, 31)))
def test_numeric_and_iso_forms_are_read_back(day: dt.date) -> None:
    for form in (f"{day:%d.%m.%Y}", f"{day:%Y-%m-%d}", f"{day:%d.%m.%Y} 10:00"):
        assert [stamp.day for stamp in find_dates(form)] == [day]
