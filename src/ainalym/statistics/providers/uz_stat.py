"""Uzbekistan's data sets 1105 (exports) and 1176 (imports): a row a country with its M49 number, a column a year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from ...errors import SourceError
from ..areas import find_area
from ..parsed import Parsed, Row
from ..records import Declaration
from .files import FileProvider, is_headed, load_csv, parse_number

THOUSAND = Decimal(1000)


class UzbekAgency(FileProvider):
    """Told by its columns Code, Klassifikator and years. The flow is in the file's name, or `--set flow=X`."""

    def fits(self, path: Path) -> bool:
        return is_headed(path, (".csv",), "Code,Klassifikator,", "Klassifikator_en")

    def parse(self, paths: Sequence[Path], declaration: Declaration, options: Mapping[str, str]) -> Parsed:
        rows = [row for path in paths for row in _parse_file(path, options.get("flow") or _find_flow(path))]
        flows = {row.flow for row in rows}
        last = max(row.year for row in rows)
        notes = () if flows == {"X", "M"} else (f"only the flow {', '.join(sorted(flows))} is in these files",)
        return Parsed(rows=rows, notes=notes, vintage=dt.date(last + 1, 2, 1),
                      vintage_note="assumed: the February after the last year")  # fmt: skip


def _find_flow(path: Path) -> str:
    name = path.name.lower()
    if "1105" in name or "export" in name:
        return "X"
    if "1176" in name or "import" in name:
        return "M"
    raise SourceError("the name says neither exports nor imports: give --set flow=X or M", place=str(path))


def _parse_file(path: Path, flow: str) -> list[Row]:
    rows = []
    for line in load_csv(path):
        years = [name for name in line if name.isdigit()]
        # The names are the second witness: the agency's numbers are M49, but for its own for "other countries".
        partner = line["Code"] if find_area(line["Code"]) else line["Klassifikator_ru"]
        for year in years:
            value = parse_number(line[year])
            if value is not None:
                rows.append(Row("UZ", flow, partner, int(year), value * THOUSAND))
    if not rows:
        raise SourceError("there is no figure in it", place=str(path))
    return rows


provider = UzbekAgency()
