import io

import pytest

from ainalym.model import Document, Reading
from ainalym.output import Style, write_readings


def show(*readings: Reading, **style: object) -> str:
    out = io.StringIO()
    write_readings(readings, out, form="table", style=Style(**style))  # type: ignore[arg-type]
    return out.getvalue()


def test_plain_columns_when_piped(reading: Reading):
    assert (
        show(reading)
        == """\
Якутиямен <сауда>
kk-1 · 2024-05-17 · kk · Cyrl
  Figure  Indicator  Sides       Period         Value          Status  Confidence
  68,6    exports    KZ → RU-SA  2023           × 68.6                 0.90
  160,7   exports    KZ → RU-SA  2023           160.7 mln USD          0.90
  1       turnover   KZ ↔ RU-SA  by 2030-12-31  1 bn USD       target  0.90
Meetings:
  talks, Серік Абенов – Айсен Николаев, Астана
Commitments:
  agreed; KZ, RU-SA; due 2030-12-31: сауданы 2030 жылға дейін

"""
    )


@pytest.mark.parametrize(("lang", "word"), [("kk", "тауар айналымы"), ("ru", "товарооборот"), ("en", "turnover")])
def test_words_in_the_users_language(reading: Reading, lang: str, word: str):
    assert word in show(reading, ui_lang=lang)
    assert word in show(reading, ui_lang=lang, width=160)


def test_lines_on_a_terminal_fit_its_width(reading: Reading):
    text = show(reading, width=80)
    assert "╭" in text
    assert "160.7 mln USD" in text


def test_explaining_shows_the_place_and_the_steps(reading: Reading):
    text = show(reading, explain=True)
    assert "characters 40–67: …Қазақстан мен Якутия: 2023 жылы экспорт [68,6 есеге өсіп, $160,7 млн] болды." in text
    assert "sides from the sentence before" in text
    assert "sides from the sentence" in show(reading, explain=True, width=200)


def test_a_report_without_figures_says_so():
    empty = Reading(Document("a.txt", "x"), "ru", "Cyrl")
    assert "no figures" in show(empty)
    assert "reports: 2, figures: 0" in show(empty, empty)


@pytest.mark.parametrize("width", [None, 80])
def test_no_control_character_reaches_the_terminal(width):
    reading = Reading(Document("\x1b]0;owned\x07", "x", title="a\x1b[2Jb"), "ru", "Cyrl")
    text = show(reading, width=width)
    assert "\x1b]0" not in text
    assert "\x1b[2J" not in text
