"""Reading a stranger's text or file, in a process of its own: it may take only so much time and memory.

Run as a module it is that process: a draft on standard input, its reading or why it was refused on standard output.
"""

from __future__ import annotations

import datetime as dt
import subprocess
import sys

import msgspec

from ..errors import SourceError
from ..model import Document, Reading

_MEMORY = 3_000_000_000
_FORMATS = (".txt", ".text", ".md", ".html", ".htm", ".xhtml", ".pdf", ".docx")
PLAIN = ".txt"


class Refused(Exception):
    """The draft is not read; `kind` is the reason, as SourceError has it, or `slow` or `other`."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


class Draft(msgspec.Struct, frozen=True):
    """What is to be read: bytes with a file's name (`.txt` for what was typed), and what its author says of it."""

    data: bytes
    name: str
    id: str
    published: dt.date | None = None
    lang: str | None = None
    characters: int = 100_000
    file_bytes: int = 10_000_000
    seconds: float = 20.0


class _Answer(msgspec.Struct, frozen=True):
    reading: Reading | None = None
    kind: str | None = None


def read_draft(draft: Draft) -> Reading:
    """The reading of a draft; raises Refused."""
    if not draft.name.lower().endswith(_FORMATS):
        raise Refused("format")
    try:
        done = subprocess.run(  # noqa: S603 - our own module
            [sys.executable, "-m", __name__],
            input=msgspec.msgpack.encode(draft), capture_output=True, timeout=draft.seconds, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise Refused("slow") from None
    try:
        answer = msgspec.msgpack.decode(done.stdout, type=_Answer)
    except msgspec.DecodeError:
        # Killed for its memory or its time, or the format's reader broke down altogether.
        raise Refused("other") from None
    if answer.reading is None:
        raise Refused(answer.kind or "other")
    return answer.reading


def _answer(draft: Draft) -> _Answer:
    from ..reading import read_document
    from ..sources import Limits, load_bytes

    limits = Limits(file_bytes=draft.file_bytes, text_characters=draft.characters)
    for loaded in load_bytes(draft.data, draft.name, limits=limits, published=draft.published):
        if isinstance(loaded, SourceError):
            return _Answer(kind=loaded.kind)
        return _Answer(read_document(_name(loaded, draft)))
    return _Answer(kind="empty")


def _name(document: Document, draft: Draft) -> Document:
    """The document under the draft's own name; what its author says of it goes before what the file says."""
    return msgspec.structs.replace(
        document, id=draft.id, lang=draft.lang or document.lang, published=draft.published or document.published
    )


def _bound(seconds: float) -> None:
    """No more memory and time than a draft may cost, where the system can be told."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 2))


def main() -> None:
    """One draft from standard input."""
    draft = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Draft)
    _bound(draft.seconds)
    try:
        answer = _answer(draft)
    except Exception:  # whatever the reader met, the answer is that it did not read
        answer = _Answer(kind="other")
    sys.stdout.buffer.write(msgspec.msgpack.encode(answer))


if __name__ == "__main__":
    main()
