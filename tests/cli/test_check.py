import json
from pathlib import Path

import pytest

AGREES = "В 2023 году товарооборот Казахстана и Узбекистана составил 4,4 млрд долларов."
MAPPING = """
source = "my-office"
title = "My table"
publisher = "My office"
licence = "CC BY 4.0"
reexport = "yes"
unit_mult = 6
complete = true
[columns]
reporter = "reporter"
partner = "partner"
flow = "flow"
period = "year"
value = "value"
"""
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


PRESS = (
    "В 2022 году экспорт Казахстана в Россию составил 88 млрд долларов. "
    "В 2023 году товарооборот Казахстана и Узбекистана составил 4,4 млрд долларов."
)


@pytest.fixture
def draft(tmp_path: Path, monkeypatch) -> Path:
    monkeypatch.setenv("AINALYM_STATISTICS", str(tmp_path / "store"))
    path = tmp_path / "draft.txt"
    path.write_text(PRESS, encoding="utf-8")
    return path


def test_figures_are_held_against_official_statistics(ainalym, draft: Path):
    done = ainalym("check", draft, "--statistics")
    found = {f["figures"][0]["quote"]: f for f in json.loads(done.out)["findings"]}
    assert (done.status, found["88"]["verdict"], found["4,4"]["verdict"]) == (3, "contradicts", "consistent")
    assert found["88"]["comparison"]["answer"] == "contradicts all"
    assert [row["source"] for row in found["4,4"]["comparison"]["compared"]] == ["kz-bns", "uz-stat"]
    assert ainalym("check", draft).status == 0  # the store is empty, so nothing is asked of it


@pytest.mark.parametrize("form", ["text", "html", "claimreview", "json"])
@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_every_format_shows_what_was_compared(ainalym, draft: Path, form, lang):
    done = ainalym("check", draft, "--statistics", "--format", form, "--lang", lang)
    assert done.status == 3
    assert done.out.count("kz-bns") >= 2
    assert "uz-stat" in done.out


def test_statistics_are_asked_once_the_store_has_data(ainalym, draft: Path, tmp_path: Path):
    pytest.importorskip("duckdb")
    table = tmp_path / "t.csv"
    table.write_text("reporter,partner,flow,year,value\nKZ,RU,X,2022,9091\n", encoding="utf-8")
    mapping = tmp_path / "t.toml"
    mapping.write_text(MAPPING, encoding="utf-8")
    loaded = ainalym("stats", "add", table, "--mapping", mapping, "--vintage", "2024-07-25", "--no-unit-check")
    assert loaded.status == 0, loaded.err
    done = ainalym("check", draft)
    assert (done.status, "comparison" in done.out) == (3, True)
    assert ainalym("check", draft, "--no-statistics").status == 0
