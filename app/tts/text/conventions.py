"""Conventions of a language for numbers, money, times and signs: one record for each language."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum

from app.tts.text.addresses import AddressWords
from app.tts.text.numerals import Numeral


class Gender(Enum):
    """The gender of the noun that a number counts, where numbers agree with it."""

    MASCULINE = "m"
    FEMININE = "f"


@dataclass(frozen=True)
class Currency:
    """The names of a currency and of its hundredth."""

    one: str
    many: str
    cent: str = ""
    cents: str = ""
    gender: Gender = Gender.MASCULINE


@dataclass(frozen=True, eq=False)
class Conventions:
    """The words and functions of a language that `app.tts.text.normalizer` needs."""

    locale: str
    """CLDR's name of the language, for the names of units."""

    group: str
    """The marks that may stand between groups of three digits."""

    decimal: str
    """The mark before a fraction, `.` or `,`."""

    cardinal: Callable[[int, Gender | None], str]
    """Returns a number in words, for counting or before a noun of a gender."""

    point: str
    """The word for the decimal mark."""

    minus: str
    percent: str

    to: str
    """The word between the ends of a range."""

    per: str
    """The word between a price and the thing it buys: `per` in five dollars per month."""

    clock: Callable[[int, int, int], str]
    """Returns a time of day (hour, minute, second) in words."""

    date: Callable[[int, int, int | None], str]
    """Returns a date (day, month, year) in words."""

    address_words: AddressWords

    currencies: Mapping[str, Currency]
    """By sign, such as `$` or `US$`; every sign may stand before or after the amount."""

    money: Callable[[str, Currency, str], str]
    """Joins whole units and hundredths of a currency, both in words."""

    scales: Mapping[str, str] = field(default_factory=dict)
    """Words for what may stand between an amount and its currency, such as `million` and `bn`."""

    of_scale: str = ""
    """The word between a scale and the currency: Spanish `de` in `un millón de euros`."""

    symbols: Mapping[str, str] = field(default_factory=dict)
    """Words for the signs that are said wherever they stand."""

    abbreviations: Mapping[str, str] = field(default_factory=dict)
    """Words for abbreviations, which are written with their full stop."""

    ordinals: Callable[[str], str] | None = None
    """Returns a text with its ordinals, such as Spanish `3.º`, in words."""

    fractions: Callable[[int, int], str] | None = None
    """Returns a fraction between 0 and 1 (numerator, denominator) in words."""

    of_unit: Callable[[str], str] | None = None
    """Returns the words after a fraction of a unit, given its name: `of a mile`."""

    times: str = r"(?<![\d:.,])(\d{1,2}):(\d\d)(?::(\d\d))?(?![\d:]|[.,]\d)"
    """A regular expression for a time: hour, minute and perhaps second."""

    month_first: bool = False
    """Whether 4/5/2024 is in April rather than in May."""

    reads_fraction_as_number: bool = True
    """Whether `3,14` is three comma fourteen; otherwise every digit of a fraction is said."""

    unit_names: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Singular and plural of units, by CLDR's name, that CLDR lacks or calls by another name."""

    feminine_units: frozenset[str] = frozenset()
    """CLDR's units whose names are feminine, such as `duration-hour`."""

    phone_group: Callable[[str], str] | None = None
    """Returns a group of a telephone number in words; without it, digit by digit."""

    def digits(self, digits: str) -> str:
        """Return digits in words, one by one."""
        return " ".join(self.cardinal(int(digit), None) for digit in digits)

    def number(self, numeral: Numeral, gender: Gender | None = None) -> str:
        """Return a number in words, whole or with a fraction."""
        whole = (
            self.cardinal(int(numeral.whole), None if numeral.fraction else gender)
            if numeral.is_cardinal
            else self.digits(numeral.whole)
        )
        if not numeral.fraction:
            return whole
        return f"{whole} {self.point} {self._fraction(numeral.fraction)}"

    def _fraction(self, digits: str) -> str:
        if self.reads_fraction_as_number and len(digits) <= 3:
            zeros = len(digits) - len(digits.lstrip("0"))
            rest = [self.cardinal(int(digits), None)] if zeros < len(digits) else []
            return " ".join([self.cardinal(0, None)] * zeros + rest)
        return self.digits(digits)
