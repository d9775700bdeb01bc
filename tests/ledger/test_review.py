import json
import subprocess
import sys
from pathlib import Path

import pytest

from ainalym.ledger import models
from ainalym.ledger.findings import refresh
from ainalym.ledger.gold import gold_lines, gold_records
from ainalym.ledger.review import Decided, decide, find_history, list_differences, move

from .conftest import TURNOVER

pytestmark = pytest.mark.django_db
DEAL = "Казахстан и Узбекистан подписали меморандум о поставках муки."


def test_a_correction_is_a_new_row_and_the_old_one_stays(keep):
    keep(TURNOVER)
    old = models.Claim.objects.get()
    new = decide(
        old.pk, "correct", values={"value_exact": "4500000000", "partner": "KG"}, author="aida", reason="tables"
    )
    old.refresh_from_db()
    assert (old.value_exact, old.state, old.ended.kind) == ("4400000000", "read", "correct")
    assert (new.value, new.pair, new.state, new.replaces) == (4.5e9, "KG-KZ", "corrected", old)
    assert (new.made.author, new.made.kind) == ("aida", "correct")
    assert list(models.Claim.objects.current()) == [new]
    assert find_history(new) == [old, new]
    assert list_differences(old, new) == ["partner", "value_exact"]
    assert new.document.text[new.start : new.end] == new.quote


def test_the_second_decision_on_a_row_is_refused_and_changes_nothing(keep):
    keep(TURNOVER)
    old = models.Claim.objects.get()
    first = decide(old.pk, "accept", author="aida")
    with pytest.raises(Decided):
        decide(old.pk, "reject", author="berik")
    assert list(models.Claim.objects.current()) == [first]
    assert not models.Change.objects.filter(author="berik").exists()


def test_findings_follow_a_correction_and_a_rejection(keep):
    keep(TURNOVER, place="one.txt")
    keep(TURNOVER.replace("4,4", "5,9"), place="two.txt")
    clashes = models.Finding.objects.current().filter(verdict__in=("contradicts", "reports disagree"))
    assert clashes.count() == 1
    wrong = models.Claim.objects.get(value_exact="5900000000")
    right = decide(wrong.pk, "correct", values={"value_exact": "4400000000"}, author="aida")
    refresh()
    assert not clashes.all().exists()
    again = decide(right.pk, "correct", values={"value_exact": "5900000000"}, author="aida")
    refresh()
    assert clashes.count() == 1
    decide(again.pk, "reject", author="aida")
    refresh()
    assert not clashes.all().exists()
    assert models.Pair.objects.get(code="KZ-UZ").claims == 1


def test_a_finding_that_another_pair_wrote_ends_with_the_claim_it_names(keep):
    keep(
        "В 2023 году товарооборот Казахстана со всем миром составил 1 млрд долларов. "
        "Товарооборот Казахстана и Узбекистана в 2023 году составил 4,4 млрд долларов."
    )
    whole = models.Claim.objects.get(partner="WORLD")
    finding = models.Finding.objects.current().get(verdict="contradicts", claims=whole)
    assert (whole.pair, finding.pair) == ("KZ-WORLD", "KZ-UZ")
    decide(whole.pk, "reject", author="aida")
    refresh()
    assert not models.Finding.objects.current().filter(verdict="contradicts").exists()


def test_a_commitment_moves_on_and_open_ones_are_counted_anew(keep):
    keep(DEAL)
    old = models.Commitment.objects.get()
    assert old.pair == "KZ-UZ"
    assert models.Pair.objects.get(code="KZ-UZ").open_commitments == 1
    new = move(old.pk, "done", author="aida", reason="delivered")
    refresh()
    assert list(models.Commitment.objects.current()) == [new]
    assert [row.status for row in find_history(new)] == ["signed", "done"]
    assert models.Pair.objects.get(code="KZ-UZ").open_commitments == 0
    with pytest.raises(Decided):
        move(old.pk, "under way", author="berik")


def test_gold_records_hold_what_people_vouch_for(keep):
    keep(TURNOVER + " Экспорт Казахстана в Узбекистан составил 3,1 млрд долларов.")
    first, second = models.Claim.objects.order_by("number")
    decide(first.pk, "correct", values={"bound": "about"}, author="aida")
    [record] = gold_records()
    assert [claim["bound"] for claim in record["claims"]] == ["about"]
    assert record["complete"] is False
    assert not list(gold_records(complete=True))
    decide(second.pk, "reject", author="aida")
    [record] = gold_records(complete=True)
    assert record["complete"] is True
    assert [str(claim["value"]) for claim in record["claims"]] == ["4400000000"]


def test_gold_lines_are_what_the_scorer_reads(keep, tmp_path):
    keep(TURNOVER)
    decide(models.Claim.objects.get().pk, "accept", author="aida")
    gold = tmp_path / "gold.jsonl"
    gold.write_text("".join(gold_lines()), encoding="utf-8")
    record = json.loads(gold.read_text(encoding="utf-8"))
    assert record["claims"][0]["period"] == ["2023-01-01", "2023-12-31"]
    assert record["claims"][0]["surface"] in record["text"]
    score = Path(__file__).resolve().parents[2] / "evals" / "score.py"
    ran = subprocess.run(
        [sys.executable, score, "read", gold, gold], capture_output=True, text=True, check=True, encoding="utf-8"
    )
    assert "F1 1.000" in ran.stdout
