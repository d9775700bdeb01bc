"""Made-up reports with what they say known by construction: as many as a measurement of the ledger wants.

Sixty-odd partners by Zipf's law, years 2012 to 2026, three languages. Turnover is the sum of exports and imports, told
with the usual rounding; one report in a hundred misprints a figure, so that there is something to find.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from decimal import Decimal

from ainalym.model import Claim, Commitment, Document, Meeting, Person, Reading, Span

PARTNERS = (
    "RU", "CN", "UZ", "KG", "TR", "DE", "IT", "BY", "AZ", "TJ", "KR", "FR", "NL", "US", "IN", "IR", "TM", "GE", "MN",
    "AM", "PL", "CZ", "ES", "GB", "JP", "AE", "SA", "PK", "AF", "RO", "GR", "AT", "HU", "FI", "SE", "CH", "BE", "LT",
    "LV", "EE", "UA", "MD", "RS", "BG", "SK", "SI", "HR", "PT", "IE", "NO", "DK", "CA", "BR", "MX", "AR", "EG", "IL",
    "ID", "MY", "SG", "TH", "VN", "AU", "ZA",
)  # fmt: skip
GOODS = ("wheat", "oil", "coal", "copper", "machinery", "medicines", "vehicles", "flour")
PEOPLE = ("Асқар Беков", "Марат Сәрсенов", "Ержан Әлиев", "Дина Омарова", "Ольга Романова", "Виктор Ланге")
WORDS = {
    "kk": (
        "{partner} елімен сауда {year} жылы", "Тауар айналымы {value} млн долларды құрады.",
        "Экспорт {value} млн долларға жетті.", "Импорт {value} млн доллар болды.",
        "Оның ішінде {product} {value} млн долларға жеткізілді.", "Ол {value} пайызға өсті.",
        "{year} жылға дейін тауар айналымын {value} млн долларға жеткізу көзделіп отыр.",
        "Тараптар көлік дәліздерін дамытуға уағдаласты, жұмыс тобы {year} жылдың соңына дейін ұсыныс береді.",
        "{one} мен {two} келіссөз өткізіп, сауда мен инвестиция мәселелерін талқылады.",
    ),
    "ru": (
        "Торговля с партнёром {partner} в {year} году", "Товарооборот составил {value} млн долларов.",
        "Экспорт достиг {value} млн долларов.", "Импорт составил {value} млн долларов.",
        "В том числе {product}: {value} млн долларов.", "Он вырос на {value} процента.",
        "К {year} году стороны намерены довести товарооборот до {value} млн долларов.",
        "Стороны договорились развивать транспортные коридоры; рабочая группа внесёт предложения до конца {year} года.",
        "{one} и {two} провели переговоры и обсудили торговлю и инвестиции.",
    ),
    "en": (
        "Trade with {partner} in {year}", "Trade turnover amounted to ${value} million.",
        "Exports reached ${value} million.", "Imports came to ${value} million.",
        "This includes {product} worth ${value} million.", "It grew by {value} percent.",
        "By {year} the sides intend to bring turnover to ${value} million.",
        "The sides agreed to develop transport corridors; a working group will report by the end of {year}.",
        "{one} and {two} held talks on trade and investment.",
    ),
}  # fmt: skip


class _Text:
    """A text that grows, and knows where its figures stand."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0

    def add(self, pattern: str, **values: object) -> Span:
        """Put in a sentence; gives the place of its `value`, or of the whole sentence."""
        before, hole, _ = pattern.partition("{value}")
        start = self.length + len(before.format(**values))
        sentence = pattern.format(**values)
        whole = Span(self.length, self.length + len(sentence), sentence)
        self.parts.append(sentence)
        self.length += len(sentence) + 1
        if not hole:
            return whole
        quote = str(values["value"])
        return Span(start, start + len(quote), quote)


