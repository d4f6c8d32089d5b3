"""Conventions of Brazilian Portuguese for numbers, money, times and signs."""

from app.tts.text.addresses import AddressWords
from app.tts.text.conventions import Conventions, Currency, Gender
from app.tts.text.portuguese import times
from app.tts.text.portuguese.abbreviations import ABBREVIATIONS
from app.tts.text.portuguese.codes import phone_group
from app.tts.text.portuguese.numbers import cardinal, verbalize_ordinals
from app.tts.text.portuguese.signs import SYMBOLS
from app.tts.text.romance.conventions import currencies

_REAL = Currency("real", "reais", "centavo", "centavos")
CURRENCIES = currencies(
    euro=Currency("euro", "euros", "centavo", "centavos"),
    dollar=Currency("dólar", "dólares", "centavo", "centavos"),
    pound=Currency("libra", "libras", "pêni", "pence", Gender.FEMININE),
    yen=Currency("iene", "ienes"),
    rupee=Currency("rupia", "rupias", "paisa", "paisas", Gender.FEMININE),
) | {"R$": _REAL, "BRL": _REAL}
CONVENTIONS = Conventions(
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
    currencies=CURRENCIES,
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
    ordinals=verbalize_ordinals,
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
