#!/usr/bin/env python3
"""How fast the reader is: start-up, reports a second, memory, growth with the text's length, two processes, a rival.

The reports are made of the public evaluation texts: three of one language in a row, about the length of a press
release, with other digits each time, so that no two are the same.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from itertools import cycle, islice
from pathlib import Path

from ainalym.cli.work import collect_seldom
from ainalym.model import Document
from ainalym.reading import read_document

ROOT = Path(__file__).parent.parent
COMMAND = [sys.executable, "-m", "ainalym.cli"]
SAMPLE = ROOT / "samples" / "kk-kyrgyz-half-year.txt"
LANGS = ("kk", "ru", "en")
REPORTS = 1000
RUSSIAN = 40
SIZES = (10_000, 100_000, 1_000_000, 10_000_000)
PATIENCE = 20


def load_texts(lang: str) -> list[str]:
    paths = sorted((ROOT / "evals").glob(f"*-{lang}.jsonl"))
    return [json.loads(line)["text"] for path in paths for line in path.read_text(encoding="utf-8").splitlines()]


def make_reports(langs: Iterable[str], count: int, *, texts_each: int = 3) -> list[str]:
    """Reports of so many texts each, in turn from each language, with digits of their own; always the same ones."""
    dice = random.Random(2022)  # noqa: S311
    texts = {lang: load_texts(lang) for lang in langs}
    chosen = ("\n\n".join(dice.sample(texts[lang], texts_each)) for lang in cycle(texts))
    return [vary_digits(text, dice) for text in islice(chosen, count)]


def vary_digits(text: str, dice: random.Random) -> str:
    """Other digits in place of all but years, so that no report repeats another."""
    return re.sub(r"(?<!\d)(?!(?:19|20)\d\d(?!\d))[1-9]", lambda _: str(dice.randint(1, 9)), text)


def take_time(texts: Iterable[str]) -> float:
    started = time.perf_counter()
    for number, text in enumerate(texts):
        read_document(Document(id=str(number), text=text))
    return time.perf_counter() - started


def run_command(*args: str) -> float:
    started = time.perf_counter()
    subprocess.run([*COMMAND, *args], check=True, capture_output=True)
    return time.perf_counter() - started


def get_memory() -> float:
    """The most memory that this process has held, in megabytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def show_start() -> None:
    runs = [run_command("read", str(SAMPLE), "--format", "jsonl") for _ in range(6)][1:]
    print(f"start-up: `ainalym read` of one report: median {statistics.median(runs):.2f} s, best {min(runs):.2f} s")


def show_reports() -> None:
    """The evaluation texts as they stand, and three in one: as long as a release, with more figures than any has."""
    collect_seldom()
    for texts_each in (1, 3):
        reports = make_reports(LANGS, REPORTS, texts_each=texts_each)
        take_time(reports[:30])
        rate = len(reports) / take_time(reports)
        length = sum(map(len, reports)) / len(reports)
        print(f"one process: {len(reports)} reports of {length:.0f} characters: {rate:.0f} a second", end="; ")
        print(f"{get_memory():.0f} MB")


def show_growth() -> None:
    print("one text of growing length: characters, seconds, characters a second")
    for size in SIZES:
        text = "\n\n".join(grow_text(size))
        taken = take_time([text])
        print(f"  {len(text):>10,}  {taken:>8.2f}  {len(text) / taken:>10,.0f}   {get_memory():.0f} MB")
        if taken > PATIENCE:
            print(f"  longer texts are left out: this one took more than {PATIENCE} s")
            return


def grow_text(size: int) -> Iterator[str]:
    dice, texts = random.Random(size), load_texts("ru")  # noqa: S311
    for text in cycle(texts):
        yield vary_digits(text, dice)
        size -= len(text) + 2
        if size <= 0:
            return


def show_processes() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "reports.jsonl")
        reports = make_reports(LANGS, 3 * REPORTS)
        lines = (json.dumps({"id": str(n), "text": text}) + "\n" for n, text in enumerate(reports))
        path.write_text("".join(lines), encoding="utf-8")
        one, two = (run_command("read", str(path), "--jobs", jobs, "--out", f"{folder}/out.jsonl") for jobs in "12")
    print(
        f"--jobs: {len(reports)} reports in {one:.1f} s with one process, {two:.1f} s with two: {one / two:.2f} times"
    )


def show_rival(python: Path) -> None:
    """The rival finds names and no figures; it runs in an environment of its own."""
    if not python.is_file():
        print(f"rival: skipped, there is no {python} (make bench-speed sets it up)")
        return
    reports = make_reports(["ru"], RUSSIAN)
    run = subprocess.run(
        [str(python), str(ROOT / "bench" / "rival.py")],
        input=json.dumps(reports), capture_output=True, text=True, check=False,
    )  # fmt: skip
    if run.returncode:
        print(f"rival: failed: {run.stderr.strip().splitlines()[-1:]}")
        return
    take_time(reports[:5])
    ours = len(reports) / take_time(reports)
    print(f"Russian reports a second: Ainalym, figures, sides, periods, people: {ours:.1f}")
    for name, rate in json.loads(run.stdout).items():
        print(f"  {name}: {rate:.1f}; Ainalym is {ours / rate:.1f} times as fast")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rivals", type=Path, default=ROOT / ".venv-bench/bin/python", help="Python that has natasha")
    parser.add_argument("--brief", action="store_true", help="only start-up and reports a second")
    args = parser.parse_args()
    show_start()
    show_reports()
    if args.brief:
        return
    show_growth()
    show_processes()
    show_rival(args.rivals)


if __name__ == "__main__":
    main()
