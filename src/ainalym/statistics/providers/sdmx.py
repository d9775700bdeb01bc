"""SDMX-CSV 1.0 and 2.0 and SDMX-ML files in the vocabulary of IMTS, read by pysdmx."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec

from ...errors import SourceError, UsageError
from ..parsed import Parsed, Row
from ..records import Declaration
from .files import FileProvider, is_headed
from .table import parse_period

# Our name, then the names under which the IMTS structure and its kin carry the same concept.
_COLUMNS = {
    "reporter": ("REF_AREA", "REPORTER"),
    "flow": ("TRADE_FLOW", "FLOW"),
    "partner": ("COUNTERPART_AREA", "COUNTERPART_AREA_1", "PARTNER"),
    "commodity": ("COMMODITY", "COMMODITY_1", "PRODUCT"),
    "partner_type": ("PARTNER_TYPE", "COUNTERPART_AREA_1_TYPE"),
    "period": ("TIME_PERIOD",),
    "value": ("OBS_VALUE",),
    "mult": ("UNIT_MULT",),
    "status": ("OBS_STATUS",),
    "valuation": ("VALUATION",),
    "months": ("MONTHS",),
}
_NEEDED = ("reporter", "flow", "partner", "period", "value")


class SdmxProvider(FileProvider):
    """Told by the columns of SDMX-CSV or by an XML message."""

    def fits(self, path: Path) -> bool:
        if path.suffix.lower() == ".xml":
            return b"sdmx.org" in path.read_bytes()[:4000]
        return is_headed(path, (".csv",), "OBS_VALUE", "TIME_PERIOD", "TRADE_FLOW")

    def parse(self, paths: Sequence[Path], declaration: Declaration, options: Mapping[str, str]) -> Parsed:
        rows: list[Row] = []
        notes: list[str] = []
        for path in paths:
            for number, line in enumerate(load_observations(path), 1):
                try:
                    if (row := _parse_line(line)) is not None:
                        rows.append(row)
                except (KeyError, ValueError, ArithmeticError) as error:
                    raise SourceError(f"observation {number}: {error}", place=str(path)) from error
        if not rows:
            raise SourceError("there is no observation in it", place=str(paths[0]))
        changes = {
            name: options[name] for name in ("id", "title", "publisher", "licence", "reexport") if name in options
        }
        merged = msgspec.convert({**msgspec.to_builtins(declaration), **changes}, Declaration, strict=False)
        return Parsed(rows=rows, notes=tuple(notes), declaration=merged)


def load_observations(path: Path) -> Iterator[dict[str, str]]:
    """The observations of an SDMX file as text by column. Raises SourceError."""
    try:
        from pysdmx.errors import PysdmxError
        from pysdmx.io import read_sdmx
    except ImportError as error:
        raise UsageError("SDMX needs more packages: pip install 'ainalym[statistics]'") from error
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            message = read_sdmx(path, validate=True)
    except (PysdmxError, ValueError, KeyError, OSError, SyntaxError) as error:
        raise SourceError(f"this is no SDMX data, or it is cut: {error}", place=str(path)) from error
    for dataset in message.data or ():
        frame: Any = getattr(dataset, "data", None)
        attributes = {key: str(value) for key, value in (getattr(dataset, "attributes", None) or {}).items()}
        for record in frame.astype("object").where(frame.notna(), "").to_dict("records"):
            yield attributes | {str(key): str(value) for key, value in record.items()}


def _parse_line(line: Mapping[str, str]) -> Row | None:
    """One observation; None for one without a value. Areas may be given by a code list's prefix-free code."""
    found = {
        name: next((line[column] for column in columns if line.get(column)), None) for name, columns in _COLUMNS.items()
    }
    if line.get("OBS_VALUE", "") in ("", "NaN", "nan"):
        return None
    missing = [_COLUMNS[name][0] for name in _NEEDED if not found[name]]
    if missing:
        raise ValueError(f"{', '.join(missing)} is missing")
    if found["flow"] not in ("X", "M"):
        raise ValueError(f"the flow {found['flow']} is neither X nor M")
    year, month, months = _parse_period(str(found["period"]))
    commodity = found["commodity"] or "TOTAL"
    return Row(
        str(found["reporter"]), str(found["flow"]), str(found["partner"]), year,
        Decimal(str(found["value"])) * Decimal(10) ** int(found["mult"] or 0),
        commodity="TOTAL" if commodity in ("_T", "TOTAL", "HS_TOTAL", "SITC4_TOTAL") else commodity,
        level=find_level(commodity), month=month, months=int(found["months"] or months),
        partner_type=found["partner_type"], valuation=found["valuation"], status=found["status"] or "A",
    )  # fmt: skip


def _parse_period(text: str) -> tuple[int, int, int]:
    start, slash, length = text.partition("/P")
    if slash:
        year, month, _ = parse_period(start[:7])
        return year, month, int(length.removesuffix("M"))
    return parse_period(text)


def find_level(commodity: str) -> int:
    """How many digits a code of goods has; 0 for all goods."""
    return 0 if commodity in ("TOTAL", "_T") or commodity.endswith("_TOTAL") else sum(map(str.isdigit, commodity))


provider = SdmxProvider()
