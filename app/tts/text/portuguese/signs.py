"""Signs and notations of numbers in Brazilian Portuguese."""

import re

from app.tts.text.portuguese.times import MONTH
from app.tts.text.romance import notations
from app.tts.text.romance.mathematics import MathematicsWords
from app.tts.text.romance.measures import Measures

MATHEMATICS = MathematicsWords(
    squared="ao quadrado",
    cubed="ao cubo",
    greater="maior que",
    less="menor que",
    at_least="maior ou igual a",
    at_most="menor ou igual a",
    divided="dividido por",
)
MEASURES = Measures(
    symbols={
        "segs": "s",
        "seg": "s",
        "hs": "h",
        "hrs": "h",
        "mins": "min",
        "Kg": "kg",
        "KG": "kg",
        "kgs": "kg",
        "Km": "km",
        "kms": "km",
        "mts": "m",
        "gr": "g",
        "grs": "g",
        "lts": "l",
        "lt": "l",
    },
    names={
        "mi": ("milhão", "milhões"),
        "bi": ("bilhão", "bilhões"),
        "tri": ("trilhão", "trilhões"),
        "Mbps": ("megabit por segundo", "megabits por segundo"),
        "dl": ("decilitro", "decilitros"),
    },
    singular=r"1(?:,\d{1,3})?",
)
_WINS = (
    r"(?:venceu|ganhou|perdeu|bateu|vitória|derrota|empate|empatou|goleou|placar)(?: por| de| em)?"
)
_NOUN = r"(?! ?(?:de|a|ao|e|em|no|na|norte|sul|leste|oeste|abaixo|acima|com|por)\b)(?= [a-zà-ÿ]{3})"
NUMBER_RULES = notations.rules(
    (r"(?<!\w)'(?=\d\d\b)|(?<=\d)'s\b", ""),
    (r"(?i)\b(nos|dos|os|anos) '?(\d0)'?s\b", r"\1 \2"),
    (r"(?<![\w)])(?<![\d)] )\+ ?(?=\d[\d.]{1,9} [^\W\d_]{3,})", "mais de "),
    (r"(?<=\d) ?M(?= de\b)", " milhões"),
    (r"(?<![\w/.,])50/50(?![\w/])", "meio a meio"),
    (r"(?<=\d)([.,]\d\d?)/(?=(?:5|10|20|30|100)(?![\w/]|[.,]\d))", r"\1 de "),
    (r"(?<![\w.,:])0(?=\d ?h\b)", ""),
    (r"(?<![\d.,])([12])[,.]([1-9]\d) ?m(?![\w²³/])", r"\1 m e \2"),
    (r"(?<![\w)])([-−] ?\d{1,2}) ?º(?!\w)", r"\1°"),
    (r"(?<=\d) euros?\b", " €"),
    (r"(?<=\d) (?:real|reais)\b", " R$"),
    (r"(?<=\d) dólar(?:es)?\b", " $"),
    (r"(?<![\w/.,])24[/x×]7(?![\w/])", "vinte e quatro por sete"),
    (rf"(?i)\b(de|do dia) 1(?= ao? \d\d? de (?:{MONTH})\b)", r"\1 primeiro"),
    (r"(?<=\d) ?º(?= (?:à sombra|de febre|negativos|abaixo|acima)\b)", "°"),
    (r"(?i)\b(faz|fazem|fez|febre de|temperatura de) (\d\d) ?º(?!\w)", r"\1 \2°"),
    (rf"(?<![\d.,/])1[ºo°]?(?= (?:de )?(?:{MONTH})\b)", "primeiro"),
    (rf"(?<![\w.,])(\d{{1,2}})°{_NOUN}", r"\1º"),
    (r"(?<![\d.,])(\d\d?) ?x ?(\d\d?)(?= [A-ZÀ-Þ])", r"\1 a \2"),
    (rf"(?i)\b({_WINS}) (\d\d?) ?x ?(\d\d?)(?![\w.,]\d)", r"\1 \2 a \3"),
    (r"(?<![\d.,])1 ?[x×](?!\w)", "1 vez"),
    (r"(?<![\d.,])2 ?[x×](?!\w)", "duas vezes"),
    (r"(?<=\d) ?x ?(?=\d{1,9}(?:,\d{1,2})? ?[=€$£])", " vezes "),
    (r"(?<=\d) ?x ?(?=\d{1,9} x \d{1,9} ?=)", " vezes "),
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
    r"(?<![\w.,+-])(?<![\d)] )(?!20\d\d-20)(?:\d\d )?"
    r"(?:9 ?\d{4}-\d{4}|[2-5]\d{3}-\d{4})(?![\d-]|[.,]\d)"
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
