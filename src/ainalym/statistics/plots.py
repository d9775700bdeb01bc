"""Charts of yearly figures as SVG or PNG; needs matplotlib (the extra `plots`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ..errors import UsageError


def plot_lines(
    rows: Sequence[Mapping[str, Any]], x: str, names: Sequence[str], path: Path, *, title: str, unit: str,
    band: tuple[float, float, float] | None = None, until: int | None = None, line: float | None = None,
) -> None:  # fmt: skip
    """Lines of some columns over years, amounts in millions; a target as a line, a forecast as a band."""
    if path.suffix.lower() not in (".svg", ".png"):
        raise UsageError(f"{path}: a plot is SVG or PNG")
    try:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.backends.backend_svg import FigureCanvasSVG
        from matplotlib.figure import Figure
        from matplotlib.ticker import MaxNLocator
    except ImportError as error:
        raise UsageError("plots need matplotlib: pip install 'ainalym[plots]'") from error
    figure = Figure(figsize=(8, 4.5), layout="constrained")
    (FigureCanvasSVG if path.suffix.lower() == ".svg" else FigureCanvasAgg)(figure)
    axes = figure.add_subplot()
    scale = 1e6 if unit == "US dollars" else 1.0
    for name in names:
        points = [(row[x], float(row[name]) / scale) for row in rows if row.get(name) is not None]
        axes.plot([p[0] for p in points], [p[1] for p in points], marker="o", label=name)
    if line is not None:
        axes.axhline(line / scale, linestyle="--", color="black", label="target")
    if band and until and rows:
        last = max((row for row in rows if row.get(names[0]) is not None), key=lambda row: row[x])
        start = float(last[names[0]]) / scale
        low, middle, high = (value / scale for value in band)
        axes.fill_between([last[x], until], [start, low], [start, high], alpha=0.2, label="80 % band")
        axes.plot([last[x], until], [start, middle], linestyle=":")
    axes.set_title(title)
    axes.set_ylabel("mln US dollars" if scale > 1 else unit)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.grid(alpha=0.3)
    axes.legend()
    figure.savefig(path)
