"""Findings made step by step are those of all at once."""

import random

import pytest

import ainalym
from ainalym.ledger import findings, models
from ainalym.ledger.add import add_documents, mark_stale
from ainalym.ledger.findings import refresh
from ainalym.ledger.review import decide
from ainalym.model import Document, Reading

pytestmark = pytest.mark.django_db

SENTENCES = (
    "В {year} году товарооборот Казахстана и {partner} составил {value} млрд долларов.",
    "Экспорт Казахстана в {place} в {year} году достиг {value} млрд долларов.",
    "Импорт из {partner} в {year} году составил {value} млрд долларов.",
    "Товарооборот Казахстана с {instrumental} вырос в {year} году на {percent}%.",
    "Внешнеторговый оборот Казахстана в {year} году составил {value}5 млрд долларов.",
    "Доля {partner} в экспорте Казахстана в {year} году составила {percent}%.",
    "Инвестиции достигли {value} млрд долларов.",
)
PARTNERS = (
    ("Узбекистана", "Узбекистан", "Узбекистаном"),
    ("Китая", "Китай", "Китаем"),
    ("России", "Россию", "Россией"),
    ("стран Центральной Азии", "страны Центральной Азии", "странами Центральной Азии"),
)


def _make(chance: random.Random, number: int) -> Reading:
    partner, place, instrumental = chance.choice(PARTNERS)
    text = " ".join(
        chance.choice(SENTENCES).format(
            year=chance.randrange(2019, 2024), partner=partner, place=place, instrumental=instrumental,
            value=f"{chance.randrange(1, 6)},{chance.randrange(10)}", percent=chance.randrange(1, 90),
        )
        for _ in range(chance.randrange(1, 5))
    )  # fmt: skip
    published = f"2024-0{chance.randrange(1, 10)}-01"
    reading = ainalym.read(f"{text} Сообщение {number}.", published=published)
    document = Document(id=str(number), text=reading.document.text, published=reading.document.published)
    return Reading(document, **{f: getattr(reading, f) for f in reading.__struct_fields__ if f != "document"})


def _current() -> dict[tuple, int]:
    rows = models.Finding.objects.current().prefetch_related("claims__document")
    return {
        (
            row.verdict, row.severity, row.pair, str(row.words),
            tuple(sorted((claim.document.hash, claim.number) for claim in row.claims.all())),
        ): row.pk
        for row in rows
    }  # fmt: skip


@pytest.mark.parametrize("seed", range(6))
def test_step_by_step_is_as_all_at_once(seed):
    chance = random.Random(seed)  # noqa: S311
    readings = [_make(chance, number) for number in range(24)]
    waiting = list(readings)
    while waiting:
        size = chance.randrange(1, 6)
        batch, waiting = waiting[:size], waiting[size:]
        add_documents([reading.document for reading in batch], batch, author="test")
        if chance.random() < 0.7:
            refresh()
        if chance.random() < 0.5:
            row = chance.choice(list(models.Claim.objects.current().exclude(state="rejected")))
            decision = chance.choice(["accept", "reject", "correct"])
            decide(row.pk, decision, values={"value_exact": "2500000000", "partner": "CN"}, author="test")
    refresh()
    step_by_step = _current()
    assert len(step_by_step) > 5
    verdicts = dict(models.Claim.objects.current().values_list("pk", "verdict"))
    sums = list(models.Pair.objects.order_by("code").values("code", "reports", "claims", "contradictions"))
    mark_stale(models.Claim.objects.current())
    assert refresh() == 0  # nothing is written anew, and what is there keeps its row
    assert _current() == step_by_step
    models.Finding.objects.all().delete()
    models.Claim.objects.update(verdict="")
    mark_stale(models.Claim.objects.current())
    refresh()
    assert _current().keys() == step_by_step.keys()
    assert dict(models.Claim.objects.current().values_list("pk", "verdict")) == verdicts
    assert list(models.Pair.objects.order_by("code").values("code", "reports", "claims", "contradictions")) == sums
    assert not models.Stale.objects.exists()


TURNOVER = "В {year} году товарооборот Казахстана и {partner} составил {value} млрд долларов."


def test_findings_of_other_pairs_keep_their_rows(keep):
    for number, value in enumerate(("4,4", "5,9")):
        for partner in ("Узбекистана", "Китая"):
            keep(TURNOVER.format(year=2023, partner=partner, value=value), place=f"{partner}{number}")
    before = set(models.Finding.objects.current().filter(pair="CN-KZ").values_list("pk", flat=True))
    assert before
    keep(TURNOVER.format(year=2023, partner="Узбекистана", value="7,7"), place="new")
    assert before == set(models.Finding.objects.current().filter(pair="CN-KZ").values_list("pk", flat=True))


def test_of_many_reports_that_print_the_same_some_are_looked_at_and_none_loses_its_findings(keep, monkeypatch):
    monkeypatch.setattr(findings, "ALIKE", 2)
    text = TURNOVER.format(year=2023, partner="Узбекистана", value="4,4")
    for number in range(6):
        keep(f"{text} Сообщение {number}.", place=str(number))
    seen = []
    check = findings.check_once
    monkeypatch.setattr(
        findings, "check_once", lambda readings, **given: seen.append(len(readings)) or check(readings, **given)
    )
    keep(text.replace("4,4", "5,9"), place="wrong")
    assert max(seen) == 3
    assert models.Claim.objects.current().get(surface="5,9").verdict == "contradicts"
    assert all(models.Claim.objects.current().filter(surface="4,4").values_list("verdict", flat=True))


def test_what_changes_while_it_is_checked_is_checked_again(keep, monkeypatch):
    keep(TURNOVER.format(year=2023, partner="Узбекистана", value="4,4"), place="one")
    calls = []
    check = findings.check_once

    def slow(readings, **given):
        if not calls:
            calls.append(1)
            row = models.Claim.objects.current().get(surface="4,4")
            decide(row.pk, "reject", author="Айгүл")
        return check(readings, **given)

    reading = ainalym.read(TURNOVER.format(year=2023, partner="Узбекистана", value="5,9"), published="2024-02-01")
    add_documents([reading.document], [reading], author="test")
    monkeypatch.setattr(findings, "check_once", slow)
    refresh()
    assert not models.Finding.objects.current().filter(verdict__in=("contradicts", "reports disagree")).exists()
    assert not models.Finding.objects.current().exclude(claims__ended=None).exists()
