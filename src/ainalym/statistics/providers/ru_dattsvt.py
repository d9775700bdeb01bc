"""Russian customs' DATTSVT.csv (in a zip or not): direction, month, country, ten-digit code, region."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from ...errors import SourceError
from ..areas import find_okato
from ..parsed import Parsed, Row
from ..records import Declaration
from .files import FileProvider, is_headed, load_csv, open_zip, parse_number

_FLOWS = {"ЭК": "X", "ИМ": "M", "EK": "X", "IM": "M"}


class RussianCustoms(FileProvider):
    """Told by its columns napr, period, nastranapr, tnved, …"""

    def fits(self, path: Path) -> bool:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                return any(name.upper().endswith("DATTSVT.CSV") for name in archive.namelist())
        return is_headed(path, (".csv", ".txt"), "napr", "nastranapr", "tnved", "stoim")

    def parse(self, paths: Sequence[Path], declaration: Declaration, options: Mapping[str, str]) -> Parsed:
        rows = [row for path in paths for row in _parse_file(path)]
        if not rows:
            raise SourceError("there is no figure in it", place=str(paths[0]))
        last = max((row.year, row.month) for row in rows)
        day = dt.date(last[0] + last[1] // 12, last[1] % 12 + 1, 20)
        return Parsed(rows=rows, vintage=day, vintage_note="assumed: the month after the last one")


def _parse_file(path: Path) -> list[Row]:
    if not zipfile.is_zipfile(path):
        return _parse_rows(path, str(path))
    rows = []
    with open_zip(path) as archive:
        for name in archive.namelist():
            if name.upper().endswith("DATTSVT.CSV"):
                plain = path.with_name(path.stem + ".DATTSVT.csv.tmp")
                try:
                    plain.write_bytes(io.BytesIO(archive.read(name)).getvalue())
                    rows += _parse_rows(plain, f"{path}:{name}")
                finally:
                    plain.unlink(missing_ok=True)
    return rows


def _parse_rows(path: Path, place: str) -> list[Row]:
    rows = []
    for number, raw in enumerate(load_csv(path, delimiter="\t"), 2):
        line = {name.strip().lower(): value.strip() for name, value in raw.items()}
        try:
            rows.append(_parse_row(line))
        except (KeyError, ValueError) as error:
            raise SourceError(f"line {number}: {error}", place=place) from error
    return rows


def _parse_row(line: Mapping[str, str]) -> Row:
    month, year = line["period"].split("/")
    okato = line["region"].split(" ")[0]
    region = find_okato(okato)
    if region is None:
        raise ValueError(f"no region has the OKATO code {okato}")
    weight = parse_number(line["netto"])
    return Row(
        region, _FLOWS[line["napr"].upper()], line["nastranapr"], int(year), parse_number(line["stoim"]) or Decimal(0),
        commodity="TN" + line["tnved"], level=len(line["tnved"]), month=int(month), months=1,
        qty=float(weight) if weight is not None else None, qty_unit="kg",
    )  # fmt: skip


provider = RussianCustoms()
