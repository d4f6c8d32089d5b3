"""Signs and notations of numbers in Spanish."""

import re

from app.tts.text.romance import notations
from app.tts.text.romance.mathematics import MathematicsWords
from app.tts.text.romance.measures import Measures
from app.tts.text.spanish.times import MONTH

MATHEMATICS = MathematicsWords(
    squared="al cuadrado",
    cubed="al cubo",
    greater="mayor que",
    less="menor que",
    at_least="mayor o igual que",
    at_most="menor o igual que",
    divided="dividido entre",
)
MEASURES = Measures(
    symbols={
        "segs": "s",
        "seg": "s",
        "hs": "h",
        "mins": "min",
        "kgs": "kg",
        "kms": "km",
        "Km": "km",
        "Kg": "kg",
        "KG": "kg",
        "mts": "m",
        "cms": "cm",
        "grs": "g",
        "gr": "g",
        "lts": "l",
        "lt": "l",
    },
    names={
        "dl": ("decilitro", "decilitros"),
        "cc": ("centímetro cúbico", "centímetros cúbicos"),
        "mill": ("millón", "millones"),
        "cda": ("cucharada", "cucharadas"),
        "cdas": ("cucharada", "cucharadas"),
        "cdta": ("cucharadita", "cucharaditas"),
        "cdtas": ("cucharadita", "cucharaditas"),
        "uds": ("unidad", "unidades"),
        "ud": ("unidad", "unidades"),
        "fps": ("fotograma por segundo", "fotogramas por segundo"),
        "Mbps": ("megabit por segundo", "megabits por segundo"),
    },
)
_DEGREES = r"hacen?|estamos a|temperatura de|máximas? de|mínimas? de|sensación de|fiebre de"
NUMBER_RULES = notations.rules(
    (r"(?<!\w)'(?=\d\d\b)|(?<=\d)'s\b", ""),
    (r"(?i)\b(los|años) '?(\d0)'?s\b", r"\1 \2"),
    (r"(?<![\w)])(?<![\d)] )\+ ?(?=\d[\d.]{1,9} [^\W\d_]{3,})", "más de "),
    (r"(?<=\d) ?M(?= de\b)", " millones"),
    (r"(?<![\w/.,])50/50(?![\w/])", "cincuenta cincuenta"),
    (r"(?<=\d)([.,]\d\d?)/(?=(?:5|10|20|30|100)(?![\w/]|[.,]\d))", r"\1 sobre "),
    (r"(?<![\w.,:])0(?=\d ?h\b)", ""),
    (r"(?<![\d.,])([12])[,.]([1-9]\d) ?m(?![\w²³/])", r"\1 m \2"),
    (r"(?<![\w)])([-−] ?\d{1,2}) ?º(?!\w)", r"\1°"),
    (r"(?<=\d° [yao] )(\d{1,2}) ?º(?!\w)", r"\1°"),
    (rf"(?i)\b({_DEGREES}) (\d{{1,2}}) ?º(?!\w)", r"\1 \2°"),
    (
        r"(?<=\d) ?º(?= (?:de (?:fiebre|temperatura)|a la sombra|bajo|sobre|cent[íi]grados)\b)",
        "°",
    ),
    (r"(?<=\d) euros?\b", " €"),
    (r"(?<=\d) dólar(?:es)?\b", " $"),
    (r"\$ ?(?=\d[\d.,]{0,20} (?:pesos|MXN)\b)", ""),
    (r"(?<=\d) pesos?\b", " MXN"),
    (r"(?<![\w/.,])24/7(?![\w/])", "veinticuatro siete"),
    (rf"(?<![\d.,/])1(?:\.?[ºo°]|\.er)?(?= (?:de )?(?:{MONTH})\b)", "primero"),
    (
        r"(?<![\w.,])([1-9])°(?! (?:bajo|sobre|norte|sur|este|oeste|cent)) ?(?=[a-zñáéíóú]{3})",
        r"\1º ",
    ),
    (r"(?<=\d) ?[x×*] ?(?=\d)", " por "),
    (r"(?<![\d.,])1 ?[x×](?![\w])", "1 vez"),
    (r"(?<=\d) ?[x×](?![\w])", " veces"),
    (r"(?<=\d) ?÷ ?(?=\d)", " entre "),
    (r"[~≈] ?(?=[\d$€£])", "aproximadamente "),
    (r"< ?(?=[\d$€£])", "menos de "),
    (r"> ?(?=[\d$€£])", "más de "),
    (r"(\bmill(?:ón|ones)) de (?=[$€£¥])", r"\1 "),
    (r"(?<![\d.,])1 ?M(?= ?[€$£])", "1 millón "),
)
# 612 345 678; exact thousands are written so too.
PHONES = re.compile(
    r"(?<![\w.,+-])(?<!\d )(?:[6-9]\d\d \d{3} (?!000)\d{3}|9[1-8] \d{3} \d\d \d\d)"
    r"(?! ?\d|[.,]\d| ?[€$%])"
)
SYMBOLS = {
    "&": "y",
    "+": "más",
    "=": "igual a",
    "@": "arroba",
    "%": "por ciento",
    "‰": "por mil",
    "°": "grados",
    "×": "por",
    "÷": "entre",
    "<": "menor que",
    ">": "mayor que",
    "≤": "menor o igual que",
    "≥": "mayor o igual que",
    "±": "más menos",
    "~": "aproximadamente",
    "≈": "aproximadamente",
    "§": "párrafo",
    "©": "copyright",
    "#": "almohadilla",
    "*": "asterisco",
    "$": "dólares",
    "€": "euros",
    "£": "libras",
    "→": "a",
}
