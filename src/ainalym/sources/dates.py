"""The day of publication, from a date stamp in the text: "25 там, 2022 сағат 23:33", "Опубликовано: 24.11.2022".

A date inside the story ("2023 жылғы 9 қарашада келеді") is not the day of publication, so only a line that is a stamp
counts: one of the first or last lines that holds a date and nothing else but an hour, a weekday, a counter of views, a
place or a name; or one that says "published". Without a year there is no date. Pure: no clock, no I/O but its table.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

FIRST_LINES, LAST_LINES = 4, 3
_LONGEST_STAMP = 160
_MARK = "\ufffc"  # stands where the date stood


class Vocabulary(NamedTuple):
    """The folded words of `stamps.toml`."""

    months: dict[str, int]
    inflected: tuple[str, ...]
    year: frozenset[str]
    passed: frozenset[str]
    published: frozenset[str]
    beside: frozenset[str]
    changed: frozenset[str]


class Stamp(NamedTuple):
    """A date found in a line, and the characters it takes up."""

    day: dt.date
    start: int
    end: int


@lru_cache(maxsize=4096)
def _fold(word: str) -> str:
    """A word without case, accents, apostrophes and hamza, with the letters that orthographies swap made one."""
    plain = unicodedata.normalize("NFC", word).replace("İ", "i").lower().replace("ё", "е")
    if not re.search(r"[а-я]", plain):
        plain = "".join(sign for sign in unicodedata.normalize("NFD", plain) if not unicodedata.combining(sign))
        plain = re.sub(r"['’‘ʼʻ`ء]", "", plain).translate(str.maketrans("ıyw", "iiu"))
    return plain


@lru_cache(maxsize=1)
def _vocabulary() -> Vocabulary:
    import tomllib

    table = tomllib.loads(Path(__file__).with_name("stamps.toml").read_text(encoding="utf-8"))
    words = {name: frozenset(map(_fold, listed)) for name, listed in table["words"].items()}
    months = {_fold(name): int(number) for number, names in table["months"].items() for name in names}
    stems = tuple(sorted(words["inflected"], key=len, reverse=True))
    passed = words["weekday"] | words["hour"] | words["year"]
    return Vocabulary(months, stems, words["year"], passed, words["published"], words["beside"], words["changed"])


# -- one date ---------------------------------------------------------------------------------------------------------

_WORD = r"[^\W\d_](?:[^\W\d_]|['’ʼ])*"
_YEAR = r"(?<!\d)(?P<year>(?:19|20|١٩|٢٠|۱۹|۲۰)\d\d)(?!\d)"
_DAY = r"(?<!\d)(?<!\d[–—-])(?P<day>\d{1,2})(?!\d)(?:-?(?:ші|шы|нші|ншы|shi|st|nd|rd|th|ое|го|е))?"
_ENDED_DAY = rf"{_DAY}(?:[-\s]?(?:і|ы|сі|сы|i|y|si|sy))?"
_MONTH = rf"(?P<month>{_WORD})\.?"
_GAP = r"[\s,.\u060c]{1,3}"
_YEAR_WORD = rf"(?:\s?(?P<word>{_WORD})\.?)"
_FORMS = [
    re.compile(rf"{_DAY}{_GAP}(?:of\s)?{_MONTH}{_GAP}?{_YEAR}"),
    re.compile(rf"{_YEAR}{_YEAR_WORD}?{_GAP}{_DAY}{_GAP}{_MONTH}"),
    re.compile(rf"(?<!\w){_MONTH}{_GAP}{_DAY}{_GAP}{_YEAR}"),
    re.compile(rf"{_YEAR}{_YEAR_WORD}{_GAP}{_MONTH}\s{_ENDED_DAY}"),
]
_DAY_FIRST = re.compile(
    r"(?<![\d.])(?P<day>\d{1,2})(?P<sep>[./-])(?P<month>\d{1,2})(?P=sep)(?P<year>(?:19|20)\d\d)(?!\d)"
)
_SHORT_YEAR = re.compile(r"(?<![\d.,])(?P<day>\d\d)\.(?P<month>\d\d)\.(?P<year>\d\d)(?![\d.,]\d|\d)")
_YEAR_FIRST = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<sep>[./-])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})(?!\d)"
)
_TIME = re.compile(
    r"(?<!\d)T?\d{1,2}[:٫]\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s?[ap]\.?m\.?)?(?:\s?(?:Z|[+-]\d{2}:?\d{2}))?(?!\d)", re.I
)


def _month_number(word: str) -> int | None:
    folded, vocabulary = _fold(word), _vocabulary()
    if folded in vocabulary.months:
        return vocabulary.months[folded]
    for stem in vocabulary.inflected:
        if folded.startswith(stem) and len(folded) - len(stem) <= 8:
            return vocabulary.months[stem]
    return None


def _make_day(year: str, month: int | None, day: str) -> dt.date | None:
    if month is None:
        return None
    try:
        return dt.date(int(year), month, int(day))
    except ValueError:
        return None


def _is_year_word(word: str | None) -> bool:
    return word is None or _fold(word) in _vocabulary().year


def _find_worded(line: str) -> Iterator[Stamp]:
    for form in _FORMS:
        for found in form.finditer(line):
            parts = found.groupdict()
            day = _make_day(parts["year"], _month_number(parts["month"]), parts["day"])
            if day and _is_year_word(parts.get("word")):
                yield Stamp(day, *found.span())


def _find_numeric(line: str) -> Iterator[Stamp]:
    for found in _YEAR_FIRST.finditer(line):
        if day := _make_day(found["year"], int(found["month"]), found["day"]):
            yield Stamp(day, *found.span())
    for found in _DAY_FIRST.finditer(line):
        # 03/04/2022 is the 3rd of April in Astana and the 4th of March in Washington: no date from it in English.
        month_first_possible = found["sep"] == "/" and int(found["day"]) <= 12 and found["day"] != found["month"]
        if month_first_possible and not re.search(r"[\u0400-\u052f\u0600-\u06ff]", line):
            continue
        if day := _make_day(found["year"], int(found["month"]), found["day"]):
            yield Stamp(day, *found.span())


def _find_short(line: str) -> Iterator[Stamp]:
    """25.10.19, only beside an hour or "published": three short numbers alone may be a chapter or a version."""
    says = {_fold(word) for word in re.findall(_WORD, line)} & _vocabulary().published
    if says or _TIME.search(line):
        for found in _SHORT_YEAR.finditer(line):
            if day := _make_day("20" + found["year"], int(found["month"]), found["day"]):
                yield Stamp(day, *found.span())


@lru_cache(maxsize=256)
def find_dates(line: str) -> tuple[Stamp, ...]:
    """The full dates of one line, in order, without overlaps."""
    if len(re.findall(r"\d", line)) < 5:
        return ()
    line = line.translate(_DIGITS)
    found = sorted([*_find_worded(line), *_find_numeric(line)], key=lambda stamp: (stamp.start, -stamp.end))
    found = found or list(_find_short(line))
    kept: list[Stamp] = []
    for stamp in found:
        if not kept or stamp.start >= kept[-1].end:
            kept.append(stamp)
    return tuple(kept)


_DIGITS = {ord(sign): str(unicodedata.digit(sign)) for sign in "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹"}


# -- one line ---------------------------------------------------------------------------------------------------------


def _leftover_is_name(text: str) -> bool:
    """Whether what stands beside a date is a place, a person or an agency and not a sentence."""
    parts = [part for part in re.split(r"[,|•·—–/()\[\]:;.\t\u060c-]+|\s{2,}", text) if part.strip()]
    words = [word for part in parts for word in part.split() if word != _MARK]
    alone = any(part.strip() == _MARK for part in parts)
    return alone and len(words) <= 4 and sum(map(len, words)) <= 45 and all(not word[0].islower() for word in words)


def _clean(line: str, stamp: Stamp) -> str:
    """The line with the date marked, and without hours, numbers and the words that go with them."""
    passed = _vocabulary().passed
    rest = f"{line[: stamp.start]} {_MARK} {line[stamp.end :]}"
    rest = _TIME.sub(" ", rest)
    rest = re.sub(_WORD, lambda found: " " if _fold(found[0]) in passed else found[0], rest)
    return re.sub(r"[+-]?\d[\d\s]*", " ", rest)


def _read_stamp(line: str) -> tuple[int, dt.date] | None:
    """(0 when the line says "published" else 1, the day) if the line is a stamp."""
    dates = find_dates(line) if len(line) <= _LONGEST_STAMP else ()
    if not dates:
        return None
    vocabulary = _vocabulary()
    before = {_fold(word) for word in re.findall(_WORD, line[: dates[0].start])}
    if before & vocabulary.changed and not before & vocabulary.published:
        return None
    rest = _clean(line, dates[0])
    words = [_fold(word) for word in re.findall(_WORD, rest)]
    if set(words) & vocabulary.published:
        return (0, dates[0].day) if _says_published(rest) else None
    if {stamp.day for stamp in dates} != {dates[0].day}:
        return None
    return (1, dates[0].day) if not words or _leftover_is_name(rest) else None


def _says_published(rest: str) -> bool:
    """ "This post was published on …" does; "Указ опубликован … в газете" is a sentence of the story."""
    vocabulary = _vocabulary()
    known = vocabulary.published | vocabulary.beside | vocabulary.changed
    left = re.sub(_WORD, lambda found: " " if _fold(found[0]) in known else found[0], rest)
    return not re.search(_WORD, left) or _leftover_is_name(re.sub(r"\s+", " ", left))


_HEAD = re.compile(
    rf"^(?P<place>(?:[^\W\d_][^\W\d_-]*[.,\s–—-]+){{0,3}}){_MARK}\s*(?P<word>(?:{_WORD})\.?)?"
    r"(?P<time>[,\s]*\d{1,2}:\d{2}(?!\d))?\s*(?P<sep>[.|/(—–:]|$)?"
)


def _read_head(line: str) -> dt.date | None:
    """A stamp before the first sentence: "02.08.2007. Если …", "АСТАНА, 8 сәуір 2024 — …", "25.10.2019 14:30 …"."""
    dates = find_dates(line[:80])
    if not dates:
        return None
    found = _HEAD.match(f"{line[: dates[0].start]}{_MARK}{line[dates[0].end :]}"[:120])
    if not found or (found["word"] and not _is_year_word(found["word"].rstrip("."))):
        return None
    place = found["place"].strip()
    named = bool(place) and place[-1] in ".,–—-" and all(not word[0].islower() for word in re.findall(_WORD, place))
    if place and not named:
        return None
    # "24 ноября 2022 г. состоялась встреча" goes on; "8 апреля 2024 года. КАЗИНФОРМ" has ended.
    ended = (
        bool(found["word"]) and found["word"].endswith(".") and not found.string[found.end() :].lstrip()[:1].islower()
    )
    closed = ended or found["sep"] in (".", "|") or bool(found["sep"] and named)
    return dates[0].day if found["time"] or closed else None


# -- the text ---------------------------------------------------------------------------------------------------------


def _edges(text: str) -> tuple[list[str], list[str]]:
    """The first and the last lines that are not blank, without reading through the middle of a long text."""
    head = [line.strip() for line in re.split(r"[\r\n\u2028\u2029]+", text[:6000]) if line.strip()][:FIRST_LINES]
    tail = [line.strip() for line in re.split(r"[\r\n\u2028\u2029]+", text[-6000:]) if line.strip()][-LAST_LINES:]
    return head, tail


def find_published(text: str) -> dt.date | None:
    """The day of publication by the text's own date stamp; None when it has none or says it without the year."""
    head, tail = _edges(text)
    stamps = [stamp for line in [*head, *tail] if (stamp := _read_stamp(line))]
    if stamps:
        return min(stamps, key=lambda stamp: stamp[0])[1]
    return next((day for line in head if (day := _read_head(line))), None)


def is_stamp(line: str) -> bool:
    """Whether a line gives a day of publication and nothing else."""
    return _read_stamp(line.strip()) is not None


def parse_date(value: str) -> dt.date | None:
    """The day in a field of metadata: ISO 8601 with or without the hour, or any form a stamp may have."""
    value = value.strip()
    try:
        return dt.date.fromisoformat(value[:10])
    except ValueError:
        pass
    dates = find_dates(value[:80])
    return dates[0].day if dates else None
