"""A common spelling for transcripts and their references: numerals and signs in words."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from num2words import num2words

LONGEST_NUMBER = 6
"""Most digits of a number; longer ones, and those that begin with 0, are read digit by digit."""


@dataclass(frozen=True)
class Numerals:
    """A language's notation of numerals, and its words for the signs around them."""

    thousands: str
    """Separators between groups of digits."""

    decimal: str
    minus: str
    percent: str
    degrees: str
    currencies: dict[str, str]
    ordinals: str = ""
    """Suffixes of ordinals, as a regular expression."""


NUMERALS = {
    "en": Numerals(
        *(",", "point", "minus", "percent", "degrees"),
        {"$": "dollars", "£": "pounds", "€": "euros"},
        ordinals="st|nd|rd|th",
    ),
    "es": Numerals(".", "coma", "menos", "por ciento", "grados", {"€": "euros", "$": "dólares"}),
    "fr": Numerals(
        *(" .", "virgule", "moins", "pour cent", "degrés", {"€": "euros"}), ordinals="er|re"
    ),
    "hi": Numerals(",", "दशमलव", "माइनस", "प्रतिशत", "डिग्री", {"₹": "रुपये", "$": "डॉलर"}),
    "it": Numerals(".", "virgola", "meno", "per cento", "gradi", {"€": "euro", "$": "dollari"}),
    "ja": Numerals(",", "点", "マイナス", "パーセント", "度", {"¥": "円"}),
    "pt": Numerals(".", "vírgula", "menos", "por cento", "graus", {"r$": "reais", "€": "euros"}),
    "zh": Numerals(",", "点", "负", "百分之", "度", {"¥": "元"}),
}


def spelled_out(text: str, language: str) -> str:
    """Return `text` in lower-case words, separated by single spaces, without punctuation.

    `language` is a two-letter code.
    """
    text = unicodedata.normalize("NFKC", text.replace("º", "°"))
    text = text.lower().replace("œ", "oe").replace("−", "-")
    text = re.sub(r"\b([ap])\. ?m\b", r"\1m", text)  # a.m.
    text = _without_digits(_without_signs(text, NUMERALS[language]), language)
    kept = (c if unicodedata.category(c)[0] in "LMN" else " " for c in text)
    return " ".join("".join(kept).split())


def _without_signs(text: str, numerals: Numerals) -> str:
    for symbol, word in numerals.currencies.items():
        text = re.sub(rf"{re.escape(symbol)}\s?(\d[\d.,]*)", rf"\1 {word} ", text)
        text = text.replace(symbol, f" {word} ")
    text = re.sub(r"(?<![a-z0-9])-(?=\d)", f" {numerals.minus} ", text)
    text = re.sub(r"°\s?c?(?![a-z])", f" {numerals.degrees} ", text)
    if numerals.percent == "百分之":  # precedes the number
        text = re.sub(r"(\d[\d.]*)\s?%", rf"{numerals.percent}\1", text)
    return text.replace("%", f" {numerals.percent} ")


def _without_digits(text: str, language: str) -> str:
    numerals, cardinal = NUMERALS[language], _cardinal(language)
    text = re.sub(r"(?<=\d):00\b", "", text)
    mark = f"[{numerals.thousands}]"
    # India groups digits by two, except for the last three.
    grouped = rf"(?<!\d)\d{{1,3}}(?:{mark}\d{{2,3}}){{0,3}}{mark}\d{{3}}(?!\d)"
    text = re.sub(grouped, lambda number: cardinal(re.sub(mark, "", number[0])), text)
    text = re.sub(r"(?<=\w)[.,](?=\d)", f" {numerals.decimal} ", text)
    if numerals.ordinals:
        text = re.sub(
            rf"(\d+)(?:{numerals.ordinals})\b",
            lambda number: num2words(int(number[1]), lang=language, to="ordinal"),
            text,
        )
    return re.sub(r"\d+", lambda number: f" {_number(number[0], cardinal)} ", text)


def _number(digits: str, cardinal: Callable[[str], str]) -> str:
    one_by_one = len(digits) > LONGEST_NUMBER or (digits[0] == "0" and len(digits) > 1)
    return " ".join(map(cardinal, digits)) if one_by_one else cardinal(digits)


def _cardinal(language: str) -> Callable[[str], str]:
    """Return a function that spells out integers; Hindi's stay digits, as num2words lacks Hindi."""
    if language == "hi":
        return lambda digits: str(int(digits))
    if language == "zh":
        import cn2an

        return lambda digits: str(cn2an.an2cn(int(digits)))
    name = {"pt": "pt_BR"}.get(language, language)
    return lambda digits: str(num2words(int(digits), lang=name))
