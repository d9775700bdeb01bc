"""What templates can say: the portal's words, and the ledger's rows in a reader's language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import template
from django.utils import formats, timezone
from msgspec import structs

from ...ledger import models
from ...ledger.records import to_claim, to_commitment, to_meeting
from ...model import Claim, Commitment, Meeting
from ...output import words as output
from .. import names
from ..words import LATIN, adapt, base_lang, current_lang, load_words, to_latin
from ..words import say as say_words

register = template.Library()
_RECORDS: tuple[tuple[type, Any], ...] = (
    (models.Claim, to_claim),
    (models.Meeting, to_meeting),
    (models.Commitment, to_commitment),
)
_ARROWS = {"exports": "→", "investment": "→", "tourism": "→", "companies": "→", "imports": "←"}


@register.simple_tag
def say(key: str, **values: Any) -> str:
    """`{% say "partners.title" count=3 %}`."""
    return say_words(key, **values)


@register.filter
def word(value: str, section: str) -> str:
    """A code in words: `{{ claim.modality|word:"modality" }}`; the code itself where there are none."""
    return load_words(current_lang()).get(f"{section}.{value}", value)


@register.filter
def entry(values: Mapping[str, Any], name: str) -> Any:
    """A value by its name, where the name is none that templates can write."""
    return values.get(name, "")


@register.filter
def side(code: str | None) -> str:
    """The name of a country, group or region."""
    return names.name_side(code)


@register.filter
def sides(pair: str) -> str:
    """Both names of a pair."""
    return names.name_sides(pair)


@register.filter
def claim_sides(claim: models.Claim | Claim) -> str:
    """Both names of a claim with the way that the goods go."""
    if not claim.reporter and not claim.partner:
        return "–"
    return f"{names.name_side(claim.reporter)} {_ARROWS.get(claim.indicator, '↔')} {names.name_side(claim.partner)}"


@register.filter
def claim_value(claim: models.Claim | Claim) -> str:
    """≈ 160,7 млн USD, +8,9%, № 4."""
    return _in_script(output.describe_value(_record(claim), base_lang()))


@register.filter
def claim_indicator(claim: models.Claim | Claim) -> str:
    """The indicator and the goods."""
    return _in_script(output.describe_indicator(_record(claim), base_lang()))


@register.filter
def claim_period(claim: models.Claim | Claim) -> str:
    """2023, 2022-H1, by 2030-12-31."""
    return _in_script(output.describe_period(_record(claim).period, base_lang()))


@register.filter
def claim_confidence(claim: models.Claim | Claim) -> str:
    """How sure the reader is, from 0 to 1, with two digits."""
    return output.describe_claim(_record(claim), base_lang())["confidence"]


@register.filter
def meeting_words(meeting: models.Meeting | Meeting) -> str:
    """A meeting in one line."""
    return _in_script(output.describe_meeting(_record(meeting), base_lang()))


@register.filter
def commitment_words(deal: models.Commitment | Commitment) -> str:
    """A commitment's state, parties and day in one line."""
    record = _record(deal)
    named = structs.replace(record, parties=tuple(names.name_side(party) for party in record.parties))
    return _in_script(output.describe_commitment(named, base_lang()))


@register.filter
def amount(value: float | Decimal | None) -> str:
    """A number as people write it in the page's language, in millions or milliards where it is large."""
    if value is None:
        return "–"
    return _in_script(output.format_amount(Decimal(str(value)), base_lang()))


@register.filter
def rounded(value: float | Decimal | None) -> str:
    """A number to four digits: 4,397 млрд."""
    return amount(None if value is None else Decimal(f"{value:.4g}"))


@register.filter
def percent(value: float | None) -> str:
    """A fraction as per cent with its sign."""
    if value is None:
        return "–"
    number = Decimal(str(round(value * 100, 1)))
    return f"{'+' if number > 0 else ''}{output.format_number(number, base_lang())}%"


@register.filter
def fraction(value: float | None) -> str:
    """A fraction as per cent without a sign: 44,1%."""
    return "–" if value is None else percent(value).removeprefix("+")


@register.filter
def width(share: float, whole: int) -> str:
    """A share of a bar as SVG writes lengths; a bar never runs out of its frame."""
    return f"{min(max(share, 0), 1) * int(whole):.1f}"


@register.filter
def day(date: dt.date | None) -> str:
    """A day in figures, as ISO 8601: the same in every language."""
    return date.isoformat() if date else "–"


@register.filter
def moment(time: dt.datetime | None) -> str:
    """A day and a time of it, by the portal's clock."""
    return f"{timezone.localtime(time):%Y-%m-%d %H:%M}" if time else "–"


@register.filter
def long_date(date: dt.date | None) -> str:
    """A day in words of the page's language: 21 қараша 2026 ж."""
    return formats.date_format(date, "DATE_FORMAT") if date else "–"


@register.filter
def day_month(date: dt.date | None) -> str:
    """A day without its year: 21 қараша."""
    return formats.date_format(date, "MONTH_DAY_FORMAT") if date else "–"


@register.filter
def finding_words(finding: models.Finding) -> dict[str, Any]:
    """Why and the steps of a finding in the page's language."""
    said: dict[str, Any] = finding.words.get(base_lang()) or next(iter(finding.words.values()))
    return {"why": adapt(said["why"]), "steps": [adapt(step) for step in said["steps"]]}


def _record(row: Any) -> Any:
    """The record of a row of the ledger; a record as it is."""
    for table, convert in _RECORDS:
        if isinstance(row, table):
            return convert(row)
    return row


def _in_script(text: str) -> str:
    return to_latin(text) if current_lang() == LATIN else text
