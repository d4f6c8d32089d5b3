"""English, American and British, as it is written, in the words that speakers say."""

import unicodedata

from app.tts.text import normalizer
from app.tts.text.addresses import verbalize_addresses
from app.tts.text.english.abbreviations import verbalize_abbreviations
from app.tts.text.english.capitals import verbalize_capitals
from app.tts.text.english.codes import verbalize_codes
from app.tts.text.english.conventions import AMERICAN, BRITISH
from app.tts.text.english.measures import verbalize_measures, verbalize_prices
from app.tts.text.english.numbers import verbalize_years
from app.tts.text.english.roman_numerals import verbalize_roman_numerals
from app.tts.text.english.signs import verbalize_idioms, verbalize_signs
from app.tts.text.english.times import verbalize_dates, verbalize_times


def normalize(text: str, *, british: bool = False) -> str:
    """Write out everything that is not words in a cleaned sentence, as speakers say it."""
    conventions = BRITISH if british else AMERICAN
    text = _without_foreign_accents(text)
    # First, as the other rules would break addresses.
    text = verbalize_addresses(text, conventions.address_words)
    text = verbalize_abbreviations(text)
    text = verbalize_capitals(text)
    text = verbalize_roman_numerals(text)
    # Dates come before years, which they contain, and idioms such as 24/7 before fractions.
    text = verbalize_dates(text, british=british)
    if any(map(str.isdigit, text)):
        text = verbalize_codes(text)
        text = verbalize_prices(text)
        text = verbalize_idioms(text)
        text = verbalize_times(text)
        text = verbalize_years(text, british=british)
        text = verbalize_measures(text)
    text = verbalize_signs(text)
    return normalizer.normalize(text, conventions)


def _without_foreign_accents(text: str) -> str:
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
