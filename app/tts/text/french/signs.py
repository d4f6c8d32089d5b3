"""Signs and notations of numbers in French."""

import re

from app.tts.text.french.times import MONTH
from app.tts.text.romance import notations
from app.tts.text.romance.mathematics import MathematicsWords
from app.tts.text.romance.measures import Measures

MATHEMATICS = MathematicsWords(
    squared="au carré",
    cubed="au cube",
    greater="supérieur à",
    less="inférieur à",
    at_least="supérieur ou égal à",
    at_most="inférieur ou égal à",
    divided="divisé par",
)
MEASURES = Measures(
    symbols={
        "mn": "min",
        "secs": "s",
        "kgs": "kg",
        "Kg": "kg",
        "Km": "km",
        "kms": "km",
        "gr": "g",
    },
    names={
        "o": ("octet", "octets"),
        "ko": ("kilooctet", "kilooctets"),
        "Ko": ("kilooctet", "kilooctets"),
        "Mo": ("mégaoctet", "mégaoctets"),
        "Go": ("gigaoctet", "gigaoctets"),
        "To": ("téraoctet", "téraoctets"),
        "Po": ("pétaoctet", "pétaoctets"),
        "c. à s.": ("cuillère à soupe", "cuillères à soupe"),
        "c. à c.": ("cuillère à café", "cuillères à café"),
        "càs": ("cuillère à soupe", "cuillères à soupe"),
        "càc": ("cuillère à café", "cuillères à café"),
        "dl": ("décilitre", "décilitres"),
        "dL": ("décilitre", "décilitres"),
        "Mbit/s": ("mégabit par seconde", "mégabits par seconde"),
        "Mo/s": ("mégaoctet par seconde", "mégaoctets par seconde"),
    },
    singular=r"[01](?:[.,]\d{1,3})?",
)
NUMBER_RULES = notations.rules(
    (r"(?<!\w)'(?=\d\d\b)|(?<=\d)'s\b", ""),
    (r"(?i)\b(les|années) '?(\d0)'?s\b", r"\1 \2"),
    (r"(?<![\w)])(?<![\d)] )\+ ?(?=\d[\d.]{1,9} [^\W\d_]{3,})", "plus de "),
    (r"(?<![\w/.,])50/50(?![\w/])", "cinquante cinquante"),
    (r"(?<=\d)([.,]\d\d?)/(?=(?:5|10|20|30|100)(?![\w/]|[.,]\d))", r"\1 sur "),
    (r"(?<![\w.,:])0(?=\d ?h\b)", ""),
    (r"(?<![\d.,])([12])[,.]([1-9]\d) ?m(?![\w²³/])", r"\1 m \2"),
    (r"(?<=\d) euros?\b", " €"),
    (r"(?<=\d) dollars?\b", " $"),
    (r"(?<![\w/.,])24/7(?![\w/])", "vingt-quatre sept"),
    (r"(?<![\w.,])24 ?h ?/ ?24(?: ?h)?\b", "vingt-quatre heures sur vingt-quatre"),
    (r"(?<![\w.,])7 ?j ?/ ?7(?: ?j)?\b", "sept jours sur sept"),
    (r"(?i)\b(du) 1(?= au \d)", r"\1 premier"),
    (rf"(?<![\d.,/])1(?:er)?(?= (?:{MONTH})\b)", "premier"),
    (r"(?<![\d.,])1 ?[x×](?!\w)", "1 fois"),
    (r"(?<=\d) ?x ?(?=\d{1,9}(?:,\d{1,2})? ?[=€$£])", " fois "),
    (r"(?<=\d) ?x ?(?=\d{1,9} x \d{1,9} ?=)", " fois "),
    (r"(?<=\d) ?x ?(?=\d)", " par "),
    (r"(?<=\d) ?[×*] ?(?=\d)", " fois "),
    (r"(?<=\d) ?[x×](?!\w)", " fois"),
    (r"(?<=\d) ?÷ ?(?=\d)", " divisé par "),
    (r"[~≈] ?(?=[\d$€£])", "environ "),
    (r"< ?(?=[\d$€£])", "moins de "),
    (r"> ?(?=[\d$€£])", "plus de "),
    (r"(?<=\d) ?Mds?(?= d[e'])", " milliards"),
    (r"(?<=\d) ?M(?= d[e'])", " millions"),
    (r"(\b(?:million|milliard)s?) d(?:e |'|' )(?=[$€£¥])", r"\1 "),
    (r"(?<![\d.,])(1(?:,\d+)?) ?M(?= ?[€$£])", r"\1 million "),
    (r"(?<![\d.,])(1(?:,\d+)?) ?Mds?(?= ?[€$£])", r"\1 milliard "),
)
PHONES = re.compile(
    r"(?<![\w.,+-])0[1-9]\d{8}(?!\d|[.,]\d)|(?<![\w.,+-])0 800(?: \d{3}){2}(?! ?\d)"
)
SYMBOLS = {
    "&": "et",
    "+": "plus",
    "=": "égale",
    "@": "arobase",
    "%": "pour cent",
    "‰": "pour mille",
    "°": "degrés",
    "×": "fois",
    "÷": "divisé par",
    "<": "inférieur à",
    ">": "supérieur à",
    "≤": "inférieur ou égal à",
    "≥": "supérieur ou égal à",
    "±": "plus ou moins",
    "~": "environ",
    "≈": "environ",
    "§": "paragraphe",
    "©": "copyright",
    "#": "dièse",
    "*": "astérisque",
    "$": "dollars",
    "€": "euros",
    "£": "livres",
    "→": "vers",
}
