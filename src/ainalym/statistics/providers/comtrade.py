"""UN Comtrade v1: preview without a key (500 rows), final data with one from `COMTRADE_KEY`.

Settings: reporter, partner (codes of ours; several parted by commas), years (2018-2022 or 2021,2022), flow (X, M or
both), commodity (TOTAL, AG2, AG4, AG6, codes), freq (A, M), classification (HS, H6 …). Never run against the live
service from here: its form is taken from published clients.
"""

from __future__ import annotations

import datetime as dt
import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec

from ...errors import SourceError, TransientError, UsageError
from ..areas import find_area, load_areas
from ..parsed import Parsed, Row
from ..records import Declaration
from .sdmx import find_level
from .web import Client

BASE = "https://comtradeapi.un.org"
PERIODS_A_CALL = 12
ROWS_PREVIEW, ROWS_KEY = 500, 100_000
# Without these pins the service answers one row for each customs procedure, mode of transport and second partner.
PINNED = {"partner2Code": "0", "customsCode": "C00", "motCode": "0"}
_FLOWS = {"X": "X", "M": "M"}


class Comtrade:
    """`wait` sleeps between tries; tests give their own."""

    wait: Callable[[float], None] = staticmethod(time.sleep)

    def fits(self, path: Path) -> bool:
        if path.suffix.lower() != ".json":
            return False
        with path.open("rb") as file:
            head = file.read(4000)
        return b'"elapsedTime"' in head and b'"data"' in head

    def list_vintages(self, options: Mapping[str, str]) -> list[tuple[str, dt.date | None]]:
        """What is there for a reporter (getDA), with the dates of release."""
        reporter = _find_number(options["reporter"])
        with self._client(options) as client:
            answer = client.load_json(
                f"/public/v1/getDA/C/{options.get('freq', 'A')}/{options.get('classification', 'HS')}",
                {"reporterCode": reporter},
            )
        return [
            (str(row["period"]), dt.date.fromisoformat(row["lastReleased"][:10]) if row.get("lastReleased") else None)
            for row in _rows(answer, "getDA")
        ]

    def fetch(self, options: Mapping[str, str], folder: Path) -> list[Path]:
        """One JSON file a call; calls are cut so that none reaches the cap of rows."""
        if "reporter" not in options or "years" not in options:
            raise UsageError("comtrade needs --set reporter=KZ --set years=2018-2022")
        key = os.environ.get("COMTRADE_KEY")
        saved: list[Path] = []
        with self._client(options) as client:
            for query in _make_queries(options):
                for rows in _fetch_rows(client, options, query, key):
                    path = folder / f"comtrade-{len(saved):04}.json"
                    path.write_bytes(
                        msgspec.json.encode({"elapsedTime": "", "count": len(rows), "data": rows, "error": ""})
                    )
                    saved.append(path)
        if not saved:
            raise SourceError("the service has no rows for this", place="comtrade")
        return saved

    def _client(self, options: Mapping[str, str]) -> Client:
        return Client(options.get("base", BASE), wait=self.wait, pause=float(options.get("pause", "1.5")))

    def parse(self, paths: Sequence[Path], declaration: Declaration, options: Mapping[str, str]) -> Parsed:
        rows = []
        for path in paths:
            try:
                answer = msgspec.json.decode(path.read_bytes())
            except msgspec.DecodeError as error:
                raise SourceError(f"the answer is cut or no JSON: {error}", place=str(path)) from error
            for number, line in enumerate(_rows(answer, str(path)), 1):
                try:
                    rows.append(_parse_row(line))
                except (KeyError, TypeError, ValueError, ArithmeticError) as error:
                    raise SourceError(f"row {number}: {error!r}", place=str(path)) from error
        return Parsed(rows=rows, vintage=dt.date.today(), vintage_note="the day of fetching")


def _find_number(code: str) -> str:
    if code.isdigit():
        return code
    area = load_areas().get(find_area(code) or "")
    if area is None or not (area.comtrade or area.kind == "world"):
        raise UsageError(f"comtrade knows no country {code}")
    return area.comtrade or "0"


