"""Numbers in Hindi, in the words that speakers say."""

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
_SCALES = (
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
    """Return the words of a whole number that is not negative."""
    if number == 100:
        return "सौ"
    words = []
    for size, name in _SCALES:
        count, number = divmod(number, size)
        if count:
            words.append(f"{cardinal(count)} {name}")
    if number or not words:
        words.append(_UP_TO_99[number])
    return " ".join(words)


def year(number: int) -> str:
    """Return the words of a year; those of the last nine centuries of hundreds are in hundreds."""
    hundreds, rest = divmod(number, 100)
    if not 11 <= hundreds <= 19:
        return cardinal(number)
    words = f"{_UP_TO_99[hundreds]} सौ"
    return f"{words} {_UP_TO_99[rest]}" if rest else words


def ordinal(number: int, ending: str) -> str:
    """Return the words of an ordinal; `ending` is its vowel: `ा`, `ी` or `े`."""
    stem = _IRREGULAR_ORDINALS.get(number)
    if stem:
        return stem + ending
    return cardinal(number) + {"ा": "वाँ", "ी": "वीं", "े": "वें"}[ending]


def fraction(top: int, bottom: int) -> str:
    """Return the words of a fraction between 0 and 1."""
    if (top, bottom) == (1, 2):
        return "आधा"
    name = {3: "तिहाई", 4: "चौथाई"}.get(bottom)
    return f"{cardinal(top)} {name}" if name else f"{cardinal(top)} बटा {cardinal(bottom)}"


def with_quarters(whole: int, quarters: int) -> str:
    """Return the words of a number and one, two or three quarters; the number is positive."""
    if quarters == 2 and whole in (1, 2):
        return ("डेढ़", "ढाई")[whole - 1]
    return f"{_QUARTERS[quarters]} {cardinal(whole + (quarters == 3))}"


def clock(hour: int, minute: int, second: int = 0) -> str:
    """Return the words of a time of day: `साढ़े तीन बजे`, `पंद्रह बजकर दस मिनट`."""
    if minute % 15 == 0 and not second and (minute == 0 or 1 <= hour <= 12):
        hours = with_quarters(hour, minute // 15) if minute else cardinal(hour)
        if (hour, minute) == (12, 45):
            hours = with_quarters(0, 3)
        return f"{hours} बजे"
    words = f"{cardinal(hour)} बजकर {cardinal(minute)} मिनट"
    return f"{words} {cardinal(second)} सेकंड" if second else words
