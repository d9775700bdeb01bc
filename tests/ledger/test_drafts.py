import pytest

import ainalym
from ainalym.ledger import models
from ainalym.ledger.drafts import check_draft, find_archive

from .conftest import TURNOVER

pytestmark = pytest.mark.django_db


def test_a_draft_is_held_against_what_the_ledger_holds_and_leaves_nothing_behind(keep):
    kept = keep(TURNOVER, place="one.txt")
    draft = ainalym.read("Экспорт в 2023 году обсудили. " + TURNOVER.replace("4,4", "5,9"), published="2024-03-01")
    archive = find_archive(draft)
    finding = next(f for f in check_draft(draft, archive, lang="ru") if f.verdict != "consistent")
    assert {figure.quote for figure in finding.figures} == {"4,4", "5,9"}
    other = next(figure for figure in finding.figures if figure.document != draft.document.id)
    document = archive.documents[other.document]
    assert document.text[other.start : other.end] == "4,4"
    assert kept.claims[other.claim].surface == "4,4"
    assert models.Document.objects.count() == 1


def test_findings_among_other_reports_are_not_told_with_a_draft(keep):
    keep(TURNOVER, place="one.txt")
    keep(TURNOVER.replace("4,4", "5,9"), place="two.txt")
    draft = ainalym.read("Kazakhstan exported $3.0 million to Tajikistan in 2023.")
    assert check_draft(draft, find_archive(draft)) == []


def test_a_draft_that_the_ledger_holds_already_is_not_compared_with_itself(keep):
    keep(TURNOVER)
    assert find_archive(ainalym.read(TURNOVER)).readings == ()


def test_a_draft_without_figures_asks_for_nothing(keep, django_assert_num_queries):
    keep(TURNOVER)
    with django_assert_num_queries(0):
        assert find_archive(ainalym.read("Тараптар кездесті.")).readings == ()
