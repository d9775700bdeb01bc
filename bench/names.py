"""The Kazakh name tagger on KazNERD's test split: python bench/names.py [IOB2_test.txt].

The path may also stand in KAZNERD_TEST. Without the data the bench says so and ends well.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import Counter
from pathlib import Path

from ainalym.reading.names.tagger import load_tagger, read_labels

GOALS = {"PERSON": 0.90, "GPE": 0.90}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", nargs="?", default=os.environ.get("KAZNERD_TEST", ""))
    path = Path(parser.parse_args().data or "absent")
    if not path.is_file():
        print("bench names: skipped, KazNERD's IOB2_test.txt is not here (give its path or set KAZNERD_TEST)")
        return 0
    right, found, gold, words, seconds = measure(path)
    print(f"KazNERD test, {words} words at {words / seconds:,.0f} words a second")
    worst = 0.0
    for label in sorted(gold):
        precision, recall = right[label] / max(found[label], 1), right[label] / gold[label]
        f1 = 2 * right[label] / (found[label] + gold[label])
        print(f"{label:<14} precision {precision:.4f}  recall {recall:.4f}  F1 {f1:.4f}  ({gold[label]} in gold)")
        worst = max(worst, GOALS.get(label, 0.0) - f1)
    return 1 if worst > 0 else 0


def measure(path: Path) -> tuple[Counter[str], Counter[str], Counter[str], int, float]:
    """Right, found and gold entities by label, the number of words, and the seconds that tagging took."""
    tagger = load_tagger()
    right, found, gold = Counter[str](), Counter[str](), Counter[str]()
    count, seconds = 0, 0.0
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        rows = [line.rsplit(" ", 1) for line in block.splitlines() if line.strip()]
        words = [row[0] for row in rows]
        started = time.perf_counter()
        ours = set(tagger.find(words))
        seconds += time.perf_counter() - started
        count += len(words)
        theirs = {e for e in read_labels([row[1] for row in rows]) if e.label in _LABELS}
        for counter, entities in ((right, ours & theirs), (found, ours), (gold, theirs)):
            counter.update(entity.label for entity in entities)
    return right, found, gold, count, seconds


_LABELS = frozenset({"PERSON", "GPE", "ORGANISATION", "POSITION", "NORP", "LOCATION", "FACILITY"})


if __name__ == "__main__":
    sys.exit(main())
