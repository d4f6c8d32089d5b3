"""Spanish as it is written, in the words that speakers say."""

from app.tts.text.addresses import AddressWords
from app.tts.text.conventions import Conventions, Currency, Gender
from app.tts.text.romance.language import RomanceLanguage
from app.tts.text.spanish import times
from app.tts.text.spanish.abbreviations import ABBREVIATIONS, RULES
from app.tts.text.spanish.nouns import noun_gender
from app.tts.text.spanish.numbers import (
    FRACTION_WORDS,
    cardinal,
    phone_group,
    read_ordinals,
)
from app.tts.text.spanish.roman_numerals import ROMAN_WORDS
from app.tts.text.spanish.signs import MATHEMATICS, MEASURES, NUMBER_RULES, PHONES, SYMBOLS


def normalize(text: str) -> str:
    """Write out what is not words in a cleaned sentence."""
    return _SPANISH.normalize(text)


_DOLLAR = Currency("dólar", "dólares", "centavo", "centavos")
_EURO = Currency("euro", "euros", "céntimo", "céntimos")
_POUND = Currency("libra", "libras", "penique", "peniques", Gender.FEMININE)
_CURRENCIES = {
    "€": _EURO,
    "EUR": _EURO,
    "$": _DOLLAR,
    "US$": _DOLLAR,
    "USD": _DOLLAR,
    "£": _POUND,
    "GBP": _POUND,
    "¥": Currency("yen", "yenes"),
    "₹": Currency("rupia", "rupias", "paisa", "paisas", Gender.FEMININE),
    "R$": Currency("real", "reales", "centavo", "centavos"),
    "MXN": Currency("peso", "pesos", "centavo", "centavos"),
}


def _money(units: str, currency: Currency, cents: str) -> str:
    # Five euros and five would be taken for fifty.
    number = cents.rpartition(" ")[0]
    is_small = number in {cardinal(digit, Gender.MASCULINE) for digit in range(10)}
    return f"{units} con {cents if is_small else number}"


_CONVENTIONS = Conventions(
    locale="es",
    group=". ",
    decimal=",",
    cardinal=cardinal,
    point="coma",
    minus="menos",
    percent="por ciento",
    to="a",
    per="por",
    clock=times.clock,
    date=times.date,
    times=r"(?<![\d:.,])(\d{1,2})(?: ?h ?|:)([0-5]\d)(?::(\d\d))?"
    r"(?: ?(?:horas|hr?s?)\b(?:\.(?! ?$))?)?(?![\d:]|[.,]\d| ?min)",
    address_words=AddressWords(
        dot="punto",
        at="arroba",
        slash="barra",
        hyphen="guion",
        underscore="guion bajo",
        colon="dos puntos",
        question_mark="signo de interrogación",
        equals="igual",
        and_sign="y",
        plus="más",
        hash_sign="almohadilla",
        percent="por ciento",
        tilde="virgulilla",
        version="versión",
        point="punto",
    ),
    currencies=_CURRENCIES,
    money=_money,
    scales={
        "millón": "millón",
        "millones": "millones",
        "mil millones": "mil millones",
        "billones": "billones",
        "M": "millones",
        "mill.": "millones",
    },
    of_scale="de",
    symbols=SYMBOLS,
    ordinals=read_ordinals,
    abbreviations=ABBREVIATIONS,
    # As they are said; espeak-ng knows no other way to read them right.
    unit_names={
        "digital-kilobyte": ("kilobáit", "kilobáits"),
        "digital-megabyte": ("megabáit", "megabáits"),
        "digital-gigabyte": ("gigabáit", "gigabáits"),
        "digital-terabyte": ("terabáit", "terabáits"),
        "digital-petabyte": ("petabáit", "petabáits"),
    },
    feminine_units=frozenset(
        (
            "duration-hour",
            "length-mile",
            "length-yard",
            "area-hectare",
            "mass-pound",
            "mass-ounce",
            "speed-mile-per-hour",
            "energy-kilocalorie",
        )
    ),
    phone_group=phone_group,
)
_SPANISH = RomanceLanguage(
    conventions=_CONVENTIONS,
    rules=RULES,
    number_rules=NUMBER_RULES,
    read_times=times.read_half_days,
    mathematics=MATHEMATICS,
    calendar=times.CALENDAR,
    measures=MEASURES,
    roman_words=ROMAN_WORDS,
    fraction_words=FRACTION_WORDS,
    noun_gender=noun_gender,
    days=times.DAYS,
    articles="el|al|del",
    thousand="mil",
    phones=PHONES,
)
