"""Modality and bound: is a figure a fact, an aim, an expectation or an ability, and what does its hedge allow?"""

from __future__ import annotations

from typing import get_args

from ...model import Bound, Modality
from ..quantities import Quantity
from .marks import HABITUAL, Mark
from .scene import FAR, Scene, cost, has_cue, sentence_at

_MODALITIES: dict[str, Modality] = {name: name for name in get_args(Modality)}
_BOUNDS: dict[str, Bound] = {name: name for name in get_args(Bound)}
_VERBS = frozenset(("reach", "change", "flow", "indicator", "share"))
_FACTUAL = frozenset(("past", "participle", "present"))
_FAR = 30  # what it may cost to reach a word of aim
_PREPARED = frozenset(("projects", "products", "investment"))
_LINKS = frozenset(("на", "в", "до", "по", "за", "с", "из", "the", "a", "as", "much", "by", "to", "at"))


def find_modality(scene: Scene, q: Quantity, role: str, indicator: str, *, goes_on: Modality | None) -> Modality:
    """actual, target, forecast or potential, by the nearest word of aim or verb; a time "by" which makes an aim.

    Projects that are being prepared are potential, and so is what `goes_on` about them.
    """
    best, least = _nearest_modality(scene, q)
    prepared = indicator in _PREPARED and (_is_prepared(scene, q) or goes_on == "potential")
    if prepared and best in ("actual", "potential"):
        return "potential"
    if role == "by":
        if best == "actual" and least < FAR and not _is_spoken_of(scene, q):
            return "actual"
        return best if best in ("forecast", "potential") else "target"
    return "actual" if least > _FAR else best


def _is_prepared(scene: Scene, q: Quantity) -> bool:
    """«14 проектов на 1,4 млрд прорабатываются», "are preparing 19 projects"; not past another number of them."""
    alike = [other for other in scene.figures[sentence_at(scene, q)] if other is not q and other.unit == q.unit]
    for mark in scene.marks[sentence_at(scene, q)]:
        if mark.kind == "modality" and mark.value == "prepared":
            low, high = (q.last, mark.first) if q.last < mark.first else (mark.last, q.first)
            if not any(low < other.first < high for other in alike):
                return True
    return False


def _nearest_modality(scene: Scene, q: Quantity) -> tuple[Modality, int]:
    best: Modality = "actual"
    least = FAR
    for mark in scene.marks[sentence_at(scene, q)]:
        value = _modality_of(scene, mark)
        if value is None:
            continue
        price = _price(scene, q, mark, value)
        if price < least:
            least = price
            agreed = mark.kind != "modality" and value == "forecast" and _is_agreed(scene, mark)
            best = "target" if agreed else value
    return best, least


def _is_agreed(scene: Scene, verb: Mark) -> bool:
    """«условились, что оборот удвоится»: a verb of the future behind a word of aim."""
    before = (m for m in scene.marks[sentence_at(scene, verb)] if m.kind == "modality" and m.last < verb.first)
    return any(m.value == "target" and m.pos != "fixed" for m in before)


def _is_spoken_of(scene: Scene, q: Quantity) -> bool:
    """Does the sentence speak of an aim, an expectation or an ability anywhere?"""
    return any(m.kind == "modality" and m.value != "actual" for m in scene.marks[sentence_at(scene, q)])


def _modality_of(scene: Scene, mark: Mark) -> Modality | None:
    """What a word says of the figures around: a cue by its meaning, a verb by its form."""
    if mark.kind == "modality":
        if mark.value == "prepared":
            return None
        habitual = scene.lang == "kk" and mark.value == "actual" and _is_habitual(scene, mark)
        return None if habitual else _MODALITIES[mark.value]
    if mark.kind not in _VERBS or mark.pos != "verb":
        return None
    if mark.form in _FACTUAL:
        return None if scene.lang == "kk" and _is_habitual(scene, mark) else "actual"
    if mark.form == "intent":
        return "target"
    return "forecast" if mark.form == "future" and scene.lang != "kk" else None


def _is_habitual(scene: Scene, mark: Mark) -> bool:
    """«жететін», «болатын»: a Kazakh participle that tells nothing of what is."""
    return scene.words[mark.last].endswith(HABITUAL)


def _price(scene: Scene, q: Quantity, mark: Mark, value: str) -> int:
    ahead = mark.first > q.last
    if scene.lang == "kk":
        price = cost(scene, q, mark, 2)
        if value == "actual":
            return price + 3
        if ahead:
            return price * 2 // 3
        return price if mark.pos == "noun" else price + 8  # «керек», «дайын» close what stands before them
    price = cost(scene, q, mark, 5)
    if ahead and any(word in (",", ";") for word in scene.words[q.last + 1 : mark.first]):
        price += 10
    return price + 1 if value == "actual" else price


def find_bound(scene: Scene, q: Quantity, modality: str, kind: str) -> Bound:
    """exact, about, over or under, by the hedge at the figure; both ends of a range are about."""
    if q.role in ("low", "high"):
        return "about"
    best: Bound = "exact"
    least = 5
    for mark in scene.marks[sentence_at(scene, q)]:
        if mark.kind != "hedge" or _is_limit(scene, mark, modality) or _compares(scene, q, mark, kind):
            continue
        gap = q.first - mark.last - 1 if mark.last < q.first else mark.first - q.last - 1
        holds = _holds_before(scene, q, mark, gap) if mark.last < q.first else _holds_after(scene, q, mark, gap)
        if holds and gap < least:
            best, least = _BOUNDS[mark.value], gap
    return best


def _holds_before(scene: Scene, q: Quantity, mark: Mark, gap: int) -> bool:
    """«более 5», «более чем на 5»; a Kazakh hedge follows its figure, but for «шамамен», «кемінде», «барынша»."""
    if scene.lang == "kk" and mark.value != "about" and not has_cue(scene, mark.first, "leading-hedge"):
        return False
    return gap == 0 or (gap <= 2 and all(word in _LINKS for word in scene.words[mark.last + 1 : q.first]))


def _compares(scene: Scene, q: Quantity, mark: Mark, kind: str) -> bool:
    """«18%-ға артық», «больше на 55%»: how much more, and no hedge; «18%-дан артық», «больше чем на 5%» are hedges."""
    if kind not in ("growth", "multiple", "difference") or mark.first != mark.last:
        return False
    if not any(m.kind == "change" and m.first == mark.first for m in scene.marks[sentence_at(scene, q)]):
        return False
    return q.case != "abl" if scene.lang == "kk" else mark.last < q.first and scene.words[mark.last + 1] in ("на", "в")


def _holds_after(scene: Scene, q: Quantity, mark: Mark, gap: int) -> bool:
    """«5 млрд-тан астам», «5 с лишним», "5 or so"."""
    if scene.lang == "kk":
        return gap <= 2 and not any(word in (",", ";", "(", ")") for word in scene.words[q.last + 1 : mark.first])
    odd = has_cue(scene, mark.last, "and-odd")
    return odd and gap <= (1 if scene.lang == "ru" else 0)


def _is_limit(scene: Scene, mark: Mark, modality: str) -> bool:
    """«до 5 млрд» is a hedge of what could be, but the goal of what grew or shall grow; "plus", "more" are none."""
    if scene.words[mark.first] == "до":
        return modality not in ("potential", "forecast")
    if scene.lang == "kk":
        return modality in ("actual", "target") and has_cue(scene, mark.first, "up-to")
    return mark.value == "over" and mark.first == mark.last and has_cue(scene, mark.first, "no-hedge")
