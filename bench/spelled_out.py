"""One spelling for transcripts and what they are compared with: numerals and signs in words."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from num2words import num2words

LONGEST_NUMBER = 6
"""Runs of more digits than this are read digit by digit, as are those that begin with 0."""


@dataclass(frozen=True)
class Numerals:
    """How a language writes its numerals, and the words for the signs around them."""

    thousands: str
    """The marks that group digits."""

    decimal: str
    minus: str
    percent: str
    degrees: str
    currencies: dict[str, str]
    ordinals: str = ""
    """What follows the digits of an ordinal, as a regular expression."""


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
    """Return `text` in lower-case words, one space between them and no punctuation.

    `language` is a code of two letters.
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
    if numerals.percent == "百分之":  # goes before
        text = re.sub(r"(\d[\d.]*)\s?%", rf"{numerals.percent}\1", text)
    return text.replace("%", f" {numerals.percent} ")


def _without_digits(text: str, language: str) -> str:
    numerals, cardinal = NUMERALS[language], _cardinal(language)
    text = re.sub(r"(?<=\d):00\b", "", text)
    mark = f"[{numerals.thousands}]"
    # India groups by two digits, but for the last three.
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
    """Return what writes out a whole number; Hindi's stay digits, which num2words cannot write."""
    if language == "hi":
        return lambda digits: str(int(digits))
    if language == "zh":
        import cn2an

        return lambda digits: str(cn2an.an2cn(int(digits)))
    name = {"pt": "pt_BR"}.get(language, language)
    return lambda digits: str(num2words(int(digits), lang=name))
