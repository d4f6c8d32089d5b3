"""Abbreviations of Hindi, which are written with full stops: `डॉ.`, `कि.मी.`, `बी.जे.पी.`."""

import re
from collections.abc import Iterable

# Python's \w has Devanagari's letters but neither its vowel signs nor its other marks.
LETTER = r"[\w\u0900-\u0963\u0970-\u097f]"
"""A regular expression of any letter, mark or digit that words of Hindi have."""

MARK = r"[\u0900-\u0963\u0970-\u097f]"
"""A regular expression of any letter or mark of Devanagari."""

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
# These are words, or parts of a sentence, when they do not stand beside a number.
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


def _any_of(texts: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(texts, key=len, reverse=True)))


_START, _END = rf"(?<!{LETTER})(?<!\.)", rf"(?!{LETTER})"
_ABBREVIATION = re.compile(rf"{_START}(?:{_any_of([*_TITLES, *_OTHERS])}){_END}")
_MOBILE_NUMBER = re.compile(rf"{_START}मो\.(?= ?[+\d])")
_BEFORE_NUMBER = re.compile(rf"{_START}(?:{_any_of(_BEFORE_NUMBERS)})(?= ?\d)")
_AFTER_NUMBER = re.compile(
    rf"(?<=\d)(\s?)(?:({_any_of(_AFTER_NUMBERS)})|({_any_of(_SHORT_UNITS)})){_END}"
)
_letter = f"(?:{_any_of(_LETTER_NAMES.split())})"
_INITIALS = re.compile(
    rf"{_START}(?:{_letter}(?:\.{_letter}{_END}){{1,6}}\.?"
    rf"|{_letter}\.(?: {_letter}\.){{1,6}}"
    rf"|(?:{MARK}{{1,4}}\.){{2,6}}){_END}"
)


def write_out_abbreviations(text: str) -> str:
    """Return `text` with its abbreviations in full; one that ends it leaves its full stop."""
    if "." in text:
        text = _MOBILE_NUMBER.sub("मोबाइल", text)
        text = _BEFORE_NUMBER.sub(lambda match: f"{_BEFORE_NUMBERS[match[0]]} ", text)
        text = _ABBREVIATION.sub(_in_full, text)
        text = _INITIALS.sub(_letters, text)
    return _AFTER_NUMBER.sub(_after_number, text)


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
    return "." if match.end() == len(match.string) else ""
