"""English, American and British, as it is written, in the words that speakers say."""

import re
import unicodedata

from app.tts.text import normalizer
from app.tts.text.addresses import verbalize_addresses
from app.tts.text.english import numbers, times
from app.tts.text.english.abbreviations import read_abbreviations
from app.tts.text.english.capitals import read_capitals
from app.tts.text.english.conventions import AMERICAN, BRITISH
from app.tts.text.english.roman_numerals import read_roman_numerals
from app.tts.text.rules import Rule, apply_rules
from app.tts.text.units import UNIT_PATTERN, UNITS, unit_name


def normalize(text: str, *, british: bool = False) -> str:
    """Write out what is not words in a cleaned sentence, as Americans or the British say it."""
    conventions = BRITISH if british else AMERICAN
    text = _plain_letters(text)
    text = verbalize_addresses(text, conventions.address_words)
    text = read_abbreviations(text)
    text = read_capitals(text)
    text = read_roman_numerals(text)
    text = times.read_dates(text, british=british)
    if any(map(str.isdigit, text)):
        text = _CODE.sub(_code, text)
        text = _PRICED.sub(_price_of_one, text)
        for pattern, replacement in _IDIOMS:
            text = pattern.sub(replacement, text)
        text = times.read_times(text)
        text = numbers.read_years(text, british=british)
        text = _UNIT_ADJECTIVE.sub(_unit_adjective, text)
    text = apply_rules(text, _SIGNS)
    return normalizer.normalize(text, conventions)


_IDIOMS = [
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"(?<![\d/])24/7(?![\d/])", "twenty-four seven"),
        (r"(?<![\d/])9/11(?![\d/])", "nine eleven"),
        (r"(?<![\d/])50/50(?![\d/])", "fifty-fifty"),
        (r"(?<=\d)\s?[x×]\s?(?=\d)", " by "),
        (r"(?<=\d)[x×](?= [a-z]+(?:er|re|ed)\b)", " times"),
        (r"(\d)'\s?(\d{1,2})\"", r"\1 foot \2"),
        (r"(?<=\d)st(?= \d{1,2} ?lb)", " stone"),
        (r"(?<=\d[kKM])\s?[-–]\s?(?=\d)", " to "),
        (r"(?<=\d)M\b", " million"),
        (r"(?<=\d)bn\b", " billion"),
        (r"(?<=\d) ?\* ?(?=\d)", " times "),
        (r"(?<=\d) ?÷ ?(?=\d)| (?<=\d )/(?= \d)", " divided by "),
        (r"(?<=\w) \^ (?=\w)|(?<=\w)\^(?=\w)", " to the power of "),
        (r"(?<!\S)~\s?(?=[\d$€£])", "about "),
        (r"<\s?(?=[\d$€£])", " less than "),
        (r">\s?(?=[\d$€£])", " greater than "),
        (r"(?<=\d)\+(?=\s|$|[,.;])", " plus"),
    )
]
_SIGNS = (
    Rule(r"\band/or\b", "and or", "tea and/or coffee -> tea and or coffee"),
    Rule(r"(?<!\w)#(?=[^\W\d_])", "hashtag ", "see #cats -> see hashtag cats"),
    Rule(r"\bC#", "C sharp", "a C# minor -> a C sharp minor"),
    Rule(r"\bF#", "F sharp", "in F# -> in F sharp"),
)
# Numbers that are names: emergency calls, ZIP codes after their state, books.
_CODE = re.compile(
    r"\b((?i:call|calls|called|calling|dial|dialed|dialled|ring|phone) )(911|999|112|101|111)\b"
    r"|\b((?:[A-Z]{2}|ZIP|(?i:zip code)) )(\d{5})\b(?![,.]\d)"
    r"|\b(ISBN:? ?)((?:\d[- ]?){9,16}\d)"
)
_PRICED = re.compile(
    r"(?<=\b[Aa] )\$(\d[\d,]*(?:\.\d+)?)(?: ?(million|billion|m|bn))?(?= [a-z]+\b)"
)
_UNIT_ADJECTIVE = re.compile(rf"(?<![\d.,])(\d{{1,6}})-({UNIT_PATTERN})(?= [a-z])")


def _code(match: re.Match[str]) -> str:
    name, digits = (part for part in match.groups() if part)
    return name + " ".join(filter(str.isdigit, digits))


def _price_of_one(match: re.Match[str]) -> str:
    scale = {"m": " million", "bn": " billion", None: ""}.get(match[2], f" {match[2]}")
    return match[0] if "." in match[1] and not scale else f"{match[1]}{scale} dollar"


def _unit_adjective(match: re.Match[str]) -> str:
    return f"{match[1]}-{unit_name(UNITS[match[2]], 1, 'en_US')}"


def _plain_letters(text: str) -> str:
    """Take off the accents that misaki would spell out, such as those of Vietnamese."""
    if text.isascii():
        return text
    return "".join(
        unicodedata.normalize("NFD", letter)[0]
        if "\u0100" <= letter < "\u0250" or "\u1e00" <= letter < "\u1f00"
        else letter
        for letter in text
    ).translate(_OTHER_LETTERS)


_OTHER_LETTERS = str.maketrans("łŁđĐøØıŋ", "lLdDoOin")
