"""English dates and times of day in words."""

import re
from functools import partial

from app.tts.text.english.numbers import cardinal, ordinal, year
from app.tts.text.rules import Rule, apply_rules

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_SHORT_MONTHS = {month[:3]: month for month in MONTHS if month != "May"} | {"Sept": "September"}
_DAYS = {
    "Mon": "Monday",
    "Tue": "Tuesday",
    "Tues": "Tuesday",
    "Wed": "Wednesday",
    "Thu": "Thursday",
    "Thur": "Thursday",
    "Thurs": "Thursday",
    "Fri": "Friday",
    "Sat": "Saturday",
    "Sun": "Sunday",
}
_MONTH = rf"(?:{'|'.join(MONTHS)}|(?:{'|'.join(_SHORT_MONTHS)})\b\.?)"
_DAY = r"(\d{1,2})(?:st|nd|rd|th)?"


def verbalize_dates(text: str, *, british: bool) -> str:
    """Write out dates with the name of a month, and the short names of months and days."""
    return apply_rules(text, _DATES[british])


def verbalize_times(text: str) -> str:
    """Write out times of day, with AM and PM where they are given."""
    return apply_rules(text, _TIMES)


def clock(hour: int, minute: int, second: int, *, is_full_hour_plain: bool = False) -> str:
    """Return a time of day in words: three oh five, three o'clock, fifteen hundred."""
    words = cardinal(hour, british=False)
    if minute:
        oh = "oh " if minute < 10 else ""
        words += f" {oh}{cardinal(minute, british=False)}"
    elif not is_full_hour_plain:
        words += " o'clock" if 1 <= hour <= 12 else " hundred"
    if second:
        words += f" and {cardinal(second, british=False)} second{'s' * (second > 1)}"
    return words


def date(day: int, month: int, its_year: int | None, *, british: bool) -> str:
    """Return a date that was written in numbers in words."""
    end = "" if its_year is None else year(its_year, british=british)
    if british:
        return f"the {ordinal(day)} of {MONTHS[month - 1]} {end}".rstrip()
    return f"{MONTHS[month - 1]} {ordinal(day)}, {end}".rstrip(", ")


def _short_day(match: re.Match[str]) -> str:
    return _DAYS[match[1]] + "," * match[0].endswith(",") + _stop(match)


def _day_month(match: re.Match[str], *, british: bool) -> str:
    day, month, its_year = match[1], match[2], match[3]
    if not 1 <= int(day) <= 31:
        return match[0]
    words = f"the {ordinal(int(day))} of {_full_month(month)}"
    if not its_year:
        return words
    number = int(its_year) if len(its_year) == 4 else 2000 + int(its_year)
    return f"{words} {year(number, british=british)}"


def _month_day(match: re.Match[str], *, british: bool) -> str:
    if not 1 <= int(match[2]) <= 31:
        return match[0]
    last = f" to {ordinal(int(match[3]))}" if match[3] else ""
    the = "the " if british else ""
    words = f"{_full_month(match[1])} {the}{ordinal(int(match[2]))}{last}"
    return f"{words}, {year(int(match[4]), british=british)}" if match[4] else words


def _full_month(name: str) -> str:
    return _SHORT_MONTHS.get(name.rstrip("."), name)


def _short_month(match: re.Match[str]) -> str:
    return _SHORT_MONTHS[match[1] or match[2]] + (" " if match[2] else _stop(match))


def _time(match: re.Match[str]) -> str:
    hour, minute, second = (int(part or 0) for part in match.group(1, 2, 3))
    if match[4] is None:
        hour, minute, second = (int(part or 0) for part in match.group(5, 6, 7))
    if hour > 24 or minute > 59 or second > 59:
        return match[0]
    if match[4] is None:
        return clock(hour, minute, second)
    words = clock(hour, minute, second, is_full_hour_plain=True)
    return f"{words} {match[4].upper()}M{_stop(match)}"


def _stop(match: re.Match[str]) -> str:
    """Return the full stop of a match that also ends the sentence."""
    return "." if match[0].endswith(".") and match.end() == len(match.string) else ""


def _date_rules(*, british: bool) -> tuple[Rule, ...]:
    the = "the " if british else ""
    # The short names of months come last: the dates before them take theirs in full.
    return (
        Rule(
            rf"\b({'|'.join(_DAYS)})(?:\.(?= |$|,)|,(?= (?:{_MONTH}|\d)))",
            _short_day,
            "on Mon. and Tues. -> on Monday and Tuesday.",
            "Fri, June 7 -> Friday, June 7",
        ),
        Rule(
            rf"(?<![\w.,:$/-])(?:the )?{_DAY} (?:of )?({_MONTH})"
            r"(?:,? (\d{4}|\d\d(?=$|[,;)]|\.(?!\d)))\b)?(?!\w)",
            partial(_day_month, british=british),
            "on 6 June 1944 -> on the sixth of June nineteen forty-four",
            "by the 2nd of Jan, 24 -> by the second of January twenty twenty-four",
        ),
        Rule(
            rf"\b({_MONTH}) {_DAY}(?:\s?[-–—]\s?{_DAY})?(?:,? (\d{{4}})\b)?"
            r"(?![\d:%]|[.,/-]\d|st|nd|rd|th)(?! ?[ap]\.?m\b)",
            partial(_month_day, british=british),
            f"July 4, 1776 -> July {the}fourth, seventeen seventy-six",
            f"Oct. 3rd-5th -> October {the}third to fifth",
        ),
        Rule(
            rf"\b({'|'.join(_SHORT_MONTHS)})\.(?= |$|,)|\b({'|'.join(_SHORT_MONTHS)}) (?=\d)",
            _short_month,
            "since Sept. last year -> since September last year",
            "in Jan 2024 -> in January 2024",
        ),
    )


_DATES = {british: _date_rules(british=british) for british in (False, True)}
_TIMES = (
    # A range comes first, while its ends are still digits.
    Rule(
        r"(?<=\d:\d\d)\s?[-–—]\s?(?=\d\d?:\d\d)"
        r"|(?:(?<=\d[ap]m)|(?<=\d [ap]m))\s?[-–—]\s?(?=\d)"
        r"|(?<=\d)\s?[-–—]\s?(?=\d{1,2}(?::\d\d)?\s?[ap]\.?m\b)",
        " to ",
        "9:00-17:00 -> 9:00 to 17:00",
        "9am - 5 -> 9am to 5",
        "9-5pm -> 9 to 5pm",
    ),
    Rule(
        r"(?<![\d:.,/])(\d{1,2})(?:[:.](\d\d)(?::(\d\d))?)?(?:\s?([AaPp])(?:\.\s?[Mm]\.?|[Mm]\b))"
        r"|(?<![\d:.,/])(\d{1,2}):(\d\d)(?::(\d\d))?(?![\d:]|[.,]\d)",
        _time,
        "at 3pm or 10.30 a.m. -> at three PM or ten thirty AM.",
        "the 15:45 train -> the fifteen forty-five train",
    ),
    Rule(
        r"(?<=[a-z] )([ap])\.m\.(?=\s|$|,)",
        lambda m: f"{m[1].upper()}M",
        "at three p.m. sharp -> at three PM sharp",
    ),
)
