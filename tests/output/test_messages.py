import re
import string

import pytest

from ainalym.model import Bound, CommitmentStatus, Indicator, Kind, MeetingKind, Modality
from ainalym.output.messages import UI_LANGS, load_messages, say

ENGLISH = load_messages("en")


def find_fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("lang", UI_LANGS)
def test_every_language_has_every_text_with_the_same_values(lang: str):
    messages = load_messages(lang)
    assert messages.keys() == ENGLISH.keys()
    assert {key: find_fields(text) for key, text in messages.items()} == {k: find_fields(t) for k, t in ENGLISH.items()}


@pytest.mark.parametrize("lang", UI_LANGS)
def test_no_word_mixes_alphabets(lang: str):
    for key, text in load_messages(lang).items():
        for word in re.findall(r"[^\W\d_]+", text):
            scripts = {"Cyrl" if "\u0400" <= letter <= "\u052f" else "Latn" for letter in word if letter.isalpha()}
            assert len(scripts) == 1, f"{lang} {key}: {word}"


@pytest.mark.parametrize(
    ("section", "type_"),
    [("indicator", Indicator), ("kind", Kind), ("bound", Bound), ("modality", Modality), ("meeting", MeetingKind),
     ("status", CommitmentStatus)],
)  # fmt: skip
def test_every_value_of_the_model_has_a_name(section: str, type_):
    assert all(ENGLISH[f"{section}.{value}"] for value in type_.__args__)


def test_values_are_put_in():
    assert say("kk", "period.by", date="2030-12-31") == "2030-12-31 дейін"
