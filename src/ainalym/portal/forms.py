"""Forms: everything that a correction may say, checked before it goes into the ledger; accounts and their roles."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, get_args

from django import forms

from ..ledger import models
from ..ledger.review import FIELDS
from ..model import Bound, CommitmentStatus, Indicator, Kind, Modality
from ..output.words import format_exact
from ..statistics.areas import find_area, find_region, load_areas, load_regions
from .names import name_side
from .roles import ROLES
from .words import current_lang, load_words, say, say_later

REASON = 1_000
# What each sort of figure is measured in; the rest is an amount of something.
_UNIT_OF = {"growth": "fraction", "share": "fraction", "multiple": "ratio", "rank": "rank"}
UNITS = ("USD", "KZT", "RUB", "EUR", "CNY", "UZS", "t", "ha", "kWh", "m3", "km", "people", "count")
_UNIT = re.compile(r"[A-Z]{3}|[A-Za-z][A-Za-z0-9³²/ ]{0,18}")
SCALES = {"1": Decimal(1), "0.01": Decimal("0.01"), "1e3": Decimal(1000), "1e6": Decimal(10**6), "1e9": Decimal(10**9)}
_NUMBER = re.compile(r"[+\-−]?[0-9]{1,24}(?:[.,][0-9]{1,20})?")
_GAPS = re.compile(r"[\s\u00a0\u202f]+")


def _choices(values: Any, section: str) -> Any:
    def list_choices() -> list[tuple[str, str]]:
        words = load_words(current_lang())
        return [(value, words.get(f"{section}.{value}", value)) for value in values]

    return list_choices


def _text(label: str, most: int, **rest: Any) -> forms.CharField:
    return forms.CharField(label=say_later(label), required=False, max_length=most, **rest)


def _side(label: str) -> forms.CharField:
    widget = forms.TextInput(attrs={"list": "sides", "autocomplete": "off"})
    return _text(label, 120, widget=widget, help_text=say_later("review.side_help"))


def _day(label: str) -> forms.DateField:
    return forms.DateField(
        label=say_later(label), required=False, input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": say_later("review.bad_day")},
    )  # fmt: skip


class ReasonForm(forms.Form):
    """Why, in the reviewer's words."""

    reason = _text("review.reason", REASON, widget=forms.Textarea(attrs={"rows": 2}))


class MoveForm(ReasonForm):
    """A commitment's new status."""

    status = forms.ChoiceField(label=say_later("review.status"), choices=_choices(get_args(CommitmentStatus), "status"))
    field_order = ("status", "reason")


