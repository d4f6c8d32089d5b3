"""Italian as it is written, in the words that speakers say."""

import re

from app.tts.text.addresses import AddressWords
from app.tts.text.conventions import Conventions, Currency, Gender
from app.tts.text.italian import times
from app.tts.text.italian.abbreviations import ABBREVIATIONS, FIRST_RULES, RULES
from app.tts.text.italian.nouns import noun_gender
from app.tts.text.italian.numbers import (
    FRACTION_WORDS,
    cardinal,
    ordinal,
    phone_group,
    read_ordinals,
)
from app.tts.text.italian.signs import MATHEMATICS, MEASURES, NUMBER_RULES, PHONES, SYMBOLS
from app.tts.text.romance.language import RomanceLanguage
from app.tts.text.romance.roman_numerals import RomanWords

_ELISION = re.compile(r"\b(un|mezz)a (?=(?:ora|oncia|unità)\b)|\b(d)i (?=ora\b)")


def normalize(text: str) -> str:
    """Write out what is not words in a cleaned sentence."""
    return _ELISION.sub(lambda m: f"{m[1] or m[2]}'", _ITALIAN.normalize(text))


_DOLLAR = Currency("dollaro", "dollari", "centesimo", "centesimi")
_EURO = Currency("euro", "euro", "centesimo", "centesimi")
_POUND = Currency("sterlina", "sterline", "penny", "penny", Gender.FEMININE)
_CURRENCIES = {
    "€": _EURO,
    "EUR": _EURO,
    "$": _DOLLAR,
    "US$": _DOLLAR,
    "USD": _DOLLAR,
    "£": _POUND,
    "GBP": _POUND,
    "¥": Currency("yen", "yen"),
    "₹": Currency("rupia", "rupie", "paisa", "paise", Gender.FEMININE),
    "R$": Currency("real", "real", "centavo", "centavos"),
    "CHF": Currency("franco svizzero", "franchi svizzeri", "centesimo", "centesimi"),
}


def _money(units: str, currency: Currency, cents: str) -> str:
    # Five euros and five would be taken for fifty.
    number = cents.rpartition(" ")[0]
    is_small = number in {cardinal(digit, Gender.MASCULINE) for digit in range(10)}
    return f"{units} e {cents if is_small else number}"


_CONVENTIONS = Conventions(
    locale="it",
    group=". ",
    decimal=",",
    cardinal=cardinal,
    point="virgola",
    minus="meno",
    percent="per cento",
    to="a",
    per="al",
    clock=times.clock,
    date=times.date,
    times=times.TIMES,
    address_words=AddressWords(
        dot="punto",
        at="chiocciola",
        slash="barra",
        hyphen="trattino",
        underscore="trattino basso",
        colon="due punti",
        question_mark="punto di domanda",
        equals="uguale",
        and_sign="e",
        plus="più",
        hash_sign="cancelletto",
        percent="per cento",
        tilde="tilde",
        version="versione",
        point="punto",
    ),
    currencies=_CURRENCIES,
    money=_money,
    scales={
        "milione": "milione",
        "milioni": "milioni",
        "miliardo": "miliardo",
        "miliardi": "miliardi",
        "M": "milioni",
        "mln": "milioni",
        "Md": "miliardi",
        "mld": "miliardi",
    },
    of_scale="di",
    symbols=SYMBOLS,
    ordinals=read_ordinals,
    abbreviations=ABBREVIATIONS,
    # As they are said; espeak-ng knows no other way to read them right.
    unit_names={
        "speed-mile-per-hour": ("miglio all'ora", "miglia all'ora"),
        "temperature-celsius": ("grado Cèlsius", "gradi Cèlsius"),
        "digital-kilobyte": ("kilobàit", "kilobàit"),
        "digital-megabyte": ("megabàit", "megabàit"),
        "digital-gigabyte": ("gigabàit", "gigabàit"),
        "digital-terabyte": ("terabàit", "terabàit"),
        "digital-petabyte": ("petabàit", "petabàit"),
    },
    feminine_units=frozenset(
        (
            "duration-hour",
            "length-yard",
            "mass-pound",
            "mass-ounce",
            "energy-kilocalorie",
            "energy-kilowatt-hour",
        )
    ),
    phone_group=phone_group,
)
_QUEENS = "Elisabetta|Maria|Vittoria|Caterina|Isabella|Margherita|Cristina|Anna|Giovanna|Cleopatra"


def _ruler(number: int, name: str) -> str:
    gender = Gender.FEMININE if re.fullmatch(_QUEENS, name) else Gender.MASCULINE
    return ordinal(number, gender)


_ROMAN_WORDS = RomanWords(
    centuries="secolo|secoli",
    things="capitolo|tomo|volume|parte|atto|scena|titolo|fase|tipo|libro|gruppo|allegato|articolo|"
    "sezione|classe|livello|categoria|divisione|guerra mondiale",
    rulers="Luigi|Carlo|Enrico|Francesco|Filippo|Napoleone|Giovanni Paolo|Giovanni|Paolo|Pio|Leone|"
    "Benedetto|Gregorio|Clemente|Innocenzo|Alessandro|Edoardo|Giorgio|Guglielmo|Federico|Riccardo|"
    "Giacomo|Nicola|Ivan|Pietro|Leopoldo|Alberto|Umberto|Vittorio Emanuele|Amedeo|Ferdinando|"
    "Massimiliano|Ramses|Tolomeo|Dario|Urbano|Bonifacio|Sisto|Celestino|Eugenio|Martino|Callisto|"
    f"Niccolò|Giulio|Cosimo|Lorenzo|Roberto|Felipe|Juan Carlos|Alfonso|{_QUEENS}",
    links="e|al|o|ed",
    articles={
        "il": Gender.MASCULINE,
        "del": Gender.MASCULINE,
        "al": Gender.MASCULINE,
        "dal": Gender.MASCULINE,
        "nel": Gender.MASCULINE,
        "sul": Gender.MASCULINE,
        "la": Gender.FEMININE,
        "della": Gender.FEMININE,
        "alla": Gender.FEMININE,
        "dalla": Gender.FEMININE,
        "nella": Gender.FEMININE,
    },
    followers={
        "secolo": Gender.MASCULINE,
        "secoli": Gender.MASCULINE,
        "edizione": Gender.FEMININE,
        "guerra mondiale": Gender.FEMININE,
        "Guerra Mondiale": Gender.FEMININE,
    },
    cardinal=lambda number: cardinal(number, None),
    century=lambda number: ordinal(number, Gender.MASCULINE),
    ruler=_ruler,
    ordinal=ordinal,
)
_ITALIAN = RomanceLanguage(
    conventions=_CONVENTIONS,
    rules=RULES,
    number_rules=NUMBER_RULES,
    first_rules=FIRST_RULES,
    mathematics=MATHEMATICS,
    calendar=times.CALENDAR,
    measures=MEASURES,
    roman_words=_ROMAN_WORDS,
    fraction_words=FRACTION_WORDS,
    noun_gender=noun_gender,
    days=times.DAYS,
    articles="il|del|al|dal",
    thousand="mila",
    phones=PHONES,
)
