"""The program's own words in Kazakh, Russian and English, kept as data beside this module."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

UI_LANGS = ("kk", "ru", "en")


@cache
def load_messages(lang: str) -> dict[str, str]:
    """All texts of a language under dotted keys (`column.figure`)."""
    data = resources.files(__name__).joinpath(f"{lang}.toml").read_text(encoding="utf-8")
    sections: dict[str, dict[str, str]] = tomllib.loads(data)
    return {f"{section}.{key}": text for section, texts in sections.items() for key, text in texts.items()}


def say(lang: str, key: str, **values: Any) -> str:
    """One text in a language, with its values put in."""
    text = load_messages(lang)[key]
    return text.format(**values) if values else text
