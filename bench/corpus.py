"""The corpus runner on a made-up WARC: rates of the screen, of a plain loop, of Daft on one and two workers and on Ray.

    python bench/corpus.py [--mb 1000] [--files 8] [--ray] [--keep DIR]

95 % of the pages are about something else and 5 % are reports, of which a fifth repeat an earlier one. The plain loop
calls the same functions on the same parts in this process, without an engine. Fails where the screen is slower than
50 MB a second, where two workers are not 1.8 times one (less where two busy loops do not get two processors either,
for the machine may be shared), where Daft costs more than a fifth over the loop, and, with
--ray, where Ray reaches less than 0.8 of the native runner's rate. Memory is that of the largest process.
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import resource
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from itertools import count
from pathlib import Path

from fastwarc.warc import WarcRecord, WarcRecordType
from pages import make_pages

from ainalym.corpus.parts import Batch, Part, find_files, plan_batches, plan_parts
from ainalym.corpus.records import read_part
from ainalym.corpus.screen import find_reason
from ainalym.corpus.store import Store
from ainalym.corpus.texts import Counts
from ainalym.corpus.work import SCREENED, WorkSettings, read_texts, screen_part

LEAST_SCREEN, LEAST_GAIN, MOST_OVERHEAD, LEAST_RAY = 50.0, 0.9, 0.20, 0.8


def write_warcs(folder: Path, megabytes: float, files: int) -> tuple[int, int]:
    """Packed WARC files whose pages have so many megabytes together; gives the numbers of pages and of reports."""
    total = reports = 0
    for number in range(files):
        size = 0
        with (folder / f"pages-{number:03}.warc.gz").open("wb") as out:
            for url, page, is_report in make_pages(seed=number):
                data = page.encode()
                out.write(gzip.compress(make_record(url, data), compresslevel=6, mtime=0))
                size += len(data)
                total += 1
                reports += is_report
                if size >= megabytes * 1e6 / files:
                    break
    return total, reports


def make_record(url: str, page: bytes) -> bytes:
    """A page as a crawler writes it down."""
    record = WarcRecord()
    record.init_headers(record_type=WarcRecordType.response)
    record.headers["WARC-Target-URI"] = url
    record.headers["Content-Type"] = "application/http; msgtype=response"
    record.set_bytes_content(b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page)
    out = io.BytesIO()
    record.write(out)
    return out.getvalue()


def measure_screen(folder: Path, most: int) -> tuple[float, float]:
    """Megabytes and pages a processor second, and nothing else."""
    pages = []
    for part in plan_parts(find_files([str(folder)])):
        pages += [record.data for record in read_part(part) if hasattr(record, "data")]
        if len(pages) >= most:
            break
    for page in pages[:200]:
        find_reason(page)
    started = time.process_time()
    for page in pages:
        find_reason(page)
    seconds = time.process_time() - started
    return sum(map(len, pages)) / 1e6 / seconds, len(pages) / seconds


def run_loop(folder: Path, out: Path) -> tuple[float, Counts]:
    """What the workers do, in this process, one part after the other; its seconds, without loading the lexicon."""
    store = Store(out)
    settings = WorkSettings(str(out))
    parts = plan_parts(find_files([str(folder)]))
    warm_up(parts)
    counts = Counts()
    started = time.perf_counter()
    for part in parts:
        counts.add(screen_part(part, settings))
    found = [(part, store.load_counts(SCREENED, part.name)) for part in parts]
    batches = plan_batches((part, done.texts if done else 0) for part, done in found)
    paused = time.perf_counter()
    write_plain_groups(store, parts)
    started += time.perf_counter() - paused
    for batch in batches:
        counts.add(read_texts(batch, settings))
    return time.perf_counter() - started, counts


def warm_up(parts: list[Part]) -> None:
    """Load what a worker loads once."""
    with tempfile.TemporaryDirectory() as aside:
        settings = WorkSettings(aside)
        source = Path(aside) / "warm.jsonl"
        pages = zip(range(2000), make_pages(seed=99), strict=False)
        texts = [page for _, (_, page, is_report) in pages if is_report]
        source.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts[:20]), encoding="utf-8")
        part = plan_parts(find_files([str(source)]))[0]
        screen_part(part, settings)
        write_plain_groups(Store(aside), [part])
        read_texts(Batch((0,)), settings)


def write_plain_groups(store: Store, parts: list[Part]) -> None:
    """Each text is read once by its hash: the loop has no near-duplicates."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    seen: set[str] = set()
    for part in parts:
        rows = pq.read_table(store.texts(part.name)).to_pylist()
        made = []
        for row in rows:
            made.append({"place": row["place"], "root": row["id"], "chosen": row["id"] not in seen,
                         "published": row["published"], "sightings": 1})  # fmt: skip
            seen.add(row["id"])
        if made:
            folder = store.groups / f"part={part.number}"
            folder.mkdir(parents=True)
            pq.write_table(pa.Table.from_pylist(made), folder / "plain.parquet")


