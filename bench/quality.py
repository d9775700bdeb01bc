#!/usr/bin/env python3
"""How well the reader reads the evaluation sets, and whether that is enough.

Prints the score of each set, what a claim's confidence is worth, and the floors of evals/floors.toml that are not
reached; then the exit status is 1. The reader sees a record's text and day of publication, never its language.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import sys
import time
import tomllib
from pathlib import Path
from typing import Any, NamedTuple

from ainalym.model import Document
from ainalym.output.jsonl import encode_reading
from ainalym.reading import read_document

EVALS = Path(__file__).parent.parent / "evals"
SEEDS = Path(os.environ.get("AINALYM_SEEDS", EVALS.parent.parent / "shared/bench/seeds.jsonl"))
sys.path.insert(0, str(EVALS))
from score import Record, Score, add_report, load_records, print_misses, print_score  # noqa: E402

BINS = 10


class Judged(NamedTuple):
    """A found claim's confidence, and whether it was right in every core slot."""

    confidence: float
    right: bool


def read_record(gold: Record) -> Record:
    """What the program's JSON lines say of a gold record's text."""
    published = dt.date.fromisoformat(gold["published"]) if gold.get("published") else None
    reading = read_document(Document(id=gold["id"], text=gold["text"], published=published))
    record: Record = json.loads(encode_reading(reading))
    return record


def score_set(path: Path, *, misses: bool) -> tuple[Score, list[Judged]]:
    """The score of one set, and every found claim with its verdict."""
    score, judged = Score(), []
    for gold in load_records(path):
        found = read_record(gold)
        pairs = add_report(score, gold, found)
        right = {pair.found for pair in pairs if pair.strict}
        judged += [Judged(claim["confidence"], n in right) for n, claim in enumerate(found["claims"])]
        if misses:
            print_misses(gold, found, pairs)
    return score, judged


def print_calibration(judged: list[Judged]) -> None:
    """Claims from the least to the most confident in bins of equal size: is more confidence more right?"""
    print("claims by confidence: bin, count, mean confidence, right in every core slot")
    ranked = sorted(judged, key=lambda item: item.confidence)
    for number in range(BINS):
        part = ranked[len(ranked) * number // BINS : len(ranked) * (number + 1) // BINS]
        if part:
            confidence = sum(item.confidence for item in part) / len(part)
            right = sum(item.right for item in part) / len(part)
            print(f"  {number + 1:>2}  {len(part):>5}  {confidence:.3f}  {right:.3f}")


def find_shortfalls(name: str, score: Score, floors: dict[str, Any]) -> list[str]:
    """One line a floor that the score does not reach, or a ceiling that it breaks."""
    reached = {thing: getattr(score, thing).f1 for thing in ("value", "strict", "people", "commitments")}
    low = [f"{name}: {k} F1 {v:.4f} is below its floor {floors[k]}" for k, v in reached.items() if v < floors[k]]
    counted = {thing: getattr(score, thing) for thing in ("alarms", "bad_spans")}
    high = [f"{name}: {v} {k} are above the most allowed, {floors[k]}" for k, v in counted.items() if v > floors[k]]
    return low + high


def find_path(name: str) -> Path | None:
    path = SEEDS if name == "seeds" else EVALS / f"{name}.jsonl"
    return path if path.is_file() else None


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*", help="sets to score (otherwise all that have floors)")
    parser.add_argument("--misses", action="store_true", help="print what was missed, wrong or found too much")
    args = parser.parse_args()
    floors = tomllib.loads((EVALS / "floors.toml").read_text(encoding="utf-8"))
    if unknown := set(args.sets) - set(floors):
        parser.error(f"no floors for {', '.join(sorted(unknown))}; there are {', '.join(floors)}")
    all_judged: list[Judged] = []
    shortfalls: list[str] = []
    for name in args.sets or floors:
        path = find_path(name)
        if path is None:
            print(f"== {name}: skipped, its records are not here\n")
            continue
        print(f"== {name}")
        started = time.perf_counter()
        score, judged = score_set(path, misses=args.misses)
        print_score(score)
        print(f"read and scored in {time.perf_counter() - started:.2f} s\n")
        all_judged += judged
        shortfalls += find_shortfalls(name, score, floors[name])
    print_calibration(all_judged)
    print("\n".join(shortfalls) or "every floor is reached")
    return 1 if shortfalls else 0


if __name__ == "__main__":
    sys.exit(main())