def make_readings(count: int, *, seed: int = 1) -> Iterator[Reading]:
    """`count` reports, about ten claims each; the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - made-up data
    weights = [1 / rank for rank in range(1, len(PARTNERS) + 1)]
    for number in range(count):
        partner = chance.choices(PARTNERS, weights)[0]
        yield _make_reading(number, partner, chance)


def _make_reading(number: int, partner: str, chance: random.Random) -> Reading:
    lang = chance.choice(("kk", "ru", "en"))
    words = WORDS[lang]
    year = chance.randrange(2012, 2026)
    truth = random.Random(f"{partner}-{year}")  # noqa: S311 - the same trade in every report
    sold, bought = truth.randrange(2_000, 2_000_000), truth.randrange(2_000, 2_000_000)
    text = _Text()
    published = dt.date(year + 1, chance.randrange(1, 13), chance.randrange(1, 29))
    text.add(words[0], partner=partner, year=year)
    claims: list[Claim] = []
    span_of_year = (dt.date(year, 1, 1), dt.date(year, 12, 31))

    def claim(pattern: str, thousands: int, indicator: str, period: object = span_of_year, **fields: object) -> None:
        shown = f"{thousands / 1000:.1f}"
        place = text.add(pattern, value=shown, year=2030, product=fields.get("product"))
        values = {
            "surface": shown, "indicator": indicator, "reporter": "KZ", "partner": partner, "product": None,
            "period": period, "kind": "level", "value": Decimal(shown) * 1_000_000, "unit": "USD", "bound": "exact",
            "modality": "actual", "speaker": None, "evidence": place, "confidence": round(chance.uniform(0.3, 0.95), 2),
            "trace": ("made up",),
        }  # fmt: skip
        claims.append(Claim(**{**values, **fields}))  # type: ignore[arg-type]

    misprint = 1 if chance.random() > 0.01 else 2
    claim(words[1], (sold + bought) * misprint, "turnover")
    claim(words[2], sold, "exports")
    claim(words[3], bought, "imports")
    for product in chance.sample(GOODS, 4):
        part = random.Random(f"{partner}-{year}-{product}").uniform(0.01, 0.1)  # noqa: S311
        claim(words[4], int(sold * part), "exports", product=product)
    growth = random.Random(f"{partner}-{year}-growth").randrange(10, 400)  # noqa: S311
    grown = {"kind": "growth", "unit": "fraction", "value": Decimal(growth) / 1000}
    claim(words[5], growth * 100, "exports", **grown, product=chance.choice(GOODS))
    target = (None, dt.date(2030, 12, 31))
    claim(words[6], 5_000_000 + number % 7 * 100_000, "turnover", target, modality="target")
    claim(words[3], int(bought * 0.4), "imports", (dt.date(year, 1, 1), dt.date(year, 6, 30)))
    deal = text.add(words[7], year=year + 2)
    one, two = chance.sample(PEOPLE, 2)
    met = text.add(words[8], one=one, two=two)
    status = chance.choice(("planned", "agreed", "signed", "under way", "done"))
    due = dt.date(year + 2, 12, 31)
    commitments = (Commitment(deal.quote, ("KZ", partner), status, due, deal.quote, deal),)  # type: ignore[arg-type]
    people = tuple(
        Person(name, name.casefold(), None, side, Span(at, at + len(name), name))
        for name, side in ((one, "KZ"), (two, partner))
        for at in [met.start + met.quote.index(name)]
    )
    # No two reports are the same text.
    text.add(f"№ {number}.")
    document = Document(
        id=f"report-{number}", text=" ".join(text.parts), title=words[0].format(partner=partner, year=year),
        publisher=f"Agency {number % 40}", published=published,
    )  # fmt: skip
    meeting = Meeting((one, two), published, None, "bilateral", met)
    return Reading(
        document, lang, "Latn" if lang == "en" else "Cyrl", "Cyrl" if lang == "kk" else None, claims=tuple(claims),
        meetings=(meeting,), commitments=commitments, people=people,
    )  # fmt: skip
