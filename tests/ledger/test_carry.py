"""A newer reader reads again what people have decided on."""

import pytest

from ainalym.ledger import models
from ainalym.ledger.findings import refresh
from ainalym.ledger.review import decide, find_history, move

from .conftest import TURNOVER

pytestmark = pytest.mark.django_db
CLASHES = ("contradicts", "reports disagree")
TWO = TURNOVER + " Экспорт достиг 3,1 млрд долларов. Стороны договорились открыть центр торговли до 2027 года."


@pytest.fixture
def read_again(keep, monkeypatch):
    """The next version of the reader, which may see a claim otherwise or not at all."""
    versions = iter(range(90, 99))

    def call(text: str = TWO, **given) -> None:
        monkeypatch.setattr("ainalym.ledger.add.VERSION", str(next(versions)))
        keep(text, **given)

    return call


def _claim(surface: str) -> models.Claim:
    return models.Claim.objects.current().get(surface=surface)


@pytest.mark.parametrize(
    ("decision", "values", "state"),
    [("accept", {}, "accepted"), ("reject", {}, "rejected"), ("correct", {"partner": "KG"}, "corrected")],
)
def test_a_decision_holds_in_the_next_readings_too(keep, read_again, decision, values, state):
    keep(TWO)
    decide(_claim("4,4").pk, decision, values=values, author="Айгүл", reason="сверено")
    for _ in range(2):
        read_again()
        row = _claim("4,4")
        assert (row.state, row.confidence, row.made.author, row.made.reason) == (state, 1.0, "Айгүл", "сверено")
        assert row.partner == values.get("partner", "UZ")
        assert row.reading.ended is None
        assert [item.state for item in find_history(row)] == ["read", state]
    assert models.Claim.objects.current().count() == 2
    assert _claim("3,1").state == "read"


def test_findings_follow_the_carried_claim(keep, read_again):
    keep(TWO)
    keep(TURNOVER.replace("4,4", "5,9"), place="other.txt")
    decide(_claim("4,4").pk, "reject", author="Айгүл")
    refresh()
    assert not models.Finding.objects.current().filter(claims__surface="5,9", verdict__in=CLASHES).exists()
    read_again()
    assert not models.Finding.objects.current().filter(claims__surface="5,9", verdict__in=CLASHES).exists()
    assert not models.Finding.objects.current().exclude(claims__ended=None).exists()


def test_a_new_reading_of_a_rejected_figure_is_looked_at_anew(keep, read_again):
    keep(TWO)
    decide(_claim("4,4").pk, "reject", author="Айгүл")
    row = models.Claim.objects.filter(surface="4,4").order_by("pk").first()
    models.Claim.objects.filter(surface="4,4").update(partner="KG")  # the old reader had read another partner
    assert row.partner == "UZ"
    read_again()
    assert (_claim("4,4").state, _claim("4,4").partner) == ("read", "UZ")


@pytest.mark.parametrize(("decision", "stays"), [("accept", True), ("correct", True), ("reject", False)])
def test_a_figure_that_the_next_reader_does_not_see(keep, read_again, decision, stays):
    keep(TWO)
    decide(_claim("4,4").pk, decision, values={"partner": "KG"}, author="Айгүл")
    rows = models.Claim.objects.filter(surface="4,4")
    rows.update(start=1_000, end=1_003)  # as if the next reader's figure stood elsewhere
    read_again()
    states = sorted(models.Claim.objects.current().filter(surface="4,4").values_list("state", flat=True))
    assert states == (sorted(["read", "accepted" if decision == "accept" else "corrected"]) if stays else ["read"])
    numbers = list(models.Claim.objects.current().values_list("number", flat=True))
    assert len(numbers) == len(set(numbers))


def test_a_commitment_that_moved_on_stays_there(keep, read_again):
    keep(TWO)
    old = models.Commitment.objects.current().get()
    assert old.status != "done"
    move(old.pk, "done", author="Айгүл")
    read_again()
    row = models.Commitment.objects.current().get()
    assert (row.status, row.made.author) == ("done", "Айгүл")
    assert row.reading.ended is None


def test_the_same_text_with_other_spaces_is_read_as_the_ledger_has_it(keep, read_again):
    keep(TWO)
    read_again("\n\n " + TWO.replace(" ", "   "), place="other.txt")
    for claim in models.Claim.objects.current():
        assert claim.document.text[claim.start : claim.end] == claim.quote


def test_an_older_row_of_a_reading_is_no_decision(keep, read_again):
    keep(TWO)
    read_again()
    assert set(models.Claim.objects.current().values_list("state", flat=True)) == {"read"}
