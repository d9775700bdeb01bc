"""`ainalym stats` end to end, in one process."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ainalym.cli.stats import stats

TABLE = "partner,flow,year,value\n" + "".join(
    f"{partner},{flow},{year},{value + year / 10}\n"
    for partner, value in (("RU", 9000), ("TJ", 500)) for flow in "XM" for year in range(2018, 2024)
)  # fmt: skip
MAPPING = """
source = "office"
publisher = "Office"
licence = "{licence}"
reexport = "{reexport}"
unit_mult = 6
constants = {{ reporter = "AZ" }}
columns = {{ partner = "partner", flow = "flow", year = "year", value = "value" }}
"""


class Shell:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, *args: str) -> Result:
        return CliRunner().invoke(stats, ["--store", str(self.folder / "store"), *args], catch_exceptions=True)

    def add(self, reexport: str = "yes", day: str = "2024-01-01", text: str = TABLE, *more: str) -> Result:
        (self.folder / "t.csv").write_text(text)
        (self.folder / "m.toml").write_text(MAPPING.format(licence="CC BY 4.0", reexport=reexport))
        return self(
            "add", str(self.folder / "t.csv"), "--mapping", str(self.folder / "m.toml"), "--vintage", day, *more
        )


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


def test_without_a_store_the_shipped_totals_answer(shell: Shell) -> None:
    done = shell("card", "Қазақстан", "Таджикистан")
    assert done.exit_code == 0
    assert "1,163.8 mln" in done.stdout
    assert "ship with the package" in done.stderr
    assert "0.9519" in shell("mirror", "KZ", "RU").stdout
    assert shell("list").stdout.startswith("The store is empty")


def test_target(shell: Shell) -> None:
    done = shell("target", "KZ", "TJ", "--value", "2e9", "--by", "2028", "--format", "json")
    (row,) = json.loads(done.stdout)
    assert row["progress"] == pytest.approx(0.565, abs=0.001)
    assert row["growth_needed"] == pytest.approx(0.121, abs=0.001)
    assert row["forecast_low"] < row["forecast"] < row["forecast_high"]
    assert shell("target", "KZ", "TJ", "--value", "much").exit_code == 2


def test_add_list_show_diff_drop(shell: Shell) -> None:
    done = shell.add()
    assert (done.exit_code, "24 figures" in done.stderr) == (0, True)
    shell.add("yes", "2025-01-01", TABLE.replace("RU,X,2018,9201.8", "RU,X,2018,9301.8"))
    assert shell("list").stdout.count("office/") == 2
    assert json.loads(shell("show", "office@2024").stdout)["rows"] == 24
    (change,) = csv.DictReader(io.StringIO(shell("diff", "office@2024", "office@2025", "--format", "csv").stdout))
    assert (change["counterpart_area"], change["old"], change["new"]) == ("RU", "9201800000", "9301800000")
    assert shell("drop", "office@2025").exit_code == 0
    assert shell("list").stdout.count("office/") == 1
    assert shell("drop", "nothing").exit_code == 2


@pytest.mark.parametrize("form", ["table", "json", "csv", "sdmx-csv", "parquet"])
@pytest.mark.parametrize("command", [
    ("card", "AZ", "RU"), ("mirror", "KZ", "RU"), ("target", "AZ", "RU", "--value", "3e10", "--by", "2030"),
    ("query", "SELECT * FROM latest"),
])  # fmt: skip
def test_formats(shell: Shell, command: tuple[str, ...], form: str) -> None:
    if command[0] != "mirror":
        shell.add()
    out = shell.folder / "out"
    done = shell(*command, "--format", form, "--out", str(out))
    if command[0] == "mirror" and form == "sdmx-csv":
        # Nothing is loaded, so there are no observations to write, only the shipped totals to look at.
        return
    assert done.exit_code == 0, done.output
    assert out.stat().st_size > 100
    if form == "sdmx-csv":
        lines = list(csv.DictReader(out.read_text().splitlines()))
        assert {line["SOURCE"] for line in lines} == {"office"}
        assert lines[0]["STRUCTURE_ID"] == "AINALYM:TRADE(1.0)"


def test_exports_refuse_what_may_not_be_passed_on(shell: Shell) -> None:
    shell.add("no")
    assert shell("card", "AZ", "RU").exit_code == 0
    done = shell("card", "AZ", "RU", "--format", "csv")
    assert done.exit_code == 2
    assert "Office forbids passing its figures on" in done.stderr
    assert shell("card", "AZ", "RU", "--format", "csv", "--internal-use").exit_code == 0
    assert shell("card", "KZ", "RU", "--format", "csv").exit_code == 2 or "office" not in shell("list").stdout


def test_an_unstated_licence_is_said(shell: Shell) -> None:
    shell.add("unstated")
    assert "ask Office before publishing" in shell("card", "AZ", "RU", "--format", "json").stderr


@pytest.mark.parametrize("suffix", ["svg", "png"])
def test_plots(shell: Shell, suffix: str) -> None:
    pytest.importorskip("matplotlib")
    path = shell.folder / f"p.{suffix}"
    assert shell("target", "KZ", "TJ", "--value", "2e9", "--by", "2030", "--plot", str(path)).exit_code == 0
    assert path.read_bytes()[:5] == (b"<?xml" if suffix == "svg" else b"\x89PNG\r")
    assert shell("card", "KZ", "RU", "--plot", str(shell.folder / "p.gif")).exit_code == 2


def test_potential_needs_products(shell: Shell) -> None:
    done = shell("potential", "KZ", "UZ")
    assert (done.exit_code, "add BACI" in done.stderr) == (2, True)
    lines = ["partner,flow,year,value,k"] + [f"{j},X,2022,{n + 3},HS10010{n}" for j in ("RU", "TJ") for n in range(4)]
    (shell.folder / "t.csv").write_text("\n".join(lines) + "\n")
    mapping = MAPPING.format(licence="x", reexport="yes").replace("columns = { ", 'columns = { commodity = "k", ')
    mapping = mapping.replace('reporter = "AZ"', 'reporter = "AZ", level = 6')
    (shell.folder / "m.toml").write_text(mapping)
    files = [str(shell.folder / name) for name in ("t.csv", "m.toml")]
    assert shell("add", files[0], "--mapping", files[1], "--vintage", "2024-01-01").exit_code == 0
    rows = json.loads(shell("potential", "AZ", "TJ", "--no-balance", "--format", "json").stdout)
    assert sum(row["potential"] for row in rows) == pytest.approx((3 + 4 + 5 + 6) * 1e6)


def test_wrong_units_are_asked_about_or_refused(shell: Shell) -> None:
    text = "partner,flow,year,value\nKZ,X,2022,88372804\nKZ,M,2022,375014600\n"
    done = shell.add("yes", "2024-01-01", text)
    assert (done.exit_code, "the unit looks wrong by 10^6" in str(done.exception)) == (1, True)
    assert shell.add("yes", "2024-01-01", text, "--unit-mult", "0").exit_code == 0


def test_queries_and_wrong_words(shell: Shell) -> None:
    assert shell("query", "SELECT 1 AS one").stdout.split() == ["one", "1"]
    for wrong in (("query", "SELEC"), ("card", "KZ", "Rusia"), ("card", "KZ", "JP"), ("add", "nothing.bin"),
                  ("fetch", "comtrade"), ("fetch", "kz-bns"),
                  ("query", "SELECT 1", "--format", "sdmx-csv")):  # fmt: skip
        done = shell(*wrong)
        assert done.exit_code in (1, 2), wrong
        assert done.exception is not None


def test_catalogue(shell: Shell) -> None:
    shell.add()
    found = json.loads(shell("catalogue").stdout)
    (dataset,) = found["dcat:dataset"]
    assert found["@type"] == "dcat:Catalog"
    for name in ("dct:title", "dct:description", "dct:publisher", "dct:issued", "dct:temporal", "dct:accessRights"):
        assert dataset[name]
    (distribution,) = dataset["dcat:distribution"]
    assert distribution["dct:license"]["dct:title"] == "CC BY 4.0"
    assert {"dcat:accessURL", "dct:format", "csvw:tableSchema"} <= set(distribution)
    assert dataset["dqv:hasQualityAnnotation"]


def test_measures(shell: Shell) -> None:
    assert "Balassa (1965)" in shell("measures").stdout
