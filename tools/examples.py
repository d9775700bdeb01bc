#!/usr/bin/env python3
"""Keep the examples in README.md and docs/ true: run their commands and put in what they print.

In a block marked `console`, each line `$ ainalym …` is run from the project's root with `bash`, and the lines after it
become its output. With --check nothing is written, and an example that is no longer true gives exit status 1.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
_BLOCK = re.compile(r"(?<=^```console\n)(.*?)(?=^```$)", re.MULTILINE | re.DOTALL)
_PROMPT = "$ ainalym"


def find_files() -> list[Path]:
    return [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def run_command(line: str) -> str:
    """What a command prints on both outputs, without spaces at line ends."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    env = {**os.environ, "PATH": path, "AINALYM_LANG": "en"}
    # The commands stand in the project's own documentation.
    shell = ["bash", "-c", f"{line} 2>&1"]
    run = subprocess.run(shell, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    return "".join(f"{row.rstrip()}\n" for row in run.stdout.rstrip().splitlines())


def refresh_block(block: str) -> str:
    """The block with the output of each of its `ainalym` commands as it is now; other commands keep theirs."""
    parts = []
    for example in re.split(r"(?m)^(?=\$ )", block):
        command = example.partition("\n")[0]
        if command.startswith(_PROMPT):
            parts.append(f"{command}\n{run_command(command.removeprefix('$ '))}")
        else:
            parts.append(example)
    return "".join(parts)


def refresh(text: str) -> str:
    return _BLOCK.sub(lambda block: refresh_block(block[0]), text)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="change nothing; fail if an example is not true")
    check = parser.parse_args().check
    stale = 0
    for path in find_files():
        text = path.read_text(encoding="utf-8")
        now = refresh(text)
        if now == text:
            continue
        stale += 1
        if check:
            lines = zip(text.splitlines(), now.splitlines(), strict=False)
            first = next(((old, new) for old, new in lines if old != new), ("", ""))
            print(f"{path.relative_to(ROOT)} is out of date:\n  - {first[0]}\n  + {first[1]}\nrun tools/examples.py")
        else:
            path.write_text(now, encoding="utf-8")
            print(f"{path.relative_to(ROOT)} refreshed")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
