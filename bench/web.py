"""The portal on PostgreSQL with many reports: how long pages take under 8 clients, and what adding costs.

    python bench/web.py                  100,000 made-up reports, 1,000,000 claims
    python bench/web.py --reports 2000   a quick look
    python bench/web.py --database URL   a database that a run before has filled (--keep prints its address)

Everything runs on this machine: the database, the portal (`ainalym serve`), the clients. Fails when a page's p95 is
over the limit.
"""

from __future__ import annotations

import argparse
import http.client
import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from urllib.parse import quote, urlsplit

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]
from made_up import PARTNERS, make_readings  # noqa: E402

from tools import portal, postgres  # noqa: E402

CLIENTS = 8
LIMIT = 0.150
_BATCH = 500


def fill(count: int) -> None:
    """Put `count` reports into the ledger that DATABASE_URL names."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    from ainalym.ledger.add import add_documents
    from ainalym.ledger.findings import refresh

    readings = make_readings(count)
    start = time.perf_counter()
    done = 0
    while batch := list(islice(readings, _BATCH)):
        add_documents([reading.document for reading in batch], batch, author="bench")
        done += len(batch)
        if done % 10_000 == 0:
            print(f"  {done:,} reports kept in {time.perf_counter() - start:.0f} s", flush=True)
    kept = time.perf_counter() - start
    start = time.perf_counter()
    written = refresh(author="bench")
    checked = time.perf_counter() - start
    print(f"{count:,} reports kept: {kept:.1f} s, {count / kept:.0f} a second; {written:,} findings: {checked:.1f} s")
    _analyze()


def _analyze() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def make_addresses() -> dict[str, list[str]]:
    """For each sort of page many addresses, as readers would ask them."""
    chance = random.Random(1)  # noqa: S311 - made-up readers
    partners = chance.choices(PARTNERS, [1 / rank for rank in range(1, len(PARTNERS) + 1)], k=60)
    langs = [chance.choice(("kk", "ru", "en", "kk-latn")) for _ in partners]
    words = [
        "тауар айналымы",
        "экспорт",
        "turnover",
        "Асқар Беков",
        "көлік дәліздері",
        "переговоры",
        "келіссөз RU",
        "wheat",
    ]
    filters = ["indicator=exports&product=wheat", "indicator=turnover", "kind=growth", "modality=target",
               "verdict=contradicts", "from=2020&to=2022", "sort=-value", "sort=-published", "lang=kk"]  # fmt: skip
    return {
        "dossier": [f"/{lang}/partners/KZ/{code}/" for lang, code in zip(langs, partners, strict=True)],
        "explorer": [
            f"/{lang}/explorer/?pair={'-'.join(sorted(('KZ', code)))}&{chance.choice(filters)}"
            if chance.random() < 0.7
            else f"/{lang}/explorer/?{chance.choice(filters)}"
            for lang, code in zip(langs, partners, strict=True)
        ],
        "search": [f"/{lang}/search/?q={quote(chance.choice(words))}" for lang in langs],
    }


def ask(address: str, paths: Sequence[str], seconds: float) -> list[float]:
    """How long each answer took, with all clients asking one after the other for so many seconds."""
    host = urlsplit(address)
    took: list[float] = []
    wrong: list[str] = []
    until = time.perf_counter() + seconds

    def client(number: int) -> None:
        chance = random.Random(number)  # noqa: S311
        connection = http.client.HTTPConnection(host.hostname or "", host.port, timeout=60)
        while time.perf_counter() < until and not wrong:
            path = chance.choice(paths)
            start = time.perf_counter()
            connection.request("GET", path)
            answer = connection.getresponse()
            answer.read()
            took.append(time.perf_counter() - start)
            if answer.status != 200:
                wrong.append(f"{path}: {answer.status}")

    threads = [threading.Thread(target=client, args=(number,)) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise SystemExit(f"not answered: {wrong[0]}")
    return took


def measure(environment: dict[str, str], seconds: float) -> bool:
    """Print a line a page; whether all stay below the limit."""
    good = True
    with portal.serve(environment, "--workers", "2") as address:
        print(f"{'page':10} {'answers/s':>9} {'median':>8} {'p95':>8}  limit")
        for name, paths in make_addresses().items():
            ask(address, paths, 3)
            took = sorted(ask(address, paths, seconds))
            p95 = took[int(len(took) * 0.95)]
            good &= p95 <= LIMIT
            print(
                f"{name:10} {len(took) / seconds:9.0f} {statistics.median(took) * 1000:5.0f} ms {p95 * 1000:5.0f} ms"
                f"  {LIMIT * 1000:.0f} ms {'held' if p95 <= LIMIT else 'MISSED'}",
                flush=True,
            )
    return good


def main() -> int:
    """Fill, serve, ask."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--database", help="a filled database's address")
    parser.add_argument("--fill", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.fill:
        fill(options.reports)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        environment = portal.make_environment(Path(folder))
        environment["DJANGO_SETTINGS_MODULE"] = "ainalym.portal.settings"
        if options.database:
            return 0 if measure({**environment, "DATABASE_URL": options.database}, options.seconds) else 1
        with postgres.start("shared_buffers=1GB", "work_mem=32MB", "random_page_cost=1.1", "max_wal_size=4GB") as url:
            environment["DATABASE_URL"] = url
            command = [sys.executable, __file__, "--fill", "--reports", str(options.reports)]
            subprocess.run(command, env={**os.environ, **environment}, check=True)
            return 0 if measure(environment, options.seconds) else 1


if __name__ == "__main__":
    sys.exit(main())
