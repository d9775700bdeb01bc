"""The texts of a written page: to write them out in another script, and to tell whose language they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from django.utils.html import strip_tags
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import BaseTypedTableBlock

from ...language.detect import find_language
from ..words import LATIN, base_lang, say

Rewrite = Callable[[str], str]

# A sentence, so that a name or a word that two languages share is not taken for an untranslated text.
_SENTENCE = 40
# As many letters tell the language of a text.
_ENOUGH = 120
_TAG = re.compile(r"(<[^>]*>|&\w+;)")
_PLAIN = ("title", "seo_title", "search_description", "lead")


def rewrite_html(html: str, rewrite: Rewrite) -> str:
    """The texts between the tags rewritten."""
    return "".join(part if _TAG.fullmatch(part) else rewrite(part) for part in _TAG.split(html))


def rewrite_block(block: Any, value: Any, rewrite: Rewrite, *, quotes: bool = True) -> Any:
    """The stored value of a block with its texts rewritten; choices, numbers and references stay.

    Without `quotes`, words that are somebody's own stay as well.
    """

    def again(inner: Any, part: Any) -> Any:
        return rewrite_block(inner, part, rewrite, quotes=quotes)

    match block:
        case blocks.StreamBlock():
            return [part | {"value": again(block.child_blocks[part["type"]], part["value"])} for part in value]
        case blocks.StructBlock() if block.name == "quote" and not quotes:
            return value
        case blocks.StructBlock():
            return {name: again(block.child_blocks[name], part) for name, part in value.items()}
        case BaseTypedTableBlock() if value:
            return _rewrite_table(block, value, rewrite)
        case blocks.RichTextBlock() if value:
            return rewrite_html(value, rewrite)
        case blocks.CharBlock() | blocks.TextBlock() if value:
            return rewrite(value)
    return value


def _rewrite_table(block: Any, value: dict[str, Any], rewrite: Rewrite) -> dict[str, Any]:
    kinds = [block.child_blocks[column["type"]] for column in value["columns"]]
    return {
        "caption": rewrite(value.get("caption") or ""),
        "columns": [column | {"heading": rewrite(column["heading"])} for column in value["columns"]],
        "rows": [
            {"values": [rewrite_block(kind, cell, rewrite) for kind, cell in zip(kinds, row["values"], strict=True)]}
            for row in value["rows"]
        ],
    }


def rewrite_page(page: Any, rewrite: Rewrite, *, quotes: bool = True) -> None:
    """Rewrite all texts of a page in place."""
    for name in _PLAIN:
        setattr(page, name, rewrite(getattr(page, name)))
    block = page.body.stream_block
    stored = block.get_prep_value(page.body)
    page.body = block.to_python(rewrite_block(block, stored, rewrite, quotes=quotes))


def find_texts(page: Any) -> Iterator[str]:
    """The page's own texts one by one, without tags and without quotes."""
    texts: list[str] = []

    def note(text: str) -> str:
        texts.append(text)
        return text

    for name in ("title", "lead"):
        note(getattr(page, name))
    block = page.body.stream_block
    rewrite_block(block, block.get_prep_value(page.body), note, quotes=False)
    return (" ".join(strip_tags(text).split()) for text in texts)


def find_foreign(page: Any) -> str | None:
    """What speaks against showing this page under its language's address; None when nothing does."""
    if page.locale is None:
        return None
    lang = page.locale.language_code
    texts = list(find_texts(page))
    whole = "\n".join(texts)
    if sum(map(str.isalpha, whole)) >= _ENOUGH:
        found = find_language(whole)
        if (found.lang or base_lang(lang)) != base_lang(lang) or (found.script == "Cyrl") != (lang in ("kk", "ru")):
            name = found.lang if found.lang in ("kk", "ru", "en") else "other"
            return say("sites.other_language", name=say(f"sites.in_{name}"))
    own = {text for text in texts if len(text) >= _SENTENCE}
    for translation in page.get_translations().exclude(locale=page.locale):
        same = own.intersection(find_texts(translation.specific))
        if same:
            return say("sites.not_translated", text=min(same, key=len)[:120])
    return None


def is_latin(page: Any) -> bool:
    """Whether the page stands in the tree of Kazakh in Latin letters."""
    return page.locale.language_code == LATIN
