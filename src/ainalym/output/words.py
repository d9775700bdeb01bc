"""What a claim says in a few words of the user's language: its value, its two sides, its period.

The formats for people (table, page) share these; the formats for machines keep the codes and dates as they are.
"""

from __future__ import annotations

import calendar
import datetime as dt
from decimal import Decimal

from ainalym.model import Claim, Commitment, Meeting, Period

from .messages import load_messages, say

_SCALES = (("number.billion", 12), ("number.milliard", 9), ("number.million", 6))
_SIGNS = {"exact": "", "about": "≈ ", "over": "> ", "under": "< "}
# Where goods, money or people go; the rest has no direction.
SIDES_ARROWS = {"exports": "→", "investment": "→", "tourism": "→", "companies": "→", "imports": "←"}


def format_number(number: Decimal, lang: str) -> str:
    """All digits, grouped by thousands, with the language's separators: 160 700 000 or 0,0532."""
    if number.is_finite() and abs(number.adjusted()) > 30:
        return str(number)
    text = f"{number:,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    whole, dot, rest = text.partition(".")
    return whole.replace(",", say(lang, "number.group")) + (say(lang, "number.decimal") + rest if dot else "")


def format_exact(number: Decimal) -> str:
    """All digits as programs read them, without zeros at the end; an exponent only where they would fill a page."""
    if number.is_finite() and abs(number.adjusted()) > 60:
        return f"{number:e}"
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def format_amount(number: Decimal, lang: str) -> str:
    """A large number in millions, milliards or billions if that keeps every digit readable, else all its digits."""
    if number.is_finite() and abs(number.adjusted()) <= 30:
        for key, power in _SCALES:
            if abs(number) >= Decimal(10) ** power:
                scaled = number.scaleb(-power).normalize()
                if len(scaled.as_tuple().digits) <= 6:
                    return f"{format_number(scaled, lang)} {say(lang, key)}"
    return format_number(number, lang)


def _format_percent(number: Decimal, lang: str) -> str:
    return f"{format_number(number * 100, lang)}%"


def _sign(number: Decimal) -> str:
    return "+" if number > 0 else ""


def _format_unit(unit: str | None, lang: str) -> str:
    if unit is None:
        return ""
    return " " + load_messages(lang).get(f"unit.{unit}", unit)


def describe_value(claim: Claim, lang: str) -> str:
    """The value as a person writes it: ≈ 160,7 млн USD, +8,9%, × 68,6, № 4."""
    value, sign = claim.value, _SIGNS[claim.bound]
    if claim.kind == "growth":
        return f"{sign}{_sign(value)}{_format_percent(value, lang)}"
    if claim.kind == "share":
        return f"{sign}{_format_percent(value, lang)}"
    if claim.kind == "multiple":
        return f"{sign}× {format_number(value, lang)}"
    if claim.kind == "rank":
        return f"{'≤ ' if claim.bound == 'under' else sign}№ {format_number(value, lang)}"
    plus = _sign(value) if claim.kind == "difference" else ""
    return f"{sign}{plus}{format_amount(value, lang)}{_format_unit(claim.unit, lang)}"


def describe_indicator(claim: Claim, lang: str) -> str:
    """The indicator, and the goods if it is about some."""
    name = say(lang, f"indicator.{claim.indicator}")
    return f"{name}: {claim.product}" if claim.product else name


def describe_sides(claim: Claim) -> str:
    """Both sides with the way the goods go: KZ → RU-SA, KZ ← RU, KZ ↔ TJ; ? where the report does not say."""
    if claim.reporter is None and claim.partner is None:
        return "–"
    return f"{claim.reporter or '?'} {SIDES_ARROWS.get(claim.indicator, '↔')} {claim.partner or '?'}"


def describe_period(period: Period | None, lang: str) -> str:
    """2023, 2022-H1, 2022-Q3, 2022-01…2022-09, 2023-05-17, or the open end of a target."""
    if period is None or period == (None, None):
        return "–"
    start, end = period
    if start is None:
        return say(lang, "period.by", date=end)
    if end is None:
        return say(lang, "period.since", date=start)
    return _describe_months(start, end) or (f"{start}" if start == end else f"{start}…{end}")


def _describe_months(start: dt.date, end: dt.date) -> str | None:
    if start.day != 1 or end.day != calendar.monthrange(end.year, end.month)[1]:
        return None
    first, last = start.month, end.month
    if (first, last) == (1, 12):
        return f"{start.year}" if start.year == end.year else f"{start.year}…{end.year}"
    if start.year == end.year:
        if last - first == 5 and first in (1, 7):
            return f"{start.year}-H{last // 6}"
        if last - first == 2 and first in (1, 4, 7, 10):
            return f"{start.year}-Q{last // 3}"
        if first == last:
            return f"{start:%Y-%m}"
    return f"{start:%Y-%m}…{end:%Y-%m}"


def describe_claim(claim: Claim, lang: str) -> dict[str, str]:
    """All cells of a claim's row, by column name; a plain actual figure has no word of status."""
    return {
        "figure": claim.surface,
        "indicator": describe_indicator(claim, lang),
        "sides": describe_sides(claim),
        "period": describe_period(claim.period, lang),
        "value": describe_value(claim, lang),
        "modality": "" if claim.modality == "actual" else say(lang, f"modality.{claim.modality}"),
        "confidence": f"{claim.confidence:.2f}".replace(".", say(lang, "number.decimal")),
    }


def describe_meeting(meeting: Meeting, lang: str) -> str:
    """Kind, people, place and day of a meeting in one line."""
    parts = [say(lang, f"meeting.{meeting.kind}"), " – ".join(meeting.participants), meeting.place, meeting.date]
    return ", ".join(str(part) for part in parts if part)


def describe_commitment(commitment: Commitment, lang: str) -> str:
    """State, parties and due day of a commitment in one line; its words stand in `surface`."""
    due = say(lang, "report.due", date=commitment.due) if commitment.due else None
    parts = [say(lang, f"status.{commitment.status}"), ", ".join(commitment.parties), due]
    return "; ".join(part for part in parts if part)


def clean_line(text: str) -> str:
    """The text on one line without control characters, which could steer a terminal, and without broken ones."""
    line = "".join(" " if _is_control(char) else char for char in text)
    return " ".join(line.encode("utf-8", "replace").decode("utf-8").split())


def _is_control(char: str) -> bool:
    # Bidirectional overrides and isolates would let a report reorder the row it stands in.
    return (
        ord(char) < 32
        or 0x7F <= ord(char) < 0xA0
        or char in "\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    )
