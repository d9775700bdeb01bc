"""The whole ledger as one file, whatever database it lies in, and back.

A zip archive: `manifest.json` (format, versions, time, and for each table its rows and the SHA-256 of its lines) and a
file `tables/NAME.jsonl` for each table, a row a line under the columns' names, in the order of the primary key. Left
out is what is made anew (the search index) and what holds for one installation alone (sessions).
"""

from __future__ import annotations

import base64
import datetime as dt
import decimal
import hashlib
import json
import uuid
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import IO, Any

import msgspec
from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.migrations.recorder import MigrationRecorder

from .. import __version__
from ..errors import AinalymError
from .models import Change

FORMAT = "ainalym ledger 1"
_MANY = 1_000
# What belongs to one installation or comes by itself with the tables.
_LEFT_OUT = {
    "sessions.session", "usersessions.usersession", "contenttypes.contenttype", "auth.permission", "admin.logentry",
    "wagtailsearch.indexentry", "wagtailsearch.sqliteftsindexentry",
}  # fmt: skip
# Rows that every installation numbers for itself are named.
_NAMED = {
    "contenttypes.contenttype": ("app_label", "model"),
    "auth.permission": ("content_type__app_label", "content_type__model", "codename"),
}

Told = Callable[[str, int], None]  # a table, and how many of its rows are done


class Table(msgspec.Struct, frozen=True):
    """One table in an archive."""

    name: str
    rows: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True):
    """What an archive holds, and of which version of the program: its tables, and the migrations that made them."""

    format: str
    version: str
    made: dt.datetime
    migrations: list[str]
    tables: list[Table]


class BrokenArchive(AinalymError):
    """A file that is no whole archive of a ledger."""


def list_models() -> list[type[models.Model]]:
    """All tables that go into an archive, each after those that it refers to."""
    wanted = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.label_lower not in _LEFT_OUT and model._meta.managed and not model._meta.proxy
    ]
    done: dict[type[models.Model], None] = {}

    def visit(model: type[models.Model], trail: tuple[type[models.Model], ...] = ()) -> None:
        if model in done or model in trail or model not in wanted:
            return
        for field in model._meta.concrete_fields:
            if field.remote_field:
                visit(field.remote_field.model, (*trail, model))
        done[model] = None

    for model in sorted(wanted, key=lambda model: model._meta.label_lower):
        visit(model)
    return list(done)


def _applied() -> list[str]:
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


# -- out --------------------------------------------------------------------------------------------------------------


def write_backup(out: IO[bytes], *, tell: Told = lambda *_: None) -> Manifest:
    """All tables as they are at one moment, while others go on reading and writing."""
    tables = []
    with _snapshot(), zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for model in list_models():
            tables.append(_write_table(archive, model, tell))
        manifest = Manifest(FORMAT, __version__, dt.datetime.now(dt.UTC), _applied(), tables)
        archive.writestr("manifest.json", msgspec.json.format(msgspec.json.encode(manifest), indent=1))
    return manifest


