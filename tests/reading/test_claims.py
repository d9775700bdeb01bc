"""Claims: each case is a text and, below it, the figures it states as «number: kind indicator sides value unit …»."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ainalym.language.orthography import ORTHOGRAPHIES, write
from ainalym.model import Claim
from ainalym.reading.claims import find_claims
from ainalym.reading.figures.scene import make_scene
from tests.reading.samples import make

PUBLISHED = "2024-05-20"


def show(claim: Claim) -> str:
    """The claim in short; what is exact, actual or without a period is not said."""
    value = format(claim.value.normalize(), "f")
    parts = [f"{claim.kind} {claim.indicator} {claim.reporter}>{claim.partner} {value} {claim.unit}"]
    if claim.period:
        start, end = claim.period
        whole = start and end and (start.month, start.day, end.month, end.day) == (1, 1, 12, 31)
        parts.append(str(end.year) if whole and end else f"{start or ''}..{end or ''}")
    parts += [word for word in (claim.bound, claim.modality) if word not in ("exact", "actual")]
    return f"{claim.surface}: {' '.join(parts)}"


def read(text: str, lang: str, script: str = "Cyrl") -> list[str]:
    return [show(claim) for claim in find_claims(make_scene(make(text, lang, script, published=PUBLISHED)))]


def table(cases: str) -> list[tuple[str, str, list[str]]]:
    """(language, text, claims) of each case."""
    rows: list[tuple[str, str, list[str]]] = []
    for line in filter(None, cases.splitlines()):
        if line.startswith("  = "):
            rows[-1][2].append(line[4:])
        else:
            lang, text = line.split(" | ")
            rows.append((lang, text, []))
    return rows


KINDS = """
ru | В 2023 году экспорт Казахстана в Монголию вырос на 12%.
  = 12: growth exports KZ>MN 0.12 fraction 2023
ru | В 2023 году импорт Казахстана из Монголии сократился на 12%.
  = 12: growth imports KZ>MN -0.12 fraction 2023
ru | По итогам 2023 года на Монголию приходится 4% экспорта Казахстана.
  = 4: share exports KZ>MN 0.04 fraction 2023
ru | За год поставки из Казахстана в Монголию увеличились в 2,5 раза, а импорт сократился втрое.
  = 2,5: multiple exports KZ>MN 2.5 ratio
  = втрое: multiple imports KZ>MN 0.3333 ratio
ru | В 2023 году товарооборот Казахстана с Монголией вырос на 45 млн долларов.
  = 45: difference turnover KZ>MN 45000000 USD 2023
ru | В 2023 году экспорт Казахстана в Монголию вырос на 12%, а импорт – на 5%.
  = 12: growth exports KZ>MN 0.12 fraction 2023
  = 5: growth imports KZ>MN 0.05 fraction 2023
en | In 2023 Kazakhstan's exports to Mongolia rose by 12% to $340 million.
  = 12: growth exports KZ>MN 0.12 fraction 2023
  = 340: level exports KZ>MN 340000000 USD 2023
en | Mongolia accounts for 4% of Kazakhstan's exports.
  = 4: share exports KZ>MN 0.04 fraction
en | Trade between Kazakhstan and Mongolia doubled in 2023.
  = doubled: multiple turnover KZ>MN 2 ratio 2023
en | In 2023 Kazakhstan's exports to Mongolia rose by $45 million.
  = 45: difference exports KZ>MN 45000000 USD 2023
"""

DIRECTION = """
ru | В 2023 году Казахстан продал Монголии 5 тысяч тонн муки.
  = 5: level exports KZ>MN 5000 t 2023
ru | В 2023 году Казахстан закупил у Монголии 5 тысяч тонн шерсти.
  = 5: level imports KZ>MN 5000 t 2023
ru | В 2023 году в Казахстан из Монголии ввезено мяса на 7 млн долларов.
  = 7: level imports KZ>MN 7000000 USD 2023
ru | Казахстанские инвестиции в экономику Монголии достигли 60 млн долларов.
  = 60: level investment KZ>MN 60000000 USD
ru | Монголия вложила в Казахстан 60 млн долларов.
  = 60: level investment MN>KZ 60000000 USD
