"""Mentions of time: their dates and what they are to a figure."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ainalym.reading.periods import find_periods, months_of, shift_years
from tests.reading.samples import make

ENGLISH, CYRILLIC = "Latn", "Cyrl"


def show(text: str, lang: str, published: str | None, script: str | None = None) -> str:
    """Each mention as «role start..end», an open end left empty, ? where the dates are not known."""
    script = script or (ENGLISH if lang == "en" else CYRILLIC)
    mentions, _ = find_periods(make(text, lang, script, published=published))
    shown = []
    for mention in mentions:
        dates = "..".join(str(day or "") for day in mention.period) if mention.period else "?"
        shown.append(f"{mention.role} {dates}")
    return "; ".join(shown)


# Months, quarters, halves, counts, years and spans.
OWN = """
ru | 2023-11-10 | За январь-сентябрь 2022 года вывезли больше. | own 2022-01-01..2022-09-30
ru | 2023-11-10 | С января по май экспорт вырос. | own 2023-01-01..2023-05-31
ru | 2023-11-10 | За девять месяцев экспорт вырос. | own 2023-01-01..2023-09-30
ru | 2023-11-10 | За первые три квартала экспорт вырос. | own 2023-01-01..2023-09-30
ru | 2023-11-10 | В III квартале 2022 года. | own 2022-07-01..2022-09-30
ru | 2023-11-10 | В первом полугодии 2023 года. | own 2023-01-01..2023-06-30
ru | 2023-11-10 | Летом 2022 года. | own 2022-06-01..2022-08-31
ru | 2023-11-10 | В мае 2020 года. | own 2020-05-01..2020-05-31
ru | 2024-03-10 | В сезоне 2022/23 МГ (июль–ноябрь) отгрузили больше. | own 2022-07-01..2022-11-30
ru | 2024-03-10 | В сезоне 2023-2024 отгрузили больше. | own 2023-07-01..2024-06-30
ru | 2024-03-10 | В 2016-2018 годах, с 2019 по 2021 год. | own 2016-01-01..2018-12-31; own 2019-01-01..2021-12-31
ru | 2024-10-10 | С 1 января по 30 сентября 2023 года. | own 2023-01-01..2023-09-30
ru | 2024-10-10 | На 1 февраля работает 55 фирм. | own 2024-02-01..2024-02-01
ru | 2024-10-10 | К середине сентября вывезли 5 тонн. | own 2024-01-01..2024-09-15
ru | 2024-10-10 | К концу августа вывезли 3 тонны. | own 2024-01-01..2024-08-31
kk | 2023-11-10 | Қаңтар–маусым айларында өсті. | own 2023-01-01..2023-06-30
kk | 2023-12-10 | Биыл 11 айының өзінде экспорт өсті. | own 2023-01-01..2023-11-30
kk | 2023-11-10 | 2022 жылғы үш тоқсанда өсті. | own 2022-01-01..2022-09-30
kk | 2023-11-10 | Экспорт 3-тоқсанда кеміді. | own 2023-07-01..2023-09-30
kk | 2023-11-10 | 2023 жылдың бірінші жартыжылдығында өсті. | own 2023-01-01..2023-06-30
kk | 2024-10-10 | Қыркүйек-наурыз аралығында. | own 2023-09-01..2024-03-31
kk | 2024-10-10 | 2016-2020 жылдары, 2023-жылы. | own 2016-01-01..2020-12-31; own 2023-01-01..2023-12-31
kk | 2024-10-10 | 1 қаңтардан 1 шілдеге дейін 5 тонна. | own 2024-01-01..2024-07-01
en | 2023-11-10 | From January to August 2023 exports rose. | own 2023-01-01..2023-08-31
en | 2023-11-10 | In the first nine months of 2023. | own 2023-01-01..2023-09-30
en | 2023-11-10 | In the first three quarters of 2022. | own 2022-01-01..2022-09-30
en | 2024-10-10 | Trade in H1; sales in Q3 2023. | own 2024-01-01..2024-06-30; own 2023-07-01..2023-09-30
en | 2024-10-10 | It may grow in May 2024. | own 2024-05-01..2024-05-31
en | 2024-10-10 | As of 1 June 2024 there were 55 firms. | own 2024-06-01..2024-06-01
en | 2024-10-10 | By mid-September 2024 exports reached 5 tonnes. | own 2024-01-01..2024-09-15
"""

# By the day of publication.
RELATIVE = """
ru | 2024-07-10 | В прошлом году и в этом году. | own 2023-01-01..2023-12-31; own 2024-01-01..2024-12-31
ru | 2024-07-10 | Прошлогодний показатель ниже. | own 2023-01-01..2023-12-31
ru | 2024-07-10 | За последние пять лет. | own 2019-07-10..2024-07-10
ru | 2024-07-10 | Пять лет назад было меньше. | own 2019-01-01..2019-12-31
ru | 2024-01-10 | В прошлом месяце вывезли больше. | own 2023-12-01..2023-12-31
ru |  | В прошлом году экспорт вырос. | own ?
ru | 2024-07-10 | С начала года вывезли больше. | own 2024-01-01..2024-07-10
kk | 2024-07-10 | Былтыр және биыл. | own 2023-01-01..2023-12-31; own 2024-01-01..2024-12-31
kk | 2024-07-10 | Соңғы бес жылда өсті. | own 2019-07-10..2024-07-10
en | 2024-07-10 | Over the past five years it grew. | own 2019-07-10..2024-07-10
en | 2024-07-10 | Sales fell last month. | own 2024-06-01..2024-06-30
en | 2024-07-10 | It will grow next year. | own 2025-01-01..2025-12-31
"""

# Since, by, measured against, and the same months of the year before.
ROLES = """
kk | 2024-03-10 | 2013 жылдан бері сауда өсті. | since 2013-01-01..2024-03-10
ru | 2024-07-10 | С начала июня вывезли больше. | since 2024-06-01..2024-07-10
ru | 2024-07-10 | С 2019 года действует соглашение. | since 2019-01-01..2024-07-10
en | 2024-07-10 | Since 2005 trade grew. | since 2005-01-01..2024-07-10
en | 2024-07-10 | Since the beginning of 2024 it fell. | since 2024-01-01..2024-07-10
kk | 2024-07-10 | 2030 жылға дейін өседі. | by ..2030-12-31
kk | 2024-07-10 | 2025 жылдың соңына қарай көбейеді. | by ..2025-12-31
kk | 2024-07-10 | 2027-ге дейін өседі. | by ..2027-12-31
ru | 2024-07-10 | К концу 2025 года или до 2030 года. | by ..2025-12-31; by ..2030-12-31
ru | 2024-07-10 | К 2030 году удвоится. | by ..2030-12-31
en | 2024-07-10 | By 2030, or by the end of 2025. | by ..2030-12-31; by ..2025-12-31
kk | 2024-07-10 | 2020 жылға қарағанда өсті. | base 2020-01-01..2020-12-31
kk | 2024-07-10 | 2019 жылмен салыстырғанда өсті. | base 2019-01-01..2019-12-31
ru | 2024-07-10 | Против 2017 года, к уровню 2016-го. | base 2017-01-01..2017-12-31; base 2016-01-01..2016-12-31
ru | 2024-07-10 | К аналогичному показателю 2015 года. | base 2015-01-01..2015-12-31
en | 2024-07-10 | More than in 2003; up 5% on 2017. | base 2003-01-01..2003-12-31; base 2017-01-01..2017-12-31
ru | 2024-07-10 | Это больше, чем за те же месяцы прошлого года. | prior ?
kk | 2024-07-10 | Былтырғы сәйкес кезеңмен салыстырғанда өсті. | prior ?
ru | 2024-07-10 | Годом ранее было меньше. | ago ?
en | 2024-07-10 | A year earlier it was less. | ago ?
"""

# Days on which something was said or done, durations, and numbers that look like years.
NONE = """
ru | 2024-07-10 | Встреча прошла 5 марта и длилась 3 дня. |
ru | 2024-07-10 | Вывезли 2 024 тонны, потом 2020 тонн за $2023. |
en | 2024-07-10 | They met on 24.11.2022, on 2022-11-24 and on 5 March; it may march on. |
kk | 2024-07-10 | Жиын 9 қарашада өтті. |
"""


def rows(table: str) -> list[tuple[str, str | None, str, str]]:
    split = [line.split(" | ") for line in table.strip().splitlines()]
    return [
        (lang, published.strip() or None, text.removesuffix(" |"), rest[0] if rest else "")
        for lang, published, text, *rest in split
    ]


@pytest.mark.parametrize(("lang", "published", "text", "expected"), rows(OWN + RELATIVE.strip() + ROLES + NONE.strip()))
def test_mentions(lang: str, published: str | None, text: str, expected: str) -> None:
    assert show(text, lang, published) == expected


@pytest.mark.parametrize(
    ("script", "text"),
    [
        ("Cyrl", "2023 жылдан бері өсті, 2030 жылға дейін өседі, 2022 жылға қарағанда."),
        ("Latn", "2023 jyldan beri ósti, 2030 jylǵa deıin ósedi, 2022 jylǵa qaraǵanda."),
        ("Latn", "2023 jyldan berı östı, 2030 jylğa deiın ösedı, 2022 jylğa qarağanda."),
        ("Latn", "2023 jıldan beri östi, 2030 jılğa deyin ösedi, 2022 jılğa qarağanda."),
        ("Arab", "2023 جىلدان بەرى ءوستى، 2030 جىلعا دەيىن وسەدى، 2022 جىلعا قاراعاندا."),
    ],
)
def test_every_orthography_of_kazakh(script: str, text: str) -> None:
    expected = "since 2023-01-01..2024-10-10; by ..2030-12-31; base 2022-01-01..2022-12-31"
    assert show(text, "kk", "2024-10-10", script) == expected


def test_the_text_itself_fixes_the_year() -> None:
    text = "В январе-мае 2021 года экспорт вырос на 5%. В этом году ввезли 3 тонны."
    assert show(text, "ru", None) == "own 2021-01-01..2021-05-31; own 2021-01-01..2021-12-31"


def test_dates_and_durations_are_no_figures() -> None:
    context = make("5 марта 2024 года за 3 дня вывезли 7 тонн.", "ru")
    _, taken = find_periods(context)
    words = [context.tokens[i].folded for i in sorted(taken)]
    assert words == ["5", "марта", "2024", "года", "3", "дня"]


def test_a_season_runs_over_the_new_year() -> None:
    assert months_of(2023, 9, 3) == (dt.date(2023, 9, 1), dt.date(2024, 3, 31))


@given(st.dates(dt.date(1990, 1, 1), dt.date(2060, 1, 1)), st.integers(-20, 20))
def test_shifted_dates_keep_month_and_order(day: dt.date, years: int) -> None:
    shifted = shift_years((day, None), years)
    assert shifted is not None
    start, end = shifted
    assert start is not None
    assert end is None
    assert (start.year, start.month) == (day.year + years, day.month)


@given(st.text(max_size=80), st.sampled_from(["kk", "ru", "en"]), st.none() | st.just("2024-02-29"))
def test_any_text_is_read_without_error(text: str, lang: str, published: str | None) -> None:
    mentions, taken = find_periods(make(text, lang, published=published))
    assert all(mention.first <= mention.last for mention in mentions)
    assert all(i >= 0 for i in taken)
