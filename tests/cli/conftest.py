import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ainalym.cli.app import run

REPORT = "В 2023 году товарооборот Казахстана и Узбекистана составил 4,4 млрд долларов."


@pytest.fixture(autouse=True)
def _english(monkeypatch):
    for name in ("AINALYM_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


class Done:
    """What a command line gave: exit status, standard output, standard error."""

    def __init__(self, status: int, out: str, err: str) -> None:
        self.status, self.out, self.err = status, out, err


@pytest.fixture
def ainalym(capsys):
    """Run a command line in this process."""

    def call(*args: object) -> Done:
        status = run([str(arg) for arg in args])
        out, err = capsys.readouterr()
        return Done(status, out, err)

    return call


COMMAND = [sys.executable, "-W", "error", "-m", "ainalym.cli"]


@pytest.fixture
def command():
    """The command line to start in a process of its own."""
    return COMMAND


@pytest.fixture
def terminal():
    """Run a command line in a process of its own whose output is a terminal; gives what the user sees."""

    def call(*args: object, program: list[str] = COMMAND, seconds: float = 60) -> str:
        main, side = pty.openpty()
        env = {**os.environ, "TERM": "xterm", "COLUMNS": "100", "LINES": "40"}
        process = subprocess.Popen([*program, *map(str, args)], stdout=side, stderr=side, stdin=side, env=env)
        os.close(side)
        seen, until = b"", time.monotonic() + seconds
        while time.monotonic() < until:
            if select.select([main], [], [], 0.1)[0]:
                try:
                    block = os.read(main, 65536)
                except OSError:
                    break
                if not block:
                    break
                seen += block
        os.close(main)
        process.wait(10)
        return seen.decode("utf-8", "replace")

    return call