@contextmanager
def _snapshot() -> Iterator[None]:
    """A transaction that sees nothing of what others write meanwhile, and holds nobody up."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
    else:
        # Django would begin a transaction that locks out other writers; a plain one reads as of its start.
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")


def _write_table(archive: zipfile.ZipFile, model: type[models.Model], tell: Told) -> Table:
    name, fields = model._meta.label_lower, model._meta.local_concrete_fields
    columns = [field.attname for field in fields]
    named = {field.attname: _name_rows(field) for field in fields if _is_named(field)}
    digest, count = hashlib.sha256(), 0
    rows = model._base_manager.order_by("pk").values_list(*columns).iterator(chunk_size=_MANY)
    with archive.open(f"tables/{name}.jsonl", "w", force_zip64=True) as file:
        for row in rows:
            values = dict(zip(columns, row, strict=True))
            values |= {column: names.get(values[column]) for column, names in named.items()}
            line = json.dumps(values, ensure_ascii=False, default=_plain).encode() + b"\n"
            digest.update(line)
            file.write(line)
            count += 1
            if count % _MANY == 0:
                tell(name, count)
    tell(name, count)
    return Table(name, count, digest.hexdigest())


def _is_named(field: Any) -> bool:
    return bool(field.remote_field) and field.remote_field.model._meta.label_lower in _NAMED


def _name_rows(field: Any) -> dict[int, str]:
    """Number to name of the rows that a column refers to."""
    model = field.remote_field.model
    rows = model._base_manager.values_list("pk", *_NAMED[model._meta.label_lower])
    return {pk: ".".join(names) for pk, *names in rows}


def _plain(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    if isinstance(value, decimal.Decimal | uuid.UUID | dt.timedelta):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no form in an archive")


# -- back -------------------------------------------------------------------------------------------------------------


def read_manifest(path: Path) -> Manifest:
    """The manifest of an archive, after every byte of it was looked at. BrokenArchive says what is wrong."""
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = msgspec.json.decode(archive.read("manifest.json"), type=Manifest)
            if manifest.format != FORMAT:
                raise BrokenArchive(f"is of another format ({manifest.format[:60]})", place=str(path))
            for table in manifest.tables:
                _check_table(archive, table, path)
    except FileNotFoundError:
        raise BrokenArchive("does not exist; check the path", place=str(path)) from None
    except (zipfile.BadZipFile, zlib.error, KeyError, msgspec.MsgspecError, EOFError, ValueError, OSError) as error:
        why = " ".join(str(error).split())
        raise BrokenArchive(f"is no whole archive of a ledger ({why})", place=str(path)) from None
    known = {model._meta.label_lower for model in list_models()}
    if unknown := sorted({table.name for table in manifest.tables} - known):
        raise BrokenArchive(f"holds tables that this version does not know: {', '.join(unknown)}", place=str(path))
    if newer := sorted(set(manifest.migrations) - set(_applied())):
        raise BrokenArchive(f"was made by a newer version ({manifest.version}): {newer[0]}", place=str(path))
    return manifest


def _check_table(archive: zipfile.ZipFile, table: Table, path: Path) -> None:
    digest, rows = hashlib.sha256(), 0
    with archive.open(f"tables/{table.name}.jsonl") as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
            rows += piece.count(b"\n")
    if digest.hexdigest() != table.sha256 or rows != table.rows:
        raise BrokenArchive(f"is damaged: {table.name} is not what its manifest says", place=str(path))


def is_empty() -> bool:
    """Whether there is nothing that a restore would take away: no report and no person."""
    return not any(apps.get_model(name)._base_manager.exists() for name in ("ledger.Document", "auth.User"))


def restore_backup(path: Path, manifest: Manifest, *, tell: Told = lambda *_: None) -> None:
    """The tables as the archive has them, in place of what is there; all or nothing."""
    wanted = {model._meta.label_lower: model for model in list_models()}
    with zipfile.ZipFile(path) as archive, transaction.atomic():
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                tables = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in wanted.values())
                cursor.execute(f"LOCK TABLE {tables} IN ACCESS EXCLUSIVE MODE")
            else:
                cursor.execute("PRAGMA defer_foreign_keys = ON")
        for model in reversed(list(wanted.values())):
            model._base_manager.all()._raw_delete(connection.alias)
        for table in manifest.tables:
            _read_table(archive, wanted[table.name], tell)
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), list(wanted.values())):
                cursor.execute(statement)
        Change.objects.create(kind="restore", author="ainalym restore", reason=f"{path.name}, {manifest.made:%F %R}")


def _read_table(archive: zipfile.ZipFile, model: type[models.Model], tell: Told) -> None:
    """By plain INSERTs: Django's own way would put in the time of now, and cannot do tables that extend another."""
    fields = {field.attname: field for field in model._meta.local_concrete_fields}
    named = {
        name: {told: pk for pk, told in _name_rows(field).items()} for name, field in fields.items() if _is_named(field)
    }
    done = 0
    with archive.open(f"tables/{model._meta.label_lower}.jsonl") as file, connection.cursor() as cursor:
        while lines := list(islice(file, _MANY)):
            rows = [_prepare(fields, named, json.loads(line)) for line in lines]
            quoted = [connection.ops.quote_name(field.column) for field in fields.values()]
            places = ", ".join(["%s"] * len(quoted))
            table = connection.ops.quote_name(model._meta.db_table)
            sql = f"INSERT INTO {table} ({', '.join(quoted)}) VALUES ({places})"  # noqa: S608 - names of our own
            cursor.executemany(sql, [row for row in rows if row is not None])
            done += len(rows)
            tell(model._meta.label_lower, done)


def _prepare(fields: dict[str, Any], named: dict[str, dict[str, int]], values: dict[str, Any]) -> list[Any] | None:
    """The values of one row as the database takes them; None for a right that this installation does not know."""
    row = []
    for name, field in fields.items():
        value = values[name] if name in values else field.get_default()
        if name in named and value is not None:
            value = named[name].get(value)
            if value is None:
                return None
        elif isinstance(field, models.BinaryField) and value is not None:
            value = base64.b64decode(value)
        elif not isinstance(field, models.JSONField):
            value = field.to_python(value)
        row.append(field.get_db_prep_save(value, connection))
    return row
