"""Quantities: a number in digits or words with its scale and its unit, as one span.

A comma is a decimal sign in Kazakh and Russian and a thousands sign in English; a number that can be read in two ways
is left out. Nothing here decides what is counted: that is `claims`.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from ..lexicon import Hit, Sense
from .context import Context

_SEPARATORS = {",": ",", ".": ".", "،": ",", "٫": ","}
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_SPACES = frozenset(" \u00a0\u2009\u202f")
_DASHES = frozenset("-–—−‑")
_MONEY_BEFORE = frozenset(("currency",))
_NOUN_REACH = 5
_EARLIER = frozenset(("против", "вместо", "against"))  # the amount before is the later one
_WAS = frozenset(("было", "была", "были", "был"))
_BECAME = frozenset(("стало", "стала", "стали", "осталось", "стал"))
# What a Kazakh case ending set off by a hyphen tells ("5%-ға", "$160-нан").
_ENDINGS = {
    "dat": ("ға", "ге", "қа", "ке", "на", "не", "ǵa", "ge", "qa", "ke", "na", "ne", "ğa", "ga", "عا", "گە", "قا", "كە"),
    "abl": ("нан", "нен", "дан", "ден", "тан", "тен", "nan", "nen", "dan", "den", "tan", "ten", "نان", "نەن", "دان", "دەن", "تان", "تەن"),
    "acc": ("ды", "ді", "ты", "ті", "ны", "ні", "ын", "ін", "сын", "сін", "н", "dy", "di", "ty", "ti", "ny", "ni", "yn", "in", "دى", "تى", "نى", "ىن"),
    "gen": ("ның", "нің", "дың", "дің", "тың", "тің", "nyń", "niń", "dyń", "diń", "tyń", "tiń"),
    "nom": ("ы", "і", "сы", "сі", "y", "i", "sy", "si", "ى", "سى", "дық", "дік", "тық", "тік"),
    "loc": ("да", "де", "та", "те", "нда", "нде", "da", "de", "ta", "te"),
    "ins": ("мен", "бен", "пен", "men", "ben", "pen"),
}  # fmt: skip
_ENDING_CASE = {ending: case for case, endings in _ENDINGS.items() for ending in endings}
_ORDINAL_ENDINGS = frozenset(
    "ші шы нші ншы інші ыншы ınshi shi shy inshi ynshy nshi şi şı inşi ıncı м е й я го му х ое ая ой ом ый ю ую ым ей th st nd rd شى".split()
)


class Quantity(NamedTuple):
    """A figure with its unit. Token indexes are inclusive; `start`, `end` are the characters of the number alone."""

    first: int
    last: int
    start: int
    end: int
    value: Decimal
    unit: str | None  # ISO 4217, a unit of the lexicon, "percent", "times", "ordinal", "fraction" or None
    scale: Decimal = Decimal(1)
    case: str | None = None  # grammatical case of the whole, where an ending tells it
    words: bool = False
    noun: Hit | None = None  # the counted noun, where a noun was found
    ratio: bool = False  # a multiplier in one word or verb: вдвое, doubled
    role: str = ""  # "low" and "high" of a range, "from" and "to" of a pair
    code: bool = False  # money whose currency stands in the text


class Scanner:
    """Walks the tokens of one context and finds quantities."""

    def __init__(self, context: Context, taken: set[int]) -> None:
        self.context = context
        self.text = context.document.text
        self.tokens = context.tokens
        self.taken = taken
        self.at: dict[int, Hit] = {hit.first: hit for hit in context.hits}

    def sense(self, i: int, *kinds: str) -> Sense | None:
        hit = self.at.get(i)
        if hit:
            for sense in hit.senses:
                if sense.kind in kinds:
                    return sense
        return None

    def adjacent(self, i: int) -> bool:
        """Do tokens i and i + 1 touch?"""
        return i + 1 < len(self.tokens) and self.tokens[i].end == self.tokens[i + 1].start

    def folded(self, i: int) -> str:
        return self.tokens[i].folded if 0 <= i < len(self.tokens) else ""

    def spelled(self, hit: Hit) -> bool:
        """Is a currency code in capitals? «top» and «all» are words, TOP and ALL are currencies."""
        quote = self.text[self.tokens[hit.first].start : self.tokens[hit.last].end]
        return (
            len(quote) != 3
            or not quote.isascii()
            or not quote.isalpha()
            or quote.isupper()
            or self.context.lang != "en"
        )

    # numbers

    def digits(self, i: int) -> tuple[int, Decimal | None] | None:
        """The number in digits that starts at token i: its last token and value (None where it is ambiguous)."""
        tokens = self.tokens
        whole, parts, last = tokens[i].folded.translate(_DIGITS), [], i
        grouped = False
        while last + 1 < len(tokens):
            follower = tokens[last + 1]
            if follower.kind == "number" and not parts and self._groups(last, whole if not grouped else "000"):
                whole += follower.folded.translate(_DIGITS)
                grouped = True
                last += 1
                continue
            separator = _SEPARATORS.get(follower.folded)
            if (
                separator
                and self.adjacent(last)
                and last + 2 < len(tokens)
                and self.adjacent(last + 1)
                and tokens[last + 2].kind == "number"
            ):
                parts.append((separator, tokens[last + 2].folded.translate(_DIGITS)))
                last += 2
                continue
            break
        return last, self._decode(whole, parts, last, grouped)

    def _groups(self, last: int, head: str) -> bool:
        """Is the next number a group of three digits of the same number ("13 800")?"""
        left, right = self.tokens[last], self.tokens[last + 1]
        gap = self.text[left.end : right.start]
        return (
            len(gap) == 1
            and gap in _SPACES
            and len(right.folded) == 3
            and 1 <= len(head) <= 3
            and head[0] != "0"
            or (head == "000" and len(gap) == 1 and gap in _SPACES and len(right.folded) == 3)
        )

    def _decode(self, whole: str, parts: list[tuple[str, str]], last: int, grouped: bool) -> Decimal | None:
        if not parts:
            return Decimal(whole)
        if len(parts) > 1:
            *groups, (mark, tail) = parts
            if any(len(digits) != 3 for _, digits in groups) or len({m for m, _ in groups}) > 1:
                return None
            integer = whole + "".join(digits for _, digits in groups)
            if mark == groups[0][0]:
                return Decimal(integer + tail) if len(tail) == 3 else None
            return Decimal(f"{integer}.{tail}")
        mark, tail = parts[0]
        thousands = len(tail) == 3 and 1 <= len(whole) <= 3 and whole != "0" and not grouped
        scaled = self.sense(last + 1, "scale") is not None
        if mark == "," and self.context.lang == "en" and thousands:
            return Decimal(f"{whole}.{tail}") if scaled else Decimal(whole + tail)
        if mark == "." and self.context.lang != "en" and thousands and not scaled:
            return None
        return Decimal(f"{whole}.{tail}")

    def words(self, i: int) -> tuple[int, Decimal] | None:
        """The number in words that starts at token i: «жүз он бес», «семисот», "two hundred and five"."""
        total, last = Decimal(0), i - 1
        j = i
        while j < len(self.tokens):
            sense = self.sense(j, "number")
            if sense is None:
                if last >= i and self.folded(j) == "and" and self.sense(j + 1, "number") and total >= 100:
                    j += 1
                    continue
                break
            value = Decimal(sense.value)
            if last < i:
                total = value
            elif value == 100 and 1 < total < 10:
                total *= 100
            elif value < 100 and total % 100 == 0 or value < 10 and total % 10 == 0:
                total += value
            else:
                break
            last = self.at[j].last
            j = last + 1
        return (last, total) if last >= i else None

    def amount(self, i: int) -> tuple[int, int, Decimal, Decimal, bool] | None:
        """Number, scale and their continuation from token i: (last, last of the surface, value, scale, in words)."""
        token = self.tokens[i]
        in_words = token.kind != "number"
        if not in_words:
            found = self.digits(i)
            if found is None or found[1] is None:
                return None
            last, value = found[0], found[1]
        elif (sense := self.sense(i, "amount")) is not None:
            last, value = self.at[i].last, Decimal(sense.value)
            return last, last, value, Decimal(10) ** (value.adjusted() // 3 * 3), True
        elif (sense := self.sense(i, "fraction")) is not None and self._scaled_half(i):
            last, value = self._scaled_half(i) - 1, Decimal(1) / 2
            if sense.value != "1/2":
                return None
        elif (worded := self.words(i)) is not None:
            last, value = worded
        elif self._bare_scale(i):
            last, value = i - 1, Decimal(1)
        else:
            return None
        last, value = self._and_a_half(last, value)
        surface = last
        scale = Decimal(1)
        sense = self.sense(last + 1, "scale")
        if sense is not None:
            scale = Decimal(int(Decimal(sense.value)))
            value *= scale
            last = self.at[last + 1].last
            if in_words:
                surface = last
            last, value, grown = self._continue(last, value, scale)
            surface = grown or surface
        return last, surface, value, scale, in_words

    def _bare_scale(self, i: int) -> bool:
        """A scale that stands for one of it: «миллиард», "a billion"; not «миллиарды», "several billions"."""
        sense = self.sense(i, "scale")
        if (
            sense is None
            or sense.number == "pl"
            or (self.context.lang == "en" and self.folded(i - 1) not in ("a", "half", "one"))
        ):
            return False
        return (
            self.context.lang != "ru"
            or sense.case in ("nom", "acc", None)
            or self.folded(i - 1) in ("более", "менее", "около", "порядка", "свыше", "до")
        )

    def _scaled_half(self, i: int) -> int:
        """Index of the scale after «жарты», "half a", or 0."""
        j = self.at[i].last + 1
        if self.folded(j) in ("a", "an"):
            j += 1
        return j if self.sense(j, "scale") else 0

    def _and_a_half(self, last: int, value: Decimal) -> tuple[int, Decimal]:
        if self.folded(last + 1) in ("с", "and") and self.folded(last + 2) in ("половиной", "a"):
            end = last + 2 if self.folded(last + 2) == "половиной" else last + 3
            if self.folded(end) in ("половиной", "half"):
                return end, value + Decimal("0.5")
        sense = self.sense(last + 1, "fraction")
        if (
            self.context.lang == "kk"
            and sense
            and sense.value == "1/2"
            and last >= 0
            and self.tokens[last].kind == "number"
        ):
            return self.at[last + 1].last, value + Decimal("0.5")
        return last, value

    def _continue(self, last: int, value: Decimal, scale: Decimal) -> tuple[int, Decimal, int | None]:
        """Smaller parts of the same number: «2 млрд 526 млн», «1 млрд 689,5 млн», «1 тысячи 800»."""
        grown = None
        while last + 1 < len(self.tokens) and self.tokens[last + 1].kind == "number":
            found = self.digits(last + 1)
            if found is None or found[1] is None:
                break
            sense = self.sense(found[0] + 1, "scale")
            smaller = Decimal(sense.value) if sense else Decimal(1)
            part = found[1] * smaller
            if (
                smaller >= scale
                or part >= scale
                or (sense is None and (scale != 1000 or found[1] < 1 or self.folded(found[0] + 1) in ("%",)))
            ):
                break
            if sense is None and not self._bare_tail(found[0]):
                break
            value += part
            last = self.at[found[0] + 1].last if sense else found[0]
            grown = found[0]
            if sense is None:
                break
            scale = smaller
        return last, value, grown

    def _bare_tail(self, last: int) -> bool:
        """May a number without a scale close the one before ("1 тысячи 800")? Not when it is a year or has a unit sign."""
        return self.sense(last + 1, "calendar", "duration", "month") is None

    # units

    def unit_after(self, i: int) -> tuple[int, str, Hit | None, bool] | None:
        """The unit that starts at token i: (last, unit, noun, subunit)."""
        if self.folded(i) == "%":
            return i, "percent", None, False
        hit = self.at.get(i)
        if hit is None:
            return None
        sense = self.sense(i, "demonym")
        if sense is not None and self.sense(hit.last + 1, "currency"):
            hit = self.at[hit.last + 1]
        for sense in hit.senses:
            if sense.kind == "currency" and self.spelled(hit):
                return hit.last, sense.value, hit, False
            if sense.kind == "subunit":
                return hit.last, sense.value, hit, True
            if sense.kind == "times" or (sense.kind == "multiplier" and sense.value == "x"):
                return hit.last, "times", hit, False
            if sense.kind == "unit" and sense.value not in ("people", "count"):
                return hit.last, sense.value, hit, False
        return None

    def currency_before(self, i: int) -> tuple[int, str] | None:
        """The currency sign or code right before token i."""
        for back in (1, 2, 3):
            hit = self.at.get(i - back)
            if hit and hit.last == i - 1:
                for sense in hit.senses:
                    if sense.kind == "currency" and sense.pos == "fixed" and self.spelled(hit):
                        return hit.first, sense.value
        return None

    def counted_noun(self, i: int, stop: int) -> tuple[int, str, Hit] | None:
        """A noun counted by the number that ends before token i, some adjectives later."""
        j = i
        while j < min(i + _NOUN_REACH, stop):
            if self.tokens[j].kind != "word":
                return None
            hit = self.at.get(j)
            if hit:
                for sense in hit.senses:
                    if sense.kind == "unit" and sense.pos != "verb":
                        return hit.last, sense.value, hit
                    if (
                        sense.kind == "indicator"
                        and sense.pos == "noun"
                        and sense.value in ("companies", "projects", "products", "tourism", "transit")
                    ):
                        return hit.last, "people" if sense.value == "tourism" else "count", hit
                if any(s.kind in ("duration", "calendar", "month", "when", "reach", "change") for s in hit.senses):
                    return None
                j = hit.last + 1
            else:
                j += 1
        return None

    def ending(self, i: int) -> tuple[int, str | None]:
        """A case ending set off by a hyphen after token i: (last token, case)."""
        if self.folded(i + 1) in _DASHES and self.folded(i + 2) in _ENDING_CASE:
            close = self.tokens[i + 2].start - self.tokens[i].end <= 3
            if close and self.tokens[i + 2].kind == "word":
                return i + 2, _ENDING_CASE[self.folded(i + 2)]
        return i, None

    def case_of(self, hit: Hit | None) -> str | None:
        if hit:
            for sense in hit.senses:
                if sense.case:
                    return sense.case
        return None

    # all together

    def quantity(self, i: int, stop: int) -> Quantity | None:
        """The quantity that starts at token i, or None. A currency before the number belongs to it."""
        token = self.tokens[i]
        if token.kind == "number" and i in self.taken:
            return None
        if token.kind == "sign":
            return None
        ratio = self.sense(i, "multiplier")
        if ratio is not None and ratio.value != "x" and "-" not in token.folded:
            hit = self.at[i]
            last = hit.last + 1 if self.sense(hit.last + 1, "times") else hit.last
            value = Decimal(ratio.value)
            return Quantity(i, last, token.start, self.tokens[hit.last].end, value, "times", words=True, ratio=True)
        fraction = self.sense(i, "fraction")
        if fraction is not None and not self._scaled_half(i):
            hit = self.at[i]
            part = Fraction(fraction.value)
            value = (Decimal(part.numerator) / Decimal(part.denominator)).quantize(Decimal("0.0001")).normalize()
            return Quantity(
                i,
                hit.last,
                token.start,
                self.tokens[hit.last].end,
                value,
                "fraction",
                case=self.case_of(hit),
                words=True,
            )
        found = self.amount(i)
        if found is None:
            return None
        last, surface, value, scale, in_words = found
        first, unit, noun, case, code = i, None, None, None, False
        if last >= i and self.at.get(last) is not None:
            case = self.case_of(self.at[last])
        elif last >= i:
            for back in range(last, i - 1, -1):
                if (hit := self.at.get(back)) and hit.last == last:
                    case = self.case_of(hit)
        after, ending = self.ending(last)
        if ending:
            last, case = after, ending
        elif (
            self.folded(last + 1) in _DASHES
            and self.folded(last + 2) in _ORDINAL_ENDINGS
            and scale == 1
            and self.adjacent(last)
        ):
            return Quantity(i, last + 2, token.start, self.tokens[surface].end, value, "ordinal")
        before = self.currency_before(i)
        if before is not None:
            first, unit, code = before[0], before[1], True
            trailing = self.unit_after(last + 1)
            if trailing and trailing[1] == unit:
                last = trailing[0]
                case = self.case_of(trailing[2]) or case
        else:
            step = last + 1
            if self.sense(step, "hedge") and self.unit_after(self.at[step].last + 1):
                step = self.at[step].last + 1  # «8 мыңнан астам тонна»
            trailing = self.unit_after(step)
            if trailing is None and self.folded(step) in ("of",):
                trailing = None
            if trailing is not None:
                last, unit, noun, sub = trailing
                code = True
                case = self.case_of(noun) or case
                if sub:
                    value /= 100
                after, ending = self.ending(last)
                if ending:
                    last, case = after, ending
            elif (counted := self.counted_noun(step, stop)) is not None:
                unit, noun = counted[1], counted[2]
                case = self.case_of(noun) or case
        if in_words and scale == 1 and (unit is None or "-" in token.folded):
            return None
        if in_words and scale == 1 and unit in ("count", "people") and noun is not None and noun.first - last > 2:
            return None
        if in_words and scale == 1 and unit == "times" and self.folded(i) in ("один", "бір"):
            return None
        if surface < i and unit is None:
            return None
        if surface < i:
            surface = i
        if unit == "percent":
            value /= 100
        if unit == "kg":
            value, unit = value / 1000, "t"
        elif unit == "centner":
            value, unit = value / 10, "t"
        elif unit == "MWh":
            value, unit = value * 1000, "kWh"
        elif unit == "GWh":
            value, unit = value * 1000000, "kWh"
        return Quantity(
            first, last, token.start, self.tokens[surface].end, value, unit, scale, case, in_words, noun, code=code
        )


def find_quantities(context: Context, taken: set[int]) -> list[Quantity]:
    """All quantities of the text in order; `taken` are tokens that belong to dates and periods."""
    scanner = Scanner(context, taken)
    found: list[Quantity] = []
    for first, stop in context.sentences:
        here: list[Quantity] = []
        i = first
        while i < stop:
            quantity = scanner.quantity(i, stop)
            if quantity is None:
                hit = scanner.at.get(i)
                i = hit.last + 1 if hit and scanner.tokens[i].kind != "number" else i + 1
            else:
                here.append(quantity)
                i = max(quantity.last, i) + 1
        found.extend(_pair_up(scanner, here))
    return found


def _pair_up(scanner: Scanner, quantities: list[Quantity]) -> list[Quantity]:
    """Ranges and from–to pairs share their scale and unit: «1,2-1,3 млн тонн», «с 1,5 до 78 млн долларов»."""
    done = list(quantities)
    for k, q in enumerate(done):
        before = scanner.folded(q.first - 1)
        if before in _EARLIER and k and q.unit not in ("percent", "times", "ordinal", "fraction"):
            done[k] = q._replace(role="from", unit=q.unit or (done[k - 1].unit if done[k - 1].unit not in ("percent", "times") else None))
        elif before in _WAS and k + 1 < len(done) and scanner.folded(done[k + 1].first - 1) in _BECAME:
            done[k] = q._replace(role="from", unit=q.unit or done[k + 1].unit)
    for k in range(len(done) - 1):
        left, right = done[k], done[k + 1]
        between = [scanner.folded(i) for i in range(left.last + 1, right.first)]
        before = scanner.folded(left.first - 1)
        if (
            len(between) == 1
            and between[0] in _DASHES
            and left.unit in (None, right.unit)
            and right.unit != "ordinal"
            and left.value < right.value * 1000
        ):
            role = ("low", "high")
        elif (
            between
            and between[-1] in ("до", "to")
            and before in ("с", "со", "from")
            and left.unit in (None, right.unit)
        ):
            role = ("from", "to")
        elif between in (["до"], ["to"]) and before == "от" and left.unit in (None, right.unit):
            role = ("low", "high")
        elif between in (["and"], ["и"]) and before in ("between", "between"):
            role = ("low", "high")
        elif (
            left.case == "abl"
            and right.case == "dat"
            and scanner.context.lang == "kk"
            and not between
            and left.unit in (None, right.unit)
        ):
            role = ("from", "to") if left.value < right.value * right.scale else ("from", "to")
        else:
            continue
        if left.unit is None or (left.scale == 1 and right.scale > 1 and left.unit == right.unit and role[0] == "low"):
            factor = (
                right.scale
                if left.scale == 1 and left.value * right.scale <= right.value * 100 and right.scale > 1
                else Decimal(1)
            )
            divisor = Decimal(100) if right.unit == "percent" and left.unit is None else Decimal(1)
            left = left._replace(
                unit=right.unit,
                value=left.value * factor / divisor,
                scale=max(left.scale, factor),
                noun=right.noun,
                code=right.code,
            )
        done[k], done[k + 1] = left._replace(role=role[0]), right._replace(role=role[1])
    return done
