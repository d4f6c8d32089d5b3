"""Japanese numbers in katakana, whose reading is never ambiguous."""

import re

from app.tts.text.rules import Rule

DIGITS = ("ゼロ", "イチ", "ニ", "サン", "ヨン", "ゴ", "ロク", "ナナ", "ハチ", "キュー")
KANJI_DIGITS = "〇一二三四五六七八九"
KANJI_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "億": 10**8, "兆": 10**12}

UNIT = r"(?:[十百千]?[万億兆](?![博能引一])|[百千](?![葉代歳貨合科]))"
"""Kanji numerals that multiply the digits before them: 3億."""

NUMBER = rf"[0-9]+(?:\.[0-9]+)?(?:{UNIT}(?:[0-9]+(?:\.[0-9]+)?))*{UNIT}?"
"""ASCII digits with a decimal point and kanji numerals: 1980 or 1億2000万."""

# Without it, a long number would be tried again from each of its digits.
NUMBER_START = "(?<![0-9.万億兆千百])"
"""The start of a number that is not the rest of another."""

SHORTENED = {"イチ": "イッ", "ロク": "ロッ", "ハチ": "ハッ", "ジュー": "ジュッ", "ャク": "ャッ"}
"""Ends of numbers that change before some counters: ロク, but ロッポン."""

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


def verbalize_number(number: str) -> str:
    """Return ASCII digits, perhaps with a decimal point, in katakana; over 16 digits one by one."""
    whole, _, fraction = number.partition(".")
    if len(whole) > _LONGEST_INTEGER or (len(whole) > 1 and whole[0] == "0"):
        reading = verbalize_digits(whole)
    else:
        reading = cardinal(int(whole or "0"))
    if not fraction:
        return reading
    return replace_ending(reading, _BEFORE_POINT) + "テン" + _fraction(fraction)


def verbalize_digits(digits: str) -> str:
    """Return ASCII digits one by one, four to a word, two and five long as on the telephone."""
    readings = [DIGITS[int(digit)] for digit in digits]
    spoken = [_LONG_DIGITS.get(reading, reading) for reading in readings]
    return " ".join("".join(spoken[start : start + 4]) for start in range(0, len(spoken), 4))


def cardinal(number: int) -> str:
    """Return an integer below 10**20 in katakana, with spaces between thousands and hundreds."""
    if number == 0:
        return DIGITS[0]
    parts = []
    for power in range(len(_MYRIADS) - 1, -1, -1):
        myriads = number // 10_000**power % 10_000
        if not myriads:
            continue
        unit = _MYRIADS[power]
        reading = "イッセン" if unit and myriads == 1000 else _thousands(myriads)
        changes = {ending: SHORTENED[ending] for ending in _SHORTENED_BEFORE.get(unit, ())}
        parts.append(replace_ending(reading, changes) + unit)
    return " ".join(parts)


def kanji_value(numerals: str) -> int | None:
    """Return the value of kanji numerals such as 三千八百 or 二〇二四, None of other text."""
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
    """Return a reading with its end replaced by the first of `changes` that applies."""
    for ending, changed in changes.items():
        if reading.endswith(ending):
            return reading.removesuffix(ending) + changed
    return reading


def _fraction(digits: str) -> str:
    return verbalize_digits(digits[:-1]) + DIGITS[int(digits[-1])]


def _thousands(number: int) -> str:
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


PLAIN_NUMERALS = (
    Rule(
        r"(?<![0-9.,])[0-9]{1,3}(?:,[0-9]{3})+(?![0-9]|,[0-9])",
        lambda match: match[0].replace(",", ""),
        "1,980円 -> 1980円",
        "3万5,000円 -> 3万5000円",
    ),
)
SHARES = (
    Rule("(?<=[0-9万億])分の(?=[0-9])", "ブンノ", "3分の1 -> 3ブンノ1"),
    # Of batting averages and discounts.
    Rule(
        "(?<=[0-9]割)([0-9])分",
        lambda match: f" {verbalize_number(match[1])}ブ ",
        "7割5分 -> 7割 ゴブ ",
    ),
    # Of earthquakes.
    Rule("(震度 ?[56])強", r"\1 キョー", "震度5強 -> 震度5 キョー"),
    Rule("(震度 ?[56])弱", r"\1 ジャク", "震度6弱 -> 震度6 ジャク"),
    # Hundredths, as of a runner.
    Rule(
        "(?<=[0-9]秒)([0-9]{2})(?![0-9.,個人本回件分秒])",
        lambda match: f" {verbalize_digits(match[1])} ",
        "9秒58で -> 9秒 ゴーハチ で",
    ),
)
