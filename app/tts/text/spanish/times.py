"""Times of day and dates in Spanish."""

import re

from app.tts.text.conventions import Gender
from app.tts.text.romance.months import CalendarNames
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
CALENDAR = CalendarNames(
    months={
        **{name[:3]: name for name in MONTHS},
        "sept": "septiembre",
        "set": "septiembre",
    },
    days={name[:3]: name for name in DAYS.split("|")[:7]} | {"mie": "miércoles"},
    of="de ",
)
_HALF_DAY_TIME = re.compile(
    r"(?i)(?<![\w.,:/])(\d{1,2})(?:[:.](\d\d))? ?(?:hs?\.? )?([ap])\.? ?m(?:\.(?! ?$)|\b)"
)


def read_half_days(text: str) -> str:
    """Write out times such as `3 p. m.`."""
    return _HALF_DAY_TIME.sub(_half_day_time, text)


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


def clock(hour: int, minute: int, second: int) -> str:
    """Say a time of day."""
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


def date(day: int, month: int, year: int | None) -> str:
    """Say a date."""
    first = "primero" if day == 1 else cardinal(day, None)
    words = f"{first} de {MONTHS[month - 1]}"
    return f"{words} de {cardinal(year, None)}" if year else words
