"""The difference of two vintages of one source, cell by cell."""

from __future__ import annotations

from typing import Any

from .store import Store
from .views import quote


def diff_vintages(store: Store, old: str, new: str, *, tolerance: float = 0.0) -> list[dict[str, Any]]:
    """Cells that are in both vintages with another value, or in one only though both cover its reporter and year.

    `tolerance` is the relative change that is passed over. `change` is new / old - 1.
    """
    older, newer = store.find(old), store.find(new)
    con = store.connect()
    key = "ref_area, trade_flow, counterpart_area, commodity, year, month, months, partner_type, valuation"
    covered = {tuple(c) for c in older.coverage} & {tuple(c) for c in newer.coverage}
    scope = con.execute("CREATE TEMP TABLE scope (area VARCHAR, months INTEGER, year INTEGER)")
    if covered:
        scope.executemany("INSERT INTO scope VALUES (?, ?, ?)", sorted(covered))
    sides = [
        f"SELECT {key}, obs_value FROM obs JOIN scope USING (months, year) WHERE dataset = {quote(m.id)} "
        "AND (scope.area = '*' OR scope.area = ref_area)"
        for m in (older, newer)
    ]
    found = con.execute(
        f"SELECT {key}, o.obs_value AS old, n.obs_value AS new, n.obs_value - o.obs_value AS difference, "
        "CAST(n.obs_value AS DOUBLE) / NULLIF(CAST(o.obs_value AS DOUBLE), 0) - 1 AS change "
        f"FROM ({sides[0]}) o FULL JOIN ({sides[1]}) n USING ({key}) "
        "WHERE o.obs_value IS DISTINCT FROM n.obs_value "
        "AND (o.obs_value IS NULL OR n.obs_value IS NULL "
        f"OR abs(n.obs_value - o.obs_value) > {float(tolerance)} * abs(o.obs_value)) "
        "ORDER BY abs(COALESCE(n.obs_value, 0) - COALESCE(o.obs_value, 0)) DESC, 1, 2, 3"
    )
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
