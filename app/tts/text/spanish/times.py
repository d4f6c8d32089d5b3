"""Times of day and dates in Spanish."""

import re

from app.tts.text.conventions import Gender
from app.tts.text.romance.times import CalendarNames, calendar_rules, date_words, short_date_rule
from app.tts.text.rules import Rule
from app.tts.text.spanish.numbers import cardinal

MONTHS = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
]
MONTH = "|".join(MONTHS) + "|setiembre"
DAYS = "lunes|martes|miércoles|jueves|viernes|sábado|domingo|día|fecha"
"""Words before a date, as alternatives of a regular expression."""

CALENDAR = calendar_rules(
    CalendarNames(
        months={
            **{name[:3]: name for name in MONTHS},
            "sept": "septiembre",
            "set": "septiembre",
        },
        days={name[:3]: name for name in DAYS.split("|")[:7]} | {"mie": "miércoles"},
        of="de ",
    )
)
TIMES = (
    r"(?<![\d:.,])(\d{1,2})(?: ?h ?|:)([0-5]\d)(?::(\d\d))?"
    r"(?: ?(?:horas|hr?s?)\b(?:\.(?! ?$))?)?(?![\d:]|[.,]\d| ?min)"
)
"""A regular expression for times: 15:30, 15h30 or 15 h 30 horas."""


def clock(hour: int, minute: int, second: int) -> str:
    """Return a time of day in words."""
    words = cardinal(hour, Gender.FEMININE)
    if hour > 12 or hour == 0:
        if not minute:
            words += " horas"
        elif minute < 10:
            words += " horas y " + cardinal(minute, None)
        else:
            words += " " + cardinal(minute, None)
    elif minute:
        words += " y " + {15: "cuarto", 30: "media"}.get(minute, cardinal(minute, None))
    if second:
        words += f" y {cardinal(second, Gender.MASCULINE)} segundo" + "s" * (second > 1)
    return words


date = date_words(MONTHS, "primero", cardinal, of="de ")
SHORT_DATES = short_date_rule(DAYS, "el|al|del", date)


def _half_day_time(match: re.Match[str]) -> str:
    hour, minute = int(match[1]), int(match[2] or 0)
    if not (1 <= hour <= 12 and minute <= 59):
        return match[0]
    if match[3] in "aA":
        part = "de la noche" if hour == 12 else "de la mañana"
    elif hour == 12:
        part = "del mediodía"
    else:
        part = "de la tarde" if hour < 8 else "de la noche"
    return f"{clock(hour, minute, 0)} {part}"


HALF_DAY_TIMES = Rule(
    r"(?i)(?<![\w.,:/])(\d{1,2})(?:[:.](\d\d))? ?(?:hs?\.? )?([ap])\.? ?m(?:\.(?! ?$)|\b)",
    _half_day_time,
    "a las 3 p. m. del lunes -> a las tres de la tarde del lunes",
    "a las 11:15 am -> a las once y cuarto de la mañana",
    "a las 8.30 hs. PM -> a las ocho y media de la noche",
)
