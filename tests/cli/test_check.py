import json
from pathlib import Path

import pytest

AGREES = "В 2023 году товарооборот Казахстана и Узбекистана составил 4,4 млрд долларов."
DIFFERS = "В 2023 году товарооборот Казахстана и Узбекистана составил 3,1 млрд долларов."


@pytest.fixture
def other(tmp_path: Path) -> Path:
    path = tmp_path / "other.txt"
    path.write_text(DIFFERS, encoding="utf-8")
    return path


def test_agreement_ends_with_zero(ainalym, report: Path, tmp_path: Path):
    copy = tmp_path / "copy.txt"
    copy.write_text(AGREES, encoding="utf-8")
    done = ainalym("check", report, copy)
    assert (done.status, done.err) == (0, "")
    assert [finding["verdict"] for finding in json.loads(done.out)["findings"]] == ["consistent"]


def test_a_contradiction_ends_with_three(ainalym, report: Path, other: Path):
    done = ainalym("check", report, other, "--format", "json")
    assert done.status == 3
    (finding,) = json.loads(done.out)["findings"]
    assert finding["verdict"] == "contradicts"
    assert [figure["quote"] for figure in finding["figures"]] == ["4,4", "3,1"]
    assert [figure["document"] for figure in finding["figures"]] == ["report.txt", "other.txt"]


def test_nothing_to_check_is_said(ainalym, tmp_path: Path):
    path = tmp_path / "empty.txt"
    path.write_text("Сегодня в столице прошёл концерт.", encoding="utf-8")
    done = ainalym("check", path, "--format", "text")
    assert done.status == 0
    assert "nothing to check" in done.out


def test_an_input_that_fails_ends_with_one(ainalym, report: Path, tmp_path: Path):
    done = ainalym("check", report, tmp_path / "missing.txt")
    assert done.status == 1
    assert "missing.txt" in done.err
    assert json.loads(done.out)["findings"] == []


@pytest.mark.parametrize("args", [[], ["--format", "xml", "a"], ["--lang", "fr", "a"], ["--against"]])
def test_wrong_usage_ends_with_two(ainalym, args):
    assert ainalym("check", *args).status == 2


def test_a_draft_against_what_was_said(ainalym, report: Path, other: Path, tmp_path: Path):
    archive = tmp_path / "archive"
    archive.mkdir()
    other.rename(archive / "a.txt")
    (archive / "b.txt").write_text(DIFFERS.replace("3,1", "2,1"), encoding="utf-8")
    done = ainalym("check", report, "--against", archive)
    assert done.status == 3
    found = json.loads(done.out)
    assert all(any(f["document"] == "report.txt" for f in finding["figures"]) for finding in found["findings"])
    assert [document["id"] for document in found["documents"]] == ["report.txt"]


def test_official_figures(ainalym, report: Path, tmp_path: Path):
    table = tmp_path / "official.csv"
    head = "indicator,reporter,partner,period,unit,value,source\n"
    table.write_text(head + "turnover,KZ,UZ,2023,USD,4400000000,Bureau\n", encoding="utf-8")
    done = ainalym("check", report, "--official", table)
    assert done.status == 0
    assert "Bureau" in json.loads(done.out)["findings"][0]["why"]
    table.write_text(head + "turnover,KZ,UZ,2023,USD,3100000000,Bureau\n", encoding="utf-8")
    assert ainalym("check", report, "--official", table).status == 3
    table.write_text("indicator\n", encoding="utf-8")
    done = ainalym("check", report, "--official", table)
    assert done.status == 1
    assert "columns missing" in done.err
    assert ainalym("check", report, "--official", tmp_path / "none.csv").status == 1


def test_documents_of_one_name_are_told_apart(ainalym, tmp_path: Path):
    paths = [tmp_path / name / "report.txt" for name in ("a", "b")]
    for path, text in zip(paths, (AGREES, DIFFERS), strict=True):
        path.parent.mkdir()
        path.write_text(text, encoding="utf-8")
    (finding,) = json.loads(ainalym("check", *paths).out)["findings"]
    assert len({figure["document"] for figure in finding["figures"]}) == 2


def test_the_language_of_the_findings(ainalym, report: Path, other: Path):
    done = ainalym("check", report, other, "--format", "text", "--lang", "kk")
    assert "Қайшылық" in done.out


@pytest.mark.parametrize(
    ("name", "start"), [("a.html", "<!DOCTYPE html>"), ("a.json", "{"), ("a.txt", "Contra"), ("a.jsonld", "{")]
)
def test_the_name_of_the_output_tells_its_format(ainalym, report: Path, other: Path, tmp_path: Path, name, start):
    out = tmp_path / name
    assert ainalym("check", report, other, "--out", out).status == 3
    assert out.read_text(encoding="utf-8").startswith(start)
    assert ainalym("check", report, "--out", report).status == 2


def test_figures_are_held_against_official_statistics(ainalym, tmp_path: Path, monkeypatch):
    monkeypatch.setenv("AINALYM_STATISTICS", str(tmp_path / "store"))
    path = tmp_path / "draft.txt"
    path.write_text(
        "В 2022 году экспорт Казахстана в Россию составил 88 млрд долларов. "
        "В 2023 году товарооборот Казахстана и Узбекистана составил 4,4 млрд долларов.",
        encoding="utf-8",
    )
    done = ainalym("check", path, "--statistics")
    verdicts = {f["figures"][0]["quote"]: f["verdict"] for f in json.loads(done.out)["findings"]}
    assert (done.status, verdicts) == (3, {"88": "contradicts", "4,4": "consistent"})
    assert ainalym("check", path).status == 0  # the store is empty, so nothing is asked of it
