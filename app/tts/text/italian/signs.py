"""Italian signs, and notations of numbers."""

from app.tts.text.italian.times import MONTH
from app.tts.text.romance.mathematics import MathematicsWords, mathematics_rules
from app.tts.text.romance.signs import NumberWords, comparison_rules, number_rules
from app.tts.text.rules import Rule

MATHEMATICS = mathematics_rules(
    MathematicsWords(
        squared="al quadrato",
        cubed="al cubo",
        greater="maggiore di",
        less="minore di",
        at_least="maggiore o uguale a",
        at_most="minore o uguale a",
        divided="diviso",
    ),
    "it",
)
_WORDS = NumberWords(
    decades="gli|anni",
    more_than="più di",
    less_than="meno di",
    about="circa",
    fifty_fifty="cinquanta cinquanta",
    out_of="su",
    divided="diviso",
    currencies={"euro": "€", "dollaro|dollari": "$"},
    and_centimetres="e ",
    millions="milioni",
    of="di",
)
_NOUN = r"(?! ?(?:di|a|da|in|e|o|sopra|sotto|nord|sud|est|ovest|all|nel|con|per)\b)(?= [a-zà-ù]{3})"
"""A noun, after which `°` is the sign of an ordinal."""

NUMBER_NOTATIONS = (
    *number_rules(_WORDS),
    Rule(
        r"(?i)\b([dn]?[ae]l|il) 1[°º](?=\W)",
        r"\1 primo",
        "il 1º maggio -> il primo maggio",
        "nel 1° anno -> nel primo anno",
    ),
    Rule(
        r"(?<![\w/.,])24/7(?![\w/])",
        "ventiquattro ore su ventiquattro",
        "aperto 24/7 -> aperto ventiquattro ore su ventiquattro",
    ),
    Rule(
        r"(?<![\w.,])24 ?h ?/ ?24(?: ?h)?\b",
        "ventiquattro ore su ventiquattro",
        "aperto 24h/24 -> aperto ventiquattro ore su ventiquattro",
    ),
    Rule(
        rf"(?i)\bl'1[º°]?(?= (?:{MONTH})\b)",
        "il primo",
        "l'1 maggio -> il primo maggio",
        "l'1º maggio -> il primo maggio",
    ),
    Rule(
        rf"(?i)\b(a|da|de|ne|su)ll'1[º°]?(?= (?:{MONTH})\b)",
        r"\1l primo",
        "dall'1 maggio -> dal primo maggio",
    ),
    Rule(r"(?i)\b(dal) 1(?= al \d)", r"\1 primo", "dal 1 al 15 agosto -> dal primo al 15 agosto"),
    Rule(r"(?<![\w'])h (?=\d\d?(?!\w))", "ore ", "h 20 -> ore 20"),
    Rule(
        r"(?<=\d) ?º(?= (?:all'ombra|di febbre|sotto|sopra))",
        "°",
        "30º all'ombra -> 30° all'ombra",
        "10 º sotto zero -> 10° sotto zero",
    ),
    Rule(
        r"(?i)\b(ci sono|fanno|febbre a|temperatura di) (\d\d) ?º(?!\w)",
        r"\1 \2°",
        "ci sono 30º -> ci sono 30°",
    ),
    Rule(
        rf"(?<![\d.,/])1[º°]?(?= (?:{MONTH})\b)",
        "primo",
        "il 1 maggio -> il primo maggio",
        "il 1º maggio -> il primo maggio",
    ),
    Rule(rf"(?<![\w.,])(\d{{1,2}})°{_NOUN}", r"\1º", "il 2° piano -> il 2º piano"),
    Rule(r"(?<![\d.,])1 ?[x×](?!\w)", "1 volta", "1x al giorno -> 1 volta al giorno"),
    Rule(r"(?<=\d) ?[x×*] ?(?=\d)", " per ", "3x4 -> 3 per 4", "3 × 4 * 5 -> 3 per 4 per 5"),
    Rule(r"(?<=\d) ?[x×](?!\w)", " volte", "10x più veloce -> 10 volte più veloce"),
    *comparison_rules(_WORDS),
    Rule(r"(\bmili(?:one|oni|ardo|ardi)) di (?=[$€£¥])", r"\1 ", "2 milioni di € -> 2 milioni €"),
    Rule(
        r"(?<![\d.,])1 ?(?:M|mln)(?= ?[€$£])",
        "1 milione ",
        "1 M€ -> 1 milione €",
        "1 mln€ -> 1 milione €",
    ),
    Rule(
        r"(?<![\d.,])1 ?(?:Md|mld)(?= ?[€$£])",
        "1 miliardo ",
        "1 Md€ -> 1 miliardo €",
        "1 mld€ -> 1 miliardo €",
    ),
)
"""Rules for signs and notations next to digits, after times and dates are written out."""

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
"""Words for the signs that are said wherever they stand."""