ru | В 2023 году Казахстан посетили 1,2 млн туристов из Узбекистана.
  = 1,2: level tourism UZ>KZ 1200000 people 2023
en | In 2023 Kazakhstan bought $7 million worth of meat from Mongolia.
  = 7: level imports KZ>MN 7000000 USD 2023
en | In 2023 Kazakhstan supplied Mongolia with 50,000 tonnes of wheat.
  = 50,000: level exports KZ>MN 50000 t 2023
en | Mongolian investment in Kazakhstan reached $60 million.
  = 60: level investment MN>KZ 60000000 USD
"""

LISTS = """
ru | В 2023 году экспорт Казахстана в Монголию составил 340 млн долларов, в Иран – 210 млн, в Афганистан – 95 млн.
  = 340: level exports KZ>MN 340000000 USD 2023
  = 210: level exports KZ>IR 210000000 USD 2023
  = 95: level exports KZ>AF 95000000 USD 2023
en | In 2023 Kazakhstan exported goods worth $340 million to Mongolia, $210 million to Iran and $95 million to Oman.
  = 340: level exports KZ>MN 340000000 USD 2023
  = 210: level exports KZ>IR 210000000 USD 2023
  = 95: level exports KZ>OM 95000000 USD 2023
ru | В 2023 году экспорт Казахстана в Монголию и Иран составил соответственно 340 млн и 210 млн долларов.
  = 340: level exports KZ>MN 340000000 USD 2023
  = 210: level exports KZ>IR 210000000 USD 2023
en | In 2023 Kazakhstan's exports to Mongolia and Iran came to $340 million and $210 million, respectively.
  = 340: level exports KZ>MN 340000000 USD 2023
  = 210: level exports KZ>IR 210000000 USD 2023
"""

CARRIED = """
ru | В 2023 году товарооборот Казахстана с Монголией составил 550 млн долларов. Экспорт – 340 млн, импорт – 210 млн.
  = 550: level turnover KZ>MN 550000000 USD 2023
  = 340: level exports KZ>MN 340000000 USD 2023
  = 210: level imports KZ>MN 210000000 USD 2023
en | In 2023 trade between Kazakhstan and Mongolia was $550 million. Exports were $340 million and imports $210 million.
  = 550: level turnover KZ>MN 550000000 USD 2023
  = 340: level exports KZ>MN 340000000 USD 2023
  = 210: level imports KZ>MN 210000000 USD 2023
ru | В 2023 году экспорт Казахстана в Монголию составил 340 млн долларов (в 2022 году – 290 млн).
  = 340: level exports KZ>MN 340000000 USD 2023
  = 290: level exports KZ>MN 290000000 USD 2022
en | In 2023 Kazakhstan's exports to Mongolia came to $340 million (up 12%).
  = 340: level exports KZ>MN 340000000 USD 2023
  = 12: growth exports KZ>MN 0.12 fraction 2023
ru | В 2023 году экспорт Казахстана в Монголию составил 340 млн долларов, годом ранее – 290 млн.
  = 340: level exports KZ>MN 340000000 USD 2023
  = 290: level exports KZ>MN 290000000 USD 2022
en | In 2023 Kazakhstan's exports to Mongolia came to $340 million, compared with $290 million a year earlier.
  = 340: level exports KZ>MN 340000000 USD 2023
  = 290: level exports KZ>MN 290000000 USD 2022
ru | В 2023 году экспорт Казахстана в Монголию вырос с 290 до 340 млн долларов.
  = 290: level exports KZ>MN 290000000 USD 2022
  = 340: level exports KZ>MN 340000000 USD 2023
en | In 2023 Kazakhstan's exports to Mongolia rose from $290 million to $340 million.
  = 290: level exports KZ>MN 290000000 USD 2022
  = 340: level exports KZ>MN 340000000 USD 2023
"""

BALANCE = """
ru | В 2023 году в торговле Казахстана с Монголией экспорт превысил импорт на 8 млн долларов.
  = 8: level balance KZ>MN 8000000 USD 2023
