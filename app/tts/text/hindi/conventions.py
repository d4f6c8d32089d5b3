"""Conventions of Hindi for numbers, money and signs."""

from app.tts.text.addresses import AddressWords
from app.tts.text.conventions import Conventions, Currency, Gender
from app.tts.text.hindi.measures import CURRENCIES
from app.tts.text.hindi.numbers import cardinal, fraction
from app.tts.text.hindi.times import clock, date
from app.tts.text.rules import Rule

# Fractions are said before: the slashes that are left belong to house numbers and the like.
_HOUSE_NUMBER = Rule(r"(?<=\d)\s?/\s?(?=\d)", " बटा ", "कमरा 12/3 -> कमरा 12 बटा 3")


def _cardinal(number: int, gender: Gender | None) -> str:
    return cardinal(number)


_HUNDREDTHS = {
    "₹": ("पैसा", "पैसे"),
    "$": ("सेंट", "सेंट"),
    "US$": ("सेंट", "सेंट"),
    "€": ("सेंट", "सेंट"),
    "£": ("पेनी", "पेंस"),
}
ADDRESS_WORDS = AddressWords(
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
CONVENTIONS = Conventions(
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
    date=date,
    address_words=ADDRESS_WORDS,
    currencies={
        sign: Currency("रुपया" if sign == "₹" else many, many, *_HUNDREDTHS.get(sign, ()))
        for sign, many in CURRENCIES.items()
    },
    money=lambda units, currency, hundredths: f"{units} {hundredths}",
    ordinals=_HOUSE_NUMBER.apply,
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
