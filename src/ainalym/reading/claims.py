"""Claims: every figure bound to its indicator, sides, period and modality.

Each slot takes the mention that costs least to reach from the figure: tokens between cost one each, commas, brackets
and other figures more, a mention on the unusual side of the figure more still. What a sentence leaves out comes from
the claim before, then from the report's main pair of sides; the trace says which.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ..model import Claim, Period, Span
from .confidence import rate
from .figures.drafts import Draft, make_draft, remember, share_rank
from .figures.kinds import find_measure
from .figures.measure import Measure
from .figures.memory import Memory
from .figures.ranks import find_ranks
from .figures.scene import Scene
from .figures.signs import find_signs
from .quantities import Quantity


def find_claims(scene: Scene) -> tuple[Claim, ...]:
    """All figure claims of one document, in the order of the text."""
    read = list(read_figures(scene))
    return rate([claim for claim, _ in read], [signs for _, signs in read], scene.lang)


def read_figures(scene: Scene) -> Iterator[tuple[Claim, tuple[str, ...]]]:
    """Figure by figure, each with what its confidence depends on; each may inherit from those before."""
    memory = Memory()
    for q, ranked in _figures(scene):
        measure = ranked or find_measure(scene, memory, q)
        draft = make_draft(scene, memory, q, measure) if measure is not None else None
        if draft is not None:
            memory = remember(scene, memory, draft)
            for each in (draft, *share_rank(scene, draft)):
                yield _make_claim(scene, each), find_signs(scene, each)


def _figures(scene: Scene) -> list[tuple[Quantity, Measure | None]]:
    """All numbers in order; a rank in words brings its measure along."""
    figures: list[tuple[Quantity, Measure | None]] = [(q, None) for q in scene.quantities]
    return sorted([*figures, *find_ranks(scene)], key=lambda figure: figure[0].first)


def _make_claim(scene: Scene, draft: Draft) -> Claim:
    q, measure, named, pair = draft.q, draft.measure, draft.named, draft.pair
    surface = scene.context.document.text[q.start : q.end]
    return Claim(
        surface=surface,
        indicator=draft.indicator,
        reporter=pair.reporter,
        partner=pair.partner,
        product=draft.product,
        period=_real(draft.when.period),
        kind=measure.kind,
        value=_plain(measure.value),
        unit=measure.unit,
        bound=draft.bound,
        modality=draft.modality,
        speaker=None,
        evidence=Span(q.start, q.end, surface),
        trace=(
            f"kind: {measure.rule}",
            f"indicator: {named.source}",
            f"sides: {pair.source}",
            f"period: {draft.when.source}",
        ),
    )


def _plain(value: Decimal) -> Decimal:
    """4400000000, not 4400000000.0 or 4.4E+9."""
    return Decimal(int(value)) if value == value.to_integral_value() else value.normalize()


def _real(period: Period | None) -> Period | None:
    """No period where neither end is known, or where it would end before it starts."""
    if period is None or period == (None, None):
        return None
    start, end = period
    return None if start and end and start > end else period
