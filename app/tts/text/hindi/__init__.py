"""Hindi as it is written, in the words that speakers say."""

import unicodedata

from app.tts.text import normalizer
from app.tts.text.addresses import verbalize_addresses
from app.tts.text.hindi import codes, measures, numbers, signs
from app.tts.text.hindi.abbreviations import verbalize_abbreviations
from app.tts.text.hindi.conventions import ADDRESS_WORDS, CONVENTIONS
from app.tts.text.hindi.signs import verbalize_names
from app.tts.text.hindi.times import verbalize_times
from app.tts.text.numerals import ascii_digits
from app.tts.text.rules import apply_rules

_ABBREVIATION_SIGN = "\u0970"


def normalize(text: str) -> str:
    """Write out everything that is not words in a cleaned sentence."""
    text = ascii_digits(unicodedata.normalize("NFC", text)).replace(_ABBREVIATION_SIGN, ".")
    # First, as the other rules would take an address for a fraction or a range.
    text = verbalize_addresses(text, ADDRESS_WORDS)
    text = verbalize_names(verbalize_abbreviations(text))
    if any(map(str.isdigit, text)):
        text = verbalize_times(text)
    return normalizer.normalize(apply_rules(text, _RULES), CONVENTIONS)


_RULES = (
    # Known by their hyphen, which PLAIN_NUMERALS takes out.
    *codes.POSTAL_CODES,
    *signs.DAYS_OF_ATTACKS,
    *measures.AREAS,
    *signs.VERSUS,
    *numbers.PLAIN_NUMERALS,
    # Before telephone numbers, so that no amount of money is taken for one.
    *measures.MONEY,
    *codes.CODES,
    *numbers.NUMBERS,
    *signs.SIGNS,
    # Before the slash between other words.
    *measures.RATES,
    *signs.SLASHES,
)
