"""Natasha on the reports given as a JSON list on standard input: reports a second, for names alone and with morphology.

Runs in an environment of its own (bench/rivals.txt), which knows nothing of Ainalym.
"""

from __future__ import annotations

import json
import sys
import time
import warnings

warnings.filterwarnings("ignore")

from natasha import Doc, MorphVocab, NewsEmbedding, NewsMorphTagger, NewsNERTagger, Segmenter  # noqa: E402


def main() -> None:
    reports = json.load(sys.stdin)
    segmenter, embedding = Segmenter(), NewsEmbedding()
    names, morphology, vocabulary = NewsNERTagger(embedding), NewsMorphTagger(embedding), MorphVocab()

    def find_names(text: str) -> Doc:
        doc = Doc(text)
        doc.segment(segmenter)
        doc.tag_ner(names)
        return doc

    def normalize_names(text: str) -> None:
        doc = find_names(text)
        doc.tag_morph(morphology)
        for span in doc.spans:
            span.normalize(vocabulary)

    rates = {}
    jobs = {"natasha, names": find_names, "natasha, names in the nominative": normalize_names}
    for name, job in jobs.items():
        job(reports[0])
        started = time.perf_counter()
        for text in reports:
            job(text)
        rates[name] = len(reports) / (time.perf_counter() - started)
    json.dump(rates, sys.stdout)


if __name__ == "__main__":
    main()
