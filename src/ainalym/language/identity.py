"""What makes two texts the same text."""

from __future__ import annotations

import hashlib
import unicodedata

_DROPPED = dict.fromkeys((0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF))


def hash_text(text: str) -> str:
    """The name of a text: 32 hex digits of the SHA-256 of it, whatever its spaces and invisible characters."""
    normal = unicodedata.normalize("NFC", text.translate(_DROPPED))
    return hashlib.sha256(" ".join(normal.split()).encode("utf-8", "surrogatepass")).hexdigest()[:32]
