"""The datasets of a run as Apache Iceberg tables, in any catalogue that PyIceberg knows by its configuration."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from ..errors import SourceError, UsageError
from .rows import PARTITIONS, READ
from .store import DATASETS, Store

NAMESPACE = "ainalym"
RUN = "ainalym.run"  # property of a table: the checksum of the run that filled it last


def publish(store: Store, catalog: str) -> dict[str, int]:
    """Put the datasets of a finished run into the tables `ainalym.documents` and so on; gives the rows of each.

    A table that holds this very run is left as it is; documents that a table already has are replaced.
    """
    if not store.manifest.exists():
        raise SourceError("holds no finished run of `corpus read`", place=str(store.folder))
    loaded = _load_catalog(catalog)
    loaded.create_namespace_if_not_exists(NAMESPACE)
    return {name: _fill(loaded, name, store) for name in DATASETS}


def _load_catalog(name: str) -> Any:
    try:
        from pyiceberg.catalog import load_catalog
    except ImportError:
        raise UsageError("--iceberg needs PyIceberg: pip install 'ainalym[corpus-iceberg]'") from None
    try:
        return load_catalog(name)
    except Exception as error:
        raise UsageError(f"--iceberg {name}: no such catalogue in PyIceberg's configuration ({error})") from None


def _fill(catalog: Any, name: str, store: Store) -> int:
    from .store import hash_file

    schema = pa.unify_schemas([DATASETS[name], PARTITIONS]) if name in READ else DATASETS[name]
    table = catalog.create_table_if_not_exists(f"{NAMESPACE}.{name}", schema=schema)
    run = hash_file(store.manifest)
    if name in READ and not table.spec().fields:
        with table.update_spec() as spec:
            spec.add_identity("lang")
            spec.add_identity("year")
    if table.properties.get(RUN) == run:
        return 0
    rows = store.load(name)
    key = {"documents": "id", "skipped": "place", "sightings": "place"}.get(name, "document")
    with table.transaction() as change:
        if table.current_snapshot() is not None and rows.num_rows:
            _drop(change, key, rows.column(key).unique().to_pylist())
        if rows.num_rows:
            change.append(rows.cast(schema))
        change.set_properties({RUN: run})
    return int(rows.num_rows)


def _drop(change: Any, column: str, values: list[str]) -> None:
    from pyiceberg import expressions

    is_in: Any = expressions.In
    change.delete(is_in(column, values))


__all__ = ["NAMESPACE", "publish"]
