"""People, meetings and commitments of any text: no error, and every span is the text at its offsets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ainalym.reading.commitments import find_commitments
from ainalym.reading.meetings import find_meetings
from ainalym.reading.people import find_people
from ainalym.reading.periods import find_periods
from tests.reading.samples import make

_WORDS = [
    "президент", "Президент", "Тоқаев", "Қасым-Жомарт", "пен", "кездесті", "Ли", "А", ".", ",", "-", "«", "»", "\n",
    "Сергей", "Лавров", "в", "Астане", "встретился", "с", "договорились", "открыть", "2030", "году", "к", ";", "РК",
    "Mr", "Al-Thani", "bin", "of", "met", "agreed", "to", "18", "April", "O'Neill", "ıÝı", "پرەزيدەنت", "توقاەۆپەن",
    "келіссөз", "дайын", "жеткізуге", "ашпақ", "форумында", "Кеңес", "отырысына", "Совета", "заседании",
]  # fmt: skip
_SOUP = st.lists(st.sampled_from(_WORDS), max_size=40).map(" ".join) | st.text(max_size=80)


@pytest.mark.parametrize(
    ("lang", "script"), [("kk", "Cyrl"), ("kk", "Latn"), ("kk", "Arab"), ("ru", "Cyrl"), ("en", "Latn")]
)
@given(text=_SOUP)
def test_any_text(lang: str, script: str, text: str) -> None:
    context = make(text, lang, script)
    people = find_people(context)
    meetings = find_meetings(context, people)
    commitments = find_commitments(context, people, (), find_periods(context)[0])
    for item in (*people.persons, *meetings, *commitments):
        span = item.evidence
        assert text[span.start : span.end] == span.quote
    assert all(person.name and person.key for person in people.persons)
    assert all(c.what and c.surface in text for c in commitments)
    named = {person.name for person in people.persons}
    assert all(name in named for meeting in meetings for name in meeting.participants)
