import pytest


@pytest.mark.parametrize(
    ("word", "line"),
    [("Қытаймен", "kk  place  CN  noun  ins"), ("товарооборотом", "ru  indicator  turnover  noun  ins")],
)
def test_a_word_is_shown_with_its_case(ainalym, word: str, line: str):
    done = ainalym("lexicon", word)
    assert done.status == 0
    assert f"  {line}" in done.out


def test_one_language_alone(ainalym):
    assert "  kk  " not in ainalym("lexicon", "экспорт", "--lang", "ru").out


def test_an_unknown_word_is_said_to_be_so(ainalym):
    done = ainalym("lexicon", "экспорт", "bzzzt")
    assert done.status == 1
    assert done.out.endswith("bzzzt\n  nothing known\n")