ru | В 2023 году в торговле Казахстана с Монголией импорт превысил экспорт на 8 млн долларов.
  = 8: level balance KZ>MN -8000000 USD 2023
ru | В 2023 году экспорт Казахстана в Монголию превысил 340 млн долларов, импорт составил около 210 млн долларов.
  = 340: level exports KZ>MN 340000000 USD 2023 over
  = 210: level imports KZ>MN 210000000 USD 2023 about
en | In 2023 Kazakhstan's exports to Mongolia exceeded $340 million and imports were about $210 million.
  = 340: level exports KZ>MN 340000000 USD 2023 over
  = 210: level imports KZ>MN 210000000 USD 2023 about
"""

TURNS = """
ru | В 2023 году товарооборот Казахстана с Монголией составил 400 млн долларов, из них 310 млн пришлось на экспорт.
  = 400: level turnover KZ>MN 400000000 USD 2023
  = 310: level exports KZ>MN 310000000 USD 2023
en | In 2024 Kazakhstan's exports to Mongolia fell 6% to $258 million from $275 million in 2023.
  = 6: growth exports KZ>MN -0.06 fraction 2024
  = 258: level exports KZ>MN 258000000 USD 2024
  = 275: level exports KZ>MN 275000000 USD 2023
ru | Казахстан в 2023 году поставил в Монголию товаров на 340 млн долларов, встречные поставки дали 60 млн.
  = 340: level exports KZ>MN 340000000 USD 2023
  = 60: level exports MN>KZ 60000000 USD 2023
ru | Экспорт Казахстана в Монголию за 2023 год вырос на 12%; экспорт в последние годы увеличился на 40%.
  = 12: growth exports KZ>MN 0.12 fraction 2023
  = 40: growth exports KZ>MN 0.4 fraction
en | In 2024 trade between Kazakhstan and Mongolia doubled while in 2023 it had fallen by 5%.
  = doubled: multiple turnover KZ>MN 2 ratio 2024
  = 5: growth turnover KZ>MN -0.05 fraction 2023
ru | Весь экспорт меди Казахстан в 2023 году оценил в 3 млрд долларов.
  = 3: level exports KZ>WORLD 3000000000 USD 2023
"""

MODALITY = """
ru | К 2030 году стороны намерены довести товарооборот Казахстана и Монголии до 1 млрд долларов.
  = 1: level turnover KZ>MN 1000000000 USD ..2030-12-31 target
ru | Ожидается, что в 2025 году экспорт Казахстана в Монголию составит 400 млн долларов.
  = 400: level exports KZ>MN 400000000 USD 2025 forecast
ru | Казахстан готов увеличить поставки в Монголию до 500 млн долларов.
  = 500: level exports KZ>MN 500000000 USD under potential
en | By 2030 Kazakhstan and Mongolia plan to bring trade to $1 billion.
  = 1: level turnover KZ>MN 1000000000 USD ..2030-12-31 target
en | Kazakhstan's exports to Mongolia are expected to reach $400 million in 2025.
  = 400: level exports KZ>MN 400000000 USD 2025 forecast
"""

NOTHING = """
ru | 17 мая 2024 года в Улан-Баторе прошёл пятый форум, в нём участвовали 200 делегатов.
ru | В статье 12 соглашения о двойном налогообложении три пункта.
en | The 12-km road passes 3 villages, and 200 delegates met on 17 May 2024 in room 5.
kk | 2024 жылғы 17 мамырда Ұлан-Баторда 200 делегат қатысқан форум өтті.
"""


@pytest.mark.parametrize(
    ("lang", "text", "claims"), table(KINDS + DIRECTION + LISTS + CARRIED + BALANCE + TURNS + MODALITY + NOTHING)
)
def test_figures(lang: str, text: str, claims: list[str]) -> None:
    assert read(text, lang, "Latn" if lang == "en" else "Cyrl") == claims


KAZAKH = """
kk | 2023 жылы Қазақстанның Моңғолияға экспорты 12 пайызға өсіп, 340 млн долларға жетті.
  = 12: growth exports KZ>MN 0.12 fraction 2023
  = 340: level exports KZ>MN 340000000 USD 2023
