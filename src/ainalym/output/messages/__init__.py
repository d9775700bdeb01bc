"""The program's own words in Kazakh, Russian and English, kept as data beside this module."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

UI_LANGS = ("kk", "ru", "en")


@cache
def load_messages(lang: str) -> dict[str, str]:
    """All texts of a language under dotted keys (`column.figure`)."""
    return load_folder(resources.files(__name__), lang)


def load_folder(folder: Traversable, lang: str) -> dict[str, str]:
    """The texts of a language in a folder of catalogues: LANG.toml, and TOPIC.LANG.toml where a topic has its own."""
    texts: dict[str, str] = {}
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.name == f"{lang}.toml" or file.name.endswith(f".{lang}.toml"):
            sections: dict[str, dict[str, str]] = tomllib.loads(file.read_text(encoding="utf-8"))
            texts |= {f"{section}.{key}": text for section, own in sections.items() for key, text in own.items()}
    return texts


def say(lang: str, key: str, **values: Any) -> str:
    """One text in a language, with its values put in."""
    text = load_messages(lang)[key]
    return text.format(**values) if values else text
