import pytest

import ainalym
from ainalym.ledger.add import add_documents
from ainalym.ledger.findings import refresh
from ainalym.model import Document, Reading

TURNOVER = "В 2023 году товарооборот Казахстана и Узбекистана составил 4,4 млрд долларов."


@pytest.fixture
def keep():
    """Put a text into the ledger, as `ainalym add` does."""

    def call(text: str, *, place: str = "report.txt", published: str | None = "2024-02-09", **fields) -> Reading:
        reading = ainalym.read(text, published=published)
        document = Document(id=place, text=text, published=reading.document.published, **fields)
        kept = Reading(document, **{f: getattr(reading, f) for f in reading.__struct_fields__ if f != "document"})
        add_documents([document], [kept], author="test")
        refresh()
        return kept

    return call
