"""Conventions of French for numbers, money, times and signs."""

from app.tts.text.addresses import AddressWords
from app.tts.text.conventions import Conventions, Currency, Gender
from app.tts.text.french import times
from app.tts.text.french.abbreviations import ABBREVIATIONS
from app.tts.text.french.codes import phone_group
from app.tts.text.french.numbers import cardinal, verbalize_ordinals
from app.tts.text.french.signs import SYMBOLS
from app.tts.text.romance.conventions import currencies, money

CURRENCIES = currencies(
    euro=Currency("euro", "euros", "centime", "centimes"),
    dollar=Currency("dollar", "dollars", "cent", "cents"),
    pound=Currency("livre", "livres", "penny", "pennies", Gender.FEMININE),
    yen=Currency("yen", "yens"),
    rupee=Currency("roupie", "roupies", "paisa", "paisas", Gender.FEMININE),
) | {
    "R$": Currency("réal", "réaux", "centavo", "centavos"),
    "CHF": Currency("franc suisse", "francs suisses", "centime", "centimes"),
}
CONVENTIONS = Conventions(
    locale="fr",
    group=" .",
    decimal=",",
    cardinal=cardinal,
    point="virgule",
    minus="moins",
    percent="pour cent",
    to="à",
    per="par",
    clock=times.clock,
    date=times.date,
    times=times.TIMES,
    address_words=AddressWords(
        dot="point",
        at="arobase",
        slash="slash",
        hyphen="tiret",
        underscore="tiret bas",
        colon="deux-points",
        question_mark="point d'interrogation",
        equals="égale",
        and_sign="et",
        plus="plus",
        hash_sign="dièse",
        percent="pour cent",
        tilde="tilde",
        version="version",
        point="point",
    ),
    currencies=CURRENCIES,
    money=money(cardinal, "et ", ""),
    scales={
        "million": "million",
        "millions": "millions",
        "milliard": "milliard",
        "milliards": "milliards",
        "M": "millions",
        "Md": "milliards",
        "Mds": "milliards",
    },
    of_scale="de",
    symbols=SYMBOLS,
    ordinals=verbalize_ordinals,
    abbreviations=ABBREVIATIONS,
    unit_names={"speed-kilometer-per-hour": ("kilomètre heure", "kilomètres heure")},
    feminine_units=frozenset(
        (
            "duration-hour",
            "duration-minute",
            "duration-second",
            "duration-millisecond",
            "mass-pound",
            "mass-ounce",
            "energy-kilocalorie",
        )
    ),
    phone_group=phone_group,
)
