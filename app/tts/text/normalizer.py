"""Writes out the numbers, money, dates, times and signs of a language, by its conventions."""

import re

from app.tts.text.conventions import Conventions, Currency, Gender
from app.tts.text.numerals import FRACTION_SIGNS, Numeral, ascii_digits, parse_numeral
from app.tts.text.patterns import Patterns, patterns_of
from app.tts.text.spacing import tidy_spaces
from app.tts.text.units import UNIT_PATTERN, UNITS, unit_name

_MINUS = r"(?:(?<![\w)\]%.,/-])[-‐](?=[\d$€£¥₹]|R\$|US\$)|−\s?)"
_SPACED_HYPHEN = re.compile(r"(?<=[\d%)]) - (?=[\d(])")


_ISO_DATE = re.compile(r"(?<![\d-])([12]\d{3})[-/](\d\d?)[-/](\d\d?)(?![\d/-])")
_DATE = re.compile(r"(?<![\d/.-])(\d\d?)([/.-])(\d\d?)\2(\d{4}|\d\d)(?![\d/-]|\.\d)")
_PHONE = re.compile(
    r"(?<![\w+.,-])(?:\+\d{1,3}[ .-]?(?:\(\d{1,4}\)[ .-]?)?\d{1,5}(?:[ .-]?\d{2,5}){1,5}"
    r"|\(\d{2,4}\) ?\d{3,5}(?:[ .-]?\d{2,4}){1,3}"
    r"|\d{1,7}(?:-\d{1,7}){2,6}"
    r"|0\d{1,4}(?:[ .-]\d{2,4}){2,5}|0\d{4} \d{6}"
    r"|\d{3}[ .-]\d{3}[ .-]\d{4}|\d{3}-\d{4}"
    r"|\d{3}(?: \d\d){3})(?!\d|[.,:/-]\d)"
)
_FRACTION = re.compile(
    rf"(?<![\d/.,])(?:(\d{{1,3}}) )?(\d{{1,2}})[/⁄](\d{{1,2}})(?![\d/]|[.,]\d)"
    rf"(?:[ -]?({UNIT_PATTERN}))?"
)
_SLASH = re.compile(r"(?<=\w)/(?=\w)")
_MARKED = re.compile(r"[^\w\s.,;:!?'\"()-]|\d|\w\.|[_½⅓⅔¼¾⅛²³]")
"""What a text of nothing but words and punctuation does not have."""


def normalize(text: str, conventions: Conventions) -> str:
    """Return a cleaned sentence with everything that is not words written out as such.

    Addresses have to be read before: what a language has of its own would break them.
    """
    text = ascii_digits(text)
    if not _MARKED.search(text):
        return text
    patterns = patterns_of(conventions)
    text = patterns.abbreviation.sub(lambda m: _abbreviation(m, conventions), text)
    if any(map(str.isdigit, text)) or any(sign in text for sign in FRACTION_SIGNS):
        text = _numbers(text, conventions, patterns)
    text = patterns.symbol.sub(lambda m: f" {conventions.symbols[m[0]]} ", text)
    text = _SLASH.sub(f" {conventions.address_words.slash} ", text)
    return tidy_spaces(text)


def _numbers(text: str, c: Conventions, patterns: Patterns) -> str:
    """Write out what has digits, the most special first."""
    text = re.sub(rf"(?<![\w.,]){re.escape(c.decimal)}(?=\d)", f"0{c.decimal}", text)
    text = _dates(text, c)
    text = re.sub(r"(?<=\d:\d\d)\s?[-–—]\s?(?=\d\d?:\d\d)", f" {c.to} ", text)
    text = patterns.time.sub(lambda m: _time(m, c), text)
    text = _PHONE.sub(lambda m: _phone(m[0], c), text)
    text = re.sub(_MINUS, f" {c.minus} ", text)
    text = patterns.money.sub(lambda m: _money(m, c), text)
    text = patterns.span.sub(rf"\1 {c.to} ", text)
    # Between numbers it is a minus in arithmetic and a pause elsewhere: a score, a range.
    text = _SPACED_HYPHEN.sub(f" {c.minus} " if "=" in text else " — ", text)
    text = patterns.percent.sub(rf"\1 {c.percent}", text)
    text = _fractions(text, c)
    text = patterns.unit.sub(lambda m: _unit(m, c), text)
    text = re.sub(r"(?<![\d:])(\d+):(?=\d+(?![\d:]))", rf"\1 {c.to} ", text)
    if c.ordinals:
        text = c.ordinals(text)
    # Numbers inside words, such as mp3, are said apart from the letters.
    text = re.sub(r"(?<=[^\W\d_])-?(?=\d)|(?<=\d)-?(?=[^\W\d_])", " ", text)
    text = patterns.number.sub(lambda m: c.number(parse_numeral(m[0], c.decimal)), text)
    # What a mark stands before that numbers do not begin with.
    return re.sub(r"\d+", lambda m: f" {c.number(Numeral(m[0]))} ", text)


