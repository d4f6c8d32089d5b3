"""American and British conventions for numbers, money and signs."""

from functools import partial

from app.tts.text.addresses import AddressWords
from app.tts.text.conventions import Conventions, Currency, Gender
from app.tts.text.english import numbers, times


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
        of_unit=lambda unit: f"of an {unit}" if unit[0] in "aeiou" else f"of a {unit}",
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
AMERICAN = _conventions(british=False)
BRITISH = _conventions(british=True)