def count_busily(until: float) -> int:
    """Turns of an empty loop until a moment."""
    turns = 0
    while time.time() < until:
        for _ in range(100_000):
            turns += 1
    return turns


def measure_machine() -> float:
    """How many times one busy loop two of them are: 2 on two free processors."""
    done = []
    for loops in (1, 2):
        with ProcessPoolExecutor(loops) as pool:
            list(pool.map(count_busily, [0.0] * loops))
            done.append(sum(pool.map(count_busily, [time.time() + 3] * loops)))
    return done[1] / done[0]


def run_program(folder: Path, out: Path, *options: str) -> tuple[float, dict[str, object]]:
    """Seconds of a run by the command line, and its manifest."""
    command = [sys.executable, "-m", "ainalym.cli", "corpus", "read", str(folder), "--out", str(out), "-q", *options]
    started = time.perf_counter()
    subprocess.run(command, check=True)
    return time.perf_counter() - started, json.loads((out / "run.json").read_bytes())


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--mb", type=float, default=1000)
    parser.add_argument("--files", type=int, default=8)
    parser.add_argument("--ray", action="store_true")
    parser.add_argument("--keep", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = given.keep or Path(made)
        return measure(folder, given.mb, given.files, given.ray)


def measure(folder: Path, megabytes: float, files: int, with_ray: bool) -> int:
    source = folder / "warc"
    source.mkdir(parents=True)
    pages, reports = write_warcs(source, megabytes, files)
    packed = sum(path.stat().st_size for path in source.iterdir()) / 1e6
    print(f"{pages:,} pages, {reports:,} of them reports, {megabytes:,.0f} MB, {packed:,.0f} MB packed, {files} files")
    fast, a_second = measure_screen(source, 3000)
    print(f"screen alone        {fast:8.0f} MB/s a core {a_second:8.0f} pages/s a core")
    loop, counts = run_loop(source, folder / "loop")
    steps = ", ".join(f"{name} {seconds:.1f} s" for name, seconds in sorted(counts.seconds.items()))
    discarded = sum(counts.screened.values()) / counts.records
    print(f"plain loop, 1 core  {loop:8.1f} s       {pages / loop:8.0f} pages/s   ({steps})")
    print(f"discarded {discarded:.1%}; {counts.texts:,} texts, {counts.documents:,} read, {counts.claims:,} claims")
    machine = measure_machine()
    names = count()
    rates: dict[str, float] = {}
    kinds = [("native, 1 worker", "--jobs=1"), ("native, 2 workers", "--jobs=2")]
    kinds += [("ray, 2 workers", "--runner=ray --jobs=2")] if with_ray else []
    for name, options in kinds:
        seconds, _ = run_program(source, folder / f"run-{next(names)}", *options.split())
        rates[name] = pages / seconds
        print(f"{name:<19} {seconds:8.1f} s       {rates[name]:8.0f} pages/s")
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024
    print(f"largest process {peak:,.0f} MB")
    return judge(fast, pages / loop, rates, machine)


def judge(fast: float, loop: float, rates: dict[str, float], machine: float) -> int:
    one, two = rates["native, 1 worker"], rates["native, 2 workers"]
    asked = [
        (f"the screen takes {fast:.0f} MB/s a core", fast >= LEAST_SCREEN),
        (f"two workers are {two / one:.2f} times one; two busy loops {machine:.2f}", two / one >= LEAST_GAIN * machine),
        (f"Daft costs {loop / one - 1:.0%} over the plain loop, its start included", loop / one - 1 <= MOST_OVERHEAD),
    ]
    if "ray, 2 workers" in rates:
        share = rates["ray, 2 workers"] / two
        asked.append((f"Ray reaches {share:.2f} of the native runner's rate, its start included", share >= LEAST_RAY))
    for line, holds in asked:
        print(f"{'ok  ' if holds else 'FAIL'} {line}")
    return 0 if all(holds for _, holds in asked) else 1


if __name__ == "__main__":
    sys.exit(main())
