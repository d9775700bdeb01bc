"""The progress of a long run on standard error: a bar with rate and remaining time, and lines that do not break it."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Self

from ainalym.output.messages import say
from ainalym.output.words import clean_line

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

_PATIENCE = 2.0
_REFRESH = 0.2


class Progress:
    """Counts what is done. A bar appears when the run turns out to be long and `shown` allows it."""

    def __init__(self, inputs: Sequence[str], *, shown: bool, ui_lang: str) -> None:
        self._inputs = inputs
        self._shown = shown
        self._lang = ui_lang
        self._started = self._drawn = time.monotonic()
        self._done = 0
        self._bar: Bar | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar:
            self._bar.stop()

    def advance(self) -> None:
        """One more document is done."""
        self._done += 1
        now = time.monotonic()
        if not self._shown or now - self._started < _PATIENCE or now - self._drawn < _REFRESH:
            return
        self._drawn = now
        if self._bar is None:
            self._bar, self._task = self._start()
        if self._task is not None:
            rate = say(self._lang, "progress.rate", rate=f"{self._done / (now - self._started):.0f}")
            self._bar.update(self._task, completed=self._done, rate=rate)

    def tell(self, line: str) -> None:
        """Print a line on standard error, above the bar if there is one."""
        if self._bar:
            self._bar.console.print(clean_line(line), markup=False, highlight=False, soft_wrap=True)
        else:
            print(clean_line(line), file=sys.stderr, flush=True)

    def _start(self) -> tuple[Bar, TaskID]:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as Bar

        from ainalym.sources import count_inputs

        columns = [
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
        ]
        bar = Bar(*columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True)
        task = bar.add_task(say(self._lang, "progress.reading"), total=count_inputs(self._inputs), rate="")
        bar.start()
        return bar, task
