"""A run over a corpus: plan, screen, group, read. It can be killed at any moment and taken up again."""

from __future__ import annotations

import platform
import time
from collections.abc import Callable, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Literal

import msgspec

from .. import __version__
from ..errors import AinalymError, UsageError
from .parts import Batch, Part, SourceFile, find_files, plan_batches, plan_parts
from .store import DATASETS, Store, hash_file
from .texts import Counts
from .work import READ_ONES, SCREENED, WorkSettings

ATTEMPTS = 3
_PACKAGES = ("daft", "ray", "pyarrow", "trafilatura", "google-re2", "fastwarc")


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """What to read and how. `runner` and `jobs` change the time that it takes, never what comes out."""

    sources: tuple[str, ...]
    out: Path
    runner: Literal["native", "ray"] = "native"
    ray_address: str | None = None
    jobs: int = 1
    partitions: int | None = None
    resume: bool = False
    screens: bool = True
    text_column: str | None = None
    lang: str | None = None


class Plan(msgspec.Struct, frozen=True):
    """What a run was asked to do, written down before it begins."""

    version: str
    screens: bool
    text_column: str | None
    lang: str | None
    partitions: int | None
    files: list[SourceFile]
    parts: list[Part]


class Summary(msgspec.Struct):
    """What a run has done; also its manifest."""

    plan: Plan
    counts: Counts
    sightings: int = 0
    versions: dict[str, str] = msgspec.field(default_factory=dict)
    seconds: float = 0.0
    files: dict[str, str] = msgspec.field(default_factory=dict)


Told = Callable[[str, int, int, Counts], None]  # step, parts done, parts in all, what was counted so far


def read_corpus(options: Options, tell: Told = lambda *_: None) -> Summary:
    """Read all sources into `options.out`. Raises UsageError and SourceError before anything is done."""
    from . import engine

    started = time.monotonic()
    store = Store(options.out.absolute())
    plan = _load_plan(options, store)
    settings = WorkSettings(str(store.folder), plan.screens, plan.text_column, plan.lang)
    if store.manifest.exists():
        return msgspec.json.decode(store.manifest.read_bytes(), type=Summary)
    store.clean()
    engine.start(options.runner, jobs=options.jobs, ray_address=options.ray_address)
    counts = _do(SCREENED, plan.parts, options, settings, store, Counts(), tell)
    if not store.groups.exists():
        _group(plan, store, counts)
    found = ((part, store.load_counts(SCREENED, part.name)) for part in plan.parts)
    batches = plan_batches((part, done.texts if done else 0) for part, done in found)
    counts = _do(READ_ONES, batches, options, settings, store, counts, tell)
    return _finish(plan, counts, store, time.monotonic() - started)


def _load_plan(options: Options, store: Store) -> Plan:
    """The plan of this run: a new one, or the one that is written down where it is taken up again."""
    files = find_files(options.sources)
    plan = Plan(
        __version__, options.screens, options.text_column, options.lang, options.partitions, files,
        plan_parts(files, partitions=options.partitions),
    )  # fmt: skip
    if store.plan.exists():
        if not options.resume:
            raise UsageError(
                "holds a run already; take it up again with --resume, or name another folder", place=str(options.out)
            )
        if msgspec.json.decode(store.plan.read_bytes(), type=Plan) != plan:
            raise UsageError(
                "was begun with other files, settings or another version; name another folder", place=str(options.out)
            )
        return plan
    if store.folder.exists() and any(store.folder.iterdir()) and not store.work.exists():
        raise UsageError("holds something else; name an empty folder", place=str(options.out))
    store.write_bytes(store.plan, msgspec.json.encode(plan))
    return plan


def _do(
    step: str,
    parts: Sequence[Part | Batch],
    options: Options,
    settings: WorkSettings,
    store: Store,
    counts: Counts,
    tell: Told,
) -> Counts:
    """One step over all parts that it is not done with. A worker that dies costs its part, which is tried again."""
    from . import engine

    for attempt in range(1, ATTEMPTS + 1):
        total = msgspec.json.decode(msgspec.json.encode(counts), type=Counts)
        left: list[Part | Batch] = []
        for part in parts:
            done = store.load_counts(step, part.name)
            if done is None:
                left.append(part)
            else:
                total.add(done)
        tell(step, len(parts) - len(left), len(parts), total)
        if not left:
            return total
        try:
            ready = len(parts) - len(left)
            for number, done in enumerate(
                engine.work_on(left, step, settings, jobs=options.jobs, runner=options.runner),
                start=1,
            ):
                total.add(done)
                tell(step, ready + number, len(parts), total)
        except Exception as error:
            if isinstance(error, AinalymError) or attempt == ATTEMPTS:
                raise AinalymError(_tell_failure(step, error), place=str(store.folder)) from error
        else:
            return total
    return total


def _tell_failure(step: str, error: Exception) -> str:
    lines = [line for line in str(error).splitlines() if line.strip()] or [type(error).__name__]
    return (
        f"a worker failed {ATTEMPTS} times at the step '{step}' ({lines[-1][:200]}); what is done stays: use --resume"
    )


def _group(plan: Plan, store: Store, counts: Counts) -> None:
    from .groups import write_groups

    if counts.texts:
        write_groups([store.texts(part.name) for part in plan.parts], store.groups)


def _finish(plan: Plan, counts: Counts, store: Store, seconds: float) -> Summary:
    summary = Summary(
        plan, counts, sightings=counts.texts, versions=_find_versions(), seconds=round(seconds, 3),
        files={
            str(path.relative_to(store.folder)): hash_file(path) for name in DATASETS for path in store.find_files(name)
        },
    )  # fmt: skip
    store.write_bytes(store.manifest, msgspec.json.format(msgspec.json.encode(summary), indent=1))
    return summary


def _find_versions() -> dict[str, str]:
    found: dict[str, Any] = {"ainalym": __version__, "python": platform.python_version()}
    for name in _PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found
