"""Spanish signs, and notations of numbers."""

from app.tts.text.romance.mathematics import MathematicsWords, mathematics_rules
from app.tts.text.romance.signs import NumberWords, comparison_rules, number_rules
from app.tts.text.rules import Rule
from app.tts.text.spanish.times import MONTH

MATHEMATICS = mathematics_rules(
    MathematicsWords(
        squared="al cuadrado",
        cubed="al cubo",
        greater="mayor que",
        less="menor que",
        at_least="mayor o igual que",
        at_most="menor o igual que",
        divided="dividido entre",
    ),
    "es",
)
_WORDS = NumberWords(
    decades="los|años",
    more_than="más de",
    less_than="menos de",
    about="aproximadamente",
    fifty_fifty="cincuenta cincuenta",
    out_of="sobre",
    divided="entre",
    currencies={"euros|euro": "€", "dólares|dólar": "$"},
    millions="millones",
)
_DEGREES = r"hacen?|estamos a|temperatura de|máximas? de|mínimas? de|sensación de|fiebre de"
"""Words before a temperature: hace 30º."""

NUMBER_NOTATIONS = (
    *number_rules(_WORDS),
    Rule(r"(?<=\d° [yao] )(\d{1,2}) ?º(?!\w)", r"\1°", "entre 20° y 25º -> entre 20° y 25°"),
    Rule(rf"(?i)\b({_DEGREES}) (\d{{1,2}}) ?º(?!\w)", r"\1 \2°", "hace 30º -> hace 30°"),
    Rule(
        r"(?<=\d) ?º(?= (?:de (?:fiebre|temperatura)|a la sombra|bajo|sobre|cent[íi]grados)\b)",
        "°",
        "30º a la sombra -> 30° a la sombra",
        "10 º bajo cero -> 10° bajo cero",
    ),
    Rule(r"\$ ?(?=\d[\d.,]{0,20} (?:pesos|MXN)\b)", "", "$1,500.00 pesos -> 1,500.00 pesos"),
    Rule(r"(?<=\d) pesos?\b", " MXN", "1 peso o 5 pesos -> 1 MXN o 5 MXN"),
    Rule(
        r"(?<![\w/.,])24/7(?![\w/])",
        "veinticuatro siete",
        "abierto 24/7 -> abierto veinticuatro siete",
    ),
    Rule(
        rf"(?<![\d.,/])1(?:\.?[ºo°]|\.er)?(?= (?:de )?(?:{MONTH})\b)",
        "primero",
        "el 1 de mayo -> el primero de mayo",
        "el 1.º de mayo -> el primero de mayo",
        "el 1.er enero -> el primero enero",
    ),
    Rule(
        r"(?<![\w.,])([1-9])°(?! (?:bajo|sobre|norte|sur|este|oeste|cent)) ?(?=[a-zñáéíóú]{3})",
        r"\1º ",
        "el 2° piso -> el 2º piso",
        "el 2°piso -> el 2º piso",
    ),
    Rule(r"(?<=\d) ?[x×*] ?(?=\d)", " por ", "3x4 -> 3 por 4", "3 × 4 * 5 -> 3 por 4 por 5"),
    Rule(r"(?<![\d.,])1 ?[x×](?![\w])", "1 vez", "1x más -> 1 vez más"),
    Rule(r"(?<=\d) ?[x×](?![\w])", " veces", "10x más -> 10 veces más"),
    *comparison_rules(_WORDS),
    Rule(r"(\bmill(?:ón|ones)) de (?=[$€£¥])", r"\1 ", "2 millones de € -> 2 millones €"),
    Rule(r"(?<![\d.,])1 ?M(?= ?[€$£])", "1 millón ", "1 M€ -> 1 millón €"),
)
"""Rules for signs and notations next to digits, after times and dates are written out."""

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
"""Words for the signs that are said wherever they stand."""
