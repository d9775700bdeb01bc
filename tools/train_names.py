"""Train the Kazakh name tagger on a split of KazNERD: python tools/train_names.py IOB2_valid.txt [MODEL].

Never give it the split that the figure is measured on (bench/names.py).
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import pycrfsuite

from ainalym.reading.names.features import make_features
from ainalym.reading.names.tagger import MODEL

# What the model tells apart; the other classes of KazNERD are nothing to it. Bodies, posts and peoples are there
# because telling them from persons and places is what makes those two right.
LABELS = frozenset({"PERSON", "GPE", "ORGANISATION", "POSITION", "NORP", "LOCATION", "FACILITY"})
PARAMETERS = {"c1": 0.1, "c2": 0.05, "max_iterations": 80, "feature.minfreq": 2}


def load_sentences(path: Path) -> Iterator[tuple[list[str], list[str]]]:
    """Words and labels of each sentence of a file in CoNLL 2002 format."""
    words: list[str] = []
    labels: list[str] = []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if not line.strip():
            if words:
                yield words, labels
            words, labels = [], []
            continue
        word, label = line.rsplit(" ", 1)
        words.append(word)
        labels.append(label if label[2:] in LABELS else "O")


def train(path: Path, model: Path) -> None:
    """Train on the file and write the model."""
    trainer = pycrfsuite.Trainer(verbose=False)
    for words, labels in load_sentences(path):
        trainer.append(make_features(words), labels)
    trainer.set_params(PARAMETERS)
    trainer.train(str(model))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="IOB2_valid.txt of KazNERD")
    parser.add_argument("model", type=Path, nargs="?", default=MODEL)
    options = parser.parse_args()
    train(options.data, options.model)
    print(f"{options.model}: {options.model.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
