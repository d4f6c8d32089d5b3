"""A Romance language: its rules, and the order in which they are applied."""

import re
from dataclasses import dataclass

from app.tts.text import normalizer
from app.tts.text.addresses import verbalize_addresses
from app.tts.text.conventions import Conventions
from app.tts.text.romance.numbers import NUMERALS
from app.tts.text.romance.roman_numerals import verbalize_roman_numerals
from app.tts.text.rules import Rule, apply_rules

_NUMBER = re.compile(r"[\d½⅓⅔¼¾⅛]")


@dataclass(frozen=True, eq=False)
class RomanceLanguage:
    """The conventions of a Romance language, and its rules for each step."""

    conventions: Conventions

    mathematics: tuple[Rule, ...]

    abbreviations: tuple[Rule, ...]
    """Abbreviations and signs whose meaning shows in their neighbours."""

    roman_numerals: tuple[Rule, ...]

    phones: Rule
    """Telephone numbers that `normalizer` does not recognise."""

    calendar: tuple[Rule, ...]
    """Abbreviated names of months and days of the week."""

    measures: tuple[Rule, ...]
    """Units with symbols of the language's own."""

    ranges: Rule
    short_dates: Rule

    number_notations: tuple[Rule, ...]
    """Signs and notations next to digits, after times and dates are written out."""

    fractions: tuple[Rule, ...]

    thousands: tuple[Rule, ...]
    """The word or letter for a thousand beside a currency."""

    times: tuple[Rule, ...] = ()
    """Times that `conventions` does not recognise."""

    first: tuple[Rule, ...] = ()
    """Notations that would otherwise be taken for addresses."""

    last: tuple[Rule, ...] = ()
    """Elisions between the words that replaced signs."""

    def normalize(self, text: str) -> str:
        """Write out everything that is not words in a cleaned sentence."""
        text = apply_rules(text, self.first)
        # Before the other rules, which would break addresses.
        text = verbalize_addresses(text, self.conventions.address_words)
        text = apply_rules(text, self.mathematics)
        text = apply_rules(text, self.abbreviations)
        text = verbalize_roman_numerals(text, self.roman_numerals)
        if _NUMBER.search(text):
            text = self._verbalize_numbers(text)
        text = normalizer.normalize(text, self.conventions)
        return apply_rules(text, self.last)

    def _verbalize_numbers(self, text: str) -> str:
        text = self.phones.apply(text)
        text = apply_rules(text, NUMERALS)
        text = apply_rules(text, self.calendar)
        text = apply_rules(text, self.measures)
        text = self.ranges.apply(text)
        text = apply_rules(text, self.times)
        if "/" in text:
            text = self.short_dates.apply(text)
        text = apply_rules(text, self.number_notations)
        text = apply_rules(text, self.fractions)
        return apply_rules(text, self.thousands)