kk | Қазақстан экспортының 4%-ы Моңғолияға тиесілі.
  = 4: share exports KZ>MN 0.04 fraction
kk | 2023 жылы Моңғолияға экспорт 45 млн долларға артты.
  = 45: difference exports KZ>MN 45000000 USD 2023
kk | 2023 жылы Моңғолияға экспорт 290 млн доллардан 340 млн долларға дейін өсті.
  = 290: level exports KZ>MN 290000000 USD 2022
  = 340: level exports KZ>MN 340000000 USD 2023
kk | 2023 жылы Моңғолияға экспорт 340 млн доллар, Иранға 210 млн доллар, Оманға 95 млн доллар болды.
  = 340: level exports KZ>MN 340000000 USD 2023
  = 210: level exports KZ>IR 210000000 USD 2023
  = 95: level exports KZ>OM 95000000 USD 2023
kk | 2023 жылы Моңғолия мен Иранға тиісінше 340 мың тонна және 210 мың тонна ұн жөнелтілді.
  = 340: level exports KZ>MN 340000 t 2023
  = 210: level exports KZ>IR 210000 t 2023
kk | 2023 жылы Моңғолиядан Қазақстанға 7 млн долларға ет әкелінді.
  = 7: level imports KZ>MN 7000000 USD 2023
kk | 2023 жылы Қазақстаннан Моңғолияға 5 мың тонна ұн жөнелтілді.
  = 5: level exports KZ>MN 5000 t 2023
kk | 2023 жылы Моңғолияға экспорт 340 млн доллардан асты, импорт шамамен 210 млн доллар болды.
  = 340: level exports KZ>MN 340000000 USD 2023 over
  = 210: level imports KZ>MN 210000000 USD 2023 about
kk | 2023 жылы Моңғолияға экспорт 340 млн долларға жуық болды.
  = 340: level exports KZ>MN 340000000 USD 2023 under
kk | 2023 жылы Моңғолияға экспорт кемінде 340 млн доллар болды.
  = 340: level exports KZ>MN 340000000 USD 2023 over
kk | 2023 жылы Моңғолияға экспорт 340 млн доллар болды (2022 жылы – 290 млн доллар).
  = 340: level exports KZ>MN 340000000 USD 2023
  = 290: level exports KZ>MN 290000000 USD 2022
kk | 2023 жылы Моңғолияға экспорт 340 млн доллар болды, бір жыл бұрын 290 млн доллар еді.
  = 340: level exports KZ>MN 340000000 USD 2023
  = 290: level exports KZ>MN 290000000 USD 2022
kk | 2030 жылға қарай Моңғолиямен тауар айналымын 2 млрд долларға дейін жеткізу жоспарланып отыр.
  = 2: level turnover KZ>MN 2000000000 USD ..2030-12-31 target
kk | 2025 жылы Моңғолияға экспорт 400 млн долларға жетеді деп күтілуде.
  = 400: level exports KZ>MN 400000000 USD 2025 forecast
