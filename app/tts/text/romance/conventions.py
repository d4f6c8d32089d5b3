"""Currencies, and amounts of money, that Romance languages share."""

from collections.abc import Callable

from app.tts.text.conventions import Currency, Gender


def currencies(
    *, euro: Currency, dollar: Currency, pound: Currency, yen: Currency, rupee: Currency
) -> dict[str, Currency]:
    """Return the currencies of every language by their signs and codes."""
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
    """Return the function that `Conventions.money` needs.

    `small` stands before less than ten hundredths, `large` before more. Only the former are said
    with their name: five euros and five would be taken for five euros fifty.
    """
    below_ten = {cardinal(digit, Gender.MASCULINE) for digit in range(10)}

    def say(units: str, currency: Currency, hundredths: str) -> str:
        number = hundredths.rpartition(" ")[0]
        return f"{units} {small}{hundredths}" if number in below_ten else f"{units} {large}{number}"

    return say
