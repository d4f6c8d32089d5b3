"""English, American and British, as it is written, in the words that speakers say."""

import re
import unicodedata
from functools import partial

from app.tts.text import everyday
from app.tts.text.addresses import AddressWords, read_addresses
from app.tts.text.conventions import Conventions, Currency, Gender
from app.tts.text.english import numbers, times
from app.tts.text.english.abbreviations import read_abbreviations
from app.tts.text.english.capitals import read_capitals
from app.tts.text.english.roman import read_roman_numerals
from app.tts.text.units import UNIT_PATTERN, UNITS, unit_name


def normalize(text: str, *, british: bool = False) -> str:
    """Write out what is not words in a cleaned sentence, as Americans or the British say it."""
    conventions = _BRITISH if british else _AMERICAN
    text = _plain_letters(text)
    text = read_addresses(text, conventions.address_words)
    text = read_abbreviations(text)
    text = read_capitals(text)
    text = read_roman_numerals(text)
    text = times.read_dates(text, british=british)
    if any(map(str.isdigit, text)):
        for pattern, replacement in _IDIOMS:
            text = pattern.sub(replacement, text)
        text = times.read_times(text)
        text = numbers.read_years(text, british=british)
        text = _UNIT_ADJECTIVE.sub(_unit_adjective, text)
    for pattern, replacement in _SIGNS:
        text = pattern.sub(replacement, text)
    return everyday.normalize(text, conventions)


_IDIOMS = [
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"(?<![\d/])24/7(?![\d/])", "twenty-four seven"),
        (r"(?<![\d/])9/11(?![\d/])", "nine eleven"),
        (r"(?<![\d/])50/50(?![\d/])", "fifty-fifty"),
        (r"(?<=\d)\s?[x×]\s?(?=\d)", " by "),
        (r"(?<=\d)[x×](?= [a-z]+(?:er|re|ed)\b)", " times"),
        (r"(\d)'\s?(\d{1,2})\"", r"\1 foot \2"),
        (r"(?<=\d)M\b", " million"),
        (r"(?<=\d)bn\b", " billion"),
        (r"(?<=\d) ?\* ?(?=\d)", " times "),
        (r"(?<=\d) ?÷ ?(?=\d)| (?<=\d )/(?= \d)", " divided by "),
        (r"(?<=\w) \^ (?=\w)|(?<=\w)\^(?=\w)", " to the power of "),
        (r"~\s?(?=[\d$€£])", "about "),
        (r"<\s?(?=[\d$€£])", " less than "),
        (r">\s?(?=[\d$€£])", " greater than "),
        (r"(?<=\d)\+(?=\s|$|[,.;])", " plus"),
    )
]
_SIGNS = [
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"\band/or\b", "and or"),
        (r"(?<!\w)#(?=[^\W\d_])", "hashtag "),
        (r"\bC#", "C sharp"),
        (r"\bF#", "F sharp"),
    )
]
_UNIT_ADJECTIVE = re.compile(rf"(?<![\d.,])(\d{{1,6}})-({UNIT_PATTERN})(?= [a-z])")


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


def _money(units: str, currency: Currency, cents: str) -> str:
    if currency.cents == "pence":
        return f"{units} {cents.rpartition(' ')[0]}"
    return f"{units} and {cents}"


def _cardinal(number: int, gender: Gender | None, *, british: bool) -> str:
    return numbers.cardinal(number, british=british)


def _british_phone_group(digits: str) -> str:
    return " ".join(
        "oh" if digit == "0" else _cardinal(int(digit), None, british=True) for digit in digits
    )


def _conventions(*, british: bool) -> Conventions:
    return Conventions(
        locale="en_GB" if british else "en_US",
        group=",",
        decimal=".",
        cardinal=partial(_cardinal, british=british),
        point="point",
        minus="minus",
        percent="percent",
        to="to",
        per="per",
        clock=times.clock,
        date=partial(times.date, british=british),
        month_first=not british,
        address_words=_ADDRESS_WORDS,
        currencies=_CURRENCIES,
        money=_money,
        scales=_SCALES,
        symbols=_SYMBOLS,
        fractions=numbers.fraction,
        reads_fraction_as_number=False,
        phone_group=_british_phone_group if british else None,
    )


_ADDRESS_WORDS = AddressWords(
    dot="dot",
    at="at",
    slash="slash",
    hyphen="dash",
    underscore="underscore",
    colon="colon",
    question_mark="question mark",
    equals="equals",
    and_sign="and",
    plus="plus",
    hash_sign="hash",
    percent="percent",
    tilde="tilde",
    version="version",
    point="point",
)
_DOLLAR = Currency("dollar", "dollars", "cent", "cents")
_CURRENCIES = {
    "$": _DOLLAR,
    "US$": Currency("US dollar", "US dollars", "cent", "cents"),
    "USD": Currency("US dollar", "US dollars", "cent", "cents"),
    "A$": Currency("Australian dollar", "Australian dollars", "cent", "cents"),
    "C$": Currency("Canadian dollar", "Canadian dollars", "cent", "cents"),
    "CA$": Currency("Canadian dollar", "Canadian dollars", "cent", "cents"),
    "€": Currency("euro", "euros", "cent", "cents"),
    "EUR": Currency("euro", "euros", "cent", "cents"),
    "£": Currency("pound", "pounds", "penny", "pence"),
    "GBP": Currency("pound", "pounds", "penny", "pence"),
    "¥": Currency("yen", "yen"),
    "JPY": Currency("yen", "yen"),
    "₹": Currency("rupee", "rupees", "paisa", "paise"),
    "INR": Currency("rupee", "rupees", "paisa", "paise"),
    "R$": Currency("real", "reais", "centavo", "centavos"),
    "CHF": Currency("Swiss franc", "Swiss francs"),
    "¢": Currency("cent", "cents"),
    "₩": Currency("won", "won"),
    "₽": Currency("ruble", "rubles"),
    "₿": Currency("bitcoin", "bitcoins"),
}
_SCALES = {
    "thousand": "thousand",
    "million": "million",
    "billion": "billion",
    "trillion": "trillion",
    "k": "thousand",
    "K": "thousand",
    "m": "million",
    "mn": "million",
    "b": "billion",
    "bn": "billion",
    "B": "billion",
    "T": "trillion",
    "tn": "trillion",
}
_SYMBOLS = {
    "&": "and",
    "+": "plus",
    "=": "equals",
    "@": "at",
    "%": "percent",
    "°": "degrees",
    "×": "times",
    "÷": "divided by",
    "±": "plus or minus",
    "≈": "approximately",
    "≠": "is not equal to",
    "≤": "is at most",
    "≥": "is at least",
    "→": "to",
    "√": "the square root of",
    "∞": "infinity",
    "§": "section",
    "©": "copyright",
    "²": "squared",
    "³": "cubed",
    "$": "dollars",
    "€": "euros",
    "£": "pounds",
    "#": "hash",
}
_AMERICAN = _conventions(british=False)
_BRITISH = _conventions(british=True)
