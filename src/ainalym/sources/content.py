"""What a format's reader gives: the text and what the format itself says about it; and how a document is made of it."""

from __future__ import annotations

import datetime as dt
import re

import msgspec

from ..errors import SourceError
from ..model import Document
from .dates import find_published, is_stamp
from .limits import Limits, say_size


class Content(msgspec.Struct, frozen=True, kw_only=True):
    """A text with the metadata of its format; None where the format says nothing."""

    text: str
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    published: dt.date | None = None
    lang: str | None = None


_CREDIT = re.compile(
    r"(?i)^(?:фото|сурет|суреттер|foto|photo|photos|sýret|suret|image|иллюстрация|видео|video|автор|source|көзі|источник)\b"
)


def find_title(text: str) -> str | None:
    """The headline: a first line of a few words without a full stop, with a longer text below it."""
    lines = [line.strip() for line in text[:4000].splitlines() if line.strip()]
    while lines and is_stamp(lines[0]):
        lines = lines[1:]
    if len(lines) < 2 or _CREDIT.match(lines[0]):
        return None
    first = lines[0]
    is_headline = 2 <= len(first.split()) <= 30 and len(first) <= 200 and not first.endswith((".", ":", ",", ";", "…"))
    return first if is_headline and any(len(line) > len(first) for line in lines[1:]) else None


def make_document(content: Content, *, name: str, limits: Limits, published: dt.date | None = None) -> Document:
    """The document of a text; the day of publication by metadata, else by the text's stamp, else `published`."""
    if not content.text.strip():
        raise SourceError("holds no text; nothing to read in it", kind="empty")
    if len(content.text) > limits.text_characters:
        raise SourceError(
            f"holds more than {say_size(limits.text_characters)} of text; split it into single reports", kind="long"
        )
    return Document(
        id=name,
        text=content.text,
        title=content.title or find_title(content.text),
        url=content.url,
        publisher=content.publisher or find_host(content.url),
        published=content.published or find_published(content.text) or published,
        lang=content.lang,
    )


def find_host(url: str | None) -> str | None:
    """The site that an address belongs to, without `www.`."""
    found = re.match(r"(?i)https?://(?:[^/@?#]*@)?(?:www\.)?([^/:?#\s]+)", url or "")
    return found[1].lower() if found else None


def clean_lang(value: str | None) -> str | None:
    """A BCP 47 tag as sources write it ("kk_KZ", "ru"), or None if it is none."""
    value = (value or "").strip().replace("_", "-")
    return value if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*", value) else None


def clean_line(value: str | None, longest: int = 500) -> str | None:
    """One line of metadata with its spaces put in order; None when nothing is left."""
    line = " ".join((value or "").split())[:longest]
    return line or None
