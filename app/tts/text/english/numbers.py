"""English numbers in words: cardinals, ordinals, years, decades, fractions."""

import re
from functools import lru_cache, partial

from num2words import num2words

from app.tts.text.rules import Rule, apply_rules

_YEAR = r"(?:1[1-9]\d\d|20\d\d)"
_PLURAL_NOUN = re.compile(
    r"\s(?:[a-z]+-)?(?:people|men|women|children|million|billion|(?!(?:was|is|has|as|this|his|its|does|"
    r"us|yes|always|perhaps|plus|versus|across|thus|unless|besides|towards)\b)[a-z]{2,}s)\b"
    r"|\s?(?:k[mgWBH]|cm|mm|m|ft|mi|lbs?|oz|[MGT]B|[kMG]?Hz|ml|L|px)\b"
)
"""A noun or unit that an amount counts, after which 1984 is not a year."""

_SUFFIXES = {1: "st", 2: "nd", 3: "rd"}


@lru_cache(maxsize=4096)
def cardinal(number: int, *, british: bool) -> str:
    """Return a number in words, with the British `and` or without."""
    words = str(num2words(number)).replace(",", "")
    return words if british else words.replace(" and ", " ")


@lru_cache(maxsize=1024)
def ordinal(number: int, *, british: bool = False) -> str:
    """Return an ordinal in words, with the British `and` or without."""
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
    """Return a small fraction in words: one half, three quarters."""
    if bottom == 2:
        return "one half"
    part = "quarter" if bottom == 4 else ordinal(bottom)
    return f"{cardinal(top, british=False)} {part}{'s' * (top > 1)}"


def verbalize_years(text: str, *, british: bool) -> str:
    """Write out decades, ordinals, and numbers that are years rather than amounts."""
    return apply_rules(text, _YEARS[british])


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


def _ordinal(match: re.Match[str], *, british: bool) -> str:
    number = int(match[1].replace(",", ""))
    tens, ones = divmod(number % 100, 10)
    if match[2].lower() != ("th" if tens == 1 else _SUFFIXES.get(ones, "th")):
        return match[0]
    return ordinal(number, british=british)


def _years(match: re.Match[str], *, british: bool) -> str:
    first, last = match[1], match[2]
    end = year(int(last), british=british) if len(last) == 4 else _two_digits(last)
    return f"{year(int(first), british=british)} to {end}"


def _two_digits(digits: str) -> str:
    oh = "oh " if digits[0] == "0" else ""
    return oh + cardinal(int(digits), british=False)


def _lone_year(match: re.Match[str], *, british: bool) -> str:
    is_amount = _PLURAL_NOUN.match(match.string, match.end())
    return match[0] if is_amount else year(int(match[1]), british=british)


def _year_rules(*, british: bool) -> tuple[Rule, ...]:
    # A lone year comes last: it would also match an end of a range.
    return (
        Rule(
            r"(?<![\w.,$€£¥₹])(?:'?(\d0)|(1[1-9]|20)(\d)0)'?s\b",
            _decade,
            "the '80s -> the eighties",
            "the 1990s and 2000s -> the nineteen nineties and two thousands",
        ),
        Rule(
            r"(?i)(?<![\w.,])(\d{1,3}(?:,\d{3})+|\d{1,12})(st|nd|rd|th)\b",
            partial(_ordinal, british=british),
            "the 21st century -> the twenty-first century",
            "the 1,000th time -> the one thousandth time",
        ),
        Rule(
            rf"(?<![\w.,/:-])({_YEAR})\s?[-–—]\s?({_YEAR}|\d\d)(?![\w/-]|[.,:]\d)",
            partial(_years, british=british),
            "from 1939-1945 -> from nineteen thirty-nine to nineteen forty-five",
            "in 2023-24 -> in twenty twenty-three to twenty-four",
        ),
        Rule(
            r"(?<=\b[Ii]n )(10[1-9]\d)(?!\w|[.,:/-]\d|\s?%)",
            lambda m: year(int(m[1]), british=british),
            "In 1066 -> In ten sixty-six",
        ),
        Rule(
            rf"(?<![\w.,$€£¥₹#:/+-])({_YEAR})(?!\w|[.,:/]\d|\s?[%°×+*/=-])",
            partial(_lone_year, british=british),
            "since 1984 -> since nineteen eighty-four",
            "from 1905 on, 1500 people -> from nineteen oh five on, 1500 people",
        ),
    )


_YEARS = {british: _year_rules(british=british) for british in (False, True)}
