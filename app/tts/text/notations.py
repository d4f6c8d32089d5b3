"""Matches of the patterns that all languages share, in words."""

import re

from app.tts.text.conventions import Conventions, Currency, Gender
from app.tts.text.numerals import Numeral, parse_numeral
from app.tts.text.units import UNITS, unit_name


def verbalize_iso_date(match: re.Match[str], c: Conventions) -> str:
    """Return a match of `ISO_DATE` in words."""
    return _date(match, match[3], match[2], match[1], c)


def verbalize_date(match: re.Match[str], c: Conventions) -> str:
    """Return a match of `DATE` in words; size and convention tell its day from its month."""
    first, second = match[1], match[3]
    is_month_first = (c.month_first or int(second) > 12) and int(first) <= 12
    day, month = (second, first) if is_month_first else (first, second)
    return _date(match, day, month, match[4], c)


def _date(match: re.Match[str], day: str, month: str, year: str, c: Conventions) -> str:
    """Return a date in words, or the match as it is if there is no such date."""
    if not (1 <= int(month) <= 12 and 1 <= int(day) <= 31):
        return match[0]
    # POSIX, too, takes years of two digits up to 68 for this century's.
    number = int(year) if len(year) == 4 else int(year) + (2000 if int(year) < 69 else 1900)
    return c.date(int(day), int(month), number)


def verbalize_time(match: re.Match[str], c: Conventions) -> str:
    """Return a time of day in words, or without its colons if there is no such time."""
    hour, minute, second = (int(part or 0) for part in match.group(1, 2, 3))
    if hour > 24 or minute > 59 or second > 59:
        return match[0].replace(":", " ")
    return c.clock(hour, minute, second)


def verbalize_telephone(match: re.Match[str], c: Conventions) -> str:
    """Return a match of `TELEPHONE` in words, with a pause between its groups."""
    say = c.phone_group or c.digits
    groups = ", ".join(say(group) for group in re.findall(r"\d+", match[0]))
    return f"{c.address_words.plus} {groups}" if match[0].startswith("+") else groups


def verbalize_money(match: re.Match[str], c: Conventions) -> str:
    """Return a match of `money_pattern` in words."""
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
    """Return an amount without a scale, in whole units and hundredths."""
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


def verbalize_unit(match: re.Match[str], c: Conventions) -> str:
    """Return a number and the unit after it in words."""
    unit = UNITS[match[2]]
    numeral = parse_numeral(match[1], c.decimal)
    gender = Gender.FEMININE if unit in c.feminine_units else Gender.MASCULINE
    if unit in c.unit_names:
        name = c.unit_names[unit][not numeral.is_one]
    else:
        name = unit_name(unit, numeral.value, c.locale)
    return f"{c.number(numeral, gender)} {name}"


def verbalize_fraction(match: re.Match[str], c: Conventions) -> str:
    """Return a match of `FRACTION` in words, or as it is unless it is between 0 and 1."""
    whole, top, bottom, unit = match[1], int(match[2]), int(match[3]), match[4]
    if not c.fractions or not 0 < top < bottom:
        return match[0]
    words = c.fractions(top, bottom)
    if whole:
        words = f"{c.cardinal(int(whole), None)} {c.address_words.and_sign} {words}"
    if not unit:
        return words
    one, many = (unit_name(UNITS[unit], count, c.locale) for count in (1, 2))
    if whole or (top, bottom) == (1, 2):
        return f"{words} {many if whole else one}"
    return f"{words} {c.of_unit(one) if c.of_unit else many}"
