"""Learn the weights of reading/confidence.json from the evaluation records: logistic regression, no dependency.

    python tools/train_confidence.py            # learn from evals/*.jsonl and write the file
    python tools/train_confidence.py --check    # five-fold cross-validation only: how far the ranking can be trusted

A claim counts as right when it matches a gold claim in value, unit, kind and every core slot (evals/score.py).
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import math
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "evals"))

import score  # noqa: E402

from ainalym.language.detect import Language  # noqa: E402
from ainalym.model import Claim, Document  # noqa: E402
from ainalym.reading.claims import find_claims, read_figures  # noqa: E402
from ainalym.reading.confidence import count_sides, join_signs  # noqa: E402
from ainalym.reading.figures.scene import make_scene  # noqa: E402
from ainalym.reading.pipeline import make_context  # noqa: E402

TARGET = ROOT / "src/ainalym/reading/confidence.json"
SETS = ("dev-kk", "dev-ru", "dev-en", "train-kk", "train-ru", "fresh-kk", "fresh-ru", "fresh-en")
STEPS, RATE, RIDGE, RARE = 400, 0.8, 0.04, 6

Sample = tuple[list[str], bool]


def read_record(record: dict) -> list[Sample]:
    day = dt.date.fromisoformat(record["published"]) if record["published"] else None
    document = Document(id=record["id"], text=record["text"], published=day)
    context = make_context(document, Language(record["lang"], record["script"]))
    scene = make_scene(context)
    signs = [found for _, found in read_figures(scene)]
    claims = find_claims(scene)
    found = [as_record(claim) for claim in claims]
    pairs = score.find_pairs(record["claims"], found)
    right = {pair.found for pair in pairs if all(pair.agrees[slot] for slot in score.CORE)}
    sides = count_sides(claims)
    return [(list(join_signs(claims, signs[j], j, record["lang"], sides)), j in right) for j in range(len(found))]


def as_record(claim: Claim) -> dict:
    period = [day.isoformat() if day else None for day in claim.period] if claim.period else None
    names = ("kind", "unit", "indicator", "reporter", "partner", "modality", "bound", "product", "speaker")
    return {**{name: getattr(claim, name) for name in names}, "value": float(claim.value), "period": period}


def learn(samples: list[Sample]) -> tuple[float, dict[str, float]]:
    """Bias and weights by gradient descent with a ridge; signs seen fewer than RARE times are left out."""
    counts = Counter(sign for signs, _ in samples for sign in signs)
    weights = {sign: 0.0 for sign, count in counts.items() if count >= RARE}
    bias = 0.0
    for _ in range(STEPS):
        slope: Counter[str] = Counter()
        rise = 0.0
        for signs, right in samples:
            known = [sign for sign in signs if sign in weights]
            error = right - 1 / (1 + math.exp(-bias - sum(weights[sign] for sign in known)))
            rise += error
            for sign in known:
                slope[sign] += error
        bias += RATE * rise / len(samples)
        for sign in weights:
            weights[sign] += RATE * (slope[sign] / len(samples) - RIDGE * weights[sign])
    return bias, weights


def rank_errors(folds: list[list[Sample]]) -> tuple[float, float]:
    """Error rate of all claims and of the half with the higher confidence, each fold rated by the other folds."""
    rated = []
    for k, fold in enumerate(folds):
        bias, weights = learn([sample for n, other in enumerate(folds) if n != k for sample in other])
        rated += [(bias + sum(weights.get(sign, 0.0) for sign in signs), right) for signs, right in fold]
    rated.sort(key=lambda item: -item[0])
    half = rated[: len(rated) // 2]
    return 1 - sum(r for _, r in rated) / len(rated), 1 - sum(r for _, r in half) / len(half)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="cross-validate, write nothing")
    options = parser.parse_args()
    records = [record for name in SETS for record in score.load_records(ROOT / "evals" / f"{name}.jsonl")]
    reports = [read_record(record) for record in records]
    folds = [[sample for report in reports[k::5] for sample in report] for k in range(5)]
    whole, top = rank_errors(folds)
    print(f"error rate of all claims {whole:.3f}, of the surer half {top:.3f} (five-fold, by report)")
    if not options.check:
        bias, weights = learn([sample for fold in folds for sample in fold])
        kept = {sign: round(weight, 3) for sign, weight in sorted(weights.items()) if abs(weight) >= 0.02}
        TARGET.write_text(json.dumps({"bias": round(bias, 3), "weights": kept}, indent=1, ensure_ascii=False) + "\n")
        print(f"{len(kept)} weights in {TARGET.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
