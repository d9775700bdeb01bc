"""A portal with the samples in it, started as a user would: for tests in a browser, screenshots and measurements."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
PATIENCE = 60.0
# What a browser needs to start without a screen, and without calling home.
BROWSER_OPTIONS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run",
)  # fmt: skip


def find_browser() -> str | None:
    """The path of a Chromium: `AINALYM_CHROMIUM`, else the first of the usual names."""
    if named := os.environ.get("AINALYM_CHROMIUM"):
        return named
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


def free_port() -> int:
    """A port that nothing answers at."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        return int(server.getsockname()[1])


def make_environment(folder: Path) -> dict[str, str]:
    """The environment of a program whose ledger lies in a folder of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_URL", "AINALYM_"))}
    return {**kept, "XDG_DATA_HOME": str(folder), "AINALYM_SECRET_KEY": "of tests and pictures only"}


def run(environment: dict[str, str], *words: str, text: str = "") -> str:
    """The output of a command line of the program; raises with its errors where it fails."""
    done = subprocess.run(
        [sys.executable, "-m", "ainalym.cli", *words], env=environment, cwd=ROOT, input=text, capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"ainalym {' '.join(words)} ended with {done.returncode}: {done.stderr}")
    return done.stdout


@contextmanager
def serve(environment: dict[str, str], *options: str) -> Iterator[str]:
    """The address of a portal that answers."""
    port = free_port()
    command = [sys.executable, "-m", "ainalym.cli", "serve", "--port", str(port), *options]
    server = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(address, server)
        yield address
    finally:
        server.terminate()
        try:
            server.wait(timeout=10)
        except subprocess.TimeoutExpired:
            server.kill()


def _wait(address: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if server.poll() is not None:
            raise RuntimeError(f"the portal ended with {server.returncode} before it answered")
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=2):  # noqa: S310 - an address of our own
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise RuntimeError(f"the portal did not answer within {PATIENCE:.0f} s")
