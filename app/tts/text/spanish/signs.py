"""Signs and notations of numbers in Spanish."""

import re

from app.tts.text.romance import notations
from app.tts.text.spanish.times import MONTH

NUMBER_RULES = notations.rules(
    (r"(?<!\w)'(?=\d\d\b)|(?<=\d)'s\b", ""),
    (r"(?<![\d.,])([12]),([1-9]\d) ?m(?![\w²³/])", r"\1 m \2"),
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
