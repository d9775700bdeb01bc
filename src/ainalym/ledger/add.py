"""Documents into the ledger: known texts get a sighting, new ones a reading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from django.db import transaction

from .. import __version__
from ..language.identity import hash_text
from ..model import Document, Reading
from ..reading import read_document
from . import models
from .carry import carry_over
from .changes import change
from .records import claim_values, main_pair, name_pair, to_document
from .search import fold_text

VERSION = __version__
_MANY = 2_000
_BROKEN = re.compile("[\0\ud800-\udfff]")


class Added(msgspec.Struct):
    """What one call did: texts new to the ledger, read again by a newer reader, seen in a new place, known."""

    new: int = 0
    reread: int = 0
    seen: int = 0
    known: int = 0

    def count(self, other: Added) -> None:
        """Take the numbers of another call in."""
        for name in self.__struct_fields__:
            setattr(self, name, getattr(self, name) + getattr(other, name))


def find_known(hashes: Iterable[str], version: str | None = None) -> set[str]:
    """Those of these texts that this version of the reader (or another) has read before."""
    return set(
        models.Reading.objects.current()
        .filter(document__hash__in=list(hashes), version=version or VERSION)
        .values_list("document__hash", flat=True)
    )


def add_documents(
    documents: Sequence[Document], readings: Sequence[Reading], *, version: str | None = None, author: str = "",
    user: Any = None, reason: str = "",
) -> Added:  # fmt: skip
    """One batch, all or nothing: every document's sighting, and the readings of those that were not known.

    `readings` are of documents among `documents`, whose ids are where they were seen. Two processes may add the same
    texts at once: each is kept once. What another `version` than this program's has read supersedes nothing.
    """
    version = version or VERSION
    added = Added()
    names = [hash_text(document.text) for document in documents]
    by_name: dict[str, Reading] = {}
    for reading in readings:
        by_name.setdefault(hash_text(reading.document.text), reading)
    with change("add", author=author, user=user, reason=reason) as made:
        if _holds_all(documents, names, version):
            added.known = len({*names})
            transaction.set_rollback(True)  # nothing changed, and so no change is noted
            return added
        rows = {row.hash: row for row in models.Document.objects.filter(hash__in=set(names))}
        old = {
            row.document_id: row for row in models.Reading.objects.current().filter(document__in=list(rows.values()))
        }
        writer = _Writer(made, version)
        for document, name in zip(documents, names, strict=True):
            if name not in rows:
                rows[name] = writer.add(document, name, by_name.get(name))
        for name, reading in by_name.items():
            row = rows[name]
            before = old.get(row.pk) if row.pk else None
            if before is not None and (before.version == version or version != VERSION):
                continue
            added.new += before is None
            added.reread += before is not None
            writer.take(row, _of_kept_text(row, reading), before)
        writer.write()
        seen = _keep_sightings(documents, names, rows, made)
        done = {row.hash for row in writer.taken}
        added.seen = len(seen - done)
        added.known = len({*names} - done - seen)
    return added


def _holds_all(documents: Sequence[Document], names: Sequence[str], version: str) -> bool:
    """Whether there is nothing to do: every text was read by this reader, and seen where it is seen now."""
    if find_known(names, version) != {*names}:
        return False
    places = {(name, _place(document)) for document, name in zip(documents, names, strict=True)}
    return places <= set(
        models.Sighting.objects.filter(document__hash__in=names).values_list("document__hash", "place")
    )


def _place(document: Document) -> str:
    return _storable(document.url or document.id) or ""


def _of_kept_text(row: models.Document, reading: Reading) -> Reading:
    """The reading, of the text as the ledger has it: the same text with other spaces has other offsets."""
    same = row.text == _storable(reading.document.text)
    return reading if same else read_document(to_document(row))


def _storable(text: str | None) -> str | None:
    """No database keeps halves of broken pairs, PostgreSQL no zero characters; one for one, so that offsets hold."""
    if text is None:
        return None
    return _BROKEN.sub("\ufffd", text)


def _cut(text: str | None, most: int) -> str | None:
    text = _storable(text)
    return text[:most] if text else text


def _keep_sightings(
    documents: Sequence[Document], names: Sequence[str], rows: dict[str, models.Document], made: models.Change
) -> set[str]:
    """Gives the hashes of the texts that were seen in a new place."""
    known = set(models.Sighting.objects.filter(document__in=list(rows.values())).values_list("document__hash", "place"))
    fresh: dict[tuple[str, str], models.Sighting] = {}
    for document, name in zip(documents, names, strict=True):
        place = _place(document)
        if (name, place) not in known and (name, place) not in fresh:
            fresh[name, place] = models.Sighting(
                document=rows[name], place=place, url=_storable(document.url),
                publisher=_cut(document.publisher, 300), published=document.published, added=made,
            )  # fmt: skip
    models.Sighting.objects.bulk_create(fresh.values(), batch_size=_MANY)
    return {name for name, _ in fresh}


class _Writer:
    """Gathers the rows of many readings and writes each table at once."""

    def __init__(self, made: models.Change, version: str) -> None:
        self.made, self.version = made, version
        self.fresh: list[models.Document] = []
        self.taken: list[models.Document] = []
        self.again: list[models.Document] = []
        self.readings: list[models.Reading] = []
        self.claims: list[models.Claim] = []
        self.meetings: list[models.Meeting] = []
        self.commitments: list[models.Commitment] = []
        self.mentions: list[tuple[models.Mention, str]] = []
        self.superseded: dict[int, models.Reading] = {}  # old reading to the new one

    def add(self, document: Document, name: str, reading: Reading | None) -> models.Document:
        """The row of a new text; with its index for search, where it was read."""
        row = models.Document(
            hash=name, text=_storable(document.text), title=_storable(document.title), url=_storable(document.url),
            publisher=_cut(document.publisher, 300), published=document.published,
            declared_lang=_cut(document.lang, 20), added=self.made,
        )  # fmt: skip
        self.fresh.append(row)
        return row

    def take(self, row: models.Document, reading: Reading, before: models.Reading | None) -> None:
        """The rows of one reading; `before` is what an older reader made of the document."""
        row.lang, row.script, row.orthography = reading.lang, reading.script, reading.orthography
        row.folded = fold_text(reading)
        self.taken.append(row)
        kept = models.Reading(document=row, version=self.version, messages=list(reading.messages), made=self.made)
        self.readings.append(kept)
        if before is not None:
            self.again.append(row)
            self.superseded[before.pk] = kept
        common: dict[str, Any] = {"reading": kept, "document": row, "made": self.made}
        pair = main_pair(reading)
        for number, claim in enumerate(reading.claims):
            if not claim.value.is_finite():
                continue
            values = claim_values(claim, reading.document)
            values = {name: _storable(value) if isinstance(value, str) else value for name, value in values.items()}
            values |= {"published": row.published, "publisher": row.publisher}
            self.claims.append(models.Claim(number=number, lang=reading.lang, **common, **values))
        for number, meeting in enumerate(reading.meetings):
            self.meetings.append(
                models.Meeting(
                    number=number, participants=list(meeting.participants), date=meeting.date, place=meeting.place,
                    kind=meeting.kind, start=meeting.evidence.start, end=meeting.evidence.end,
                    quote=_storable(meeting.evidence.quote), pair=pair, published=row.published, **common,
                )
            )  # fmt: skip
        for number, deal in enumerate(reading.commitments):
            self.commitments.append(
                models.Commitment(
                    number=number, what=_storable(deal.what), parties=list(deal.parties), status=deal.status,
                    due=deal.due, surface=_storable(deal.surface), start=deal.evidence.start, end=deal.evidence.end,
                    quote=_storable(deal.evidence.quote), claims=list(deal.claims),
                    pair=name_pair(deal.parties) or pair, published=row.published, **common,
                )
            )  # fmt: skip
        for person in reading.people:
            mention = models.Mention(
                name=person.name, role=person.role, side=person.side, start=person.evidence.start,
                end=person.evidence.end, quote=_storable(person.evidence.quote), **common,
            )  # fmt: skip
            self.mentions.append((mention, person.key[:200]))

    def write(self) -> None:
        """All rows into the database: what is superseded ends first, for only one reading of a text is current."""
        models.Document.objects.bulk_create(self.fresh, batch_size=_MANY)
        models.Document.objects.bulk_update(self.again, ["lang", "script", "orthography", "folded"], batch_size=200)
        self._end_old()
        models.Reading.objects.bulk_create(self.readings, batch_size=_MANY)
        if self.superseded:
            self.claims, self.commitments = carry_over(self.superseded, self.claims, self.commitments, self.made)
        for rows in (self.claims, self.meetings, self.commitments):
            if rows:
                type(rows[0]).objects.bulk_create(rows, batch_size=_MANY)
        self._write_people()
        mark_stale(claim for claim in self.claims if claim.ended_id is None)
        mark_stale_pairs({row.pair for row in self.meetings} | {row.pair for row in self.commitments})

    def _end_old(self) -> None:
        if not self.superseded:
            return
        mark_stale(models.Claim.objects.current().filter(reading__in=list(self.superseded)))
        for table in (models.Claim, models.Meeting, models.Commitment, models.Mention):
            table.objects.current().filter(reading__in=list(self.superseded)).update(ended=self.made)
        models.Reading.objects.filter(pk__in=list(self.superseded)).update(ended=self.made)

    def _write_people(self) -> None:
        names: dict[str, str] = {}
        for mention, key in self.mentions:
            names.setdefault(key, mention.name)
        models.Person.objects.bulk_create(
            [models.Person(key=key, name=name) for key, name in names.items()], ignore_conflicts=True
        )
        people = {person.key: person for person in models.Person.objects.filter(key__in=names)}
        for mention, key in self.mentions:
            mention.person = people[key]
        models.Mention.objects.bulk_create([mention for mention, _ in self.mentions], batch_size=_MANY)


def mark_stale(claims: Iterable[models.Claim]) -> set[str]:
    """Note whose findings are to be made anew: the pairs of these claims, and of the others of their reports.

    Part of the change that touched them; gives the pairs.
    """
    marks = {(claim.pair, claim.document_id) for claim in claims}
    documents = {document for _, document in marks}
    beside = models.Claim.objects.current().filter(document__in=documents).values_list("pair", "document_id")
    marks |= set(beside.distinct())
    models.Stale.objects.bulk_create(
        [models.Stale(pair=pair, document_id=document) for pair, document in sorted(marks)]
    )
    return {pair for pair, _ in marks}


def mark_stale_pairs(pairs: Iterable[str]) -> None:
    """Note pairs whose sums changed without a claim."""
    models.Stale.objects.bulk_create([models.Stale(pair=pair) for pair in sorted(filter(None, pairs))])
