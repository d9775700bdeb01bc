"""Documents into the ledger: known texts get a sighting, new ones a reading."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from .. import __version__
from ..language.identity import hash_text
from ..model import Document, Reading
from . import models
from .changes import change
from .records import claim_values, main_pair, name_pair
from .search import fold_text

VERSION = __version__
_MANY = 2_000


class Added(msgspec.Struct):
    """What one call did: texts new to the ledger, read again by a newer reader, seen in a new place, known."""

    new: int = 0
    reread: int = 0
    seen: int = 0
    known: int = 0


def find_known(hashes: Iterable[str]) -> set[str]:
    """Those of these texts that this version of the reader has read before."""
    return set(
        models.Reading.objects.current()
        .filter(document__hash__in=list(hashes), version=VERSION)
        .values_list("document__hash", flat=True)
    )


def add_documents(
    documents: Sequence[Document], readings: Sequence[Reading], *, author: str = "", user: Any = None, reason: str = ""
) -> Added:
    """One batch, all or nothing: every document's sighting, and the readings of those that were not known.

    `readings` are of documents among `documents`. Two processes may add the same texts at once: each is kept once.
    """
    added = Added()
    with change("add", author=author, user=user, reason=reason) as made:
        hashes = {document.id: hash_text(document.text) for document in documents}
        rows = _keep_documents(documents, hashes, made)
        new_sightings = _keep_sightings(documents, hashes, rows, made)
        current = {
            reading.document_id: reading
            for reading in models.Reading.objects.current().filter(document__in=rows.values())
        }
        writer = _Writer(made)
        done: set[str] = set()
        for reading in readings:
            name = hashes.get(reading.document.id) or hash_text(reading.document.text)
            row = rows[name]
            old = current.get(row.pk)
            if name in done or (old is not None and old.version == VERSION):
                continue
            done.add(name)
            if old is None:
                added.new += 1
            else:
                added.reread += 1
                writer.end(old)
            writer.take(row, reading)
        writer.write()
        added.seen = sum(1 for name in new_sightings if name not in done)
        added.known = len({*hashes.values()} - done - set(new_sightings))
    return added


def _keep_documents(
    documents: Sequence[Document], hashes: dict[str, str], made: models.Change
) -> dict[str, models.Document]:
    rows = {row.hash: row for row in models.Document.objects.filter(hash__in=set(hashes.values()))}
    fresh: dict[str, models.Document] = {}
    for document in documents:
        name = hashes[document.id]
        if name in rows or name in fresh:
            continue
        fresh[name] = models.Document(
            hash=name, text=_storable(document.text), title=_storable(document.title), url=_storable(document.url),
            publisher=_cut(document.publisher, 300), published=document.published,
            declared_lang=_cut(document.lang, 20), added=made,
        )  # fmt: skip
    for row in models.Document.objects.bulk_create(fresh.values(), batch_size=_MANY):
        rows[row.hash] = row
    return rows


def _storable(text: str | None) -> str | None:
    """No database keeps halves of broken pairs, PostgreSQL no zero characters; one for one, so that offsets hold."""
    if text is None:
        return None
    return "".join("\ufffd" if char == "\0" or "\ud800" <= char <= "\udfff" else char for char in text)


def _cut(text: str | None, most: int) -> str | None:
    text = _storable(text)
    return text[:most] if text else text


def _keep_sightings(
    documents: Sequence[Document], hashes: dict[str, str], rows: dict[str, models.Document], made: models.Change
) -> list[str]:
    """Gives the hashes of the texts that were seen in a new place."""
    known = set(models.Sighting.objects.filter(document__in=rows.values()).values_list("document__hash", "place"))
    fresh: dict[tuple[str, str], models.Sighting] = {}
    for document in documents:
        name = hashes[document.id]
        place = _storable(document.url or document.id) or ""
        if (name, place) not in known:
            fresh.setdefault(
                (name, place),
                models.Sighting(
                    document=rows[name], place=place, url=_storable(document.url),
                    publisher=_cut(document.publisher, 300), published=document.published, added=made,
                ),
            )  # fmt: skip
    models.Sighting.objects.bulk_create(fresh.values(), batch_size=_MANY)
    return list(dict.fromkeys(name for name, _ in fresh))


class _Writer:
    """Gathers the rows of many readings and writes each table at once."""

    def __init__(self, made: models.Change) -> None:
        self.made = made
        self.documents: list[models.Document] = []
        self.readings: list[models.Reading] = []
        self.claims: list[models.Claim] = []
        self.meetings: list[models.Meeting] = []
        self.commitments: list[models.Commitment] = []
        self.mentions: list[tuple[models.Mention, str]] = []
        self.ended: list[int] = []
        self.stale: set[tuple[str, int | None, int | None]] = set()

    def end(self, old: models.Reading) -> None:
        """A newer reading takes this one's place; what a reviewer corrected in it ends too, and stays as history."""
        self.ended.append(old.pk)

    def take(self, row: models.Document, reading: Reading) -> None:
        """The rows of one reading."""
        row.lang, row.script, row.orthography = reading.lang, reading.script, reading.orthography
        row.folded = fold_text(reading)
        self.documents.append(row)
        kept = models.Reading(document=row, version=VERSION, messages=list(reading.messages), made=self.made)
        self.readings.append(kept)
        common: dict[str, Any] = {"reading": kept, "document": row, "made": self.made}
        pair = main_pair(reading)
        for number, claim in enumerate(reading.claims):
            if not claim.value.is_finite():
                continue
            values = claim_values(claim, reading.document)
            values = {name: _storable(value) if isinstance(value, str) else value for name, value in values.items()}
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
        """All rows into the database."""
        if self.ended:
            self._end_old()
        models.Document.objects.bulk_update(self.documents, ["lang", "script", "orthography", "folded"], batch_size=200)
        for rows in (self.readings, self.claims, self.meetings, self.commitments):
            if rows:
                type(rows[0]).objects.bulk_create(rows, batch_size=_MANY)
        self._write_people()
        mark_stale(self.claims)
        mark_stale_pairs({row.pair for row in self.meetings} | {row.pair for row in self.commitments})

    def _end_old(self) -> None:
        ended = models.Claim.objects.current().filter(reading__in=self.ended)
        mark_stale(list(ended))
        for table in (models.Claim, models.Meeting, models.Commitment, models.Mention):
            table.objects.current().filter(reading__in=self.ended).update(ended=self.made)
        models.Reading.objects.filter(pk__in=self.ended).update(ended=self.made)

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


def mark_stale(claims: Iterable[models.Claim]) -> None:
    """Note the cells of these claims: their findings are to be made anew. Part of the change that touched them."""
    cells = {(claim.pair, claim.year, None if claim.pair else claim.document_id) for claim in claims}
    models.Stale.objects.bulk_create(
        [models.Stale(pair=pair, year=year, document_id=document) for pair, year, document in cells]
    )


def mark_stale_pairs(pairs: Iterable[str]) -> None:
    """Note pairs whose sums changed without a claim."""
    models.Stale.objects.bulk_create([models.Stale(pair=pair, year=None) for pair in pairs if pair])
