"""Dates in words, with abbreviated months and days of the week or in digits."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from app.tts.text.conventions import Gender
from app.tts.text.rules import Rule

SayDate = Callable[[int, int, int | None], str]
"""A function that returns day, month and year in words."""


def date_words(
    months: Sequence[str],
    first: str,
    cardinal: Callable[[int, Gender | None], str],
    of: str = "",
) -> SayDate:
    """Return the function that `Conventions.date` needs.

    `first` is the word for the first day of a month; `of` stands between day, month and year:
    Spanish `de `.
    """

    def say(day: int, month: int, year: int | None) -> str:
        words = f"{first if day == 1 else cardinal(day, None)} {of}{months[month - 1]}"
        return f"{words} {of}{cardinal(year, None)}" if year else words

    return say


@dataclass(frozen=True, eq=False)
class CalendarNames:
    """Names in full by their abbreviation, in lower case and without its full stop."""

    months: Mapping[str, str]
    days: Mapping[str, str]

    of: str = ""
    """The word between day, month and year: Spanish `de `."""

    also_nouns: str = "(?!)"
    """Months, as alternatives, that are nouns, too: Italian `2 set` may be of tennis."""


def calendar_rules(names: CalendarNames) -> tuple[Rule, ...]:
    """Return rules that write `12 dic. 2020`, `12-dic-2020` and `lun. 5` with names in full."""
    of, months = names.of, "|".join(names.months)

    def date(match: re.Match[str]) -> str:
        month, year = _full(names.months, match["month"]), match["year"]
        if year:
            return f"{match['day']} {of}{month} {of}{year}"
        if not match["stop"]:
            return match[0]
        is_last = match.end() == len(match.string.rstrip())
        if is_last and not match["of"] and re.fullmatch(names.also_nouns, match["month"]):
            return match[0]
        return f"{match['day']} {of}{month}" + "." * is_last

    any_of = rf"(?P<of>{of})?" if of else "(?P<of>(?!))?"
    (short, month), (short_day, day) = (
        next(iter(names.months.items())),
        next(iter(names.days.items())),
    )
    return (
        Rule(
            rf"(?i)(?<![\w.,:/-])(?P<day>\d\d?(?:er|[º°])?)(?: {any_of}|[-/.])(?P<month>{months})\b"
            rf"(?P<stop>\.)?(?:(?: (?:{of or '(?!)'})?|[-/])(?P<year>[12]\d{{3}})(?![\w-]))?",
            date,
            f"12 {of}{short}. {of}2020 -> 12 {of}{month} {of}2020",
            f"12-{short}-2020 -> 12 {of}{month} {of}2020",
            f"12 {short}. (A) -> 12 {of}{month} (A)",
            f"12 {short}. -> 12 {of}{month}.",
        ),
        Rule(
            rf"(?i)\b({months})\.(?= (?:{of or '(?!)'})?[12]\d{{3}}\b)",
            lambda m: _full(names.months, m[1]),
            f"{short}. 2020 -> {month} 2020",
        ),
        Rule(
            rf"(?i)\b({'|'.join(names.days)})\.(?=,? \d{{1,2}}\b)",
            lambda m: _full(names.days, m[1]),
            f"{short_day}. 5 -> {day} 5",
        ),
    )


def _full(names: Mapping[str, str], abbreviation: str) -> str:
    # Without regard to case, a regular expression takes ſ for s too.
    return names.get(abbreviation.lower(), abbreviation)


def short_date_rule(introducers: str, articles: str, date: SayDate) -> Rule:
    """Return a rule for `15/8` and `05/08` where they can only be a day and a month.

    `introducers` stand before dates only, `articles` also before fractions; both are alternatives
    of a regular expression.
    """

    def say(match: re.Match[str]) -> str:
        day, month = int(match[2]), int(match[3])
        padded = len(match[2]) == 2 == len(match[3]) and "0" in (match[2][0], match[3][0])
        before = match[1] or ""
        if not (1 <= day <= 31 and 1 <= month <= 12):
            return match[0]
        is_article = before.strip().lower() in articles.split("|")
        if padded or (before and not is_article) or (is_article and day > month):
            return before + date(day, month, None)
        return match[0]

    introducer, article = introducers.partition("|")[0], articles.partition("|")[0]
    return Rule(
        rf"((?:\b(?i:{introducers}|{articles}))\s)?(?<![\w/.,:-])(\d\d?)/(\d\d?)(?![\w/]|[.,:-]\d)",
        say,
        f"05/08 -> {date(5, 8, None)}",
        f"{introducer} 3/5 -> {introducer} {date(3, 5, None)}",
        f"{article} 15/8 -> {article} {date(15, 8, None)}",
    )
