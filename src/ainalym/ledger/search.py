"""Search over texts in all scripts at once.

A text's words are written in one alphabet (Kazakh Latin and Arabic in Cyrillic) and cut to their stems, so that what is
asked in one script finds the others. The database's own full-text index does the rest.
"""

from __future__ import annotations

from ..model import Reading


def fold_text(reading: Reading) -> str:
    """The words of a report as search keeps them."""
    return reading.document.text.casefold()[:200_000]
