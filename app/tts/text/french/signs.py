"""French signs, and notations of numbers."""

from app.tts.text.french.times import MONTH
from app.tts.text.romance.mathematics import MathematicsWords, mathematics_rules
from app.tts.text.romance.signs import (
    NumberWords,
    comparison_rules,
    multiplication_rules,
    number_rules,
)
from app.tts.text.rules import Rule

MATHEMATICS = mathematics_rules(
    MathematicsWords(
        squared="au carré",
        cubed="au cube",
        greater="supérieur à",
        less="inférieur à",
        at_least="supérieur ou égal à",
        at_most="inférieur ou égal à",
        divided="divisé par",
    ),
    "fr",
)
_WORDS = NumberWords(
    decades="les|années",
    more_than="plus de",
    less_than="moins de",
    about="environ",
    fifty_fifty="cinquante cinquante",
    out_of="sur",
    divided="divisé par",
    currencies={"euros|euro": "€", "dollars|dollar": "$"},
)
NUMBER_NOTATIONS = (
    *number_rules(_WORDS, has_ordinal_sign=False),
    Rule(
        r"(?<![\w/.,])24/7(?![\w/])",
        "vingt-quatre sept",
        "ouvert 24/7 -> ouvert vingt-quatre sept",
    ),
    Rule(
        r"(?<![\w.,])24 ?h ?/ ?24(?: ?h)?\b",
        "vingt-quatre heures sur vingt-quatre",
        "24h/24 -> vingt-quatre heures sur vingt-quatre",
    ),
    Rule(
        r"(?<![\w.,])7 ?j ?/ ?7(?: ?j)?\b",
        "sept jours sur sept",
        "7 j/7 -> sept jours sur sept",
    ),
    Rule(r"(?i)\b(du) 1(?= au \d)", r"\1 premier", "du 1 au 15 mai -> du premier au 15 mai"),
    Rule(
        rf"(?<![\d.,/])1(?:er)?(?= (?:{MONTH})\b)",
        "premier",
        "le 1 mai -> le premier mai",
        "le 1er mai -> le premier mai",
    ),
    Rule(r"(?<![\d.,])1 ?[x×](?!\w)", "1 fois", "1x par jour -> 1 fois par jour"),
    *multiplication_rules(by="par", times="fois"),
    *comparison_rules(_WORDS),
    Rule(
        r"(?<=\d) ?Mds?(?= d[e'])",
        " milliards",
        "5 Mds d'euros -> 5 milliards d'euros",
        "5 Md de fans -> 5 milliards de fans",
    ),
    Rule(
        r"(?<=\d) ?M(?= d[e'])",
        " millions",
        "5 M d'euros -> 5 millions d'euros",
        "1,5 M de fans -> 1,5 millions de fans",
    ),
    Rule(
        r"(\b(?:million|milliard)s?) d(?:e |'|' )(?=[$€£¥])",
        r"\1 ",
        "2 millions de $ -> 2 millions $",
        "2 millions d'€ -> 2 millions €",
    ),
    Rule(r"(?<![\d.,])(1(?:,\d+)?) ?M(?= ?[€$£])", r"\1 million ", "1,5 M€ -> 1,5 million €"),
    Rule(r"(?<![\d.,])(1(?:,\d+)?) ?Mds?(?= ?[€$£])", r"\1 milliard ", "1 Md€ -> 1 milliard €"),
)
"""Rules for signs and notations next to digits, after times and dates are written out."""

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
"""Words for the signs that are said wherever they stand."""
