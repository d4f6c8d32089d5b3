"""Spanish as it is written, in the words that speakers say."""

import re

from num2words import num2words

from app.tts.text import everyday
from app.tts.text.addresses import AddressWords
from app.tts.text.conventions import Conventions, Currency, Gender

_MONTHS = (
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
).split()


def normalize(text: str) -> str:
    """Write out what is not words in a cleaned sentence."""
    return everyday.normalize(text, _CONVENTIONS)


def _cardinal(number: int, gender: Gender | None) -> str:
    words = str(num2words(number, lang="es"))
    if gender is Gender.FEMININE:
        return re.sub(r"cientos\b", "cientas", re.sub(r"uno$", "una", words))
    if gender is Gender.MASCULINE:
        return (
            re.sub(r"veintiuno$", "veintiún", words)
            if words.endswith("veintiuno")
            else (re.sub(r"uno$", "un", words))
        )
    return words


def _clock(hour: int, minute: int, second: int) -> str:
    words = "una" if hour == 1 else _cardinal(hour, Gender.FEMININE)
    if minute:
        words += " y " + {15: "cuarto", 30: "media"}.get(minute, _cardinal(minute, None))
    return f"{words} y {_cardinal(second, None)} segundos" if second else words


def _date(day: int, month: int, year: int | None) -> str:
    first = "primero" if day == 1 else _cardinal(day, None)
    words = f"{first} de {_MONTHS[month - 1]}"
    return f"{words} de {_cardinal(year, None)}" if year else words


_CONVENTIONS = Conventions(
    locale="es",
    group=". ",
    decimal=",",
    cardinal=_cardinal,
    point="coma",
    minus="menos",
    percent="por ciento",
    to="a",
    per="por",
    clock=_clock,
    date=_date,
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
    currencies={
        "€": Currency("euro", "euros", "céntimo", "céntimos"),
        "$": Currency("dólar", "dólares", "centavo", "centavos"),
        "US$": Currency("dólar", "dólares", "centavo", "centavos"),
        "£": Currency("libra", "libras", "penique", "peniques", Gender.FEMININE),
        "¥": Currency("yen", "yenes"),
        "₹": Currency("rupia", "rupias", "paisa", "paisas", Gender.FEMININE),
        "R$": Currency("real", "reales", "centavo", "centavos"),
    },
    money=lambda units, currency, cents: f"{units} con {cents.rpartition(' ')[0]}",
    scales={"millón": "millón", "millones": "millones", "mil": "mil", "M": "millones"},
    of_scale="de",
    symbols={"&": "y", "+": "más", "=": "igual a", "@": "arroba", "%": "por ciento"},
    abbreviations={"sr.": "señor", "sra.": "señora", "dr.": "doctor", "etc.": "etcétera."},
)
