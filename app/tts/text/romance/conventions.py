"""Currencies and amounts of money, as far as Romance languages have the same."""

from collections.abc import Callable

from app.tts.text.conventions import Currency, Gender


def currencies(
    *, euro: Currency, dollar: Currency, pound: Currency, yen: Currency, rupee: Currency
) -> dict[str, Currency]:
    """Return the currencies that every language knows, by their signs and codes."""
    return {
        "€": euro,
        "EUR": euro,
        "$": dollar,
        "US$": dollar,
        "USD": dollar,
        "£": pound,
        "GBP": pound,
        "¥": yen,
        "₹": rupee,
    }


def money(
    cardinal: Callable[[int, Gender | None], str], small: str, large: str
) -> Callable[[str, Currency, str], str]:
    """Return a function that joins whole units and hundredths, for `Conventions.money`.

    `small` comes before less than ten hundredths, `large` before more, which are said without their
    name. Five euros and five would be taken for fifty.
    """
    below_ten = {cardinal(digit, Gender.MASCULINE) for digit in range(10)}

    def say(units: str, currency: Currency, hundredths: str) -> str:
        number = hundredths.rpartition(" ")[0]
        return f"{units} {small}{hundredths}" if number in below_ten else f"{units} {large}{number}"

    return say
