import json
import time
from pathlib import Path

import pytest

pytest.importorskip("re2", reason="the screen needs RE2")

from ainalym.corpus.screen import find_reason
from ainalym.language.orthography import ORTHOGRAPHIES, write

from .conftest import NOTHING, REPORT, make_page

EVALS = Path(__file__).parents[2] / "evals"
RECORDS = [
    json.loads(line)
    for path in sorted([*EVALS.glob("dev-??.jsonl"), *EVALS.glob("train-??.jsonl")])
    for line in path.read_text(encoding="utf-8").splitlines()
]
CLAIMING = [record for record in RECORDS if record["claims"]]
LEAST_RECALL = 0.999


def find_lost(texts: list[str]) -> list[str]:
    return [text[:80] for text in texts if find_reason(text.encode()) is not None]


def test_hardly_a_report_with_a_claim_is_lost():
    lost = find_lost([record["text"] for record in CLAIMING])
    assert len(CLAIMING) > 100
    assert len(lost) <= (1 - LEAST_RECALL) * len(CLAIMING), lost


@pytest.mark.parametrize("orthography", ORTHOGRAPHIES[1:])
def test_kazakh_passes_in_every_orthography(orthography: str):
    kazakh = [record["text"] for record in CLAIMING if record["lang"] == "kk" and record["script"] == "Cyrl"]
    written = [write(text, orthography) for text in kazakh]
    lost = find_lost(written)
    assert len(lost) <= 0.03 * len(written), lost


@pytest.mark.parametrize("charset", ["utf-8", "cp1251", "koi8-r", "utf-16"])
def test_charsets(charset: str):
    assert find_reason(make_page(REPORT.format(growth=5), charset=charset)) is None
    assert find_reason(make_page(NOTHING, charset=charset)) == "trade"


def test_windows_1251_without_a_word_about_it():
    assert find_reason(REPORT.encode("cp1251")) is None


def test_letters_as_entities_and_cut_by_soft_hyphens():
    assert find_reason("".join(f"&#{ord(letter)};" for letter in REPORT).encode()) is None
    assert find_reason(REPORT.replace("товарооборот", "товаро\u00adоборот").replace("Экспорт", "").encode()) is None


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (b"", "language"),
        (b"\x89PNG\x00\x01" * 50, "language"),
        ("Der Außenhandel zwischen Kasachstan und Armenien wuchs um 5 % auf 3 Mio. Dollar".encode(), "language"),
        (b"The cat sat on the mat and looked at the rain, as it was Sunday", "trade"),
        (b"The volume of exports and imports rose to 4 billion, and it was said to be a record", "place"),
    ],
)
def test_what_is_discarded(page: bytes, reason: str):
    assert find_reason(page) == reason


def test_a_hundred_percent_of_width_is_no_amount():
    page = "<style>a{width:100%}</style><p>" + NOTHING + "Певица посетила Казахстан."
    assert find_reason(page.encode()) == "trade"


def test_it_is_fast():
    # Far below what is measured (bench/corpus.py), for the machine may be busy.
    page = make_page(NOTHING * 60)
    find_reason(page)
    started = time.process_time()
    for _ in range(50):
        find_reason(page)
    assert 50 * len(page) / (time.process_time() - started) > 10e6
