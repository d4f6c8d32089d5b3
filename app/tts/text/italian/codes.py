"""Italian telephone numbers in words."""

from app.tts.text.italian.numbers import cardinal
from app.tts.text.romance.codes import phone_rule


def phone_group(digits: str) -> str:
    """Return a group of a telephone number in words, digit by digit."""
    return " ".join(cardinal(int(digit), None) for digit in digits)


PHONES = phone_rule(
    r"(?<![\w.,+-])(?<!\d )(?:3\d\d[ .-]\d{6,7}|3\d\d[ .-]\d{3}[ .-]\d{3,4}|3\d\d \d\d \d\d \d{3}"
    r"|0\d{1,3}[ /-]\d{5,8}|3\d{9})(?! ?\d|[.,]\d| ?[€$%])",
    phone_group,
    "al 333 1234567 -> al tre tre tre, uno due tre quattro cinque sei sette",
    "al 333 123 4567 -> al tre tre tre, uno due tre, quattro cinque sei sette",
    "al 333 12 34 567 -> al tre tre tre, uno due, tre quattro, cinque sei sette",
    "al 06/123456 -> al zero sei, uno due tre quattro cinque sei",
    "al 3331234567 -> al tre tre tre uno due tre quattro cinque sei sette",
)
