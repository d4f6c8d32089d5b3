"""Writes out a Romance language: its own notations first, then what every language has."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from app.tts.text import normalizer
from app.tts.text.addresses import verbalize_addresses
from app.tts.text.conventions import Conventions, Gender
from app.tts.text.romance import notations
from app.tts.text.romance.fractions import FractionWords, read_fractions
from app.tts.text.romance.mathematics import MathematicsWords, read_mathematics
from app.tts.text.romance.measures import Measures, read_measures
from app.tts.text.romance.months import CalendarNames, read_abbreviated_dates
from app.tts.text.romance.roman_numerals import RomanWords, read_roman_numerals

_NUMBER = re.compile(r"[\d½⅓⅔¼¾⅛]")


@dataclass(frozen=True, eq=False)
class RomanceLanguage:
    """What has to be known of a Romance language beside its conventions."""

    conventions: Conventions

    rules: notations.Rules
    """Abbreviations and signs whose neighbours say what they are."""

    number_rules: notations.Rules
    """The same next to digits; applied after times and dates are written out."""

    mathematics: MathematicsWords
    calendar: CalendarNames
    measures: Measures
    roman_words: RomanWords
    fraction_words: FractionWords

    noun_gender: Callable[[str, int], Gender | None]
    """Gives the gender of a noun in lower case after a number, None if it is none or unknown."""

    days: str
    """What comes before a day and month alone, as alternatives of a regular expression."""

    articles: str
    """What comes before them and before fractions, as alternatives."""

    thousand: str
    """What may stand for a thousand between an amount and its currency."""

    phones: re.Pattern[str]
    """Telephone numbers that `everyday` does not know."""

    first_rules: notations.Rules = ()
    """What else would be taken for addresses."""

    read_times: Callable[[str], str] | None = None
    """Writes out times and dates that `conventions` does not know."""

    def normalize(self, text: str) -> str:
        """Write out what is not words in a cleaned sentence."""
        c = self.conventions
        text = notations.apply(text, self.first_rules)
        text = verbalize_addresses(text, c.address_words)
        text = read_mathematics(text, self.mathematics, c.locale)
        text = notations.apply(text, self.rules)
        text = read_roman_numerals(text, self.roman_words)
        if _NUMBER.search(text):
            text = self.phones.sub(self._phone, text)
            text = notations.plain_numerals(text)
            text = notations.write_out_kilos(text)
            text = read_abbreviated_dates(text, self.calendar)
            text = read_measures(text, self.measures)
            text = notations.join_ranges(text, c.to)
            if self.read_times:
                text = self.read_times(text)
            text = notations.read_short_dates(text, self.days, self.articles, c.date)
            text = notations.apply(text, self.number_rules)
            text = read_fractions(text, c, self.fraction_words, self.noun_gender)
            text = notations.write_thousands(text, self.thousand, c.currencies)
        return normalizer.normalize(text, c)

    def _phone(self, match: re.Match[str]) -> str:
        say = self.conventions.phone_group or self.conventions.digits
        return ", ".join(say(group) for group in re.findall(r"\d+", match[0]))