class ClaimForm(ReasonForm):
    """All fields of a claim that a person may correct (evals/SCHEMA.md)."""

    use_required_attribute = False
    indicator = forms.ChoiceField(
        label=say_later("review.indicator"), choices=_choices(get_args(Indicator), "indicator")
    )
    reporter = _side("review.reporter")
    partner = _side("review.partner")
    period_start = _day("review.period_start")
    period_end = _day("review.period_end")
    product = _text("review.product", 120, help_text=say_later("review.product_help"))
    kind = forms.ChoiceField(label=say_later("review.kind"), choices=_choices(get_args(Kind), "kind"))
    value = forms.CharField(
        label=say_later("review.value"), max_length=60,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )  # fmt: skip
    scale = forms.ChoiceField(label=say_later("review.scale"), choices=_choices(SCALES, "scale"))
    unit = _text(
        "review.unit", 20, widget=forms.TextInput(attrs={"list": "units", "autocomplete": "off"}),
        help_text=say_later("review.unit_help"),
    )  # fmt: skip
    bound = forms.ChoiceField(label=say_later("review.bound"), choices=_choices(get_args(Bound), "bound"))
    modality = forms.ChoiceField(label=say_later("review.modality"), choices=_choices(get_args(Modality), "modality"))
    speaker = _text("review.speaker", 300)
    field_order = (
        "indicator", "reporter", "partner", "period_start", "period_end", "product", "kind", "value", "scale", "unit",
        "bound", "modality", "speaker", "reason",
    )  # fmt: skip

    def __init__(self, *args: Any, claim: models.Claim, **rest: Any) -> None:
        self.claim = claim
        super().__init__(*args, initial=_initial(claim), **rest)

    def clean_reporter(self) -> str | None:
        """A code, or a name in any language."""
        return self._find_side("reporter")

    def clean_partner(self) -> str | None:
        """A code, or a name in any language."""
        return self._find_side("partner")

    def _find_side(self, name: str) -> str | None:
        given = self.cleaned_data[name].strip()
        if not given or given == getattr(self.claim, name):
            return given or None
        code = find_area(given) or find_region(given)
        if code is None:
            raise forms.ValidationError(say("review.bad_side", name=given))
        return code

    def clean_value(self) -> Decimal:
        """Digits with spaces between them and a comma or a dot, as people write."""
        given = _GAPS.sub("", self.cleaned_data["value"])
        if not _NUMBER.fullmatch(given):
            raise forms.ValidationError(say("review.bad_value"))
        return Decimal(given.replace("−", "-").replace(",", "."))

    def clean_unit(self) -> str | None:
        """A code of money, or one of a few measures."""
        given = self.cleaned_data["unit"].strip()
        if given and given not in UNITS and not _UNIT.fullmatch(given):
            raise forms.ValidationError(say("review.bad_unit"))
        return given or None

    def clean(self) -> dict[str, Any]:
        """What must hold between fields, and that anything is corrected at all."""
        data: dict[str, Any] = super().clean() or {}
        start, end = data.get("period_start"), data.get("period_end")
        if start and end and start > end:
            self.add_error("period_end", say("review.bad_period"))
        if not self.errors:
            data["unit"] = _UNIT_OF.get(data["kind"], data["unit"])
            data["value_exact"] = format_exact(data["value"] * SCALES[data["scale"]])
            if data["kind"] == "rank" and (Decimal(data["value_exact"]) % 1 or Decimal(data["value_exact"]) < 1):
                self.add_error("value", say("review.bad_rank"))
            elif all(_same(data.get(name), getattr(self.claim, name), name) for name in FIELDS):
                self.add_error(None, say("review.nothing"))
        return data

    def values(self) -> dict[str, Any]:
        """The columns of the corrected row."""
        return {name: self.cleaned_data[name] or None for name in FIELDS}


def _same(given: Any, held: Any, name: str) -> bool:
    return Decimal(given) == Decimal(held) if name == "value_exact" else (given or None) == (held or None)


def _initial(claim: models.Claim) -> dict[str, Any]:
    held = {name: getattr(claim, name) for name in FIELDS if name != "value_exact"}
    value = Decimal(claim.value_exact)
    scale = _find_scale(value, claim)
    return {**held, "value": format_exact(value / SCALES[scale]), "scale": scale}


def _find_scale(value: Decimal, claim: models.Claim) -> str:
    """The scale in which a person would write the value."""
    if claim.unit == "fraction":
        return "0.01"
    for scale in ("1e9", "1e6", "1e3"):
        if abs(value) >= SCALES[scale] and claim.kind in ("level", "difference"):
            return scale
    return "1"


def list_sides() -> list[tuple[str, str]]:
    """Codes and names that the fields of sides offer."""
    return [(code, name_side(code)) for code in (*load_areas(), *load_regions())]


class RolesForm(forms.Form):
    """What somebody may do."""

    roles = forms.MultipleChoiceField(
        label=say_later("account.roles"), required=False, choices=_choices(ROLES, "role"),
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip


class UserForm(RolesForm):
    """A new account."""

    name = forms.CharField(label=say_later("users.name"), max_length=150, help_text=say_later("users.name_help"))
    field_order = ("name", "roles")
