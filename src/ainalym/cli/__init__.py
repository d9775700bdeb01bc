"""The command line. Each command is a module with a click command named `command`, loaded only when it is called."""

from __future__ import annotations

from collections.abc import Sequence


def main(args: Sequence[str] | None = None) -> int:
    """Run a command line and return its exit status: 0 done, 1 something failed, 2 wrong usage, 130 interrupted."""
    try:
        from .app import run
    except KeyboardInterrupt:
        return 130
    return run(args)
