"""Signs and notations of numbers in Italian."""

import re

from app.tts.text.italian.times import MONTH
from app.tts.text.romance import notations
from app.tts.text.romance.mathematics import MathematicsWords
from app.tts.text.romance.measures import Measures

_NOUN = r"(?! ?(?:di|a|da|in|e|o|sopra|sotto|nord|sud|est|ovest|all|nel|con|per)\b)(?= [a-zà-ù]{3})"
MATHEMATICS = MathematicsWords(
    squared="al quadrato",
    cubed="al cubo",
    greater="maggiore di",
    less="minore di",
    at_least="maggiore o uguale a",
    at_most="minore o uguale a",
    divided="diviso",
)
MEASURES = Measures(
    symbols={
        "Kg": "kg",
        "Km": "km",
        "mt": "m",
        "gr": "g",
        "lt": "l",
        "mq": "m²",
        "mc": "m³",
        "kmq": "km²",
    },
    names={
        "mln": ("milione", "milioni"),
        "mld": ("miliardo", "miliardi"),
        "dl": ("decilitro", "decilitri"),
        "Mbps": ("megabit al secondo", "megabit al secondo"),
        "hg": ("etto", "etti"),
    },
)
NUMBER_RULES = notations.rules(
    (r"(?<!\w)'(?=\d\d\b)|(?<=\d)'s\b", ""),
    (r"(?i)\b(gli|anni) '?(\d0)'?s\b", r"\1 \2"),
    (r"(?<![\w)])(?<![\d)] )\+ ?(?=\d[\d.]{1,9} [^\W\d_]{3,})", "più di "),
    (r"(?<=\d) ?M(?= di\b)", " milioni"),
    (r"(?<![\w/.,])50/50(?![\w/])", "cinquanta cinquanta"),
    (r"(?<=\d)([.,]\d\d?)/(?=(?:5|10|20|30|100)(?![\w/]|[.,]\d))", r"\1 su "),
    (r"(?<![\w.,:])0(?=\d ?h\b)", ""),
    (r"(?<![\d.,])([12])[,.]([1-9]\d) ?m(?![\w²³/])", r"\1 m e \2"),
    (r"(?<![\w)])([-−] ?\d{1,2}) ?º(?!\w)", r"\1°"),
    (r"(?<=\d) euro\b", " €"),
    (r"(?<=\d) dollar[oi]\b", " $"),
    (r"(?i)\b([dn]?[ae]l|il) 1[°º](?=\W)", r"\1 primo"),
    (r"(?<![\w/.,])24/7(?![\w/])", "ventiquattro ore su ventiquattro"),
    (r"(?<![\w.,])24 ?h ?/ ?24(?: ?h)?\b", "ventiquattro ore su ventiquattro"),
    (rf"(?i)\bl'1[º°]?(?= (?:{MONTH})\b)", "il primo"),
    (rf"(?i)\b(a|da|de|ne|su)ll'1[º°]?(?= (?:{MONTH})\b)", r"\1l primo"),
    (r"(?i)\b(dal) 1(?= al \d)", r"\1 primo"),
    (r"(?<![\w'])h (?=\d\d?(?!\w))", "ore "),
    (r"(?<=\d) ?º(?= (?:all'ombra|di febbre|sotto|sopra))", "°"),
    (r"(?i)\b(ci sono|fanno|febbre a|temperatura di) (\d\d) ?º(?!\w)", r"\1 \2°"),
    (rf"(?<![\d.,/])1[º°]?(?= (?:{MONTH})\b)", "primo"),
    (rf"(?<![\w.,])(\d{{1,2}})°{_NOUN}", r"\1º"),
    (r"(?<![\d.,])1 ?[x×](?!\w)", "1 volta"),
    (r"(?<=\d) ?[x×*] ?(?=\d)", " per "),
    (r"(?<=\d) ?[x×](?!\w)", " volte"),
    (r"(?<=\d) ?÷ ?(?=\d)", " diviso "),
    (r"[~≈] ?(?=[\d$€£])", "circa "),
    (r"< ?(?=[\d$€£])", "meno di "),
    (r"> ?(?=[\d$€£])", "più di "),
    (r"(\bmili(?:one|oni|ardo|ardi)) di (?=[$€£¥])", r"\1 "),
    (r"(?<![\d.,])1 ?(?:M|mln)(?= ?[€$£])", "1 milione "),
    (r"(?<![\d.,])1 ?(?:Md|mld)(?= ?[€$£])", "1 miliardo "),
)
PHONES = re.compile(
    r"(?<![\w.,+-])(?<!\d )(?:3\d\d[ .-]\d{6,7}|3\d\d[ .-]\d{3}[ .-]\d{3,4}|3\d\d \d\d \d\d \d{3}"
    r"|0\d{1,3}[ /-]\d{5,8}|3\d{9})(?! ?\d|[.,]\d| ?[€$%])"
)
SYMBOLS = {
    "&": "e",
    "+": "più",
    "=": "uguale a",
    "@": "chiocciola",
    "%": "per cento",
    "‰": "per mille",
    "°": "gradi",
    "×": "per",
    "÷": "diviso",
    "<": "minore di",
    ">": "maggiore di",
    "≤": "minore o uguale a",
    "≥": "maggiore o uguale a",
    "±": "più o meno",
    "~": "circa",
    "≈": "circa",
    "§": "paragrafo",
    "©": "copyright",
    "#": "cancelletto",
    "*": "asterisco",
    "$": "dollari",
    "€": "euro",
    "£": "sterline",
    "→": "a",
}
