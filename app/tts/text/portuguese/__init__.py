"""Brazilian Portuguese as it is written, in the words that speakers say."""

from app.tts.text.portuguese import abbreviations, codes, measures, numbers, signs, times
from app.tts.text.portuguese.conventions import CONVENTIONS, CURRENCIES
from app.tts.text.portuguese.nouns import noun_gender
from app.tts.text.portuguese.roman_numerals import ROMAN_NUMERALS
from app.tts.text.romance.fractions import fraction_rules
from app.tts.text.romance.language import RomanceLanguage
from app.tts.text.romance.numbers import range_rule, thousand_rules


def normalize(text: str) -> str:
    """Write out everything that is not words in a cleaned sentence."""
    return _PORTUGUESE.normalize(text)


_PORTUGUESE = RomanceLanguage(
    conventions=CONVENTIONS,
    mathematics=signs.MATHEMATICS,
    abbreviations=abbreviations.RULES,
    roman_numerals=ROMAN_NUMERALS,
    phones=codes.PHONES,
    calendar=times.CALENDAR,
    measures=measures.MEASURES,
    ranges=range_rule(CONVENTIONS.to),
    short_dates=times.SHORT_DATES,
    number_notations=signs.NUMBER_NOTATIONS,
    fractions=fraction_rules(CONVENTIONS, numbers.FRACTION_WORDS, noun_gender),
    thousands=thousand_rules("mil", CURRENCIES),
)
