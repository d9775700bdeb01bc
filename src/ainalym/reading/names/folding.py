"""One spelling for a name in any alphabet: Тоқаев, Токаев, Toqaev, Tokayev and توقاەۆ fold alike.

`rough` maps letter by letter, so offsets stay; endings are compared in it. `neutral` also evens out what the
transliterations disagree on (zh and j, ye and e, kh and h, doubled letters) and is what keys are made of.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Letter by letter; the softness and length of vowels go, ы, і, и, й and ı become i, все шипящие become s, c or j.
_PAIRS = (
    "аaәaбbвvгgғgдdеeёeжjзzиiйiкkқkлlмmнnңnоoөoпpрrсsтtуuұuүuўuфfхhһhцcчcшsщsъ'ыiіiь'эeюuяaїiєeґgѓgќkљlњnџjћcђdѕsјj"
    "اaبbپpتtجjچcحhخhدdرrزzسsشsعgغgفfقkكkکkگgلlمmنnڭnوoۇuۋuۆvۈuۉoھhهhەeىiيiیiئ'ء'"
    "ǵgğgǧgńnñnŋnáaäaāaâaóoöoōoúuüuūuýuûuşsśsšsșsçcćcčcžjźzýuıiîiíiïiéeëeèeêeěeqkwuyixhłlřr’'‘'ʼ'`'´'ʻ'"
)
_ROUGH = {ord(_PAIRS[i]): _PAIRS[i + 1] for i in range(0, len(_PAIRS), 2)}
# Letters that stand for a sound written with two in other alphabets, before the letter by letter step.
_SOUNDS = {ord(k): v for k, v in {"я": "ya", "ю": "yu", "ё": "yo", "щ": "s", "x": "ks", "ц": "c", "х": "h"}.items()}
_DIGRAPHS = re.compile(r"dzh|dj|zh|kh|gh|sh|ch|ts|tz|ph|[kgsc]h")
_DIGRAPH_LETTER = {"dzh": "j", "dj": "j", "zh": "j", "kh": "h", "gh": "g", "sh": "s", "ch": "c", "ts": "c", "tz": "c"}
_VOWELS = re.compile(r"[aeiou]+")
_DOUBLED = re.compile(r"(.)\1+")


@lru_cache(maxsize=50_000)
def rough(word: str) -> str:
    """The word in plain Latin letters, one for each of its own, so that offsets carry over."""
    return word.lower().translate(_ROUGH) if len(word.lower()) == len(word) else word.translate(_ROUGH)


@lru_cache(maxsize=50_000)
def neutral(word: str) -> str:
    """The word as all alphabets agree on it; for comparing, not for showing."""
    text = unicodedata.normalize("NFC", word).lower().translate(_SOUNDS).translate(_ROUGH)
    text = re.sub(r"[^a-z]", "", text)
    text = _DIGRAPHS.sub(lambda found: _DIGRAPH_LETTER.get(found[0], found[0][0]), text)
    text = text.replace("sh", "s").replace("dj", "j")
    first = _VOWELS.match(text)
    head = first[0].lstrip("i")[:1] or "i" if first else ""
    body = _VOWELS.sub(_even_out, text[first.end() if first else 0 :])
    return _DOUBLED.sub(r"\1", head + body)


def _even_out(found: re.Match[str]) -> str:
    """A single clear vowel stays; i and what stands beside another vowel is what spellings differ in."""
    rest = found[0].replace("i", "")
    return rest if len(rest) == 1 else ""


def person_key(family: str, given: str | None) -> str:
    """`tokv-k` for Қасым-Жомарт Тоқаев in every script: the family name and the given name's first letter."""
    initial = neutral(given)[:1] if given else ""
    return f"{neutral(family)}-{initial}" if initial else neutral(family)
