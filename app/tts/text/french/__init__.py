"""French as it is written, in the words that speakers say."""

from app.tts.text.french import abbreviations, codes, measures, numbers, signs, times
from app.tts.text.french.conventions import CONVENTIONS, CURRENCIES
from app.tts.text.french.nouns import noun_gender
from app.tts.text.french.roman_numerals import ROMAN_NUMERALS
from app.tts.text.romance.fractions import fraction_rules
from app.tts.text.romance.language import RomanceLanguage
from app.tts.text.romance.numbers import range_rule, thousand_rules
from app.tts.text.rules import Rule


def normalize(text: str) -> str:
    """Write out everything that is not words in a cleaned sentence."""
    return _FRENCH.normalize(text)


_ELISIONS = (
    Rule(
        r"\bde (?=(?:euro|heure|once|hectare|octet|hertz)s?\b)",
        "d'",
        "un million de euros -> un million d'euros",
        "trois quarts de heure -> trois quarts d'heure",
    ),
    Rule(
        r"\b(milli(?:on|ard)s?) de (?=[aeéèêiouœâAEÉIOU]|ha?bi|heure|homme|hecta)",
        r"\1 d'",
        "deux millions de abonnés -> deux millions d'abonnés",
        "un milliard de hommes -> un milliard d'hommes",
    ),
)
_FRENCH = RomanceLanguage(
    conventions=CONVENTIONS,
    # Otherwise the full stops of a telephone number would make it a version.
    first=(codes.DOTTED_PHONES, numbers.ORDINALS),
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
    thousands=thousand_rules("k", CURRENCIES),
    last=_ELISIONS,
)
