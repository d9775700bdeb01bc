import pytest

from ainalym.ledger import models
from ainalym.ledger.add import add_documents
from ainalym.ledger.findings import refresh

from .conftest import TURNOVER

pytestmark = pytest.mark.django_db


def test_a_report_is_kept_with_its_claims_and_evidence(keep):
    keep(TURNOVER)
    claim = models.Claim.objects.get()
    assert (claim.pair, claim.year, claim.value_exact, claim.unit) == ("KZ-UZ", 2023, "4400000000", "USD")
    assert claim.document.text[claim.start : claim.end] == claim.quote == "4,4"


def test_the_same_text_twice_is_one_document_with_two_sightings(keep):
    keep(TURNOVER, place="one.txt")
    keep(TURNOVER.replace(" ", "  "), place="two.txt")
    assert models.Document.objects.count() == 1
    assert models.Reading.objects.count() == 1
    assert set(models.Sighting.objects.values_list("place", flat=True)) == {"one.txt", "two.txt"}


def test_a_newer_reader_supersedes_and_the_old_reading_stays(keep, monkeypatch):
    keep(TURNOVER)
    monkeypatch.setattr("ainalym.ledger.add.VERSION", "99")
    keep(TURNOVER)
    assert list(models.Reading.objects.current().values_list("version", flat=True)) == ["99"]
    assert models.Reading.objects.count() == models.Claim.objects.count() == 2
    assert models.Claim.objects.current().count() == 1


def test_a_contradiction_is_found_when_its_second_half_comes_and_goes_when_it_goes(keep):
    keep(TURNOVER, place="one.txt")
    assert not models.Finding.objects.current().filter(verdict="contradicts").exists()
    keep(TURNOVER.replace("4,4", "5,9"), place="two.txt")
    finding = models.Finding.objects.current().get(verdict__in=("contradicts", "reports disagree"))
    assert set(finding.words) == {"kk", "ru", "en"}
    assert finding.claims.count() == 2
    claim = models.Claim.objects.get(value=5.9e9)
    claim.state = "rejected"
    claim.save()
    models.Stale.objects.create(pair=claim.pair, document=claim.document)
    refresh()
    assert not models.Finding.objects.current().filter(verdict__in=("contradicts", "reports disagree")).exists()


def test_sums_of_a_pair_follow(keep):
    keep(TURNOVER)
    pair = models.Pair.objects.get(code="KZ-UZ")
    assert (pair.reports, pair.claims, pair.turnover.value) == (1, 1, 4.4e9)


def test_nothing_is_half_kept_when_a_batch_fails(keep, monkeypatch):
    monkeypatch.setattr("ainalym.ledger.add.mark_stale", lambda claims: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        keep(TURNOVER)
    assert not models.Document.objects.exists()
    assert not models.Change.objects.exists()


def test_an_empty_batch_is_no_error():
    assert add_documents([], []).new == 0
