"""Search over texts in all scripts at once, by the full-text index of the database itself.

What is indexed is not the text but its words' stems in one alphabet (`folding`): a question in Cyrillic finds Kazakh in
Latin and Arabic letters, and the reverse. SQLite keeps an FTS5 table by triggers, PostgreSQL a generated column.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
from django.db import connection

from ..model import Reading
from . import models
from .folding import LANGS, find_words, fold_word, passed_over

# Of a word that stands in most reports only the newest are ranked: a question takes no longer with more reports.
MOST_HITS = 300
_LONGEST_QUERY = 500
_MOST_TERMS = 12
# As many words of a text are found; PostgreSQL takes no more than a megabyte of them.
_MOST_WORDS = 50_000
_SHORTEST_PREFIX = 4

_Term = tuple[str, ...]  # the stems of one word of a question: one for each language it may be in


class Hits(msgspec.Struct, frozen=True):
    """What a question found: documents of one page, best first, and how many there are; MOST_HITS at the most."""

    documents: Sequence[models.Document]
    total: int

    @property
    def is_cut(self) -> bool:
        """Whether there may be more than were counted."""
        return self.total >= MOST_HITS


def fold_text(reading: Reading) -> str:
    """The words of a report as search keeps them."""
    return fold_words(" ".join((reading.document.title or "", reading.document.text)), reading.lang)


def fold_words(text: str, lang: str | None) -> str:
    """The stems of a text in its language, in order."""
    stems = (stem for _, _, stem in find_words(text, lang))
    return " ".join(stem for stem, _ in zip(stems, range(_MOST_WORDS), strict=False))


def search_documents(
    query: str, *, limit: int = 20, offset: int = 0, lang: str | None = None, script: str | None = None,
    pair: str | None = None, since: dt.date | None = None, until: dt.date | None = None,
) -> Hits:  # fmt: skip
    """Reports that hold all words of the question, else those that hold any; best first, then newest.

    `lang`, `script`, `pair` (of which they have a figure), `since` and `until` keep to such reports. A question without
    a word finds nothing.
    """
    terms = parse_query(query)
    if not terms:
        return Hits((), 0)
    more = _narrow(lang=lang, script=script, pair=pair, since=since, until=until)
    find = _find_postgres if connection.vendor == "postgresql" else _find_sqlite
    for any_word in (False, True):
        ids = find(terms, any_word, more)
        if ids or len(terms) == 1:
            break
    page = ids[max(offset, 0) : max(offset, 0) + max(limit, 0)]
    rows = models.Document.objects.defer("text", "folded").in_bulk(page)
    return Hits([rows[pk] for pk in page if pk in rows], len(ids))


def find_hits(query: str, text: str, lang: str | None) -> list[tuple[int, int]]:
    """Where the words of a question stand in a text: start and end of each, to be marked."""
    terms = parse_query(query)
    whole = {stem for term in terms for stem in term}
    begun = tuple(stem for stem in whole if len(stem) >= _SHORTEST_PREFIX)
    return [
        (start, end)
        for start, end, stem in find_words(text, lang)
        if stem in whole or (begun and stem.startswith(begun))
    ]


def cut_snippet(text: str, hits: Sequence[tuple[int, int]], *, length: int = 240) -> tuple[int, int]:
    """The part of a text to show: where most of the words found stand close together, cut between words."""
    start = max(0, _densest(hits, length) - length // 4)
    end = min(len(text), start + length)
    while 0 < start < end and not text[start - 1].isspace():
        start += 1
    while start < end < len(text) and not text[end].isspace():
        end -= 1
    return (start, end) if start < end else (max(0, end - length), end)


def _densest(hits: Sequence[tuple[int, int]], length: int) -> int:
    best, most, left = 0, 0, 0
    for right, (_, end) in enumerate(hits):
        while end - hits[left][0] > length * 3 // 4 and left < right:
            left += 1
        if right - left + 1 > most:
            best, most = hits[left][0], right - left + 1
    return best


def parse_query(query: str) -> list[_Term]:
    """The words of a question that are asked for. Whatever else stands in it (quotes, operators) says nothing."""
    terms: dict[_Term, None] = {}
    query = query[:_LONGEST_QUERY]
    for start, end, stem in find_words(query, "en"):
        stems = {stem, *(fold_word(query[start:end].replace(" ", ""), lang) for lang in LANGS)}
        if term := tuple(sorted(stems - passed_over() - {""})):
            terms[term] = None
    return list(terms)[:_MOST_TERMS]


# -- the databases' own indexes ----------------------------------------------------------------------------------------


def _ways(term: _Term, mark: str) -> Iterator[str]:
    """Each stem; a longer one with its continuations."""
    for stem in term:
        yield f"{stem}{mark}" if len(stem) >= _SHORTEST_PREFIX and not stem[0].isdecimal() else stem


_CONDITIONS = {
    "lang": "d.lang = %s",
    "script": "d.script = %s",
    "pair": "d.id IN (SELECT c.document_id FROM ledger_claim c WHERE c.pair = %s AND c.ended_id IS NULL)",
    "since": "d.published >= %s",
    "until": "d.published <= %s",
}
_More = tuple[str, list[Any]]


def _narrow(**asked: Any) -> _More:
    """The conditions on a report that were asked for, and their values."""
    wanted = {name: value for name, value in asked.items() if value}
    return "".join(f" AND {_CONDITIONS[name]}" for name in wanted), list(wanted.values())


def _find_postgres(terms: Sequence[_Term], any_word: bool, narrowed: _More) -> list[int]:
    query = (" | " if any_word else " & ").join(f"({' | '.join(_ways(term, ':*'))})" for term in terms)
    more, values = narrowed
    sql = f"""
        SELECT id FROM (
            SELECT d.id, d.published, d.stems FROM ledger_document d WHERE d.stems @@ to_tsquery('simple', %s){more}
            ORDER BY d.published DESC NULLS LAST, d.id DESC LIMIT %s
        ) found ORDER BY ts_rank(stems, to_tsquery('simple', %s), 1) DESC, published DESC NULLS LAST, id DESC
    """  # noqa: S608 - `more` is made of names of our own
    return _fetch(sql, [query, *values, MOST_HITS, query])


def _find_sqlite(terms: Sequence[_Term], any_word: bool, narrowed: _More) -> list[int]:
    query = (" OR " if any_word else " AND ").join(f"({' OR '.join(_ways(term, '*'))})" for term in terms)
    more, values = narrowed
    sql = f"""
        SELECT d.id FROM ledger_search JOIN ledger_document d ON d.id = ledger_search.rowid
        WHERE ledger_search MATCH %s{more} ORDER BY ledger_search.rank, d.published DESC, d.id DESC LIMIT %s
    """  # noqa: S608
    return _fetch(sql, [query, *values, MOST_HITS])


def _fetch(sql: str, values: Sequence[Any]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [row[0] for row in cursor.fetchall()]


_POSTGRES = (
    """ALTER TABLE ledger_document ADD COLUMN IF NOT EXISTS stems tsvector
       GENERATED ALWAYS AS (to_tsvector('simple', folded)) STORED""",
    "CREATE INDEX IF NOT EXISTS ledger_document_stems ON ledger_document USING gin (stems)",
    # For words that most reports have: the newest are taken in order, and no others are looked at.
    """CREATE INDEX IF NOT EXISTS ledger_document_latest ON ledger_document (published DESC NULLS LAST, id DESC)""",
)
_SQLITE = (
    """CREATE VIRTUAL TABLE IF NOT EXISTS ledger_search
       USING fts5(folded, content='ledger_document', content_rowid='id', tokenize='ascii', prefix='4')""",
    """CREATE TRIGGER IF NOT EXISTS ledger_search_insert AFTER INSERT ON ledger_document BEGIN
       INSERT INTO ledger_search(rowid, folded) VALUES (new.id, new.folded); END""",
    """CREATE TRIGGER IF NOT EXISTS ledger_search_update AFTER UPDATE OF folded ON ledger_document
       WHEN old.folded <> new.folded BEGIN
       INSERT INTO ledger_search(ledger_search, rowid, folded) VALUES ('delete', old.id, old.folded);
       INSERT INTO ledger_search(rowid, folded) VALUES (new.id, new.folded); END""",
    """CREATE TRIGGER IF NOT EXISTS ledger_search_delete AFTER DELETE ON ledger_document BEGIN
       INSERT INTO ledger_search(ledger_search, rowid, folded) VALUES ('delete', old.id, old.folded); END""",
)


def prepare_index(**_: Any) -> None:
    """Make the index where it is missing. After every migration, for SQLite loses triggers with a table made anew."""
    if models.Document._meta.db_table not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        for statement in _POSTGRES if connection.vendor == "postgresql" else _SQLITE:
            cursor.execute(statement)
        if connection.vendor != "postgresql":
            cursor.execute("INSERT INTO ledger_search(ledger_search) VALUES ('rebuild')")
