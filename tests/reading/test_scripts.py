"""Every alphabet alike: the Kazakh reports of the evaluation set written out in each read as in Cyrillic."""

import datetime as dt
import json
import sys
from pathlib import Path

import pytest

from ainalym.language.orthography import ORTHOGRAPHIES, write
from ainalym.model import Document
from ainalym.output.jsonl import encode_reading
from ainalym.reading import read_document

EVALS = Path(__file__).parents[2] / "evals"
MOST_LOST = 0.03  # of F1
sys.path.insert(0, str(EVALS))
from score import Score, add_report, load_records  # noqa: E402


def _read_in(orthography: str) -> tuple[float, float]:
    """F1 of value and of every core slot over the reports that are written in Cyrillic."""
    total = Score()
    for gold in load_records(EVALS / "dev-kk.jsonl"):
        if gold["script"] != "Cyrl":
            continue
        text = write(gold["text"], orthography)
        day = dt.date.fromisoformat(gold["published"]) if gold["published"] else None
        reading = read_document(Document(id=gold["id"], text=text, published=day))
        add_report(total, {**gold, "text": text}, json.loads(encode_reading(reading)))
    return total.value.f1, total.strict.f1


@pytest.mark.parametrize("orthography", [name for name in ORTHOGRAPHIES if name != "Cyrl"])
def test_every_alphabet_reads_alike(orthography: str):
    for written, cyrillic in zip(_read_in(orthography), _read_in("Cyrl"), strict=True):
        assert written >= cyrillic - MOST_LOST
