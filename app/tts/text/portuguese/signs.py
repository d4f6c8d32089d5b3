"""Signs and notations of numbers in Brazilian Portuguese."""

import re

from app.tts.text.portuguese.times import MONTH
from app.tts.text.romance import notations

_NOUN = r"(?! ?(?:de|a|ao|e|em|no|na|norte|sul|leste|oeste|abaixo|acima|com|por)\b)(?= [a-zà-ÿ]{3})"
NUMBER_RULES = notations.rules(
    (r"(?<!\w)'(?=\d\d\b)|(?<=\d)'s\b", ""),
    (r"(?<![\d.,])([12]),([1-9]\d) ?m(?![\w²³/])", r"\1 m e \2"),
    (r"(?<=\d) euros?\b", " €"),
    (r"(?<=\d) (?:real|reais)\b", " R$"),
    (r"(?<=\d) dólar(?:es)?\b", " $"),
    (r"(?<![\w/.,])24[/x×]7(?![\w/])", "vinte e quatro por sete"),
    (rf"(?<![\d.,/])1[ºo°]?(?= (?:de )?(?:{MONTH})\b)", "primeiro"),
    (rf"(?<![\w.,])(\d{{1,2}})°{_NOUN}", r"\1º"),
    (r"(?<![\d.,])1 ?[x×](?!\w)", "1 vez"),
    (r"(?<![\d.,])2 ?[x×](?!\w)", "duas vezes"),
    (r"(?<=\d) ?x ?(?=\d)", " por "),
    (r"(?<=\d) ?[×*] ?(?=\d)", " vezes "),
    (r"(?<=\d) ?[x×](?!\w)", " vezes"),
    (r"(?<=\d) ?÷ ?(?=\d)", " dividido por "),
    (r"[~≈] ?(?=[\d$€£R])", "cerca de "),
    (r"< ?(?=[\d$€£R])", "menos de "),
    (r"> ?(?=[\d$€£R])", "mais de "),
    (r"(\b[mbtr]{1,2}ilh(?:ão|ões)) de (?=[$€£¥])", r"\1 "),
    # From one to below two, millions are in the singular.
    (r"(?<=\$)( ?1(?:,\d+)?) ?mi\b", r"\1 milhão"),
    (r"(?<=\$)( ?1(?:,\d+)?) ?bi\b", r"\1 bilhão"),
    (r"(?<=\$)( ?1(?:,\d+)?) ?tri\b", r"\1 trilhão"),
)
# Postal codes and the numbers of taxpayers are said the same way.
PHONES = re.compile(
    r"(?<![\w.,+-])(?<![\d)] )(?:\d\d )?(?:9 ?\d{4}-\d{4}|[2-5]\d{3}-\d{4})(?![\d-]|[.,]\d)"
    r"|(?<![\w.,+-])0[38]00[ -]\d{3}[ -]\d{3,4}(?![\d-])"
    r"|(?<![\w.,+-])(?:\d{3}\.\d{3}\.\d{3}-\d\d|\d\d\.\d{3}\.\d{3}/\d{4}-\d\d|\d{5}-\d{3})(?![\d-])"
)
SYMBOLS = {
    "&": "e",
    "+": "mais",
    "=": "igual a",
    "@": "arroba",
    "%": "por cento",
    "‰": "por mil",
    "°": "graus",
    "×": "vezes",
    "÷": "dividido por",
    "<": "menor que",
    ">": "maior que",
    "≤": "menor ou igual a",
    "≥": "maior ou igual a",
    "±": "mais ou menos",
    "~": "cerca de",
    "≈": "cerca de",
    "§": "parágrafo",
    "©": "copyright",
    "#": "cerquilha",
    "*": "asterisco",
    "R$": "reais",
    "$": "dólares",
    "€": "euros",
    "£": "libras",
    "→": "para",
}
