import pytest

from ainalym.ledger import models
from ainalym.ledger.quality import count_all, count_by, count_by_confidence, count_fields, find_interval
from ainalym.ledger.review import decide

from .conftest import TURNOVER

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("right", "total", "low", "high"),
    [(8, 10, 0.4902, 0.9433), (0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (0, 0, 0, 1)],
)
def test_intervals_are_wilsons(right, total, low, high):
    assert find_interval(right, total) == pytest.approx((low, high), abs=1e-4)


def test_first_decisions_are_counted_by_language_publisher_and_confidence(keep):
    keep(TURNOVER, place="one.txt", publisher="A")
    keep(TURNOVER.replace("4,4", "4,5"), place="two.txt", publisher="A")
    keep("In 2023, trade between Kazakhstan and Uzbekistan reached $4.4 billion.", place="three.txt", publisher="B")
    one, two, three = models.Claim.objects.order_by("pk")
    decide(one.pk, "accept", author="aida")
    new = decide(two.pk, "correct", values={"value_exact": "4400000000", "bound": "about"}, author="aida")
    # A second thought on a correction says nothing of the reader.
    decide(new.pk, "accept", author="berik")
    assert count_all()[1:] == (1, 1, 0)
    decide(three.pk, "reject", author="aida")
    assert {tally.name: tally[1:] for tally in count_by("lang")} == {"ru": (1, 1, 0), "en": (0, 0, 1)}
    assert {tally.name: tally[1:] for tally in count_by("publisher")} == {"A": (1, 1, 0), "B": (0, 0, 1)}
    assert count_fields() == [("value_exact", 1), ("bound", 1)]
    assert not count_all().is_enough
    bins = count_by_confidence()
    assert sum(step.tally.total for step in bins) == 3
    for claim in (one, two, three):
        assert any(step.low <= claim.confidence and (claim.confidence < step.high or step.high == 1) for step in bins)
