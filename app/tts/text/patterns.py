"""Regular expressions for the notations of numbers that all languages share."""

import re

from app.tts.text.conventions import Conventions
from app.tts.text.rules import any_of
from app.tts.text.units import UNIT_PATTERN

MARKED = re.compile(r"[^\w\s.,;:!?'\"()-]|\d|\w\.|[_½⅓⅔¼¾⅛²³]")
"""A character that a text of nothing but words and punctuation does not have."""

MINUS = r"(?:(?<![\w)\]%.,/-])[-‐](?=[\d$€£¥₹]|R\$|US\$)|−\s?)"
ISO_DATE = r"(?<![\d-])([12]\d{3})[-/](\d\d?)[-/](\d\d?)(?![\d/-])"
DATE = r"(?<![\d/.-])(\d\d?)([/.-])(\d\d?)\2(\d{4}|\d\d)(?![\d/-]|\.\d)"
TELEPHONE = (
    r"(?<![\w+.,-])(?:\+\d{1,3}[ .-]?(?:\(\d{1,4}\)[ .-]?)?\d{1,5}(?:[ .-]?\d{2,5}){1,5}"
    r"|\(\d{2,4}\) ?\d{3,5}(?:[ .-]?\d{2,4}){1,3}"
    r"|\d{1,7}(?:-\d{1,7}){2,6}"
    r"|0\d{1,4}(?:[ .-]\d{2,4}){2,5}|0\d{4} \d{6}"
    r"|\d{3}[ .-]\d{3}[ .-]\d{4}|\d{3}-\d{4}"
    r"|\d{3}(?: \d\d){3})(?!\d|[.,:/-]\d)"
)
FRACTION = (
    rf"(?<![\d/.,])(?:(\d{{1,3}}) )?(\d{{1,2}})[/⁄](\d{{1,2}})(?![\d/]|[.,]\d)"
    rf"(?:[ -]?({UNIT_PATTERN}))?"
)

_DASH = r"\s?[–—]\s?|(?<=\d)-(?=[\d$€£¥₹])|(?<=[%°CF])-(?=\d)"
"""The dash between the ends of a range."""


def range_pattern(number: str) -> str:
    """Return the start of a range and its dash, before another `number`."""
    return rf"({number}(?:\s?(?:%|°[CF]?))?)(?:{_DASH})(?={number})"


def money_pattern(c: Conventions, number: str) -> str:
    """Return an amount, or a range of amounts, with the sign of its currency on either side.

    Its groups end in 1 where the sign comes first and in 2 where it comes last.
    """
    sign = any_of(c.currencies)

    def amount(side: int, sign: str = "") -> str:
        start = rf"(?:(?P<from{side}>{number})(?:{_DASH}){sign})?"
        scale = rf"(?:\s?(?P<scale{side}>{any_of(c.scales)})(?![^\W\d_]))?"
        return rf"{start}(?P<amount{side}>{number}){scale}"

    sign_again = rf"(?:(?:{sign})\s?)?"
    before = rf"(?<![^\W\d_])(?P<sign1>{sign})\s?{amount(1, sign_again)}"
    after = rf"{amount(2)}\s?(?P<sign2>{sign})(?![^\W\d_])"
    return rf"(?:{before}|{after})(?P<per>/(?=[^\W\d_]))?"
