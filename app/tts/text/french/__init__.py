"""French as it is written, in the words that speakers say."""

import re

from app.tts.text.addresses import AddressWords
from app.tts.text.conventions import Conventions, Currency, Gender
from app.tts.text.french import times
from app.tts.text.french.abbreviations import ABBREVIATIONS, RULES
from app.tts.text.french.nouns import noun_gender
from app.tts.text.french.numbers import (
    FRACTION_WORDS,
    cardinal,
    ordinal,
    phone_group,
    read_ordinal_signs,
    read_ordinals,
)
from app.tts.text.french.signs import MATHEMATICS, MEASURES, NUMBER_RULES, PHONES, SYMBOLS
from app.tts.text.romance.language import RomanceLanguage
from app.tts.text.romance.roman_numerals import RomanWords

_DOTTED_PHONE = re.compile(r"(?<![\w.,+-])0\d(?:\.\d\d){4}(?![\w])")
_ELISION = re.compile(
    r"\bde (?=(?:euro|heure|once|hectare|octet|hertz)s?\b)"
    r"|\b(milli(?:on|ard)s?) de (?=[aeéèêiouœâAEÉIOU]|ha?bi|heure|homme|hecta)"
)


def normalize(text: str) -> str:
    """Write out what is not words in a cleaned sentence."""
    # Else they would be taken for versions.
    text = _DOTTED_PHONE.sub(lambda m: m[0].replace(".", " "), text)
    return _ELISION.sub(
        lambda m: f"{m[1]} d'" if m[1] else "d'", _FRENCH.normalize(read_ordinal_signs(text))
    )


_DOLLAR = Currency("dollar", "dollars", "cent", "cents")
_EURO = Currency("euro", "euros", "centime", "centimes")
_POUND = Currency("livre", "livres", "penny", "pennies", Gender.FEMININE)
_CURRENCIES = {
    "€": _EURO,
    "EUR": _EURO,
    "$": _DOLLAR,
    "US$": _DOLLAR,
    "USD": _DOLLAR,
    "£": _POUND,
    "GBP": _POUND,
    "¥": Currency("yen", "yens"),
    "₹": Currency("roupie", "roupies", "paisa", "paisas", Gender.FEMININE),
    "R$": Currency("réal", "réaux", "centavo", "centavos"),
    "CHF": Currency("franc suisse", "francs suisses", "centime", "centimes"),
}


def _money(units: str, currency: Currency, cents: str) -> str:
    # Five euros five would be taken for fifty.
    number = cents.rpartition(" ")[0]
    is_small = number in {cardinal(digit, None) for digit in range(10)}
    return f"{units} et {cents}" if is_small else f"{units} {number}"


_CONVENTIONS = Conventions(
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
    currencies=_CURRENCIES,
    money=_money,
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
    ordinals=read_ordinals,
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
_ROMAN_WORDS = RomanWords(
    centuries="siècles?",
    things="chapitres?|tomes?|volumes?|livre|partie|acte|scène|titre|phase|type|groupe|annexe|"
    "article|section|classe|niveau|catégorie|vatican|division|guerre mondiale",
    rulers="Louis|Charles|Henri|François|Philippe|Napoléon|Jean-Paul|Jean|Paul|Pie|Léon|Benoît|"
    "Grégoire|Clément|Innocent|Alexandre|Édouard|Edouard|Élisabeth|Elizabeth|Elisabeth|Georges?|"
    "Guillaume|Frédéric|Richard|Jacques|Nicolas|Ivan|Pierre|Catherine|Léopold|Albert|Baudouin|"
    "Rainier|Ramsès|Ptolémée|Darius|Urbain|Boniface|Robert|Lothaire|Clovis|Dagobert|Hugues|Marie|"
    "Isabelle|Alphonse|Ferdinand|Juan Carlos|Felipe|Victoria|Mehmed|Soliman|Hassan|Mohammed",
    links="et|à|au|ou",
    articles={"l'an": Gender.MASCULINE},
    followers={},
    cardinal=lambda number: cardinal(number, None),
    century=lambda number: cardinal(number, None),
    ruler=lambda number, name: "premier" if number == 1 else cardinal(number, None),
    ordinal=ordinal,
)
_FRENCH = RomanceLanguage(
    conventions=_CONVENTIONS,
    rules=RULES,
    number_rules=NUMBER_RULES,
    mathematics=MATHEMATICS,
    calendar=times.CALENDAR,
    measures=MEASURES,
    roman_words=_ROMAN_WORDS,
    fraction_words=FRACTION_WORDS,
    noun_gender=noun_gender,
    days=times.DAYS,
    articles="le|du|au",
    thousand="k",
    phones=PHONES,
)
