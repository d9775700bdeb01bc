"""CEPII BACI: a zip (or its folder) with one CSV a year and the tables of country and product codes.

`BACI_HS17_Y2021_V202401.csv` has t, i, j, k, v, q: year, exporter, importer, HS6 code, thousand US dollars FOB, tonnes.
A row is both sides' figure, so it serves as the exporter's exports and the importer's imports.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
import shutil
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from ...errors import SourceError
from ..areas import find_area
from ..parsed import Chunk, Parsed
from ..records import Declaration
from ..views import quote
from .files import FileProvider, open_zip

_YEAR = re.compile(r"BACI_(HS\d\d)_Y(\d{4})_V(\d{4})(\d\d)b?\.(?:csv|parquet)$", re.IGNORECASE)
_PRODUCTS = re.compile(r"product_codes.*\.csv$", re.IGNORECASE)
_COUNTRIES = re.compile(r"country_codes.*\.csv$", re.IGNORECASE)
# BACI's own numbers, where they are not M49's or Comtrade's.
OWN_CODES = {"490": "TW", "58": "BE", "736": "SD", "891": "CS", "280": "DE", "278": "DD", "810": "SU", "200": "CZ",
             "890": "YU", "711": "ZA", "849": "UM", "697": "_X", "530": "AN"}  # fmt: skip


class Baci(FileProvider):
    """Told by the names of the files."""

    def fits(self, path: Path) -> bool:
        if path.suffix.lower() == ".zip" and zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                return any(_YEAR.search(name) for name in archive.namelist())
        return bool(_YEAR.search(path.name))

    def parse(self, paths: Sequence[Path], declaration: Declaration, options: Mapping[str, str]) -> Parsed:
        scratch: list[Path] = []
        files = sorted((file for path in paths for file in _unpack(path, scratch)), key=lambda f: f.name)
        years = [(file, found) for file in files if (found := _YEAR.search(file.name))]
        if not years:
            raise SourceError("no BACI_HS…_Y…_V… file in it", place=str(paths[0]))
        versions = {(found[1], found[3], found[4]) for _, found in years}
        if len(versions) > 1:
            raise SourceError("files of different versions or revisions must not be mixed", place=str(paths[0]))
        revision, year, month = versions.pop()
        codes, labels = _load_codes(next((f for f in files if _COUNTRIES.search(f.name)), None), years[0][0])
        return Parsed(
            chunks=[Chunk(f"{found[2]}", _select(file), sorted=True) for file, found in years],
            labels=frozenset(labels),
            products=_select_products(files),
            codes=codes,
            vintage=dt.date(int(year), int(month), 1),
            vintage_note=f"version {year}{month}",
            constants={"trade_flow": "X", "level": 6, "partner_type": "RECONCILED", "valuation": "FOB",
                       "month": 1, "months": 12, "is_aggregate": False, "obs_status": "A",
                       "qty_unit": "t"},
            reconciled=True,
            scratch=tuple(scratch),
            declaration=msgspec.structs.replace(
                declaration, id=f"baci-{revision.lower()}", classification=revision.upper()
            ),
        )  # fmt: skip


def _unpack(path: Path, scratch: list[Path]) -> list[Path]:
    """The files of a zip, unpacked into a scratch folder that the load removes when it is done."""
    if path.suffix.lower() != ".zip":
        return [path]
    folder = Path(tempfile.mkdtemp(prefix="ainalym-baci-"))
    scratch.append(folder)
    with open_zip(path) as archive:
        for info in archive.infolist():
            name = Path(info.filename).name
            if any(form.search(name) for form in (_YEAR, _COUNTRIES, _PRODUCTS)):
                try:
                    with archive.open(info) as source, (folder / name).open("wb") as target:
                        shutil.copyfileobj(source, target, 1 << 20)
                except (zipfile.BadZipFile, EOFError, OSError) as error:
                    shutil.rmtree(folder, ignore_errors=True)
                    raise SourceError(f"{name} is broken in the zip: {error}", place=str(path)) from error
    return list(folder.iterdir())


def _load_codes(table: Path | None, first: Path) -> tuple[dict[str, str], set[str]]:
    """Numbers of countries to our codes, from the table that comes with the data, else from M49."""
    if table is None:
        known = {str(n): code for n in range(1, 1000) if (code := OWN_CODES.get(str(n)) or find_area(str(n)))}
        return known, set(known)
    codes = {}
    with table.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            number = row["country_code"]
            code = OWN_CODES.get(number) or find_area(row.get("country_iso2") or "") or find_area(number)
            codes[number] = code or find_area(row.get("country_iso3") or "") or ""
    return {n: code for n, code in codes.items() if code}, set(codes)


def _select_products(files: Sequence[Path]) -> str:
    """The list of products: from the table that comes with the data, else from the data where that is quick to read."""
    table = next((file for file in files if _PRODUCTS.search(file.name)), None)
    if table:
        return (
            f"SELECT code AS label, 'HS' || code AS code FROM read_csv({quote(table)}, header=true, all_varchar=true)"
        )
    if all(file.suffix == ".parquet" for file in files):
        names = ", ".join(map(quote, files))
        return f"SELECT k AS label, 'HS' || k AS code FROM (SELECT DISTINCT k FROM read_parquet([{names}]))"
    return ""


def _select(file: Path) -> str:
    columns = "{'t': 'SMALLINT', 'i': 'SMALLINT', 'j': 'SMALLINT', 'k': 'VARCHAR', 'v': 'DOUBLE', 'q': 'DOUBLE'}"
    table = f"read_parquet({quote(file)})"
    if file.suffix.lower() == ".csv":
        table = (
            f"read_csv({quote(file)}, header=true, delim=',', columns={columns}, nullstr=['', 'NA', '           NA'])"
        )
    return (
        "SELECT i AS reporter, j AS partner, k AS product, 'HS' || k AS commodity, t AS year, "
        "CAST(i AS INTEGER) * 1000 + j AS sort_key, "
        f"v * 1000 AS obs_value, q AS qty FROM {table}"
    )


provider = Baci()
