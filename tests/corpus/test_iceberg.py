"""The datasets of a run in Iceberg tables of PyIceberg's SQLite catalogue."""

import shutil
from pathlib import Path

import pytest

pytest.importorskip("pyiceberg", reason="--iceberg needs PyIceberg")
pytest.importorskip("sqlalchemy", reason="PyIceberg's SQLite catalogue needs SQLAlchemy")
pytest.importorskip("daft", reason="the corpus runner needs Daft")

from ainalym.corpus.iceberg import publish
from ainalym.corpus.store import Store
from ainalym.errors import UsageError

from .test_checks import reports, run  # noqa: F401 - fixtures

pytestmark = pytest.mark.filterwarnings("ignore")  # PyIceberg's own


@pytest.fixture
def catalog(tmp_path: Path, monkeypatch) -> str:
    monkeypatch.setenv("PYICEBERG_CATALOG__TEST__TYPE", "sql")
    monkeypatch.setenv("PYICEBERG_CATALOG__TEST__URI", f"sqlite:///{tmp_path}/catalog.db")
    monkeypatch.setenv("PYICEBERG_CATALOG__TEST__WAREHOUSE", f"file://{tmp_path}/warehouse")
    from pyiceberg.utils.config import Config

    monkeypatch.setattr("pyiceberg.catalog._ENV_CONFIG", Config())
    return "test"


def test_tables_hold_what_was_read_and_nothing_twice(run: Path, catalog: str, tmp_path: Path):  # noqa: F811
    from pyiceberg.catalog import load_catalog

    out = shutil.copytree(run, tmp_path / "out")
    store = Store(out)
    added = publish(store, catalog)
    claims = load_catalog(catalog).load_table("ainalym.claims")
    assert added["claims"] == store.load("claims").num_rows == claims.scan().to_arrow().num_rows
    assert [field.name for field in claims.spec().fields] == ["lang", "year"]
    assert set(publish(store, catalog).values()) == {0}
    store.write_bytes(store.manifest, b'{"another": "run"}')
    publish(store, catalog)
    assert claims.refresh().scan().to_arrow().num_rows == added["claims"]


def test_an_unknown_catalogue_is_told(run: Path):  # noqa: F811
    with pytest.raises(UsageError, match="no such catalogue"):
        publish(Store(run), "nowhere")
