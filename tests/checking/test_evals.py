"""Reading and checking together, on the public set of cases: floors that no change lowers without a reason."""

import json
from pathlib import Path

from ainalym import check, read

CASES = Path(__file__).parents[2] / "evals" / "dev-checks.jsonl"
PRECISION, RECALL = 0.95, 0.85


def test_contradictions_of_the_public_set():
    right = false_alarms = missed = 0
    for line in CASES.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        readings = [read(d["text"], published=d["published"], lang=d["lang"]) for d in case["documents"]]
        wanted = any(finding["verdict"] == "contradicts" for finding in case["findings"])
        found = any(finding.verdict == "contradicts" for finding in check(readings))
        right += wanted and found
        false_alarms += found and not wanted
        missed += wanted and not found
    assert right / (right + false_alarms) >= PRECISION
    assert right / (right + missed) >= RECALL
