import json
from pathlib import Path

import pytest

import ainalym
from ainalym.checking import check, check_once

EVALS = Path(__file__).parents[2] / "evals"


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_told_later_is_as_told_at_once(lang):
    lines = "".join((EVALS / f"{name}.jsonl").read_text("utf-8") for name in ("dev-ru", "dev-kk")).splitlines()
    readings = [ainalym.read(record["text"], published=record["published"]) for record in map(json.loads, lines)]
    # The same report with other figures, so that there is much to say.
    readings += [ainalym.read(reading.document.text.replace("1", "7"), published="2024-05-01") for reading in readings]
    findings, tell = check_once(readings)
    told = check(readings, lang=lang)
    assert len({finding.verdict for finding in told}) == 3
    assert [tell(finding, lang) for finding in findings] == told
