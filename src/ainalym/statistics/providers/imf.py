"""IMF IMTS (once DOTS) by SDMX 2.1: yearly or monthly totals by partner, no key.

Settings: reporter, partner (codes of ours, commas; partner empty for all), start, end, freq (A, Q, M). Never run
against the live service from here. Its traps: ISO alpha-3 only (alpha-2 answers 200 and nothing), SCALE is for display
(values are in full dollars), groups of partners overlap, so only the world (G001) is kept of them.
"""

from __future__ import annotations

import datetime as dt
import re
import time
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from ...errors import SourceError, UsageError
from ..areas import find_area, load_areas
from ..parsed import Parsed, Row
from ..records import Declaration
from .files import is_headed, load_csv
from .table import parse_period
from .web import Client

BASE = "https://api.imf.org"
FLOW = "/external/sdmx/2.1/data/IMF.STA,IMTS,1.0.0"
ACCEPT = "application/vnd.sdmx.data+csv;version=1.0.0"
INDICATORS = {"XG_FOB_USD": ("X", "FOB"), "MG_CIF_USD": ("M", "CIF"), "MG_FOB_USD": ("M", "FOB")}
WORLD = "G001"
_GROUP = re.compile(r"G\d+$|G[A-Z]*\d+$|[A-Z]{2,3}\d+$|\d+$")
_MONTH = re.compile(r"(\d{4})-M(\d\d)$")


class Imf:
    wait: Callable[[float], None] = staticmethod(time.sleep)

    def fits(self, path: Path) -> bool:
        return is_headed(path, (".csv",), "COUNTRY", "INDICATOR", "COUNTERPART_COUNTRY", "OBS_VALUE")

    def list_vintages(self, options: Mapping[str, str]) -> list[tuple[str, dt.date | None]]:
        return []

    def fetch(self, options: Mapping[str, str], folder: Path) -> list[Path]:
        if "reporter" not in options:
            raise UsageError("imf needs --set reporter=KZ (and start=2018)")
        partner = "+".join(_find_iso3(code) for code in options.get("partner", "").split(",") if code)
        reporter = "+".join(_find_iso3(code) for code in options["reporter"].split(","))
        key = f"{reporter}.{'+'.join(INDICATORS)}.{partner}.{options.get('freq', 'A')}"
        params = {f"{name}Period": options[name] for name in ("start", "end") if name in options}
        target = folder / "imf-imts.csv"
        with Client(options.get("base", BASE), headers={"Accept": ACCEPT}, wait=self.wait) as client:
            client.save(f"{FLOW}/{key}", target, params)
        return [target]

    def parse(self, paths: Sequence[Path], declaration: Declaration, options: Mapping[str, str]) -> Parsed:
        rows: list[Row] = []
        groups: set[str] = set()
        for path in paths:
            for number, line in enumerate(load_csv(path), 2):
                partner = line["COUNTERPART_COUNTRY"]
                if line["INDICATOR"] not in INDICATORS or not line["OBS_VALUE"]:
                    continue
                if partner != WORLD and find_area(partner) is None and _GROUP.match(partner):
                    groups.add(partner)
                    continue
                try:
                    rows.append(_parse_line(line))
                except ValueError as error:
                    raise SourceError(f"line {number}: {error}", place=str(path)) from error
        if not rows:
            raise SourceError("no observation in it; the IMF answers so when a country is not in ISO alpha-3",
                              place=str(paths[0]))  # fmt: skip
        notes = (f"{len(groups)} overlapping groups of partners were left out: {', '.join(sorted(groups))}",)
        return Parsed(rows=rows, notes=notes if groups else (), codes={WORLD: "WORLD"},
                      vintage=dt.date.today(), vintage_note="the day of fetching")  # fmt: skip


def _find_iso3(code: str) -> str:
    if code.upper() in ("WORLD", WORLD):
        return WORLD
    area = load_areas().get(find_area(code) or "")
    if area is None or not area.iso3:
        raise UsageError(f"the IMF knows no country {code}")
    return area.iso3


def _parse_line(line: Mapping[str, str]) -> Row:
    flow, valuation = INDICATORS[line["INDICATOR"]]
    period = _MONTH.sub(r"\1-\2", line["TIME_PERIOD"])
    year, month, months = parse_period(period)
    return Row(line["COUNTRY"], flow, line["COUNTERPART_COUNTRY"], year, Decimal(line["OBS_VALUE"]), month=month,
               months=months, valuation=valuation, status=line.get("OBS_STATUS") or "A")  # fmt: skip


provider = Imf()
