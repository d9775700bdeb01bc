"""Scale of checking: made-up claims, 20 a cell, in three sizes, beside plain grouping of the same claims in DuckDB.

    python bench/check.py [CLAIMS ...]      default: 10000 100000 1000000

Prints processor seconds, claims a second and memory for each size (one core), and fails if the largest size takes more
than 60 seconds or 4 GB, or if ten times the claims take more than 15 times as long.
"""

from __future__ import annotations

import datetime as dt
import gc
import random
import resource
import sys
import time
from collections.abc import Iterator
from decimal import Decimal

import duckdb
import pyarrow as pa

from ainalym.checking import check
from ainalym.cli.work import collect_seldom
from ainalym.model import Claim, Document, Finding, Reading, Span

CLAIMS_A_CELL = 20
CLAIMS_A_REPORT = 10
MOST_SECONDS, MOST_BYTES, MOST_GROWTH = 60, 4 * 2**30, 15
YEARS = range(2010, 2026)
WRONG = 0.001  # one figure in a thousand is wrong, as in a corpus of reports


def make_readings(count: int, seed: int = 7) -> list[Reading]:
    """Reports on pairs of made-up countries: turnover, exports, imports, halves of years and growth."""
    rng = random.Random(seed)  # noqa: S311 - no secret
    claims: list[Claim] = []
    for flow in _make_flows(rng, count):
        claims += flow
    claims = claims[:count]
    rng.shuffle(claims)
    return [
        Reading(Document(f"r{start}", ""), "en", "Latn", claims=tuple(claims[start : start + CLAIMS_A_REPORT]))
        for start in range(0, len(claims), CLAIMS_A_REPORT)
    ]


def _make_flows(rng: random.Random, count: int) -> Iterator[list[Claim]]:
    """All claims on one pair of sides: five cells a year."""
    made = 0
    codes = [f"{letter}{digit}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" for digit in range(10)]
    for number in range(10**9):
        if made >= count:
            return
        sides = codes[number % len(codes)], f"{number // len(codes)}X"
        claims: list[Claim] = []
        before = None
        for year in YEARS:
            whole = dt.date(year, 1, 1), dt.date(year, 12, 31)
            first, second = (whole[0], dt.date(year, 6, 30)), (dt.date(year, 7, 1), whole[1])
            out, back = rng.randint(10**6, 10**9), rng.randint(10**6, 10**9)
            half = int((out + back) * rng.uniform(0.3, 0.7))
            amounts = [
                ("turnover", whole, out + back),
                ("exports", whole, out),
                ("imports", whole, back),
                ("turnover", first, half),
                ("turnover", second, out + back - half),
            ]
            for indicator, period, truth in amounts:
                claims += [_make_level(rng, indicator, sides, period, truth) for _ in range(CLAIMS_A_CELL - 1)]
            if before:
                claims += [_make_growth(sides, whole, (out + back) / before - 1)] * 5
            before = out + back
        made += len(claims)
        yield claims


def _make_level(
    rng: random.Random, indicator: str, sides: tuple[str, str], period: tuple[dt.date, dt.date], truth: int
) -> Claim:
    if rng.random() < WRONG:
        truth *= 2
    decimals = rng.randint(1, 3)
    printed = f"{truth / 10**6:.{decimals}f}"
    bound = "about" if rng.random() < 0.1 else "exact"
    return _make_claim(printed, Decimal(printed) * 10**6, indicator, sides, period, "level", "USD", bound)


def _make_growth(sides: tuple[str, str], period: tuple[dt.date, dt.date], truth: float) -> Claim:
    printed = f"{truth * 100:.1f}"
    return _make_claim(printed, Decimal(printed) / 100, "turnover", sides, period, "growth", "fraction", "exact")


def _make_claim(
    printed: str,
    value: Decimal,
    indicator: str,
    sides: tuple[str, str],
    period: tuple[dt.date, dt.date],
    kind: str,
    unit: str,
    bound: str,
) -> Claim:
    return Claim(printed, indicator, *sides, None, period, kind, value, unit, bound, "actual", None, Span(0, 0, ""))  # type: ignore[arg-type]


def group_in_duckdb(readings: list[Reading]) -> float:
    """Seconds that DuckDB needs, on one thread, to group the same claims by cell: the floor for any checker."""
    claims = [claim for reading in readings for claim in reading.claims]
    table = pa.table(
        {
            "indicator": [claim.indicator for claim in claims],
            "reporter": [claim.reporter for claim in claims],
            "partner": [claim.partner for claim in claims],
            "start": [claim.period[0] for claim in claims if claim.period],
            "kind": [claim.kind for claim in claims],
            "value": [float(claim.value) for claim in claims],
        }
    )
    base = duckdb.connect()
    base.execute("SET threads = 1")
    base.register("claims", table)
    started = time.process_time()
    base.execute(
        "SELECT indicator, reporter, partner, start, kind, max(value), min(value), count(*) FROM claims GROUP BY ALL"
    ).fetchall()
    return time.process_time() - started


def measure(count: int) -> tuple[float, float, list[Finding]]:
    """Seconds of checking, seconds of grouping, and the findings."""
    readings = make_readings(count)
    gc.collect()
    started = time.process_time()
    findings = check(readings)
    seconds = time.process_time() - started
    return seconds, group_in_duckdb(readings), findings


def main(sizes: list[int]) -> int:
    collect_seldom()  # as the command line does
    print(f"{'claims':>10} {'cells':>8} {'seconds':>8} {'claims/s':>9} {'peak MB':>8} {'DuckDB s':>9}  findings")
    failed = False
    last: tuple[int, float] | None = None
    for count in sizes:
        seconds, floor, findings = measure(count)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        wrong = sum(finding.verdict == "contradicts" for finding in findings)
        print(
            f"{count:>10} {count // CLAIMS_A_CELL:>8} {seconds:>8.2f} {count / seconds:>9.0f} {peak / 2**20:>8.0f} "
            f"{floor:>9.3f}  {len(findings)}, {wrong} contradictions"
        )
        failed |= seconds > MOST_SECONDS or peak > MOST_BYTES
        if last and seconds / last[1] > MOST_GROWTH * count / last[0] / 10:
            print(f"not linear: {count / last[0]:.0f} times the claims took {seconds / last[1]:.1f} times as long")
            failed = True
        last = count, seconds
    return int(failed)


if __name__ == "__main__":
    sys.exit(main([int(size) for size in sys.argv[1:]] or [10_000, 100_000, 1_000_000]))
