"""Currencies beside a number."""

from __future__ import annotations

from ..lexicon import Hit
from .view import View


def is_spelled(view: View, hit: Hit) -> bool:
    """Is a currency code in capitals? «top» and «all» are words, TOP and ALL are currencies."""
    if view.lang != "en" or hit.first != hit.last:
        return True
    quote = view.context.text(hit.first, hit.last + 1)
    return len(quote) != 3 or not quote.isascii() or not quote.isalpha() or quote.isupper()


def find_currency_before(view: View, i: int) -> tuple[int, str] | None:
    """The currency sign or code right before token i: its first token and the currency."""
    for back in (1, 2, 3):
        hit = view.hits[i - back]
        if hit is not None and hit.last == i - 1:
            for sense in hit.senses:
                if sense.kind == "currency" and sense.pos == "fixed" and is_spelled(view, hit):
                    return hit.first, sense.value
    return None
