"""Hindi as it is written, in the words that speakers say."""

import re
import unicodedata

from app.tts.text import normalizer
from app.tts.text.addresses import AddressWords, verbalize_addresses
from app.tts.text.conventions import Conventions, Currency, Gender
from app.tts.text.hindi.abbreviations import write_out_abbreviations
from app.tts.text.hindi.amounts import CURRENCIES, write_out_amounts
from app.tts.text.hindi.numbers import cardinal, clock, fraction, year
from app.tts.text.hindi.signs import write_out_signs
from app.tts.text.hindi.times import MONTHS, write_out_times
from app.tts.text.numerals import ascii_digits

_ABBREVIATION_SIGN = "\u0970"
_LEFT_SLASH = re.compile(r"(?<=\d)\s?/\s?(?=\d)")


def normalize(text: str) -> str:
    """Write out what is not words in a cleaned sentence."""
    text = ascii_digits(unicodedata.normalize("NFC", text)).replace(_ABBREVIATION_SIGN, ".")
    # Before what is of Hindi alone, which would take an address for a fraction or a range.
    text = verbalize_addresses(text, _ADDRESS_WORDS)
    text = write_out_signs(write_out_abbreviations(text))
    if any(map(str.isdigit, text)):
        text = write_out_times(text)
    return normalizer.normalize(write_out_amounts(text), _CONVENTIONS)


def _cardinal(number: int, gender: Gender | None) -> str:
    return cardinal(number)


def _date(day: int, month: int, year_: int | None) -> str:
    words = f"{cardinal(day)} {MONTHS[month - 1]}"
    return f"{words} {year(year_)}" if year_ else words


_HUNDREDTHS = {
    "₹": ("पैसा", "पैसे"),
    "$": ("सेंट", "सेंट"),
    "US$": ("सेंट", "सेंट"),
    "€": ("सेंट", "सेंट"),
    "£": ("पेनी", "पेंस"),
}
_ADDRESS_WORDS = AddressWords(
    dot="डॉट",
    at="ऐट",
    slash="स्लैश",
    hyphen="हाइफ़न",
    underscore="अंडरस्कोर",
    colon="कोलन",
    question_mark="क्वेश्चन मार्क",
    equals="इक्वल",
    and_sign="और",
    plus="प्लस",
    hash_sign="हैश",
    percent="प्रतिशत",
    tilde="टिल्ड",
    version="वर्ज़न",
    point="पॉइंट",
)
_CONVENTIONS = Conventions(
    locale="hi",
    group=",",
    decimal=".",
    cardinal=_cardinal,
    point="दशमलव",
    minus="माइनस",
    percent="प्रतिशत",
    to="से",
    per="प्रति",
    clock=clock,
    date=_date,
    address_words=_ADDRESS_WORDS,
    currencies={
        sign: Currency("रुपया" if sign == "₹" else many, many, *_HUNDREDTHS.get(sign, ()))
        for sign, many in CURRENCIES.items()
    },
    money=lambda units, currency, hundredths: f"{units} {hundredths}",
    # What is left of them are house numbers and the like: fractions are said before.
    ordinals=lambda text: _LEFT_SLASH.sub(" बटा ", text),
    fractions=fraction,
    reads_fraction_as_number=False,
    symbols={
        "&": "और",
        "+": "प्लस",
        "=": "बराबर",
        "@": "ऐट",
        "#": "हैशटैग",
        "%": "प्रतिशत",
        "‰": "प्रति हज़ार",
        "°": "डिग्री",
        "×": "गुणा",
        "÷": "भाग",
        "±": "प्लस माइनस",
        "−": "माइनस",
        "≈": "लगभग",
        "≠": "बराबर नहीं",
        "<": "छोटा है",
        ">": "बड़ा है",
        "≤": "छोटा या बराबर",
        "≥": "बड़ा या बराबर",
        "√": "वर्गमूल",
        "∞": "अनंत",
        "²": "वर्ग",
        "³": "घन",
        "§": "धारा",
        "©": "कॉपीराइट",
        "®": "रजिस्टर्ड",
        "™": "ट्रेडमार्क",
        "№": "नंबर",
        **CURRENCIES,
    },
    unit_names={
        "angle-degree": ("डिग्री", "डिग्री"),
        "length-mile": ("मील", "मील"),
        "length-yard": ("गज", "गज"),
        "mass-pound": ("पाउंड", "पाउंड"),
        "mass-ounce": ("औंस", "औंस"),
        "electric-milliampere": ("मिलीएम्पियर", "मिलीएम्पियर"),
        "energy-kilocalorie": ("किलोकैलोरी", "किलोकैलोरी"),
    },
)
