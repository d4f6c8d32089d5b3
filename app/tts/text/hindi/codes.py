"""Numbers that are names in Hindi: of telephones, towns, accounts and days."""

import re

from app.tts.text.hindi.letters import LETTER, WORD_END
from app.tts.text.hindi.numbers import digit_by_digit
from app.tts.text.rules import Rule

_START = rf"(?<!{LETTER})(?<![.,/:+$€£₹-])(?<![$€£₹] )"
_END = r"(?![\d/-]|[.,:]\d)"
_NUMBERED = "खाता|गाड़ी|ट्रेन|आधार|रोल|मोबाइल|फ़ोन|फोन|टिकट|पंजीकरण|पीएनआर|PNR"


def _telephone(match: re.Match[str]) -> str:
    groups = ", ".join(digit_by_digit(group.lstrip("+")) for group in match.groups() if group)
    return f"प्लस {groups}" if match[0].startswith("+") else groups


POSTAL_CODES = (
    Rule(
        rf"(?<={LETTER})(?<!\d) ?[-–—] ?([1-9]\d\d) ?(\d{{3}}){_END}"
        rf"(?!{LETTER}| ?(?:रु|₹|%|लोग))",
        lambda match: f", {digit_by_digit(match[1] + match[2])}",
        "नई दिल्ली-110001 -> नई दिल्ली, एक एक शून्य शून्य शून्य एक",
        "मुंबई - 400 001 -> मुंबई, चार शून्य शून्य शून्य शून्य एक",
    ),
)
"""Postal codes after the name of a town."""

CODES = (
    Rule(
        rf"{_START}(?:(\+91)[ -]?)?([6-9]\d{{4}})[ -]?(\d{{5}}){_END}(?! ?(?:रु|₹|%))",
        _telephone,
        "98765 43210 -> नौ आठ सात छह पाँच, चार तीन दो एक शून्य",
        "+91 9876543210 -> प्लस नौ एक, नौ आठ सात छह पाँच, चार तीन दो एक शून्य",
    ),
    Rule(
        rf"{_START}(0\d{{2,4}})[ -](\d{{6,8}}){_END}",
        _telephone,
        "011-23456789 -> शून्य एक एक, दो तीन चार पाँच छह सात आठ नौ",
    ),
    Rule(
        rf"{_START}(1800)[ -](\d{{2,4}})[ -](\d{{3,4}}){_END}",
        _telephone,
        "1800-11-4000 -> एक आठ शून्य शून्य, एक एक, चार शून्य शून्य शून्य",
    ),
    Rule(
        rf"(?<!{LETTER})((?:पिन|ओटीपी|PIN|OTP)(?: ?कोड| code)?(?: नंबर)?(?: है)? ?[:-]? ?)"
        rf"(\d{{4,8}}){_END}",
        lambda match: f"{match[1].rstrip(' -')} {digit_by_digit(match[2])}",
        "पिन कोड - 110001 -> पिन कोड एक एक शून्य शून्य शून्य एक",
        "OTP है 4321 -> OTP है चार तीन दो एक",
    ),
    Rule(
        rf"(?<!{LETTER})((?:{_NUMBERED}) (?:संख्या|नंबर|नम्बर):? ?)(\d{{4,16}}){_END}",
        lambda match: f"{match[1]}{digit_by_digit(match[2])}",
        "खाता संख्या: 1234 -> खाता संख्या: एक दो तीन चार",
    ),
    Rule(
        rf"{_START}112(?= (?:पर|नंबर|डायल){WORD_END})",
        digit_by_digit("112"),
        "112 पर कॉल -> एक एक दो पर कॉल",
    ),
)
"""Telephone numbers, PINs and the like."""
