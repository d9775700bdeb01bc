import os
import secrets
import subprocess
import sys
from contextlib import closing

import dj_database_url
import pytest

import ainalym
from ainalym.ledger.add import add_documents
from ainalym.ledger.findings import refresh
from ainalym.model import Document, Reading

TURNOVER = "В 2023 году товарооборот Казахстана и Узбекистана составил 4,4 млрд долларов."


@pytest.fixture
def keep():
    """Put a text into the ledger, as `ainalym add` does."""

    def call(text: str, *, place: str = "report.txt", published: str | None = "2024-02-09", **fields) -> Reading:
        reading = ainalym.read(text, published=published)
        document = Document(id=place, text=text, published=reading.document.published, **fields)
        kept = Reading(document, **{f: getattr(reading, f) for f in reading.__struct_fields__ if f != "document"})
        add_documents([document], [kept], author="test")
        refresh()
        return kept

    return call


@pytest.fixture
def own_ledger(tmp_path):
    """The environment of commands whose ledger is empty and nobody else's, on the database that DATABASE_URL names."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_URL", "AINALYM_"))}
    environment = {**kept, "XDG_DATA_HOME": str(tmp_path / "data"), "AINALYM_LANG": "en"}
    address = os.environ.get("DATABASE_URL", "")
    if not address.startswith("postgres"):
        yield environment
        return
    import psycopg

    name = f"own_{secrets.token_hex(4)}"
    with closing(psycopg.connect(address, autocommit=True)) as server:
        server.execute(f"CREATE DATABASE {name}")
        yield environment | {"DATABASE_URL": f"{address.rpartition('/')[0]}/{name}"}
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def ask(own_ledger):
    """Rows of the own ledger, asked for with plain SQL beside Django."""

    def call(sql: str) -> list[tuple]:
        address = own_ledger.get("DATABASE_URL")
        if address:
            import psycopg

            with psycopg.connect(address) as connection:
                return connection.execute(sql).fetchall()
        import sqlite3

        with closing(sqlite3.connect(f"{own_ledger['XDG_DATA_HOME']}/ainalym/ledger.sqlite3")) as connection:
            return connection.execute(sql).fetchall()

    return call


def start(environment: dict[str, str], *words: str, **given) -> subprocess.Popen:
    """The program, running."""
    return subprocess.Popen(
        [sys.executable, "-m", "ainalym.cli", *words], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True, encoding="utf-8", **given,
    )  # fmt: skip


def run(environment: dict[str, str], *words: str, status: int = 0) -> str:
    """The program's output, once it has ended with this status."""
    process = start(environment, *words)
    out, errors = process.communicate(timeout=300)
    assert process.returncode == status, errors
    return out + errors


def is_postgres() -> bool:
    return dj_database_url.config(default="sqlite:///x")["ENGINE"].endswith("postgresql")
