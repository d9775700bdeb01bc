#!/usr/bin/env python3
"""Score what a reader found in reports against gold records.

    score.py read  GOLD.jsonl FOUND.jsonl [--misses]     figure claims, meetings, commitments
    score.py check GOLD.jsonl -- COMMAND...              contradictions; COMMAND gets a file of documents (JSON lines)

GOLD and FOUND hold one JSON object a line with the same `id`. Field meanings: SCHEMA.md beside this file.
FOUND: {"id", "claims": [...], "meetings": [...], "commitments": [...]}; each claim has the fields of SCHEMA.md and
"evidence": {"start", "end", "quote"}, character offsets into the document's text.
Pure standard library, so that it runs anywhere.
"""

from __future__ import annotations

import argparse
import json
import math
import subprocess
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

Record = dict[str, Any]

CORE = ("indicator", "sides", "period", "modality")  # beside kind, value and unit, which make the match
EXTRA = ("bound", "product", "speaker")
MIRROR = {"imports": "exports"}
UNDIRECTED = ("turnover", "balance", "projects", "companies", "transit", "freight")
SHOWN = ("indicator", "reporter", "partner", "period", "modality")


class Pair(NamedTuple):
    """A gold claim and the found one that matches it, by their places, and the slots in which they agree."""

    gold: int
    found: int
    agrees: dict[str, bool]

    @property
    def strict(self) -> bool:
        return all(self.agrees[slot] for slot in CORE)


@dataclass
class Tally:
    """Right, found and gold of one thing that is counted."""

    right: int = 0
    found: int = 0
    gold: int = 0

    def add(self, right: int, found: int, gold: int) -> None:
        self.right += right
        self.found += found
        self.gold += gold

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass
class Score:
    """All that is counted over a set of reports."""

    reports: int = 0
    value: Tally = field(default_factory=Tally)
    strict: Tally = field(default_factory=Tally)
    people: Tally = field(default_factory=Tally)
    commitments: Tally = field(default_factory=Tally)
    slots: Counter[str] = field(default_factory=Counter)
    quiet: int = 0
    alarms: int = 0
    bad_spans: int = 0


# Claims: what matches, and in which slots a match agrees.


def find_sides(claim: Record) -> tuple[Any, Any]:
    """Flow and partners in one canonical form: A's imports from B are B's exports to A; turnover has no direction."""
    reporter, partner, indicator = claim.get("reporter"), claim.get("partner"), claim.get("indicator")
    if indicator == "imports":
        return partner, reporter
    if indicator in UNDIRECTED:
        first, second = sorted((reporter or "", partner or ""))
        return first, second
    return reporter, partner


def is_same_value(a: float | None, b: float | None) -> bool:
    return a is not None and b is not None and math.isclose(a, b, rel_tol=2e-3, abs_tol=1e-9)


def is_match(gold: Record, found: Record) -> bool:
    """Kind, value and unit agree; a gold unit of null leaves the unit open."""
    return (
        gold["kind"] == found.get("kind")
        and is_same_value(gold["value"], found.get("value"))
        and (gold["unit"] == found.get("unit") or gold["unit"] is None)
    )


def compare_slots(gold: Record, found: Record) -> dict[str, bool]:
    flows = [MIRROR.get(claim["indicator"], claim["indicator"]) for claim in (gold, {"indicator": None, **found})]
    return {
        "indicator": flows[0] == flows[1],
        "sides": find_sides(gold) == find_sides(found),
        "period": (gold.get("period") or None) == (list(found["period"]) if found.get("period") else None),
        "modality": gold["modality"] == found.get("modality"),
        "bound": gold["bound"] == found.get("bound"),
        "product": (gold.get("product") is None) == (found.get("product") is None),
        "speaker": (gold.get("speaker") is None) == (found.get("speaker") is None),
    }


def find_pairs(gold: list[Record], found: list[Record]) -> list[Pair]:
    """Greedy pairing of claims: the pairs that agree in most slots first; each claim is used once."""
    options = [
        Pair(i, j, compare_slots(g, f)) for i, g in enumerate(gold) for j, f in enumerate(found) if is_match(g, f)
    ]
    options.sort(key=lambda p: (-sum(p.agrees[slot] for slot in CORE), -sum(p.agrees.values()), p.gold, p.found))
    pairs: list[Pair] = []
    used_gold: set[int] = set()
    used_found: set[int] = set()
    for pair in options:
        if pair.gold not in used_gold and pair.found not in used_found:
            used_gold.add(pair.gold)
            used_found.add(pair.found)
            pairs.append(pair)
    return pairs


# Reports: the counts of one are added to the score.


def add_report(score: Score, gold: Record, found: Record) -> list[Pair]:
    """Count one report into the score; gives the pairs of claims."""
    claims = found.get("claims", [])
    pairs = find_pairs(gold["claims"], claims)
    score.reports += 1
    score.value.add(len(pairs), len(claims), len(gold["claims"]))
    score.strict.add(sum(pair.strict for pair in pairs), len(claims), len(gold["claims"]))
    for pair in pairs:
        score.slots.update(slot for slot, right in pair.agrees.items() if right)
    if not gold["claims"]:
        score.quiet += 1
        score.alarms += len(claims)
    score.bad_spans += sum(is_bad_span(claim, gold["text"]) for claim in claims)
    _add_people(score.people, gold, found)
    _add_commitments(score.commitments, gold, found)
    return pairs


def is_bad_span(claim: Record, text: str) -> bool:
    evidence = claim.get("evidence") or {}
    return "start" not in evidence or text[evidence["start"] : evidence["end"]] != evidence.get("quote")


