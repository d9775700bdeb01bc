"""The five real reports, which are not part of the project: what follows from them is found, and nothing accused."""

import json
import os
from pathlib import Path

import pytest

from ainalym import check, read

SHARED = Path(os.environ.get("AINALYM_SHARED", Path(__file__).parents[3] / "shared"))
SEEDS = SHARED / "bench" / "seeds.jsonl"


@pytest.fixture(scope="module")
def findings():
    if not SEEDS.is_file():
        pytest.skip(f"needs {SEEDS}, which no clone has")
    records = [json.loads(line) for line in SEEDS.read_text(encoding="utf-8").splitlines()]
    return check([read(record["text"], published=record["published"]) for record in records])


def _quotes(findings, verdict: str) -> list[set[str]]:
    return [{figure.quote for figure in finding.figures} for finding in findings if finding.verdict == verdict]


def test_nothing_is_accused(findings):
    assert _quotes(findings, "contradicts") == []


def test_nine_months_above_the_year_are_a_disagreement_of_two_sides(findings):
    assert {"77", "76,2"} in _quotes(findings, "reports disagree")


def test_what_is_not_printed_follows(findings):
    implied = {
        (f.implied.indicator, f.implied.kind, f.implied.period[0].year): f.implied for f in findings if f.implied
    }
    exports = implied["exports", "level", 2022]
    assert 2_300_000 <= exports.low <= exports.high <= 2_400_000
    assert implied["imports", "multiple", 2023].high < 0.001  # a fall by 99.9 %


def test_fifty_times_holds(findings):
    assert any({"1,5", "78"} <= quotes for quotes in _quotes(findings, "consistent"))