"""


@pytest.mark.parametrize("orthography", ORTHOGRAPHIES)
@pytest.mark.parametrize(("lang", "text", "claims"), table(KAZAKH))
def test_kazakh_in_every_alphabet(lang: str, text: str, claims: list[str], orthography: str) -> None:
    script = orthography if orthography in ("Cyrl", "Arab") else "Latn"
    assert read(write(text, orthography), lang, script) == claims


_WORDS = [
    "экспорт", "импорт", "Казахстана", "в", "Монголию", "на", "12%", "5", "млн", "долларов", "выросли", "2023", "году",
    "до", "(", ")", ",", ".", "–", "соответственно", "к", "годом", "ранее", "почти", "экспорты", "Моңғолияға", "мың",
    "тонна", "жылы", "дейін", "өсті", "exports", "to", "Mongolia", "rose", "by", "$5", "million", "a", "third", "вдвое",
    "первое", "место", "үштен", "бірге", "ەكسپورت", "دوللار", "٥", "tórtinshi", "orynda", "\n", "плюс", "из", "1-2",
]  # fmt: skip


@pytest.mark.parametrize(
    ("lang", "script"), [("kk", "Cyrl"), ("kk", "Latn"), ("kk", "Arab"), ("ru", "Cyrl"), ("en", "Latn")]
)
@given(text=st.lists(st.sampled_from(_WORDS), max_size=40).map(" ".join) | st.text(max_size=80))
def test_evidence_is_what_the_text_says(lang: str, script: str, text: str) -> None:
    for claim in find_claims(make_scene(make(text, lang, script, published=PUBLISHED))):
        assert text[claim.evidence.start : claim.evidence.end] == claim.evidence.quote == claim.surface
        assert 0 <= claim.confidence <= 1


def test_time_grows_with_the_text_alone() -> None:
    """Calls, not seconds: twice the text takes twice the work, with full stops and without."""
    for sentence in (
        "В 2023 году экспорт Казахстана в Монголию составил 5 млн долларов. ",
        "экспорт в Иран 5 млн тонн, ",
    ):
        short, long = (_count_calls(sentence * n) for n in (60, 120))
        assert long < 2.3 * short


def _count_calls(text: str) -> int:
    context, calls = make(text, "ru", published=PUBLISHED), 0

    def count(frame: object, event: str, argument: object) -> None:
        nonlocal calls
        calls += event == "call"

    find_claims(make_scene(context))
    sys.setprofile(count)
    try:
        find_claims(make_scene(context))
    finally:
        sys.setprofile(None)
    return calls


def test_goods_behind_a_comma_are_not_all_of_the_figure() -> None:
    text = "Экспорт Казахстана в Монголию составил 77 млн долларов, в основном за счёт пшеницы."
    assert [claim.product for claim in find_claims(make_scene(make(text, "ru", "Cyrl", published=PUBLISHED)))] == [None]


WHOLE_AND_PARTS = """
ru | В тройку крупнейших покупателей узбекского текстиля входят Россия, Китай и Кыргызстан.
  = тройку: rank exports UZ>RU 3 rank under
  = тройку: rank exports UZ>CN 3 rank under
  = тройку: rank exports UZ>KG 3 rank under
en | Türkiye is among the five largest investors in Uzbekistan.
  = five: rank investment UZ>TR 5 rank under
ru | Молдова в 2022 году экспортировала товаров на 4,3 млрд долларов, в том числе в Румынию на 1,2 млрд.
  = 4,3: level exports MD>WORLD 4300000000 USD 2022
  = 1,2: level exports MD>RO 1200000000 USD 2022
en | Armenian exports to Iran reached $110 million in 2023, $20 million more than a year before.
  = 110: level exports AM>IR 110000000 USD 2023
  = 20: difference exports AM>IR 20000000 USD 2023
ru | Товарооборот Грузии и Армении в 2023 году достиг 1,1 млрд долларов: 780 млн – грузинский экспорт.
  = 1,1: level turnover GE>AM 1100000000 USD 2023
  = 780: level exports GE>AM 780000000 USD 2023
ru | Узбекистан привлёк в 2023 году 7 млрд долларов прямых инвестиций, из них 2 млрд из Китая.
  = 7: level investment WORLD>UZ 7000000000 USD 2023
  = 2: level investment CN>UZ 2000000000 USD 2023
en | Serbia and Kazakhstan are preparing 12 projects worth $300 million.
  = 12: level projects RS>KZ 12 count potential
  = 300: level projects RS>KZ 300000000 USD potential
ru | Экспорт Беларуси в Монголию в 2023 году вырос почти на треть.
  = треть: growth exports BY>MN 0.3333 fraction 2023 under
"""


@pytest.mark.parametrize(("lang", "text", "claims"), table(WHOLE_AND_PARTS))
def test_wholes_and_parts(lang: str, text: str, claims: list[str]) -> None:
    assert read(text, lang) == claims


def test_goods_are_carried_until_others_are_named() -> None:
    text = "Грузия поставила в Армению 45 тыс. тонн удобрений, в Турцию – 30 тыс. тонн. Экспорт товаров вырос на 4%."
    claims = find_claims(make_scene(make(text, "ru", "Cyrl", published=PUBLISHED)))
    assert [claim.product for claim in claims] == ["fertilizers", "fertilizers", None]
