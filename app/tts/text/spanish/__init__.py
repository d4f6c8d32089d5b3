"""Spanish as it is written, in the words that speakers say."""

from app.tts.text.romance.fractions import fraction_rules
from app.tts.text.romance.language import RomanceLanguage
from app.tts.text.romance.numbers import range_rule, thousand_rules
from app.tts.text.spanish import abbreviations, codes, measures, numbers, signs, times
from app.tts.text.spanish.conventions import CONVENTIONS, CURRENCIES
from app.tts.text.spanish.nouns import noun_gender
from app.tts.text.spanish.roman_numerals import ROMAN_NUMERALS


def normalize(text: str) -> str:
    """Write out everything that is not words in a cleaned sentence."""
    return _SPANISH.normalize(text)


_SPANISH = RomanceLanguage(
    conventions=CONVENTIONS,
    mathematics=signs.MATHEMATICS,
    abbreviations=abbreviations.RULES,
    roman_numerals=ROMAN_NUMERALS,
    phones=codes.PHONES,
    calendar=times.CALENDAR,
    measures=measures.MEASURES,
    ranges=range_rule(CONVENTIONS.to),
    times=(times.HALF_DAY_TIMES,),
    short_dates=times.SHORT_DATES,
    number_notations=signs.NUMBER_NOTATIONS,
    fractions=fraction_rules(CONVENTIONS, numbers.FRACTION_WORDS, noun_gender),
    thousands=thousand_rules("mil", CURRENCIES),
)
