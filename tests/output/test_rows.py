import csv
import io
from decimal import Decimal

import pytest

from ainalym.model import Document, Reading
from ainalym.output import write_readings
from ainalym.output.csv import COLUMNS


def read_back(*readings: Reading) -> list[dict[str, str]]:
    out = io.StringIO(newline="")
    write_readings(readings, out, form="csv")
    out.seek(0)
    return list(csv.DictReader(out))


def test_one_row_a_claim_with_stable_columns(reading: Reading):
    rows = read_back(reading, Reading(Document("empty", ""), None, None))
    assert [row["surface"] for row in rows] == ["68,6", "160,7", "1"]
    assert tuple(rows[0]) == COLUMNS
    assert rows[1]["value"] == "160700000"
    assert (rows[1]["period_start"], rows[1]["period_end"]) == ("2023-01-01", "2023-12-31")
    assert (rows[2]["period_start"], rows[2]["period_end"]) == ("", "2030-12-31")
    assert rows[1]["trace"] == "money: $160,7 млн; sides from the sentence before"


def test_the_head_stands_alone_when_nothing_was_found():
    out = io.StringIO()
    write_readings([], out, form="csv")
    assert out.getvalue() == ",".join(COLUMNS) + "\n"


@pytest.mark.parametrize("title", ["=HYPERLINK(1)", "+1+2", "-cmd", "@SUM(A1)", "\t=1", "\n=1", "\uff1d1", "  =1"])
def test_a_cell_of_text_is_no_formula(claim, title: str):
    reading = Reading(Document("a", "5", title=title), "ru", "Cyrl", claims=(claim("5", "5"),))
    assert read_back(reading)[0]["title"] == f"'{title}"


def test_numbers_stay_numbers(claim):
    reading = Reading(Document("a", "-5"), "ru", "Cyrl", claims=(claim("-5", "-5", value=Decimal("-0.05")),))
    row = read_back(reading)[0]
    assert (row["surface"], row["quote"], row["value"]) == ("-5", "-5", "-0.05")
