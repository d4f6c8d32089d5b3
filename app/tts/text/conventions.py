"""How a language writes and says numbers, money, times and signs: one record a language."""

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
    """What `app.tts.text.normalizer` has to know of a language."""

    locale: str
    """CLDR's name of it, for the names of units and months."""

    group: str
    """The marks that may stand between groups of three digits."""

    decimal: str
    """The mark before a fraction, `.` or `,`."""

    cardinal: Callable[[int, Gender | None], str]
    """Gives the words of a number, for counting or before a noun of a gender."""

    point: str
    """How the decimal mark is said."""

    minus: str
    percent: str

    to: str
    """Between the ends of a range."""

    per: str
    """Between a price and what it buys."""

    clock: Callable[[int, int, int], str]
    """Says hour, minute and second of a day."""

    date: Callable[[int, int, int | None], str]
    """Says day, month and year."""

    address_words: AddressWords

    currencies: Mapping[str, Currency]
    """By sign, such as `$` or `US$`; every sign may stand before or after the amount."""

    money: Callable[[str, Currency, str], str]
    """Joins the words of whole units, the currency and the words of its hundredths."""

    scales: Mapping[str, str] = field(default_factory=dict)
    """What may stand between an amount and its currency (`million`, `bn`), with its words."""

    of_scale: str = ""
    """Joins a scale to what is counted: Spanish `de` in `un millón de euros`."""

    symbols: Mapping[str, str] = field(default_factory=dict)
    """Signs that are said wherever they stand, with their words."""

    abbreviations: Mapping[str, str] = field(default_factory=dict)
    """Abbreviations with their full stop, with their words."""

    ordinals: Callable[[str], str] | None = None
    """Replaces the ordinals of a text, such as Spanish `3.º`."""

    fractions: Callable[[int, int], str] | None = None
    """Says numerator and denominator of a small fraction."""

    of_unit: Callable[[str], str] | None = None
    """Says what there is three quarters of, from the name of a unit: `of a mile`."""

    times: str = r"(?<![\d:.,])(\d{1,2}):(\d\d)(?::(\d\d))?(?![\d:]|[.,]\d)"
    """A regular expression of a time: hour, minute and perhaps second."""

    month_first: bool = False
    """Whether 4/5/2024 is in April."""

    reads_fraction_as_number: bool = True
    """Whether `3,14` is three comma fourteen; else every digit of a fraction is said."""

    unit_names: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Singular and plural of units, by CLDR's name, that CLDR does not have or says otherwise."""

    feminine_units: frozenset[str] = frozenset()
    """CLDR's units whose names are feminine, such as `duration-hour`."""

    phone_group: Callable[[str], str] | None = None
    """Says a group of the digits of a telephone number; else digit by digit."""

    def digits(self, digits: str) -> str:
        """Say digit by digit."""
        return " ".join(self.cardinal(int(digit), None) for digit in digits)

    def number(self, numeral: Numeral, gender: Gender | None = None) -> str:
        """Say a number, whole or with a fraction."""
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
