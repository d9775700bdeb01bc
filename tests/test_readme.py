"""What README.md and docs/ show is what the program prints."""

import doctest
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def test_every_console_example_is_true():
    run = subprocess.run(
        [sys.executable, ROOT / "tools/examples.py", "--check"], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_python_example_is_true(page: Path, monkeypatch):
    monkeypatch.chdir(ROOT)
    assert doctest.testfile(str(page), module_relative=False, optionflags=doctest.ELLIPSIS).failed == 0


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_to_files(page: Path):
    for link in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
        assert (page.parent / link).exists(), link


def test_readme_fits_two_screens():
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) <= 110


def test_make_has_the_commands_that_readme_names():
    targets = set(re.findall(r"(?m)^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8")))
    named = set(re.findall(r"(?m)(?:`|^)make ([a-z-]+)\b", "".join(page.read_text(encoding="utf-8") for page in PAGES)))
    assert named <= targets


def test_the_lock_names_no_host():
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in lock
    assert "--index" not in lock
    assert (
        re.findall(r"(?m)^(?:[a-z]\S*==\S+(?: ; .*)? \\|    --hash=sha256:[0-9a-f]{64}(?: \\)?)$", lock)
        == lock.splitlines()
    )


@pytest.mark.parametrize(
    "name", [".ci/run", "bench/quality.py", "bench/speed.py", "evals/score.py", "tools/examples.py"]
)
def test_scripts_can_be_run(name: str):
    assert os.access(ROOT / name, os.X_OK)
