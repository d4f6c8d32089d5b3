"""Brazilian Portuguese signs, and notations of numbers."""

from app.tts.text.portuguese.times import MONTH
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
        squared="ao quadrado",
        cubed="ao cubo",
        greater="maior que",
        less="menor que",
        at_least="maior ou igual a",
        at_most="menor ou igual a",
        divided="dividido por",
    ),
    "pt_BR",
)
_WORDS = NumberWords(
    decades="nos|dos|os|anos",
    more_than="mais de",
    less_than="menos de",
    about="cerca de",
    fifty_fifty="meio a meio",
    out_of="de",
    divided="dividido por",
    currencies={"euros|euro": "€", "real|reais": "R$", "dólares|dólar": "$"},
    and_centimetres="e ",
    millions="milhões",
    amount=r"[\d$€£R]",
)
_WINS = (
    r"(?:venceu|ganhou|perdeu|bateu|vitória|derrota|empate|empatou|goleou|placar)(?: por| de| em)?"
)
"""Words before the score of a game: ganhou de 3x0."""

_NOUN = r"(?! ?(?:de|a|ao|e|em|no|na|norte|sul|leste|oeste|abaixo|acima|com|por)\b)(?= [a-zà-ÿ]{3})"
"""A noun, after which `°` is the sign of an ordinal."""

NUMBER_NOTATIONS = (
    *number_rules(_WORDS),
    Rule(
        r"(?<![\w/.,])24[/x×]7(?![\w/])",
        "vinte e quatro por sete",
        "aberto 24/7 -> aberto vinte e quatro por sete",
        "aberto 24x7 -> aberto vinte e quatro por sete",
    ),
    Rule(
        rf"(?i)\b(de|do dia) 1(?= ao? \d\d? de (?:{MONTH})\b)",
        r"\1 primeiro",
        "de 1 a 15 de agosto -> de primeiro a 15 de agosto",
        "do dia 1 ao 15 de agosto -> do dia primeiro ao 15 de agosto",
    ),
    Rule(
        r"(?<=\d) ?º(?= (?:à sombra|de febre|negativos|abaixo|acima)\b)",
        "°",
        "30º à sombra -> 30° à sombra",
        "5 º abaixo de zero -> 5° abaixo de zero",
    ),
    Rule(
        r"(?i)\b(faz|fazem|fez|febre de|temperatura de) (\d\d) ?º(?!\w)",
        r"\1 \2°",
        "faz 30º -> faz 30°",
    ),
    Rule(
        rf"(?<![\d.,/])1[ºo°]?(?= (?:de )?(?:{MONTH})\b)",
        "primeiro",
        "o 1 de maio -> o primeiro de maio",
        "o 1º de maio -> o primeiro de maio",
    ),
    Rule(rf"(?<![\w.,])(\d{{1,2}})°{_NOUN}", r"\1º", "o 2° andar -> o 2º andar"),
    Rule(
        r"(?<![\d.,])(\d\d?) ?x ?(\d\d?)(?= [A-ZÀ-Þ])",
        r"\1 a \2",
        "Flamengo 2 x 1 Vasco -> Flamengo 2 a 1 Vasco",
    ),
    Rule(
        rf"(?i)\b({_WINS}) (\d\d?) ?x ?(\d\d?)(?![\w.,]\d)",
        r"\1 \2 a \3",
        "ganhou de 3x0 -> ganhou de 3 a 0",
    ),
    Rule(r"(?<![\d.,])1 ?[x×](?!\w)", "1 vez", "1x por dia -> 1 vez por dia"),
    Rule(r"(?<![\d.,])2 ?[x×](?!\w)", "duas vezes", "2x por dia -> duas vezes por dia"),
    *multiplication_rules(by="por", times="vezes"),
    *comparison_rules(_WORDS),
    Rule(r"(\b[mbtr]{1,2}ilh(?:ão|ões)) de (?=[$€£¥])", r"\1 ", "2 milhões de € -> 2 milhões €"),
    # From one to below two, millions are in the singular.
    Rule(r"(?<=\$)( ?1(?:,\d+)?) ?mi\b", r"\1 milhão", "R$ 1,5 mi -> R$ 1,5 milhão"),
    Rule(r"(?<=\$)( ?1(?:,\d+)?) ?bi\b", r"\1 bilhão", "R$ 1,5 bi -> R$ 1,5 bilhão"),
    Rule(r"(?<=\$)( ?1(?:,\d+)?) ?tri\b", r"\1 trilhão", "R$ 1,5 tri -> R$ 1,5 trilhão"),
)
"""Words before the score of a game: ganhou de 3x0."""

"""Rules for signs and notations next to digits, after times and dates are written out."""

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
"""Words for the signs that are said wherever they stand."""