def _abbreviation(match: re.Match[str], c: Conventions) -> str:
    words = c.abbreviations.get(match[0].lower(), match[0])  # ſ matches s, and is not its capital
    ends_sentence = match[0].endswith(".") and match.end() == len(match.string.rstrip("\"')"))
    return words + "." if ends_sentence and not words.endswith(".") else words


def _dates(text: str, c: Conventions) -> str:
    def say(match: re.Match[str], day: str, month: str, year: str) -> str:
        if not (1 <= int(month) <= 12 and 1 <= int(day) <= 31):
            return match[0]
        # A year of two digits is of this century up to 69, as POSIX has it.
        number = int(year) if len(year) == 4 else int(year) + (2000 if int(year) < 69 else 1900)
        return c.date(int(day), int(month), number)

    text = _ISO_DATE.sub(lambda m: say(m, m[3], m[2], m[1]), text)
    first_is_month = c.month_first

    def date(match: re.Match[str]) -> str:
        first, second = match[1], match[3]
        is_month_first = (first_is_month or int(second) > 12) and int(first) <= 12
        day, month = (second, first) if is_month_first else (first, second)
        return say(match, day, month, match[4])

    return _DATE.sub(date, text)


def _time(match: re.Match[str], c: Conventions) -> str:
    hour, minute, second = (int(part or 0) for part in match.group(1, 2, 3))
    if hour > 24 or minute > 59 or second > 59:
        return match[0].replace(":", " ")
    return c.clock(hour, minute, second)


def _phone(number: str, c: Conventions) -> str:
    say = c.phone_group or c.digits
    groups = ", ".join(say(group) for group in re.findall(r"\d+", number))
    return f"{c.address_words.plus} {groups}" if number.startswith("+") else groups


def _money(match: re.Match[str], c: Conventions) -> str:
    side = "1" if match["sign1"] else "2"
    groups = match.groupdict()
    currency = c.currencies[groups["sign" + side]]
    numeral = parse_numeral(groups["amount" + side], c.decimal)
    scale = groups.get("scale" + side)
    if scale:
        amount = f"{c.number(numeral, Gender.MASCULINE)} {c.scales[scale]} {c.of_scale}"
        words = f"{amount.strip()} {currency.many}"
    else:
        words = _amount(numeral, currency, c)
    if start := groups["from" + side]:
        words = f"{c.number(parse_numeral(start, c.decimal), currency.gender)} {c.to} {words}"
    return f"{words} {c.per} " if groups["per"] else words


def _amount(numeral: Numeral, currency: Currency, c: Conventions) -> str:
    cents = numeral.fraction
    if cents and (len(cents) != 2 or not currency.cent or not numeral.is_cardinal):
        return f"{c.number(numeral)} {currency.many}"
    whole = Numeral(numeral.whole)
    name = currency.one if whole.is_one else currency.many
    units = f"{c.number(whole, currency.gender)} {name}"
    if not int(cents or 0):
        return units
    hundredths = f"{c.cardinal(int(cents), Gender.MASCULINE)} "
    hundredths += currency.cent if int(cents) == 1 else currency.cents
    return hundredths if whole.whole == "0" else c.money(units, currency, hundredths)


def _unit(match: re.Match[str], c: Conventions) -> str:
    unit = UNITS[match[2]]
    numeral = parse_numeral(match[1], c.decimal)
    gender = Gender.FEMININE if unit in c.feminine_units else Gender.MASCULINE
    if unit in c.unit_names:
        name = c.unit_names[unit][not numeral.is_one]
    else:
        name = unit_name(unit, numeral.value, c.locale)
    return f"{c.number(numeral, gender)} {name}"


def _fractions(text: str, c: Conventions) -> str:
    for sign, fraction in FRACTION_SIGNS.items():
        text = text.replace(sign, f" {fraction}")
    say = c.fractions
    if say is None:
        return text

    def spoken(match: re.Match[str]) -> str:
        whole, top, bottom, unit = match[1], int(match[2]), int(match[3]), match[4]
        if not 0 < top < bottom:
            return match[0]
        words = say(top, bottom)
        if whole:
            words = f"{c.cardinal(int(whole), None)} {c.address_words.and_sign} {words}"
        if not unit:
            return words
        one, many = (unit_name(UNITS[unit], count, c.locale) for count in (1, 2))
        if whole or (top, bottom) == (1, 2):
            return f"{words} {many if whole else one}"
        return f"{words} {c.of_unit(one) if c.of_unit else many}"

    return _FRACTION.sub(spoken, text)
