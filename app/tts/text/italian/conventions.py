"""Conventions of Italian for numbers, money, times and signs."""

from app.tts.text.addresses import AddressWords
from app.tts.text.conventions import Conventions, Currency, Gender
from app.tts.text.italian import times
from app.tts.text.italian.abbreviations import ABBREVIATIONS
from app.tts.text.italian.codes import phone_group
from app.tts.text.italian.numbers import cardinal, verbalize_ordinals
from app.tts.text.italian.signs import SYMBOLS
from app.tts.text.romance.conventions import currencies, money

CURRENCIES = currencies(
    euro=Currency("euro", "euro", "centesimo", "centesimi"),
    dollar=Currency("dollaro", "dollari", "centesimo", "centesimi"),
    pound=Currency("sterlina", "sterline", "penny", "penny", Gender.FEMININE),
    yen=Currency("yen", "yen"),
    rupee=Currency("rupia", "rupie", "paisa", "paise", Gender.FEMININE),
) | {
    "R$": Currency("real", "real", "centavo", "centavos"),
    "CHF": Currency("franco svizzero", "franchi svizzeri", "centesimo", "centesimi"),
}
CONVENTIONS = Conventions(
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
    currencies=CURRENCIES,
    money=money(cardinal, "e ", "e "),
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
    ordinals=verbalize_ordinals,
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
