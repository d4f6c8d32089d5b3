"""Conventions of Spanish for numbers, money, times and signs."""

from app.tts.text.addresses import AddressWords
from app.tts.text.conventions import Conventions, Currency, Gender
from app.tts.text.romance.conventions import currencies, money
from app.tts.text.spanish import times
from app.tts.text.spanish.abbreviations import ABBREVIATIONS
from app.tts.text.spanish.codes import phone_group
from app.tts.text.spanish.numbers import cardinal, verbalize_ordinals
from app.tts.text.spanish.signs import SYMBOLS

CURRENCIES = currencies(
    euro=Currency("euro", "euros", "céntimo", "céntimos"),
    dollar=Currency("dólar", "dólares", "centavo", "centavos"),
    pound=Currency("libra", "libras", "penique", "peniques", Gender.FEMININE),
    yen=Currency("yen", "yenes"),
    rupee=Currency("rupia", "rupias", "paisa", "paisas", Gender.FEMININE),
) | {
    "R$": Currency("real", "reales", "centavo", "centavos"),
    "MXN": Currency("peso", "pesos", "centavo", "centavos"),
}
CONVENTIONS = Conventions(
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
    times=times.TIMES,
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
    currencies=CURRENCIES,
    money=money(cardinal, "con ", "con "),
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
    ordinals=verbalize_ordinals,
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
