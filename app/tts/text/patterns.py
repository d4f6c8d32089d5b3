"""The regular expressions that find what `everyday` writes out, of a language's conventions."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from app.tts.text.conventions import Conventions
from app.tts.text.numerals import numeral_pattern
from app.tts.text.units import UNIT_PATTERN

_DASH = r"\s?[–—]\s?|(?<=\d)-(?=[\d$€£¥₹])|(?<=[%°CF])-(?=\d)"
"""Between the ends of a range."""


@dataclass(frozen=True)
class Patterns:
    """The regular expressions of a language's conventions."""

    money: re.Pattern[str]
    percent: re.Pattern[str]
    unit: re.Pattern[str]
    span: re.Pattern[str]
    number: re.Pattern[str]
    time: re.Pattern[str]
    symbol: re.Pattern[str]
    abbreviation: re.Pattern[str]


@lru_cache(maxsize=32)
def patterns_of(c: Conventions) -> Patterns:
    """Return the regular expressions of conventions, which are compiled once."""
    number = numeral_pattern(c.group, c.decimal)
    return Patterns(
        money=re.compile(_money_pattern(c, number)),
        percent=re.compile(rf"({number})\s?%"),
        unit=re.compile(rf"({number})[ -]?({UNIT_PATTERN})"),
        span=re.compile(rf"({number}(?:\s?(?:%|°[CF]?))?)(?:{_DASH})(?={number})"),
        number=re.compile(number),
        time=re.compile(c.times),
        symbol=re.compile(_any_of(c.symbols)),
        abbreviation=re.compile(rf"(?i)(?<![\w.])(?:{_any_of(c.abbreviations)})"),
    )


def _money_pattern(c: Conventions, number: str) -> str:
    sign = _any_of(c.currencies)

    def amount(side: int, sign: str = "") -> str:
        start = rf"(?:(?P<from{side}>{number})(?:{_DASH}){sign})?"
        scale = rf"(?:\s?(?P<scale{side}>{_any_of(c.scales)})(?![^\W\d_]))?"
        return rf"{start}(?P<amount{side}>{number}){scale}"

    sign_again = rf"(?:(?:{sign})\s?)?"
    before = rf"(?<![^\W\d_])(?P<sign1>{sign})\s?{amount(1, sign_again)}"
    after = rf"{amount(2)}\s?(?P<sign2>{sign})(?![^\W\d_])"
    return rf"(?:{before}|{after})(?P<per>/(?=[^\W\d_]))?"


def _any_of(texts: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(texts, key=len, reverse=True))) or r"(?!)"
