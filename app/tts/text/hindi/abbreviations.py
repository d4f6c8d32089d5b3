"""Abbreviations of Hindi, which are written with full stops: `डॉ.`, `कि.मी.`, `बी.जे.पी.`."""

import re

from app.tts.text.hindi.letters import LETTER, MARK, WORD_END
from app.tts.text.rules import Rule, any_of, apply_rules

_TITLES = {
    "डॉ.": "डॉक्टर",
    "डा.": "डॉक्टर",
    "प्रो.": "प्रोफ़ेसर",
    "श्री.": "श्री",
    "सुश्री.": "सुश्री",
    "पं.": "पंडित",
    "स्व.": "स्वर्गीय",
    "कु.": "कुमारी",
    "मो.": "मोहम्मद",
    "इंजी.": "इंजीनियर",
    "एड.": "एडवोकेट",
    "नं.": "नंबर",
    "क्र.": "क्रमांक",
    "दि.": "दिनांक",
}
_OTHERS = {
    "ई.पू.": "ईसा पूर्व",
    "ई. पू.": "ईसा पूर्व",
    "वि.सं.": "विक्रम संवत",
    "कि.मी.": "किलोमीटर",
    "कि. मी.": "किलोमीटर",
    "से.मी.": "सेंटीमीटर",
    "मि.मी.": "मिलीमीटर",
    "वर्ग कि.मी.": "वर्ग किलोमीटर",
    "कि.ग्रा.": "किलोग्राम",
    "कि. ग्रा.": "किलोग्राम",
    "मि.ग्रा.": "मिलीग्राम",
    "मि.ली.": "मिलीलीटर",
    "कि.वा.": "किलोवाट",
    "उ.प्र.": "उत्तर प्रदेश",
    "म.प्र.": "मध्य प्रदेश",
    "आं.प्र.": "आंध्र प्रदेश",
    "हि.प्र.": "हिमाचल प्रदेश",
    "प्रा. लि.": "प्राइवेट लिमिटेड",
    "प्रा.लि.": "प्राइवेट लिमिटेड",
    "लि.": "लिमिटेड",
    "सं.रा.": "संयुक्त राष्ट्र",
    "इत्या.": "इत्यादि",
}
_SHORT_UNITS = {
    "किमी": "किलोमीटर",
    "सेमी": "सेंटीमीटर",
    "मिमी": "मिलीमीटर",
    "किग्रा": "किलोग्राम",
    "मिग्रा": "मिलीग्राम",
}
# Except next to a number, these are words or ends of sentences.
_BEFORE_NUMBERS = {
    "पृ.": "पृष्ठ",
    "सं.": "संख्या",
    "क्र.सं.": "क्रम संख्या",
    "क्र. सं.": "क्रम संख्या",
    "पृ.सं.": "पृष्ठ संख्या",
    "पृ. सं.": "पृष्ठ संख्या",
    "ई.पू.": "ईसा पूर्व",
    "ई. पू.": "ईसा पूर्व",
}
_AFTER_NUMBERS = {"मी.": "मीटर", "ग्रा.": "ग्राम", "मि.": "मिनट", "ई.": "ईस्वी"}
_LETTER_NAMES = (
    "ए बी सी डी ई एफ एफ़ जी एच आई जे के एल एम एन ओ पी क्यू आर एस टी यू वी डब्ल्यू डब्लू एक्स वाई ज़ेड जेड"
)


def verbalize_abbreviations(text: str) -> str:
    """Return `text` with its abbreviations in full; one that ends it leaves its full stop."""
    if "." in text:
        text = apply_rules(text, _WITH_STOPS)
    return _AFTER_NUMBER.apply(text)


def _in_full(match: re.Match[str]) -> str:
    if match[0] in _TITLES:
        return _TITLES[match[0]]
    return _OTHERS[match[0]] + _full_stop(match)


def _letters(match: re.Match[str]) -> str:
    stop = _full_stop(match) if match[0].endswith(".") else ""
    return " ".join(match[0].replace(".", " ").split()) + stop


def _after_number(match: re.Match[str]) -> str:
    if match[3]:
        return f" {_SHORT_UNITS[match[3]]}"
    return f" {_AFTER_NUMBERS[match[2]]}{_full_stop(match)}"


def _full_stop(match: re.Match[str]) -> str:
    """Return the full stop of an abbreviation that also ends the sentence."""
    return "." if match.end() == len(match.string) else ""


_START = rf"(?<!{LETTER})(?<!\.)"
_letter = f"(?:{any_of(_LETTER_NAMES.split())})"
# The known abbreviations come before initials, whose pattern matches any short syllables.
_WITH_STOPS = (
    Rule(rf"{_START}मो\.(?= ?[+\d])", "मोबाइल", "मो. 98765 43210 -> मोबाइल 98765 43210"),
    Rule(
        rf"{_START}(?:{any_of(_BEFORE_NUMBERS)})(?= ?\d)",
        lambda match: f"{_BEFORE_NUMBERS[match[0]]} ",
        "पृ.12 पर -> पृष्ठ 12 पर",
    ),
    Rule(
        rf"{_START}(?:{any_of([*_TITLES, *_OTHERS])}){WORD_END}",
        _in_full,
        "डॉ. शर्मा -> डॉक्टर शर्मा",
        "5 कि.मी. दूर -> 5 किलोमीटर दूर",
        "सेब, केले इत्या. -> सेब, केले इत्यादि.",
    ),
    Rule(
        rf"{_START}(?:{_letter}(?:\.{_letter}{WORD_END}){{1,6}}\.?"
        rf"|{_letter}\.(?: {_letter}\.){{1,6}}"
        rf"|(?:{MARK}{{1,4}}\.){{2,6}}){WORD_END}",
        _letters,
        "बी.जे.पी. के नेता -> बी जे पी के नेता",
        "ए. पी. जे. अब्दुल कलाम -> ए पी जे अब्दुल कलाम",
        "अ.भा. परिषद -> अ भा परिषद",
    ),
)
_AFTER_NUMBER = Rule(
    rf"(?<=\d)(\s?)(?:({any_of(_AFTER_NUMBERS)})|({any_of(_SHORT_UNITS)})){WORD_END}",
    _after_number,
    "100 मी. दौड़ -> 100 मीटर दौड़",
    "20किमी दूर -> 20 किलोमीटर दूर",
)
