"""The reasons of a verdict in words: Kazakh, Russian or English. The sentences stand in words/*.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from importlib.resources import files

from ..errors import UsageError
from ..model import OfficialInterval
from .candidates import Candidate, period_length
from .figures import Period, area_name

LANGS = ("kk", "ru", "en")
_MILLION = Decimal(1_000_000)


@cache
def _sentences(lang: str) -> dict[str, str]:
    if lang not in LANGS:
        raise UsageError(f"no sentences in the language {lang!r}; there are {', '.join(LANGS)}")
    text = files(__package__).joinpath("words", f"{lang}.toml").read_text(encoding="utf-8")
    return {f"{section}.{key}": value for section, rows in tomllib.loads(text).items() for key, value in rows.items()}


class Words:
    """Writes values, periods, countries and what a value was made from in one language."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.sentences = _sentences(lang)

    def say(self, key: str, **values: object) -> str:
        return self.sentences[key].format(**values)

    def area(self, code: str | None) -> str:
        return area_name(code, self.lang)

    def value(self, value: Decimal) -> str:
        """Amounts in millions of dollars, ratios and shares in four digits."""
        if abs(value) < 10_000:
            return f"{value:.4g}".replace(".", self.sentences["number.decimal"])
        signs = {",": self.sentences["number.group"], ".": self.sentences["number.decimal"]}
        shown = "".join(signs.get(sign, sign) for sign in f"{value / _MILLION:,.1f}")
        return self.say("number.million", value=shown)

    def basis(self, found: Candidate) -> str:
        """An official value with who published what it was made from, in which vintages."""
        first = found.basis[0]
        return self.say(
            "basis.derived" if len(found.basis) > 1 else "basis.published",
            value=self.value(found.value),
            publisher=first.publisher,
            source=first.source,
            vintages=", ".join(dict.fromkeys(str(part.vintage) for part in found.basis)),
            period=say_period(found.period),
        )

    def ranks(self, ranks: Sequence[OfficialInterval]) -> str:
        """The places of one partner in one list, by year."""
        first = ranks[0]
        listed = (self.say("basis.rank", year=say_period(rank.period), rank=rank.value) for rank in ranks)
        return self.say(
            "basis.ranks", reporter=self.area(first.reporter), partner=self.area(first.partner), ranks=", ".join(listed)
        )


def say_period(period: Period) -> str:
    """2022, 2022-04 or 2022-01/2022-09."""
    start, end = period
    if period_length(period) == 12 and start.month == 1:
        return str(start.year)
    return f"{start:%Y-%m}" if period_length(period) == 1 else f"{start:%Y-%m}/{end:%Y-%m}"
