"""The optional name tagger for Kazakh in Cyrillic: a conditional random field trained on KazNERD.

It is loaded only when asked for and needs the extra `people` (python-crfsuite). The model was trained by
tools/train_names.py on KazNERD's validation split alone (R. Yeshpanov, Y. Khassanov, H. A. Varol, "KazNERD: Kazakh
Named Entity Recognition Dataset", LREC 2022, CC BY 4.0), so its figure on the test split is an honest one.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, Protocol

from ainalym.errors import UsageError
from ainalym.reading.names.features import make_features

MODEL = Path(__file__).with_name("kk.crf")


class Entity(NamedTuple):
    """Words `[first, stop)` of a sentence that name something, and what: PERSON, GPE, ORGANISATION, POSITION …"""

    first: int
    stop: int
    label: str


class Tagger(Protocol):
    """Whatever finds names in the words of one sentence."""

    def find(self, words: Sequence[str]) -> list[Entity]: ...


class CrfTagger:
    """A trained model on disk; one instance serves one thread at a time."""

    def __init__(self, path: Path = MODEL) -> None:
        try:
            import pycrfsuite
        except ImportError as error:
            raise UsageError("the name tagger needs python-crfsuite: install ainalym[people]") from error
        self._tagger = pycrfsuite.Tagger()
        self._tagger.open(str(path))

    def find(self, words: Sequence[str]) -> list[Entity]:
        """The names in the words of one sentence, in order."""
        return read_labels(self._tagger.tag(make_features(words))) if words else []


def read_labels(labels: Sequence[str]) -> list[Entity]:
    """Entities from IOB2 labels: B- begins one, I- of the same kind goes on."""
    found: list[Entity] = []
    for i, label in enumerate(labels):
        if label == "O":
            continue
        kind = label[2:]
        if label[0] == "I" and found and found[-1].stop == i and found[-1].label == kind:
            found[-1] = found[-1]._replace(stop=i + 1)
        else:
            found.append(Entity(i, i + 1, kind))
    return found


@lru_cache(maxsize=1)
def load_tagger() -> Tagger:
    """The shipped Kazakh tagger. Raises UsageError when python-crfsuite is not installed."""
    return CrfTagger()
