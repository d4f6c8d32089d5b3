"""Brazilian Portuguese numbers: cardinals and ordinals."""

import re

from num2words import num2words

from app.tts.text.conventions import Gender
from app.tts.text.portuguese.nouns import NUMBERED, noun_gender
from app.tts.text.romance import notations
from app.tts.text.romance.fractions import FractionWords

FRACTION_WORDS = FractionWords(
    parts={
        2: ("meio", "meios"),
        3: ("um terço", "terços"),
        4: ("um quarto", "quartos"),
        5: ("um quinto", "quintos"),
        6: ("um sexto", "sextos"),
        7: ("um sétimo", "sétimos"),
        8: ("um oitavo", "oitavos"),
        9: ("um nono", "nonos"),
        10: ("um décimo", "décimos"),
    },
    half_of={Gender.MASCULINE: "meio", Gender.FEMININE: "meia"},
    and_half={Gender.MASCULINE: "e meio", Gender.FEMININE: "e meia"},
    and_word="e",
    of="de",
    out_of="de",
    parts_beyond="avos",
)


def cardinal(number: int, gender: Gender | None) -> str:
    """Return the words of a number; with a gender, as before a noun of it."""
    words = str(num2words(number, lang="pt_BR")).replace(",", "")
    if gender and number and number % 10**6 == 0:
        return words + " de"
    if gender is not Gender.FEMININE:
        return words
    start = words.rfind("lhões ") if "lhões " in words else words.rfind("lhão ")
    head, rest = (words[:start], words[start:]) if start >= 0 else ("", words)
    rest = rest.replace("entos", "entas")
    return head + re.sub(r"\bdois\b", "duas", re.sub(r"\bum\b", "uma", rest))


def ordinal(number: int, gender: Gender) -> str:
    """Return an ordinal; a cardinal for zero and from 1000 on."""
    if not 0 < number < 1000:
        return cardinal(number, gender)
    words = str(num2words(number, lang="pt_BR", to="ordinal"))
    return re.sub(r"o\b", "a", words) if gender is Gender.FEMININE else words


_ORDINAL = re.compile(r"(?<![\w.,])(\d{1,3})(?:\.? ?([ºª])s?|([oa]s?)(?=\s|$|[.,;:)]))")


def read_ordinals(text: str) -> str:
    """Write out ordinals such as `3º`, and make numbers agree with their nouns."""

    def say(match: re.Match[str]) -> str:
        mark = match[2] or match[3]
        gender = Gender.FEMININE if mark[0] in "ªa" else Gender.MASCULINE
        return ordinal(int(match[1]), gender) + mark[1:]

    return notations.agree(_ORDINAL.sub(say, text), cardinal, noun_gender, NUMBERED)


def phone_group(digits: str) -> str:
    """Say a group of the digits of a telephone number, six as the half of a dozen.

    Two digits are an area or a country and said as a number.
    """
    if len(digits) == 2 and digits[0] != "0":
        return cardinal(int(digits), None)
    return " ".join("meia" if d == "6" else cardinal(int(d), None) for d in digits)
