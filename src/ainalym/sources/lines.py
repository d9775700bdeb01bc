"""Printed lines to paragraphs: page furniture goes, words cut at a line's end are joined, lines flow together."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence

from .dates import is_stamp

_EDGE = 2  # running heads and feet take up to so many lines of a page
_NUMBER_ONLY = re.compile(
    r"(?i)^[-–—\s|.]*(?:page|стр\.?|страница|бет|p\.?)?\s*\d{1,3}\s*(?:(?:/|of|из|-)\s*\d{1,4}|-?\s*бет|стр\.?)?[-–—\s|.]*$"
)
_END = (".", "!", "?", "…", ":", "»", "”", '"', ")", ";")
_SOFT = "\u00ad"
_HYPHENS = "-\u2010" + _SOFT
# First halves of compounds that keep their hyphen: "торгово-экономический", "сауда-экономикалық".
_FIRST_HALVES = re.compile(
    r"(?i)(?:^|\W)(?:торгово|социально|финансово|военно|научно|культурно|нефте|политико|экономико|технико|транспортно"
    r"|сауда|мәдени|қоғамдық|ғылыми|әлеуметтік|көлік|қаржы|экспорт|импорт|мұнай|вице|экс|штаб|бизнес|премьер|онлайн)$"
)


def _key(line: str) -> str:
    return re.sub(r"\d+", "#", " ".join(line.split())).casefold()


def _edge_indexes(lines: Sequence[str], depth: int = _EDGE) -> set[int]:
    filled = [index for index, line in enumerate(lines) if line.strip()]
    return {*filled[:depth], *filled[-depth:]}


def _find_furniture(pages: Sequence[Sequence[str]]) -> set[str]:
    """Lines that stand at the edge of more than half of the pages, page numbers aside; needs three pages to tell."""
    if len(pages) < 3:
        return set()
    counts = Counter(key for lines in pages for key in {_key(lines[index]) for index in _edge_indexes(lines)})
    return {key for key, count in counts.items() if count > len(pages) / 2}


def drop_furniture(pages: Sequence[Sequence[str]]) -> list[list[str]]:
    """The pages without page numbers and running heads; a head stays where it stands for the first time."""
    furniture, seen, kept = _find_furniture(pages), set[str](), []
    for lines in pages:
        edges, outer, page = _edge_indexes(lines), _edge_indexes(lines, 1), []
        for index, line in enumerate(lines):
            if index in edges and line.strip():
                key = _key(line)
                is_number = index in outer and _NUMBER_ONLY.match(line.strip())
                if is_number or (key in furniture and key in seen):
                    continue
                if key in furniture:
                    seen.add(key)
            page.append(line)
        kept.append(page)
    return kept


def _join_hyphen(before: str, after: str, whole: str) -> str:
    """Two lines of which the first ends in a hyphen; a hyphen that belongs to the word stays."""
    stem, mark = before[:-1], before[-1]
    left = re.search(r"\w+$", stem)
    right = re.match(r"\w+", after)
    if not left or not right:
        return f"{before} {after}" if stem.endswith((" ", "\t")) else before + after
    if mark != _SOFT and _keeps_hyphen(left[0], right[0], stem, whole):
        return f"{stem}-{after}"
    return stem + after


def _keeps_hyphen(left: str, right: str, stem: str, whole: str) -> bool:
    if not (left[-1].islower() and right[0].islower()):
        return True  # "ЕАЭО-ға", "2025-2030", "Нью-Йорк"
    if f"{left}-{right}" in whole:
        return True
    return left + right not in whole and bool(_FIRST_HALVES.search(stem))


def _goes_on(before: str, after: str, width: int) -> bool:
    """Whether the next line belongs to the same paragraph: the line is full, or the next starts in small letters."""
    if is_stamp(before) or is_stamp(after):
        return False
    if after[:1].islower() and not before.endswith((".", "!", "?")):
        return True
    full = len(before) >= (0.75 if not before.endswith(_END) else 0.9) * width
    return full and not re.match(r"[•▪●–—-]\s|\d{1,2}[.)]\s", after)


def join_lines(pages: Sequence[Sequence[str]]) -> str:
    """The running text of pages given as lines, a paragraph a line; a blank line always ends a paragraph."""
    lines = [" ".join(line.split()) for page in drop_furniture(pages) for line in page]
    widths = sorted(len(line) for line in lines if line)
    width = widths[math.ceil(0.9 * (len(widths) - 1))] if widths else 0
    whole = "\n".join(lines)
    paragraphs: list[str] = []
    current, last = "", ""  # the paragraph so far, and the last line of it, which alone tells how full it is
    for line in lines:
        if current and line and current[-1] in _HYPHENS and not re.search(r"\s[-\u2010]$|^.$", current):
            current, last = _join_hyphen(current, line, whole), line
        elif current and line and width >= 30 and _goes_on(last, line, width):
            current, last = f"{current} {line}", line
        else:
            paragraphs.append(current)
            current, last = line, line
    paragraphs.append(current)
    return "\n".join(paragraph for paragraph in paragraphs if paragraph)
