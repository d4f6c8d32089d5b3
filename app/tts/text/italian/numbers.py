"""Italian numbers in words: cardinals, ordinals and fractions."""

import re

from num2words import num2words

from app.tts.text.conventions import Gender
from app.tts.text.italian.nouns import NUMBERED, article, noun_gender
from app.tts.text.romance.fractions import FractionWords
from app.tts.text.romance.nouns import agreement_rule, is_name
from app.tts.text.rules import Rule, apply_rules

FRACTION_WORDS = FractionWords(
    parts={
        2: ("un mezzo", "mezzi"),
        3: ("un terzo", "terzi"),
        4: ("un quarto", "quarti"),
        5: ("un quinto", "quinti"),
        6: ("un sesto", "sesti"),
        7: ("un settimo", "settimi"),
        8: ("un ottavo", "ottavi"),
        9: ("un nono", "noni"),
        10: ("un decimo", "decimi"),
    },
    half_of={Gender.MASCULINE: "mezzo", Gender.FEMININE: "mezza"},
    and_half={Gender.MASCULINE: "e mezzo", Gender.FEMININE: "e mezza"},
    and_word="e",
    of="di",
    out_of="su",
)


def cardinal(number: int, gender: Gender | None) -> str:
    """Return a number in words; with a gender, as before a noun of that gender."""
    if number == 1 and gender:
        return "una" if gender is Gender.FEMININE else "un"
    words = str(num2words(number, lang="it")).replace(",", "")
    if gender and number and number % 10**6 == 0:
        return words + " di"
    # The front end breaks a word of more than 32 letters anywhere.
    return re.sub(r"(?<=mila)(?=\w{18})", " ", words)


def ordinal(number: int, gender: Gender) -> str:
    """Return an ordinal; a cardinal for zero."""
    if number == 0:
        return cardinal(number, gender)
    words = str(num2words(number, lang="it", to="ordinal"))
    return re.sub(r"o$", "a", words) if gender is Gender.FEMININE else words


def _ordinal(match: re.Match[str]) -> str:
    gender = Gender.FEMININE if (match[2] or match[3]) in "ªa" else Gender.MASCULINE
    return ordinal(int(match[1]), gender)


def _one(match: re.Match[str]) -> str:
    noun = match["noun"]
    gender = noun_gender(noun, 1) if noun.islower() else None
    if gender is None or is_name(match, NUMBERED):
        return match[0]
    return article(noun, gender) + noun


_ORDINALS_AND_GENDERS = (
    # A plural in e is feminine.
    Rule(
        r"(?<![\w.,:/-])1(?= o \d{1,3} (?:ore|[^\W\d_]{2,}[^\W\d_i]e)\b)",
        "una",
        "1 o 2 persone -> una o 2 persone",
        "1 o 2 ore -> una o 2 ore",
    ),
    Rule(r"(?<![\w.,:/-])1(?= solo [^\W\d_]{3})", "un", "1 solo giorno -> un solo giorno"),
    Rule(
        r"(?<![\w.,])(\d{1,4})(?:\.? ?([ºª])|([oa])(?=\s|$|[,;:)]))",
        _ordinal,
        "il 3º posto -> il terzo posto",
        "la 2.ª volta -> la seconda volta",
        "la 5a strada -> la quinta strada",
    ),
    Rule(
        r"(?<![\w.,:/-])1 (?P<noun>[^\W\d_]{3,})",
        _one,
        "1 zaino -> uno zaino",
        "1 amica -> un'amica",
        "1 problema -> un problema",
    ),
    agreement_rule(cardinal, noun_gender, NUMBERED, "1.000.000 persone -> un milione di persone"),
)


def verbalize_ordinals(text: str) -> str:
    """Write out ordinals such as `3º`, and make numbers agree with their nouns."""
    return apply_rules(text, _ORDINALS_AND_GENDERS)
