"""Numbers written in digits: their pattern and their parts."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

LONGEST_CARDINAL = 15
"""Most digits of a number that is said as one; longer ones are said digit by digit."""

FRACTION_SIGNS = {"½": "1/2", "⅓": "1/3", "⅔": "2/3", "¼": "1/4", "¾": "3/4", "⅛": "1/8"}

_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_INDIAN_GROUPS = r"\d{1,2}(?:,\d\d){1,7},\d{3}(?!\d)"
"""Lakhs and crores: 12,34,567."""

_GROUPS = r"\d{{1,3}}(?:{mark}\d{{3}}){{1,9}}(?!\d)"


@dataclass(frozen=True)
class Numeral:
    """A number without its sign, as digits."""

    whole: str
    """ASCII digits, at least one."""

    fraction: str = ""
    """The digits after the decimal mark, if it has one."""

    @property
    def is_cardinal(self) -> bool:
        """Whether the whole part is said as a number and not digit by digit."""
        return len(self.whole) <= LONGEST_CARDINAL and (self.whole[0] != "0" or self.whole == "0")

    @property
    def value(self) -> float:
        """The number as a float."""
        return float(f"{self.whole}.{self.fraction or 0}")

    @property
    def is_one(self) -> bool:
        """Whether a noun after it is singular in every language."""
        return self.whole == "1" and not self.fraction


@lru_cache
def numeral_pattern(group: str, decimal: str) -> str:
    """Return a regular expression for a number, without groups of its own.

    `group` holds the marks that may stand between groups of three digits, one of them throughout a
    number; `decimal` is the mark before the fraction. Where that is a comma, a point counts as one,
    too, unless a group of three digits follows.
    """
    point = rf"[{re.escape(decimal)}.]" if decimal == "," else re.escape(decimal)
    forms = [rf"\d+(?:{point}\d+)?"]
    for mark in group:
        own_point = re.escape(decimal) if mark == "." else point
        forms.insert(0, rf"{_GROUPS.format(mark=re.escape(mark))}(?:{own_point}\d+)?")
    if group == ",":
        forms.insert(0, rf"{_INDIAN_GROUPS}(?:{point}\d+)?")
    return rf"(?<![\d.,])(?:{'|'.join(forms)})"


def parse_numeral(text: str, decimal: str) -> Numeral:
    """Return the parts of a match of `numeral_pattern`."""
    if decimal == ",":
        whole, comma, fraction = text.partition(",")
        head, point, tail = whole.rpartition(".")
        if point and not comma and "." not in head and (len(tail) != 3 or len(head) > 3):
            whole, fraction = head, tail
    else:
        whole, _, fraction = text.partition(decimal)
    return Numeral("".join(filter(str.isdecimal, whole)), fraction)


def roman_value(numeral: str) -> int:
    """Return the value of a Roman numeral in capitals."""
    values = [_ROMAN_DIGITS[letter] for letter in numeral]
    following = [*values[1:], 0]
    return sum(
        -value if value < after else value for value, after in zip(values, following, strict=True)
    )


def ascii_digits(text: str) -> str:
    """Return `text` with the decimal digits of every script as 0 to 9."""
    if text.isascii():
        return text
    return "".join(
        str(unicodedata.decimal(character)) if character.isdecimal() else character
        for character in text
    )
