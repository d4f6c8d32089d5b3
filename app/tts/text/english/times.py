"""English dates and times of day in words."""

import re

from app.tts.text.english.numbers import cardinal, ordinal, year

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
_NOT_MORE = r"(?![\d:%]|[.,/-]\d|st|nd|rd|th)"
_MONTH_DAY = re.compile(
    rf"\b({_MONTH}) {_DAY}(?:\s?[-–—]\s?{_DAY})?(?:,? (\d{{4}})\b)?{_NOT_MORE}(?! ?[ap]\.?m\b)"
)
_DAY_MONTH = re.compile(
    rf"(?<![\w.,:$/-])(?:the )?{_DAY} (?:of )?({_MONTH})"
    rf"(?:,? (\d{{4}}|\d\d(?=$|[,;)]|\.(?!\d)))\b)?(?!\w)"
)
_SHORT_MONTH = re.compile(
    rf"\b({'|'.join(_SHORT_MONTHS)})\.(?= |$|,)|\b({'|'.join(_SHORT_MONTHS)}) (?=\d)"
)
_SHORT_DAY = re.compile(rf"\b({'|'.join(_DAYS)})(?:\.(?= |$|,)|,(?= (?:{_MONTH}|\d)))")
_TIME = re.compile(
    r"(?<![\d:.,/])(\d{1,2})(?:[:.](\d\d)(?::(\d\d))?)?(?:\s?([AaPp])(?:\.\s?[Mm]\.?|[Mm]\b))"
    r"|(?<![\d:.,/])(\d{1,2}):(\d\d)(?::(\d\d))?(?![\d:]|[.,]\d)"
)
_TIME_SPAN = re.compile(
    r"(?<=\d:\d\d)\s?[-–—]\s?(?=\d\d?:\d\d)"
    r"|(?:(?<=\d[ap]m)|(?<=\d [ap]m))\s?[-–—]\s?(?=\d)"
    r"|(?<=\d)\s?[-–—]\s?(?=\d{1,2}(?::\d\d)?\s?[ap]\.?m\b)"
)
_HALF_OF_DAY = re.compile(r"(?<=[a-z] )([ap])\.m\.(?=\s|$|,)")


def read_dates(text: str, *, british: bool) -> str:
    """Write out dates with the name of a month, and the short names of months and days."""
    text = _SHORT_DAY.sub(lambda m: _DAYS[m[1]] + "," * m[0].endswith(",") + _stop(m), text)

    def month_day(match: re.Match[str]) -> str:
        if not 1 <= int(match[2]) <= 31:
            return match[0]
        last = f" to {ordinal(int(match[3]))}" if match[3] else ""
        the = "the " if british else ""
        words = f"{_full_month(match[1])} {the}{ordinal(int(match[2]))}{last}"
        return f"{words}, {year(int(match[4]), british=british)}" if match[4] else words

    def day_month(match: re.Match[str]) -> str:
        day, month, its_year = match[1], match[2], match[3]
        if not 1 <= int(day) <= 31:
            return match[0]
        words = f"the {ordinal(int(day))} of {_full_month(month)}"
        if not its_year:
            return words
        number = int(its_year) if len(its_year) == 4 else 2000 + int(its_year)
        return f"{words} {year(number, british=british)}"

    text = _DAY_MONTH.sub(day_month, text)
    text = _MONTH_DAY.sub(month_day, text)
    return _SHORT_MONTH.sub(
        lambda m: _SHORT_MONTHS[m[1] or m[2]] + (" " if m[2] else _stop(m)), text
    )


def read_times(text: str) -> str:
    """Write out times of day, with AM and PM where they are given."""

    def time(match: re.Match[str]) -> str:
        hour, minute, second = (int(part or 0) for part in match.group(1, 2, 3))
        if match[4] is None:
            hour, minute, second = (int(part or 0) for part in match.group(5, 6, 7))
        if hour > 24 or minute > 59 or second > 59:
            return match[0]
        if match[4] is None:
            return clock(hour, minute, second)
        words = clock(hour, minute, second, is_full_hour_plain=True)
        return f"{words} {match[4].upper()}M{_stop(match)}"

    text = _TIME.sub(time, _TIME_SPAN.sub(" to ", text))
    return _HALF_OF_DAY.sub(lambda m: f"{m[1].upper()}M", text)


def clock(hour: int, minute: int, second: int, *, is_full_hour_plain: bool = False) -> str:
    """Say a time of day: three thirty, three oh five, three o'clock, fifteen hundred."""
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
    """Say a date that was written with numbers."""
    end = "" if its_year is None else year(its_year, british=british)
    if british:
        return f"the {ordinal(day)} of {MONTHS[month - 1]} {end}".rstrip()
    return f"{MONTHS[month - 1]} {ordinal(day)}, {end}".rstrip(", ")


def _stop(match: re.Match[str]) -> str:
    return "." if match[0].endswith(".") and match.end() == len(match.string) else ""


def _full_month(name: str) -> str:
    return _SHORT_MONTHS.get(name.rstrip("."), name)
