"""Numbers of Hindi: cardinals, ordinals, quarters, scores and ranges."""

import re

from app.tts.text.hindi.letters import MARK, WORD_END
from app.tts.text.rules import Rule

_WORDS = """
    शून्य एक दो तीन चार पाँच छह सात आठ नौ
    दस ग्यारह बारह तेरह चौदह पंद्रह सोलह सत्रह अठारह उन्नीस
    बीस इक्कीस बाईस तेईस चौबीस पच्चीस छब्बीस सत्ताईस अट्ठाईस उनतीस
    तीस इकतीस बत्तीस तैंतीस चौंतीस पैंतीस छत्तीस सैंतीस अड़तीस उनतालीस
    चालीस इकतालीस बयालीस तैंतालीस चौवालीस पैंतालीस छियालीस सैंतालीस अड़तालीस उनचास
    पचास इक्यावन बावन तिरपन चौवन पचपन छप्पन सत्तावन अट्ठावन उनसठ
    साठ इकसठ बासठ तिरसठ चौंसठ पैंसठ छियासठ सड़सठ अड़सठ उनहत्तर
    सत्तर इकहत्तर बहत्तर तिहत्तर चौहत्तर पचहत्तर छिहत्तर सतहत्तर अठहत्तर उन्यासी
    अस्सी इक्यासी बयासी तिरासी चौरासी पचासी छियासी सतासी अट्ठासी नवासी
    नब्बे इक्यानवे बानवे तिरानवे चौरानवे पंचानवे छियानवे सत्तानवे अट्ठानवे निन्यानवे
"""
_UP_TO_99 = _WORDS.split()
_POWERS = (
    (10**13, "नील"),
    (10**11, "खरब"),
    (10**9, "अरब"),
    (10**7, "करोड़"),
    (10**5, "लाख"),
    (1000, "हज़ार"),
    (100, "सौ"),
)
_IRREGULAR_ORDINALS = {1: "पहल", 2: "दूसर", 3: "तीसर", 4: "चौथ", 6: "छठ"}
_QUARTERS = {1: "सवा", 2: "साढ़े", 3: "पौने"}


def cardinal(number: int) -> str:
    """Return a whole number from 0 in words."""
    if number == 100:
        return "सौ"
    words = []
    for size, name in _POWERS:
        count, number = divmod(number, size)
        if count:
            words.append(f"{cardinal(count)} {name}")
    if number or not words:
        words.append(_UP_TO_99[number])
    return " ".join(words)


def year(number: int) -> str:
    """Return a year in words; those from 1100 to 1999 are said in hundreds."""
    hundreds, rest = divmod(number, 100)
    if not 11 <= hundreds <= 19:
        return cardinal(number)
    words = f"{_UP_TO_99[hundreds]} सौ"
    return f"{words} {_UP_TO_99[rest]}" if rest else words


def ordinal(number: int, ending: str) -> str:
    """Return an ordinal in words; `ending` is its vowel: `ा`, `ी` or `े`."""
    stem = _IRREGULAR_ORDINALS.get(number)
    if stem:
        return stem + ending
    return cardinal(number) + {"ा": "वाँ", "ी": "वीं", "े": "वें"}[ending]


def fraction(top: int, bottom: int) -> str:
    """Return a fraction between 0 and 1 in words."""
    if (top, bottom) == (1, 2):
        return "आधा"
    name = {3: "तिहाई", 4: "चौथाई"}.get(bottom)
    return f"{cardinal(top)} {name}" if name else f"{cardinal(top)} बटा {cardinal(bottom)}"


def with_quarters(whole: int, quarters: int) -> str:
    """Return a number from 1, with one, two or three quarters more, in words."""
    if quarters == 2 and whole in (1, 2):
        return ("डेढ़", "ढाई")[whole - 1]
    return f"{_QUARTERS[quarters]} {cardinal(whole + (quarters == 3))}"


def digit_by_digit(digits: str) -> str:
    """Return ASCII digits in words, one by one."""
    return " ".join(cardinal(int(digit)) for digit in digits)


SCALES = ["सौ", "हज़ार", "हजार", "लाख", "करोड़", "अरब", "खरब", "मिलियन", "बिलियन", "ट्रिलियन"]
"""Words between an amount and what is counted."""

