"""Spanish numbers in words: cardinals, ordinals and fractions."""

import re

from num2words import num2words

from app.tts.text.conventions import Gender
from app.tts.text.romance.fractions import FractionWords
from app.tts.text.romance.nouns import agreement_rule
from app.tts.text.rules import Rule, apply_rules
from app.tts.text.spanish.nouns import NUMBERED, noun_gender

_ORDINALS = [
    "primero",
    "segundo",
    "tercero",
    "cuarto",
    "quinto",
    "sexto",
    "séptimo",
    "octavo",
    "noveno",
    "décimo",
    "undécimo",
    "duodécimo",
    "decimotercero",
    "decimocuarto",
    "decimoquinto",
    "decimosexto",
    "decimoséptimo",
    "decimoctavo",
    "decimonoveno",
]
_TENTHS = [
    "vigésimo",
    "trigésimo",
    "cuadragésimo",
    "quincuagésimo",
    "sexagésimo",
    "septuagésimo",
    "octogésimo",
    "nonagésimo",
]

FRACTION_WORDS = FractionWords(
    parts={
        2: ("un medio", "medios"),
        3: ("un tercio", "tercios"),
        4: ("un cuarto", "cuartos"),
        5: ("un quinto", "quintos"),
        6: ("un sexto", "sextos"),
        7: ("un séptimo", "séptimos"),
        8: ("un octavo", "octavos"),
        9: ("un noveno", "novenos"),
        10: ("un décimo", "décimos"),
    },
    half_of={Gender.MASCULINE: "medio", Gender.FEMININE: "media"},
    and_half={Gender.MASCULINE: "y medio", Gender.FEMININE: "y media"},
    and_word="y",
    of="de",
    out_of="sobre",
)


def cardinal(number: int, gender: Gender | None) -> str:
    """Return a number in words; with a gender, as before a noun of that gender."""
    words = re.sub(r"veintiuno(?= mil)", "veintiún", str(num2words(number, lang="es")))
    words = re.sub(r"\buno(?= mil)", "un", words)
    if gender is None:
        return words
    if number and number % 10**6 == 0:
        return words + " de"
    if gender is Gender.MASCULINE:
        return re.sub(r"\buno$", "un", re.sub(r"veintiuno$", "veintiún", words))
    head, millions, rest = re.match(r"(?:(.*)( mill(?:ón|ones) ))?(.*)", words).groups("")  # type: ignore[union-attr]
    return head + millions + re.sub(r"uno$", "una", rest.replace("ientos", "ientas"))


def ordinal(number: int, gender: Gender, *, before_noun: bool = False) -> str:
    """Return an ordinal, `primer` and `tercer` before a masculine noun; a cardinal from 100 on."""
    if not 0 < number < 100:
        return cardinal(number, gender)
    if number < 20:
        words = _ORDINALS[number - 1]
    else:
        tens, units = divmod(number, 10)
        words = _TENTHS[tens - 2] + (f" {_ORDINALS[units - 1]}" if units else "")
    if gender is Gender.FEMININE:
        return re.sub(r"o\b", "a", words)
    return re.sub(r"(primer|tercer)o$", r"\1", words) if before_noun else words


def _ordinal(match: re.Match[str]) -> str:
    mark = match[2] or match[3] or match[4]
    gender = Gender.FEMININE if "a" in mark or mark == "ª" else Gender.MASCULINE
    after = match.string[match.end() :]
    noun = re.match(r" (?!(?:que|con|por|para|del|los|las|una|más)\b)[a-zñáéíóú]{3}", after)
    plural = "s" if mark.endswith("s") else ""
    words = ordinal(int(match[1]), gender, before_noun=mark == "er" or bool(noun))
    return words + plural


_ORDINALS_AND_GENDERS = (
    Rule(
        r"(?<![\w.,])(\d{1,3})(?:\.? ?([ºª])|\.?(er|(?:[rdtmvn]?[oa])s?)\b(?:\.(?= [a-zñáéíóú]))?"
        r"|\.([ºª])s?)",
        _ordinal,
        "la 2.ª vez -> la segunda vez",
        "el 3er piso -> el tercer piso",
        "el 5to. lugar -> el quinto lugar",
        "los 5os puestos -> los quintos puestos",
    ),
    agreement_rule(
        cardinal,
        noun_gender,
        NUMBERED,
        "21 libros y 31 páginas -> veintiún libros y treinta y una páginas",
        "21 mil casas -> veintiuna mil casas",
        "1 o 2 personas -> una o dos personas",
    ),
    # The thousands stay masculine before a feminine noun.
    Rule(r"\bveintiuna(?= mil\b)", "veintiún", "veintiuna mil casas -> veintiún mil casas"),
    Rule(r"(?<=\by )una(?= mil\b)", "un", "treinta y una mil casas -> treinta y un mil casas"),
)


def verbalize_ordinals(text: str) -> str:
    """Write out ordinals such as `3.º`, and make numbers agree with their nouns."""
    return apply_rules(text, _ORDINALS_AND_GENDERS)
