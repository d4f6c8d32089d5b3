"""Greek letters and names with a digit, such as 5G, that Hindi takes from science and English."""

import re

_LETTERS = "αβγδεζηθικλμνξοπρστυφχψω"
_NAMES = """
    अल्फ़ा बीटा गामा डेल्टा एप्सिलॉन ज़ीटा ईटा थीटा आयोटा कप्पा लैम्डा म्यू
    न्यू ज़ाई ओमिक्रॉन पाई रो सिग्मा टाउ अप्सिलॉन फ़ाई काई साई ओमेगा
"""
_GREEK = dict(zip(_LETTERS, _NAMES.split(), strict=True))
# Alone, not in a word of Greek.
_GREEK_LETTER = re.compile("(?<![Ͱ-Ͽἀ-῿])[Α-Ωα-ω](?![Ͱ-Ͽἀ-῿])")
_OHMS = re.compile(r"(?<=\d) ?([kM]?)Ω(?!\w)")
_MULTIPLES = {"": "", "k": "किलो", "M": "मेगा"}
_DIGITS = {
    "1": "वन",
    "2": "टू",
    "3": "थ्री",
    "4": "फ़ोर",
    "5": "फ़ाइव",
    "6": "सिक्स",
    "7": "सेवन",
    "8": "एट",
    "9": "नाइन",
}
_ENGLISH_DIGIT = re.compile(
    r"(?<![\w.,:/-])([1-9])(?=(?:[GDK]|BHK)(?!\w))|(?<=\bMP)([34])(?!\w)|(?<=\bA)([345])(?!\w)"
    r"|(?<=\bCO)(2)(?!\w)|(?<=\bH)(2)(?=O(?!\w))"
)
_TWENTY = re.compile(r"(?<![\w\u0900-\u097f])([TG]|टी|जी)-?20(?![\w.])")
_ALWAYS = re.compile(r"(?<![\w.,:/-])24 ?[x×*/] ?7(?![\w/]|[.,:]\d)")


def write_out_signs(text: str) -> str:
    """Return `text` with single Greek letters and such names in words."""
    text = _OHMS.sub(lambda match: f" {_MULTIPLES[match[1]]}ओम", text)
    text = _GREEK_LETTER.sub(lambda match: f" {_GREEK.get(match[0].lower(), match[0])} ", text)
    text = _ALWAYS.sub("ट्वेंटी फ़ोर सेवन", text)
    text = _TWENTY.sub(r"\1 ट्वेंटी", text)
    return _ENGLISH_DIGIT.sub(lambda match: f" {_DIGITS[match[0]]} ", text)
