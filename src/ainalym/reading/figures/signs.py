"""Signs: what the reading of a figure took, for its confidence: costs, rules, how crowded its sentence is."""

from __future__ import annotations

from .codes import is_home
from .drafts import Draft
from .scene import Scene, sentence_at


def find_signs(scene: Scene, draft: Draft) -> tuple[str, ...]:
    """Names of what speaks for or against a claim; costs are counted in steps."""
    q, sentence = draft.q, sentence_at(scene, draft.q)
    mark = draft.named.mark
    others = {s.code for s in scene.sides[sentence] if not is_home(scene.main.home, s.code)}
    return (
        f"kind: {draft.measure.rule}",
        f"indicator: {draft.named.source} {min(draft.named.price // 4, 6)}",
        f"sides: {draft.pair.source} {min(draft.pair.price // 5, 7)}",
        f"period: {draft.when.source} {min(draft.when.price // 5, 7)}",
        f"other sides in the sentence: {min(len(others), 4)}",
        f"other sides in the report: {min(scene.main.others, 6)}",
        f"figures in the sentence: {min(len(scene.figures[sentence]), 6)}",
        f"times in the sentence: {min(len(scene.times[sentence]), 3)}",
        f"times in the report: {sum(scene.spans > step for step in (0, 1, 2, 3, 5))}",
        f"pair in the report: {scene.main.paired}",
        f"own side ahead: {sum(scene.main.lead > step for step in (0.45, 0.5, 0.55, 0.6, 0.7, 0.8))}",
        f"script: {scene.context.script}",
        f"word: {mark.value if mark is not None else None}",
        f"in a bracket: {bool(scene.bracket_of[q.first])}",
        f"in words: {q.words}",
        f"sentence: {min(sentence, 5)}",
    )
