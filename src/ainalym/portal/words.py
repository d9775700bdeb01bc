"""The portal's own words: one file a topic and language beside this module (messages/TOPIC.LANG.toml).

Keys not found here are those of the command line's catalogue, so that an indicator has one name everywhere. Kazakh in
Latin letters (kk-latn) is the Kazakh text written out in the alphabet of 2021.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import Any

from django.utils.functional import lazy
from django.utils.translation import get_language

from ..language.orthography import write
from ..output import messages as common

LATIN = "kk-latn"
UI_LANGS = (*common.UI_LANGS, LATIN)
_PLACE = re.compile(r"(\{[^}]*\})")


def current_lang() -> str:
    """The language of the page that is being made: kk, kk-latn, ru or en."""
    lang = (get_language() or "kk").lower()
    return lang if lang in UI_LANGS else lang.split("-")[0] if lang.split("-")[0] in UI_LANGS else "kk"


def base_lang(lang: str | None = None) -> str:
    """The language without its script: what names of countries and sentences of findings are kept in."""
    return "kk" if (lang or current_lang()) == LATIN else (lang or current_lang())


@cache
def load_words(lang: str) -> dict[str, str]:
    """All texts of a language under dotted keys."""
    if lang == LATIN:
        return {key: to_latin(text) for key, text in load_words("kk").items()}
    own = common.load_folder(resources.files(__package__).joinpath("messages"), lang)
    return common.load_messages(lang) | own


def to_latin(text: str) -> str:
    """Kazakh Cyrillic in Latin letters; places for values stay as they are."""
    return "".join(part if part.startswith("{") else write(part, "Latn-2021") for part in _PLACE.split(text))


def say(key: str, *, lang: str | None = None, **values: Any) -> str:
    """One text in the page's language, with its values put in."""
    text = load_words(lang or current_lang())[key]
    return text.format(**values) if values else text


def adapt(text: str) -> str:
    """A Kazakh text of the program (a finding, a name of a country) in the script of the page."""
    return to_latin(text) if current_lang() == LATIN else text


# For labels of forms, which are made before the page's language is known.
say_later = lazy(say, str)
