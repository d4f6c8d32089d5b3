"""French telephone numbers in words."""

import re

from app.tts.text.french.numbers import cardinal
from app.tts.text.romance.codes import phone_rule
from app.tts.text.rules import Rule


def phone_group(digits: str) -> str:
    """Return a group of a telephone number in words: in pairs if it is long, zeros one by one."""
    if len(digits) > 3:
        pairs = re.findall(r"\d\d?", digits)
        return ", ".join(map(phone_group, pairs))
    zeros = len(digits) - len(digits.lstrip("0"))
    rest = [cardinal(int(digits), None)] if zeros < len(digits) else []
    return " ".join(["zéro"] * zeros + rest)


DOTTED_PHONES = Rule(
    r"(?<![\w.,+-])0\d(?:\.\d\d){4}(?![\w])",
    lambda m: m[0].replace(".", " "),
    "06.12.34.56.78 -> 06 12 34 56 78",
)
PHONES = phone_rule(
    r"(?<![\w.,+-])0[1-9]\d{8}(?!\d|[.,]\d)|(?<![\w.,+-])0 800(?: \d{3}){2}(?! ?\d)",
    phone_group,
    "0123456789 -> zéro un, vingt-trois, quarante-cinq, soixante-sept, quatre-vingt-neuf",
    "0 800 123 456 -> zéro, huit cents, cent vingt-trois, quatre cent cinquante-six",
)
