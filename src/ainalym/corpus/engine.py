"""What Daft does: it hands the parts to workers, on one machine or on a Ray cluster, and groups the texts."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Sequence
from typing import Any, Literal

# Daft tells its makers of each import unless it is asked not to. This must stand before the import.
os.environ.setdefault("DO_NOT_TRACK", "true")
os.environ.setdefault("SCARF_NO_ANALYTICS", "true")
os.environ.setdefault("DAFT_ANALYTICS_ENABLED", "0")
os.environ.setdefault("DAFT_PROGRESS_BAR", "0")

import daft
import msgspec
from daft import DataType, Series

from .parts import Batch, Part
from .texts import Counts
from .work import SCREENED, WorkSettings, read_texts, screen_part

Runner = Literal["native", "ray"]


def start(runner: Runner, *, jobs: int, ray_address: str | None = None) -> None:
    """Choose where Daft runs, once a process; without an address Ray starts on this machine, for `jobs` workers."""
    if runner == "native":
        daft.set_runner_native()
        return
    import ray

    if not ray.is_initialized():
        own: dict[str, Any] = {} if ray_address else {"num_cpus": jobs, "include_dashboard": False}
        ray.init(ray_address, log_to_driver=False, logging_level=logging.ERROR, **own)
    daft.set_runner_ray(ray_address, noop_if_initialized=True)


class _Worker:
    """Lives in a process of its own, where the lexicon is loaded once."""

    def __init__(self, step: str, settings: bytes) -> None:
        self.step = step
        self.settings = msgspec.json.decode(settings, type=WorkSettings)

    @daft.method.batch(return_dtype=DataType.binary(), batch_size=1)
    def work(self, parts: Series) -> list[bytes]:
        """The counts of each part, as JSON."""
        return [msgspec.json.encode(self._do(part)) for part in parts.to_pylist()]

    def _do(self, part: bytes) -> Counts:
        if self.step == SCREENED:
            return screen_part(msgspec.json.decode(part, type=Part), self.settings)
        return read_texts(msgspec.json.decode(part, type=Batch), self.settings)


def work_on(
    parts: Sequence[Part | Batch], step: str, settings: WorkSettings, *, jobs: int, runner: Runner
) -> Iterator[Counts]:
    """Do a step with each part, `jobs` of them at a time; the counts come as parts are done."""
    # Whatever the engine keeps of a part is its plan and its counts: texts go through files, and memory stays bounded.
    worker: Any = daft.cls(_Worker, max_concurrency=jobs, use_process=True)
    table = daft.from_pydict({"part": [msgspec.json.encode(part) for part in parts]})
    if runner == "ray":
        table = table.into_partitions(max(1, min(len(parts), 4 * jobs)))
    done = table.select(worker(step, msgspec.json.encode(settings)).work(table["part"]).alias("counts"))
    for row in done.iter_rows(results_buffer_size=1):
        yield msgspec.json.decode(row["counts"], type=Counts)
