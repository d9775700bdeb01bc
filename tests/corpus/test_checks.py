"""The findings of a corpus are those that checking all of its readings together gives."""

import json
from pathlib import Path

import pytest

pytest.importorskip("daft", reason="the corpus runner needs Daft")

import pyarrow.parquet as pq

from ainalym.checking import check
from ainalym.corpus.checks import FINDINGS_FILE, check_corpus
from ainalym.corpus.groups import write_groups
from ainalym.corpus.parts import Batch, find_files, plan_parts
from ainalym.corpus.store import Store
from ainalym.corpus.work import WorkSettings, read_texts, screen_part
from ainalym.errors import SourceError
from ainalym.model import Document
from ainalym.reading import read_document

EVALS = Path(__file__).parents[2] / "evals"


@pytest.fixture(scope="module")
def reports() -> list[dict]:
    lines = (EVALS / "dev-checks.jsonl").read_text(encoding="utf-8").splitlines()
    return [document for line in lines for document in json.loads(line)["documents"]]


@pytest.fixture(scope="module")
def run(reports, tmp_path_factory) -> Path:
    """A run without the engine's workers: each step called as a worker does."""
    folder = tmp_path_factory.mktemp("checks")
    source = folder / "reports.jsonl"
    lines = [json.dumps({"text": report["text"], "published": report["published"]}) for report in reports]
    source.write_text("\n".join(lines), encoding="utf-8")
    store = Store(folder / "out")
    settings = WorkSettings(str(store.folder), screens=False)
    parts = plan_parts(find_files([str(source)]), partitions=2)
    for part in parts:
        screen_part(part, settings)
    write_groups([store.texts(part.name) for part in parts], store.groups)
    read_texts(Batch(tuple(part.number for part in parts)), settings)
    store.write_bytes(store.manifest, b"{}")
    return store.folder


def test_the_same_is_found_as_by_checking_all_at_once(run: Path):
    counts = check_corpus(run)
    rows = pq.read_table(run / FINDINGS_FILE).to_pylist()
    found = {make_key(row["verdict"], row["figures"]) for row in rows}
    documents = sorted(Store(run).load("documents").to_pylist(), key=lambda row: row["id"])
    readings = [
        read_document(Document(row["id"], row["text"], published=row["published"], lang=row["lang"]))
        for row in documents
    ]
    wanted = set()
    for finding in check(readings):
        figures = [{"document": figure.document, "claim": figure.claim} for figure in finding.figures]
        wanted.add(make_key(finding.verdict, figures))
    contradictions = {key for key in wanted if key[0] in ("contradicts", "reports disagree")}
    assert contradictions
    assert contradictions <= found
    assert {key for key in found if key[0] in ("contradicts", "reports disagree")} == contradictions
    assert len(wanted - found) <= 0.02 * len(wanted)
    assert sum(counts.values()) == len(rows)


def make_key(verdict: str, figures: list[dict]) -> tuple:
    return verdict, frozenset((figure["document"], figure["claim"]) for figure in figures)


def test_a_figure_points_at_its_claim(run: Path):
    claims = {(row["document"], row["number"]): row for row in Store(run).load("claims").to_pylist()}
    check_corpus(run, out=run / "again.parquet")
    rows = pq.read_table(run / "again.parquet").to_pylist()
    assert rows
    for row in rows:
        for figure in row["figures"]:
            claim = claims[figure["document"], figure["claim"]]
            assert (figure["start"], figure["end"]) == (claim["start"], claim["end"])


def test_an_unfinished_run_is_refused(tmp_path: Path):
    with pytest.raises(SourceError, match="no finished run"):
        check_corpus(tmp_path)
