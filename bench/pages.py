"""Made-up web pages for the corpus benchmark: the furniture of a news site around a text, relevant or not.

The texts are put together from sentence patterns; what they say is invented. Half of the irrelevant pages name
countries, and one in twelve says a trade word in passing, so that the screen has to look.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

_SITES = (
    "xabar.example",
    "novosti.example",
    "dailypost.example",
    "zeitung.example",
    "gazete.example",
    "diario.example",
)
_IRRELEVANT = {
    "ru": (
        "В воскресенье {team} обыграла соперников со счётом {a}:{b} на домашнем стадионе.",
        "По словам жителей дома номер {a}, горячей воды нет уже {b} дней.",
        "Режиссёр рассказал, что съёмки нового фильма заняли {b} месяцев и проходили в горах.",
        "Температура воздуха ночью опустится до {a} градусов, днём ожидается мокрый снег и слабый ветер.",
        "Водитель автобуса заметил ребёнка на обочине и успел остановиться, сообщили в полиции.",
        "Выставку открыли в городском музее, там показывают картины художников прошлого века.",
        "Певица из {place} выступила на фестивале, который посетили её поклонники.",
        "Учёные нашли в пещере кости животного, которое жило здесь {a} тысяч лет назад.",
    ),
    "en": (
        "The home side won the match by {a} goals to {b} after a long evening in the rain.",
        "Residents of the old quarter say that the water has been off for {b} days.",
        "The director said that the new film was shot in the mountains and that the cast stayed for {b} months.",
        "Temperatures will fall to {a} degrees at night, with light wind and sleet during the day.",
        "Police said the driver of the bus had seen the child in time and stopped at once.",
        "The museum has opened a show of paintings from the last century, and it is free on Sundays.",
        "A singer from {place} was on the stage for two hours and the crowd did not want to go home.",
        "Her recipe for apple cake asks for {b} eggs, a cup of sugar and a little patience.",
    ),
    "kk": (
        "Жексенбі күні {team} өз алаңында қарсыластарын {a}:{b} есебімен жеңді.",
        "Тұрғындардың айтуынша, үйде {b} күннен бері ыстық су жоқ.",
        "Түнде ауа температурасы {a} градусқа дейін төмендейді, күндіз қар жауады.",
        "Қалалық музейде өткен ғасыр суретшілерінің көрмесі ашылды.",
        "{place} әншісі фестивальде екі сағат бойы өнер көрсетті.",
    ),
    "de": (
        "Am Sonntag gewann die Heimmannschaft nach einer langen Partie mit {a} zu {b} und feierte auf dem Rasen.",
        "Die Bewohner sagen, dass seit {b} Tagen kein warmes Wasser aus der Leitung kommt.",
        "Das Museum zeigt ab Mittwoch Bilder aus dem letzten Jahrhundert, der Eintritt ist frei.",
        "In der Nacht sinken die Werte auf {a} Grad, am Tag fällt Schnee.",
    ),
    "es": (
        "El domingo el equipo local ganó por {a} a {b} en un partido que se jugó bajo la lluvia.",
        "Los vecinos dicen que llevan {b} días sin agua caliente en el edificio.",
        "El museo abrió una muestra de pinturas del siglo pasado con entrada libre los domingos.",
    ),
    "tr": (
        "Pazar günü ev sahibi takım maçı {a}-{b} kazandı ve taraftarlar sahaya indi.",
        "Mahalle sakinleri {b} gündür sıcak su olmadığını söylüyor.",
        "Müze geçen yüzyılın resimlerini gösteren yeni bir sergi açtı.",
    ),
}
_PASSING = {
    "ru": "Магазин ввёз новую коллекцию, и экспорт тут ни при чём, шутит хозяйка.",
    "en": "The shop owner jokes that the export of smiles is what the town lives on.",
    "kk": "Дүкен иесі экспорт туралы әзілдеді.",
    "de": "", "es": "", "tr": "",
}  # fmt: skip
_RELEVANT = {
    "ru": (
        "В {year} году товарооборот между Казахстаном и {ins} составил {a},{b} млн долларов.",
        "Это на {c}% больше, чем годом ранее.",
        "Экспорт из Казахстана достиг {d},{b} млн долларов, импорт – {e} млн долларов.",
        "Стороны договорились довести взаимную торговлю до {f} млрд долларов к {later} году.",
        "Премьер-министр Казахстана провёл переговоры с главой правительства и обсудил поставки зерна.",
    ),
    "en": (
        "Trade turnover between Kazakhstan and {nom} came to ${a}.{b} million in {year}.",
        "That is {c}% more than a year earlier.",
        "Exports from Kazakhstan reached ${d}.{b} million and imports ${e} million.",
        "The two sides agreed to raise trade to ${f} billion by {later}.",
        "The minister of trade of Kazakhstan met his counterpart and spoke of grain supplies.",
    ),
    "kk": (
        "{year} жылы Қазақстан мен {kk} арасындағы тауар айналымы {a},{b} млн долларға жетті.",
        "Бұл өткен жылдан {c}% артық.",
        "Қазақстаннан экспорт {d},{b} млн доллар, импорт {e} млн доллар болды.",
        "Тараптар өзара сауданы {later} жылға дейін {f} млрд долларға жеткізуге келісті.",
    ),
}
_PARTNERS = (
    {"ins": "Арменией", "nom": "Armenia", "kk": "Армения"}, {"ins": "Китаем", "nom": "China", "kk": "Қытай"},
    {"ins": "Узбекистаном", "nom": "Uzbekistan", "kk": "Өзбекстан"},
    {"ins": "Турцией", "nom": "Turkey", "kk": "Түркия"},
    {"ins": "Грузией", "nom": "Georgia", "kk": "Грузия"}, {"ins": "Италией", "nom": "Italy", "kk": "Италия"},
)  # fmt: skip
_PLACES = {"ru": ("Грузии", "Франции", "Бразилии"), "en": ("Georgia", "France", "Brazil"), "kk": ("Грузия", "Франция")}
_SCRIPT = "window.dataLayer=window.dataLayer||[];function gtag(){dataLayer.push(arguments)}gtag('js',new Date());"
_STYLE = ".c{0}{{margin:0 auto;padding:{0}px;width:100%;display:flex}}@media(max-width:{0}0px){{.c{0}{{display:none}}}}"


def make_relevant(rng: random.Random) -> tuple[str, str, str]:
    """The language, the title and the text of a made-up report."""
    lang = rng.choice(("ru", "ru", "kk", "en"))
    values = {
        **rng.choice(_PARTNERS),
        "year": rng.randint(2015, 2023), "later": rng.randint(2025, 2031), "a": rng.randint(200, 999),
        "b": rng.randint(1, 9), "c": rng.randint(2, 60), "d": rng.randint(100, 150), "e": rng.randint(40, 90),
        "f": rng.randint(2, 9),
    }  # fmt: skip
    sentences = [pattern.format(**values) for pattern in _RELEVANT[lang]]
    filler = [_fill(rng, lang) for _ in range(rng.randint(2, 8))]
    title = {"ru": "О торговле рассказали в правительстве", "kk": "Сауда туралы", "en": "Trade in figures"}[lang]
    return lang, f"{title} {rng.randint(1, 10**6)}", "\n".join((" ".join(sentences), *filler))


def make_irrelevant(rng: random.Random) -> tuple[str, str, str]:
    """The language, the title and the text of a made-up page about something else."""
    lang = rng.choices(("en", "ru", "de", "es", "tr", "kk"), (40, 15, 15, 15, 10, 5))[0]
    paragraphs = [" ".join(_fill(rng, lang) for _ in range(rng.randint(2, 5))) for _ in range(rng.randint(4, 14))]
    if rng.random() < 1 / 12:
        paragraphs.append(_PASSING[lang])
    return lang, f"{paragraphs[0][:50]} {rng.randint(1, 10**6)}", "\n".join(paragraphs)


def _fill(rng: random.Random, lang: str) -> str:
    place = rng.choice(_PLACES.get(lang, ("",)))
    team = {"ru": "команда города", "kk": "қала командасы"}.get(lang, "")
    return rng.choice(_IRRELEVANT[lang]).format(a=rng.randint(2, 40), b=rng.randint(2, 30), place=place, team=team)


def make_html(rng: random.Random, lang: str, title: str, text: str, day: str) -> str:
    """A page of some 30 to 60 kB, most of it furniture, as news sites have it."""
    menu = "".join(f'<li class="m"><a href="/section/{n}">{title.split()[0]} {n}</a></li>' for n in range(40))
    styles = "".join(_STYLE.format(rng.randint(1, 999)) for _ in range(80))
    scripts = "".join(f"<script>{_SCRIPT}var id{n}={rng.random()};</script>" for n in range(rng.randint(40, 120)))
    related = "".join(
        f'<div class="card"><a href="/{rng.randint(1, 10**6)}"><img src="/i/{rng.randint(1, 10**6)}.jpg" alt="">'
        f"<span>{_fill(rng, lang)[:60]}</span></a></div>"
        for _ in range(rng.randint(10, 40))
    )
    body = "".join(f"<p>{paragraph}</p>" for paragraph in text.split("\n"))
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta property="article:published_time" content="{day}T09:00:00+05:00"><style>{styles}</style>'
        f"{scripts}</head>"
        f'<body><nav><ul>{menu}</ul></nav><main><article><h1>{title}</h1>{body}</article></main>'
        f'<aside>{related}</aside><footer><p>© {day[:4]}</p><ul>{menu}</ul></footer></body></html>'
    )  # fmt: skip


def make_pages(seed: int, *, relevant: float = 0.05, again: float = 0.2) -> Iterator[tuple[str, str, bool]]:
    """Address, page and whether it is relevant, without end; a part of the relevant ones repeat an earlier text."""
    rng = random.Random(seed)  # noqa: S311 - no secret
    told: list[tuple[str, str, str, str]] = []
    number = 0
    while True:
        number += 1
        is_relevant = rng.random() < relevant
        day = f"{rng.randint(2018, 2024)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
        if is_relevant and told and rng.random() < again:
            lang, title, text, day = rng.choice(told)
        else:
            lang, title, text = make_relevant(rng) if is_relevant else make_irrelevant(rng)
            if is_relevant and len(told) < 1000:
                told.append((lang, title, text, day))
        url = f"https://{rng.choice(_SITES)}/{day[:4]}/{number}"
        yield url, make_html(rng, lang, title, text, day), is_relevant