def _add_people(tally: Tally, gold: Record, found: Record) -> None:
    right = {make_name_key(name) for meeting in gold["meetings"] for name in meeting["participants"]}
    told = {make_name_key(name) for meeting in found.get("meetings", []) for name in meeting.get("participants", [])}
    tally.add(len(right & told), len(told), len(right))


def make_name_key(name: str) -> str:
    return " ".join(name.casefold().replace("ё", "е").split())


def _add_commitments(tally: Tally, gold: Record, found: Record) -> None:
    quotes = [(deal.get("evidence") or {}).get("quote", "") for deal in found.get("commitments", [])]
    hits = sum(
        any(deal["surface"] in q or (q and q in deal["surface"]) for q in quotes) for deal in gold["commitments"]
    )
    tally.add(hits, max(len(quotes), hits), len(gold["commitments"]))


# Printing


def print_tally(name: str, tally: Tally) -> None:
    counts = f"({tally.right} right, {tally.found} found, {tally.gold} gold)"
    print(f"{name:<28} precision {tally.precision:.3f}  recall {tally.recall:.3f}  F1 {tally.f1:.3f}   {counts}")


def print_score(score: Score) -> None:
    print(f"{score.reports} reports")
    print_tally("value, unit and kind", score.value)
    print_tally("strict: every core slot", score.strict)
    for slot in CORE + EXTRA:
        right = score.slots[slot] / score.value.right if score.value.right else 0
        print(f"   {slot:<12} right in {right:.3f} of the matched")
    print_tally("people who met", score.people)
    print_tally("commitments", score.commitments)
    quiet = f"reports without a figure: {score.quiet}, false alarms in them: {score.alarms}"
    print(f"{quiet}; evidence that is not the text at its offsets: {score.bad_spans}")
    print(f"strict F1 {score.strict.f1:.4f}")


def print_misses(gold: Record, found: Record, pairs: list[Pair]) -> None:
    claims = found.get("claims", [])
    for pair in pairs:
        if not pair.strict:
            right, told = gold["claims"][pair.gold], claims[pair.found]
            wrong = {slot: (right.get(slot), told.get(slot)) for slot in SHOWN if right.get(slot) != told.get(slot)}
            print(f"{gold['id']} {right['surface']!r}: gold/found {wrong}")
    for i, claim in enumerate(gold["claims"]):
        if i not in {pair.gold for pair in pairs}:
            what = f"{claim['surface']!r} {claim['indicator']} {claim['kind']} {claim['value']} {claim['unit']}"
            print(f"{gold['id']} MISSED {what}")
    for j, claim in enumerate(claims):
        if j not in {pair.found for pair in pairs}:
            quote = (claim.get("evidence") or {}).get("quote")
            what = " ".join(str(claim.get(name)) for name in ("indicator", "kind", "value", "unit"))
            print(f"{gold['id']} EXTRA  {quote!r} {what}")


# Commands


def load_records(path: str | Path) -> list[Record]:
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def score_reading(args: argparse.Namespace) -> None:
    found = {record["id"]: record for record in load_records(args.found)}
    score = Score()
    for gold in load_records(args.gold):
        record = found.get(gold["id"], {})
        pairs = add_report(score, gold, record)
        if args.misses:
            print_misses(gold, record, pairs)
    print_score(score)


def is_contradicted(findings: list[Record]) -> bool:
    return any(finding["verdict"] == "contradicts" for finding in findings)


def score_checking(args: argparse.Namespace) -> None:
    tally, quiet = Tally(), 0
    for gold in load_records(args.gold):
        want = is_contradicted(gold["findings"])
        got = run_check(args.command, gold, want)
        tally.add(want and got, got, want)
        quiet += not want and not got
        if args.misses and want != got:
            why = "; ".join(finding["why"] for finding in gold["findings"])[:200]
            print(f"{gold['id']} gold {'contradicts' if want else 'consistent'}: {why}")
    alarms, missed = tally.found - tally.right, tally.gold - tally.right
    counts = f"({tally.right} right, {alarms} false alarms, {missed} missed, {quiet} rightly quiet)"
    numbers = f"precision {tally.precision:.3f}  recall {tally.recall:.3f}  F1 {tally.f1:.4f}"
    print(f"contradictions: {numbers}   {counts}")


def run_check(command: list[str], gold: Record, want: bool) -> bool:
    """Whether the command finds a contradiction; a command that gives no findings counts as wrong."""
    documents = "".join(
        json.dumps({"id": document["name"], **document}, ensure_ascii=False) + "\n" for document in gold["documents"]
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "documents.jsonl")
        path.write_text(documents, encoding="utf-8")
        run = subprocess.run([*command, str(path)], capture_output=True, text=True, check=False)
    try:
        return is_contradicted(json.loads(run.stdout)["findings"])
    except (ValueError, KeyError, TypeError):
        error = run.stderr.strip()[-200:]
        print(f"{gold['id']}: no findings in the output (exit {run.returncode}): {error}")
        return not want


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    reading = commands.add_parser("read")
    reading.add_argument("gold")
    reading.add_argument("found")
    reading.add_argument("--misses", action="store_true")
    reading.set_defaults(run=score_reading)
    checking = commands.add_parser("check")
    checking.add_argument("gold")
    checking.add_argument("--misses", action="store_true")
    checking.add_argument("command", nargs="+")
    checking.set_defaults(run=score_checking)
    args = parser.parse_args()
    args.run(args)


if __name__ == "__main__":
    main()