def _make_queries(options: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """Calls of at most twelve periods, as the service allows."""
    periods = parse_years(options["years"])
    if options.get("freq", "A") == "M":
        periods = [f"{year}{month:02}" for year in periods for month in range(1, 13)]
    common = {
        "reporterCode": ",".join(map(_find_number, options["reporter"].split(","))),
        "cmdCode": options.get("commodity", "TOTAL"),
        "flowCode": options.get("flow", "X,M"),
        **PINNED,
    }
    if options.get("partner"):
        common["partnerCode"] = ",".join(map(_find_number, options["partner"].split(",")))
    for start in range(0, len(periods), PERIODS_A_CALL):
        yield common | {"period": ",".join(periods[start : start + PERIODS_A_CALL])}


def parse_years(text: str) -> list[str]:
    """Years of a list with ranges.

    >>> parse_years("2018-2020,2022")
    ['2018', '2019', '2020', '2022']
    """
    years: list[str] = []
    for part in text.split(","):
        first, _, last = part.partition("-")
        if not (first.isdigit() and (last or first).isdigit()):
            raise UsageError(f"{text!r} names no years: write 2018-2022 or 2021,2022")
        years += map(str, range(int(first), int(last or first) + 1))
    return years


def _fetch_rows(
    client: Client, options: Mapping[str, str], query: Mapping[str, str], key: str | None
) -> Iterator[list[dict[str, Any]]]:
    """Rows of a query, halved by periods, then by flows, until the count says that no call reaches the cap."""
    cap = ROWS_KEY if key else ROWS_PREVIEW
    place = f"{options.get('freq', 'A')}/{options.get('classification', 'HS')}"
    path = f"/data/v1/get/C/{place}" if key else f"/public/v1/preview/C/{place}"
    params = dict(query) | ({"subscription-key": key} if key else {}) | {"maxRecords": str(cap)}
    if key:
        counted = client.load_json(path, params | {"countOnly": "true"})
        count = int(counted.get("count") or 0)
        if count < cap:
            rows = _rows(client.load_json(path, params), path)
            if len(rows) < count:
                raise TransientError(f"{len(rows)} of {count} rows came", place=path)
            if rows:
                yield rows
            return
    else:
        rows = _rows(client.load_json(path, params), path)
        if len(rows) < cap:
            if rows:
                yield rows
            return
    for part in _split(query, path):
        yield from _fetch_rows(client, options, part, key)


def _split(query: Mapping[str, str], path: str) -> list[dict[str, str]]:
    for name in ("period", "flowCode", "reporterCode", "partnerCode"):
        values = query.get(name, "").split(",")
        if len(values) > 1:
            half = len(values) // 2
            return [dict(query) | {name: ",".join(part)} for part in (values[:half], values[half:])]
    raise SourceError("one call gives more rows than the service hands out: name partners or fewer goods", place=path)


def _rows(answer: Any, place: str) -> list[dict[str, Any]]:
    if not isinstance(answer, dict) or "data" not in answer:
        raise SourceError("the answer is not Comtrade's", place=place)
    if answer.get("error"):
        raise SourceError(f"the service says: {answer['error']}", place=place)
    rows: list[dict[str, Any]] = answer["data"] or []
    return rows


def _parse_row(line: Mapping[str, Any]) -> Row:
    period = str(line["period"])
    month, months = (int(period[4:]), 1) if len(period) == 6 else (1, 12)
    code = str(line["cmdCode"])
    goods = "TOTAL" if code == "TOTAL" else "HS" + code
    imports = line["flowCode"] == "M"
    given_fob = imports and line.get("cifvalue") is None and line.get("fobvalue") is not None
    return Row(
        str(line["reporterCode"]), _FLOWS[line["flowCode"]], str(line["partnerCode"]), int(period[:4]),
        Decimal(repr(line["primaryValue"])), commodity=goods, level=find_level(goods), month=month, months=months,
        valuation="FOB" if given_fob else None, status="E" if line.get("legacyEstimationFlag") else "A",
        qty=line.get("netWgt"), qty_unit="kg" if line.get("netWgt") is not None else None,
    )  # fmt: skip


provider = Comtrade()
