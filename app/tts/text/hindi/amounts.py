"""Amounts of Hindi: Indian groups of digits, lakhs, quarters, ordinals, telephone numbers."""

import re
from collections.abc import Callable

from app.tts.text.hindi.abbreviations import LETTER, MARK
from app.tts.text.hindi.numbers import cardinal, ordinal, with_quarters
from app.tts.text.hindi.times import MONTHS, OTHER_MONTHS

CURRENCIES = {"₹": "रुपये", "$": "डॉलर", "US$": "डॉलर", "€": "यूरो", "£": "पाउंड", "¥": "येन"}
"""How more than one of each currency is said."""

_SCALES = "सौ हज़ार हजार लाख करोड़ अरब खरब मिलियन बिलियन ट्रिलियन"
_LATIN_SCALES = {
    "lakh": "लाख",
    "lakhs": "लाख",
    "crore": "करोड़",
    "crores": "करोड़",
    "Cr": "करोड़",
    "million": "मिलियन",
    "billion": "बिलियन",
    "trillion": "ट्रिलियन",
    "bn": "बिलियन",
}
_QUARTERS = {
    "¼": 1,
    "½": 2,
    "¾": 3,
    "1/4": 1,
    "1/2": 2,
    "3/4": 3,
    "25": 1,
    "5": 2,
    "50": 2,
    "75": 3,
}
_NUMBERED = "खाता|गाड़ी|ट्रेन|आधार|रोल|मोबाइल|फ़ोन|फोन|टिकट|पंजीकरण|पीएनआर|PNR"
_MEASURES = "लीटर|किलो|किलोग्राम|किलोमीटर|मीटर|घंटे|घंटा|दिन|महीने|साल|वर्ष|गुना|फ़ुट|फुट|इंच|कप|चम्मच|एकड़|टन"
_RATES = "घंटा|घंटे|मिनट|सेकंड|दिन|माह|महीना|महीने|वर्ष|साल|किलो|किलोग्राम|लीटर|मीटर|किलोमीटर|यूनिट|व्यक्ति"

_RATE_UNITS = {"kg": "किलो", "km": "किलोमीटर", "g": "ग्राम", "l": "लीटर", "L": "लीटर"}

_WORD_END = rf"(?!{LETTER})"
_START = rf"(?<!{LETTER})(?<![.,/:+$€£₹-])(?<![$€£₹] )"
_END = r"(?![\d/-]|[.,:]\d)"
_AMOUNT = r"\d+(?:\.\d+)?"
_scale = "|".join(_SCALES.split())
_month = "|".join([*MONTHS, *OTHER_MONTHS])
_latin_scale = "|".join(sorted(_LATIN_SCALES, key=len, reverse=True))
_sign = "|".join(map(re.escape, sorted(CURRENCIES, key=len, reverse=True)))

_Rewrite = tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]


def write_out_amounts(text: str) -> str:
    """Return `text` with those numbers in words, or written as in every language."""
    for pattern, replacement in _REWRITES:
        text = pattern.sub(replacement, text)
    return text


def _digits(digits: str) -> str:
    return " ".join(cardinal(int(digit)) for digit in digits)


def _phone(match: re.Match[str]) -> str:
    groups = ", ".join(_digits(group.lstrip("+")) for group in match.groups() if group)
    return f"प्लस {groups}" if match[0].startswith("+") else groups


def _scaled_money(match: re.Match[str]) -> str:
    return f"{match[2]} {match[3]} {CURRENCIES[match[1]]}"


def _dates(match: re.Match[str]) -> str:
    return re.sub(" [-–—] ", " से ", match[0])


def _with_quarters(match: re.Match[str]) -> str:
    return f"{with_quarters(int(match[1]), _QUARTERS[match[2]])} "


def _ordinal(match: re.Match[str]) -> str:
    suffix = match[2]
    ending = "ी" if "ी" in suffix else "े" if "े" in suffix else "ा"
    return ordinal(int(match[1]), ending)


