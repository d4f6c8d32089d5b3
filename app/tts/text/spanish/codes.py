"""Spanish telephone numbers in words."""

from app.tts.text.romance.codes import phone_rule
from app.tts.text.spanish.numbers import cardinal


def phone_group(digits: str) -> str:
    """Return a group of a telephone number in words: two digits as a number, more one by one."""
    if len(digits) == 2 and digits[0] != "0":
        return cardinal(int(digits), None)
    return " ".join(cardinal(int(digit), None) for digit in digits)


# 600 000 000 is an amount.
PHONES = phone_rule(
    r"(?<![\w.,+-])(?<!\d )(?:[6-9]\d\d \d{3} (?!000)\d{3}|9[1-8] \d{3} \d\d \d\d)"
    r"(?! ?\d|[.,]\d| ?[€$%])",
    phone_group,
    "el 612 345 678 -> el seis uno dos, tres cuatro cinco, seis siete ocho",
    "el 91 123 45 67 -> el noventa y uno, uno dos tres, cuarenta y cinco, sesenta y siete",
)
