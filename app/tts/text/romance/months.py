"""Abbreviated names of months and days of the week, next to a day or a year."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, eq=False)
class CalendarNames:
    """Abbreviations without their full stop, in lower case, with what they stand for."""

    months: Mapping[str, str]
    days: Mapping[str, str]

    of: str = ""
    """What is said between day, month and year: Spanish `de `."""

    also_nouns: str = "(?!)"
    """Months, as alternatives, that are nouns too: Italian `2 set` is also of tennis."""


def read_abbreviated_dates(text: str, names: CalendarNames) -> str:
    """Write out `12 dic. 2020`, `12-dic-2020` and `lun. 5` with the names in full."""
    date, month_of_year, day = _patterns(names)

    def say_date(match: re.Match[str]) -> str:
        month, year = _name(names.months, match["month"]), match["year"]
        if year:
            return f"{match['day']} {names.of}{month} {names.of}{year}"
        if not match["stop"]:
            return match[0]
        is_last = match.end() == len(match.string.rstrip())
        if is_last and not match["of"] and re.fullmatch(names.also_nouns, match["month"]):
            return match[0]
        return f"{match['day']} {names.of}{month}" + "." * is_last

    text = date.sub(say_date, text)
    text = month_of_year.sub(lambda m: _name(names.months, m[1]), text)
    return day.sub(lambda m: _name(names.days, m[1]), text)


def _name(names: Mapping[str, str], abbreviation: str) -> str:
    # Without regard to case, a regular expression takes ſ for s too.
    return names.get(abbreviation.lower(), abbreviation)


@lru_cache(maxsize=8)
def _patterns(names: CalendarNames) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    months, days = "|".join(names.months), "|".join(names.days)
    of = rf"(?P<of>{names.of})?" if names.of else "(?P<of>(?!))?"
    return (
        re.compile(
            rf"(?i)(?<![\w.,:/-])(?P<day>\d\d?(?:er|[º°])?)(?: {of}|[-/.])(?P<month>{months})\b"
            rf"(?P<stop>\.)?(?:(?: (?:{names.of or '(?!)'})?|[-/])(?P<year>[12]\d{{3}})(?![\w-]))?"
        ),
        re.compile(rf"(?i)\b({months})\.(?= (?:{names.of or '(?!)'})?[12]\d{{3}}\b)"),
        re.compile(rf"(?i)\b({days})\.(?=,? \d{{1,2}}\b)"),
    )