_REWRITES: tuple[_Rewrite, ...] = (
    # A postal code after the name of a town: नई दिल्ली-110001
    (
        re.compile(
            rf"(?<={LETTER})(?<!\d) ?[-–—] ?([1-9]\d\d) ?(\d{{3}}){_END}"
            rf"(?!{LETTER}| ?(?:रु|₹|%|लोग))"
        ),
        lambda match: f", {_digits(match[1] + match[2])}",
    ),
    (re.compile(r"(?<=बजे)-(?=\d\d? ?बजे)"), " से "),
    (re.compile(r"(?<![\d./-])(26|9)/11(?![\d./-])"), r"\1 ग्यारह"),  # days of attacks
    (re.compile(r"(?<=\d) ?sq\.? ?ft(?!\w)"), " वर्ग फ़ुट"),
    (re.compile(r"(?<= )vs\.?(?= )"), "बनाम"),
    # Numbers stand apart from words of Devanagari: कक्षा-5, 5किलो.
    (re.compile(rf"(?<={MARK})-?(?=\d)"), " "),
    # 12,34,567 and 1,234,567
    (
        re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{2,3}){0,6},\d{3}(?!\d|,\d)"),
        lambda match: match[0].replace(",", ""),
    ),
    (
        re.compile(rf"(?<=\d) ?({_latin_scale})(?!\w)"),
        lambda match: f" {_LATIN_SCALES[match[1]]}",
    ),
    # Rupees: Rs. 500, 500 रु., 500/-
    (re.compile(rf"(?<!{LETTER})(?:Rs\.?|INR|रु\.?|रू\.?)\s?(?=\d)"), "₹"),
    (re.compile(rf"(?<=\d)\s?(?:Rs|INR|रु|रू)(?:\.(?=\s*\S))?{_WORD_END}"), " ₹"),
    (re.compile(r"(?<=\d)/-"), ""),
    (
        re.compile(
            rf"({_sign})\s?({_AMOUNT}(?:\s?[-–]\s?{_AMOUNT})?)"
            rf"\s?((?:{_scale})(?: (?:{_scale}))?){_WORD_END}(?: रुपये| रुपए)?"
        ),
        _scaled_money,
    ),
    (re.compile(rf"({_sign})\s?(\d[\d.]{{0,20}}) ?(?:रुपये|रुपए){_WORD_END}"), r"\2 रुपये"),
    (re.compile(r"(?<=\d)/(kg|km|g|l|L)(?!\w)"), lambda match: f" प्रति {_RATE_UNITS[match[1]]}"),
    # Telephone numbers and codes are said digit by digit.
    (
        re.compile(rf"{_START}(?:(\+91)[ -]?)?([6-9]\d{{4}})[ -]?(\d{{5}}){_END}(?! ?(?:रु|₹|%))"),
        _phone,
    ),
    (re.compile(rf"{_START}(0\d{{2,4}})[ -](\d{{6,8}}){_END}"), _phone),
    (re.compile(rf"{_START}(1800)[ -](\d{{2,4}})[ -](\d{{3,4}}){_END}"), _phone),
    (
        re.compile(
            rf"(?<!{LETTER})((?:पिन|ओटीपी|PIN|OTP)(?: ?कोड| code)?(?: नंबर)?(?: है)? ?[:-]? ?)"
            rf"(\d{{4,8}}){_END}"
        ),
        lambda match: f"{match[1].rstrip(' -')} {_digits(match[2])}",
    ),
    (
        re.compile(rf"(?<!{LETTER})((?:{_NUMBERED}) (?:संख्या|नंबर|नम्बर):? ?)(\d{{4,16}}){_END}"),
        lambda match: f"{match[1]}{_digits(match[2])}",
    ),
    (re.compile(rf"{_START}112(?= (?:पर|नंबर|डायल){_WORD_END})"), _digits("112")),
    # 5'8" and 5' 8"
    (re.compile(r"(?<![\d.,])(\d)' ?(\d\d?)(?:\"|'')"), r"\1 फ़ुट \2 इंच"),
    # Cricket: 287/5 and 82*
    (re.compile(r"(?<![\d.,/])(\d{2,3})/(10|\d)(?![\d./])(?=[^.]{0,20}(?:ओवर|रन))"), r"\1 पर \2"),
    (re.compile(r"(?<=स्कोर )(\d{2,3})/(10|\d)(?![\d./])"), r"\1 पर \2"),
    (re.compile(r"(?<![\d.,])(\d{1,3})\*(?! ?\d)"), r"नाबाद \1"),
    # 5वाँ, 21वीं, 1ला, 3rd
    (
        re.compile(rf"(?<![\d.,])(\d{{1,15}})[ -]?(वां|वाँ|वीं|वें|वा|वी|वे){_WORD_END}"),
        _ordinal,
    ),
    (re.compile(rf"(?<![\d.,])(1)-?(ला|ली|ले){_WORD_END}"), _ordinal),
    (re.compile(rf"(?<![\d.,])([23])-?(रा|री|रे){_WORD_END}"), _ordinal),
    (re.compile(rf"(?<![\d.,])(4)-?(था|थी|थे){_WORD_END}"), _ordinal),
    (re.compile(rf"(?<![\d.,])(6)-?(ठा|ठी|ठे){_WORD_END}"), _ordinal),
    (re.compile(rf"(?<![\d.,])(\d{{1,15}})(st|nd|rd|th){_WORD_END}"), _ordinal),
    # 1½, 2 3/4, and 1.5 लाख
    (re.compile(r"(?<![\d.,/])([1-9]\d{0,2}) ?([½¼¾])"), _with_quarters),
    (re.compile(r"(?<![\d.,/])([1-9]\d{0,2}) (1/2|1/4|3/4)(?![\d/])"), _with_quarters),
    (
        re.compile(rf"(?<![\d.,])([1-9]\d{{0,2}})\.(50?|25|75) ?(?=(?:{_scale}){_WORD_END})"),
        _with_quarters,
    ),
    # 1.5 लीटर
    (
        re.compile(rf"(?<![\d.,])([1-9]\d{{0,2}})\.(5) ?(?=(?:{_MEASURES}){_WORD_END})"),
        _with_quarters,
    ),
    (re.compile(rf"(?<=\d) (?:{_month}) [-–—] \d{{1,2}} (?:{_month}){_WORD_END}"), _dates),
    # A range with spaces, unless it is a subtraction: 10 - 15
    (re.compile(r"(?<=[\d%°CF]) - (?=\d{1,9}(?![\d.,]| ?=))"), "-"),
    # Two each, and results of games.
    (re.compile(r"(?<![\d.,-])(\d{1,4})-\1(?![\d.,-])"), r"\1 \1"),
    (re.compile(rf"(?<![\d.,-])(\d{{1,3}})-(\d{{1,3}})(?= से{_WORD_END})"), r"\1 \2"),
    (re.compile(r"(?<=\d) ?[*×xX] ?(?=\d)"), " गुणा "),
    (re.compile(r"#(?=\d)"), "नंबर "),
    (re.compile(r"~ ?(?=[\d$€£₹])"), "लगभग "),
    (re.compile(rf"(?<={MARK}) ?/ ?(?=(?:{_RATES}){_WORD_END})"), " प्रति "),
    (re.compile(rf"(?<=और) ?/ ?(?=या{_WORD_END})"), " "),
    (re.compile(rf"(?<={MARK}) ?/ ?(?={MARK})"), " या "),
)
