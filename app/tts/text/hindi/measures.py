"""Money and measures of Hindi, with lakhs and crores."""

from app.tts.text.hindi.letters import LETTER, MARK, WORD_END
from app.tts.text.hindi.numbers import SCALES
from app.tts.text.rules import Rule, any_of

CURRENCIES = {"₹": "रुपये", "$": "डॉलर", "US$": "डॉलर", "€": "यूरो", "£": "पाउंड", "¥": "येन"}
"""The plural of each currency."""

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
_RATES = "घंटा|घंटे|मिनट|सेकंड|दिन|माह|महीना|महीने|वर्ष|साल|किलो|किलोग्राम|लीटर|मीटर|किलोमीटर|यूनिट|व्यक्ति"
_RATE_UNITS = {"kg": "किलो", "km": "किलोमीटर", "g": "ग्राम", "l": "लीटर", "L": "लीटर"}
_AMOUNT = r"\d+(?:\.\d+)?"
_sign = any_of(CURRENCIES)
_scale = "|".join(SCALES)

AREAS = (Rule(r"(?<=\d) ?sq\.? ?ft(?!\w)", " वर्ग फ़ुट", "1200 sq. ft का घर -> 1200 वर्ग फ़ुट का घर"),)
MONEY = (
    Rule(
        rf"(?<=\d) ?({any_of(_LATIN_SCALES)})(?!\w)",
        lambda match: f" {_LATIN_SCALES[match[1]]}",
        "₹50 Cr -> ₹50 करोड़",
    ),
    # Every way to write rupees gets their sign first.
    Rule(
        rf"(?<!{LETTER})(?:Rs\.?|INR|रु\.?|रू\.?)\s?(?=\d)",
        "₹",
        "Rs. 500 -> ₹500",
        "रु.500 -> ₹500",
    ),
    Rule(
        rf"(?<=\d)\s?(?:Rs|INR|रु|रू)(?:\.(?=\s*\S))?{WORD_END}",
        " ₹",
        "500 रु. दो -> 500 ₹ दो",
    ),
    Rule(r"(?<=\d)/-", "", "₹500/- दो -> ₹500 दो"),
    Rule(
        rf"({_sign})\s?({_AMOUNT}(?:\s?[-–]\s?{_AMOUNT})?)"
        rf"\s?((?:{_scale})(?: (?:{_scale}))?){WORD_END}(?: रुपये| रुपए)?",
        lambda match: f"{match[2]} {match[3]} {CURRENCIES[match[1]]}",
        "₹5 लाख का घर -> 5 लाख रुपये का घर",
        "$2-3 लाख करोड़ -> 2-3 लाख करोड़ डॉलर",
    ),
    Rule(
        rf"({_sign})\s?(\d[\d.]{{0,20}}) ?(?:रुपये|रुपए){WORD_END}",
        r"\2 रुपये",
        "₹500 रुपए -> 500 रुपये",
    ),
    Rule(
        r"(?<=\d)/(kg|km|g|l|L)(?!\w)",
        lambda match: f" प्रति {_RATE_UNITS[match[1]]}",
        "₹50/kg -> ₹50 प्रति किलो",
    ),
)
RATES = (
    Rule(
        rf"(?<={MARK}) ?/ ?(?=(?:{_RATES}){WORD_END})",
        " प्रति ",
        "60 किमी/घंटा -> 60 किमी प्रति घंटा",
    ),
)
