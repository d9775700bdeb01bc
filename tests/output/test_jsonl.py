import io
import json
from decimal import Decimal

import msgspec
import pytest

from ainalym.model import Document, Reading
from ainalym.output import write_readings
from ainalym.output.jsonl import encode_reading


def test_a_line_holds_every_field_under_its_public_name(reading: Reading):
    record = json.loads(encode_reading(reading))
    assert list(record) == [
        "id", "url", "title", "publisher", "published", "lang", "script", "orthography", "claims", "meetings",
        "commitments", "people", "messages",
    ]  # fmt: skip
    assert record["publisher"] is None
    assert record["orthography"] is None
    assert record["published"] == "2024-05-17"
    assert record["claims"][1] == {
        "surface": "160,7", "indicator": "exports", "reporter": "KZ", "partner": "RU-SA", "product": None,
        "period": ["2023-01-01", "2023-12-31"], "kind": "level", "value": 160700000, "unit": "USD", "bound": "exact",
        "modality": "actual", "speaker": None,
        "evidence": {"start": 40, "end": 67, "quote": "68,6 есеге өсіп, $160,7 млн"},
        "confidence": 0.9, "trace": ["money: $160,7 млн", "sides from the sentence before"],
    }  # fmt: skip
    assert record["claims"][2]["period"] == [None, "2030-12-31"]
    assert record["meetings"][0]["participants"] == ["Серік Абенов", "Айсен Николаев"]
    assert record["meetings"][0]["date"] is None
    assert record["commitments"][0]["claims"] == [2]
    assert record["people"][0]["key"] == "aisen nikolaev"


def test_evidence_is_the_text_at_its_offsets(reading: Reading):
    record = json.loads(encode_reading(reading))
    for part in ("claims", "meetings", "commitments", "people"):
        for item in record[part]:
            span = item["evidence"]
            assert reading.document.text[span["start"] : span["end"]] == span["quote"]


@pytest.mark.parametrize(
    ("value", "digits"),
    [
        ("1.607E+8", "160700000"),
        ("0.3333", "0.3333"),
        ("2.50", "2.5"),
        ("-3", "-3"),
        ("0E-9", "0"),
        ("1E+900", "1e+900"),
        ("NaN", "null"),
    ],
)
def test_figures_are_exact_json_numbers(claim, value: str, digits: str):
    reading = Reading(
        Document("a", "$160,7 млн"), "kk", "Cyrl", claims=(claim("$160,7", "$160,7 млн", value=Decimal(value)),)
    )
    line = encode_reading(reading)
    assert f'"value":{digits},' in line
    json.loads(line)


def test_broken_characters_are_replaced_one_for_one():
    reading = Reading(Document("a\ud800b", "x"), None, None, messages=("no \udfff language",))
    record = json.loads(encode_reading(reading))
    assert record["id"] == "a\ufffdb"
    assert record["messages"] == ["no \ufffd language"]


def test_one_line_a_reading(reading: Reading):
    out = io.StringIO()
    other = msgspec.structs.replace(reading, document=Document("two\nlines", "x"), claims=())
    write_readings([reading, other], out, form="jsonl")
    assert [json.loads(line)["id"] for line in out.getvalue().splitlines()] == ["kk-1", "two\nlines"]
