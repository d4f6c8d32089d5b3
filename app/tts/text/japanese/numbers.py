"""Japanese numbers in katakana, the script whose reading no dictionary can mistake."""

import re

DIGITS = ("ゼロ", "イチ", "ニ", "サン", "ヨン", "ゴ", "ロク", "ナナ", "ハチ", "キュー")
KANJI_DIGITS = "〇一二三四五六七八九"
KANJI_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "億": 10**8, "兆": 10**12}

SHORTENED = {"イチ": "イッ", "ロク": "ロッ", "ハチ": "ハッ", "ジュー": "ジュッ", "ャク": "ャッ"}
"""How a number that ends so is changed before some counters: ロク, but ロッポン."""

# Four digits at a time.
_MYRIADS = ("", "マン", "オク", "チョー", "ケー")
_SHORTENED_BEFORE = {"チョー": ("イチ", "ハチ", "ジュー"), "ケー": tuple(SHORTENED)}
_HUNDREDS = {1: "ヒャク", 3: "サンビャク", 6: "ロッピャク", 8: "ハッピャク"}
_THOUSANDS = {1: "セン", 3: "サンゼン", 8: "ハッセン"}
_LONGEST_INTEGER = 16
_LONG_DIGITS = {"ニ": "ニー", "ゴ": "ゴー"}
_BEFORE_POINT = {"ゼロ": "レー", **_LONG_DIGITS} | {
    ending: SHORTENED[ending] for ending in ("イチ", "ハチ", "ジュー")
}


def read_number(number: str) -> str:
    """Read ASCII digits, with or without a decimal point; more than 16 digits one by one."""
    whole, _, fraction = number.partition(".")
    if len(whole) > _LONGEST_INTEGER or (len(whole) > 1 and whole[0] == "0"):
        reading = read_digits(whole)
    else:
        reading = read_integer(int(whole or "0"))
    if not fraction:
        return reading
    return replace_ending(reading, _BEFORE_POINT) + "テン" + _read_fraction(fraction)


def read_digits(digits: str) -> str:
    """Read ASCII digits one by one, four to a word, two and five long, as in telephone numbers."""
    readings = [DIGITS[int(digit)] for digit in digits]
    spoken = [_LONG_DIGITS.get(reading, reading) for reading in readings]
    return " ".join("".join(spoken[start : start + 4]) for start in range(0, len(spoken), 4))


def read_integer(number: int) -> str:
    """Read an integer from 0 to below 10**20, with spaces between its thousands and hundreds."""
    if number == 0:
        return DIGITS[0]
    parts = []
    for power in range(len(_MYRIADS) - 1, -1, -1):
        myriads = number // 10_000**power % 10_000
        if not myriads:
            continue
        unit = _MYRIADS[power]
        reading = "イッセン" if unit and myriads == 1000 else _read_thousands(myriads)
        changes = {ending: SHORTENED[ending] for ending in _SHORTENED_BEFORE.get(unit, ())}
        parts.append(replace_ending(reading, changes) + unit)
    return " ".join(parts)


def kanji_value(numerals: str) -> int | None:
    """Return the value of kanji numerals such as 三千八百 or 二〇二四, None if not a number."""
    numerals = numerals.replace("零", "〇")
    if not re.fullmatch(f"[{KANJI_DIGITS}{''.join(KANJI_UNITS)}]{{1,32}}", numerals):
        return None
    total = myriads = digits = 0
    for numeral in numerals:
        unit = KANJI_UNITS.get(numeral)
        if unit is None:
            digits = digits * 10 + KANJI_DIGITS.index(numeral)
        elif unit < 10_000:
            myriads += (digits or 1) * unit
            digits = 0
        else:
            total += (myriads + digits or 1) * unit
            myriads = digits = 0
    return total + myriads + digits


def replace_ending(reading: str, changes: dict[str, str]) -> str:
    """Replace the end of a reading by the first of `changes` that applies."""
    for ending, changed in changes.items():
        if reading.endswith(ending):
            return reading.removesuffix(ending) + changed
    return reading


def _read_fraction(digits: str) -> str:
    return read_digits(digits[:-1]) + DIGITS[int(digits[-1])]


def _read_thousands(number: int) -> str:
    thousands, hundreds, tens, ones = (int(digit) for digit in f"{number:04}")
    parts = []
    if thousands:
        parts.append(_THOUSANDS.get(thousands) or DIGITS[thousands] + "セン")
    if hundreds:
        parts.append(_HUNDREDS.get(hundreds) or DIGITS[hundreds] + "ヒャク")
    if tens or ones:
        ten = (DIGITS[tens] if tens > 1 else "") + ("ジュー" if tens else "")
        parts.append(ten + (DIGITS[ones] if ones else ""))
    return " ".join(parts)
