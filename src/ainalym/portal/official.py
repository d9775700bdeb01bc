"""Official figures as the pages show them: full years of both sides, with reporter, principle, vintage and source."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from ..errors import AinalymError
from ..ledger.official import find_official, statistics_stamp
from ..statistics import OfficialInterval
from ..statistics.areas import load_areas
from ..statistics.figures import make_period

FLOWS = ("turnover", "exports", "imports")
_LOG = logging.getLogger(__name__)


class Yearly(NamedTuple):
    """By year: what the one side's office says of a flow, and what the other's says of the same flow."""

    own: Mapping[int, OfficialInterval]
    other: Mapping[int, OfficialInterval]

    @property
    def series(self) -> Mapping[int, OfficialInterval]:
        """The side's own figures, or the other's where it has none."""
        return self.own or self.other


NOTHING = Yearly({}, {})


def find_yearly(flow: str, reporter: str | None, partner: str | None) -> Yearly:
    """The official figures of a flow; nothing for regions, and where the store cannot be read."""
    if flow not in FLOWS or reporter not in load_areas() or partner not in load_areas() or reporter == partner:
        return NOTHING
    try:
        return _find_yearly(statistics_stamp(), flow, reporter, partner)
    except AinalymError as error:
        _LOG.warning("official figures of %s and %s: %s", reporter, partner, error)
        return NOTHING


@lru_cache(maxsize=4096)
def _find_yearly(stamp: int, flow: str, reporter: str, partner: str) -> Yearly:
    years = sorted({item.period[0].year for item in find_official(flow, reporter, partner)})
    # Asked for year by year, months that nobody summed up are added.
    found = {year: find_official(flow, reporter, partner, None, make_period(year)) for year in years}
    own, other = (
        {year: first for year, items in found.items() if (first := next((i for i in items if i.side == side), None))}
        for side in ("own", "other")
    )
    return Yearly(own, other)
