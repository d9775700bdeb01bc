"""Loads are whole or not there; vintages lie side by side."""

from __future__ import annotations

import datetime as dt
import os
import resource
import signal
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from ainalym.errors import SourceError, UsageError
from ainalym.statistics import write
from ainalym.statistics.diff import diff_vintages
from ainalym.statistics.load import Options, Parsed, Row, UnitsError, UnmappedError, add_load
from ainalym.statistics.providers import load_declaration
from ainalym.statistics.records import Control
from ainalym.statistics.store import Store

KZ = load_declaration("kz-bns")
DAY = dt.date(2024, 7, 25)


def row(partner: str, year: int, value: float, flow: str = "X", **more: object) -> Row:
    return Row("KZ", flow, partner, year, Decimal(str(value)), **more)  # type: ignore[arg-type]


def add(store: Store, *rows: Row, day: dt.date = DAY, **options: object) -> object:
    return add_load(store, KZ, Parsed(rows=rows), (), Options(vintage=day, **options))  # type: ignore[arg-type]


def values(store: Store, view: str = "latest", **connect: object) -> list[tuple[object, ...]]:
    con = store.connect(**connect)  # type: ignore[arg-type]
    return con.execute(f"SELECT counterpart_area, year, CAST(obs_value AS DOUBLE) FROM {view} ORDER BY ALL").fetchall()


def test_an_empty_store_answers(store: Store) -> None:
    assert store.datasets() == []
    assert values(store) == []


def test_a_load_keeps_what_a_figure_hangs_on(store: Store) -> None:
    add(store, row("Россия", 2022, 9.1e9), row("Россия", 2022, 17.9e9, "M"))
    found = store.connect().execute(
        "SELECT ref_area, trade_flow, counterpart_area, partner_type, valuation, freq, time_period, source, vintage "
        "FROM latest ORDER BY trade_flow"
    ).fetchall()  # fmt: skip
    assert found == [
        ("KZ", "M", "RU", "ORIGIN", "CIF", "A", "2022", "kz-bns", DAY),
        ("KZ", "X", "RU", "DEST", "FOB", "A", "2022", "kz-bns", DAY),
    ]


def test_parts_of_years_have_their_own_period(store: Store) -> None:
    add(store, row("RU", 2022, 1e9, months=9), row("RU", 2022, 2e9, months=1, month=3))
    found = store.connect().execute("SELECT freq, time_period FROM latest ORDER BY time_period").fetchall()
    assert found == [("_O", "2022-01/P9M".replace("-01/", "-01-01/")), ("M", "2022-03")]


def test_a_newer_complete_publication_takes_the_place_of_the_years_it_covers(store: Store) -> None:
    add(store, row("RU", 2021, 6e9), row("RU", 2022, 8e9), row("CN", 2022, 5e9), day=dt.date(2023, 7, 25))
    add(store, row("RU", 2022, 9e9), row("RU", 2023, 10e9))
    assert values(store) == [("RU", 2021, 6e9), ("RU", 2022, 9e9), ("RU", 2023, 10e9)]
    assert len(values(store, "obs")) == 5
    assert values(store, as_of=dt.date(2024, 1, 1)) == [("CN", 2022, 5e9), ("RU", 2021, 6e9), ("RU", 2022, 8e9)]
    changes = diff_vintages(store, "kz-bns@2023", "kz-bns@2024")
    assert [(c["counterpart_area"], c["old"], c["new"]) for c in changes] == [
        ("CN", Decimal("5e9"), None), ("RU", Decimal("8e9"), Decimal("9e9")),
    ]  # fmt: skip


def test_partial_loads_add_up_cell_by_cell(store: Store) -> None:
    partial = load_declaration("comtrade")
    for day, rows in ((1, [row("RU", 2022, 9e9), row("CN", 2022, 13e9)]), (2, [row("RU", 2022, 9.1e9)])):
        add_load(store, partial, Parsed(rows=rows), (), Options(vintage=dt.date(2024, 1, day)))
    assert values(store) == [("CN", 2022, 13e9), ("RU", 2022, 9.1e9)]


