"""A PostgreSQL of one's own for as long as a command runs: `python tools/postgres.py pytest tests/ledger`.

The command gets its address as DATABASE_URL. The server lies in a temporary folder, answers on loopback only and is
gone afterwards. PostgreSQL refuses to run as root, so root runs it as the user `postgres`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent.parent))
from tools.portal import free_port


def find_programs() -> Path | None:
    """The folder of initdb and pg_ctl, of the newest version that is installed."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    versions = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = sorted(versions, key=lambda path: int(path.parts[-3]) if path.parts[-3].isdigit() else 0)
    return newest[-1].parent if newest else None


@contextmanager
def start(*settings: str) -> Iterator[str]:
    """The address of a new, empty server; `settings` are lines of its configuration (`work_mem=64MB`)."""
    programs = find_programs()
    if programs is None:
        raise FileNotFoundError("PostgreSQL is not installed: apt-get install postgresql")
    with tempfile.TemporaryDirectory(prefix="postgres-", ignore_cleanup_errors=True) as folder:
        os.chmod(folder, 0o777)  # noqa: S103 - the user postgres makes its own folder in it
        data, port = Path(folder) / "data", free_port()
        _run(programs / "initdb", "-D", data, "-U", "ainalym", "--auth=trust", "-E", "UTF8", "--no-sync")
        options = ["listen_addresses=127.0.0.1", f"unix_socket_directories={folder}", "fsync=off", *settings]
        words = " ".join(f"-c {option}" for option in options)
        _run(programs / "pg_ctl", "-D", data, "-w", "-o", f"-p {port} {words}", "-l", Path(folder) / "log", "start")
        try:
            yield f"postgres://ainalym@127.0.0.1:{port}/postgres"
        finally:
            _run(programs / "pg_ctl", "-D", data, "-m", "immediate", "stop")


def _run(*words: str | Path) -> None:
    as_other: Sequence[str] = ("runuser", "-u", "postgres", "--") if os.geteuid() == 0 else ()
    done = subprocess.run(
        [*as_other, *map(str, words)], cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"{words[0]} ended with {done.returncode}: {done.stderr}")


def main(command: list[str]) -> int:
    """Run a command with a server of its own; its exit status."""
    if not command:
        print(__doc__, file=sys.stderr)
        return 2
    with start() as address:
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": address}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
