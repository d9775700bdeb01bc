"""From the records of a part to the texts worth reading: screen, boilerplate removal, and the text's own name."""

from __future__ import annotations

import hashlib
import re
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from ..errors import SourceError
from ..language.identity import hash_text
from ..model import Document
from .records import Bad, Raw, Record, make_text
from .screen import find_reason

_FIGURE = re.compile(r"[0-9]+")


class Text(msgspec.Struct, frozen=True):
    """A text that passed: the document, named by its place, with the hash of its normalised text and of its figures."""

    document: Document
    hash: str
    figures: str


class Skipped(msgspec.Struct, frozen=True):
    """A record that was not read, and why."""

    place: str
    url: str | None
    reason: str


class Counts(msgspec.Struct):
    """What became of the records of a part; `seconds` are those of a processor, by step."""

    records: int = 0
    bytes: int = 0
    screened: dict[str, int] = msgspec.field(default_factory=dict)
    texts: int = 0
    skipped: int = 0
    documents: int = 0
    claims: int = 0
    meetings: int = 0
    commitments: int = 0
    seconds: dict[str, float] = msgspec.field(default_factory=dict)

    def add(self, other: Counts) -> None:
        """Take in what another part has counted."""
        for name in ("records", "bytes", "texts", "skipped", "documents", "claims", "meetings", "commitments"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.screened = dict(sorted((Counter(self.screened) + Counter(other.screened)).items()))
        for step, seconds in other.seconds.items():
            self.seconds[step] = self.seconds.get(step, 0.0) + seconds


def hash_figures(text: str) -> str:
    """What two texts must share to be one: all that is printed in digits, in order."""
    return hashlib.sha256(" ".join(_FIGURE.findall(text)).encode()).hexdigest()[:16]


def find_texts(records: Iterable[Record], counts: Counts, *, screens: bool = True) -> Iterator[Text | Skipped]:
    """The texts that pass, and what could not be read; what the screen discards is only counted."""
    for record in records:
        counts.records += 1
        if isinstance(record, Bad):
            counts.skipped += 1
            yield Skipped(record.place, record.url, record.reason)
            continue
        found = _find_text(record, counts, screens)
        if isinstance(found, Skipped):
            counts.skipped += 1
        elif found is not None:
            counts.texts += 1
        if found is not None:
            yield found


def _find_text(record: Raw | Document, counts: Counts, screens: bool) -> Text | Skipped | None:
    data = record.data if isinstance(record, Raw) else record.text.encode("utf-8", "surrogatepass")
    counts.bytes += len(data)
    if screens and not _passes(data, record.charset if isinstance(record, Raw) else "utf-8", counts):
        return None
    place = record.place if isinstance(record, Raw) else record.id
    if isinstance(record, Raw):
        started = time.process_time()
        try:
            document = make_text(record)
        except SourceError as error:
            return Skipped(place, record.url, error.message)
        except Exception as error:  # a page of the web can be anything, and no page may stop a part
            return Skipped(place, record.url, f"cannot be read ({type(error).__name__})")
        finally:
            _count_time(counts, "extract", started)
        # What made the page pass may have stood in its furniture.
        if screens and record.is_html and not _passes(document.text.encode("utf-8", "replace"), "utf-8", counts):
            return None
    else:
        document = record
    return Text(document, hash_text(document.text), hash_figures(document.text))


def _passes(data: bytes, charset: str | None, counts: Counts) -> bool:
    started = time.process_time()
    reason = find_reason(data, charset)
    _count_time(counts, "screen", started)
    if reason is not None:
        counts.screened[reason] = counts.screened.get(reason, 0) + 1
    return reason is None


def _count_time(counts: Counts, step: str, started: float) -> None:
    counts.seconds[step] = counts.seconds.get(step, 0.0) + time.process_time() - started


def make_text_row(text: Text, part: int) -> dict[str, Any]:
    """A text as a row of the run's own files."""
    fields = msgspec.structs.asdict(text.document)
    fields["place"] = fields.pop("id")
    return {**fields, "text": _mend(text.document.text), "id": text.hash, "figures": text.figures, "part": part}


def _mend(text: str) -> str:
    """The text with each half of a broken character pair replaced, one for one, so that offsets stay."""
    return re.sub("[\ud800-\udfff]", "\ufffd", text)