def test_groups_are_marked_and_never_summed_with_countries(store: Store) -> None:
    add(store, row("Россия", 2022, 9e9), row("Страны ЕАЭС", 2022, 10e9), row("Всего", 2022, 84e9))
    con = store.connect()
    total = con.execute("SELECT sum(obs_value) FROM latest WHERE NOT is_aggregate").fetchone()
    assert total == (Decimal(9_000_000_000),)


def test_the_same_files_twice_are_one_load(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("x")
    parsed = Parsed(rows=[row("RU", 2022, 9e9)])
    first = add_load(store, KZ, parsed, [file], Options(vintage=DAY))
    assert add_load(store, KZ, parsed, [file], Options(vintage=DAY)) == first
    file.write_text("y")
    with pytest.raises(UsageError, match="--replace"):
        add_load(store, KZ, parsed, [file], Options(vintage=DAY))
    add_load(store, KZ, Parsed(rows=[row("RU", 2022, 9.2e9)]), [file], Options(vintage=DAY, replace=True))
    assert values(store) == [("RU", 2022, 9.2e9)]


def test_a_crash_in_a_load_changes_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    add(store, row("RU", 2022, 9e9))
    reader = store.connect()

    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(write, "write_sums", crash)
    with pytest.raises(KeyboardInterrupt):
        add(store, row("RU", 2023, 10e9), day=dt.date(2025, 7, 25))
    assert values(store) == [("RU", 2022, 9e9)]
    assert reader.execute("SELECT count(*) FROM latest").fetchone() == (1,)
    assert not (store.root / "staging").exists()


def test_a_killed_writer_leaves_the_store_as_it_was(store: Store) -> None:
    add(store, row("RU", 2022, 9e9))
    script = (
        "import os, signal, datetime as dt\n"
        "from decimal import Decimal\n"
        "from pathlib import Path\n"
        "from ainalym.statistics import load, write\n"
        "from ainalym.statistics.providers import load_declaration\n"
        "from ainalym.statistics.store import Store\n"
        "write.write_sums = lambda *a: os.kill(os.getpid(), signal.SIGKILL)\n"
        "row = load.Row('KZ', 'X', 'RU', 2023, Decimal(10 ** 10))\n"
        f"load.add_load(Store(Path({str(store.root)!r})), load_declaration('kz-bns'), load.Parsed(rows=[row]), (), "
        "load.Options(vintage=dt.date(2025, 7, 25)))\n"
    )
    killed = subprocess.run([sys.executable, "-c", script], capture_output=True)
    assert killed.returncode == -signal.SIGKILL, killed.stderr.decode()
    assert values(store) == [("RU", 2022, 9e9)]
    add(store, row("RU", 2023, 10e9), day=dt.date(2025, 7, 25))
    assert values(store) == [("RU", 2022, 9e9), ("RU", 2023, 10e9)]
    assert not (store.root / "staging").exists()


def test_a_full_disk_is_said_and_changes_nothing(store: Store) -> None:
    # A limit on the size of files stands in for a full disk: the write fails half-way in the same place.
    add(store, row("RU", 2022, 9e9))
    script = (
        "import resource, signal, datetime as dt\n"
        "from decimal import Decimal\n"
        "from pathlib import Path\n"
        "from ainalym.errors import SourceError\n"
        "from ainalym.statistics import load, write\n"
        "from ainalym.statistics.providers import load_declaration\n"
        "from ainalym.statistics.store import Store\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))\n"
        "rows = [load.Row('KZ', 'X', 'RU', y, Decimal(y * 7919) ** 2 / 7) for y in range(1000, 3000)]\n"
        "try:\n"
        f"    load.add_load(Store(Path({str(store.root)!r})), load_declaration('kz-bns'), load.Parsed(rows=rows), (), "
        "load.Options(vintage=dt.date(2025, 7, 25), check_units=False))\n"
        "except SourceError as error:\n"
        "    print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert "the store is as" in done.stdout, done.stderr
    assert values(store) == [("RU", 2022, 9e9)]
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] != 2000


def test_one_writer_at_a_time(store: Store) -> None:
    with store.writing(), pytest.raises(SourceError, match="another load"):
        add(store, row("RU", 2022, 9e9))


def test_a_dropped_load_leaves_open_readers_alone(store: Store) -> None:
    add(store, row("RU", 2022, 9e9))
    reader = store.connect()
    dropped = store.drop("kz-bns")
    assert values(store) == []
    assert reader.execute("SELECT count(*) FROM latest").fetchone() == (1,)
    index = store.index_path.read_text()
    store.index_path.write_text(index.replace(f"{dt.datetime.now(dt.UTC).year}-", "2020-"))
    with store.writing():
        assert not store.folder(dropped.id).exists()


def test_find_names_what_there_is(store: Store) -> None:
    add(store, row("RU", 2022, 9e9))
    assert store.find("kz-bns@2024").vintage == DAY
    with pytest.raises(UsageError, match="kz-bns@2024-07-25"):
        store.find("kz-bsn")


# Bad input


def test_unknown_partners_are_listed_with_suggestions(store: Store, tmp_path: Path) -> None:
    errors = tmp_path / "unmapped.csv"
    rows = [row("Россия", 2022, 9e9), row("Росия", 2022, 1e6)]
    with pytest.raises(UnmappedError, match="1 partners are not known"):
        add(store, *rows, error_file=errors)
    assert "Росия,RU Russia" in errors.read_text()
    assert values(store) == []
    add(store, *rows, error_file=errors, allow_unmapped=True)
    assert values(store) == [("?Росия", 2022, 1e6), ("RU", 2022, 9e9)]
    assert store.connect().execute("SELECT is_aggregate FROM latest WHERE counterpart_area = '?Росия'").fetchone() == (
        True,
    )


def test_duplicates(store: Store) -> None:
    add(store, row("RU", 2022, 9e9), row("Россия", 2022, 9e9))
    assert values(store) == [("RU", 2022, 9e9)]
    assert "1 duplicate rows" in store.datasets()[0].notes[0]
    with pytest.raises(SourceError, match="stand twice with different values"):
        add(store, row("RU", 2022, 9e9), row("Россия", 2022, 8e9), day=dt.date(2025, 1, 1))


def test_negative_values_are_refused(store: Store) -> None:
    with pytest.raises(SourceError, match="negative"):
        add(store, row("RU", 2022, -1))


def test_a_sum_that_does_not_close_is_refused_and_a_small_slip_noted(store: Store) -> None:
    def load_with(got: int) -> object:
        control = Control("sum of countries", Decimal(got), Decimal(10_000))
        return add_load(store, KZ, Parsed(rows=[row("RU", 2022, 9e9)], controls=(control,)), (), Options(vintage=DAY))

    with pytest.raises(SourceError, match="do not close"):
        load_with(9_000)
    load_with(9_999)
    assert "own sum is off" in store.datasets()[0].notes[0]


@pytest.mark.parametrize(("factor", "unit"), [(1000, 0), (0.001, 6)])
def test_wrong_units_are_told_by_known_totals(store: Store, factor: float, unit: int) -> None:
    rows = [row("Всего", 2022, 84_593_100_000 * factor), row("RU", 2022, 9_091_400_000 * factor)]
    with pytest.raises(UnitsError, match="the unit looks wrong") as caught:
        add(store, *rows)
    assert caught.value.unit_mult == unit
    add(store, *rows, check_units=False)


def test_units_of_a_partner_are_told_by_the_mirror(store: Store) -> None:
    with pytest.raises(UnitsError):
        add_load(
            store, load_declaration("uz-stat"), Parsed(rows=[Row("UZ", "M", "KZ", 2022, Decimal(3_243_000))]), (),
            Options(vintage=DAY),
        )  # fmt: skip


def test_a_load_without_figures_or_a_date_is_refused(store: Store) -> None:
    with pytest.raises(SourceError, match="no figure"):
        add(store)
    with pytest.raises(UsageError, match="--vintage"):
        add_load(store, KZ, Parsed(rows=[row("RU", 2022, 1)]), ())


def test_default_root_is_the_users(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("AINALYM_STATISTICS", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert Store().root == tmp_path / "ainalym" / "statistics"
    monkeypatch.setenv("AINALYM_STATISTICS", os.fspath(tmp_path / "x"))
    assert Store().root == tmp_path / "x"
