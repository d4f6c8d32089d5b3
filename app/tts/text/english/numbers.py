"""English numbers in words: cardinals, ordinals, years, decades, fractions."""

import re
from functools import lru_cache

from num2words import num2words

_YEAR = r"(?:1[1-9]\d\d|20\d\d)"
_YEAR_SPAN = re.compile(rf"(?<![\w.,/:-])({_YEAR})\s?[-–—]\s?({_YEAR}|\d\d)(?![\w/-]|[.,:]\d)")
_YEAR_AFTER_IN = re.compile(r"(?<=\b[Ii]n )(10[1-9]\d)(?!\w|[.,:/-]\d|\s?%)")
_LONE_YEAR = re.compile(rf"(?<![\w.,$€£¥₹#:/+-])({_YEAR})(?!\w|[.,:/]\d|\s?[%°×+*/=-])")
_PLURAL_NOUN = re.compile(
    r"\s(?:[a-z]+-)?(?:people|men|women|children|million|billion|(?!(?:was|is|has|as|this|his|its|does|"
    r"us|yes|always|perhaps|plus|versus|across|thus|unless|besides|towards)\b)[a-z]{2,}s)\b"
    r"|\s?(?:k[mgWBH]|cm|mm|m|ft|mi|lbs?|oz|[MGT]B|[kMG]?Hz|ml|L|px)\b"
)
_DECADE = re.compile(r"(?<![\w.,$€£¥₹])(?:'?(\d0)|(1[1-9]|20)(\d)0)'?s\b")
_ORDINAL = re.compile(r"(?i)(?<![\w.,])(\d{1,3}(?:,\d{3})+|\d{1,12})(st|nd|rd|th)\b")
_SUFFIXES = {1: "st", 2: "nd", 3: "rd"}


@lru_cache(maxsize=4096)
def cardinal(number: int, *, british: bool) -> str:
    """Return the words of a number, with the British `and` or without."""
    words = str(num2words(number)).replace(",", "")
    return words if british else words.replace(" and ", " ")


@lru_cache(maxsize=1024)
def ordinal(number: int, *, british: bool = False) -> str:
    """Return the words of a place in a row."""
    words = str(num2words(number, to="ordinal")).replace(",", "")
    return words if british else words.replace(" and ", " ")


def year(number: int, *, british: bool) -> str:
    """Return a year from 1 to 9999 as people say it: nineteen eighty-four, two thousand five."""
    century, rest = divmod(number, 100)
    if number < 1010 or number > 2099 or 2000 <= number < 2010:
        return cardinal(number, british=british)
    if rest == 0:
        return f"{cardinal(century, british=british)} hundred"
    oh = "oh " if rest < 10 else ""
    return f"{cardinal(century, british=british)} {oh}{cardinal(rest, british=british)}"


def fraction(top: int, bottom: int) -> str:
    """Return the words of a small fraction: one half, three quarters."""
    if bottom == 2:
        return "one half"
    part = "quarter" if bottom == 4 else ordinal(bottom)
    return f"{cardinal(top, british=False)} {part}{'s' * (top > 1)}"


def read_years(text: str, *, british: bool) -> str:
    """Write out decades, ordinals, and numbers that are years rather than amounts."""

    def say(digits: str) -> str:
        return year(int(digits), british=british)

    def lone_year(match: re.Match[str]) -> str:
        counts = _PLURAL_NOUN.match(text, match.end())
        return match[0] if counts else say(match[1])

    def place(match: re.Match[str]) -> str:
        tens, ones = divmod(int(match[1].replace(",", "")) % 100, 10)
        if match[2].lower() != ("th" if tens == 1 else _SUFFIXES.get(ones, "th")):
            return match[0]
        return ordinal(int(match[1].replace(",", "")), british=british)

    text = _DECADE.sub(_decade, text)
    text = _ORDINAL.sub(place, text)
    text = _YEAR_SPAN.sub(
        lambda m: f"{say(m[1])} to {say(m[2]) if len(m[2]) == 4 else _two_digits(m[2])}", text
    )
    text = _YEAR_AFTER_IN.sub(lambda m: say(m[1]), text)
    return _LONE_YEAR.sub(lone_year, text)


def _two_digits(digits: str) -> str:
    oh = "oh " if digits[0] == "0" else ""
    return oh + cardinal(int(digits), british=False)


def _decade(match: re.Match[str]) -> str:
    if match[1]:
        tens = int(match[1])
        century = ""
    else:
        tens = int(match[3]) * 10
        century = cardinal(int(match[2]), british=False) + " "
    if tens == 0:
        return "two thousands" if match[2] == "20" else f"{century}hundreds"
    if tens == 10:
        return f"{century}tens"
    return f"{century}{cardinal(tens, british=False)[:-1]}ies"
