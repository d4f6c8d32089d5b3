"""Brazilian Portuguese as it is written, in the words that speakers say."""

import re

from app.tts.text.addresses import AddressWords
from app.tts.text.conventions import Conventions, Currency, Gender
from app.tts.text.portuguese import times
from app.tts.text.portuguese.abbreviations import ABBREVIATIONS, RULES
from app.tts.text.portuguese.nouns import noun_gender
from app.tts.text.portuguese.numbers import (
    FRACTION_WORDS,
    cardinal,
    ordinal,
    phone_group,
    read_ordinals,
)
from app.tts.text.portuguese.signs import MATHEMATICS, MEASURES, NUMBER_RULES, PHONES, SYMBOLS
from app.tts.text.romance.language import RomanceLanguage
from app.tts.text.romance.roman_numerals import RomanWords


def normalize(text: str) -> str:
    """Write out what is not words in a cleaned sentence."""
    return _PORTUGUESE.normalize(text)


_DOLLAR = Currency("dólar", "dólares", "centavo", "centavos")
_REAL = Currency("real", "reais", "centavo", "centavos")
_EURO = Currency("euro", "euros", "centavo", "centavos")
_POUND = Currency("libra", "libras", "pêni", "pence", Gender.FEMININE)
_CURRENCIES = {
    "R$": _REAL,
    "BRL": _REAL,
    "€": _EURO,
    "EUR": _EURO,
    "$": _DOLLAR,
    "US$": _DOLLAR,
    "USD": _DOLLAR,
    "£": _POUND,
    "GBP": _POUND,
    "¥": Currency("iene", "ienes"),
    "₹": Currency("rupia", "rupias", "paisa", "paisas", Gender.FEMININE),
}

_CONVENTIONS = Conventions(
    locale="pt_BR",
    group=". ",
    decimal=",",
    cardinal=cardinal,
    point="vírgula",
    minus="menos",
    percent="por cento",
    to="a",
    per="por",
    clock=times.clock,
    date=times.date,
    times=times.TIMES,
    address_words=AddressWords(
        dot="ponto",
        at="arroba",
        slash="barra",
        hyphen="hífen",
        underscore="sublinhado",
        colon="dois-pontos",
        question_mark="ponto de interrogação",
        equals="igual",
        and_sign="e",
        plus="mais",
        hash_sign="cerquilha",
        percent="por cento",
        tilde="til",
        version="versão",
        point="ponto",
    ),
    currencies=_CURRENCIES,
    money=lambda units, currency, cents: f"{units} e {cents}",
    scales={
        "milhão": "milhão",
        "milhões": "milhões",
        "bilhão": "bilhão",
        "bilhões": "bilhões",
        "trilhão": "trilhão",
        "trilhões": "trilhões",
        "mi": "milhões",
        "bi": "bilhões",
        "tri": "trilhões",
        "M": "milhões",
    },
    of_scale="de",
    symbols=SYMBOLS,
    ordinals=read_ordinals,
    abbreviations=ABBREVIATIONS,
    # As they are said; espeak-ng knows no other way to read them right.
    unit_names={
        "temperature-celsius": ("grau Célsius", "graus Célsius"),
        "digital-kilobyte": ("quilobaite", "quilobaites"),
        "digital-megabyte": ("megabaite", "megabaites"),
        "digital-gigabyte": ("gigabaite", "gigabaites"),
        "digital-terabyte": ("terabaite", "terabaites"),
        "digital-petabyte": ("petabaite", "petabaites"),
    },
    feminine_units=frozenset(
        (
            "duration-hour",
            "length-mile",
            "length-yard",
            "mass-pound",
            "mass-ounce",
            "speed-mile-per-hour",
            "energy-kilocalorie",
        )
    ),
    phone_group=phone_group,
)
_QUEENS = "Isabel|Maria|Cristina|Margarida|Vitória|Ana|Catarina|Beatriz|Joana|Leonor|Elizabeth"


def _ruler(number: int, name: str) -> str:
    gender = Gender.FEMININE if re.fullmatch(_QUEENS, name) else Gender.MASCULINE
    return ordinal(number, gender) if number <= 10 else cardinal(number, None)


def _century(number: int) -> str:
    return ordinal(number, Gender.MASCULINE) if number <= 10 else cardinal(number, None)


_ROMAN_WORDS = RomanWords(
    centuries="séculos?",
    things="capítulos?|tomos?|volume|parte|ato|cena|título|fase|tipo|livro|grupo|anexo|artigo|"
    "seção|classe|nível|categoria|divisão|guerra mundial|concílio vaticano",
    rulers="Pedro|João Paulo|João|Luís|Carlos|Filipe|Felipe|Afonso|Fernando|Henrique|Manuel|Dinis|"
    "Sancho|José|Miguel|Sebastião|Duarte|Paulo|Pio|Leão|Bento|Gregório|Francisco|Clemente|"
    "Inocêncio|Alexandre|Napoleão|Jorge|Eduardo|Guilherme|Frederico|Ricardo|Jaime|Nicolau|Ivan|"
    f"Leopoldo|Alberto|Juan Carlos|Charles|Ramsés|Ptolomeu|Dario|Urbano|Bonifácio|{_QUEENS}",
    links="e|ao|a|ou",
    articles={
        "o": Gender.MASCULINE,
        "do": Gender.MASCULINE,
        "no": Gender.MASCULINE,
        "ao": Gender.MASCULINE,
        "a": Gender.FEMININE,
        "da": Gender.FEMININE,
        "na": Gender.FEMININE,
        "à": Gender.FEMININE,
    },
    followers={
        "Guerra Mundial": Gender.FEMININE,
        "edição": Gender.FEMININE,
        "Congresso": Gender.MASCULINE,
    },
    cardinal=lambda number: cardinal(number, None),
    century=_century,
    ruler=_ruler,
    ordinal=ordinal,
)
_PORTUGUESE = RomanceLanguage(
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
    articles="o|do|no|ao|em",
    thousand="mil",
    phones=PHONES,
)
