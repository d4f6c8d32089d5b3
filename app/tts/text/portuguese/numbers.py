"""Brazilian Portuguese numbers in words: cardinals, ordinals and fractions."""

import re

from num2words import num2words

from app.tts.text.conventions import Gender
from app.tts.text.portuguese.nouns import NUMBERED, noun_gender
from app.tts.text.romance.fractions import FractionWords
from app.tts.text.romance.nouns import agreement_rule
from app.tts.text.rules import Rule, apply_rules

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
    """Return a number in words; with a gender, as before a noun of that gender."""
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


def _ordinal(match: re.Match[str]) -> str:
    mark = match[2] or match[3]
    gender = Gender.FEMININE if mark[0] in "ªa" else Gender.MASCULINE
    return ordinal(int(match[1]), gender) + mark[1:]


_ORDINALS_AND_GENDERS = (
    Rule(
        r"(?<![\w.,])(\d{1,3})(?:\.? ?([ºª])s?|([oa]s?)(?=\s|$|[.,;:)]))",
        _ordinal,
        "o 3º andar -> o terceiro andar",
        "a 2.ª vez -> a segunda vez",
        "os 5os lugares -> os quintos lugares",
    ),
    agreement_rule(
        cardinal,
        noun_gender,
        NUMBERED,
        "21 livros e 32 páginas -> vinte e um livros e trinta e duas páginas",
        "1 ou 2 pessoas -> uma ou duas pessoas",
    ),
)


def verbalize_ordinals(text: str) -> str:
    """Write out ordinals such as `3º`, and make numbers agree with their nouns."""
    return apply_rules(text, _ORDINALS_AND_GENDERS)
