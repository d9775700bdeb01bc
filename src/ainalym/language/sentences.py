"""Sentences and paragraphs as ranges of tokens.

A sentence ends after . ! ? … (with the quotes or brackets that close behind it) when a space and a beginning follow,
and at every line break: headings, dates and bylines of news pages stand on lines of their own without a full stop.
What runs on far longer than any sentence does is cut.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ainalym.language.tokens import Token

_ENDS = frozenset(".!?…؟۔")
_CLOSERS = frozenset("»”’\"')]“")
_OPENERS = frozenset("«“„\"'(")
_DASHES = frozenset("-–—−")
_PARTS = frozenset(",;:،؛")
_LONGEST = 150  # tokens; the longest sentences of reports have half as many


def _load_abbreviations() -> dict[str, frozenset[str]]:
    words: dict[str, set[str]] = {}
    for line in Path(__file__).with_name("abbreviations.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, _, rest = line.partition(":")
            words.setdefault(name, set()).update(rest.split())
    return {name: frozenset(found) for name, found in words.items()}


_WORDS = _load_abbreviations()
_LEADING, _UNITS, _AFTER_UNIT = _WORDS["leading"], _WORDS["unit"], _WORDS["after-unit"]
_YEARS = frozenset(("г", "гг", "ж", "жж", "j", "jj"))
_TITLE_UNITS, _STARTERS = _WORDS["title-unit"], _WORDS["starter"]


def find_sentences(text: str, tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """Ranges `(first, stop)` of token indexes, in order, that cover all tokens; `stop` is exclusive."""
    return _ranges(text, tokens, at_lines_only=False)


def find_paragraphs(text: str, tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """Ranges of the tokens between line breaks."""
    return _ranges(text, tokens, at_lines_only=True)


def _ranges(text: str, tokens: Sequence[Token], *, at_lines_only: bool) -> list[tuple[int, int]]:
    ranges = []
    first = 0
    count = len(tokens)
    for i in range(1, count):
        left, right = tokens[i - 1], tokens[i]
        if left.end == right.start and i - first < 2 * _LONGEST:
            continue
        gap = text[left.end : right.start]
        if gap == " " and (at_lines_only or (left.kind == "word" and i - first < _LONGEST)):
            continue  # as between most words
        ends = _breaks_line(gap)
        if not at_lines_only and not ends:
            ends = _is_too_long(i - first, left) or (left.kind == "sign" and _ends_sentence(text, tokens, first, i))
        if ends:
            ranges.append((first, i))
            first = i
    if count:
        ranges.append((first, count))
    return ranges


def _is_too_long(count: int, last: Token) -> bool:
    """A list or table without full stops is cut behind a comma or semicolon, so that reading stays fast on any text."""
    return count >= _LONGEST and (last.folded in _PARTS or count >= 2 * _LONGEST)


def _breaks_line(gap: str) -> bool:
    if gap == " ":
        return False
    return "\n" in gap or "\r" in gap or "\u2028" in gap or "\u2029" in gap


def _ends_sentence(text: str, tokens: Sequence[Token], first: int, i: int) -> bool:
    """Does the sentence that began at token `first` end before token `i`? The token before `i` is a sign."""
    end = i - 1
    while end > first and tokens[end].folded in _CLOSERS:
        end -= 1
    if tokens[end].folded not in _ENDS:
        return False
    closed = end < i - 1
    if not _begins(text, tokens, i, closed=closed) or (tokens[end].folded == "." and _in_brackets(tokens, first, end)):
        return False
    return closed or tokens[end].folded != "." or not _abbreviates(text, tokens, first, end)


def _in_brackets(tokens: Sequence[Token], first: int, end: int) -> bool:
    """Does the full stop stand in a bracket that closes soon: «(2022 ж. – 1,05 млрд)»?"""
    depth = sum((tokens[i].folded == "(") - (tokens[i].folded == ")") for i in range(first, end))
    return depth > 0 and any(token.folded == ")" for token in tokens[end + 1 : end + 25])


def _begins(text: str, tokens: Sequence[Token], i: int, *, closed: bool) -> bool:
    """Can a sentence begin at token `i`? After a closed quotation a dash leads to who said it: no beginning."""
    if tokens[i].folded in _DASHES:
        i += 1
        if closed or i >= len(tokens):
            return False
    while i < len(tokens) and tokens[i].folded in _OPENERS:
        i += 1
    if i >= len(tokens):
        return True
    letter = text[tokens[i].start]
    return letter.isdigit() or not letter.islower()


def _follows_number(tokens: Sequence[Token], first: int, word: int) -> bool:
    return word - 1 >= first and tokens[word - 1].kind == "number"


def _abbreviates(text: str, tokens: Sequence[Token], first: int, end: int) -> bool:
    """Does the full stop at token `end` belong to the word before it rather than to the sentence?"""
    if end == first:
        return False
    word, follower = tokens[end - 1], tokens[end + 1]
    if word.end != tokens[end].start:
        return False
    if word.kind == "number":
        return end - 1 == first  # "1. Экспорт": the number of a list item
    if word.kind != "word":
        return False
    if word.folded in _LEADING:
        return True
    single = word.end - word.start == 1
    if single and text[word.start].isupper():
        return follower.folded not in _STARTERS
    if word.folded in _UNITS:
        if follower.kind == "word" and follower.folded in _AFTER_UNIT:
            return True
        if follower.folded in _DASHES and _follows_number(tokens, first, end - 1):
            return True  # "453,4 тыс. – РФ"
        if word.folded in _YEARS and follower.kind == "number":
            return True  # "в 2021 г. 26,5% вывоза"
        before_is_number = end - 2 >= first and (tokens[end - 2].kind == "number" or tokens[end - 2].folded in _UNITS)
        return not before_is_number and word.folded in _TITLE_UNITS  # "г. Алматы", but "в 2023 г. Экспорт"
    return single and text[word.start].islower() and follower.kind == "word" and text[follower.start].islower()
