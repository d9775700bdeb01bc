import datetime as dt
from decimal import Decimal

import pytest

from ainalym.model import Claim, Commitment, Document, Meeting, Person, Reading, Span

TEXT = (
    "Қазақстан мен Якутия: 2023 жылы экспорт 68,6 есеге өсіп, $160,7 млн болды. "
    "Серік Абенов Айсен Николаевпен кездесіп, сауданы 2030 жылға дейін $1 млрд-қа жеткізуге уағдаласты."
)


def find_span(text: str, quote: str) -> Span:
    start = text.index(quote)
    return Span(start, start + len(quote), quote)


def make_claim(quote: str, text: str = TEXT, **fields: object) -> Claim:
    """An exports claim of Kazakhstan to Yakutia in 2023, with other fields where given."""
    usual: dict[str, object] = {
        "surface": quote, "indicator": "exports", "reporter": "KZ", "partner": "RU-SA", "product": None,
        "period": (dt.date(2023, 1, 1), dt.date(2023, 12, 31)), "kind": "level", "value": Decimal("1.607E+8"),
        "unit": "USD", "bound": "exact", "modality": "actual", "speaker": None, "evidence": find_span(text, quote),
        "confidence": 0.9, "trace": ("money: $160,7 млн", "sides from the sentence before"),
    }  # fmt: skip
    return Claim(**(usual | fields))  # type: ignore[arg-type]


@pytest.fixture
def claim():
    return make_claim


@pytest.fixture
def reading() -> Reading:
    """A reading with claims of three kinds, one of them inside another's evidence, a meeting and a commitment."""
    return Reading(
        Document("kk-1", TEXT, title="Якутиямен <сауда>", url="https://example.org/1", published=dt.date(2024, 5, 17)),
        "kk",
        "Cyrl",
        claims=(
            make_claim("68,6 есеге", surface="68,6", kind="multiple", value=Decimal("68.6"), unit="ratio"),
            make_claim("68,6 есеге өсіп, $160,7 млн", surface="160,7"),
            make_claim(
                "$1 млрд", surface="1", indicator="turnover", value=Decimal(10**9), modality="target",
                period=(None, dt.date(2030, 12, 31)),
            ),
        ),
        meetings=(
            Meeting(("Серік Абенов", "Айсен Николаев"), None, "Астана", "bilateral", find_span(TEXT, "кездесіп")),
        ),
        commitments=(
            Commitment(
                "bring trade to $1bn", ("KZ", "RU-SA"), "agreed", dt.date(2030, 12, 31), "сауданы 2030 жылға дейін",
                find_span(TEXT, "сауданы 2030 жылға дейін $1 млрд-қа жеткізуге уағдаласты"), (2,),
            ),
        ),
        people=(Person("Айсен Николаев", "aisen nikolaev", "head", "RU-SA", find_span(TEXT, "Айсен Николаевпен")),),
        messages=("a paragraph in uz was passed over",),
    )  # fmt: skip
