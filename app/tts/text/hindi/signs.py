"""Signs of Hindi, Greek letters, and names with a digit such as 5G, which come from English."""

from app.tts.text.greek import GREEK_LETTER, greek_names
from app.tts.text.hindi.letters import MARK, WORD_END
from app.tts.text.rules import Rule, apply_rules

_GREEK = greek_names("""
    अल्फ़ा बीटा गामा डेल्टा एप्सिलॉन ज़ीटा ईटा थीटा आयोटा कप्पा लैम्डा म्यू
    न्यू ज़ाई ओमिक्रॉन पाई रो सिग्मा टाउ अप्सिलॉन फ़ाई काई साई ओमेगा
""")
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


def verbalize_names(text: str) -> str:
    """Return `text` with Greek letters that stand alone, and names with a digit, in words."""
    return apply_rules(text, _NAMES_WITH_SIGNS)


# Ohms come before the letter omega.
_NAMES_WITH_SIGNS = (
    Rule(
        r"(?<=\d) ?([kM]?)Ω(?!\w)",
        lambda match: f" {_MULTIPLES[match[1]]}ओम",
        "5kΩ -> 5 किलोओम",
    ),
    Rule(
        GREEK_LETTER,
        lambda match: f" {_GREEK.get(match[0], match[0])} ",
        "कण α, -> कण  अल्फ़ा ,",
    ),
    Rule(
        r"(?<![\w.,:/-])24 ?[x×*/] ?7(?![\w/]|[.,:]\d)",
        "ट्वेंटी फ़ोर सेवन",
        "24x7 सेवा -> ट्वेंटी फ़ोर सेवन सेवा",
    ),
    Rule(
        r"(?<![\w\u0900-\u097f])([TG]|टी|जी)-?20(?![\w.])",
        r"\1 ट्वेंटी",
        "T20 मैच -> T ट्वेंटी मैच",
        "जी-20 में -> जी ट्वेंटी में",
    ),
    Rule(
        r"(?<![\w.,:/-])([1-9])(?=(?:[GDK]|BHK)(?!\w))|(?<=\bMP)([34])(?!\w)|(?<=\bA)([345])(?!\w)"
        r"|(?<=\bCO)(2)(?!\w)|(?<=\bH)(2)(?=O(?!\w))",
        lambda match: f" {_DIGITS[match[0]]} ",
        "एक 5G फ़ोन -> एक  फ़ाइव G फ़ोन",
        "MP3, A4 -> MP थ्री , A फ़ोर ",
        "CO2, H2O -> CO टू , H टू O",
    ),
)
DAYS_OF_ATTACKS = (
    Rule(r"(?<![\d./-])(26|9)/11(?![\d./-])", r"\1 ग्यारह", "26/11 का हमला -> 26 ग्यारह का हमला"),
)
VERSUS = (Rule(r"(?<= )vs\.?(?= )", "बनाम", "भारत vs पाकिस्तान -> भारत बनाम पाकिस्तान"),)
SIGNS = (
    Rule(r"(?<=\d) ?[*×xX] ?(?=\d)", " गुणा ", "6×3 -> 6 गुणा 3"),
    Rule(r"#(?=\d)", "नंबर ", "#5 पर -> नंबर 5 पर"),
    Rule(r"~ ?(?=[\d$€£₹])", "लगभग ", "~20 मिनट -> लगभग 20 मिनट"),
)
SLASHES = (
    Rule(rf"(?<=और) ?/ ?(?=या{WORD_END})", " ", "चाय और/या दूध -> चाय और या दूध"),
    Rule(rf"(?<={MARK}) ?/ ?(?={MARK})", " या ", "छात्र/छात्रा -> छात्र या छात्रा"),
)