_WRITTEN_QUARTERS = {
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
_MEASURES = "लीटर|किलो|किलोग्राम|किलोमीटर|मीटर|घंटे|घंटा|दिन|महीने|साल|वर्ष|गुना|फ़ुट|फुट|इंच|कप|चम्मच|एकड़|टन"
_scale = "|".join(SCALES)


def _with_quarters(match: re.Match[str]) -> str:
    return f"{with_quarters(int(match[1]), _WRITTEN_QUARTERS[match[2]])} "


def _ordinal(match: re.Match[str]) -> str:
    suffix = match[2]
    ending = "ी" if "ी" in suffix else "े" if "े" in suffix else "ा"
    return ordinal(int(match[1]), ending)


PLAIN_NUMERALS = (
    Rule(
        rf"(?<={MARK})-?(?=\d)",
        " ",
        "कक्षा-5 -> कक्षा 5",
        "नंबर5 -> नंबर 5",
    ),
    Rule(
        r"(?<![\d.,])\d{1,3}(?:,\d{2,3}){0,6},\d{3}(?!\d|,\d)",
        lambda match: match[0].replace(",", ""),
        "12,34,567 लोग -> 1234567 लोग",
        "1,234,567 लोग -> 1234567 लोग",
    ),
)
"""Rules that set numbers apart from words, and take the commas out of their groups."""

NUMBERS = (
    # Heights, and scores of cricket, before fractions.
    Rule(r"(?<![\d.,])(\d)' ?(\d\d?)(?:\"|'')", r"\1 फ़ुट \2 इंच", "5'8\" लंबा -> 5 फ़ुट 8 इंच लंबा"),
    Rule(
        r"(?<![\d.,/])(\d{2,3})/(10|\d)(?![\d./])(?=[^.]{0,20}(?:ओवर|रन))",
        r"\1 पर \2",
        "287/5 रन -> 287 पर 5 रन",
    ),
    Rule(r"(?<=स्कोर )(\d{2,3})/(10|\d)(?![\d./])", r"\1 पर \2", "स्कोर 287/5 -> स्कोर 287 पर 5"),
    Rule(r"(?<![\d.,])(\d{1,3})\*(?! ?\d)", r"नाबाद \1", "कोहली 82* -> कोहली नाबाद 82"),
    Rule(
        rf"(?<![\d.,])(\d{{1,15}})[ -]?(वां|वाँ|वीं|वें|वा|वी|वे){WORD_END}",
        _ordinal,
        "21वीं सदी -> इक्कीसवीं सदी",
        "5-वां दिन -> पाँचवाँ दिन",
    ),
    Rule(rf"(?<![\d.,])(1)-?(ला|ली|ले){WORD_END}", _ordinal, "1ला दिन -> पहला दिन"),
    Rule(rf"(?<![\d.,])([23])-?(रा|री|रे){WORD_END}", _ordinal, "3री बार -> तीसरी बार"),
    Rule(rf"(?<![\d.,])(4)-?(था|थी|थे){WORD_END}", _ordinal, "4थे दिन -> चौथे दिन"),
    Rule(rf"(?<![\d.,])(6)-?(ठा|ठी|ठे){WORD_END}", _ordinal, "6ठा दिन -> छठा दिन"),
    Rule(rf"(?<![\d.,])(\d{{1,15}})(st|nd|rd|th){WORD_END}", _ordinal, "3rd क्लास -> तीसरा क्लास"),
    Rule(r"(?<![\d.,/])([1-9]\d{0,2}) ?([½¼¾])", _with_quarters, "1½कप -> डेढ़ कप"),
    Rule(
        r"(?<![\d.,/])([1-9]\d{0,2}) (1/2|1/4|3/4)(?![\d/])", _with_quarters, "2 3/4, -> पौने तीन ,"
    ),
    Rule(
        rf"(?<![\d.,])([1-9]\d{{0,2}})\.(50?|25|75) ?(?=(?:{_scale}){WORD_END})",
        _with_quarters,
        "1.5 लाख लोग -> डेढ़ लाख लोग",
        "3.25 करोड़ -> सवा तीन करोड़",
    ),
    Rule(
        rf"(?<![\d.,])([1-9]\d{{0,2}})\.(5) ?(?=(?:{_MEASURES}){WORD_END})",
        _with_quarters,
        "2.5 घंटे -> ढाई घंटे",
    ),
    # A range with spaces, unless it is a subtraction.
    Rule(r"(?<=[\d%°CF]) - (?=\d{1,9}(?![\d.,]| ?=))", "-", "10 - 15 लोग -> 10-15 लोग"),
    # So much each, and results of games; other ranges are as in every language.
    Rule(r"(?<![\d.,-])(\d{1,4})-\1(?![\d.,-])", r"\1 \1", "5-5 रुपये दो -> 5 5 रुपये दो"),
    Rule(
        rf"(?<![\d.,-])(\d{{1,3}})-(\d{{1,3}})(?= से{WORD_END})", r"\1 \2", "2-1 से जीत -> 2 1 से जीत"
    ),
)
"""Rules for ordinals, quarters, scores and ranges."""
